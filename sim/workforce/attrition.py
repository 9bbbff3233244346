"""When people leave: the hazard of leaving by tenure, constant between edges, and a loss of its own in training.

With p the share lost in training, a of its days passed out of A, and H the cumulative hazard since its end, the
survival is S = 1 - p a / A in training and (1 - p) exp(-H) after it. (D. R. Cox, D. Oakes, "Analysis of Survival Data",
1984, ch. 2: hazard, survival and their inverses.)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from .periods import YEAR_DAYS, Period, period_days

Float64 = NDArray[np.float64]

Group = Literal["team", "new"]
"""Of whom a share is gone after a period: all those past training of a team of constant size, whatever their tenure; or
those who have just finished training."""


@dataclass(frozen=True)
class Attrition:
    """Hazard of leaving by tenure. ValueError for values that cannot be.

    The hazard's days are counted from the end of training: nobody leaves by these rates before it.
    """

    edges_days: tuple[float, ...]
    """From the end of training on, ascending, the first 0."""
    rates_per_year: tuple[float, ...]
    """Hazard from each edge to the next, the last one for ever."""
    training_days: int = 0
    lost_in_training: float = 0.0
    """Share of those hired who leave in training, spread evenly over it; below 1."""

    def __post_init__(self) -> None:
        """Refuse values that cannot be."""
        if not self.edges_days or len(self.edges_days) != len(self.rates_per_year):
            raise ValueError(
                f"edges_days and rates_per_year must be as many, at least one"
                f" (got {len(self.edges_days)} and {len(self.rates_per_year)})"
            )
        edges, rates = np.array(self.edges_days), np.array(self.rates_per_year)
        if edges[0] != 0 or not np.all(np.diff(edges) > 0) or not np.all(np.isfinite(edges)):
            raise ValueError(f"edges_days must begin with 0 and ascend (got {_first_few(self.edges_days)})")
        if not np.all((rates >= 0) & np.isfinite(rates)):
            raise ValueError(f"rates_per_year must be 0 or more (got {_first_few(self.rates_per_year)})")
        if self.training_days < 0:
            raise ValueError(f"training_days must be 0 or more (got {self.training_days})")
        if not 0 <= self.lost_in_training < 1:
            raise ValueError(f"lost_in_training must be at least 0 and below 1 (got {self.lost_in_training})")
        if self.lost_in_training > 0 and self.training_days == 0:
            raise ValueError("lost_in_training needs training_days above 0")

    @classmethod
    def of_average_heads(
        cls,
        rate: float,
        per: Period = "year",
        *,
        early_days: float = 0.0,
        early_multiplier: float = 1.0,
        training_days: int = 0,
        lost_in_training: float = 0.0,
    ) -> Attrition:
        """From leavers over average heads, both past training, in a period.

        ``rate`` is what a team of constant size shows in the long run whose leavers are replaced at once: one over the
        mean tenure past training (renewal theorem). In the first ``early_days`` after training the hazard is
        ``early_multiplier`` times the base that it has later; the base is solved for. ValueError for values that cannot
        be.
        """
        if not (rate >= 0 and math.isfinite(rate)):
            raise ValueError(f"the rate must be 0 or more (got {rate})")
        rate_per_year = rate * YEAR_DAYS / period_days(per)
        shape = _early(early_days, early_multiplier)
        base = _solve(
            lambda base: YEAR_DAYS / shape(base).mean_past_training_days,
            rate_per_year,
            between=(rate_per_year, rate_per_year / early_multiplier),
        )
        return replace(shape(base), training_days=training_days, lost_in_training=lost_in_training)

    @classmethod
    def of_cohort(
        cls,
        share: float,
        per: Period = "year",
        *,
        group: Group = "team",
        early_days: float = 0.0,
        early_multiplier: float = 1.0,
        training_days: int = 0,
        lost_in_training: float = 0.0,
    ) -> Attrition:
        """From the share of a group past training that is gone after a period; below 1.

        Without an early period the hazard is -ln(1 - share) / period. With one (as in ``of_average_heads``) it is
        solved for, so that the share is that of the group named. ValueError for values that cannot be.
        """
        _refuse_group(group)
        if not 0 <= share < 1:
            raise ValueError(f"the share that is gone must be at least 0 and below 1 (got {share})")
        rate_per_year = -math.log1p(-share) * YEAR_DAYS / period_days(per)
        shape = _early(early_days, early_multiplier)
        base = _solve(
            lambda base: shape(base).share_gone(per, group),
            share,
            between=(rate_per_year, rate_per_year / early_multiplier),
        )
        return replace(shape(base), training_days=training_days, lost_in_training=lost_in_training)

    def survival(self, tenure_days: ArrayLike) -> Float64:
        """Share of those hired who are still there at each tenure >= 0 (any shape), same shape."""
        return np.asarray(np.exp(-self.cumulative_hazard(tenure_days)), np.float64)

    def cumulative_hazard(self, tenure_days: ArrayLike) -> Float64:
        """-ln survival at each tenure >= 0 (any shape), same shape."""
        tenure = np.asarray(tenure_days, np.float64)
        return self._hazard_in_training(tenure) + self._hazard_past(np.maximum(tenure - self.training_days, 0.0))

    def inverse_cumulative_hazard(self, hazard: ArrayLike) -> Float64:
        """Least tenure in days at which the cumulative hazard is as high, same shape; inf where it never is."""
        hazard = np.asarray(hazard, np.float64)
        in_training = -math.log1p(-self.lost_in_training)
        past = np.maximum(hazard - in_training, 0.0)
        tenure = np.where(past > 0, self.training_days + self._inverse_past(past), 0.0)
        if self.lost_in_training > 0:
            passed = np.minimum(-np.expm1(-hazard), self.lost_in_training) / self.lost_in_training
            tenure = np.where(past > 0, tenure, self.training_days * passed)
        return np.asarray(tenure, np.float64)

    def remaining_days(self, tenure_days: ArrayLike, uniform: ArrayLike) -> Float64:
        """Days from a tenure to leaving, for uniforms in (0, 1); shapes are broadcast; inf for who stays for ever.

        The inverse of the survival given the tenure: H^-1(H(t) - ln(1 - u)) - t.
        """
        tenure = np.asarray(tenure_days, np.float64)
        hazard = self.cumulative_hazard(tenure) - np.log1p(-np.asarray(uniform, np.float64))
        return np.asarray(self.inverse_cumulative_hazard(hazard) - tenure, np.float64)

    def limited_mean_days(self, tenure_days: ArrayLike) -> Float64:
        """E[min(tenure at leaving, t)], the integral of the survival up to t (any shape, inf allowed), same shape."""
        tenure = np.asarray(tenure_days, np.float64)
        trained = np.minimum(tenure, self.training_days)
        lost = self.lost_in_training * trained * trained / (2 * max(self.training_days, 1))
        past = (1 - self.lost_in_training) * self._limited_mean_past(np.maximum(tenure - self.training_days, 0.0))
        return np.asarray(trained - lost + past, np.float64)

    @property
    def mean_days(self) -> float:
        """Mean tenure at leaving of those hired; inf where somebody stays for ever."""
        return float(self.limited_mean_days(math.inf))

    @property
    def mean_past_training_days(self) -> float:
        """Mean time from the end of training to leaving of those who finish it; inf where somebody stays for ever."""
        return float(self._limited_mean_past(np.asarray(math.inf)))

    def share_gone(self, per: Period, group: Group = "team") -> float:
        """Share of a group past training that is gone after a period.

        Of new people it is 1 - S(period). In a team of constant size tenures have the density S / E[T], so that it is
        E[min(T, period)] / E[T] (D. R. Cox, "Renewal Theory", 1962, section 5.2), T and S being those past training.
        ValueError for a group or period that there isn't.
        """
        _refuse_group(group)
        period = np.asarray(period_days(per))
        if group == "new":
            return float(-np.expm1(-self._hazard_past(period)))
        return float(self._limited_mean_past(period)) / self.mean_past_training_days

    @property
    def kinks_days(self) -> tuple[float, ...]:
        """Tenures from hire at which the hazard jumps, ascending: between them the survival is smooth."""
        return tuple(sorted({0.0, *(self.training_days + edge for edge in self.edges_days)}))

    @cached_property
    def _knots(self) -> tuple[Float64, Float64, Float64]:
        """Edges, hazards per day, and cumulative hazard at the edges, since the end of training."""
        edges, per_day = np.array(self.edges_days, np.float64), np.array(self.rates_per_year) / YEAR_DAYS
        return edges, per_day, np.concatenate([[0.0], np.cumsum(np.diff(edges) * per_day[:-1])])

    def _hazard_in_training(self, tenure: Float64) -> Float64:
        passed = np.minimum(tenure, self.training_days) / max(self.training_days, 1)
        return np.asarray(-np.log1p(-self.lost_in_training * passed), np.float64)

    def _hazard_past(self, days: Float64) -> Float64:
        edges, per_day, cumulative = self._knots
        at = np.searchsorted(edges, days, side="right") - 1
        rising = per_day[at] > 0
        return np.asarray(cumulative[at] + np.where(rising, days - edges[at], 0.0) * per_day[at], np.float64)

    def _inverse_past(self, hazard: Float64) -> Float64:
        """Least days at which the cumulative hazard since the end of training is as high; inf where it never is."""
        edges, per_day, cumulative = self._knots
        at = np.maximum(np.searchsorted(cumulative, hazard, side="left") - 1, 0)
        rising = per_day[at] > 0
        with np.errstate(over="ignore"):  # a hazard so small that the tenure is beyond all floats is none
            beyond = (hazard - cumulative[at]) / np.where(rising, per_day[at], 1.0)
        return np.asarray(np.where(rising, edges[at] + beyond, np.where(hazard > 0, np.inf, 0.0)), np.float64)

    def _limited_mean_past(self, days: Float64) -> Float64:
        edges, per_day, cumulative = self._knots
        cells = np.exp(-cumulative[:-1]) * _integral_of_decay(per_day[:-1], np.diff(edges))
        before = np.concatenate([[0.0], np.cumsum(cells)])
        at = np.searchsorted(edges, days, side="right") - 1
        within = np.exp(-cumulative[at]) * _integral_of_decay(per_day[at], days - edges[at])
        return np.asarray(before[at] + within, np.float64)


def _integral_of_decay(rate: Float64, span: Float64) -> Float64:
    """Integral of exp(-rate x) from 0 to the span."""
    falling = rate > 0
    divisor = np.where(falling, rate, 1.0)
    return np.asarray(np.where(falling, -np.expm1(-divisor * span) / divisor, span), np.float64)


def _early(days: float, multiplier: float) -> Callable[[float], Attrition]:
    """Attrition without training by its base hazard per year, which counts ``multiplier`` times in the first days."""
    if not (days >= 0 and math.isfinite(days)):
        raise ValueError(f"early_days must be 0 or more (got {days})")
    if not (multiplier > 0 and math.isfinite(multiplier)):
        raise ValueError(f"early_multiplier must be above 0 (got {multiplier})")
    if days == 0 or multiplier == 1:
        return lambda base: Attrition((0.0,), (base,))
    return lambda base: Attrition((0.0, days), (multiplier * base, base))


def _solve(overall: Callable[[float], float], target: float, between: tuple[float, float]) -> float:
    """The base hazard at which ``overall``, which rises with it, is the target."""
    low, high = sorted(between)
    if low == high or overall(low) >= target:
        return low
    if overall(high) <= target:
        return high
    return float(brentq(lambda base: overall(base) - target, low, high, xtol=1e-15 * high, rtol=1e-14))


def _refuse_group(group: str) -> None:
    if group not in get_args(Group):
        raise ValueError(f"group must be one of {', '.join(get_args(Group))} (got {group!r})")


def _first_few(values: tuple[float, ...]) -> str:
    """The first few of the values, for a message."""
    return ", ".join(f"{value:g}" for value in values[:6]) + (", ..." if len(values) > 6 else "")
