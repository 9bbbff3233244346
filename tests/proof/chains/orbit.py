"""Erlang A with an orbit: who abandons redials and who was served comes back, after one exponential delay.

State: contacts in the system, callers in the orbit. The attempts that come from the orbit don't see time averages:
they are weighed with the orbit's size. Falin and Templeton, "Retrial queues", 1997, chapter 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from .ctmc import stationary


@dataclass(frozen=True)
class Orbit:
    """First attempts at lam; again at rate ``gamma`` each; unlimited attempts; served "within" means by t."""

    lam: float
    mu: float
    theta: float
    n: int
    p_redial: float
    r_reconnect: float
    gamma: float
    t: float


@dataclass(frozen=True)
class OrbitFigures:
    """Attempts per unit of time; of the attempts: abandoned, served within t, not served at once; mean orbit."""

    attempts: float
    p_ab: float
    sl_offered: float
    p_wait: float
    orbit: float


class State(NamedTuple):
    """Where callers are."""

    in_system: int = 0
    in_orbit: int = 0


def solve(m: Orbit) -> OrbitFigures:
    """Return the exact figures."""

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        served = min(s.in_system, m.n) * m.mu
        abandoned = max(s.in_system - m.n, 0) * m.theta
        to_orbit = served * m.r_reconnect + abandoned * m.p_redial
        yield State(s.in_system + 1, s.in_orbit), m.lam
        if s.in_orbit:
            yield State(s.in_system + 1, s.in_orbit - 1), s.in_orbit * m.gamma
        if s.in_system:
            yield State(s.in_system - 1, s.in_orbit + 1), to_orbit
            yield State(s.in_system - 1, s.in_orbit), served + abandoned - to_orbit

    found = stationary(State(), transitions, lambda s: s)
    orbit = found.mean(lambda s: s.in_orbit)
    attempts = m.lam + m.gamma * orbit
    longest = max(s.in_system for s in found.states)
    within = _served_within(m, longest)

    def of_attempts(share_of_arriving: NDArray[np.float64]) -> float:
        """Return a mean over attempts; the share is given by the number in the system they find."""
        return found.mean(lambda s: (m.lam + m.gamma * s.in_orbit) * float(share_of_arriving[s.in_system])) / attempts

    return OrbitFigures(
        attempts=attempts,
        p_ab=m.theta * found.mean(lambda s: max(s.in_system - m.n, 0)) / attempts,
        sl_offered=of_attempts(within),
        p_wait=of_attempts((np.arange(longest + 1) >= m.n).astype(float)),
        orbit=orbit,
    )


def _served_within(m: Orbit, longest: int) -> NDArray[np.float64]:
    """By the number in the system that an attempt finds: the chance that it is served by t.

    One that waits is a chain of its own: the number ahead, down as servers take or lose them, until served or gone.
    """
    places = longest - m.n + 1
    # The states: served, then 0, 1, ... ahead. Being lost is leaving all of them.
    rates = np.zeros((places + 1, places + 1))
    for ahead in range(places):
        onwards = m.n * m.mu + ahead * m.theta
        rates[ahead + 1, ahead] = onwards
        rates[ahead + 1, ahead + 1] = -onwards - m.theta
    waiting = expm(rates * m.t)[1:, 0]
    return np.concatenate([np.ones(m.n), waiting])
