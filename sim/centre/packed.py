"""The compiled centre in the few arrays that the compiled code is handed.

Passing an array to a compiled function costs several machine words, so the many small arrays of ``EngineInput`` become
fields of a handful of record arrays.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .contract import (
    NO_LIMIT_MS,
    NOBODY,
    NOT_PUT_DOWN,
    SHIFT_START,
    CompiledCentre,
    EngineInput,
    Float64,
    Int32,
    Int64,
    Rosters,
    UInt8,
)
from .profiles import Full, Kernel, Profile, Routed, SinglePool
from .rosters import scheduled_positions
from .single_pool_choice import obstacle

(
    HANDLE,
    AFTER_CALL,
    PATIENCE,
    REDIAL_DELAY,
    RECONTACT_DELAY,
    LATE_DELAY,
    TRANSFER_TIME,
    FAIL_DELAY,
) = range(8)
START, END, BEFORE = range(3)
SET_POSITIONS, SET_SCHEDULED, START_SHIFT = -1, -2, -3

QUEUE_DTYPE = np.dtype(
    [
        ("trunks", np.int64),
        ("threshold_ms", np.int64),
        ("short_abandon_ms", np.int64),
        ("redial_attempts", np.int64),
        ("re_explain_ms", np.int64),
        ("late_to_call_queue", np.int64),
        ("backlog", np.int64),
        ("first_segment", np.int64),
        ("last_segment", np.int64),  # one past
        ("balk", np.float64),
        ("redial", np.float64),
        ("recontact", np.float64),
        ("late_to_call", np.float64),
        ("stream", np.uint32),
        ("is_email", np.uint8),
        ("is_chat", np.uint8),
        ("send_away_at_close", np.uint8),
        ("elapsed_clock", np.uint8),
        ("has_after_call", np.uint8),
        ("has_patience", np.uint8),
    ],
    align=True,
)

# What only the full kernel reads of a queue.
CHOICE_DTYPE = np.dtype(
    [
        ("mean_handle_ms", np.int64),
        ("transfer_threshold_ms", np.int64),
        ("told_above_ms", np.int64),
        ("told_balk", np.float64),
        ("told_patience", np.float64),
        ("callback_line", np.int64),
        ("callback_above_ms", np.int64),
        ("accept", np.float64),
        ("reach", np.float64),
        ("tries", np.int64),
        ("ring_ms", np.int64),
        ("again_ms", np.int64),
        ("post", np.float64),
        ("post_queue", np.int64),
        ("fail", np.float64),
        ("at_head", np.uint8),
        ("transfer_re_explain_ms", np.int64),
        ("hold_ms", np.int64),
        ("joint_ms", np.int64),
        ("rated", np.uint8),
        ("base_ppm", np.int64),
        ("wait_ppm_per_hour", np.int64),
        ("again_ppm", np.int64),
        ("transfer_ppm", np.int64),
    ],
    align=True,
)

# How a team takes from a line.
TAKING_DTYPE = np.dtype([("rank", np.int64), ("reserve", np.int64), ("overflow_ms", np.int64)])
# How a team is chosen for a queue.
SERVING_DTYPE = np.dtype([("preference", np.int64), ("handle_factor", np.float64)])
# How an agent at a stage serves a queue.
STAGE_DTYPE = np.dtype([("handle_factor", np.float64), ("recontact_factor", np.float64), ("lost_ppm", np.int64)])
LINE_DTYPE = np.dtype(
    [
        ("queue", np.int64),
        ("score_base", np.float64),
        ("score_per_ms", np.float64),
        ("interrupts", np.uint8),  # emails are put down for its contacts
    ],
    align=True,
)


class Packed(NamedTuple):
    """What ``EngineInput`` says, for compiled code. Fields of the same name mean the same."""

    profile: Profile
    tick_ms: int
    interval_ms: int
    days: int
    first_day: int
    horizon_start_ms: int
    horizon_end_ms: int
    agents: int
    by_score: int
    queue: np.ndarray
    """(Q,) QUEUE_DTYPE."""
    choice: np.ndarray
    """(Q,) CHOICE_DTYPE."""
    line: np.ndarray
    """(L,) LINE_DTYPE."""
    tables: Float64
    """(8, Q, TABLE_SIZE) quantile tables, by the constants above."""
    recontact_to: Float64
    segments: Int64
    """(n, 3) opening segments: start, end, opening time before; a queue's rows are in its record."""
    shape_of: Int64
    shape_rows: Int64
    edge_ms: Int64
    cumulative: Float64
    taking: np.ndarray
    """(T, L) TAKING_DTYPE."""
    serving: np.ndarray
    """(T, Q) SERVING_DTYPE."""
    stages: np.ndarray
    """(S, Q) STAGE_DTYPE."""
    overflows: Int64
    """(L, n) waits after which further teams may take a contact, ascending; NOBODY where there are no more."""
    changes: Int64
    """(n, 4) what the calendar changes, by moment: moment, team, what, value. Fences come first (what is the line, the
    value 1 open), then positions (SET_POSITIONS), what rostered teams schedule (SET_SCHEDULED), and their shift starts
    (START_SHIFT, the value is the agent)."""
    duties: Int64
    """(n, 3) shift ends and breaks, by moment and agent: moment, agent, length of the break or 0."""
    rostered: UInt8
    """(T,)."""
    closings: Int64
    """(n, 2) moments and queues at which waiting callers are sent away, ascending."""
    agent_team: Int64
    agent_stage: Int32
    put_down: UInt8
    chat_most: Int64
    chat_speed: Int64
    matter: Float64
    solves: UInt8
    hand_to: Int64
    deflected: Float64
    period: Int64
    """(I,) period of each interval of the horizon."""


