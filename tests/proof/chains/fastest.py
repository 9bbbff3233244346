"""Two groups of different speed share one queue.

Which idle server an arriving contact gets, ``rule``: one of group 1 if there is one (``group_1``), of group 2
(``group_2``), or the one idle for longest, whatever its group (``longest_idle``). What is begun is finished.

State: the groups of the idle servers, in the order in which they are given contacts; contacts waiting.
Larsen and Agrawala, "Control of a heterogeneous two-server exponential queueing system", 1983 (fastest first);
Armony, "Dynamic routing in large-scale service systems with heterogeneous servers", 2005.

Choosing the server that was least occupied so far has no small chain: its state is the whole past. Where either group
can carry its share, that rule is expected to end in equal occupancies, and its share of delayed contacts to lie between
those of fastest first and of slowest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .ctmc import stationary

Rule = Literal["group_1", "group_2", "longest_idle"]


@dataclass(frozen=True)
class TwoSpeeds:
    """Rates mu of the groups' servers; theta 0 is unlimited patience. ``longest_idle`` is for few servers."""

    lam: float
    mu1: float
    mu2: float
    n1: int
    n2: int
    rule: Rule
    theta: float = 0.0


@dataclass(frozen=True)
class TwoSpeedsFigures:
    """Of all offered; occupancies and share of the served by group."""

    p_wait: float
    p_ab: float
    wait: float
    occ1: float
    occ2: float
    share_served_by_1: float


class State(NamedTuple):
    """Idle servers by group, the next to get a contact at the left end; and who waits."""

    idle: tuple[int, ...]
    waiting: int = 0


def solve(m: TwoSpeeds) -> TwoSpeedsFigures:
    """Return the exact figures."""

    def ordered(idle: tuple[int, ...]) -> tuple[int, ...]:
        """Return the idle servers, the last of whom was just freed, in the order of the rule."""
        if m.rule == "longest_idle":
            return idle
        return tuple(sorted(idle, reverse=m.rule == "group_2"))

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        if s.idle:
            yield s._replace(idle=s.idle[1:]), m.lam
        else:
            yield s._replace(waiting=s.waiting + 1), m.lam
        for group, servers, mu in ((1, m.n1, m.mu1), (2, m.n2, m.mu2)):
            busy = servers - s.idle.count(group)
            if s.waiting:
                yield s._replace(waiting=s.waiting - 1), busy * mu
            elif busy:
                yield s._replace(idle=ordered((*s.idle, group))), busy * mu
        if s.waiting:
            yield s._replace(waiting=s.waiting - 1), s.waiting * m.theta

    start = ordered((1,) * m.n1 + (2,) * m.n2)
    found = stationary(State(start), transitions, lambda s: (s.waiting,))
    wait = found.mean(lambda s: s.waiting) / m.lam
    busy_1 = m.n1 - found.mean(lambda s: s.idle.count(1))
    busy_2 = m.n2 - found.mean(lambda s: s.idle.count(2))
    return TwoSpeedsFigures(
        p_wait=found.mean(lambda s: not s.idle),
        p_ab=m.theta * wait,
        wait=wait,
        occ1=busy_1 / m.n1,
        occ2=busy_2 / m.n2,
        share_served_by_1=busy_1 * m.mu1 / (busy_1 * m.mu1 + busy_2 * m.mu2),
    )
