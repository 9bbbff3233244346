"""M/M/n and M/M/n+M as sums over a birth-death chain: the limits that other models are compared with."""

from __future__ import annotations

import math
from dataclasses import dataclass

NEGLIGIBLE = 1e-20


@dataclass(frozen=True)
class SingleQueue:
    """Figures of one class at one group: shares of the offered, mean wait of all offered, share of servers busy."""

    p_wait: float
    p_ab: float
    wait: float
    occupancy: float


def single_queue(lam: float, mu: float, n: int, theta: float = 0.0) -> SingleQueue:
    """Return the figures of M/M/n+M (Erlang A), or of M/M/n (Erlang C) if nobody abandons (theta 0).

    State: contacts in the system. Up at rate lam, down at min(k, n) mu + max(k - n, 0) theta; weights by detailed
    balance (Palm 1957). Raises ValueError if nobody abandons and the servers can't keep up.
    """
    if theta == 0 and lam >= n * mu:
        raise ValueError(f"{n} servers at rate {mu} can't keep up with {lam}")
    weights = [1.0]
    highest = 1.0
    while len(weights) <= n or weights[-1] > NEGLIGIBLE * highest:
        k = len(weights)
        weights.append(weights[-1] * lam / (min(k, n) * mu + max(k - n, 0) * theta))
        highest = max(highest, weights[-1])
    total = math.fsum(weights)
    waiting = math.fsum((k - n) * weight for k, weight in enumerate(weights[n:], start=n)) / total
    busy = math.fsum(min(k, n) * weight for k, weight in enumerate(weights)) / total
    return SingleQueue(math.fsum(weights[n:]) / total, theta * waiting / lam, waiting / lam, busy / n)
