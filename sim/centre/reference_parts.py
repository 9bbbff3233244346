"""What the reference engine is made of: events in the engines' order, contacts and their attempts, lines, agents."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import simpy
from simpy.events import EventPriority

from .contract import NOBODY, Queues
from .results import FIRST, TRANSFER, UNRESOLVED, contact_number

# Kinds of event, in the order in which those of one moment are processed.
CALENDAR, AGENT, ROSTER, ARRIVAL, FOLLOW_UP, OVERFLOW, PATIENCE, CLOSE = range(8)

_SIMPY_PRIORITIES = 2  # SimPy's own wake-ups (URGENT 0, NORMAL 1) go before all our events of the moment


class Appointment(simpy.Event):
    """An event at a given moment whose priority is its place in the engines' total order."""

    def __init__(self, env: simpy.Environment, at_ms: int, kind: int, number: int = 0, attempt: int = 0) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        priority = _SIMPY_PRIORITIES + (((kind << 64) | number) << 32 | attempt)
        env.schedule(self, priority=EventPriority(priority), delay=at_ms - env.now)


def plain_queues(queues: Queues) -> Queues:
    """The same with lists in place of arrays, of tables lists of rows: they are read much faster, entry by entry."""
    return Queues(*(column.tolist() if column.ndim == 1 else list(column) for column in queues))  # type: ignore[arg-type]


@dataclass
class Contact:
    """A customer's matter, through all its attempts."""

    origin_queue: int
    day: int
    k: int
    matter: int = 0
    served_by: int = NOBODY
    words: dict[tuple[int, int], tuple[int, int, int, int]] = field(default_factory=dict)
    """Those drawn so far, by attempt and block."""

    @cached_property
    def number(self) -> int:
        """The contact's number in the log."""
        return contact_number(self.day, self.origin_queue, self.k)


@dataclass(eq=False)
class Attempt:
    """One attempt of a contact: what the log says of it, and what happens to it meanwhile."""

    contact: Contact
    number: int
    queue: int
    reason: int = FIRST
    due_ms: int = -1
    """When a follow-up is offered."""
    redials: int = 0
    """In a row, up to this attempt."""

    # What transfers carry along.
    entry_queue: int = NOBODY
    """Where a transfer was last offered."""
    touches: int = 0
    waited_ms: int = 0
    came_back: bool = False
    owed_ms: int = 0
    """Re-explaining that the transfer brings."""
    at_head: bool = False
    held_by: Agent | None = None
    """Agent who holds on until this attempt is served or gone."""

    # Where it waits.
    offered_ms: int = -1
    line: int = NOBODY
    joined_ms: int = -1
    """When it joined the line; an email put back keeps its first."""
    overflowed_ms: int = 0
    """Time in the line up to its latest overflow event."""
    waiting_since_ms: int = -1
    order: int = 0
    """Place among all who wait: the lower, the longer waiting."""
    outcome: Any = None
    """SimPy event: triggered when the fate is known."""
    opened: bool = False
    """An agent has begun it."""
    left_ms: int = -1

    # Callbacks, and emails put down.
    callback: bool = False
    tries: int = 0
    tries_needed: int = 0
    put_down: int = 0
    remaining_ms: int = -1
    """Work left of an email that may be put down; -1 not begun."""
    after_call_ms: int = 0
    """Wrap-up when it is done."""

    # Its service.
    fate: int = UNRESOLVED
    agent: int = NOBODY
    stage: int = NOBODY
    """Of that agent when it began the attempt, or resumed it last."""
    end_ms: int = -1
    free_ms: int = -1
    handle_ms: int = 0
    """The agent's time on it."""
    re_explain_ms: int = 0
    joint_ms: int = 0
    """Time together with the agent who handed it on."""
    handed_to: int = NOBODY
    """Queue that it is handed on to."""

    @property
    def is_transfer(self) -> bool:
        """Whether it was handed on by another agent."""
        return self.reason == TRANSFER


