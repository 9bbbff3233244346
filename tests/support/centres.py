"""Centres put together by hand, without a scenario file: for the engines' own tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.centre.contract import (
    DAY_MS,
    FULL_SPEED,
    LONGEST_IDLE,
    NO_LIMIT_MS,
    NOBODY,
    NOT_PUT_DOWN,
    UNLIMITED,
    Announcements,
    Arrivals,
    Callbacks,
    Clock,
    CompiledCentre,
    Deflection,
    EngineInput,
    Fences,
    Opening,
    Queues,
    Rosters,
    Routing,
    Satisfaction,
    Staff,
    Stages,
    Transfers,
    VolumeDistribution,
)
from sim.centre.rosters import Spells, rosters_of
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
    transfer_threshold_ms: int = 60_000
    short_abandon_ms: int = 5_000
    elapsed_clock: bool = False
    backlog: int = 0
    busyness_cv: float = 0.0
    chat: bool = False
    mean_handle_ms: int = MINUTE_MS
    told_above_ms: int = NO_LIMIT_MS
    told_balk: float = 0.0
    told_patience: float = 1.0
    callback: bool = False
    callback_above_ms: int = 0
    callback_accept: float = 0.0
    callback_reach: float = 1.0
    callback_tries: int = 3
    callback_ring_ms: int = 30_000
    callback_again_ms: int = 10 * MINUTE_MS
    callback_rank: int = 500
    deflected: float = 0.0
    post: float = 0.0
    post_queue: str = ""
    fail: float = 0.0
    fail_delay: Distribution = field(default_factory=lambda: Deterministic(MINUTE_MS))
    matters: tuple[float, ...] = (1.0,)
    """Shares of the centre's matters."""
    transfer_to: tuple[str, ...] = ("",)
    """Queue to which each matter is handed on; "" for none."""
    transfer_after: Distribution = field(default_factory=lambda: Deterministic(MINUTE_MS))
    transfer_at_head: bool = False
    transfer_re_explain_ms: int = 0
    hold_ms: int = 0
    joint_ms: int = 0
    rated: bool = False
    base_ppm: int = 950_000
    wait_ppm_per_hour: int = 600_000
    again_ppm: int = 100_000
    transfer_ppm: int = 50_000
    score_base: float = 0.0
    score_per_ms: float = 0.0

    @property
    def default_rank(self) -> int:
        """Calls before chats before emails."""
        return self.rank + (2000 if self.email else 1000 if self.chat else 0)


@dataclass(frozen=True)
class Serves:
    """How a team serves a queue."""

    preference: int = 1
    rank: int | None = None
    """Default the queue's."""
    reserve: int | None = None
    """Default the queue's."""
    overflow_ms: int = 0
    handle_factor: float = 1.0
    recontact_factor: float = 1.0
    fences: tuple[tuple[int, bool], ...] = ()
    team_ppm: int = 0


@dataclass(frozen=True)
class Stage:
    """What agents of a team do on some days: factors on the team's own, and losses on top of them."""

    handle_factor: float = 1.0
    recontact_factor: float = 1.0
    lost_ppm: int = 0
    solves: tuple[int, ...] | None = None
    """Matters; default the team's."""


@dataclass(frozen=True)
class Shift:
    """One shift of an agent of a rostered team, from time 0 on."""

    agent: int
    """In the team."""
    start_ms: int
    end_ms: int
    breaks: tuple[tuple[int, int], ...] = ()
    """(ms, length)."""


@dataclass(frozen=True)
class Team:
    """One team of a hand-made centre."""

    name: str
    changes: tuple[tuple[int, int], ...]
    """(ms, positions); none of a rostered team."""
    serves: dict[str, Serves]
    solves: tuple[int, ...] | None = None
    """Matters; default all."""
    put_down: int = NOT_PUT_DOWN
    chat_speed: tuple[int, ...] = (FULL_SPEED,)
    """Of each chat with 1, 2, ... in hand."""
    stages: tuple[Stage, ...] = ()
    """Further stages, at which its agents are on days drawn by the centre's ``stage_seed``."""
    shifts: tuple[Shift, ...] = ()
    """Of a rostered team."""

    @property
    def most(self) -> int:
        """Its agents: as many as its most positions, or as have shifts."""
        return max([*(n for _, n in self.changes), *(1 + shift.agent for shift in self.shifts)], default=0)


def _shares(queue: Queue, names: list[str]) -> list[float]:
    shares = [(queue.recontact_to or {queue.name: 1.0}).get(name, 0.0) for name in names]
    cumulative = np.cumsum(shares)
    cumulative[-1] = 1.0
    return [float(c) for c in cumulative]


def _padded(values: tuple[Any, ...], length: int, filling: Any) -> list[Any]:
    return [*values, *[filling] * (length - len(values))]


