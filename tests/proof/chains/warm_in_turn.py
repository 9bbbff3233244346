"""Warm transfers to the tail of a line that direct callers join, too: who waits where in it matters.

As ``transfers`` with ``warm`` and the placement ``tail``: the front agent stays with the caller handed over, until a
specialist takes the caller or the caller abandons. All wait first come, first served.

State: front agents on matters of their own and on matters to hand over, callers waiting there; specialists busy; the
line, its next to be served at the left end: whether each was handed over.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from .ctmc import stationary
from .transfers import Transfers, TransfersFigures, Waiting


class State(NamedTuple):
    """What the agents do, and who waits. As many front agents stay with a caller as were handed over in the line."""

    solving: int = 0
    handing_over: int = 0
    front_waits: int = 0
    specialists: int = 0
    line: tuple[bool, ...] = ()


def solve(m: Transfers) -> TransfersFigures:
    """Return the exact figures; raises ValueError if the transfers aren't warm ones to the tail."""
    if not m.warm or m.placement != "tail":
        raise ValueError("only warm transfers to the tail are meant")

    def front_busy(s: State) -> int:
        return s.solving + s.handing_over + sum(s.line)

    def front_takes(s: State) -> Iterator[tuple[State, float]]:
        """Yield the states after a front agent has taken a caller, with their probabilities."""
        yield s._replace(solving=s.solving + 1), 1 - m.p
        yield s._replace(handing_over=s.handing_over + 1), m.p

    def at_specialists(s: State, *, handed_over: bool) -> State:
        if s.specialists < m.n2:
            return s._replace(specialists=s.specialists + 1)
        return s._replace(line=(*s.line, handed_over))

    def events(s: State) -> Iterator[tuple[State, float]]:
        """Yield the states after each event but an arrival at the front, before a front agent takes who waits."""
        if s.solving:
            yield s._replace(solving=s.solving - 1), s.solving * m.mu1
        if s.handing_over:
            ended = s._replace(handing_over=s.handing_over - 1)
            yield at_specialists(ended, handed_over=True), s.handing_over * m.nu
        if s.front_waits:
            yield s._replace(front_waits=s.front_waits - 1), s.front_waits * m.theta1
        yield at_specialists(s, handed_over=False), m.lam2
        if s.line:
            yield s._replace(line=s.line[1:]), s.specialists * m.mu2
        elif s.specialists:
            yield s._replace(specialists=s.specialists - 1), s.specialists * m.mu2
        for place in range(len(s.line)):
            yield s._replace(line=s.line[:place] + s.line[place + 1 :]), m.theta2

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        if front_busy(s) == m.n1:
            yield s._replace(front_waits=s.front_waits + 1), m.lam1
        else:
            for state, probability in front_takes(s):
                yield state, m.lam1 * probability
        for ended, rate in events(s):
            if ended.front_waits and front_busy(ended) < m.n1:
                for state, probability in front_takes(ended._replace(front_waits=ended.front_waits - 1)):
                    yield state, rate * probability
            else:
                yield ended, rate

    found = stationary(State(), transitions, lambda s: (s.front_waits, len(s.line)))
    front_wait = found.mean(lambda s: s.front_waits) / m.lam1
    handing = m.nu * found.mean(lambda s: s.handing_over)
    meeting_all_busy = m.nu * found.mean(lambda s: s.handing_over * (s.specialists == m.n2)) / handing
    handed_wait = found.mean(lambda s: sum(s.line)) / handing
    direct_wait = found.mean(lambda s: len(s.line) - sum(s.line)) / m.lam2
    handed_over = Waiting(meeting_all_busy, m.theta2 * handed_wait, handed_wait)
    return TransfersFigures(
        front=Waiting(found.mean(lambda s: front_busy(s) == m.n1), m.theta1 * front_wait, front_wait),
        handed_over=handed_over,
        direct=Waiting(found.mean(lambda s: s.specialists == m.n2), m.theta2 * direct_wait, direct_wait),
        p_handed_over=handing / m.lam1,
        in_time=math.nan,
        p_two_agents=handing / m.lam1 * (1 - handed_over.p_ab),
        occ1=found.mean(front_busy) / m.n1,
        occ2=found.mean(lambda s: s.specialists) / m.n2,
    )
