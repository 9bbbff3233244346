"""Calls, and outbound work without end that starts at once wherever more than ``reserve`` servers are idle.

So after each start at least ``reserve`` servers stay idle, and never more than ``reserve`` are. What is begun is
finished; a freed server takes a waiting call first.

State: servers on calls, on outbound work, calls waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .ctmc import stationary


@dataclass(frozen=True)
class Blend:
    """Calls at lam, mu_in, theta; outbound work at mu_out."""

    lam: float
    mu_in: float
    mu_out: float
    theta: float
    n: int
    reserve: int


@dataclass(frozen=True)
class BlendFigures:
    """Of the calls: not served at once, abandoned, mean wait; outbound work done per unit of time; share busy."""

    p_wait: float
    p_ab: float
    ew: float
    outbound_rate: float
    occ: float


class State(NamedTuple):
    """What the servers do, and who waits."""

    calls: int
    outbound: int
    waiting: int = 0


def solve(m: Blend) -> BlendFigures:
    """Return the exact figures."""

    def idle(s: State) -> int:
        return m.n - s.calls - s.outbound

    def after_freeing(s: State) -> State:
        """Return the state after a server, freed in ``s``, has found work."""
        if s.waiting:
            return s._replace(calls=s.calls + 1, waiting=s.waiting - 1)
        return s._replace(outbound=s.outbound + (idle(s) > m.reserve))

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        if idle(s):
            yield s._replace(calls=s.calls + 1), m.lam
        else:
            yield s._replace(waiting=s.waiting + 1), m.lam
        if s.calls:
            yield after_freeing(s._replace(calls=s.calls - 1)), s.calls * m.mu_in
        if s.outbound:
            yield after_freeing(s._replace(outbound=s.outbound - 1)), s.outbound * m.mu_out
        if s.waiting:
            yield s._replace(waiting=s.waiting - 1), s.waiting * m.theta

    found = stationary(State(0, m.n - m.reserve), transitions, lambda s: (s.waiting,))
    wait = found.mean(lambda s: s.waiting) / m.lam
    return BlendFigures(
        p_wait=found.mean(lambda s: idle(s) == 0),
        p_ab=m.theta * wait,
        ew=wait,
        outbound_rate=m.mu_out * found.mean(lambda s: s.outbound),
        occ=1 - found.mean(idle) / m.n,
    )