def _cumulative(shares: tuple[float, ...], length: int) -> list[float]:
    cumulative = np.cumsum(_padded(shares, length, 0.0))
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


def _fences(teams: Sequence[Team], queues: Sequence[Queue], line_of: dict[str, list[int]]) -> Fences:
    rows = sorted(
        (at, number, line, is_open)
        for number, team in enumerate(teams)
        for queue in queues
        if queue.name in team.serves
        for at, is_open in team.serves[queue.name].fences
        for line in line_of[queue.name]
    )
    return Fences(
        at_ms=np.array([row[0] for row in rows], np.int64),
        team=np.array([row[1] for row in rows], np.int64),
        line=np.array([row[2] for row in rows], np.int64),
        open=np.array([row[3] for row in rows], np.uint8),
    )


def _routing(teams: Sequence[Team], queues: Sequence[Queue], agents: int, by_score: bool) -> Routing:
    with_callbacks = [number for number, queue in enumerate(queues) if queue.callback]
    line_queue = [*range(len(queues)), *with_callbacks]
    line_of = {
        queue.name: [line for line, number in enumerate(line_queue) if number == index]
        for index, queue in enumerate(queues)
    }
    rank = np.full((len(teams), len(line_queue)), NOBODY, np.int64)
    reserve, overflow = np.zeros_like(rank), np.zeros_like(rank)
    preference = np.zeros((len(teams), len(queues)), np.int64)
    handle = np.ones(preference.shape)
    for t, team in enumerate(teams):
        for line, q in enumerate(line_queue):
            queue = queues[q]
            terms = team.serves.get(queue.name)
            if terms is None:
                continue
            own_rank = queue.default_rank if terms.rank is None else terms.rank
            rank[t, line] = own_rank if line == q else queue.callback_rank
            reserve[t, line] = queue.reserve if terms.reserve is None else terms.reserve
            overflow[t, line] = terms.overflow_ms
            preference[t, q] = terms.preference
            handle[t, q] = terms.handle_factor
    most = max(len(team.chat_speed) for team in teams)
    speeds = [[FULL_SPEED, *team.chat_speed, *[1] * (most - len(team.chat_speed))] for team in teams]
    return Routing(
        line_queue=np.array(line_queue, np.int64),
        rank=rank,
        reserve=reserve,
        overflow_ms=overflow,
        preference=preference,
        handle_factor=handle,
        agents=agents,
        by_score=int(by_score),
        score_base=np.array([queues[q].score_base for q in line_queue]),
        score_per_ms=np.array([queues[q].score_per_ms for q in line_queue]),
        put_down=np.array([team.put_down for team in teams], np.uint8),
        chat_most=np.array([len(team.chat_speed) for team in teams], np.int64),
        chat_speed=np.array(speeds, np.int64),
        fences=_fences(teams, queues, line_of),
    )


def _stages(teams: Sequence[Team], queues: Sequence[Queue], matters: int) -> Stages:
    rows = [(team, stage) for team in teams for stage in (Stage(), *team.stages)]
    terms = [[team.serves.get(queue.name, Serves()) for queue in queues] for team, _ in rows]

    def solves(team: Team, stage: Stage) -> list[bool]:
        own = team.solves if stage.solves is None else stage.solves
        return [own is None or matter in own for matter in range(matters)]

    of_stage = [stage for _, stage in rows]
    return Stages(
        handle_factor=np.array(
            [[own.handle_factor * s.handle_factor for own in row] for row, s in zip(terms, of_stage, strict=True)]
        ),
        recontact_factor=np.array(
            [[own.recontact_factor * s.recontact_factor for own in row] for row, s in zip(terms, of_stage, strict=True)]
        ),
        lost_ppm=np.array(
            [[own.team_ppm + s.lost_ppm for own in row] for row, s in zip(terms, of_stage, strict=True)], np.int64
        ),
        solves=np.array([solves(*row) for row in rows], np.uint8),
    )


def _agent_stage(teams: Sequence[Team], agent_team: np.ndarray, days: int, seed: int) -> np.ndarray:
    """The team's own stage, or one of its further ones: another one each day, by chance."""
    counts = np.array([1 + len(team.stages) for team in teams])
    first = np.cumsum(counts) - counts
    if counts.max() == 1:
        return first[agent_team][np.newaxis].astype(np.int32)
    rng = np.random.default_rng(seed)
    return (first[agent_team] + rng.integers(0, counts[agent_team], (days, agent_team.size))).astype(np.int32)


def _staff(teams: Sequence[Team], days: int, stage_seed: int) -> Staff:
    rows = sorted((at, number, positions) for number, team in enumerate(teams) for at, positions in team.changes)
    most = [team.most for team in teams]
    agent_team = np.repeat(np.arange(len(teams)), most).astype(np.int64)
    return Staff(
        at_ms=np.array([row[0] for row in rows], np.int64),
        team=np.array([row[1] for row in rows], np.int64),
        positions=np.array([row[2] for row in rows], np.int64),
        agent_team=agent_team,
        agent_stage=_agent_stage(teams, agent_team, days, stage_seed),
        rosters=_rosters(teams, np.cumsum(most) - most),
    )


