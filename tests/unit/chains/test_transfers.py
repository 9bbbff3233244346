"""Transfers, against separate queues, one another and flow balance."""

import math
from dataclasses import astuple, replace
from functools import cache

import pytest

from tests.proof.chains.erlang import single_queue
from tests.proof.chains.transfers import Transfers, solve

SOME = Transfers(lam1=2.0, mu1=1.0, theta1=1.0, n1=2, p=0.3, nu=2.0, mu2=1.0, theta2=1.0, n2=1, lam2=0.5)
HEAD = replace(SOME, placement="head")
WARM = replace(HEAD, warm=True)
ALONE = replace(SOME, lam2=0.0)
solved = cache(solve)
ALL = pytest.mark.parametrize("model", [SOME, HEAD, WARM, ALONE], ids=["tail", "head", "warm", "alone"])


def test_nobody_handed_over_is_two_separate_queues() -> None:
    found = solve(replace(SOME, p=0.0))
    front, direct = single_queue(2.0, 1.0, 2, 1.0), single_queue(0.5, 1.0, 1, 1.0)
    assert astuple(found.front) == pytest.approx((front.p_wait, front.p_ab, front.wait), rel=1e-9)
    assert astuple(found.direct) == pytest.approx((direct.p_wait, direct.p_ab, direct.wait), rel=1e-9)
    assert (found.occ1, found.occ2) == pytest.approx((front.occupancy, direct.occupancy), rel=1e-9)
    assert found.p_two_agents == 0
    assert math.isnan(found.handed_over.wait)


def test_all_handed_over_of_patient_callers_is_a_tandem() -> None:
    """Burke 1956: what leaves M/M/n is Poisson and doesn't know the number left behind, so the next queue is M/M/n."""
    found = solve(Transfers(0.6, 9.9, 0.0, 1, 1.0, 1.0, 1.0, 0.0, 1))
    alone = single_queue(0.6, 1.0, 1)
    for queue in (found.front, found.handed_over):
        assert (queue.p_wait, queue.wait) == pytest.approx((alone.p_wait, alone.wait), rel=1e-8)
    assert found.p_two_agents == pytest.approx(1, rel=1e-9)


@pytest.mark.parametrize("within", [0.0, 0.3, 2.0])
def test_those_taken_in_time_of_a_tandem_wait_as_in_a_queue_of_their_own(within: float) -> None:
    """M/M/n: the wait is longer than t by the share that waits, times exp(-(n mu - lam) t)."""
    found = solve(Transfers(0.6, 9.9, 0.0, 1, 1.0, 1.0, 1.0, 0.0, 1, within=within))
    assert found.in_time == pytest.approx(1 - 0.6 * math.exp(-0.4 * within), rel=1e-8)


def test_all_who_don_t_give_up_are_taken_in_the_end() -> None:
    found = solve(replace(SOME, within=100.0))
    assert found.in_time == pytest.approx(1 - found.handed_over.p_ab, rel=1e-9)


@ALL
def test_flows_balance(model: Transfers) -> None:
    found = solved(model)
    answered = model.lam1 * (1 - found.front.p_ab)
    assert found.p_handed_over * model.lam1 == pytest.approx(model.p * answered, rel=1e-9)
    assert found.p_two_agents == pytest.approx(found.p_handed_over * (1 - found.handed_over.p_ab), rel=1e-12)
    served_direct = model.lam2 * (1 - found.direct.p_ab) if model.lam2 else 0.0
    assert found.occ2 * model.n2 * model.mu2 == pytest.approx(model.lam1 * found.p_two_agents + served_direct, rel=1e-9)
    at_work = answered * ((1 - model.p) / model.mu1 + model.p / model.nu)
    staying = model.lam1 * found.p_handed_over * found.handed_over.wait if model.warm else 0.0
    assert found.occ1 * model.n1 == pytest.approx(at_work + staying, rel=1e-9)


def test_placement_moves_the_wait_between_kinds_only() -> None:
    """At the head by Little's law, at the tail by the number ahead on arrival: two ways to the same waiting in all."""
    tail, head = solved(SOME), solved(HEAD)
    assert tail.p_handed_over == pytest.approx(head.p_handed_over, rel=1e-9)
    assert head.handed_over.wait < 0.95 * tail.handed_over.wait
    assert head.direct.wait > 1.05 * tail.direct.wait

    handed_over = SOME.lam1 * tail.p_handed_over
    assert handed_over * tail.handed_over.wait + SOME.lam2 * tail.direct.wait == pytest.approx(
        handed_over * head.handed_over.wait + SOME.lam2 * head.direct.wait, rel=1e-8
    )
    assert astuple(tail.front) == pytest.approx(astuple(head.front), rel=1e-9)
    assert (tail.direct.p_wait, tail.occ2) == pytest.approx((head.direct.p_wait, head.occ2), rel=1e-9)


def test_placement_is_the_same_where_nobody_else_waits() -> None:
    tail, head = solve(ALONE), solve(replace(ALONE, placement="head"))
    assert astuple(tail.handed_over) == pytest.approx(astuple(head.handed_over), rel=1e-8)


def test_warm_is_cold_where_a_specialist_is_always_free() -> None:
    cold = replace(ALONE, n2=20)
    warm = replace(cold, warm=True)
    assert astuple(solve(warm).front) == pytest.approx(astuple(solve(cold).front), rel=1e-9)


def test_staying_costs_the_front() -> None:
    assert solved(WARM).front.wait > 1.05 * solved(HEAD).front.wait


def test_front_ends_with_the_transfer_if_the_specialist_is_instant() -> None:
    """Warm, no specialist ever takes anyone, all lose patience: the front's service is two stages in a row."""
    found = solve(Transfers(0.5, 1.0, 0.0, 1, 1.0, 2.0, 1e-9, 2.0, 1, warm=True))
    two_stages_mean = 0.5 + 0.5
    second_moment = 2 * 0.5**2 + 2 * 0.5 * 0.5 + 2 * 0.5**2
    expected = 0.5 * second_moment / (2 * (1 - 0.5 * two_stages_mean))
    assert found.front.wait == pytest.approx(expected, rel=1e-6)


def test_warm_behind_direct_callers_is_refused() -> None:
    with pytest.raises(ValueError, match="their order"):
        solve(replace(SOME, warm=True))
