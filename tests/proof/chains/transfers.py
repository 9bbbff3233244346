"""Front agents solve what they can and hand the rest to specialists.

Callers arrive at the front at lam1 and abandon at theta1 while they wait. With probability p the matter needs a
specialist: the front agent spends a time of rate nu on it, then hands the caller over; else the service has rate mu1.
Specialists serve those handed over and direct callers (lam2), all at rate mu2; who waits there abandons at theta2, with
a fresh patience if handed over. ``placement`` is where a caller handed over waits: at the tail of all, or at the head,
before direct callers. ``warm``: the front agent stays with the caller who waits for a specialist, and is free when that
ends: when a specialist takes the caller (the joint time is 0) or the caller abandons.

State: front agents on matters of their own and on matters to hand over, callers waiting there; specialists busy, those
who wait before the others and the others. At the tail all are "others": patience and service being alike, only the wait
of each kind depends on the order, and a caller who joins at the tail with a known number ahead has a known mean wait.
Order among callers of one kind never matters for means. Warm transfers to the tail behind direct callers would need the
order in the state; ``solve`` raises ValueError for them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from scipy.linalg import expm

from .ctmc import Stationary, Transitions, stationary


@dataclass(frozen=True)
class Transfers:
    """Rates and group sizes (n1 at the front, n2 specialists); theta 0 is unlimited patience."""

    lam1: float
    mu1: float
    theta1: float
    n1: int
    p: float
    nu: float
    mu2: float
    theta2: float
    n2: int
    lam2: float = 0.0
    placement: Literal["head", "tail"] = "tail"
    warm: bool = False
    within: float = 0.0
    """Time in which specialists should take those handed over, if it is to be told how many they do."""


@dataclass(frozen=True)
class Waiting:
    """Not served at once, abandoned, mean wait: of all who came to this queue in this way."""

    p_wait: float
    p_ab: float
    wait: float


@dataclass(frozen=True)
class TransfersFigures:
    """Waits by way of arrival; NaN where nobody comes."""

    front: Waiting
    handed_over: Waiting
    direct: Waiting
    p_handed_over: float
    """Of all offered at the front."""
    in_time: float
    """Of those handed over: taken by a specialist within the time; NaN if it isn't told."""
    p_two_agents: float
    """Of all offered at the front: served there and by a specialist."""
    occ1: float
    """Staying with a waiting caller is being busy."""
    occ2: float


class State(NamedTuple):
    """What the agents do, and who waits."""

    solving: int = 0
    handing_over: int = 0
    front_waits: int = 0
    specialists: int = 0
    urgent: int = 0
    others: int = 0


def solve(m: Transfers) -> TransfersFigures:
    """Return the exact figures."""
    if m.warm and m.lam2 and m.placement == "tail":
        raise ValueError("a warm transfer behind direct callers needs their order in the state")
    found = stationary(State(), _transitions(m), lambda s: (s.front_waits, s.urgent, s.others))
    front_wait = found.mean(lambda s: s.front_waits) / m.lam1
    handed_over = _at_specialists(m, found, lambda s: s.handing_over * m.nu, found.mean(lambda s: s.urgent))
    direct = _at_specialists(m, found, lambda s: m.lam2, found.mean(lambda s: s.others))
    p_handed_over = m.nu * found.mean(lambda s: s.handing_over) / m.lam1
    return TransfersFigures(
        front=Waiting(found.mean(lambda s: _front_busy(m, s) == m.n1), m.theta1 * front_wait, front_wait),
        handed_over=handed_over,
        direct=direct,
        p_handed_over=p_handed_over,
        in_time=_in_time(m, found),
        p_two_agents=p_handed_over * (1 - handed_over.p_ab) if p_handed_over else 0.0,
        occ1=found.mean(lambda s: _front_busy(m, s)) / m.n1,
        occ2=found.mean(lambda s: s.specialists) / m.n2,
    )


def _at_head(m: Transfers) -> bool:
    """Return whether those handed over wait apart from the others; without others, head and tail are the same."""
    return m.placement == "head" or m.warm


def _front_busy(m: Transfers, s: State) -> int:
    return s.solving + s.handing_over + (s.urgent if m.warm else 0)


