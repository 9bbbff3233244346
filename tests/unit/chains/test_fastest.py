"""Groups of different speed, against M/M/n, a closed form and one another."""

from dataclasses import replace

import pytest

from tests.proof.chains.erlang import single_queue
from tests.proof.chains.fastest import Rule, TwoSpeeds, TwoSpeedsFigures, solve

SOME = TwoSpeeds(lam=2.0, mu1=1.5, mu2=0.5, n1=2, n2=2, rule="group_1", theta=0.3)
FASTEST = solve(SOME)
SLOWEST = solve(replace(SOME, rule="group_2"))
LONGEST_IDLE = solve(replace(SOME, rule="longest_idle"))


@pytest.mark.parametrize("rule", ["group_1", "group_2", "longest_idle"])
def test_one_speed_is_erlang_a(rule: Rule) -> None:
    found = solve(replace(SOME, mu2=1.5, rule=rule))
    alone = single_queue(2.0, 1.5, 4, 0.3)
    assert (found.p_wait, found.p_ab, found.wait, (found.occ1 + found.occ2) / 2) == pytest.approx(
        (alone.p_wait, alone.p_ab, alone.wait, alone.occupancy), rel=1e-9
    )


def test_longest_idle_treats_equals_alike() -> None:
    found = solve(replace(SOME, mu2=1.5, rule="longest_idle"))
    assert found.occ1 == pytest.approx(found.occ2, rel=1e-9)


@pytest.mark.parametrize("found", [FASTEST, SLOWEST, LONGEST_IDLE], ids=["fastest", "slowest", "longest idle"])
def test_flows_balance(found: TwoSpeedsFigures) -> None:
    assert found.occ1 * 2 * 1.5 + found.occ2 * 2 * 0.5 == pytest.approx(2.0 * (1 - found.p_ab), rel=1e-9)
    assert found.occ1 * 2 * 1.5 == pytest.approx(2.0 * (1 - found.p_ab) * found.share_served_by_1, rel=1e-9)


def test_longest_idle_lies_between_fastest_and_slowest_first() -> None:
    assert FASTEST.p_wait < LONGEST_IDLE.p_wait < SLOWEST.p_wait
    assert FASTEST.wait < LONGEST_IDLE.wait < SLOWEST.wait
    assert FASTEST.occ1 > LONGEST_IDLE.occ1 > SLOWEST.occ1


def test_one_server_each() -> None:
    """Two states with one busy (a: server 1, b: server 2), by hand: lam 1, mu 2 and 1, fastest first, patient."""
    found = solve(TwoSpeeds(1.0, 2.0, 1.0, 1, 1, "group_1"))
    # With p2 = both busy, none waiting: b (1 + 1) = 2 p2 and 3 p2 = a + b, so b = p2, a = 2 p2; p0 = 2 a + b = 5 p2.
    p2 = 1 / (5 + 2 + 1 + 1.5)
    assert found.p_wait == pytest.approx(1.5 * p2, rel=1e-9)
    assert found.occ1 == pytest.approx((2 + 1.5) * p2, rel=1e-9)
    assert found.wait == pytest.approx(1.5 * p2 * (1 / 3) / (2 / 3), rel=1e-9)
