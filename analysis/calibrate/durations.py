"""Durations with their end unseen: survival curves, lognormal fits, and tables small enough to ship."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from .half_hours import Bools, Float64


@dataclass(frozen=True)
class SurvivalCurve:
    """Steps of P(T > t)."""

    times: Float64
    """Ascending."""
    survival: Float64
    """P(T > t) from each time on."""

    def at(self, time: float) -> float:
        """P(T > time)."""
        before = int(np.searchsorted(self.times, time, side="right"))
        return float(self.survival[before - 1]) if before else 1.0

    @property
    def median(self) -> float:
        """First time at which no more than half are left; inf if it lies beyond the last."""
        below = self.survival <= 0.5
        return float(self.times[below.argmax()]) if below.any() else float("inf")

    def shares_until(self, limit: float) -> tuple[Float64, Float64]:
        """The steps up to ``limit``: times, and the probability of each given that T <= limit."""
        kept = self.times <= limit
        dropped = -np.diff(self.survival[kept], prepend=1.0)
        return self.times[kept], dropped / dropped.sum()


def kaplan_meier(durations: Float64, ended: Bools) -> SurvivalCurve:
    """Survival of durations of which some were cut off (``ended`` False) before their end.

    E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958): product over the
    ends' times of 1 - ends / at risk. Both arguments are (n,), n >= 1.
    """
    times, index = np.unique(durations, return_inverse=True)
    ends = np.bincount(index, weights=ended, minlength=len(times))
    leaving = np.bincount(index, minlength=len(times))
    at_risk = leaving[::-1].cumsum()[::-1]
    return SurvivalCurve(times.astype(float), np.cumprod(1 - ends / at_risk))


@dataclass(frozen=True)
class LognormalFit:
    """Lognormal with mean ``mu`` and standard deviation ``sigma`` of the natural logarithm of seconds."""

    mu: float
    sigma: float

    @property
    def mean(self) -> float:
        """Mean, s."""
        return float(np.exp(self.mu + self.sigma**2 / 2))

    @property
    def cv(self) -> float:
        """Standard deviation over mean."""
        return float(np.sqrt(np.expm1(self.sigma**2)))

    def survival(self, seconds: Float64) -> Float64:
        """P(T > seconds)."""
        return special.ndtr(-(np.log(seconds) - self.mu) / self.sigma)


def fit_lognormal(durations: Float64) -> LognormalFit:
    """Maximum likelihood from durations (n,) that were all seen to their end."""
    logs = np.log(durations)
    return LognormalFit(float(logs.mean()), float(logs.std()))


def fit_lognormal_censored(durations: Float64, ended: Bools) -> LognormalFit:
    """Maximum likelihood from durations (n,) > 0 of which those not ``ended`` were longer than what was seen."""
    data = stats.CensoredData(uncensored=durations[ended], right=durations[~ended])
    sigma, _, scale = stats.lognorm.fit(data, floc=0)
    return LognormalFit(float(np.log(scale)), float(sigma))


def quantile_means(values: Float64, shares: Float64, cells: int) -> Float64:
    """Means of ``cells`` equally likely slices of a distribution on ``values`` (ascending) with ``shares``, (cells,).

    Their mean is the distribution's; a table of them stands for the data without holding any row of it.
    """
    cumulative = np.concatenate([[0.0], np.cumsum(shares)])
    integral = np.concatenate([[0.0], np.cumsum(shares * values)])
    edges = np.linspace(0, cumulative[-1], cells + 1)
    means: Float64 = np.diff(np.interp(edges, cumulative, integral)) * cells / cumulative[-1]
    return means
