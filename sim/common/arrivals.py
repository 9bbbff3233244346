"""How many first contacts a day brings: the level of its volume, and the draw of its count.

The level of a day is that of an ordinary week times growth, seasonality and dated events. Days are counted from a first
day given as proleptic ordinal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from .calendar import DAY_MS, EPOCH_ORDINAL, months

if TYPE_CHECKING:
    from ..centre.contract import VolumeDistribution

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

_DAYS_PER = {"day": 1, "week": 7}
_MONTHS_PER = {"month": 1, "year": 12}

_LEAST_CV = 1e-6
"""A smaller variation is none: the Gamma quantile would lose its digits."""


def growth_factor(
    first_day: int, days: int, start: int, rate: float, per: Literal["day", "week", "month", "year"]
) -> Float64:
    """Level of each day relative to day ``start``, (days,), compounded continuously: (1 + rate)**(time since start).

    Months are calendar months: from the n-th of one to the n-th of the next is one month, whatever its length, and the
    days between share it evenly. Days before ``start`` are shrunk by the same rule.
    """
    if per in _DAYS_PER:
        elapsed = (first_day - start + np.arange(days)) / _DAYS_PER[per]
    else:
        elapsed = (_month_clock(first_day, days) - _month_clock(start, 1)) / _MONTHS_PER[per]
    return np.power(1.0 + rate, elapsed)


def _month_clock(first_day: int, days: int) -> Float64:
    """Months since January 1970 at the beginning of each day, with the part of the month that has passed."""
    month = months(first_day, days)
    month_start = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    month_end = (month + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    passed = first_day - EPOCH_ORDINAL + np.arange(days) - month_start
    return np.asarray(month + passed / (month_end - month_start), np.float64)


def month_factor(first_day: int, days: int, multipliers: Sequence[float]) -> Float64:
    """Seasonality of each day, (days,): the multiplier of its calendar month, January first."""
    return np.asarray(multipliers, np.float64)[months(first_day, days) % 12]


def event_factor(
    first_day: int, days: int, begin: date, until: date, factor: float, ramp_in_ms: int, decay_ms: int
) -> Float64:
    """Multiplier of an event on each day, (days,): 1 far from it, ``factor`` from ``begin`` to the end of ``until``.

    It goes linearly from 1 to ``factor`` during ``ramp_in_ms`` from ``begin`` on, and back during ``decay_ms`` after
    the end of ``until``. A day takes the value of its noon.
    """
    noon = np.arange(first_day, first_day + days, dtype=np.float64) + 0.5
    end = until.toordinal() + 1
    full = _rise(np.minimum(noon, end) - begin.toordinal(), ramp_in_ms)
    left = 1.0 - _rise(noon - end, decay_ms)
    return 1.0 + (factor - 1.0) * full * left


def _rise(since_days: Float64, length_ms: int) -> Float64:
    """0 until the beginning, 1 from the end of the length on, linear between."""
    if length_ms == 0:
        return np.asarray(since_days > 0, np.float64)
    return np.clip(since_days * (DAY_MS / length_ms), 0.0, 1.0)


def draw_counts(
    volume: VolumeDistribution,
    volume_uniform: Float64,
    busyness_uniform: Float64,
    own_busyness_uniform: Float64,
) -> Int64:
    """First contacts of every queue and day in one replication, int64 (Q, D).

    ``volume_uniform`` (Q, D) are the days' own uniforms, ``busyness_uniform`` (D,) those of the centre's busyness,
    ``own_busyness_uniform`` (Q, D) those of queues with a busyness of their own; all in (0, 1). For fixed uniforms the
    counts never fall when ``volume.expected`` rises.
    """
    shared = np.broadcast_to(busyness_uniform, volume.expected.shape)
    uniform = np.where(volume.own_busyness[:, np.newaxis], own_busyness_uniform, shared)
    factor = np.ones(volume.expected.shape)
    for queue in np.flatnonzero(volume.busyness_cv > _LEAST_CV):
        factor[queue] = gamma_factor(float(volume.busyness_cv[queue]), uniform[queue])
    return poisson_quantile(volume_uniform, volume.expected * factor)


def gamma_factor(cv: float, uniform: Float64) -> Float64:
    """Quantile of the Gamma distribution of mean 1 and coefficient of variation ``cv`` > 0."""
    shape = cv**-2
    return np.asarray(special.gammaincinv(shape, uniform) / shape, np.float64)


def poisson_quantile(uniform: Float64, mean: Float64) -> Int64:
    """Least k with P(N <= k) >= uniform for N Poisson of that mean, elementwise; exact as far as the distribution is.

    The inverse in k of the distribution function (continued to real k) gives a first guess, the distribution function
    itself corrects it.
    """
    guess = np.ceil(special.pdtrik(uniform, mean))
    k = np.where(np.isfinite(guess), np.maximum(guess, 0.0), np.floor(mean))
    while np.any(high := (k > 0) & (special.pdtr(np.maximum(k - 1, 0), mean) >= uniform)):
        k[high] -= 1
    while np.any(low := special.pdtr(k, mean) < uniform):
        k[low] += 1
    return k.astype(np.int64)
