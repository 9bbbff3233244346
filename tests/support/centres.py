"""Centres put together by hand, without a scenario file: for the engines' own tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.centre.contract import (
    DAY_MS,
    UNLIMITED,
    Arrivals,
    Clock,
    CompiledCentre,
    EngineInput,
    Opening,
    Queues,
    Staff,
    VolumeDistribution,
)
from sim.common.distributions import Deterministic, Distribution, quantile_table
from sim.common.streams import stream_id

HOUR_MS = 3_600_000
MINUTE_MS = 60_000
MONDAY = 739_985  # 2027-01-04


@dataclass(frozen=True)
class Queue:
    """One queue of a hand-made centre; hours are milliseconds of every day."""

    name: str
    handle: Distribution
    per_day: float = 0.0
    email: bool = False
    rank: int = 1
    reserve: int = 0
    hours: tuple[tuple[int, int], ...] = ((0, DAY_MS),)
    profile: tuple[tuple[int, ...], tuple[float, ...]] = ((0, DAY_MS), (0.0, 1.0))
    patience: Distribution | None = None
    balk: float = 0.0
    after_call: Distribution | None = None
    redial: float = 0.0
    redial_delay: Distribution = field(default_factory=lambda: Deterministic(MINUTE_MS))
    redial_attempts: int = UNLIMITED
    recontact: float = 0.0
    recontact_delay: Distribution = field(default_factory=lambda: Deterministic(MINUTE_MS))
    recontact_to: dict[str, float] | None = None
    re_explain_ms: int = 0
    late_to_call: float = 0.0
    late_to_call_delay: Distribution = field(default_factory=lambda: Deterministic(MINUTE_MS))
    late_to_call_queue: str = ""
    trunks: int = UNLIMITED
    send_away: bool = False
    threshold_ms: int = 10_000
    short_abandon_ms: int = 5_000
    elapsed_clock: bool = False
    backlog: int = 0
    busyness_cv: float = 0.0


def _shares(queue: Queue, names: list[str]) -> list[float]:
    shares = [(queue.recontact_to or {queue.name: 1.0}).get(name, 0.0) for name in names]
    cumulative = np.cumsum(shares)
    cumulative[-1] = 1.0
    return [float(c) for c in cumulative]


def _opening(queues: Sequence[Queue], days: int) -> Opening:
    offset, start, end, before = [0], [], [], []
    for queue in queues:
        segments: list[list[int]] = []
        for day in range(days):
            for a, b in queue.hours:
                at, until = day * DAY_MS + a, day * DAY_MS + b
                if segments and segments[-1][1] == at:
                    segments[-1][1] = until
                else:
                    segments.append([at, until])
        total = 0
        for at, until in segments:
            start.append(at)
            end.append(until)
            before.append(total)
            total += until - at
        offset.append(len(start))
    return Opening(*(np.array(x, np.int64) for x in (offset, start, end, before)))


def centre(
    queues: Sequence[Queue],
    changes: Sequence[tuple[int, int]],
    *,
    days: int = 1,
    warm_up_days: int = 0,
    drain_days: int = 1,
    tick_ms: int = 1,
    interval_ms: int = 30 * MINUTE_MS,
    horizon_ms: int | None = None,
    first_day: int = MONDAY,
) -> CompiledCentre:
    """A centre of one team whose positions change at ``changes`` (ms, positions); ``days`` is the horizon."""
    names = [queue.name for queue in queues]
    total_days = warm_up_days + days + drain_days
    horizon_start = warm_up_days * DAY_MS
    horizon_end = horizon_start + (horizon_ms if horizon_ms is not None else days * DAY_MS)
    intervals = (horizon_end - horizon_start) // interval_ms
    one = Deterministic(1.0)

    def table(distributions: Sequence[Distribution | None]) -> np.ndarray:
        return np.array([quantile_table(d if d is not None else one) for d in distributions])

    def integers(values: Sequence[int]) -> np.ndarray:
        return np.array(values, np.int64)

    engine = EngineInput(
        clock=Clock(tick_ms, interval_ms, total_days, first_day, horizon_start, horizon_end),
        queues=Queues(
            stream=np.array([stream_id(name) for name in names], np.uint32),
            is_email=np.array([q.email for q in queues], np.uint8),
            trunks=integers([q.trunks for q in queues]),
            send_away_at_close=np.array([q.send_away for q in queues], np.uint8),
            threshold_ms=integers([q.threshold_ms for q in queues]),
            short_abandon_ms=integers([q.short_abandon_ms for q in queues]),
            elapsed_clock=np.array([q.elapsed_clock for q in queues], np.uint8),
            handle=table([q.handle for q in queues]),
            after_call=table([q.after_call for q in queues]),
            has_after_call=np.array([q.after_call is not None for q in queues], np.uint8),
            patience=table([q.patience for q in queues]),
            has_patience=np.array([q.patience is not None for q in queues], np.uint8),
            balk=np.array([q.balk for q in queues]),
            redial=np.array([q.redial for q in queues]),
            redial_delay=table([q.redial_delay for q in queues]),
            redial_attempts=integers([q.redial_attempts for q in queues]),
            recontact=np.array([q.recontact for q in queues]),
            recontact_delay=table([q.recontact_delay for q in queues]),
            recontact_to=np.array([_shares(q, names) for q in queues]),
            re_explain_ms=integers([q.re_explain_ms for q in queues]),
            late_to_call=np.array([q.late_to_call for q in queues]),
            late_to_call_delay=table([q.late_to_call_delay for q in queues]),
            late_to_call_queue=integers([names.index(q.late_to_call_queue or q.name) for q in queues]),
            backlog=integers([q.backlog for q in queues]),
        ),
        opening=_opening(queues, total_days),
        arrivals=Arrivals(
            shape_of=np.repeat(np.arange(len(queues))[:, None], total_days, axis=1).astype(np.int64),
            offset=np.concatenate([[0], np.cumsum([len(q.profile[0]) for q in queues])]).astype(np.int64),
            edge_ms=np.concatenate([q.profile[0] for q in queues]).astype(np.int64),
            cumulative=np.concatenate([q.profile[1] for q in queues]).astype(float),
        ),
        staff=Staff(
            at_ms=integers([at for at, _ in changes]),
            team=integers([0] * len(changes)),
            positions=integers([positions for _, positions in changes]),
            rank=integers([q.rank + (1000 if q.email else 0) for q in queues]).reshape(1, -1),
            reserve=integers([q.reserve for q in queues]).reshape(1, -1),
            agent_team=np.zeros(max((positions for _, positions in changes), default=0), np.int64),
        ),
    )
    return CompiledCentre(
        name="by hand",
        queue_names=tuple(names),
        team_names=("team",),
        engine=engine,
        volume=VolumeDistribution(
            expected=np.repeat(np.array([[float(q.per_day)] for q in queues]), total_days, axis=1),
            busyness_cv=np.array([q.busyness_cv for q in queues]),
            own_busyness=np.zeros(len(queues), bool),
        ),
        warm_up_days=warm_up_days,
        horizon_days=days,
        interval_period=np.zeros(intervals, np.int64),
        period_labels=("horizon",),
        interval_open=np.ones((len(queues), intervals), bool),
    )
