"""Callers who are told of a long wait balk, or are more (or less) patient than the others.

A caller not served at once finds q callers waiting. From q = ``told_from`` on (see ``announced``) the caller is told,
balks with probability ``balks``, and else abandons at theta * ``factor``. Who isn't told abandons at theta. First come,
first served.

State: servers busy; of the first ``told_from`` callers who wait, in order, whether each was told; how many wait behind.
Those behind were all told: they joined there or further back, and nobody moves backwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .ctmc import stationary


@dataclass(frozen=True)
class Announcement:
    """Calls at lam, mu, theta; n servers. The states are 2 ** ``told_from`` times the longest queue: keep it small."""

    lam: float
    mu: float
    theta: float
    n: int
    told_from: int
    balks: float
    factor: float


@dataclass(frozen=True)
class AnnouncementFigures:
    """Shares of all offered and the mean wait of all offered (balking is waiting for no time at all)."""

    p_wait: float
    """Not served at once: waited or balked."""
    p_balk: float
    p_ab: float
    """Those who balk left out."""
    p_told: float
    wait: float
    occupancy: float


class State(NamedTuple):
    """Servers and callers; ``told`` is about the first callers, the next to be served at its left end."""

    busy: int = 0
    told: tuple[bool, ...] = ()
    behind: int = 0


def solve(m: Announcement) -> AnnouncementFigures:
    """Return the exact figures."""

    def waiting(s: State) -> int:
        return len(s.told) + s.behind

    def is_told(s: State) -> bool:
        return s.busy == m.n and waiting(s) >= m.told_from

    def without(s: State, place: int) -> State:
        """Return the state after the caller at a place of the first ones has left the queue."""
        moved_up = min(s.behind, 1)
        return s._replace(told=s.told[:place] + s.told[place + 1 :] + (True,) * moved_up, behind=s.behind - moved_up)

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        if s.busy < m.n:
            yield s._replace(busy=s.busy + 1), m.lam
        elif is_told(s):
            yield s._replace(behind=s.behind + 1), m.lam * (1 - m.balks)
        else:
            yield s._replace(told=(*s.told, False)), m.lam
        served = s.busy * m.mu
        if s.told:
            yield without(s, 0), served
        elif s.behind:
            yield s._replace(behind=s.behind - 1), served
        elif s.busy:
            yield s._replace(busy=s.busy - 1), served
        for place, told in enumerate(s.told):
            yield without(s, place), m.theta * (m.factor if told else 1.0)
        if s.behind:
            yield s._replace(behind=s.behind - 1), s.behind * m.theta * m.factor

    found = stationary(State(), transitions, lambda s: (s.behind,))
    p_told = found.mean(is_told)
    abandoning = m.theta * found.mean(lambda s: s.told.count(False) + m.factor * (s.told.count(True) + s.behind))
    return AnnouncementFigures(
        p_wait=found.mean(lambda s: s.busy == m.n),
        p_balk=m.balks * p_told,
        p_ab=abandoning / m.lam,
        p_told=p_told,
        wait=found.mean(waiting) / m.lam,
        occupancy=found.mean(lambda s: s.busy) / m.n,
    )
