"""Positions over time: a number, a plan, a curve over the horizon, or heads spread in the shape of the need.

Whatever the kind, positions are there in the team's hours only. Days outside the horizon for which a kind says nothing
repeat the nearest same weekday of the horizon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..common.arrivals_daily import ms_of_day
from ..common.calendar import DAY_MS, WEEK_DAYS, Segments, nearest_alike, weekdays
from ..scenario.tables import PositionPlan
from .compile_days import Days, Window
from .contract import HOUR_MS, Float64, Int64
from .paid_time import NO_EXTRA, ExtraHours

WEEK_MS = WEEK_DAYS * DAY_MS


@dataclass(frozen=True)
class Heads:
    """People on the payroll."""

    count: int
    contract_ms: float
    """Paid time of each on average, a week."""
    full_time_week_ms: int
    """Week of one full-time equivalent."""

    @property
    def fte(self) -> float:
        """Full-time equivalents."""
        return self.count * self.contract_ms / self.full_time_week_ms

    def weeks(self, present: Float64, extra_ms: float | Float64 = 0.0) -> HeadWeeks:
        """What there is of them in weeks in which so much of the paid time is spent on the phones, (weeks,).

        ``extra_ms``, one number or (weeks,), is what each of them adds by overtime: nobody is there twice, so it adds
        none at once.
        """
        week_ms = self.count * self.contract_ms * present + self.count * extra_ms
        return HeadWeeks(np.maximum(self.count * present, 1.0), week_ms)


@dataclass(frozen=True)
class HeadWeeks:
    """Heads week by week, as they can be on the phones."""

    at_once: Float64
    """(weeks,) the most at a time, at least 1: the others' shrinkage falls at that time too.

    A fraction is that share of the time: shrinkage of few people takes one of them off now and then.
    """
    week_ms: Float64
    """(weeks,) time on the phones of them all, if the week had no closed days."""

    def less(self, heads: Float64, contract_ms: float) -> HeadWeeks:
        """Without so many heads' time, (weeks,): they are there, at all times of the week, and not on the phones."""
        at_once, week_ms = self.at_once - heads, self.week_ms - heads * contract_ms
        return HeadWeeks(np.maximum(at_once, 0.0), np.maximum(week_ms, 0.0))


@dataclass(frozen=True)
class Steps:
    """A number of positions from each moment on until the next; none before the first."""

    at_ms: Int64
    """Ascending, ms since the days' first midnight."""
    positions: Int64

    def at(self, moment_ms: Int64) -> Int64:
        """Positions at each moment, same shape."""
        if self.at_ms.size == 0:
            return np.zeros_like(moment_ms)
        step = np.searchsorted(self.at_ms, moment_ms, side="right") - 1
        positions: Int64 = np.where(step < 0, 0, self.positions[np.maximum(step, 0)])
        return positions


@dataclass(frozen=True)
class Pieces:
    """Positions in spans [start, end), ascending, disjoint; none between. Moments since the days' first midnight."""

    start_ms: Int64
    end_ms: Int64
    positions: Int64

    def changes(self, first_ms: int, end_ms: int) -> tuple[Int64, Int64]:
        """Moments within [first, end), counted from the first, when the positions change, and what they are then."""
        inside = (self.end_ms > first_ms) & (self.start_ms < end_ms)
        starts = np.maximum(self.start_ms[inside], first_ms) - first_ms
        ends = np.minimum(self.end_ms[inside], end_ms) - first_ms
        closing = np.ones(starts.size, dtype=np.bool_)
        closing[:-1] = ends[:-1] < starts[1:]
        at = np.concatenate([starts, ends[closing]])
        values = np.concatenate([self.positions[inside], np.zeros(int(closing.sum()), np.int64)])
        order = np.argsort(at, kind="stable")
        at, values = at[order], values[order]
        changed = np.diff(values, prepend=0) != 0
        changed &= at < end_ms - first_ms
        return at[changed], values[changed]

    def at(self, moment_ms: Int64) -> Int64:
        """Positions at each moment, same shape."""
        if self.start_ms.size == 0:
            return np.zeros_like(moment_ms)
        piece = np.maximum(np.searchsorted(self.start_ms, moment_ms, side="right") - 1, 0)
        inside = (self.start_ms[piece] <= moment_ms) & (moment_ms < self.end_ms[piece])
        positions: Int64 = np.where(inside, self.positions[piece], 0)
        return positions

    def mean_between(self, edges_ms: Int64) -> Float64:
        """Mean positions between neighbouring edges."""
        before = np.concatenate([[0], np.cumsum((self.end_ms - self.start_ms) * self.positions)])
        bounds = np.stack([self.start_ms, self.end_ms], axis=1).ravel()
        at_bounds = np.repeat(before, 2)[1:-1]
        integral = np.interp(edges_ms, bounds, at_bounds) if bounds.size else np.zeros(edges_ms.size)
        means: Float64 = np.diff(integral) / np.diff(edges_ms)
        return means


@dataclass(frozen=True)
class PresenceSummary:
    """Heads, FTE and positions of a horizon, which are three things."""

    heads: int | None
    """People on the payroll; None where positions are given as such."""
    fte: float | None
    """Their contract hours over the full-time week; None likewise."""
    paid_hours: float
    """Contract hours over the horizon, holidays and shrinkage included; without heads, the hours of the positions."""
    positions: Float64
    """(I,) mean positions in each interval."""
    peak_positions: int
    extra: ExtraHours = NO_EXTRA
    """Overtime and time off beside the ``paid_hours``."""

    @property
    def mean_positions(self) -> float:
        """Over the intervals in which anybody is scheduled; 0 if nobody ever is."""
        scheduled = self.positions > 0
        return float(self.positions[scheduled].mean()) if scheduled.any() else 0.0


