"""What the fast engine keeps in memory: the live contacts, the agents, the queues and the agenda."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..common.histogram import BINS
from .contract import NOBODY, EngineInput, Int32, Int64
from .results import CONTACT_COLUMNS, DUTY_DTYPE, LOG_DTYPE, QUEUE_COLUMNS, TEAM_COLUMNS

# Where a pool slot stands. IN_TIMER: its contact is gone but its patience event isn't yet, so it keeps its identity.
SPARE, WAITING, IN_TIMER, TO_COME = 0, 1, 2, 3

CONTACT_DTYPE = np.dtype(
    [
        ("number", np.int64),
        ("offered_ms", np.int64),
        ("sequence", np.int64),  # order of joining a queue, over all queues
        ("clock_ms", np.int64),  # the queue's opening clock when offered (emails)
        ("next", np.int32),  # neighbours in the queue, NOBODY at its ends
        ("previous", np.int32),
        ("queue", np.int32),
        ("attempt", np.int32),
        ("served_by", np.int32),  # agent of the latest service, NOBODY before
        ("redials", np.int32),  # in a row, up to this attempt
        ("interval", np.int32),  # interval of the horizon in which it was offered; -1: not counted
        ("handle_word", np.uint32),
        ("patience_word", np.uint32),
        ("balk_word", np.uint32),
        ("reason", np.int8),
        ("state", np.int8),
        ("has_timer", np.int8),
        ("before_end", np.int8),  # offered before the horizon's end: the run waits for its fate
    ],
    align=True,
)

# Scalars of the run, kept in one int64 array.
(
    N_FOLLOW_UPS,
    N_TIMERS,
    N_FREE,
    N_SPARE,
    SEQUENCE,
    UNDECIDED,  # waiting contacts offered before the horizon's end
    INTERVAL,  # of the horizon; -1 outside
    INTERVAL_END_MS,
    N_LOG,
    N_DUTY,
    FAILURE,
) = range(11)
SCALARS = 11

# Reasons for a run to be given up and repeated with more room.
FINE, POOL_FULL, LOG_FULL = 0, 1, 2


QUEUE_STATE_DTYPE = np.dtype(
    [
        ("head", np.int64),  # slots, NOBODY if empty
        ("tail", np.int64),
        ("n_waiting", np.int64),
        ("lines", np.int64),  # callers waiting or talking, kept for queues with a trunk limit
        ("since_ms", np.int64),  # moment up to which waiting time is booked
        ("segment", np.int64),  # an opening segment that isn't over before the present one
        ("upcoming", np.int64),  # the day's next first arrival
    ]
)

TEAM_STATE_DTYPE = np.dtype(
    [
        ("positions", np.int64),
        ("on_duty", np.int64),
        ("n_busy", np.int64),
        ("n_idle", np.int64),
        ("idle_first", np.int64),  # place of the longest idle in the ring
        ("n_absent", np.int64),
        ("since_ms", np.int64),  # moment up to which scheduled and overrun time are booked
    ]
)

AGENT_STATE_DTYPE = np.dtype(
    [
        ("on_since_ms", np.int64),
        ("line_of", np.int64),  # queue whose line the conversation holds until wrap-up begins, NOBODY if none
        ("wrapped_ms", np.int64),  # end of the wrap-up that follows
    ]
)


class State(NamedTuple):
    """All mutable memory of one run of the kernel."""

    scalars: Int64
    pool: np.ndarray
    """(slots,) CONTACT_DTYPE: contacts waiting, to come back, or with a patience event still in the agenda."""
    spare: Int32
    """Stack of unused slots."""
    follow_ups: Int64
    """Heap of contacts to come back, by due time."""
    timers: Int64
    """Heap of patience events; one whose contact was answered is skipped when it surfaces."""
    free: Int64
    """Heap of agents at work, by the moment of their next step."""
    absent: Int64
    """(T, most) heap of each team's agents off duty."""
    idle: Int64
    """(T, most) ring of each team's idle agents, the longest idle first."""
    queue: np.ndarray
    team: np.ndarray
    agent: np.ndarray


class Output(NamedTuple):
    """Where the kernel counts; arrays as in ``IntervalCounts``, log and duty of length 0 if not wanted."""

    contacts: Int64
    queues: Int64
    teams: Int64
    waits: Int64
    responses: Int64
    log: np.ndarray
    duty: np.ndarray


def new_state(engine: EngineInput, slots: int) -> State:
    """Memory for a run from time 0: all agents absent, all queues empty."""
    queues = engine.queues.stream.size
    teams = engine.staff.rank.shape[0]
    agents = engine.staff.agent_team.size
    per_team = np.bincount(engine.staff.agent_team, minlength=teams) if agents else np.zeros(teams, np.int64)
    most = max(int(per_team.max(initial=0)), 1)
    absent = np.zeros((teams, most), np.int64)
    for team in range(teams):
        absent[team, : per_team[team]] = np.flatnonzero(engine.staff.agent_team == team)
    scalars = np.zeros(SCALARS, np.int64)
    scalars[N_SPARE] = slots
    scalars[INTERVAL] = -1

    queue = np.zeros(queues, QUEUE_STATE_DTYPE)
    queue["head"] = queue["tail"] = NOBODY
    queue["segment"] = engine.opening.offset[:-1]
    team_state = np.zeros(teams, TEAM_STATE_DTYPE)
    team_state["n_absent"] = per_team
    agent = np.zeros(agents, AGENT_STATE_DTYPE)
    agent["line_of"] = NOBODY
    return State(
        scalars=scalars,
        pool=np.zeros(slots, CONTACT_DTYPE),
        spare=np.arange(slots - 1, -1, -1, dtype=np.int32),
        follow_ups=np.zeros(slots, np.int64),
        timers=np.zeros(slots, np.int64),
        free=np.zeros(agents + 1, np.int64),
        absent=absent,
        idle=np.zeros((teams, most), np.int64),
        queue=queue,
        team=team_state,
        agent=agent,
    )


def new_output(engine: EngineInput, intervals: int, periods: int, log_rows: int, duty_rows: int) -> Output:
    """Zeroed counters, and room for as many rows of log and duty (0: not wanted)."""
    queues = engine.queues.stream.size
    teams = engine.staff.rank.shape[0]
    return Output(
        contacts=np.zeros((queues, intervals, len(CONTACT_COLUMNS)), np.int64),
        queues=np.zeros((queues, intervals, len(QUEUE_COLUMNS)), np.int64),
        teams=np.zeros((teams, intervals, len(TEAM_COLUMNS)), np.int64),
        waits=np.zeros((queues, periods, BINS), np.int64),
        responses=np.zeros((queues, periods, BINS), np.int64),
        log=np.zeros(log_rows, LOG_DTYPE),
        duty=np.zeros(duty_rows, DUTY_DTYPE),
    )
