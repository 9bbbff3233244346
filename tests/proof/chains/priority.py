"""Two classes at one group, class 1 first, what is begun is finished (non-preemptive).

Closed forms without abandonment; a chain with it, whose state is the number in service and waiting of each class.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .ctmc import stationary
from .erlang import single_queue


@dataclass(frozen=True)
class MeanWaits:
    """Mean wait of the offered of each class."""

    ew1: float
    ew2: float


def one_server(lam1: float, lam2: float, mu1: float, mu2: float) -> MeanWaits:
    """M/M/1 with two rates (Cobham 1954): the work in hand when a contact arrives, over the slack left to its class."""
    in_hand = lam1 / mu1**2 + lam2 / mu2**2
    slack_1 = 1 - lam1 / mu1
    slack = slack_1 - lam2 / mu2
    return MeanWaits(in_hand / slack_1, in_hand / (slack_1 * slack))


def one_rate(lam1: float, lam2: float, mu: float, n: int) -> MeanWaits:
    """M/M/n with one rate (Cobham 1954; Kella and Yechiali 1985)."""
    next_free = single_queue(lam1 + lam2, mu, n).p_wait / (n * mu)
    slack_1 = 1 - lam1 / (n * mu)
    slack = slack_1 - lam2 / (n * mu)
    return MeanWaits(next_free / slack_1, next_free / (slack_1 * slack))


def served_within_1(lam1: float, lam2: float, mu: float, n: int, t: float) -> float:
    """Share of class 1 that waits at most t, M/M/n with one rate.

    All servers busy, class 1 sees servers becoming free as M/M/1 at rate n mu does: a wait is exponential, n mu - lam1.
    """
    return 1 - single_queue(lam1 + lam2, mu, n).p_wait * math.exp(-(n * mu - lam1) * t)


@dataclass(frozen=True)
class Impatient:
    """M/M/n+M with two classes and one service rate."""

    lam1: float
    lam2: float
    mu: float
    theta1: float
    theta2: float
    n: int


@dataclass(frozen=True)
class ImpatientFigures:
    """Abandoned and mean wait of the offered of each class; share of all not served at once."""

    p_ab1: float
    p_ab2: float
    ew1: float
    ew2: float
    p_wait: float


class State(NamedTuple):
    """Servers busy, and those who wait."""

    busy: int = 0
    one_waits: int = 0
    two_wait: int = 0


def solve(m: Impatient) -> ImpatientFigures:
    """Return the exact figures."""

    def one_more(s: State, one_waits: int, two_wait: int) -> State:
        if s.busy < m.n:
            return s._replace(busy=s.busy + 1)
        return s._replace(one_waits=s.one_waits + one_waits, two_wait=s.two_wait + two_wait)

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        yield one_more(s, 1, 0), m.lam1
        yield one_more(s, 0, 1), m.lam2
        served = s.busy * m.mu
        if s.one_waits:
            yield s._replace(one_waits=s.one_waits - 1), served + s.one_waits * m.theta1
        if s.two_wait:
            yield s._replace(two_wait=s.two_wait - 1), s.two_wait * m.theta2 + (0 if s.one_waits else served)
        if not s.one_waits and not s.two_wait and s.busy:
            yield s._replace(busy=s.busy - 1), served

    found = stationary(State(), transitions, lambda s: (s.one_waits, s.two_wait))
    wait_1 = found.mean(lambda s: s.one_waits) / m.lam1
    wait_2 = found.mean(lambda s: s.two_wait) / m.lam2
    return ImpatientFigures(m.theta1 * wait_1, m.theta2 * wait_2, wait_1, wait_2, found.mean(lambda s: s.busy == m.n))
