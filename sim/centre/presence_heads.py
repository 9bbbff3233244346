"""Heads spread over the week in the shape of the need.

Square-root staffing: n = L + beta sqrt(L) positions in each interval give, with the same beta, about the same service
in intervals of unequal load L (S. Halfin, W. Whitt, "Heavy-traffic limits for queues with many exponential servers",
Operations Research 29, 1981). Each week has the beta at which its positions use up the time that its heads have.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import WEEK_DAYS, Segments
from .compile_load import OfferedLoad
from .compile_serving import Serving
from .contract import Float64, Int64
from .presence import WEEK_MS, HeadWeeks, Pieces, cut
from .repeats import per

_DIGITS = 9
"""Of the load, in erlangs: so that pieces of the same load stay together whatever the last digits of their sums."""
_BISECTIONS = 90
_LEAST_NEED = 1e-6
"""An interval's load counts as at least this share of the week's highest, so that any time can be spread."""
_GOLDEN = (5.0**0.5 - 1) / 2
_ROUNDING = 1e-9


@dataclass(frozen=True)
class WeekGrid:
    """The team's hours cut at the intervals: pieces in ascending order, (N,), and the week (0 the first) of each."""

    start_ms: Int64
    end_ms: Int64
    week: Int64
    weeks: int

    @property
    def length_ms(self) -> Int64:
        """Length of each piece."""
        return self.end_ms - self.start_ms

    def per_week(self, values: Float64 | Int64) -> Float64:
        """Sums over each week's pieces, (weeks,)."""
        return np.asarray(np.bincount(self.week, values, self.weeks), np.float64)


