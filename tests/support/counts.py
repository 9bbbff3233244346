"""Replications with made-up counts that hang together: what engines return, without an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.centre.contract import (
    DAY_MS,
    Clock,
    CompiledCentre,
    EngineInput,
    Queues,
    Satisfaction,
    Staff,
    VolumeDistribution,
)
from sim.centre.results import (
    CONTACT_COLUMNS,
    QUEUE_COLUMNS,
    SERVICE_COLUMNS,
    TEAM_COLUMNS,
    IntervalCounts,
    Replication,
)
from sim.common.calendar_spans import calendar_spans
from sim.common.histogram import BINS, bin_of

CALLS, EMAILS = 0, 1
HOUR_MS = 3_600_000
MONDAY = 739_985  # 2027-01-04
OPEN_MS = (8 * HOUR_MS, 18 * HOUR_MS)


@dataclass(frozen=True)
class Counted:
    """A queue as the statistics know it."""

    name: str
    channel: str = "call"
    threshold_ms: int = 20_000
    rated: bool = False


def counted_centre(
    queues: Sequence[Counted],
    changes: Sequence[tuple[int, int, int]],
    *,
    teams: Sequence[str] = ("team",),
    days: int = 1,
    warm_up_days: int = 0,
    interval_ms: int = HOUR_MS,
    first_day: int = MONDAY,
) -> CompiledCentre:
    """A centre with what statistics read of it; positions of teams change at ``changes`` (ms, team, positions)."""
    horizon_ms = (warm_up_days * DAY_MS, (warm_up_days + days) * DAY_MS)
    intervals = days * DAY_MS // interval_ms
    at_ms, of_team, positions = np.array(sorted(changes), np.int64).T
    most = [max((n for _, of, n in changes if of == team), default=0) for team in range(len(teams))]

    def flags(channel: str) -> np.ndarray:
        return np.array([queue.channel == channel for queue in queues], np.uint8)

    zeros: Any = np.zeros(len(queues), np.int64)
    unused: Any = None  # the engines' business
    return CompiledCentre(
        name="by hand",
        queue_names=tuple(queue.name for queue in queues),
        team_names=tuple(teams),
        engine=EngineInput(
            clock=Clock(1, interval_ms, warm_up_days + days, first_day, *horizon_ms),
            queues=Queues(*(zeros,) * len(Queues._fields))._replace(
                is_email=flags("email"),
                is_chat=flags("chat"),
                threshold_ms=np.array([queue.threshold_ms for queue in queues], np.int64),
                transfer_threshold_ms=np.array([queue.threshold_ms for queue in queues], np.int64),
            ),
            opening=unused,
            arrivals=unused,
            staff=Staff(
                *(at_ms, of_team, positions),
                agent_team=(agent_team := np.repeat(np.arange(len(teams)), most)),
                agent_stage=agent_team[np.newaxis].astype(np.int32),
            ),
            routing=unused,
            announcements=unused,
            callbacks=unused,
            deflection=unused,
            transfers=unused,
            satisfaction=Satisfaction(*(zeros,) * len(Satisfaction._fields))._replace(
                rated=np.array([queue.rated for queue in queues], np.uint8)
            ),
            stages=unused,
        ),
        volume=VolumeDistribution(zeros, zeros, zeros),
        warm_up_days=warm_up_days,
        horizon_days=days,
        interval_period=np.zeros(intervals, np.int64),
        period_labels=("horizon",),
        interval_open=np.ones((len(queues), intervals), bool),
    )


def blended(days: int = 42, interval_ms: int = HOUR_MS) -> CompiledCentre:
    """Calls and emails from Monday, 2027-01-04, in months; positions 4, from 12:00 of the first day 6."""
    queues = [Counted("calls"), Counted("emails", "email", 4 * HOUR_MS)]
    made = counted_centre(queues, [(8 * HOUR_MS, 0, 4), (12 * HOUR_MS, 0, 6)], days=days, interval_ms=interval_ms)
    return in_months(made)


def in_months(made: CompiledCentre) -> CompiledCentre:
    """The centre with its months (its first day is 2027-01-04; in 42 days there are two), open from 8 to 18."""
    per_day = made.intervals // made.horizon_days
    months = calendar_spans(MONDAY, made.horizon_days, "month")
    hour = np.arange(per_day) * 24 // per_day
    open_now = np.tile((hour >= 8) & (hour < 18), made.horizon_days)
    return replace(
        made,
        interval_period=np.repeat(np.arange(len(months)), [month.days * per_day for month in months]),
        period_labels=tuple(month.label for month in months),
        interval_open=np.tile(open_now, (len(made.queue_names), 1)),
    )


def counts_of(
    made: CompiledCentre,
    contacts: dict[tuple[int, int], dict[str, int]],
    waits_ms: tuple[int, ...] = (),
    services: dict[tuple[int, int], tuple[int, int]] | None = None,
) -> IntervalCounts:
    """Counts that are 0 but for the named columns of (queue, interval).

    ``waits_ms`` are of served calls, ``services`` (number, ms) by (team, queue): both of month 0.
    """
    queues, teams, periods = len(made.queue_names), len(made.team_names), len(made.period_labels)
    table = np.zeros((queues, made.intervals, len(CONTACT_COLUMNS)), np.int64)
    for place, columns in contacts.items():
        for name, value in columns.items():
            table[(*place, CONTACT_COLUMNS.index(name))] = value
    histogram = np.zeros((queues, periods, BINS), np.int64)
    for wait_ms in waits_ms:
        histogram[CALLS, 0, bin_of(wait_ms)] += 1
    served = np.zeros((teams, queues, periods, len(SERVICE_COLUMNS)), np.int64)
    for (team, queue), of_both in (services or {}).items():
        served[team, queue, 0] = of_both
    return IntervalCounts(
        contacts=table,
        queues=np.zeros((queues, made.intervals, len(QUEUE_COLUMNS)), np.int64),
        teams=np.zeros((teams, made.intervals, len(TEAM_COLUMNS)), np.int64),
        services=served,
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
    email = made.engine.queues.is_email[:, np.newaxis] == 1
    call = ~email & (made.engine.queues.is_chat[:, np.newaxis] == 0)
    rated = made.engine.satisfaction.rated[:, np.newaxis]
    open_now = made.interval_open
    busy_day = rng.gamma(8, 1 / 8)

    def put(name: str, values: np.ndarray) -> None:
        counts.contacts[..., CONTACT_COLUMNS.index(name)] = values

    def split(total: np.ndarray, shares: dict[str, float]) -> list[np.ndarray]:
        """The total over the columns."""
        parts = np.moveaxis(rng.multinomial(total, list(shares.values())), -1, 0)
        for name, part in zip(shares, parts, strict=True):
            put(name, part)
        return list(parts)

    offered = rng.poisson(12 * busy_day, shape) * open_now
    transfers = rng.poisson(2, shape) * open_now
    split(
        offered,
        {"first": 0.6, "redial": 0.1, "recontact": 0.15, "late_email": 0.05, "returned": 0.06, "posted": 0.04},
    )
    served, abandoned, *_ = split(offered, {"served": 0.8, "abandoned": 0.15, "blocked": 0.03, "unresolved": 0.02})
    fates = {"served": 0.8, "abandoned": 0.1, "blocked": 0.05, "unresolved": 0.05}
    handed_served, *_ = split(transfers, {f"transfer_{fate}": share for fate, share in fates.items()})
    handled = served + handed_served
    put("transfer", transfers)
    put("deflected", rng.poisson(1, shape) * open_now)
    put("served_within", rng.binomial(served, 0.8))
    put("served_at_once", rng.binomial(served, 0.3))
    put("abandoned_within", rng.binomial(abandoned, 0.4))
    put("abandoned_short", rng.binomial(abandoned, 0.2))
    put("responded_within", rng.binomial(served, 0.7) * email)
    reached = rng.binomial(served, 0.1) * call
    put("callbacks_reached", reached)
    put("callbacks", reached + rng.binomial(abandoned, 0.1) * call)
    put("callback_ms", reached * rng.integers(60_000, 900_000, shape))
    put("wait_served_ms", (served - reached) * rng.integers(0, 30_000, shape))
    put("wait_abandoned_ms", abandoned * rng.integers(0, 30_000, shape))
    put("wait_longest_ms", (served > 0) * rng.integers(0, 90_000, shape))
    put("handle_ms", handled * rng.integers(60_000, 600_000, shape))
    put("re_explain_ms", handled * rng.integers(0, 10_000, shape))
    put("response_ms", served * rng.integers(0, 10_000_000, shape) * email)
    put("lost", rng.binomial(abandoned, 0.5))
    handed_on = rng.binomial(handled, 0.15)
    put("handed_on", handed_on)
    put("handed_on_ms", handed_on * rng.integers(60_000, 300_000, shape))
    put("transfer_wait_ms", handed_served * rng.integers(0, 60_000, shape))
    split(handled - handed_on, {"touched_1": 0.8, "touched_2": 0.15, "touched_more": 0.05})
    put("put_down", rng.binomial(served, 0.1) * email)
    put("rated", (handled - handed_on) * rated)
    put("satisfaction_ppm", (handled - handed_on) * rated * rng.integers(800_000, 990_000, shape))
    counts.queues[:] = rng.integers(0, 10**7, counts.queues.shape)
    counts.teams[..., 0] = 4 * made.engine.clock.interval_ms * open_now[0]
    counts.teams[..., 1:] = rng.integers(0, 10**6, counts.teams[..., 1:].shape)
    counts.services[..., 0] = rng.integers(0, 5_000, counts.services.shape[:-1])
    counts.services[..., 1] = counts.services[..., 0] * rng.integers(60_000, 600_000, counts.services.shape[:-1])
    counts.wait_histogram[..., :4000:7] = rng.integers(0, 5, counts.wait_histogram[..., :4000:7].shape)
    replied = counts.response_histogram[email[:, 0]][..., :4000:9]
    counts.response_histogram[email[:, 0], :, :4000:9] = rng.integers(0, 5, replied.shape)
    handed_reached = rng.binomial(handed_served, 0.1) * call
    put("transfer_callbacks_reached", handed_reached)
    put("transfer_callbacks", handed_reached + rng.binomial(transfers - handed_served, 0.1) * call)
    put("transfer_served_within", handed_served - handed_served // 3)
    return counts