def _rosters(teams: Sequence[Team], first_agent: np.ndarray) -> Rosters:
    shifts = [
        (int(first) + shift.agent, shift)
        for team, first in zip(teams, first_agent, strict=True)
        for shift in team.shifts
    ]
    worked = [(agent, shift.start_ms, shift.end_ms) for agent, shift in shifts]
    breaks = [(agent, at, at + length) for agent, shift in shifts for at, length in shift.breaks]
    return rosters_of(
        np.array([bool(team.shifts) for team in teams], np.uint8),
        *(Spells(*np.array(rows, np.int64).reshape(-1, 3).T) for rows in (worked, breaks)),
    )


def centre(
    queues: Sequence[Queue],
    changes: Sequence[tuple[int, int]] = (),
    *,
    teams: Sequence[Team] = (),
    agents: int = LONGEST_IDLE,
    by_score: bool = False,
    days: int = 1,
    warm_up_days: int = 0,
    drain_days: int = 1,
    tick_ms: int = 1,
    interval_ms: int = 30 * MINUTE_MS,
    horizon_ms: int | None = None,
    first_day: int = MONDAY,
    stage_seed: int = 0,
) -> CompiledCentre:
    """A centre of the given teams, or of one whose positions change at ``changes`` (ms, positions) and that serves all.

    ``days`` is the horizon.
    """
    names = [queue.name for queue in queues]
    teams = teams or [Team("team", tuple(changes), {name: Serves() for name in names})]
    matters = max(len(queue.matters) for queue in queues)
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
            is_chat=np.array([q.chat for q in queues], np.uint8),
            trunks=integers([q.trunks for q in queues]),
            send_away_at_close=np.array([q.send_away for q in queues], np.uint8),
            threshold_ms=integers([q.threshold_ms for q in queues]),
            short_abandon_ms=integers([q.short_abandon_ms for q in queues]),
            transfer_threshold_ms=integers([q.transfer_threshold_ms for q in queues]),
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
        staff=_staff(teams, total_days, stage_seed),
        routing=_routing(teams, queues, agents, by_score),
        announcements=Announcements(
            mean_handle_ms=integers([q.mean_handle_ms for q in queues]),
            above_ms=integers([q.told_above_ms for q in queues]),
            balk=np.array([q.told_balk for q in queues]),
            patience_factor=np.array([q.told_patience for q in queues]),
        ),
        callbacks=Callbacks(
            line=integers(
                [
                    len(queues) + [o.name for o in queues if o.callback].index(q.name) if q.callback else NOBODY
                    for q in queues
                ]
            ),
            above_ms=integers([q.callback_above_ms for q in queues]),
            accept=np.array([q.callback_accept for q in queues]),
            reach=np.array([q.callback_reach for q in queues]),
            tries=integers([q.callback_tries for q in queues]),
            ring_ms=integers([q.callback_ring_ms for q in queues]),
            again_ms=integers([q.callback_again_ms for q in queues]),
        ),
        deflection=Deflection(
            share=np.repeat(np.array([[q.deflected] for q in queues]), total_days, axis=1),
            post=np.array([q.post for q in queues]),
            post_queue=integers([names.index(q.post_queue or q.name) for q in queues]),
            fail=np.array([q.fail for q in queues]),
            fail_delay=table([q.fail_delay for q in queues]),
        ),
        transfers=Transfers(
            matter=np.array([_cumulative(q.matters, matters) for q in queues]),
            to=np.array(
                [[names.index(to) if to else NOBODY for to in _padded(q.transfer_to, matters, "")] for q in queues],
                np.int64,
            ),
            after=table([q.transfer_after for q in queues]),
            at_head=np.array([q.transfer_at_head for q in queues], np.uint8),
            re_explain_ms=integers([q.transfer_re_explain_ms for q in queues]),
            hold_ms=integers([q.hold_ms for q in queues]),
            joint_ms=integers([q.joint_ms for q in queues]),
        ),
        satisfaction=Satisfaction(
            rated=np.array([q.rated for q in queues], np.uint8),
            base_ppm=integers([q.base_ppm for q in queues]),
            wait_ppm_per_hour=integers([q.wait_ppm_per_hour for q in queues]),
            again_ppm=integers([q.again_ppm for q in queues]),
            transfer_ppm=integers([q.transfer_ppm for q in queues]),
        ),
        stages=_stages(teams, queues, matters),
    )
    return CompiledCentre(
        name="by hand",
        queue_names=tuple(names),
        team_names=tuple(team.name for team in teams),
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
