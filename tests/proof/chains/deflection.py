"""A share of the contacts tries self-service first; some of them come back.

Of contacts at rate lam the share d is deflected, and f of these call after all, after a delay. Thinning splits a
Poisson stream into independent ones, and delaying one by independent times of any distribution leaves it Poisson (the
output of M/G/infinity; Mirasol 1963). So what the group gets is Poisson at rate lam (1 - d + d f), whatever the delay:
Erlang A at that rate, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

from .erlang import SingleQueue, single_queue


@dataclass(frozen=True)
class Deflection:
    """First contacts at lam; d deflected, f of these come back; mu, theta, n of the group."""

    lam: float
    deflected: float
    returning: float
    mu: float
    theta: float
    n: int


@dataclass(frozen=True)
class DeflectionFigures:
    """Rates per unit of time, and the figures of what is offered to the group."""

    solved_by_self_service: float
    offered: float
    group: SingleQueue


def solve(m: Deflection) -> DeflectionFigures:
    """Return the exact figures."""
    solved = m.lam * m.deflected * (1 - m.returning)
    return DeflectionFigures(solved, m.lam - solved, single_queue(m.lam - solved, m.mu, m.n, m.theta))
