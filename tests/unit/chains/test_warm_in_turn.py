"""Warm transfers that wait in turn, against those that wait alone or at the head."""

from dataclasses import astuple, replace

import pytest

from tests.proof.chains import transfers
from tests.proof.chains.transfers import Transfers
from tests.proof.chains.warm_in_turn import solve

SOME = Transfers(1.6, 1.0, 1.0, 1, 0.4, 2.0, 0.8, 1.0, 1, lam2=0.4, warm=True)


def test_where_hardly_anybody_comes_directly_the_place_is_no_matter() -> None:
    rare = replace(SOME, lam2=1e-9)
    alone, found = transfers.solve(replace(SOME, lam2=0.0)), solve(rare)
    assert astuple(found.front) == pytest.approx(astuple(alone.front), rel=1e-7)
    assert astuple(found.handed_over) == pytest.approx(astuple(alone.handed_over), rel=1e-7)
    assert (found.occ1, found.occ2) == pytest.approx((alone.occ1, alone.occ2), rel=1e-7)


def test_the_tail_keeps_front_agents_longer_than_the_head() -> None:
    tail, head = solve(SOME), transfers.solve(replace(SOME, placement="head"))
    assert tail.handed_over.wait > 1.05 * head.handed_over.wait
    assert tail.direct.wait < 0.99 * head.direct.wait
    assert tail.front.wait > 1.005 * head.front.wait


def test_flows_balance() -> None:
    found = solve(replace(SOME, n1=2))
    answered = SOME.lam1 * (1 - found.front.p_ab)
    handed_over = SOME.lam1 * found.p_handed_over
    assert handed_over == pytest.approx(SOME.p * answered, rel=1e-8)
    at_work = answered * ((1 - SOME.p) / SOME.mu1 + SOME.p / SOME.nu) + handed_over * found.handed_over.wait
    assert found.occ1 * 2 == pytest.approx(at_work, rel=1e-8)
    served = handed_over * (1 - found.handed_over.p_ab) + SOME.lam2 * (1 - found.direct.p_ab)
    assert found.occ2 * SOME.mu2 == pytest.approx(served, rel=1e-8)


def test_others_are_refused() -> None:
    for other in (replace(SOME, warm=False), replace(SOME, placement="head")):
        with pytest.raises(ValueError, match="only warm"):
            solve(other)
