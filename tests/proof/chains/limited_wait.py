"""Waiting that ends for some after a constant time, beside exponential patience: M/M/n+G in its integrals.

A contact leaves the line after a time T with the probability ``share``, and before at theta. Who leaves at T overflows
to another group, or is an email whose sender gives it up. V, the wait of a contact with endless patience, has the
density exp(lam H(x) - n mu x) but for a factor, H(x) the mean of min(x, patience).

Zeltyn and Mandelbaum, "Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue", 2005,
section 2 (Baccelli and Hebuterne 1981).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy import integrate


@dataclass(frozen=True)
class LimitedWait:
    """Contacts at lam, mu, theta (0: nobody leaves before the limit); n servers."""

    lam: float
    mu: float
    n: int
    limit: float
    share: float = 1.0
    """Of those who would leave at the limit."""
    theta: float = 0.0


@dataclass(frozen=True)
class LimitedWaitFigures:
    """Shares and mean wait of all; share of servers busy."""

    p_wait: float
    p_ab: float
    """Left before the limit."""
    p_limit: float
    """Left at the limit."""
    wait: float
    occupancy: float


def solve(m: LimitedWait) -> LimitedWaitFigures:
    """Return the exact figures; raises ValueError if those who never leave are too many."""
    if m.theta == 0 and m.lam * (1 - m.share) >= m.n * m.mu:
        raise ValueError(f"{m.n} servers at rate {m.mu} can't keep up with those who never leave")

    def stays(x: float) -> float:
        """The chance of patience beyond x, up to the limit."""
        return math.exp(-m.theta * x)

    def spent(x: float) -> float:
        """The mean of min(x, patience)."""
        before, beyond = min(x, m.limit), max(x - m.limit, 0.0)
        return _integral_of_staying(m.theta, before) + (1 - m.share) * stays(before) * _integral_of_staying(
            m.theta, beyond
        )

    def weighed(figure: Callable[[float], float], low: float = 0.0) -> float:
        """Integral of a figure of V over the unscaled density."""

        def weight(x: float) -> float:
            return figure(x) * math.exp(m.lam * spent(x) - m.n * m.mu * x)

        parts = [(low, m.limit), (m.limit, math.inf)] if low < m.limit else [(low, math.inf)]
        return sum(float(integrate.quad(weight, *part, epsabs=1e-13, epsrel=1e-11, limit=200)[0]) for part in parts)

    # What the states with a server idle weigh, in the same scale.
    idle = sum(
        math.factorial(m.n - 1) / math.factorial(busy) * (m.mu / m.lam) ** (m.n - 1 - busy) for busy in range(m.n)
    )
    scale = m.lam / (idle + m.lam * weighed(lambda _: 1.0))
    p_left = scale * weighed(lambda x: 1 - stays(x) if x < m.limit else 1 - (1 - m.share) * stays(x))
    p_limit = scale * weighed(lambda _: m.share * stays(m.limit), m.limit)
    return LimitedWaitFigures(
        p_wait=scale * weighed(lambda _: 1.0),
        p_ab=p_left - p_limit,
        p_limit=p_limit,
        wait=scale * weighed(spent),
        occupancy=m.lam * (1 - p_left) / (m.n * m.mu),
    )


def _integral_of_staying(theta: float, x: float) -> float:
    return -math.expm1(-theta * x) / theta if theta else x
