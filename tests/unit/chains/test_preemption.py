"""Pre-emption, against closed forms, M/M/n and itself."""

from dataclasses import asdict, replace

import pytest

from tests.proof.chains.erlang import single_queue
from tests.proof.chains.preemption import (
    Preemption,
    PreemptionFigures,
    ResumedBy,
    one_rate_sojourns,
    one_server_sojourns,
    solve,
)

TWO_SERVERS = Preemption(lam1=0.5, lam2=0.7, mu1=1.0, mu2=1.3, n=2, resumed_by="own")
IMPATIENT = replace(TWO_SERVERS, lam1=1.2, theta1=2.0)
VARIANTS = pytest.mark.parametrize("resumed_by", ["any", "own"])


def test_variants_are_the_same_with_one_server() -> None:
    model = Preemption(0.3, 0.4, 1.0, 1.25, 1, "any", theta1=0.5)
    assert asdict(solve(model)) == pytest.approx(asdict(solve(replace(model, resumed_by="own"))), rel=1e-9)


@VARIANTS
def test_one_server_has_a_closed_form(resumed_by: ResumedBy) -> None:
    found = solve(Preemption(0.3, 0.4, 1.0, 1.25, 1, resumed_by))
    assert (found.sojourn1, found.sojourn2) == pytest.approx(one_server_sojourns(0.3, 0.4, 1.0, 1.25), rel=1e-9)


def test_any_server_and_one_rate_has_a_closed_form() -> None:
    found = solve(Preemption(1.2, 0.8, 1.0, 1.0, 3, "any"))
    assert (found.sojourn1, found.sojourn2) == pytest.approx(one_rate_sojourns(1.2, 0.8, 1.0, 3), rel=1e-9)


@VARIANTS
@pytest.mark.parametrize("model", [TWO_SERVERS, replace(TWO_SERVERS, n=3), IMPATIENT], ids=["2", "3", "impatient"])
def test_first_class_does_not_notice_the_second(model: Preemption, resumed_by: ResumedBy) -> None:
    found = solve(replace(model, resumed_by=resumed_by))
    alone = single_queue(model.lam1, model.mu1, model.n, model.theta1)
    assert (found.p_wait1, found.p_ab1, found.wait1) == pytest.approx((alone.p_wait, alone.p_ab, alone.wait), rel=1e-9)


@VARIANTS
@pytest.mark.parametrize("model", [TWO_SERVERS, IMPATIENT], ids=["patient", "impatient"])
def test_work_brought_is_work_done(model: Preemption, resumed_by: ResumedBy) -> None:
    found = solve(replace(model, resumed_by=resumed_by))
    work = model.lam1 * (1 - found.p_ab1) / model.mu1 + model.lam2 / model.mu2
    assert found.occupancy * model.n == pytest.approx(work, rel=1e-9)
    assert found.sojourn2 == pytest.approx(found.first_wait2 + found.put_down2 + 1 / model.mu2, rel=1e-9)


@VARIANTS
def test_without_the_first_class_the_second_is_alone(resumed_by: ResumedBy) -> None:
    found = solve(Preemption(1e-12, 1.4, 1.0, 1.0, 2, resumed_by))
    assert found.first_wait2 == pytest.approx(single_queue(1.4, 1.0, 2).wait, rel=1e-9)
    assert found.put_down2 == pytest.approx(0, abs=1e-10)


def test_one_put_down_waits_a_busy_period_of_the_first_class() -> None:
    """With one server: until class 1, begun by one, has left; 1 / (mu1 - lam1) on average."""
    found = solve(Preemption(0.3, 0.4, 1.0, 1.25, 1, "own"))
    assert found.put_down2 == pytest.approx(found.interruptions2 / (1.0 - 0.3), rel=1e-9)
    # It is interrupted at rate lam1 whenever it is served.
    assert found.interruptions2 == pytest.approx(0.3 / 1.25, rel=1e-9)


def test_waiting_for_its_own_server_costs_the_second_class() -> None:
    def second_class(found: PreemptionFigures) -> float:
        return found.sojourn2

    for model in (TWO_SERVERS, replace(TWO_SERVERS, n=3), IMPATIENT):
        assert second_class(solve(model)) > 1.001 * second_class(solve(replace(model, resumed_by="any")))