def _closings(engine: EngineInput) -> Int64:
    rows = [
        (end, queue)
        for queue in np.flatnonzero(engine.queues.send_away_at_close)
        for end in engine.opening.end_ms[engine.opening.offset[queue] : engine.opening.offset[queue + 1]]
    ]
    return np.array(sorted(rows), dtype=np.int64).reshape(len(rows), 2)


def _changes(engine: EngineInput) -> Int64:
    staff, fences = engine.staff, engine.routing.fences
    steps, rosters = scheduled_positions(staff), staff.rosters
    of_roster = _rostered(engine)[steps.team] == 1
    starts = rosters.what == SHIFT_START
    started = rosters.agent[starts]
    parts = (
        (fences.at_ms, fences.team, fences.line, fences.open.astype(np.int64)),
        (steps.at_ms, steps.team, np.where(of_roster, SET_SCHEDULED, SET_POSITIONS), steps.positions),
        (rosters.at_ms[starts], staff.agent_team[started], np.full(started.size, START_SHIFT), started),
    )
    rows = np.concatenate([np.stack(part, axis=1) for part in parts])
    return np.ascontiguousarray(rows[np.argsort(rows[:, 0], kind="stable")])


def _duties(rosters: Rosters) -> Int64:
    duties: Int64 = np.stack([rosters.at_ms, rosters.agent, rosters.length_ms], axis=1)[rosters.what != SHIFT_START]
    return duties


def _rostered(engine: EngineInput) -> UInt8:
    teams, rostered = engine.routing.rank.shape[0], engine.staff.rosters.team
    return rostered if rostered.size else np.zeros(teams, np.uint8)


def overflow_waits(engine: EngineInput) -> Int64:
    """Distinct waits of each line after which another team may take a contact, (L, n), padded by NOBODY."""
    routing = engine.routing
    waits = [
        sorted(set(overflow_ms[(rank >= 0) & (overflow_ms > 0)].tolist()))
        for overflow_ms, rank in zip(routing.overflow_ms.T, routing.rank.T, strict=True)
    ]
    most = max(map(len, waits))
    return np.array([[*row, *[NOBODY] * (most - len(row))] for row in waits], np.int64).reshape(len(waits), most)


def _filled(dtype: np.dtype, shape: tuple[int, ...], **columns: np.ndarray) -> np.ndarray:
    table = np.zeros(shape, dtype)
    for name, values in columns.items():
        table[name] = values
    return table


def profile_of(engine: EngineInput) -> Profile:
    """The simplest code that can simulate the centre."""
    return SinglePool(0) if obstacle(engine) is None else kernel_of(engine)


def kernel_of(engine: EngineInput) -> Kernel:
    """The simplest kernel that can simulate the centre."""
    routing, transfers = engine.routing, engine.transfers
    needs_full = (
        engine.queues.is_chat.any()
        or (routing.put_down != NOT_PUT_DOWN).any()
        or (engine.callbacks.line != NOBODY).any()
        or (engine.announcements.above_ms < NO_LIMIT_MS).any()
        or (engine.deflection.share > 0).any()
        or transfers.matter.shape[1] > 1
        or engine.satisfaction.rated.any()
        or engine.staff.rosters.team.any()
    )
    return Full(0) if needs_full else Routed(0)


def with_staff(packed: Packed, engine: EngineInput) -> Packed:
    """The packed form of the same centre with the staff of ``engine``; ValueError if other teams are rostered."""
    if not np.array_equal(packed.rostered, _rostered(engine)):
        raise ValueError("the same teams must be rostered in all replications")
    return packed._replace(
        changes=_changes(engine),
        duties=_duties(engine.staff.rosters),
        agent_team=engine.staff.agent_team,
        agent_stage=np.ascontiguousarray(engine.staff.agent_stage),
    )


