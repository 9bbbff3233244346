"""What the single-pool recursion keeps in memory."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .contract import NOBODY, EngineInput, Int32, Int64
from .results import FIRST

ABSENT_KEY = (1 << 63) - 1
"""Key of an agent who isn't in the tree: after all others."""

AHEAD = 256
"""First attempts of a queue that are drawn at a time; a power of two."""
AHEAD_MASK = AHEAD - 1

RUN_DTYPE = np.dtype(
    [
        (name, np.int64)
        for name in (
            "key_bits",  # by which the moment of an agent's key is shifted
            "on_duty",
            "positions",
            "next_change",  # row of the positions' next change
            "duty_booked_ms",  # moment up to which scheduled and overrun time are booked
            "starting",  # agents have joined the idle in the ring: emails may be left for them
            "n_idle",  # agents in the ring
            "idle_first",  # place of the longest idle in the ring
            "idle_since_ms",  # moment of the latest to be put there while emails wait
            "n_absent",
            "waiting_emails",
            "undecided",  # waiting emails offered before the horizon's end
            "sequence",  # order of joining a line, over all queues
            "look_from_ms",  # nothing but arrivals needs care before
            "n_follow_ups",
            "n_used",  # slots of the pool that were ever used
            "n_spare",
            "n_log",
            "n_spells",
            "failure",
        )
    ]
)

ATTEMPT_DTYPE = np.dtype(
    [
        ("number", np.int64),  # the contact's
        ("attempt", np.int64),
        ("queue", np.int64),
        ("offered_ms", np.int64),
        ("clock_ms", np.int64),  # the queue's opening clock when offered (emails)
        ("owed_ms", np.int64),  # what it takes to explain again to another agent
        ("handle_ms", np.int64),  # without after-call work and re-explaining
        ("after_call_ms", np.int64),
        ("gives_up_ms", np.int64),  # of a waiting email; NEVER_MS if it doesn't
        ("sequence", np.int64),  # of joining a line, over all queues
        ("patience_word", np.uint32),
        ("balk_word", np.uint32),
        ("return_word", np.uint32),  # of the delay after which it comes back
        ("served_by", np.int32),  # agent of the latest service, NOBODY before
        ("redials", np.int32),  # in a row, up to this attempt
        ("interval", np.int32),  # of the horizon, in which it was offered; -1: not counted
        ("next", np.int32),  # neighbours in the line, NOBODY at its ends
        ("previous", np.int32),
        ("reason", np.int8),
        ("returns", np.int8),  # it will come back once served
        ("came_back", np.int8),  # the customer had to
    ],
    align=True,
)

TALLY_DTYPE = np.dtype(
    [
        ("n", np.int64),
        ("sum_ms", np.int64),
        ("interval", np.int64),  # of the horizon; -1 before, as many as there are after
        ("until_ms", np.int64),  # its end
    ]
)
"""Moments of one interval, told in order of time: their number and their sum."""
BEGUN, ENDED = 0, 1

QUEUE_STATE_DTYPE = np.dtype(
    [
        ("next_ms", np.int64),  # the day's next first arrival, NEVER_MS if there is none
        ("next_row", np.int64),
        ("segment", np.int64),  # an opening segment that isn't over before the present day
        ("head", np.int64),  # slots of waiting emails, NOBODY if none
        ("tail", np.int64),
        ("n_waiting", np.int64),
        ("first_to_give_up", np.int64),  # slot of the first in the line who will, NOBODY if none
        ("at_once", np.int64),  # first attempts of calls served at once in this interval, yet to be counted
        ("at_once_handle_ms", np.int64),
        ("trunks_taken", np.int64),  # some of them perhaps free by now
    ]
)


class SinglePoolState(NamedTuple):
    """All mutable memory of one run of the recursion."""

    run: np.ndarray
    """(1,) RUN_DTYPE."""
    tree: Int64
    """Tournament of the agents' keys: node i > 0 holds the least of nodes 2i and 2i + 1, the leaves are the agents'."""
    idle: Int64
    """Ring of agents that were taken out of the tree when they became free, the longest idle first. All of them are
    idle longer than those in the tree."""
    absent: Int64
    """Heap of agents off duty."""
    on_since_ms: Int64
    """When each agent came on duty; NOBODY if off duty."""
    tally: np.ndarray
    """(2,) TALLY_DTYPE: BEGUN services, and ENDED ones of agents who were given another key since."""
    queue: np.ndarray
    """(Q,) QUEUE_STATE_DTYPE."""
    trunks: Int64
    """(Q, most) heaps of the moments at which trunks are given back, doubled, odd if callers give them back."""
    ahead: np.ndarray
    """(Q x AHEAD,) ATTEMPT_DTYPE: each queue's next first attempts, by their row of the day's arrivals modulo AHEAD."""
    pool: np.ndarray
    """(slots,) ATTEMPT_DTYPE: contacts to come back and emails that wait."""
    spare: Int32
    """Stack of slots given back."""
    follow_ups: Int64
    """Heap of contacts to come back, by due time."""

    def written(self) -> tuple[int, int]:
        """Rows written of log and spells."""
        return int(self.run["n_log"][0]), int(self.run["n_spells"][0])


def new_single_pool(engine: EngineInput, slots: int) -> SinglePoolState:
    """Memory for a run from time 0: all agents absent, nobody waiting."""
    n_agents = engine.staff.agent_team.size
    depth = max(n_agents - 1, 0).bit_length()
    run = np.zeros(1, RUN_DTYPE)
    run["key_bits"] = depth + 1
    run["n_absent"] = n_agents
    tally = np.zeros(2, TALLY_DTYPE)
    tally["interval"] = -1
    tally["until_ms"] = engine.clock.horizon_start_ms
    queues = engine.queues.stream.size
    queue = np.zeros(queues, QUEUE_STATE_DTYPE)
    queue["head"] = queue["tail"] = queue["first_to_give_up"] = NOBODY
    queue["segment"] = engine.opening.offset[:-1]
    ahead = np.zeros(queues * AHEAD, ATTEMPT_DTYPE)
    ahead["queue"] = np.repeat(np.arange(queues), AHEAD)
    ahead["reason"] = FIRST
    ahead["served_by"] = NOBODY
    return SinglePoolState(
        run=run,
        tree=np.full(2 << depth, ABSENT_KEY, np.int64),
        idle=np.zeros(max(n_agents, 1), np.int64),
        absent=np.arange(n_agents + 1, dtype=np.int64),
        on_since_ms=np.full(n_agents, NOBODY, np.int64),
        tally=tally,
        queue=queue,
        trunks=np.zeros((queues, max(int(engine.queues.trunks.max(initial=0)), 1)), np.int64),
        ahead=ahead,
        pool=np.zeros(slots, ATTEMPT_DTYPE),
        spare=np.zeros(slots, np.int32),
        follow_ups=np.zeros(slots, np.int64),
    )
