"""Positions of heads who work shifts: month by month the weeks that leave the least waiting, less shrinkage.

Each calendar month has one schedule, for the mean need of its days by weekday and time. What a person more is worth in
a piece of the week is the waiting that it spares: of a load of L erlangs with L + beta sqrt(L) positions the share that
waits is about 1 / (1 + beta Phi(beta) / phi(beta)) (S. Halfin, W. Whitt, "Heavy-traffic limits for queues with many
exponential servers", Operations Research 29, 1981); below L it goes on as it falls there. So the shifts make for the
same beta in all intervals as far as they can, and where they can't, for the least that is lost by it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from ..common.calendar import DAY_MS, WEEK_DAYS
from ..common.calendar_spans import CalendarSpan, calendar_spans
from ..scenario.shift_weeks import shifts_of, week_rules
from ..scenario.week import WeekHours
from ..shifts.layout import WeekLayout, lay_out
from ..shifts.programme import WeekSchedule, best_fit
from ..shifts.shift import Shift, WeekRules
from .compile_days import Days, Window
from .compile_serving import TeamHours
from .contract import Float64, Int64
from .presence import WEEK_MS, Pieces
from .presence_heads import Need

_BETAS = (*(step / 8 for step in range(17)), 2.5, 3.0, 4.0, 6.0, 10.0)
"""Between them the share that waits is taken to fall in straight lines."""
_AT_ZERO = np.sqrt(np.pi / 2)
"""How fast the share that waits falls with beta at 0."""
_SOMEBODY = 4.0
"""The first person of a piece is worth so many times load and root of it of the week's busiest piece of that length."""
_LEAST_NEED = 1e-3
"""A piece's load counts as at least this share of the week's highest, so that nobody is wasted where there is none."""
_GOLDEN = (5.0**0.5 - 1) / 2
_ROUNDING = 1e-9
_DIGITS = 12
_KEPT = 256


@dataclass(frozen=True)
class ShiftMonth:
    """A calendar month's schedule."""

    label: str
    first_day: int
    """Ordinal; days before the first month have its schedule, too."""
    days: int
    """Of the horizon in it."""
    schedule: WeekSchedule
    need: Float64
    """(P,) erlangs in the schedule's pieces, mean of the month's open days."""
    present: float
    """Share of the people who are there, by shrinkage."""


