"""What the two engines are given and what they give back: bare arrays, no scenario models.

All times are int64 milliseconds since midnight of the first simulated day (warm-up included), civil time, every day
24 h. ``Q`` queues, ``T`` teams, ``D`` simulated days, ``I`` intervals of the horizon, ``P`` periods (calendar months).
The rules by which the engines turn these arrays into a log are in ``docs/engine.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]
UInt32 = NDArray[np.uint32]
UInt8 = NDArray[np.uint8]
Float64 = NDArray[np.float64]

DAY_MS = 86_400_000
UNLIMITED = -1
NOBODY = -1

# Why a contact is offered: the first time, or again.
FIRST, REDIAL, RECONTACT, LATE_EMAIL = 0, 1, 2, 3
REASONS = ("first", "redial", "recontact", "late_email")

# What became of it. An email that its sender gave up and turned into a call is ABANDONED.
SERVED, ABANDONED, BLOCKED, UNRESOLVED = 0, 1, 2, 3

# What follows an attempt: the reason of the next one, or:
NO_FOLLOW_UP, REDIAL_LOST = 0, -1


class Clock(NamedTuple):
    """Time base. ``horizon_*_ms`` bound the contacts that are counted: offered in [start, end)."""

    tick_ms: int
    interval_ms: int
    days: int
    first_day: int
    """Proleptic ordinal (``date.toordinal``) of simulated day 0: the ``day`` of every draw is absolute."""
    horizon_start_ms: int
    horizon_end_ms: int


class Queues(NamedTuple):
    """One row a queue. Tables are quantile tables of ``sim.common.distributions`` in ms, shape (Q, TABLE_SIZE)."""

    stream: UInt32
    """(Q,) hash of the queue's name: the stream of its draws."""
    is_email: UInt8
    trunks: Int64
    """(Q,) callers waiting or talking at most; UNLIMITED for none."""
    send_away_at_close: UInt8
    """(Q,) 1: callers waiting at closing time are sent away (and count as abandoned)."""
    threshold_ms: Int64
    """(Q,) calls: the service level's wait; emails: the response time within which a reply is in time."""
    short_abandon_ms: Int64
    elapsed_clock: UInt8
    """(Q,) 1: emails' response is elapsed time; 0: it runs in the opening hours only."""
    handle: Float64
    after_call: Float64
    has_after_call: UInt8
    patience: Float64
    has_patience: UInt8
    balk: Float64
    """(Q,) share of the callers not served at once who leave at once."""
    redial: Float64
    """(Q,) probability that an abandoned or blocked caller redials."""
    redial_delay: Float64
    redial_attempts: Int64
    """(Q,) redials in a row at most; UNLIMITED for no bound."""
    recontact: Float64
    recontact_delay: Float64
    recontact_to: Float64
    """(Q, Q) cumulative shares over the queues that re-contacts of queue q come back to; the last column is 1."""
    re_explain_ms: Int64
    """(Q,) added to the handle time when the contact was served before by another position."""
    late_to_call: Float64
    """(Q,) probability that an email unanswered when late is given up for a call."""
    late_to_call_delay: Float64
    late_to_call_queue: Int64
    backlog: Int64
    """(Q,) emails waiting at time 0; served like others, never counted."""


class Opening(NamedTuple):
    """Opening segments [start, end) of queue q: rows offset[q] to offset[q + 1], ascending, disjoint, not touching."""

    offset: Int64
    start_ms: Int64
    end_ms: Int64
    before_ms: Int64
    """Opening time of the queue before the segment, summed."""


class Arrivals(NamedTuple):
    """Within-day shapes, shared by days that are alike. Shape s: rows offset[s] to offset[s + 1]."""

    shape_of: Int64
    """(Q, D) shape of queue q's day d; -1 where no first contact can arrive."""
    offset: Int64
    edge_ms: Int64
    """Milliseconds since midnight, ascending."""
    cumulative: Float64
    """Share of the day's contacts before the edge: from 0 to 1, non-decreasing; linear between edges."""


class Staff(NamedTuple):
    """Positions as data: team t holds ``positions`` from ``at_ms`` on, until its next change."""

    at_ms: Int64
    """(changes,) ascending; (at_ms, team) unique."""
    team: Int64
    positions: Int64
    rank: Int64
    """(T, Q) order in which a team takes waiting contacts: lowest first, equal ranks by longest wait; -1 not served."""
    reserve: Int64
    """(T, Q) idle positions that must remain after a contact of q is started."""
    agent_team: Int64
    """(A,) team of every agent number, ascending; as many a team as its most positions at any moment."""


class EngineInput(NamedTuple):
    """All that an engine is given but the chance: with (seed, replication, counts) it fixes the log."""

    clock: Clock
    queues: Queues
    opening: Opening
    arrivals: Arrivals
    staff: Staff


@dataclass(frozen=True)
class VolumeDistribution:
    """First contacts per queue and day, before chance.

    The count of queue q on day d is the Poisson quantile of the day's own uniform at ``expected[q, d] * B``, B the
    Gamma quantile (mean 1, coefficient of variation ``busyness_cv[q]``) of the day's busyness uniform: the centre's,
    or with ``own_busyness`` the queue's.
    """

    expected: Float64
    """(Q, D)."""
    busyness_cv: Float64
    own_busyness: NDArray[np.bool_]


