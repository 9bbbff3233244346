"""Days and opening hours: weekly hours and closed days laid out over the simulated days.

Days are counted from a first day given as proleptic ordinal (``date.toordinal``); moments are int64 milliseconds since
its midnight, every day 24 h.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
Bools = NDArray[np.bool_]

DAY_MS = 86_400_000
WEEK_DAYS = 7
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()

WeekHours = Sequence[Sequence[tuple[int, int]]]
"""Opening hours of the seven weekdays, Monday first: per day spans [start, end) in ms since midnight, any order."""


@dataclass(frozen=True)
class Segments:
    """Segments [start, end), ascending, disjoint, not touching; ``before_ms`` is the opening time before each."""

    start_ms: Int64
    end_ms: Int64
    before_ms: Int64

    @property
    def total_ms(self) -> int:
        """Opening time of all segments."""
        return int(np.sum(self.end_ms - self.start_ms))

    def open_before(self, at_ms: Int64) -> Int64:
        """Opening time before each moment, same shape as ``at_ms``."""
        if self.start_ms.size == 0:
            return np.zeros_like(at_ms)
        segment = np.maximum(np.searchsorted(self.start_ms, at_ms, side="right") - 1, 0)
        length = self.end_ms[segment] - self.start_ms[segment]
        inside: Int64 = np.clip(at_ms - self.start_ms[segment], 0, length)
        return self.before_ms[segment] + inside

    def open_between(self, edges_ms: Int64) -> Int64:
        """Opening time between neighbouring edges (ascending), one element fewer than edges."""
        return np.asarray(np.diff(self.open_before(edges_ms)), np.int64)

    def clipped(self, first_ms: int, end_ms: int) -> Segments:
        """What lies within [first, end), with moments and opening time counted from the first."""
        return merged_segments(
            np.clip(self.start_ms, first_ms, end_ms) - first_ms, np.clip(self.end_ms, first_ms, end_ms) - first_ms
        )


def merged_segments(start_ms: Int64, end_ms: Int64) -> Segments:
    """Segments that cover the spans [start, end), which may come in any order, touch or overlap; empty ones vanish."""
    real = end_ms > start_ms
    order = np.argsort(start_ms[real], kind="stable")
    starts, ends = start_ms[real][order], np.maximum.accumulate(end_ms[real][order])
    first = np.ones(starts.size, dtype=np.bool_)
    first[1:] = starts[1:] > ends[:-1]
    last = np.roll(first, -1)
    starts, ends = starts[first], ends[last]
    lengths = ends - starts
    return Segments(starts, ends, np.cumsum(lengths) - lengths)


def opening_segments(week: WeekHours, first_day: int, closed: Bools) -> Segments:
    """Opening segments over the days of ``closed``, (D,), of which those that are True have no opening hours."""
    weekday = weekdays(first_day, closed.size)
    starts, ends = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for number, spans in enumerate(week):
        midnights = np.flatnonzero((weekday == number) & ~closed) * DAY_MS
        for start, end in spans:
            starts.append(midnights + start)
            ends.append(midnights + end)
    return merged_segments(np.concatenate(starts), np.concatenate(ends))


def spans_of_weekdays(week: WeekHours) -> list[Segments]:
    """Opening hours of the seven weekdays, ms since midnight, Monday first."""
    days = [np.array(day, dtype=np.int64).reshape(-1, 2) for day in week]
    return [merged_segments(day[:, 0], day[:, 1]) for day in days]


def open_ms_per_weekday(week: WeekHours) -> Int64:
    """Opening time of the seven weekdays without holidays, (7,), Monday first."""
    return np.array([spans.total_ms for spans in spans_of_weekdays(week)], dtype=np.int64)


def weekdays(first_day: int, days: int) -> Int64:
    """Weekday of each day, Monday 0, (days,)."""
    return (first_day - 1 + np.arange(days, dtype=np.int64)) % WEEK_DAYS


def months(first_day: int, days: int) -> Int64:
    """Calendar month of each day as months since January 1970, (days,)."""
    as_dates = (first_day - EPOCH_ORDINAL + np.arange(days)).astype("datetime64[D]")
    return as_dates.astype("datetime64[M]").astype(np.int64)


def nearest_alike(wanted: int, known: Int64) -> int:
    """The element of ``known`` nearest to day ``wanted`` with its weekday, else the nearest of all; days as ordinals.

    Of two equally near the earlier. ``known`` must not be empty.
    """
    alike = known[(known - wanted) % WEEK_DAYS == 0]
    candidates = alike if alike.size else known
    return int(candidates[np.argmin(np.abs(candidates - wanted))])
