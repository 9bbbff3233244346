"""How many positions are busy where a mean number of them is asked for: Erlang's loss formula, as an estimate.

The busy ones are distributed as contacts of a Poisson stream would be that are lost if nobody is idle. A broken number
of positions is the two whole ones beside it, some of the time each.
"""

from __future__ import annotations

import math
from collections.abc import Callable

_MOST = 500
"""Positions beyond which chance is left out."""


def busy_share(positions: float, erlangs: float, reserve: int, most_idle: int | None = None) -> float:
    """Probability that at most ``reserve`` are idle; other work keeps all but ``most_idle`` busy at least."""
    if most_idle is not None and most_idle <= reserve:
        return 1.0
    if positions > _MOST:
        return min(max(1 - max(positions - reserve, 0) / erlangs, 0.0), 1.0) if erlangs else 0.0

    def of(whole: int) -> float:
        by_idle = _by_idle(whole, erlangs)[: None if most_idle is None else most_idle + 1]
        total = sum(by_idle)
        return sum(by_idle[: reserve + 1]) / total if total else 0.0

    return _mean(positions, of)


def idle_beyond(positions: float, erlangs: float, reserve: int) -> float:
    """Mean number of positions that are idle beside ``reserve`` ones, with so many ``erlangs`` of work done."""
    if not reserve or positions > _MOST:
        return max(positions - erlangs - reserve, 0.0)
    return _mean(
        positions,
        lambda whole: sum(max(idle - reserve, 0) * share for idle, share in enumerate(_by_idle(whole, erlangs))),
    )


def _mean(positions: float, of: Callable[[int], float]) -> float:
    low = math.floor(positions)
    part = positions - low
    return (1 - part) * of(low) + (part * of(low + 1) if part else 0.0)


def _by_idle(positions: int, erlangs: float) -> list[float]:
    """Probabilities of 0, 1, ... idle positions: those of ``positions`` - n busy ones are as a^n / n!."""
    weights = [1.0]
    for busy in range(positions, 0, -1):
        weights.append(weights[-1] * busy / erlangs if erlangs else 0.0)
        if weights[-1] > 1e200:
            weights = [weight / 1e200 for weight in weights]
    total = sum(weights)
    return [weight / total for weight in weights] if erlangs else [0.0] * positions + [1.0]