@dataclass(frozen=True)
class CompiledCentre:
    """A scenario as the engines and the statistics need it."""

    name: str
    queue_names: tuple[str, ...]
    team_names: tuple[str, ...]
    engine: EngineInput
    volume: VolumeDistribution
    warm_up_days: int
    horizon_days: int
    interval_period: Int64
    """(I,) calendar month of the horizon (0 the first) of every interval."""
    period_labels: tuple[str, ...]
    """(P,) such as "2027-03"."""
    interval_open: NDArray[np.bool_]
    """(Q, I) whether the queue is open at some moment of the interval."""

    @property
    def intervals(self) -> int:
        """Intervals of the horizon."""
        clock = self.engine.clock
        return (clock.horizon_end_ms - clock.horizon_start_ms) // clock.interval_ms


# --- what an engine returns ---------------------------------------------------------------------------------------

DAY_SHIFT, QUEUE_SHIFT = 36, 28


def contact_number(day: int, queue: int, k: int) -> int:
    """Number of a contact: absolute day, queue (< 256) and rank in the day's draws (< 2**28) of its first arrival."""
    return (day << DAY_SHIFT) | (queue << QUEUE_SHIFT) | k


LOG_DTYPE = np.dtype(
    [
        ("contact", np.int64),  # contact_number(day, queue, k) of the first arrival
        ("attempt", np.int32),  # 0 the first
        ("queue", np.int32),  # queue the attempt was offered to
        ("reason", np.int8),
        ("fate", np.int8),
        ("counted", np.int8),  # offered within the horizon
        ("offered_ms", np.int64),
        ("left_queue_ms", np.int64),  # start of service, abandonment or refusal; -1 unresolved
        ("end_ms", np.int64),  # end of the conversation or reply; -1 if not served
        ("free_ms", np.int64),  # when the position is free again (after-call work done); -1 if not served
        ("agent", np.int32),  # NOBODY if not served
        ("re_explain_ms", np.int64),  # part of the handle time spent re-explaining; 0 if none
        ("follow_up", np.int8),  # REDIAL, RECONTACT or LATE_EMAIL if it has one, else NO_FOLLOW_UP or REDIAL_LOST
    ]
)

DUTY_DTYPE = np.dtype([("agent", np.int32), ("on_ms", np.int64), ("off_ms", np.int64)])


# Per queue and interval of arrival (counted attempts only): columns of IntervalCounts.contacts.
CONTACT_COLUMNS = (
    "first",
    "redial",
    "recontact",
    "late_email",
    "served",
    "served_within",  # wait <= threshold
    "served_at_once",  # wait == 0
    "abandoned",
    "abandoned_within",  # wait <= threshold
    "abandoned_short",  # wait <= short-abandon threshold
    "blocked",
    "unresolved",
    "responded_within",  # emails: reply complete within the threshold, on the queue's clock
    "wait_served_ms",
    "wait_abandoned_ms",
    "wait_longest_ms",  # maximum over served and abandoned
    "handle_ms",  # of the served: conversation + re-explaining + after-call work
    "re_explain_ms",
    "response_ms",  # emails: sum of responses on the queue's clock
    "redials_lost",  # follow_up REDIAL_LOST: the redial would have fallen outside the opening hours
    "lost",  # contacts that ended unserved: abandoned or blocked, and follow_up is NO_FOLLOW_UP or REDIAL_LOST
)
# Per queue and clock interval: columns of IntervalCounts.queues.
QUEUE_COLUMNS = (
    "waiting_ms",  # integral of the number waiting
    "waiting_at_end",  # just before the events of the interval's end
    "oldest_at_end_ms",  # age of the longest waiting then, elapsed
)
# Per team and clock interval: columns of IntervalCounts.teams.
TEAM_COLUMNS = (
    "scheduled_ms",  # integral of the positions
    "overrun_ms",  # integral of those on duty beyond the positions
    "busy_ms",
    "busy_at_end",
)


@dataclass(frozen=True)
class IntervalCounts:
    """One replication reduced to integers."""

    contacts: Int64
    """(Q, I, len(CONTACT_COLUMNS))."""
    queues: Int64
    """(Q, I, len(QUEUE_COLUMNS))."""
    teams: Int64
    """(T, I, len(TEAM_COLUMNS))."""
    wait_histogram: Int64
    """(Q, P, BINS): waits of the served, by period of arrival; bins of ``sim.common.histogram``."""
    response_histogram: Int64
    """(Q, P, BINS): emails' response times on the queue's clock."""


@dataclass(frozen=True)
class Replication:
    """What one replication gives. ``log`` and ``duty`` are None unless asked for."""

    number: int
    counts: IntervalCounts
    log: np.ndarray | None = None
    """LOG_DTYPE, sorted by (contact, attempt)."""
    duty: np.ndarray | None = None
    """DUTY_DTYPE, sorted by (agent, on_ms): spells on duty."""