@dataclass(frozen=True)
class ShiftTeam:
    """A team whose heads work shifts, over days of which a part is the scenario's ``whole`` horizon."""

    hours: TeamHours
    week: WeekHours
    """Its hours as the scenario has them."""
    interval_ms: int
    days: Days
    present: Float64
    """(days,) share of the people that shrinkage leaves."""
    whole: Window

    @property
    def layout(self) -> WeekLayout:
        """What its people may work, on the intervals of a week without closed days."""
        return _layout(self._templates)

    @property
    def week_spans(self) -> tuple[tuple[int, int], ...]:
        """Its weekly hours from Monday's midnight on, and those of the next Monday, into which a night may reach."""
        days = [*self.week, self.week[0]]
        return tuple(
            (day * DAY_MS + start, day * DAY_MS + end) for day, of_day in enumerate(days) for start, end in of_day
        )

    def months(self, heads: int, need: Need, first_day: int, end_day: int) -> tuple[ShiftMonth, ...]:
        """A schedule for each month, as ``calendar_spans`` cuts the whole horizon, of the days from ``first_day`` until
        before ``end_day`` (ordinals). Days before the first month are like it, those after the last like that."""
        spans = calendar_spans(self.whole.start_day, self.whole.horizon_days, "month")
        begin = [span.first_day for span in spans]
        first, last = (max(bisect_right(begin, day) - 1, 0) for day in (first_day, end_day - 1))
        return tuple(self._month(span, heads, need) for span in spans[first : last + 1])

    def _month(self, span: CalendarSpan, heads: int, need: Need) -> ShiftMonth:
        first = self.days.index(span.first_day)
        of_month = _mean_week(need, self.layout, self.days, range(first, first + span.days))
        share = float(np.round(self.present[first : first + span.days].mean(), _DIGITS))
        schedule = _fitted(self._templates, heads, share, of_month.tobytes())
        return ShiftMonth(span.label, span.first_day, span.days, schedule, of_month, share)

    def positions(self, months: Sequence[ShiftMonth], on_the_phones: Float64, weeks: range) -> Pieces:
        """Positions in those weeks of the days, in the team's hours.

        ``on_the_phones`` (days,) is the share of the schedule's people who are there each day: what shrinkage leaves,
        more or fewer where people come and go. Of a fraction of a position there is one in that part of the pieces,
        evenly over them.
        """
        start_ms, end_ms, positions = [], [], []
        firsts = np.array([month.first_day for month in months])
        for day in range(weeks.start * WEEK_DAYS, weeks.stop * WEEK_DAYS):
            place = int(np.searchsorted(firsts, self.days.first_day + day, side="right")) - 1
            schedule = months[max(place, 0)].schedule
            layout, week_ms = schedule.layout, day // WEEK_DAYS * WEEK_MS
            (pieces,) = np.nonzero(layout.start_ms // DAY_MS == day % WEEK_DAYS)
            evenly = (day // WEEK_DAYS * layout.start_ms.size + pieces) * _GOLDEN % 1.0
            start_ms.append(week_ms + layout.start_ms[pieces])
            end_ms.append(week_ms + layout.end_ms[pieces])
            there = schedule.on_duty[pieces] * on_the_phones[day]
            positions.append(np.floor(there + _ROUNDING + evenly).astype(np.int64))
        starts, ends, hours = np.concatenate(start_ms), np.concatenate(end_ms), self.hours.hours
        inside = hours.open_before(ends) > hours.open_before(starts)
        return Pieces(starts[inside], ends[inside], np.concatenate(positions)[inside])

    @property
    def _templates(self) -> _Templates:
        edges = _week_edges(self.week, self.interval_ms)
        return _Templates(shifts_of(self.hours.team, self.week), week_rules(self.hours.team), edges.tobytes())


class _Templates(NamedTuple):
    """What a layout is made of, so that it is made once."""

    shifts: tuple[Shift, ...]
    rules: WeekRules
    edges: bytes
    """Starts and ends of the pieces of the week in which the team is there, (2, N)."""


def _week_edges(week: WeekHours, interval_ms: int) -> Int64:
    """Starts and ends of the intervals, cut at the hours, of a week without closed days, (2, N)."""
    pieces = [
        (max(begin, opens), min(begin + interval_ms, closes))
        for day, spans in enumerate(week)
        for opens, closes in ((day * DAY_MS + a, day * DAY_MS + b) for a, b in spans)
        for begin in range(opens - opens % interval_ms, closes, interval_ms)
    ]
    return np.array(pieces, dtype=np.int64).T.copy()


@lru_cache(maxsize=_KEPT)
def _layout(templates: _Templates) -> WeekLayout:
    start_ms, end_ms = np.frombuffer(templates.edges, dtype=np.int64).reshape(2, -1)
    return lay_out(templates.shifts, templates.rules, start_ms, end_ms)


@lru_cache(maxsize=_KEPT)
def _fitted(templates: _Templates, heads: int, present: float, erlangs: bytes) -> WeekSchedule:
    layout = _layout(templates)
    return best_fit(layout, heads, worth(layout, np.frombuffer(erlangs), present, heads))


def worth(layout: WeekLayout, erlangs: Float64, present: float, heads: int) -> list[tuple[Float64, Float64]]:
    """What people on duty are worth in each piece, (P,), as ``best_fit`` takes it; ``present`` of them are there.

    In erlang-hours that needn't wait, exact at some whole numbers of people, up to ``heads``, and linear between them.
    """
    highest = float(erlangs.max(initial=0.0))
    load = np.maximum(erlangs, _LEAST_NEED * highest) if highest else np.ones(erlangs.size)
    root, time = np.sqrt(load), layout.length_ms / 3_600_000
    busiest = float((load * root).max(initial=1.0))
    enough = (load[:, np.newaxis] + np.array(_BETAS) * root[:, np.newaxis]) / present
    people = np.concatenate(
        [np.zeros((load.size, 1)), np.ones((load.size, 1)), np.floor(enough[:, :1]), enough], axis=1
    )
    people = np.sort(np.minimum(np.ceil(people), heads), axis=1)
    there = people * present
    beta = np.maximum((there - load[:, np.newaxis]) / root[:, np.newaxis], 0.0)
    spared = _AT_ZERO * root[:, np.newaxis] * np.minimum(there, load[:, np.newaxis])
    spared += load[:, np.newaxis] * (1 - _waiting(beta)) + _SOMEBODY * busiest * np.minimum(people, 1.0)
    value = spared * time[:, np.newaxis]
    return list(zip(np.diff(people, axis=1).T, np.diff(value, axis=1).T, strict=True))


def _waiting(beta: Float64) -> Float64:
    """Share that waits with that much more than the load (Halfin and Whitt), at 0 or more."""
    density = np.exp(-(beta**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(1 / (1 + beta * ndtr(beta) / density), np.float64)


def _mean_week(need: Need, layout: WeekLayout, days: Days, wanted: range) -> Float64:
    """Mean need in the layout's pieces over those of the wanted days (places) on which the team is there, (P,)."""
    grid = need.grid
    bounds = np.stack([grid.start_ms, grid.end_ms], axis=1).ravel()
    before = np.concatenate([[0.0], np.cumsum(need.erlangs * grid.length_ms)])
    integral = np.repeat(before, 2)[1:-1]
    total, times = np.zeros(layout.start_ms.size), np.zeros(layout.start_ms.size)
    open_days = set(np.unique(grid.start_ms // DAY_MS).tolist())
    for day in sorted(open_days.intersection(wanted)):
        (pieces,) = np.nonzero(layout.start_ms // DAY_MS == day % WEEK_DAYS)
        spans = [day // WEEK_DAYS * WEEK_MS + edge[pieces] for edge in (layout.start_ms, layout.end_ms)]
        low, high = (np.interp(at_ms, bounds, integral) for at_ms in spans)
        total[pieces] += (high - low) / (spans[1] - spans[0])
        times[pieces] += 1
    return total / np.maximum(times, 1)
