"""How long today's heads have been there: quantiles in the middle of n equal shares, the same in every replication.

In a team whose daily hires grow by a factor exp(g) a day, those with a tenure of t whole days are in proportion to
survival(t) exp(-g t) (N. Keyfitz, H. Caswell, "Applied Mathematical Demography", 2005, ch. 5: the stable population).
Trainees are heads: their tenures count from hire too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .attrition import Attrition
from .periods import YEAR_DAYS
from .ramp import RampCurve

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]


def steady(heads: int, attrition: Attrition) -> Int64:
    """Tenures in days (heads,) of a team of constant size whose leavers are replaced at once, longest-serving first.

    ValueError where somebody stays for ever: such a team never becomes steady.
    """
    return growing(heads, attrition, 0.0)


def growing(heads: int, attrition: Attrition, growth_per_day: float) -> Int64:
    """Tenures in days (heads,) of a team that has grown at exp(growth_per_day) a day, longest-serving first.

    Growth below 0 is shrinking (by hiring less). ValueError if people don't leave as fast as the team shrinks.
    """
    if _last_hazard(attrition) + growth_per_day <= 0:
        raise ValueError(
            f"people who leave at {attrition.rates_per_year[-1]:g} a year in the end make no team that changes by"
            f" {growth_per_day:g} a day: give their tenures, or say that they are experienced"
        )
    return _quantiles(heads, attrition, growth_per_day, 0)


def experienced(heads: int, attrition: Attrition, ramp: RampCurve, *, at_least_days: int = 0) -> Int64:
    """Tenures in days (heads,) of those of a steady team who are past the ramp, longest-serving first.

    They have been there for ``at_least_days``, too.

    Where nobody leaves after some tenure, all have reached that tenure.
    """
    first_day = max(ramp.full_after_days, at_least_days)
    if _last_hazard(attrition) == 0:
        _refuse_heads(heads)
        return np.full(heads, max(first_day, math.ceil(attrition.kinks_days[-1])), np.int64)
    return _quantiles(heads, attrition, 0.0, first_day)


def given(tenure_days: Sequence[int]) -> Int64:
    """The tenures in days, longest-serving first. ValueError unless they are whole days, 0 or more."""
    for days in tenure_days:
        if days < 0 or days != int(days):
            raise ValueError(f"tenures must be whole days, 0 or more (got {days})")
    return np.array(sorted(tenure_days, reverse=True), dtype=np.int64)


def _quantiles(heads: int, attrition: Attrition, growth_per_day: float, first_day: int) -> Int64:
    """Least tenures with a share of at least (i + 1/2) / heads at or below, from the largest i on.

    The weights of whole days from ``first_day`` on, relative to its own, are added up as far as the hazard changes;
    from there they are a geometric series.
    """
    _refuse_heads(heads)
    changes = max(math.ceil(attrition.kinks_days[-1]) - first_day, 0)
    days = np.arange(changes + 1)
    hazard = attrition.cumulative_hazard(first_day + days)
    weight = np.exp(hazard[0] - hazard - growth_per_day * days)
    before = np.cumsum(weight[:-1])
    decay = _last_hazard(attrition) + growth_per_day
    tail = float(weight[-1]) / -math.expm1(-decay)
    total = tail + (float(before[-1]) if changes else 0.0)
    share = (np.arange(heads)[::-1] + 0.5) / heads
    # Of the tail a share exp(-decay j) is left after its first j days.
    in_tail = np.ceil(-np.log((1 - share) * total / tail) / decay) - 1
    early = np.searchsorted(before, share * total, side="left")
    tenure = first_day + np.where(early < changes, early, changes + np.maximum(in_tail, 0.0))
    return tenure.astype(np.int64)


def _last_hazard(attrition: Attrition) -> float:
    """Hazard per day that people have in the end."""
    return attrition.rates_per_year[-1] / YEAR_DAYS


def _refuse_heads(heads: int) -> None:
    if heads < 0:
        raise ValueError(f"heads must be 0 or more (got {heads})")
