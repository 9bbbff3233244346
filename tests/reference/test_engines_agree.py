"""The fast engine gives the reference engine's log, row for row, whatever the centre."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.centre.contract import DAY_MS, UNLIMITED, CompiledCentre
from sim.centre.fast import FastEngine
from sim.centre.reduce import reduce_log
from sim.centre.reference import run_reference
from sim.centre.results import Replication
from sim.common.distributions import Deterministic, Distribution, Gamma, Lognormal
from tests.support.centres import HOUR_MS, MINUTE_MS, Queue, centre

TICKS = (1, 1_000, 10_000, 60_000)
NAMES = ("calls", "orders", "emails", "letters")

durations: st.SearchStrategy[Distribution] = st.one_of(
    st.builds(Deterministic, st.sampled_from([1_000.0, 60_000.0, 600_000.0])),
    st.builds(Gamma, st.sampled_from([20_000.0, 300_000.0, 3_600_000.0]), st.sampled_from([0.5, 1.0, 4.0])),
    st.builds(Lognormal, st.sampled_from([120_000.0, 600_000.0]), st.sampled_from([0.3, 1.2])),
)
delays = st.one_of(durations, st.builds(Gamma, st.just(20.0 * HOUR_MS), st.just(1.0)))
shares = st.sampled_from([0.0, 0.0, 0.3, 1.0])


@st.composite
def hours(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.lists(st.integers(0, 96), min_size=2, max_size=4, unique=True)))
    pairs = [(a * 15 * MINUTE_MS, b * 15 * MINUTE_MS) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    return draw(st.sampled_from([((0, DAY_MS),), tuple(pairs)]))


def _profile(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Arrivals spread evenly over the spans."""
    edges = sorted({edge for span in spans for edge in span})
    lengths = [sum(min(b, d) - max(a, c) for a, b in spans if a < d and c < b) for c, d in pairwise(edges)]
    cumulative = np.concatenate([[0.0], np.cumsum(lengths) / sum(lengths)])
    cumulative[-1] = 1.0
    return tuple(edges), tuple(float(c) for c in cumulative)


@st.composite
def queue(draw: st.DrawFn, name: str, names: tuple[str, ...]) -> Queue:
    email = name in ("emails", "letters")
    spans = draw(hours())
    others = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    calls = [other for other in names if other not in ("emails", "letters")]
    common = {
        "name": name,
        "handle": draw(durations),
        "per_day": draw(st.sampled_from([0.0, 5.0, 40.0, 150.0])),
        "email": email,
        "hours": spans,
        "profile": ((0, DAY_MS), (0.0, 1.0)) if email else _profile(spans),
        "rank": draw(st.integers(1, 2)),
        "after_call": draw(st.none() | durations),
        "recontact": draw(shares) * 0.6,
        "recontact_delay": draw(delays),
        "recontact_to": {other: 1.0 / len(others) for other in others},
        "re_explain_ms": draw(st.sampled_from([0, 180_000])),
        "threshold_ms": draw(st.sampled_from([10_000, HOUR_MS])),
    }
    if email:
        return Queue(
            **common,
            reserve=draw(st.integers(0, 2)),
            late_to_call=draw(shares) if calls else 0.0,
            late_to_call_delay=draw(delays),
            late_to_call_queue=calls[0] if calls else name,
            elapsed_clock=draw(st.booleans()),
            backlog=draw(st.sampled_from([0, 0, 7])),
        )
    return Queue(
        **common,
        patience=draw(st.none() | durations),
        balk=draw(shares) * 0.5,
        redial=draw(shares) * 0.9,
        redial_delay=draw(delays),
        redial_attempts=draw(st.sampled_from([UNLIMITED, 0, 2])),
        trunks=draw(st.sampled_from([UNLIMITED, UNLIMITED, 1, 6])),
        send_away=draw(st.booleans()),
    )


@st.composite
def centres(draw: st.DrawFn) -> CompiledCentre:
    names = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)))
    moments = sorted(draw(st.lists(st.integers(0, 4 * 96), min_size=1, max_size=12, unique=True)))
    changes = [(moment * 15 * MINUTE_MS, draw(st.integers(0, 6))) for moment in moments]
    return centre(
        [draw(queue(name, names)) for name in names],
        changes,
        days=draw(st.integers(1, 2)),
        warm_up_days=draw(st.integers(0, 1)),
        drain_days=draw(st.integers(0, 2)),
        tick_ms=draw(st.sampled_from(TICKS)),
        interval_ms=draw(st.sampled_from([15 * MINUTE_MS, HOUR_MS])),
    )


def both_engines(compiled: CompiledCentre, seed: int) -> tuple[Replication, Replication]:
    expected = compiled.volume.expected
    counts = np.random.default_rng(seed).poisson(expected)
    fast = FastEngine(compiled).run(seed, 3, counts, log=True)
    log, duty = run_reference(compiled, seed, 3, counts)
    return fast, Replication(3, reduce_log(log, duty, compiled), log, duty)


def assert_identical(fast: Replication, reference: Replication) -> None:
    assert fast.log is not None
    assert reference.log is not None
    assert len(fast.log) == len(reference.log)
    for name in fast.log.dtype.names or ():
        np.testing.assert_array_equal(fast.log[name], reference.log[name], err_msg=f"log column {name}")
    np.testing.assert_array_equal(fast.duty, reference.duty, err_msg="spells on duty")
    for part in dataclasses.fields(fast.counts):
        np.testing.assert_array_equal(
            getattr(fast.counts, part.name), getattr(reference.counts, part.name), err_msg=f"counts of {part.name}"
        )


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(centres(), st.integers(0, 1_000))
def test_same_log_and_same_counts(compiled: CompiledCentre, seed: int) -> None:
    assert_identical(*both_engines(compiled, seed))
