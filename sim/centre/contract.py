"""What the two engines are given: bare arrays, no scenario models. What they give back is in ``results``.

All times are int64 milliseconds since midnight of the first simulated day (warm-up included), civil time, every day
24 h. ``Q`` queues, ``L`` lines, ``T`` teams, ``S`` stages, ``M`` matters, ``D`` simulated days, ``I`` intervals of the
horizon, ``P`` periods (calendar months). The rules by which the engines turn these arrays into a log are in
``docs/engine.md``.

A *line* is where contacts wait. Line q < Q is that of queue q; a queue that offers callbacks has a second one, beyond
these, for the callbacks that it owes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]
UInt32 = NDArray[np.uint32]
UInt8 = NDArray[np.uint8]
Float64 = NDArray[np.float64]

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
UNLIMITED = -1
NOBODY = -1
NO_LIMIT_MS = 1 << 60
"""A threshold that no wait reaches."""

# How a team's next agent is chosen, among teams that prefer the queue alike.
LONGEST_IDLE, FASTEST, LEAST_OCCUPIED = 0, 1, 2
# What changes for an agent with a roster.
SHIFT_START, BREAK, SHIFT_END = 0, 1, 2
# What happens to an email that is put down for a call.
NOT_PUT_DOWN, WAITS_FOR_AGENT, BACK_IN_LINE = 0, 1, 2

FULL_SPEED = 1_000
"""Speed of a chat that has its agent to itself: parts of a thousand."""


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
    is_chat: UInt8
    trunks: Int64
    """(Q,) callers waiting or talking at most; UNLIMITED for none."""
    send_away_at_close: UInt8
    """(Q,) 1: callers waiting at closing time are sent away (and count as abandoned)."""
    threshold_ms: Int64
    """(Q,) calls: the service level's wait; emails: the response time within which a reply is in time."""
    short_abandon_ms: Int64
    transfer_threshold_ms: Int64
    """(Q,) wait within which a contact that was handed on to the queue is taken in time."""
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
    """(Q,) what a customer of the queue who contacts again takes to explain again to another agent."""
    late_to_call: Float64
    """(Q,) probability that an email unanswered when late is given up for a call."""
    late_to_call_delay: Float64
    late_to_call_queue: Int64
    backlog: Int64
    """(Q,) emails waiting at time 0; served like others, never counted."""


class Announcements(NamedTuple):
    """What a caller is told who is not served at once: the number waiting, times ``mean_handle_ms``, over the agents
    on duty in the teams that serve the queue."""

    mean_handle_ms: Int64
    """(Q,)."""
    above_ms: Int64
    """(Q,) the two below hold where the announced wait is longer; NO_LIMIT_MS for never."""
    balk: Float64
    """(Q,) share that leaves at once then."""
    patience_factor: Float64
    """(Q,) on the patience of those who stay."""


class Callbacks(NamedTuple):
    """Callbacks instead of waiting, offered where the announced wait is longer than ``above_ms``."""

    line: Int64
    """(Q,) line of the queue's callbacks; NOBODY where it offers none."""
    above_ms: Int64
    accept: Float64
    """(Q,) probability that the caller accepts."""
    reach: Float64
    """(Q,) probability that a try reaches the customer."""
    tries: Int64
    """(Q,) tries at most."""
    ring_ms: Int64
    """(Q,) an agent's time on a try that reaches nobody."""
    again_ms: Int64
    """(Q,) from the end of such a try to the next."""


class Deflection(NamedTuple):
    """First contacts that self-service or a community takes off the queue's hands, for good or for a time."""

    share: Float64
    """(Q, D) probability that a first contact of the day is deflected."""
    post: Float64
    """(Q,) probability that it becomes a post, which ``post_queue`` answers."""
    post_queue: Int64
    fail: Float64
    """(Q,) probability that a deflected contact without a post comes to the queue after all."""
    fail_delay: Float64
    """(Q, TABLE_SIZE) table of the delay until then, ms."""


class Transfers(NamedTuple):
    """Matters, and what happens to a contact whose agent lacks the skill for its matter."""

    matter: Float64
    """(Q, M) cumulative shares of the matters of first contacts; the last column is 1."""
    to: Int64
    """(Q, M) queue to which the matter is handed on; NOBODY where it is always solved."""
    after: Float64
    """(Q, TABLE_SIZE) table of the time with the first agent, ms."""
    at_head: UInt8
    """(Q,) 1: contacts handed on by this queue's agents go to the head of the next line."""
    re_explain_ms: Int64
    """(Q,) time of the next agent on what was said already."""
    hold_ms: Int64
    """(Q,) how long at most the first agent stays with the waiting contact; 0: not at all."""
    joint_ms: Int64
    """(Q,) time of both agents together, if the first is still there."""


class Satisfaction(NamedTuple):
    """Expected satisfaction of a served contact, in parts per million: base less losses, at least 0."""

    rated: UInt8
    """(Q,) 1: the queue's contacts are rated."""
    base_ppm: Int64
    wait_ppm_per_hour: Int64
    """(Q,) lost per hour of waiting (emails: of response time)."""
    again_ppm: Int64
    """(Q,) lost if the customer had to come back."""
    transfer_ppm: Int64
    """(Q,) lost per transfer."""


