"""What the reference engine is made of: events in the engines' order, contacts, queues, teams."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

import simpy
from simpy.events import EventPriority

from .contract import NOBODY
from .results import FIRST, contact_number

# Kinds of event, in the order in which those of one moment are processed.
POSITIONS, AGENT, ARRIVAL, FOLLOW_UP, PATIENCE, CLOSE = 0, 1, 3, 4, 6, 7

_SIMPY_PRIORITIES = 2  # SimPy's own wake-ups (URGENT 0, NORMAL 1) go before all our events of the moment


class Appointment(simpy.Event):
    """An event at a given moment whose priority is its place in the engines' total order."""

    def __init__(self, env: simpy.Environment, at_ms: int, kind: int, number: int, attempt: int = 0) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        priority = _SIMPY_PRIORITIES + (((kind << 64) | number) << 32 | attempt)
        env.schedule(self, priority=EventPriority(priority), delay=at_ms - env.now)


@dataclass
class Contact:
    """A customer's matter, through all its attempts."""

    origin_queue: int
    day: int
    k: int
    queue: int
    attempt: int = 0
    reason: int = FIRST
    redials: int = 0
    served_by: int = NOBODY
    offered_ms: int = -1
    sequence: int = -1
    outcome: Any = None
    """SimPy event: succeeds with (fate, agent) when the contact leaves its queue."""

    @property
    def number(self) -> int:
        """The contact's number in the log."""
        return contact_number(self.day, self.origin_queue, self.k)


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
    """A queue: who waits, first come first."""

    hours: Hours
    waiting: OrderedDict[int, Contact] = field(default_factory=OrderedDict)
    lines_taken: int = 0

    def first(self) -> Contact:
        """Who has waited longest."""
        return next(iter(self.waiting.values()))


@dataclass
class Team:
    """Agents of one team: where each of them is."""

    absent: list[int]
    """Heap: the lowest number comes first."""
    positions: int = 0
    on_duty: int = 0
    idle: deque[int] = field(default_factory=deque)
    """The longest idle first."""
