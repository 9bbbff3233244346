"""What the fast engine keeps in memory: the live contacts, the agents, the lines and the agenda."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..common.histogram import BINS
from .contract import BREAK, NOBODY, EngineInput, Int32, Int64, UInt8
from .results import (
    CONTACT_COLUMNS,
    LOG_DTYPE,
    QUEUE_COLUMNS,
    SERVICE_COLUMNS,
    SPELL_DTYPE,
    TEAM_COLUMNS,
)

# Where a pool slot stands. KNOCKING: offered, and not in a line yet (in the full kernel it joins at once). IN_AGENDA:
# its contact is gone, but an event of it is still to come, so it keeps its identity. IN_HAND: with an agent whose
# service may yet change. OWED: a callback to be tried again.
SPARE, KNOCKING, WAITING, IN_AGENDA, TO_COME, IN_HAND, OWED = range(7)

CONTACT_DTYPE = np.dtype(
    [
        ("number", np.int64),
        ("offered_ms", np.int64),
        ("joined_ms", np.int64),  # when it joined its line
        ("overflowed_ms", np.int64),  # time in the line up to its latest overflow event
        ("sequence", np.int64),  # place among all who wait: lower is longer waiting
        ("clock_ms", np.int64),  # the queue's opening clock when offered (emails)
        ("owed_ms", np.int64),  # what it takes to explain again to another agent
        ("next", np.int32),  # neighbours in the line, NOBODY at its ends
        ("previous", np.int32),
        ("queue", np.int32),
        ("line", np.int32),
        ("attempt", np.int32),
        ("served_by", np.int32),  # agent of the latest service, NOBODY before
        ("redials", np.int32),  # in a row, up to this attempt
        ("interval", np.int32),  # interval of the horizon in which it was offered; -1: not counted
        ("handle_word", np.uint32),
        ("patience_word", np.uint32),
        ("balk_word", np.uint32),
        ("return_word", np.uint32),  # of queues where customers come back, like the next
        ("return_delay_word", np.uint32),
        ("reason", np.int8),
        ("state", np.int8),
        ("events", np.int32),  # patience and overflow events of it in the agenda
        ("before_end", np.int8),  # offered before the horizon's end, or handed on of such: the run waits for its fate
        # From here on only in the full kernel; see ROUTED_CONTACT_DTYPE.
        ("left_ms", np.int64),  # start of service
        ("waiting_since_ms", np.int64),
        ("waited_ms", np.int64),  # before it was handed on
        ("remaining_ms", np.int64),  # work left of an email that may be put down; -1 not begun
        ("units", np.int64),  # work left of a chat
        ("after_call_ms", np.int64),
        ("handle_ms", np.int64),
        ("end_ms", np.int64),
        ("re_explain_ms", np.int64),
        ("joint_ms", np.int64),
        ("held_by", np.int32),  # agent who holds on until this attempt is served or gone
        ("hands_to", np.int32),  # queue it is handed on to
        ("entry_queue", np.int32),  # of a transfer: where it was last offered, and in which interval
        ("entry_interval", np.int32),
        ("matter", np.int16),
        ("touches", np.int16),
        ("tries", np.int16),
        ("tries_needed", np.int16),
        ("put_down", np.int16),
        ("callback", np.int8),
        ("opened", np.int8),
        ("at_head", np.int8),
        ("came_back", np.int8),
        ("stage", np.int32),  # of the agent who began it or resumed it last
    ],
    align=True,
)
_OFFSETS = {name: field[1] for name, field in (CONTACT_DTYPE.fields or {}).items()}
_SHARED_BYTES, _WORD = _OFFSETS["left_ms"], 8
# The same record for the routed kernel, in two cache lines instead of four. The full kernel's code is typed there, too,
# though it never runs: all fields that only it uses lie on one spare word.
ROUTED_CONTACT_DTYPE = np.dtype(
    {
        "names": list(_OFFSETS),
        "formats": [CONTACT_DTYPE[name] for name in _OFFSETS],
        "offsets": [min(offset, _SHARED_BYTES) for offset in _OFFSETS.values()],
        "itemsize": _SHARED_BYTES + _WORD,
    }
)

# Scalars of the run, kept in one int64 array.
(
    N_FOLLOW_UPS,
    N_TIMERS,
    N_OVERFLOWS,
    N_STEPS,
    N_SPARE,
    SEQUENCE,
    TURN,  # counts agents joining a list
    UNDECIDED,  # contacts offered before the horizon's end, without a fate
    INTERVAL,  # of the horizon; -1 outside
    INTERVAL_END_MS,
    N_LOG,
    N_SPELLS,
    FAILURE,
    NEXT_DUTY,  # row of the rosters' next change
    N_RETURNS,
    DUTY_MS,  # moment of the rosters' next event of kind 2
) = range(16)
SCALARS = 16

# Reasons for a run to be given up and repeated with more room.
FINE, POOL_FULL, LOG_FULL = 0, 1, 2


LINE_STATE_DTYPE = np.dtype(
    [
        ("head", np.int64),  # slots, NOBODY if empty
        ("tail", np.int64),
        ("n_waiting", np.int64),
        ("since_ms", np.int64),  # moment up to which waiting time is booked
    ]
)

QUEUE_STATE_DTYPE = np.dtype(
    [
        ("trunks_taken", np.int64),  # callers waiting or talking, kept for queues with a trunk limit
        ("segment", np.int64),  # an opening segment that isn't over before the present one
        ("upcoming", np.int64),  # the day's next first arrival
    ]
)

TEAM_STATE_DTYPE = np.dtype(
    [
        ("positions", np.int64),  # on duty at most; of a rostered team no bound
        ("scheduled", np.int64),  # positions, or agents whose shift it is and not their break
        ("on_duty", np.int64),
        ("n_busy", np.int64),
        ("n_absent", np.int64),
        ("since_ms", np.int64),  # moment up to which scheduled and overrun time are booked
    ]
)

NO_BOUND = 1 << 60
"""More positions than there ever are agents on duty."""

# Lists of agents, by the order of joining: of each team the idle, those whose email may be put down, and those with
# 1, 2, ... chats who may take more. An agent is in one of them at most.
LIST_DTYPE = np.dtype([("head", np.int64), ("tail", np.int64), ("size", np.int64)])
IDLE, WRITING = 0, 1

# What an agent does when its step comes.
TALKS, WRAPS_UP, WRITES, CHATS, HANDS_OVER, HOLDS = range(6)

# Two cache lines: longer records would cost all centres.
AGENT_STATE_DTYPE = np.dtype(
    [
        ("next", np.int64),  # neighbours in the list, NOBODY at its ends
        ("previous", np.int64),
        ("turn", np.int64),  # TURN when it joined the list
        ("on_since_ms", np.int64),
        ("busy_since_ms", np.int64),
        ("busy_ms", np.int64),  # since coming on duty
        ("worked_ms", np.int64),  # on duty before the latest break, since coming on duty
        ("doing", np.int32),
        ("to_leave", np.int32),  # 1: an agent of a rostered team who goes when free
        ("after_call_ms", np.int64),  # wrap-up after the present conversation
        ("trunk_of", np.int32),  # queue whose trunk the conversation holds until wrap-up begins, NOBODY if none
        ("stage", np.int32),  # today
        # From here on only in the full kernel.
        ("step_ms", np.int64),  # its next step; other events of it are void
        ("slot", np.int64),  # contact in hand that may yet change, NOBODY if none
        ("paused", np.int64),  # email put down for the contact in hand
        ("holds_for", np.int64),  # transfer that it waits with
        ("n_chats", np.int64),
        ("chats_since_ms", np.int64),  # moment up to which the chats' progress is booked
    ]
)


ROSTER_STATE_DTYPE = np.dtype(
    [
        ("on_shift", np.int64),  # 1: it is the agent's shift
        ("break_due_ms", np.int64),  # length of all breaks that are due
        ("back_ms", np.int64),  # when the break is over, NOBODY if on none; other returns of the agent are void
    ]
)


class State(NamedTuple):
    """All mutable memory of one run of the kernel."""

    scalars: Int64
    pool: np.ndarray
    """(slots,) CONTACT_DTYPE or ROUTED_CONTACT_DTYPE: contacts waiting, in hand, to come back, or with an event."""
    spare: Int32
    """Stack of unused slots."""
    follow_ups: Int64
    """Heap of contacts to come back, by due time."""
    timers: Int64
    """Heap of patience events; one whose contact was answered is skipped when it surfaces."""
    overflows: Int64
    """Heap of overflow events, likewise."""
    steps: Int64
    """Heap of agents at work, by the moment of their next step. In the full kernel void steps stay in it."""
    returns: Int64
    """Heap of agents on breaks, by the moment of their return. Void ones stay in it."""
    absent: Int64
    """(T, most) heap of each team's agents off duty; not kept of rostered teams."""
    closed: UInt8
    """(T, L) 1: a fence keeps the team from the line now."""
    chats: Int32
    """(A, most) slots of each agent's chats."""
    lists: np.ndarray
    """(T, 1 + most chats) LIST_DTYPE: idle, writing, with 1 chat, with 2, ..."""
    line: np.ndarray
    queue: np.ndarray
    team: np.ndarray
    agent: np.ndarray
    roster: np.ndarray
    """(A,) ROSTER_STATE_DTYPE, of rostered teams' agents."""

    def written(self) -> tuple[int, int]:
        """Rows written of log and spells."""
        return int(self.scalars[N_LOG]), int(self.scalars[N_SPELLS])