@dataclass
class Hours:
    """Opening segments of a queue."""

    start_ms: list[int]
    end_ms: list[int]
    before_ms: list[int]

    def segment(self, at_ms: int) -> int:
        """First segment that ends after ``at_ms``; their number if none does."""
        return bisect_right(self.end_ms, at_ms)

    def is_open(self, at_ms: int) -> bool:
        """Whether ``at_ms`` lies in a segment."""
        i = self.segment(at_ms)
        return i < len(self.start_ms) and self.start_ms[i] <= at_ms

    def clock(self, at_ms: int) -> int:
        """Opening time before ``at_ms``."""
        i = self.segment(at_ms)
        if i < len(self.start_ms):
            return self.before_ms[i] + max(at_ms - self.start_ms[i], 0)
        return self.before_ms[-1] + self.end_ms[-1] - self.start_ms[-1] if self.start_ms else 0

    def moment(self, clock_ms: int) -> int | None:
        """First moment at which ``clock`` reaches ``clock_ms``."""
        for start, end, before in zip(self.start_ms, self.end_ms, self.before_ms, strict=True):
            if before + end - start >= clock_ms:
                return start + max(clock_ms - before, 0)
        return None


@dataclass
class Line:
    """Where contacts wait, first come first."""

    waiting: OrderedDict[tuple[int, int], Attempt] = field(default_factory=OrderedDict)
    """By contact and attempt."""

    def join(self, attempt: Attempt, at_head: bool) -> None:
        """To the end, or to the head."""
        key = attempt.contact.number, attempt.number
        self.waiting[key] = attempt
        if at_head:
            self.waiting.move_to_end(key, last=False)

    def leave(self, attempt: Attempt) -> None:
        """Out of the line."""
        del self.waiting[attempt.contact.number, attempt.number]

    @property
    def first(self) -> Attempt:
        """Whose turn it is."""
        return next(iter(self.waiting.values()))


# What an agent does when the next step comes: see ``reference_floor``.
TALKS, WRAPS_UP, WRITES, CHATS, HANDS_OVER, HOLDS = range(6)


@dataclass(eq=False)
class Agent:
    """One agent: what it does, and what it has in hand."""

    number: int
    team: int
    doing: int = WRAPS_UP
    appointment: Appointment | None = None
    """Its next step; earlier ones are void."""
    step_ms: int = -1
    contact: Attempt | None = None
    """In conversation, or being written, or handed on."""
    paused: Attempt | None = None
    """Email put down for the contact in hand."""
    after_call_ms: int = 0
    """Wrap-up that follows when the present conversation is over."""
    trunk_of: int = NOBODY
    """Queue whose trunk the conversation holds."""
    holds_for: Attempt | None = None
    """Transfer that it waits with."""
    chats: list[tuple[Attempt, list[int]]] = field(default_factory=list)
    """Chats in hand, each with its units of work left (a list of one)."""
    chats_since_ms: int = -1
    turn: int = 0
    """When it joined the list it is in, as a number that grows."""
    on_since_ms: int = -1
    busy_since_ms: int = -1
    busy_ms: int = 0
    """Since coming on duty."""
    worked_ms: int = 0
    """On duty before its latest break, since coming on duty."""

    # Of rostered teams' agents.
    on_shift: bool = False
    breaks_due_ms: list[int] = field(default_factory=list)
    """Lengths of the breaks that have begun by the roster and not in fact."""
    back: Appointment | None = None
    """When its break is over; None if it isn't on one."""
    is_to_leave: bool = False
    """Its shift is over, or a break due: it goes when it is free."""

    def occupancy(self, now: int) -> float:
        """Busy share of the time on duty, of an agent who isn't busy."""
        on_duty_ms = self.worked_ms + now - self.on_since_ms
        return self.busy_ms / on_duty_ms if on_duty_ms else 0.0


@dataclass
class Team:
    """Agents of one team: where each of them is."""

    absent: list[Agent]
    """Of a team with positions: in the order of their numbers."""
    rostered: bool = False
    positions: int = 0
    """0 of a rostered team."""
    on_duty: int = 0
    idle: OrderedDict[int, Agent] = field(default_factory=OrderedDict)
    """By number, the longest idle first."""
    writing: OrderedDict[int, Agent] = field(default_factory=OrderedDict)
    """Whose email may be put down, the first begun first."""
    chatting: dict[int, OrderedDict[int, Agent]] = field(default_factory=dict)
    """By chats in hand, those who may take more; longest with as many first."""
    closed_lines: frozenset[int] = frozenset()
    """Lines that the team's fences close."""

    @property
    def surplus(self) -> int:
        """Agents on duty beyond the positions: as many leave as soon as they are free, whoever they are.

        0 of a rostered team, whose agents leave as their own rosters say.
        """
        return 0 if self.rostered else max(self.on_duty - self.positions, 0)
