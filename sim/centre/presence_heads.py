"""Heads spread over the week in the shape of the need.

Square-root staffing: n = L + beta sqrt(L) positions in each interval give, with the same beta, about the same service
in intervals of unequal load L (S. Halfin, W. Whitt, "Heavy-traffic limits for queues with many exponential servers",
Operations Research 29, 1981). Each week has the beta at which its positions use up the time that its heads have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import WEEK_DAYS, Segments
from .compile_load import OfferedLoad
from .contract import Float64, Int64
from .presence import WEEK_MS, cut

_BISECTIONS = 90
_LEAST_NEED = 1e-6
"""An interval's load counts as at least this share of the week's highest, so that any time can be spread."""
_GOLDEN = (5.0**0.5 - 1) / 2


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


def week_grid(hours: Segments, interval_ms: int, weeks: int, wanted: range) -> WeekGrid:
    """The hours of the ``wanted`` ones of ``weeks`` weeks that begin at moment 0."""
    edges = np.arange(wanted.start * WEEK_MS, wanted.stop * WEEK_MS + 1, interval_ms, dtype=np.int64)
    start_ms, end_ms = cut(hours, edges)
    week = start_ms // WEEK_MS
    inside = (week >= wanted.start) & (week < wanted.stop)
    return WeekGrid(start_ms[inside], end_ms[inside], week[inside], weeks)


def need(grid: WeekGrid, load: OfferedLoad, is_email: NDArray[np.bool_]) -> Float64:
    """Positions that would be busy in each piece, (N,), in erlangs.

    Calls: their offered load then. Emails can wait for a quiet moment: the work that comes in a week, evenly over the
    team's hours in it.
    """
    open_ms = grid.per_week(grid.length_ms)
    emails_a_week = load.contacts_per_day[is_email].reshape(-1, grid.weeks, WEEK_DAYS).sum(axis=2)
    email_work_ms = load.work_ms[is_email] @ emails_a_week
    emails = np.divide(email_work_ms, open_ms, out=np.zeros(grid.weeks), where=open_ms > 0)
    erlangs: Float64 = load.mean(grid.start_ms, grid.end_ms)[~is_email].sum(axis=0) + emails[grid.week]
    return erlangs


def spread(at_once: int, available_ms: Float64, grid: WeekGrid, load: Float64) -> Int64:
    """Positions in each piece of the grid, (N,): max(1, round(L + beta sqrt(L))), and no more than ``at_once``.

    ``available_ms`` (weeks,) is the time on the phones that the heads have in each week; ``load`` (N,) the need L in
    erlangs. In each week beta is the largest at which the positions fit into that time; pieces that would get their
    next position at the same beta share what is left of it, evenly over the week. Time that doesn't fit stays unused.
    With too little for one position in every piece, those of the highest load get one. Without any load, every piece
    counts the same.

    So one more head adds positions for its own time, and takes none away from any piece.
    """
    highest = np.zeros(grid.weeks)
    np.maximum.at(highest, grid.week, load)
    load = np.maximum(load, _LEAST_NEED * highest[grid.week])
    load[load == 0] = 1.0
    root = np.sqrt(load)
    enough = (available_ms >= grid.per_week(grid.length_ms))[grid.week]
    least, most = np.where(enough, 1, 0), np.where(enough, at_once, 1)

    def positions(beta: Float64) -> Float64:
        return np.asarray(np.clip(np.floor(load + beta[grid.week] * root + 0.5), least, most), np.float64)

    low = np.full(grid.weeks, -root.max(initial=0.0))
    high = np.full(grid.weeks, (at_once + 1) / root.min(initial=1.0))
    for _ in range(_BISECTIONS):
        beta = (low + high) / 2
        fits = grid.per_week(positions(beta) * grid.length_ms) <= available_ms
        low, high = np.where(fits, beta, low), np.where(fits, high, beta)
    base = positions(low)
    left_ms = available_ms - grid.per_week(base * grid.length_ms)
    return (base + _affordable(positions(high) - base, left_ms, grid)).astype(np.int64)


def _affordable(extra: Float64, left_ms: Float64, grid: WeekGrid) -> Float64:
    """Of the extra positions those that fit into what is left of each week.

    They are taken in the order of the fractional parts of the piece's rank in the week times the golden ratio, which
    spreads any number of them evenly.
    """
    first_of_week = np.searchsorted(grid.week, grid.week)
    rank = np.arange(grid.week.size) - first_of_week
    order = np.lexsort((rank * _GOLDEN % 1.0, grid.week))
    used_ms = np.cumsum((extra * grid.length_ms)[order])
    before_week_ms = np.concatenate([[0.0], used_ms])[first_of_week]
    fits = np.empty(grid.week.size, dtype=np.bool_)
    fits[order] = used_ms - before_week_ms <= left_ms[grid.week]
    return np.where(fits, extra, 0.0)