class Output(NamedTuple):
    """Where the kernel counts; arrays as in ``IntervalCounts``, log and spells of length 0 if not wanted."""

    contacts: Int64
    queues: Int64
    teams: Int64
    services: Int64
    waits: Int64
    responses: Int64
    log: np.ndarray
    spells: np.ndarray


def new_state(engine: EngineInput, slots: int, contact_dtype: np.dtype[np.void]) -> State:
    """Memory for a run from time 0: all agents absent, all lines empty."""
    queues = engine.queues.stream.size
    teams, lines = engine.routing.rank.shape
    agents = engine.staff.agent_team.size
    per_team = np.bincount(engine.staff.agent_team, minlength=teams) if agents else np.zeros(teams, np.int64)
    absent = np.zeros((teams, max(int(per_team.max(initial=0)), 1)), np.int64)
    for team in range(teams):
        absent[team, : per_team[team]] = np.flatnonzero(engine.staff.agent_team == team)
    chats = int(engine.routing.chat_most.max(initial=1))
    scalars = np.zeros(SCALARS, np.int64)
    scalars[N_SPARE] = slots
    scalars[SEQUENCE] = 1
    scalars[INTERVAL] = -1

    line = np.zeros(lines, LINE_STATE_DTYPE)
    line["head"] = line["tail"] = NOBODY
    queue = np.zeros(queues, QUEUE_STATE_DTYPE)
    queue["segment"] = engine.opening.offset[:-1]
    team_state = np.zeros(teams, TEAM_STATE_DTYPE)
    team_state["n_absent"] = per_team
    team_state["positions"][np.flatnonzero(engine.staff.rosters.team)] = NO_BOUND
    lists = np.zeros((teams, 2 + chats), LIST_DTYPE)
    lists["head"] = lists["tail"] = NOBODY
    agent = np.zeros(agents, AGENT_STATE_DTYPE)
    for name in ("trunk_of", "slot", "paused", "holds_for", "step_ms", "on_since_ms", "busy_since_ms"):
        agent[name] = NOBODY
    roster = np.zeros(agents, ROSTER_STATE_DTYPE)
    roster["back_ms"] = NOBODY
    return State(
        scalars=scalars,
        pool=np.zeros(slots, contact_dtype),
        spare=np.arange(slots - 1, -1, -1, dtype=np.int32),
        follow_ups=np.zeros(slots, np.int64),
        timers=np.zeros(slots, np.int64),
        overflows=np.zeros(slots * max(_most_overflows(engine), 1), np.int64),
        steps=np.zeros(agents + slots, np.int64),
        returns=np.zeros(int((engine.staff.rosters.what == BREAK).sum()), np.int64),
        absent=absent,
        closed=np.zeros((teams, lines), np.uint8),
        chats=np.zeros((agents, chats), np.int32),
        lists=lists,
        line=line,
        queue=queue,
        team=team_state,
        agent=agent,
        roster=roster,
    )


def _most_overflows(engine: EngineInput) -> int:
    """Teams that may come to help, of one line."""
    return int(((engine.routing.overflow_ms > 0) & (engine.routing.rank >= 0)).sum(axis=0).max(initial=0))


def new_output(engine: EngineInput, intervals: int, periods: int, log_rows: int, spell_rows: int) -> Output:
    """Zeroed counters, and room for as many rows of log and spells (0: not wanted)."""
    queues = engine.queues.stream.size
    teams = engine.routing.rank.shape[0]
    return Output(
        contacts=np.zeros((queues, intervals, len(CONTACT_COLUMNS)), np.int64),
        queues=np.zeros((queues, intervals, len(QUEUE_COLUMNS)), np.int64),
        teams=np.zeros((teams, intervals, len(TEAM_COLUMNS)), np.int64),
        services=np.zeros((teams, queues, periods, len(SERVICE_COLUMNS)), np.int64),
        waits=np.zeros((queues, periods, BINS), np.int64),
        responses=np.zeros((queues, periods, BINS), np.int64),
        log=np.zeros(log_rows, LOG_DTYPE),
        spells=np.zeros(spell_rows, SPELL_DTYPE),
    )
