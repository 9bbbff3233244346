"""Announcements, against birth-death chains and flow balance."""

import math
from dataclasses import replace

import pytest

from tests.proof.chains.announcement import Announcement, solve
from tests.proof.chains.erlang import single_queue

SOME = Announcement(lam=4.0, mu=1.0, theta=0.5, n=3, told_from=2, balks=0.3, factor=2.5)


def test_announcement_that_changes_nothing_is_erlang_a() -> None:
    found = solve(replace(SOME, balks=0.0, factor=1.0))
    alone = single_queue(4.0, 1.0, 3, 0.5)
    assert (found.p_wait, found.p_ab, found.wait, found.occupancy) == pytest.approx(
        (alone.p_wait, alone.p_ab, alone.wait, alone.occupancy), rel=1e-9
    )


def test_all_told_and_none_balks_is_erlang_a_with_their_patience() -> None:
    found = solve(replace(SOME, told_from=0, balks=0.0))
    alone = single_queue(4.0, 1.0, 3, 0.5 * 2.5)
    assert (found.p_wait, found.p_ab, found.wait) == pytest.approx((alone.p_wait, alone.p_ab, alone.wait), rel=1e-9)
    assert found.p_told == pytest.approx(alone.p_wait, rel=1e-9)


def test_all_told_balk_is_a_finite_queue() -> None:
    """M/M/n+M with places for ``told_from`` to wait, by detailed balance."""
    found = solve(replace(SOME, balks=1.0))
    weights = [1.0]
    for k in range(1, SOME.n + SOME.told_from + 1):
        weights.append(weights[-1] * SOME.lam / (min(k, SOME.n) * SOME.mu + max(k - SOME.n, 0) * SOME.theta))
    total = math.fsum(weights)
    assert found.p_balk == pytest.approx(weights[-1] / total, rel=1e-9)
    assert found.wait == pytest.approx((weights[-2] + 2 * weights[-1]) / total / SOME.lam, rel=1e-9)


def test_balking_without_impatience_is_a_birth_death_chain() -> None:
    """With one patience for all only the length counts: up at lam (1 - balks) from ``told_from`` on."""
    model = replace(SOME, factor=1.0)
    found = solve(model)
    weights = [1.0]
    for k in range(1, 80):
        up = model.lam * (1 - model.balks) if k - 1 >= model.n + model.told_from else model.lam
        weights.append(weights[-1] * up / (min(k, model.n) * model.mu + max(k - model.n, 0) * model.theta))
    total = math.fsum(weights)
    waiting = math.fsum((k - model.n) * weight for k, weight in enumerate(weights) if k > model.n) / total
    assert found.wait == pytest.approx(waiting / model.lam, rel=1e-9)
    assert found.p_told == pytest.approx(math.fsum(weights[model.n + model.told_from :]) / total, rel=1e-9)


def test_flows_balance() -> None:
    found = solve(SOME)
    served = SOME.lam * (1 - found.p_balk - found.p_ab)
    assert found.occupancy * SOME.n * SOME.mu == pytest.approx(served, rel=1e-9)
    assert found.p_balk == pytest.approx(SOME.balks * found.p_told, rel=1e-12)
    # The abandonment rate of a waiting caller lies between that of those told and of those not.
    assert SOME.theta * found.wait < found.p_ab < SOME.theta * SOME.factor * found.wait


def test_more_is_abandoned_by_those_told_if_they_are_less_patient() -> None:
    assert solve(SOME).p_ab > solve(replace(SOME, factor=1.0)).p_ab > solve(replace(SOME, factor=0.4)).p_ab