def _at_specialists(
    m: Transfers, found: Stationary[State], arriving: Callable[[State], float], waiting: float
) -> Waiting:
    """Return how a kind fares that arrives at a rate by state, and of which so many wait on average, at the head."""
    arrivals = found.mean(arriving)
    if not arrivals:
        return Waiting(math.nan, math.nan, math.nan)
    p_wait = found.mean(lambda s: arriving(s) * (s.specialists == m.n2)) / arrivals
    if _at_head(m):
        wait = waiting / arrivals
    else:
        waits = _waits_at_tail(m, max(s.others for s in found.states))
        wait = found.mean(lambda s: arriving(s) * waits[s.others] * (s.specialists == m.n2)) / arrivals
    return Waiting(p_wait, m.theta2 * wait, wait)


def _transitions(m: Transfers) -> Transitions[State]:
    def front_takes(s: State) -> Iterator[tuple[State, float]]:
        """Yield the states after a front agent has taken a caller, with their probabilities."""
        yield s._replace(solving=s.solving + 1), 1 - m.p
        yield s._replace(handing_over=s.handing_over + 1), m.p

    def front_freed(s: State) -> Iterator[tuple[State, float]]:
        """Yield the states after a front agent, perhaps freed in ``s``, has taken who waits, with probabilities."""
        if s.front_waits and _front_busy(m, s) < m.n1:
            yield from front_takes(s._replace(front_waits=s.front_waits - 1))
        else:
            yield s, 1.0

    def at_specialists(s: State, *, handed_over: bool) -> State:
        """Return the state after a caller has arrived at the specialists."""
        if s.specialists < m.n2:
            return s._replace(specialists=s.specialists + 1)
        if handed_over and _at_head(m):
            return s._replace(urgent=s.urgent + 1)
        return s._replace(others=s.others + 1)

    def specialist_freed(s: State) -> State:
        """Return the state after a specialist, still counted in ``s``, has ended a service."""
        if s.urgent:
            return s._replace(urgent=s.urgent - 1)
        if s.others:
            return s._replace(others=s.others - 1)
        return s._replace(specialists=s.specialists - 1)

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
        if s.specialists:
            yield specialist_freed(s), s.specialists * m.mu2
        if s.urgent:
            yield s._replace(urgent=s.urgent - 1), s.urgent * m.theta2
        if s.others:
            yield s._replace(others=s.others - 1), s.others * m.theta2

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        if _front_busy(m, s) == m.n1:
            yield s._replace(front_waits=s.front_waits + 1), m.lam1
        else:
            for state, probability in front_takes(s):
                yield state, m.lam1 * probability
        for ended, rate in events(s):
            for state, probability in front_freed(ended):
                yield state, rate * probability

    return transitions


def _in_time(m: Transfers, found: Stationary[State]) -> float:
    """Return the share of those handed over that a specialist takes in time, of transfers to the tail."""
    arrivals = found.mean(lambda s: s.handing_over * m.nu)
    if m.placement == "head" or not arrivals:
        return math.nan

    def ahead(s: State) -> int:
        return s.urgent + s.others

    taken = _taken_within(m, max(map(ahead, found.states)))
    return found.mean(lambda s: s.handing_over * m.nu * (taken[ahead(s)] if s.specialists == m.n2 else 1)) / arrivals


def _taken_within(m: Transfers, longest: int) -> list[float]:
    """By the number ahead, all specialists busy: whether a caller at the tail is taken in time.

    The number ahead falls by one at the rate of services and abandonments before the caller, who may abandon as well: a
    chain that ends when the caller is taken (state 0) or gone (the last one).
    """
    gone = longest + 2
    rates = np.zeros((gone + 1, gone + 1))
    for place in range(1, gone):
        rates[place, place - 1] = m.n2 * m.mu2 + (place - 1) * m.theta2
        rates[place, gone] = m.theta2
        rates[place, place] = -rates[place].sum()
    taken: list[float] = expm(rates * m.within)[1:gone, 0].tolist()
    return taken


def _waits_at_tail(m: Transfers, longest: int) -> list[float]:
    """By the number ahead, all specialists busy: the mean wait of a caller, until served or gone."""
    waits: list[float] = []
    for ahead in range(longest + 1):
        onwards = m.n2 * m.mu2 + ahead * m.theta2
        later = waits[-1] if waits else 0.0
        waits.append((1 + onwards * later) / (onwards + m.theta2))
    return waits
