"""Long-run averages of a team of constant size, by renewal theory: no chance, no horizon.

Survival and proficiency are functions of tenure; tenures in such a team have a density proportional to the survival
(D. R. Cox, "Renewal Theory", 1962, section 5.2), and what a place is worth in the long run is its worth over a cycle
from hire to hire (renewal-reward theorem: S. M. Ross, "Stochastic Processes", 1996, section 3.6).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import roots_legendre

from .attrition import Attrition, Group
from .periods import Period, period_days
from .ramp import RampCurve

Float64 = NDArray[np.float64]

Curve = Callable[[Float64], Float64]
"""A function of tenure in days, elementwise."""

_NODES, _WEIGHTS = roots_legendre(16)
_NOBODY = 1e-18
"""Where the survival has fallen by this factor, what is left of it counts as nothing."""
_LONGEST_DAYS = 1e9


def average_proficiency(
    survival: Curve, proficiency: Curve, *, from_days: float = 0.0, kinks_days: Sequence[float] = ()
) -> float:
    """Mean proficiency of those with a tenure of at least ``from_days``: of survival x proficiency over survival.

    Both integrals go from there to infinity; ``kinks_days`` are the tenures at which either function jumps or bends.
    ValueError where some never leave, or nobody gets there.
    """
    tenure, weight = _rule(from_days, _end_days(survival, from_days), kinks_days)
    there = weight * survival(tenure)
    return float(np.sum(there * proficiency(tenure)) / np.sum(there))


def team_proficiency(attrition: Attrition, ramp: RampCurve, *, trainees: bool = False) -> float:
    """Mean proficiency per head on the job, or with ``trainees`` (who count 0) per head on the payroll.

    ValueError where some never leave.
    """
    return average_proficiency(
        attrition.survival,
        ramp.proficiency,
        from_days=0.0 if trainees else float(ramp.training_days),
        kinks_days=(*attrition.kinks_days, *ramp.kinks_days),
    )


def productive_share(
    survival: Curve, training_days: float, vacancy_days: float, *, kinks_days: Sequence[float] = ()
) -> float:
    """Share of the time in which a place has somebody on the job: (E[T] - E[min(T, training)]) / (E[T] + vacancy).

    T is the tenure at leaving; a place is then vacant for ``vacancy_days``, and its next holder is in training first.
    ``kinks_days`` as in ``average_proficiency``. ValueError where some never leave.
    """
    for name, days in (("training_days", training_days), ("vacancy_days", vacancy_days)):
        if not (days >= 0 and math.isfinite(days)):
            raise ValueError(f"{name} must be 0 or more (got {days})")
    mean = _integral(survival, 0.0, _end_days(survival, 0.0), kinks_days)
    return (mean - _integral(survival, 0.0, training_days, kinks_days)) / (mean + vacancy_days)


def team_productive_share(attrition: Attrition, vacancy_days: float) -> float:
    """As ``productive_share``, of a team's own attrition and training. ValueError where some never leave."""
    return productive_share(attrition.survival, attrition.training_days, vacancy_days, kinks_days=attrition.kinks_days)


def rate_of_average_heads(attrition: Attrition, per: Period = "year") -> float:
    """Leavers over average heads, both past training, in a period of the long run: 1 / mean tenure past training."""
    return period_days(per) / attrition.mean_past_training_days


def rate_of_payroll(attrition: Attrition, per: Period = "year") -> float:
    """As ``rate_of_average_heads``, of all on the payroll: with trainees among the heads, and those lost as leavers."""
    return period_days(per) / attrition.mean_days


def share_of_cohort(attrition: Attrition, per: Period = "year", group: Group = "team") -> float:
    """Share of a group past training that is gone after a period; see ``Attrition.of_cohort``."""
    return attrition.share_gone(per, group)


def _integral(curve: Curve, from_days: float, end_days: float, kinks_days: Sequence[float]) -> float:
    tenure, weight = _rule(from_days, end_days, kinks_days)
    return float(np.sum(weight * curve(tenure)))


def _rule(from_days: float, end_days: float, kinks_days: Sequence[float]) -> tuple[Float64, Float64]:
    """Nodes and weights of a composite Gauss-Legendre rule: panels that grow by a fifth, cut at the kinks."""
    graded = from_days + (end_days - from_days) * 1.2 ** -np.arange(150.0)
    inside = [kink for kink in kinks_days if from_days < kink < end_days]
    edges = np.unique(np.concatenate([[from_days], graded, inside]))
    half, centre = 0.5 * np.diff(edges)[:, np.newaxis], 0.5 * (edges[1:] + edges[:-1])[:, np.newaxis]
    return (centre + half * _NODES).ravel(), (half * _WEIGHTS).ravel()


def _end_days(survival: Curve, from_days: float) -> float:
    """A tenure that next to none of those with ``from_days`` reach; ValueError if there is none."""
    there = float(survival(np.asarray(from_days)))
    if there <= 0:
        raise ValueError(f"nobody stays for {from_days:g} days")
    length = 1.0
    while float(survival(np.asarray(from_days + length))) > _NOBODY * there:
        length *= 2
        if length > _LONGEST_DAYS:
            raise ValueError("some never leave, so there is no long-run average: give a rate of leaving above 0")
    return from_days + length
