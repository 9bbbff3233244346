"""First contacts laid out over the days: from the pattern of an ordinary week, or from volumes by date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from .arrivals_shape import NOTHING, DayShape, WeekPattern, shape_of_pieces
from .calendar import DAY_MS, WEEK_DAYS, Segments, WeekHours, nearest_alike, spans_of_weekdays, weekdays

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class DailyArrivals:
    """Expected contacts of each day, and the shape of each day, shared by days that are alike."""

    expected: Float64
    """(D,)."""
    shape_of: Int64
    """(D,) index into ``shapes``."""
    shapes: tuple[DayShape, ...]

    def by_slot(self, slots: int) -> Float64:
        """Expected contacts in each of the ``slots`` equal parts of each day, (D, slots)."""
        edges = np.linspace(0, DAY_MS, slots + 1)
        share = np.zeros((len(self.shapes), slots))
        for index, shape in enumerate(self.shapes):
            if not shape.is_empty:
                share[index] = np.diff(np.interp(edges, shape.edge_ms, shape.cumulative))
        by_day: Float64 = self.expected[:, np.newaxis] * share[self.shape_of]
        return by_day

    def scaled(self, factor: Float64 | float) -> DailyArrivals:
        """The same times of day with other volumes; a factor for all days or one a day."""
        return DailyArrivals(self.expected * factor, self.shape_of, self.shapes)


def from_week(pattern: WeekPattern, per_week: float, first_day: int, closed: Bools) -> DailyArrivals:
    """``per_week`` contacts in an ordinary week, laid out over the days of ``closed``, (D,), True where closed."""
    kind = np.where(closed, WEEK_DAYS, weekdays(first_day, closed.size))
    share = np.append(pattern.share, pattern.closed_share)
    return DailyArrivals(per_week * share[kind], kind, (*pattern.shape, pattern.closed_shape))


@dataclass(frozen=True)
class DatedVolumes:
    """Contacts by date: one row per day that is listed, one column per interval of the day."""

    day: Int64
    """(N,) ordinals, ascending."""
    volume: Float64
    """(N, slots); NaN where nothing is given."""

    @classmethod
    def from_rows(cls, rows: Sequence[tuple[datetime, float]], interval_ms: int) -> DatedVolumes:
        """From (start of an interval of the day, contacts)."""
        days = np.array([start.toordinal() for start, _ in rows], dtype=np.int64)
        at_ms = np.array([ms_of_day(start) for start, _ in rows], dtype=np.int64)
        listed, row = np.unique(days, return_inverse=True)
        volume = np.full((listed.size, DAY_MS // interval_ms), np.nan)
        volume[row, at_ms // interval_ms] = [contacts for _, contacts in rows]
        return cls(listed, volume)

    @property
    def edge_ms(self) -> Int64:
        """Bounds of the day's intervals, ms since midnight."""
        slots = self.volume.shape[1]
        edges: Int64 = np.arange(slots + 1, dtype=np.int64) * (DAY_MS // slots)
        return edges


def ms_of_day(moment: datetime) -> int:
    """Milliseconds since midnight, whole."""
    return (moment - datetime.combine(moment.date(), time())) // timedelta(milliseconds=1)


def from_dates(
    dated: DatedVolumes, hours: WeekHours, first_day: int, closed: Bools, required: Bools, *, only_when_open: bool
) -> DailyArrivals:
    """Volumes by date over the days of ``closed``, (D,), of which those ``required`` are listed while they are open.

    Another day that isn't listed with all its opening hours repeats the nearest same weekday that is (and has
    contacts), a day without such a weekday the nearest day; closed days repeat nothing. With ``only_when_open`` (calls)
    nothing arrives outside the opening hours. ValueError, in words for a planner, if calls on a required day come while
    the queue is closed.
    """
    spans = spans_of_weekdays(hours)
    weekday = weekdays(first_day, closed.size)
    open_slots = np.array([span.open_between(dated.edge_ms) > 0 for span in spans])
    if only_when_open:
        _refuse_strays(dated, first_day, open_slots[weekday] & ~closed[:, np.newaxis], required)
    expected, shape_of, shapes = np.zeros(closed.size), np.zeros(closed.size, np.int64), [NOTHING]
    known: dict[tuple[int, int], int] = {}
    for index, row in enumerate(_source_rows(dated, first_day, open_slots, closed, required)):
        if row < 0 or (closed[index] and only_when_open):
            continue
        key = (int(row), int(weekday[index]))
        contacts = np.nan_to_num(dated.volume[row])
        if only_when_open:
            contacts = np.where(open_slots[key[1]], contacts, 0.0)
        expected[index] = contacts.sum()
        if key not in known:
            known[key] = len(shapes)
            shapes.append(_shape(dated.edge_ms, contacts, spans[key[1]] if only_when_open else None))
        shape_of[index] = known[key]
    return DailyArrivals(expected, shape_of, tuple(shapes))


def _shape(edge_ms: Int64, contacts: Float64, spans: Segments | None) -> DayShape:
    """Even within the intervals, or within their open part."""
    if spans is None:
        return shape_of_pieces(edge_ms, contacts)
    open_ms = np.maximum(spans.open_between(edge_ms), 1)
    return shape_of_pieces(edge_ms, contacts / open_ms * np.diff(edge_ms)).within(spans)


def _source_rows(dated: DatedVolumes, first_day: int, open_slots: Bools, closed: Bools, required: Bools) -> Int64:
    """Row of ``dated`` from which each day takes its contacts, (D,); -1 for none."""
    gaps = open_slots[(dated.day - 1) % WEEK_DAYS] & np.isnan(dated.volume)
    complete = np.logical_not(gaps.any(axis=1))
    models = dated.day[complete & (np.nansum(dated.volume, axis=1) > 0)]
    row_of = {int(day): row for row, day in enumerate(dated.day)}
    rows = np.full(closed.size, -1, dtype=np.int64)
    for index in range(closed.size):
        day = first_day + index
        own = row_of.get(day, -1)
        if own >= 0 and (complete[own] or closed[index] or required[index]):
            rows[index] = own
        elif not required[index] and not closed[index] and models.size:
            model = nearest_alike(day, models)
            if (model - day) % WEEK_DAYS == 0 or open_slots[(day - 1) % WEEK_DAYS].any():
                rows[index] = row_of[model]
    return rows


def _refuse_strays(dated: DatedVolumes, first_day: int, open_slots: Bools, required: Bools) -> None:
    """ValueError for contacts of required days outside the open intervals, (D, slots)."""
    given = np.zeros(open_slots.shape)
    inside = (dated.day >= first_day) & (dated.day < first_day + required.size)
    given[dated.day[inside] - first_day] = np.nan_to_num(dated.volume[inside])
    stray = np.argwhere(~open_slots & (given > 0) & required[:, np.newaxis])
    if stray.size:
        index, slot = (int(n) for n in stray[0])
        start = datetime.fromordinal(first_day + index) + timedelta(days=slot / open_slots.shape[1])
        more = f" (and {len(stray) - 1} more times)" if len(stray) > 1 else ""
        raise ValueError(f"there are calls at {start:%Y-%m-%d %H:%M}{more}, when the queue is closed")
