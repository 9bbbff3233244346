"""Callbacks, against Erlang A, Erlang C and flow balance."""

import math
from dataclasses import replace

import pytest

from tests.proof.chains.announced import told_from
from tests.proof.chains.callback import Callback, solve
from tests.proof.chains.erlang import single_queue

SOME = Callback(lam=3.2, mu=1.0, theta=0.5, n=4, offered_from=1, p=0.6, reached=0.7, ring=5.0)


def test_nobody_accepts_is_erlang_a() -> None:
    found = solve(replace(SOME, p=0.0))
    alone = single_queue(3.2, 1.0, 4, 0.5)
    assert (found.p_wait, found.p_ab, found.wait, found.occupancy) == pytest.approx(
        (alone.p_wait, alone.p_ab, alone.wait, alone.occupancy), rel=1e-9
    )
    assert found.p_callback == 0
    assert math.isnan(found.time_to_callback)


def test_everybody_accepts_at_once_is_erlang_c() -> None:
    """All who find the agents busy are called back in turn: M/M/n but for the name."""
    found = solve(Callback(lam=3.0, mu=1.0, theta=0.5, n=4, offered_from=0, p=1.0))
    alone = single_queue(3.0, 1.0, 4)
    assert (found.p_wait, found.p_callback, found.occupancy) == pytest.approx(
        (alone.p_wait, alone.p_wait, alone.occupancy), rel=1e-9
    )
    assert found.time_to_callback == pytest.approx(alone.wait / alone.p_wait, rel=1e-9)
    assert found.wait == 0


def test_offer_that_comes_too_late_for_anyone_is_erlang_a() -> None:
    found = solve(replace(SOME, offered_from=60))
    assert found.p_callback == pytest.approx(0, abs=1e-12)
    assert found.p_ab == pytest.approx(single_queue(3.2, 1.0, 4, 0.5).p_ab, rel=1e-9)


def test_flows_balance() -> None:
    found = solve(SOME)
    served = found.served_live + found.p_callback - found.p_callback_lost
    work = SOME.lam * (served / SOME.mu + found.p_callback_lost / SOME.ring)
    assert found.occupancy * SOME.n == pytest.approx(work, rel=1e-9)
    assert found.p_callback_lost == pytest.approx(found.p_callback * (1 - SOME.reached), rel=1e-9)
    assert found.p_ab == pytest.approx(SOME.theta * found.wait * (1 - found.p_callback), rel=1e-9)


def test_offer_shortens_the_queue() -> None:
    assert solve(SOME).p_ab < solve(replace(SOME, p=0.3)).p_ab < solve(replace(SOME, p=0.0)).p_ab


@pytest.mark.parametrize(("threshold", "callers"), [(0.0, 0), (0.9, 0), (1.0, 1), (2.5, 2)])
def test_announced_wait_exceeds_the_threshold_from_so_many_on(threshold: float, callers: int) -> None:
    pace = 1.0
    assert told_from(threshold, pace) == callers
    assert (callers + 1) * pace > threshold >= callers * pace