def pack(compiled: CompiledCentre, profile: Profile | None = None) -> Packed:
    """The packed form of a compiled centre, for the profile that it needs or the one given."""
    engine = compiled.engine
    queues, opening, arrivals, routing = engine.queues, engine.opening, engine.arrivals, engine.routing
    count = queues.stream.size
    told, callbacks, deflection = engine.announcements, engine.callbacks, engine.deflection
    transfers, satisfaction, stages = engine.transfers, engine.satisfaction, engine.stages
    queue_columns = {name: getattr(queues, name) for name in QUEUE_DTYPE.names or () if hasattr(queues, name)}
    line_queue = routing.line_queue
    is_call = (queues.is_email == 0) & (queues.is_chat == 0)
    tables = (
        queues.handle,
        queues.after_call,
        queues.patience,
        queues.redial_delay,
        queues.recontact_delay,
        queues.late_to_call_delay,
        transfers.after,
        deflection.fail_delay,
    )
    return Packed(
        profile=profile_of(engine) if profile is None else profile,
        **engine.clock._asdict(),
        agents=routing.agents,
        by_score=routing.by_score,
        queue=_filled(
            QUEUE_DTYPE,
            (count,),
            **queue_columns,
            first_segment=opening.offset[:-1],
            last_segment=opening.offset[1:],
        ),
        choice=_filled(
            CHOICE_DTYPE,
            (count,),
            mean_handle_ms=told.mean_handle_ms,
            transfer_threshold_ms=queues.transfer_threshold_ms,
            told_above_ms=told.above_ms,
            told_balk=told.balk,
            told_patience=told.patience_factor,
            callback_line=callbacks.line,
            callback_above_ms=callbacks.above_ms,
            accept=callbacks.accept,
            reach=callbacks.reach,
            tries=callbacks.tries,
            ring_ms=callbacks.ring_ms,
            again_ms=callbacks.again_ms,
            post=deflection.post,
            post_queue=deflection.post_queue,
            fail=deflection.fail,
            at_head=transfers.at_head,
            transfer_re_explain_ms=transfers.re_explain_ms,
            hold_ms=transfers.hold_ms,
            joint_ms=transfers.joint_ms,
            rated=satisfaction.rated,
            base_ppm=satisfaction.base_ppm,
            wait_ppm_per_hour=satisfaction.wait_ppm_per_hour,
            again_ppm=satisfaction.again_ppm,
            transfer_ppm=satisfaction.transfer_ppm,
        ),
        line=_filled(
            LINE_DTYPE,
            line_queue.shape,
            queue=line_queue,
            score_base=routing.score_base,
            score_per_ms=routing.score_per_ms,
            interrupts=is_call[line_queue] & (np.arange(line_queue.size) < count),
        ),
        tables=np.ascontiguousarray(np.stack(tables)),
        recontact_to=np.ascontiguousarray(queues.recontact_to),
        segments=np.stack([opening.start_ms, opening.end_ms, opening.before_ms], axis=1),
        shape_of=np.ascontiguousarray(arrivals.shape_of),
        shape_rows=arrivals.offset,
        edge_ms=arrivals.edge_ms,
        cumulative=arrivals.cumulative,
        taking=_filled(
            TAKING_DTYPE,
            routing.rank.shape,
            rank=routing.rank,
            reserve=routing.reserve,
            overflow_ms=routing.overflow_ms,
        ),
        serving=_filled(
            SERVING_DTYPE,
            routing.preference.shape,
            preference=routing.preference,
            handle_factor=routing.handle_factor,
        ),
        stages=_filled(
            STAGE_DTYPE,
            stages.handle_factor.shape,
            handle_factor=stages.handle_factor,
            recontact_factor=stages.recontact_factor,
            lost_ppm=stages.lost_ppm,
        ),
        overflows=overflow_waits(engine),
        changes=_changes(engine),
        duties=_duties(engine.staff.rosters),
        rostered=_rostered(engine),
        closings=_closings(engine),
        agent_team=engine.staff.agent_team,
        agent_stage=np.ascontiguousarray(engine.staff.agent_stage),
        put_down=routing.put_down,
        chat_most=routing.chat_most,
        chat_speed=np.ascontiguousarray(routing.chat_speed),
        matter=np.ascontiguousarray(transfers.matter),
        solves=np.ascontiguousarray(stages.solves),
        hand_to=np.ascontiguousarray(transfers.to),
        deflected=np.ascontiguousarray(deflection.share),
        period=compiled.interval_period,
    )
