"""A centre's ordinary week by half hours: which of them were open, their means, and how days vary around them."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]

SLOT_S = 1_800
DAY_S = 86_400
SLOTS = DAY_S // SLOT_S


def weekdays(first_day: date, days: int) -> Int64:
    """Weekday of each of ``days`` days from ``first_day`` on, Monday 0, int64 (days,)."""
    return (first_day.weekday() + np.arange(days)) % 7


def counts_per_half_hour(moments_s: Int64, days: int) -> Int64:
    """How many of the moments (seconds since the first midnight) fall into each half hour, int64 (days, SLOTS)."""
    slot = moments_s // SLOT_S
    inside = (slot >= 0) & (slot < days * SLOTS)
    return np.bincount(slot[inside], minlength=days * SLOTS).reshape(days, SLOTS)


def weekday_means(per_half_hour: NDArray[np.number], counted: Bools, weekday: Int64) -> Float64:
    """Mean of each weekday's half hours over the days on which they count, (7, SLOTS); NaN where none does.

    ``per_half_hour`` and ``counted`` are (days, SLOTS), ``weekday`` (days,).
    """
    sums, days = np.zeros((7, SLOTS)), np.zeros((7, SLOTS))
    np.add.at(sums, weekday, np.where(counted, per_half_hour, 0))
    np.add.at(days, weekday, counted)
    means: Float64 = np.divide(sums, days, out=np.full((7, SLOTS), np.nan), where=days > 0)
    return means


def busyness_cv(day_counts: Int64, weekday: Int64) -> float:
    """Coefficient of variation of a day's busyness around its weekday's mean, net of Poisson noise.

    A day's count is Poisson around its mean m times B, E[B] = 1, so its variance is m + m² CV²(B): solved for CV² on
    every weekday and averaged with weights n - 1. 0 where the days vary less than Poisson counts; NaN where no weekday
    has two days. ``day_counts`` and ``weekday`` are (days,), for days that are whole.
    """
    excess, freedom = 0.0, 0
    for day in np.unique(weekday):
        counts = day_counts[weekday == day]
        if len(counts) > 1:
            mean = counts.mean()
            excess += (len(counts) - 1) * (counts.var(ddof=1) - mean) / mean**2
            freedom += len(counts) - 1
    return float(np.sqrt(max(excess / freedom, 0.0))) if freedom else float("nan")


def whole_positions(mean_positions: Float64) -> Int64:
    """Whole positions for every half hour of a day whose running sum stays within a half of that of the means.

    Rounding each half hour by itself would move the day's position hours by several per cent where teams are small.
    """
    return np.diff(np.floor(np.concatenate([[0.0], np.cumsum(mean_positions)]) + 0.5)).astype(np.int64)