def week_grid(hours: Segments, interval_ms: int, weeks: int) -> WeekGrid:
    """The hours of so many weeks that begin at moment 0."""
    edges = np.arange(0, weeks * WEEK_MS + 1, interval_ms, dtype=np.int64)
    start_ms, end_ms = cut(hours, edges)
    return WeekGrid(start_ms, end_ms, start_ms // WEEK_MS, weeks)


@dataclass(frozen=True)
class Need:
    """Positions of a team that would be busy in each piece of its grid, (N,), in erlangs."""

    grid: WeekGrid
    erlangs: Float64

    def of_weeks(self, wanted: range) -> Need:
        """Only the pieces of those weeks."""
        grid = self.grid
        inside = (grid.week >= wanted.start) & (grid.week < wanted.stop)
        part = replace(grid, start_ms=grid.start_ms[inside], end_ms=grid.end_ms[inside], week=grid.week[inside])
        return Need(part, self.erlangs[inside])

    def scaled(self, factor: float) -> Need:
        """The need with all volumes times the factor."""
        return Need(self.grid, self.erlangs * factor)


def team_need(grid: WeekGrid, load: OfferedLoad, serving: Serving, team: int, is_email: NDArray[np.bool_]) -> Need:
    """Of each queue that the team serves, its share of the people who do (see ``compile_serving``).

    Calls and chats: of their offered load then. Emails can wait for a quiet moment: of the work that comes in a week,
    evenly over the team's hours for them in it.
    """
    erlangs = np.zeros(grid.week.size)
    week_ms = np.arange(grid.weeks + 1, dtype=np.int64) * WEEK_MS
    of_weeks = serving.shares(team, week_ms[:-1], week_ms[1:])
    for queue, share in serving.shares(team, grid.start_ms, grid.end_ms).items():
        if not is_email[queue]:
            erlangs += share * load.of(queue, grid.start_ms, grid.end_ms)
            continue
        hours = serving.services[queue][team].hours
        work_ms = load.work_ms[queue] * load.contacts_per_day[queue].reshape(grid.weeks, WEEK_DAYS).sum(axis=1)
        there_ms = hours.open_before(grid.end_ms) - hours.open_before(grid.start_ms)
        rate = per(of_weeks[queue] * work_ms, hours.open_between(week_ms))
        erlangs += rate[grid.week] * (there_ms / grid.length_ms)
    return Need(grid, erlangs)


def positions_of_heads(heads: HeadWeeks, need: Need, weeks: range, ordinary_week_ms: int) -> Pieces:
    """The heads' positions in those weeks of the need's days; ``heads`` are those of them, in their order.

    ``ordinary_week_ms`` are the team's hours in a week without closed days: a week that has fewer has as much less of
    their time.
    """
    part = need.of_weeks(weeks)
    grid = part.grid
    shifted = WeekGrid(grid.start_ms, grid.end_ms, grid.week - weeks.start, len(weeks))
    available_ms = heads.week_ms * shifted.per_week(shifted.length_ms) / max(ordinary_week_ms, 1)
    return Pieces(grid.start_ms, grid.end_ms, spread(heads.at_once, available_ms, Need(shifted, part.erlangs)))


def spread(at_once: float | Float64, available_ms: Float64, need: Need) -> Int64:
    """Positions in each piece of the need's grid, (N,): max(1, round(L + beta sqrt(L))), no more than ``at_once``,
    one number or one for each week.

    Of a fraction of a position at once there is one in that part of the pieces, evenly over the week: of two heads with
    a shrinkage of 30 %, 1.4 at once, both may be there in two pieces of five.

    ``available_ms`` (weeks,) is the time on the phones that the heads have in each week; L is the need in erlangs. In
    each week beta is the largest at which the positions fit into that time; pieces that would get their next position
    at the same beta share what is left of it, evenly over the week. Time that doesn't fit stays unused. With too little
    for one position in every piece, those of the highest load get one. Without any load, every piece counts the same.

    So one more head adds positions for its own time, and takes none away from any piece; but where ``at_once`` holds
    back most of a week and rises, more positions may follow at its peaks than the head has time for, and another piece
    loses one.
    """
    grid, load = need.grid, np.round(need.erlangs, _DIGITS)
    highest = np.zeros(grid.weeks)
    np.maximum.at(highest, grid.week, load)
    load = np.maximum(load, _LEAST_NEED * highest[grid.week])
    load[load == 0] = 1.0
    root = np.sqrt(load)
    enough = (available_ms >= grid.per_week(grid.length_ms))[grid.week]
    limit = np.broadcast_to(np.asarray(at_once, np.float64), grid.weeks)
    least, most = np.where(enough, 1, 0), np.where(enough, np.floor(limit[grid.week] + _ROUNDING + _evenly(grid)), 1)

    def positions(beta: Float64) -> Float64:
        return np.asarray(np.clip(np.floor(load + beta[grid.week] * root + 0.5), least, most), np.float64)

    low = np.full(grid.weeks, -root.max(initial=0.0))
    high = (limit + 2) / root.min(initial=1.0)
    for _ in range(_BISECTIONS):
        beta = (low + high) / 2
        fits = grid.per_week(positions(beta) * grid.length_ms) <= available_ms
        low, high = np.where(fits, beta, low), np.where(fits, high, beta)
    base = positions(low)
    left_ms = available_ms - grid.per_week(base * grid.length_ms)
    return (base + _affordable(positions(high) - base, left_ms, grid)).astype(np.int64)


def _affordable(extra: Float64, left_ms: Float64, grid: WeekGrid) -> Float64:
    """Of the extra positions those that fit into what is left of each week, evenly over it."""
    order = np.lexsort((_evenly(grid), grid.week))
    used_ms = np.cumsum((extra * grid.length_ms)[order])
    before_week_ms = np.concatenate([[0.0], used_ms])[np.searchsorted(grid.week, grid.week)]
    fits = np.empty(grid.week.size, dtype=np.bool_)
    fits[order] = used_ms - before_week_ms <= left_ms[grid.week]
    return np.where(fits, extra, 0.0)


def _evenly(grid: WeekGrid) -> Float64:
    """A number from 0 to 1 for each piece, (N,): those in any range of them are its part of the week, spread evenly.

    The fractional parts of the piece's rank in the week times the golden ratio.
    """
    rank = np.arange(grid.week.size) - np.searchsorted(grid.week, grid.week)
    return np.asarray(rank * _GOLDEN % 1.0, np.float64)
