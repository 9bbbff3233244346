"""One server, against M/M/1, the chain of emails put down, and callbacks of a chain."""

import pytest

from tests.proof.chains import callback, preemption
from tests.proof.chains.erlang import single_queue
from tests.proof.chains.single_server import Work, first_come, mixture, preemptive_sojourns


def test_exponential_work_is_erlang_c() -> None:
    alone = single_queue(0.7, 1.25, 1)
    assert first_come(0.7, Work.of(0.8, 1.0)) == pytest.approx((alone.p_wait, alone.wait))


def test_constant_work_waits_half_as_long() -> None:
    assert first_come(0.7, Work.of(1.0, 0.0)).wait == pytest.approx(first_come(0.7, Work.of(1.0, 1.0)).wait / 2)


def test_moments_of_sums_and_mixtures() -> None:
    assert Work.of(2.0, 0.0).longer(1.0) == Work.of(3.0, 0.0)
    longer = Work.of(1.0, 1.0).longer(0.5)
    assert longer.second - longer.mean**2 == pytest.approx(1.0)
    assert mixture(0.25, Work(1.0, 2.0), Work(3.0, 10.0)) == Work(2.5, 8.0)


def test_exceptional_first_work_is_a_chain_of_callbacks() -> None:
    """All who find the one agent busy are called back, some in vain for an exponential time."""
    chain = callback.solve(callback.Callback(0.6, 1.0, 0.0, 1, offered_from=0, p=1.0, reached=0.5, ring=4.0))
    served, ringing = Work.of(1.0, 1.0), Work.of(0.25, 1.0)
    found = first_come(0.6, mixture(0.5, served, ringing), of_first=served)
    assert found.p_wait == pytest.approx(chain.p_callback, rel=1e-8)
    assert found.wait / found.p_wait == pytest.approx(chain.time_to_callback, rel=1e-8)


def test_exponential_work_that_is_put_down() -> None:
    assert preemptive_sojourns(0.3, 0.4, Work.of(1.0, 1.0), Work.of(0.8, 1.0)) == pytest.approx(
        preemption.one_server_sojourns(0.3, 0.4, 1.0, 1.25)
    )


def test_too_much_work_is_refused() -> None:
    with pytest.raises(ValueError, match="keep up"):
        first_come(1.0, Work.of(1.0, 1.0))
    with pytest.raises(ValueError, match="keep up"):
        preemptive_sojourns(0.5, 0.5, Work.of(1.0, 1.0), Work.of(1.0, 1.0))
