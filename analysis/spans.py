"""Days, weeks and months of the horizon, and tables of counts folded into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from sim.centre.contract import DAY_MS, CompiledCentre, Int64
from sim.common.calendar_spans import calendar_spans

Over = Literal["horizon", "month", "week", "day"]


@dataclass(frozen=True)
class Spans:
    """Consecutive spans of whole days that make up the horizon."""

    labels: tuple[str, ...]
    """"2027-03-01" for a day, "horizon", else as ``CalendarSpan.label``."""
    starts: Int64
    """First day of each, counted from the horizon's first, ascending from 0."""


@dataclass(frozen=True)
class Folding:
    """How a table's rows become one: columns are added, but for those of which the maximum or the last counts."""

    maxima: tuple[int, ...] = ()
    lasts: tuple[int, ...] = ()

    def fold(self, table: Int64, starts: Int64) -> Int64:
        """Table (..., rows, columns) to (..., len(starts), columns); group g is rows starts[g] up to starts[g + 1]."""
        folded: Int64 = np.add.reduceat(table, starts, axis=-2)
        for column in self.maxima:
            folded[..., column] = np.maximum.reduceat(table[..., column], starts, axis=-1)
        last = np.append(starts[1:], table.shape[-2]) - 1
        for column in self.lasts:
            folded[..., column] = table[..., last, column]
        return folded


def first_day(centre: CompiledCentre) -> date:
    """The first day of the horizon."""
    clock = centre.engine.clock
    return date.fromordinal(clock.first_day + clock.horizon_start_ms // DAY_MS)


def intervals_a_day(centre: CompiledCentre) -> int:
    """Intervals of a day."""
    return DAY_MS // centre.engine.clock.interval_ms


def spans(centre: CompiledCentre, over: Over) -> Spans:
    """The horizon cut into days, or into weeks or months by ``calendar_spans``."""
    days = centre.horizon_days
    first = first_day(centre).toordinal()
    if over == "day":
        dates = (date.fromordinal(first + day) for day in range(days))
        return Spans(tuple(day.isoformat() for day in dates), np.arange(days))
    if over == "week":
        weeks = calendar_spans(first, days, over)
        return Spans(tuple(week.label for week in weeks), np.array([week.first_day - first for week in weeks]))
    if over == "month":
        month = centre.interval_period[:: intervals_a_day(centre)]
        return Spans(centre.period_labels, np.searchsorted(month, np.arange(len(centre.period_labels))))
    return Spans(("horizon",), np.zeros(1, dtype=np.int64))