def summary(
    heads: Heads | None,
    pieces: Pieces,
    start_ms: int,
    end_ms: int,
    interval_ms: int,
    extra: ExtraHours = NO_EXTRA,
    there_ms: tuple[int, int] | None = None,
) -> PresenceSummary:
    """Summary of the horizon [start, end), moments since the days' first midnight; heads are paid while there is such
    a team, within ``there_ms`` [first, end), by default all the time."""
    first_ms, last_ms = there_ms or (start_ms, end_ms)
    there = max(min(end_ms, last_ms) - max(start_ms, first_ms), 0)
    positions = pieces.mean_between(np.arange(start_ms, end_ms + 1, interval_ms, dtype=np.int64))
    position_ms = float(positions.sum()) * interval_ms
    inside = (pieces.end_ms > start_ms) & (pieces.start_ms < end_ms)
    paid_ms = position_ms if heads is None else heads.count * heads.contract_ms * there / WEEK_MS
    return PresenceSummary(
        heads=None if heads is None else heads.count,
        fte=None if heads is None else heads.fte,
        paid_hours=paid_ms / HOUR_MS,
        positions=positions,
        peak_positions=int(pieces.positions[inside].max(initial=0)),
        extra=extra,
    )


def total(teams: Sequence[PresenceSummary], pieces: Sequence[Pieces], start_ms: int, end_ms: int) -> PresenceSummary:
    """All teams of a horizon [start, end) together.

    Heads and FTE are None unless every team has them: positions are no heads.
    """
    everybody = together(pieces)
    inside = (everybody.end_ms > start_ms) & (everybody.start_ms < end_ms)
    heads, fte = [team.heads for team in teams], [team.fte for team in teams]
    return PresenceSummary(
        heads=None if None in heads else sum(count for count in heads if count is not None),
        fte=None if None in fte else sum(count for count in fte if count is not None),
        paid_hours=sum(team.paid_hours for team in teams),
        positions=np.sum([team.positions for team in teams], axis=0),
        peak_positions=int(everybody.positions[inside].max(initial=0)),
        extra=ExtraHours(*(sum(hours) for hours in zip(*(team.extra for team in teams), strict=True))),
    )


def together(parts: Sequence[Pieces]) -> Pieces:
    """The positions of all parts added up."""
    edges = np.unique(np.concatenate([edge for part in parts for edge in (part.start_ms, part.end_ms)]))
    positions = sum((part.at(edges[:-1]) for part in parts), np.zeros(max(edges.size - 1, 0), np.int64))
    return Pieces(edges[:-1], edges[1:], positions)


def cut(hours: Segments, at_ms: Int64) -> tuple[Int64, Int64]:
    """The segments cut at the given moments: starts and ends of the pieces."""
    edges = np.unique(np.concatenate([hours.start_ms, hours.end_ms, at_ms]))
    inside = hours.open_between(edges) > 0
    return edges[:-1][inside], edges[1:][inside]


def in_steps(hours: Segments, steps: Steps) -> Pieces:
    """The steps' positions within the hours."""
    start_ms, end_ms = cut(hours, steps.at_ms)
    return Pieces(start_ms, end_ms, steps.at(start_ms))


def constant(positions: int) -> Steps:
    """The same number at all times."""
    return Steps(np.zeros(1, np.int64), np.full(1, positions, np.int64))


def from_plan(plan: PositionPlan, days: Days, horizon: Window) -> Steps:
    """A plan's positions: by weekday on all days, or by date as they are in the horizon and repeated around it."""
    if plan.weekdays is not None:
        at, positions = [], []
        for index, weekday in enumerate(weekdays(days.first_day, days.count)):
            for at_ms, value in ((0, 0), *plan.weekdays[weekday]):
                at.append(index * DAY_MS + at_ms)
                positions.append(value)
        return _last_of_each(np.array(at, dtype=np.int64), np.array(positions, dtype=np.int64))
    rows = plan.dated or ()
    at_ms = np.array([days.index(when.toordinal()) * DAY_MS + ms_of_day(when) for when, _ in rows], dtype=np.int64)
    return repeated(Steps(at_ms, np.array([value for _, value in rows], dtype=np.int64)), days, horizon)


def from_curve(positions: Int64, interval_ms: int, days: Days, horizon: Window) -> Steps:
    """Positions in each interval of the horizon, (I,), repeated around it."""
    start_ms = days.index(horizon.start_day) * DAY_MS
    return repeated(Steps(start_ms + np.arange(positions.size) * interval_ms, positions), days, horizon)


def repeated(steps: Steps, days: Days, horizon: Window) -> Steps:
    """The steps inside the horizon; every other day is like the nearest same weekday of it, else the nearest day."""
    known = horizon.start_day + np.arange(horizon.horizon_days)
    midnights = (known - days.first_day) * DAY_MS
    at_ms = np.unique(np.concatenate([steps.at_ms, midnights]))
    at_ms = at_ms[(at_ms >= midnights[0]) & (at_ms < midnights[-1] + DAY_MS)]
    positions = steps.at(at_ms)
    day_of = days.first_day + at_ms // DAY_MS
    all_at, all_positions = [], []
    for day in range(days.first_day, days.first_day + days.count):
        model = nearest_alike(day, known)
        like = slice(*np.searchsorted(day_of, [model, model + 1]))
        all_at.append(at_ms[like] + (day - model) * DAY_MS)
        all_positions.append(positions[like])
    return Steps(np.concatenate(all_at), np.concatenate(all_positions))


def _last_of_each(at_ms: Int64, positions: Int64) -> Steps:
    """Steps of which, at the same moment, the last one counts."""
    last = np.append(at_ms[1:] != at_ms[:-1], True)
    return Steps(at_ms[last], positions[last])
