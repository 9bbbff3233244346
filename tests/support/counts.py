"""Replications with made-up counts that hang together: what engines return, without an engine."""

from __future__ import annotations

import dataclasses

import numpy as np

from sim.centre.contract import CompiledCentre
from sim.centre.results import CONTACT_COLUMNS, QUEUE_COLUMNS, TEAM_COLUMNS, IntervalCounts, Replication
from sim.common.distributions import Deterministic
from sim.common.histogram import BINS, bin_of
from tests.support.centres import HOUR_MS, Queue, centre

CALLS, EMAILS = 0, 1
OPEN_MS = (8 * HOUR_MS, 18 * HOUR_MS)


def blended(days: int = 40, interval_ms: int = HOUR_MS) -> CompiledCentre:
    """Calls and emails from Monday, 2027-01-04, in calendar months; positions 4, from 12:00 of the first day 6."""
    handle = Deterministic(HOUR_MS / 10)
    made = centre(
        [
            Queue("calls", handle, hours=(OPEN_MS,), threshold_ms=20_000, short_abandon_ms=5_000),
            Queue("emails", handle, email=True, hours=(OPEN_MS,), threshold_ms=4 * HOUR_MS),
        ],
        [(8 * HOUR_MS, 4), (12 * HOUR_MS, 6)],
        days=days,
        interval_ms=interval_ms,
    )
    per_day = made.intervals // days
    january = np.arange(made.intervals) // per_day < 28
    open_now = np.tile((np.arange(per_day) >= 8) & (np.arange(per_day) < 18), days)
    return dataclasses.replace(
        made,
        interval_period=np.where(january, 0, 1),
        period_labels=("2027-01", "2027-02") if days > 28 else ("2027-01",),
        interval_open=np.stack([open_now, open_now]),
    )


def counts_of(
    made: CompiledCentre, contacts: dict[tuple[int, int], dict[str, int]], waits_ms: tuple[int, ...] = ()
) -> IntervalCounts:
    """Counts that are 0 but for the named columns of (queue, interval); ``waits_ms`` of served calls of month 0."""
    queues, teams, periods = len(made.queue_names), len(made.team_names), len(made.period_labels)
    table = np.zeros((queues, made.intervals, len(CONTACT_COLUMNS)), np.int64)
    for place, columns in contacts.items():
        for name, value in columns.items():
            table[(*place, CONTACT_COLUMNS.index(name))] = value
    histogram = np.zeros((queues, periods, BINS), np.int64)
    for wait_ms in waits_ms:
        histogram[CALLS, 0, bin_of(wait_ms)] += 1
    return IntervalCounts(
        contacts=table,
        queues=np.zeros((queues, made.intervals, len(QUEUE_COLUMNS)), np.int64),
        teams=np.zeros((teams, made.intervals, len(TEAM_COLUMNS)), np.int64),
        wait_histogram=histogram,
        response_histogram=np.zeros_like(histogram),
    )


def random_replications(made: CompiledCentre, replications: int, seed: int = 1) -> list[Replication]:
    """Replications of random counts in the opening intervals, offered = served + abandoned + blocked + unresolved."""
    rng = np.random.default_rng(seed)
    return [Replication(number, _random_counts(made, rng)) for number in range(replications)]


def _random_counts(made: CompiledCentre, rng: np.random.Generator) -> IntervalCounts:
    counts = counts_of(made, {})
    shape = counts.contacts.shape[:2]
    busy_day = rng.gamma(8, 1 / 8)

    def put(name: str, values: np.ndarray) -> None:
        counts.contacts[..., CONTACT_COLUMNS.index(name)] = values

    open_now = made.interval_open
    offered = rng.poisson(12 * busy_day, shape) * open_now
    reasons = rng.multinomial(offered, [0.7, 0.1, 0.15, 0.05])
    fates = rng.multinomial(offered, [0.8, 0.15, 0.03, 0.02])
    for place, name in enumerate(("first", "redial", "recontact", "late_email")):
        put(name, reasons[..., place])
    for place, name in enumerate(("served", "abandoned", "blocked", "unresolved")):
        put(name, fates[..., place])
    served, abandoned = fates[..., 0], fates[..., 1]
    put("served_within", rng.binomial(served, 0.8))
    put("served_at_once", rng.binomial(served, 0.3))
    put("abandoned_within", rng.binomial(abandoned, 0.4))
    put("abandoned_short", rng.binomial(abandoned, 0.2))
    put("responded_within", rng.binomial(served, 0.7) * [[0], [1]])
    put("wait_served_ms", served * rng.integers(0, 30_000, shape))
    put("wait_abandoned_ms", abandoned * rng.integers(0, 30_000, shape))
    put("wait_longest_ms", (served > 0) * rng.integers(0, 90_000, shape))
    put("handle_ms", served * rng.integers(60_000, 600_000, shape))
    put("re_explain_ms", served * rng.integers(0, 10_000, shape))
    put("response_ms", served * rng.integers(0, 10_000_000, shape) * [[0], [1]])
    put("lost", rng.binomial(abandoned, 0.5))
    counts.queues[:] = rng.integers(0, 10**7, counts.queues.shape)
    counts.teams[..., 0] = 4 * made.engine.clock.interval_ms * open_now[0]
    counts.teams[..., 1:] = rng.integers(0, 10**6, counts.teams[..., 1:].shape)
    counts.wait_histogram[..., :4000:7] = rng.integers(0, 5, counts.wait_histogram[..., :4000:7].shape)
    counts.response_histogram[EMAILS, :, :4000:9] = rng.integers(0, 5, counts.wait_histogram[0, :, :4000:9].shape)
    return counts
