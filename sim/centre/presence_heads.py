"""Heads spread over the week in the shape of the need.

Square-root staffing: n = L + beta sqrt(L) positions in each interval give, with the same beta, about the same service
in intervals of unequal load L (S. Halfin, W. Whitt, "Heavy-traffic limits for queues with many exponential servers",
Operations Research 29, 1981). Each week has the beta at which its positions use up the time that its heads have.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..common.calendar import Segments
from .contract import Float64, Int64
from .presence import WEEK_MS, HeadWeeks, Pieces, cut

_ALIKE = 0.25
"""Positions: pieces that want more of the next one by less than this are rounded up evenly over the week."""
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
    a shrinkage of 30 %, 1.4 at once, both may be there in two pieces of five. What would get its next position within
    ``_ALIKE`` of the same need gets it evenly over the week, too: a need that grows a little from day to day doesn't
    draw a week's odd position to its end.

    ``available_ms`` (weeks,) is the time on the phones that the heads have in each week; L is the need in erlangs. In
    each week beta is the largest at which the positions fit into that time. Time that doesn't fit stays unused. With
    too little for one position in every piece, those of the highest load get one. Without any load, every piece counts
    the same.

    So one more head adds positions for its own time, and takes none away from any piece; but where ``at_once`` holds
    back most of a week and rises, more positions may follow at its peaks than the head has time for, and another piece
    loses one.
    """
    grid, load = need.grid, need.erlangs
    highest = np.zeros(grid.weeks)
    np.maximum.at(highest, grid.week, load)
    load = np.maximum(load, _LEAST_NEED * highest[grid.week])
    load[load == 0] = 1.0
    root, evenly = np.sqrt(load), _evenly(grid)
    enough = (available_ms >= grid.per_week(grid.length_ms))[grid.week]
    limit = np.broadcast_to(np.asarray(at_once, np.float64), grid.weeks)
    least, most = np.where(enough, 1, 0), np.where(enough, np.floor(limit[grid.week] + _ROUNDING + evenly), 1)
    rounded = load + 0.5 + _ALIKE * (evenly - 0.5)

    def positions(beta: Float64) -> Float64:
        return np.asarray(np.clip(np.floor(rounded + beta[grid.week] * root), least, most), np.float64)

    low = np.full(grid.weeks, -root.max(initial=0.0))
    high = (limit + 2) / root.min(initial=1.0)
    for _ in range(_BISECTIONS):
        beta = (low + high) / 2
        fits = grid.per_week(positions(beta) * grid.length_ms) <= available_ms
        low, high = np.where(fits, beta, low), np.where(fits, high, beta)
    return positions(low).astype(np.int64)


def _evenly(grid: WeekGrid) -> Float64:
    """A number from 0 to 1 for each piece, (N,): those in any range of them are its part of the week, spread evenly.

    The fractional parts of the piece's rank in the week times the golden ratio.
    """
    rank = np.arange(grid.week.size) - np.searchsorted(grid.week, grid.week)
    return np.asarray(rank * _GOLDEN % 1.0, np.float64)
