"""A constant limit of waiting, against Erlang A and C, reference rows and the M/M/1+D of the books."""

import math

import pytest

from tests.proof.chains.erlang import single_queue
from tests.proof.chains.limited_wait import LimitedWait, solve
from tests.proof.rows import exact_rows


@pytest.mark.parametrize("theta", [0.0, 0.4])
def test_nobody_leaves_at_the_limit(theta: float) -> None:
    found = solve(LimitedWait(2.2, 1.0, 3, limit=0.7, share=0.0, theta=theta))
    alone = single_queue(2.2, 1.0, 3, theta)
    assert (found.p_wait, found.p_ab, found.wait, found.occupancy) == pytest.approx(
        (alone.p_wait, alone.p_ab, alone.wait, alone.occupancy), rel=1e-8, abs=1e-12
    )
    assert found.p_limit == 0


def test_no_wait_at_all_is_erlang_b() -> None:
    found = solve(LimitedWait(2.0, 1.0, 2, limit=1e-9))
    assert found.p_limit == pytest.approx(2**2 / 2 / (1 + 2 + 2**2 / 2), rel=1e-6)


def test_one_server_and_a_load_of_1() -> None:
    """The density is flat up to the limit: 1 / (1 + 1 + limit) for each, and the atom of those who don't wait."""
    found = solve(LimitedWait(1.0, 1.0, 1, limit=2.0))
    # Weights: idle 1; V below 2: 2; V beyond 2: exp(2 - x) from there, 1.
    assert (found.p_wait, found.p_limit, found.p_ab) == pytest.approx((3 / 4, 1 / 4, 0), abs=1e-9)
    assert found.wait == pytest.approx((2 + 2) / 4, rel=1e-9)


def test_who_leaves_before_does_not_leave_at_the_limit() -> None:
    found = solve(LimitedWait(3.0, 1.0, 3, limit=0.5, theta=0.7))
    # Leaving before at theta, while waiting: the rate is theta for each who waits.
    assert found.p_ab == pytest.approx(0.7 * found.wait, rel=1e-8)
    assert found.p_ab + found.p_limit + found.occupancy == pytest.approx(1, rel=1e-9)


def test_partial_limit_beside_patience() -> None:
    found = solve(LimitedWait(3.5, 1.0, 3, limit=0.5, share=0.4, theta=0.3))
    assert found.p_ab == pytest.approx(0.3 * found.wait, rel=1e-8)


ROWS = [row for row in exact_rows() if row.model == "M/M/n+G" and row.named["patience"] == "deterministic 90s"]


def test_rows_of_constant_patience() -> None:
    assert {row.metric for row in ROWS} >= {"p_wait", "p_ab"}
    for row in ROWS:
        p = row.named
        found = solve(LimitedWait(float(p["lam_per_h"]) / 3600, 1 / float(p["aht_s"]), int(p["n"]), limit=90.0))
        values = {"p_wait": found.p_wait, "p_ab": found.p_limit, "ew": found.wait, "occ": found.occupancy}
        if row.metric in values:
            assert values[row.metric] == pytest.approx(row.value, rel=1e-7), row


def test_more_who_never_leave_than_can_be_served_are_refused() -> None:
    with pytest.raises(ValueError, match="never leave"):
        solve(LimitedWait(3.0, 1.0, 1, limit=1.0, share=0.5))
    assert math.isfinite(solve(LimitedWait(3.0, 1.0, 1, limit=1.0)).wait)
