"""The compiled centre in the few arrays that the compiled code is handed.

Passing an array to a compiled function costs several machine words, so the many small arrays of ``EngineInput`` become
fields of a handful of record arrays.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .contract import CompiledCentre, Float64, Int64

HANDLE, AFTER_CALL, PATIENCE, REDIAL_DELAY, RECONTACT_DELAY, LATE_DELAY = range(6)
START, END, BEFORE = range(3)

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
        ("send_away_at_close", np.uint8),
        ("elapsed_clock", np.uint8),
        ("has_after_call", np.uint8),
        ("has_patience", np.uint8),
    ],
    align=True,
)

TAKING_DTYPE = np.dtype([("rank", np.int64), ("reserve", np.int64)])


class Packed(NamedTuple):
    """What ``EngineInput`` says, for compiled code. Fields of the same name mean the same."""

    tick_ms: int
    interval_ms: int
    days: int
    first_day: int
    horizon_start_ms: int
    horizon_end_ms: int
    queue: np.ndarray
    """(Q,) QUEUE_DTYPE."""
    tables: Float64
    """(6, Q, TABLE_SIZE) quantile tables, by the constants above."""
    recontact_to: Float64
    segments: Int64
    """(n, 3) opening segments: start, end, opening time before; a queue's rows are in its record."""
    shape_of: Int64
    shape_rows: Int64
    edge_ms: Int64
    cumulative: Float64
    taking: np.ndarray
    """(T, Q) TAKING_DTYPE."""
    changes: Int64
    """(n, 3) moment, team, positions."""
    closings: Int64
    """(n, 2) moments and queues at which waiting callers are sent away, ascending."""
    agent_team: Int64
    period: Int64
    """(I,) period of each interval of the horizon."""


def _closings(compiled: CompiledCentre) -> Int64:
    engine = compiled.engine
    rows = [
        (end, queue)
        for queue in np.flatnonzero(engine.queues.send_away_at_close)
        for end in engine.opening.end_ms[engine.opening.offset[queue] : engine.opening.offset[queue + 1]]
    ]
    return np.array(sorted(rows), dtype=np.int64).reshape(len(rows), 2)


def pack(compiled: CompiledCentre) -> Packed:
    """The packed form of a compiled centre."""
    engine = compiled.engine
    queues, opening, staff, arrivals = engine.queues, engine.opening, engine.staff, engine.arrivals
    queue = np.zeros(queues.stream.size, QUEUE_DTYPE)
    for name in QUEUE_DTYPE.names or ():
        if hasattr(queues, name):
            queue[name] = getattr(queues, name)
    queue["first_segment"] = opening.offset[:-1]
    queue["last_segment"] = opening.offset[1:]
    taking = np.zeros(staff.rank.shape, TAKING_DTYPE)
    taking["rank"] = staff.rank
    taking["reserve"] = staff.reserve
    tables = (
        queues.handle,
        queues.after_call,
        queues.patience,
        queues.redial_delay,
        queues.recontact_delay,
        queues.late_to_call_delay,
    )
    return Packed(
        **engine.clock._asdict(),
        queue=queue,
        tables=np.ascontiguousarray(np.stack(tables)),
        recontact_to=np.ascontiguousarray(queues.recontact_to),
        segments=np.stack([opening.start_ms, opening.end_ms, opening.before_ms], axis=1),
        shape_of=np.ascontiguousarray(arrivals.shape_of),
        shape_rows=arrivals.offset,
        edge_ms=arrivals.edge_ms,
        cumulative=arrivals.cumulative,
        taking=taking,
        changes=np.stack([staff.at_ms, staff.team, staff.positions], axis=1),
        closings=_closings(compiled),
        agent_team=staff.agent_team,
        period=compiled.interval_period,
    )