class Stages(NamedTuple):
    """What agents do at each stage: those of a team, with so much experience. S stages, one at least of every team."""

    handle_factor: Float64
    """(S, Q) on handle times."""
    recontact_factor: Float64
    """(S, Q) on the probability of a re-contact."""
    lost_ppm: Int64
    """(S, Q) satisfaction lost by inexperience."""
    solves: UInt8
    """(S, M) 1: they solve the matter."""


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

    def shape(self, shape: int) -> tuple[Int64, Float64]:
        """Edges and cumulative shares of one shape."""
        rows = slice(self.offset[shape], self.offset[shape + 1])
        return self.edge_ms[rows], self.cumulative[rows]


class Rosters(NamedTuple):
    """Agents who have shifts and breaks of their own: those of rostered teams. ``rosters.rosters_of`` makes it.

    An agent's shifts are disjoint and don't touch. Breaks lie within the shift, begin after it, are disjoint and don't
    touch; so an agent has one change at a moment at most.
    """

    team: UInt8
    """(T,) 1: the team is rostered; or empty if none is. The same in all replications of a centre."""
    at_ms: Int64
    """(changes,) ascending; of one moment shift starts come first, then the others, each by agent."""
    agent: Int64
    what: UInt8
    """SHIFT_START, BREAK or SHIFT_END."""
    length_ms: Int64
    """Of a break, on the tick; 0 of the others."""


_NO_CHANGES = np.empty(0, np.int64)
NO_ROSTERS = Rosters(np.empty(0, np.uint8), _NO_CHANGES, _NO_CHANGES, np.empty(0, np.uint8), _NO_CHANGES)


class Staff(NamedTuple):
    """Who is there: of most teams positions, team t having ``positions`` from ``at_ms`` on, until its next change; of
    rostered teams, which have no such changes, agents with shifts of their own."""

    at_ms: Int64
    """(changes,) ascending; (at_ms, team) unique."""
    team: Int64
    positions: Int64
    agent_team: Int64
    """(A,) team of every agent number, ascending; as many a team as its most positions at any moment."""
    agent_stage: Int32
    """(D, A) stage of every agent on each simulated day, or (1, A) if none ever changes."""
    rosters: Rosters = NO_ROSTERS


class Fences(NamedTuple):
    """Hours in which teams take contacts from lines: from ``at_ms`` on team t does (``open`` 1) or not, until the next
    change. A pair without changes is open always."""

    at_ms: Int64
    """(changes,) ascending."""
    team: Int64
    line: Int64
    open: UInt8


class Routing(NamedTuple):
    """Who takes what, and how fast."""

    line_queue: Int64
    """(L,) queue of each line."""
    rank: Int64
    """(T, L) order in which a team takes waiting contacts: lowest first, equal ranks by longest wait; -1 not served."""
    reserve: Int64
    """(T, L) idle agents that must remain after a contact of the line is started."""
    overflow_ms: Int64
    """(T, L) wait before the team may take a contact; 0 at once."""
    preference: Int64
    """(T, Q) order in which teams are asked to take a contact that has just joined: lowest first."""
    handle_factor: Float64
    """(T, Q) on handle times, of the team's experienced agents: by it FASTEST compares teams."""
    agents: int
    """LONGEST_IDLE, FASTEST or LEAST_OCCUPIED."""
    by_score: int
    """1: waiting contacts are taken by highest score instead of rank."""
    score_base: Float64
    """(L,)."""
    score_per_ms: Float64
    """(L,) of waiting."""
    put_down: UInt8
    """(T,) NOT_PUT_DOWN, WAITS_FOR_AGENT or BACK_IN_LINE: emails of the team's agents when a call waits."""
    chat_most: Int64
    """(T,) chats an agent holds at once."""
    chat_speed: Int64
    """(T, 1 + most of all) speed of each chat when that many are in hand, FULL_SPEED being one alone's."""
    fences: Fences


class EngineInput(NamedTuple):
    """All that an engine is given but the chance: with (seed, replication, counts) it fixes the log."""

    clock: Clock
    queues: Queues
    opening: Opening
    arrivals: Arrivals
    staff: Staff
    routing: Routing
    announcements: Announcements
    callbacks: Callbacks
    deflection: Deflection
    transfers: Transfers
    satisfaction: Satisfaction
    stages: Stages


class DrawnStaff(NamedTuple):
    """The staff of one replication."""

    staff: Staff
    people: Int64
    """(T, days of the horizon, ``results.PEOPLE_COLUMNS``)."""


class StaffDistribution(Protocol):
    """Who is there, before chance: people leave, and are hired, differently in every replication."""

    def draw(self, seed: int, replication: int) -> DrawnStaff:
        """The staff of a replication, a function of seed and number."""


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
    """(I,) month of the horizon (0 the first) of every interval, as ``calendar_spans`` cuts it."""
    period_labels: tuple[str, ...]
    """(P,) such as "2027-03": those of the ``CalendarSpan``."""
    interval_open: NDArray[np.bool_]
    """(Q, I) whether the queue is open at some moment of the interval."""
    workforce: StaffDistribution | None = None
    """Gives each replication its own staff; None: all have that of ``engine``."""

    @property
    def intervals(self) -> int:
        """Intervals of the horizon."""
        clock = self.engine.clock
        return (clock.horizon_end_ms - clock.horizon_start_ms) // clock.interval_ms
