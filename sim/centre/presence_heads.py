"""Heads spread over the week in the shape of the need.

Square-root staffing: n_i = L_i + beta sqrt(L_i) positions in interval i give, with the same beta, about the same service
in intervals of unequal load L_i (S. Halfin, W. Whitt, "Heavy-traffic limits for queues with many exponential servers",
Operations Research 29, 1981). Each week has the beta at which its positions use up the hours that its heads have.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import DAY_MS, WEEK_DAYS, Segments
from .compile_days import Days
from .compile_load import OfferedLoad
from .contract import Float64, Int64
from .presence import WEEK_MS, Heads, Pieces, cut

_BISECTIONS = 90
_LEAST_NEED = 1e-6
"""An interval's load is at least this share of the week's highest, so that any hours can be spread."""
_GOLDEN = (np.sqrt(5.0) - 1) / 2


def spread_heads(heads: Heads, hours_ms: Float64, week: Int64, length_ms: Int64, need: Float64) -> Int64:
    """Positions in each piece of the team's hours, (N,): max(1, round(L + beta sqrt(L))), at most the heads.

    ``hours_ms`` (W,) is the time on the phones that the heads have in each week, ``week`` (N,) the week of each piece
    (ascending), ``need`` (N,) its load L in erlangs. In each week beta is the largest at which the positions fit into the
    hours; pieces that would get their next position at that same beta share what is left, evenly over the week. If there
    aren't hours enough for one position in every piece, those of the highest load get one.

    One head more therefore adds its hours' worth of positions and takes none away.
    """
    weeks = hours_ms.size

    def per_week(values: Float64 | Int64) -> Float64:
        return np.bincount(week, values, weeks)

    highest = np.zeros(weeks)
    np.maximum.at(highest, week, need)
    load = np.maximum(need, _LEAST_NEED * highest[week])
    load[load == 0] = 1.0
    root = np.sqrt(load)
    enough = (hours_ms >= per_week(length_ms))[week]
    least, most = np.where(enough, 1, 0), np.where(enough, heads.count, 1)

    def positions(beta: Float64) -> Float64:
        return np.clip(np.floor(load + beta[week] * root + 0.5), least, most)

    low, high = np.full(weeks, -root.max(initial=0.0)), np.full(weeks, (heads.count + 1) / root.min(initial=1.0))
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        fits = per_week(positions(middle) * length_ms) <= hours_ms
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    base, next_up = positions(low), positions(high)
    left = hours_ms - per_week(base * length_ms)
    return (base + _affordable(next_up - base, left, week, length_ms)).astype(np.int64)


def _affordable(extra: Float64, left_ms: Float64, week: Int64, length_ms: Int64) -> Float64:
    """Of the extra positions those that fit into what is left of each week.

    They are taken in an order that spreads any number of them evenly over the week: by the fractional part of the
    piece's rank times the golden ratio.
    """
    rank = np.arange(week.size) - np.searchsorted(week, week)
    order = np.lexsort((rank * _GOLDEN % 1.0, week))
    used = np.cumsum((extra * length_ms)[order])
    before_week = np.concatenate([[0.0], used])[np.searchsorted(week, week)]
    taken = np.empty(week.size, dtype=np.bool_)
    taken[order] = used - before_week <= left_ms[week]
    return np.where(taken, extra, 0.0)


def heads_pieces(
    heads: Heads, days: Days, hours: Segments, ordinary_week_ms: int, interval_ms: int, load: OfferedLoad, is_email: NDArray[np.bool_]
) -> Pieces:
    """Positions of the heads in every interval of the team's hours.

    A week's time on the phones is that of an ordinary week, times the team's hours in it over ``ordinary_week_ms``, its
    hours without holidays: holidays are paid, and nobody works longer for them. The need is the calls' load in the
    interval, and the week's email work evenly over the team's hours: emails can wait for a quiet moment.
    """
    start_ms, end_ms = cut(hours, np.arange(0, days.count * DAY_MS + 1, interval_ms, dtype=np.int64))
    week = start_ms // WEEK_MS
    length_ms = end_ms - start_ms
    open_ms = np.bincount(week, length_ms, days.weeks)
    email_work_ms = load.work_ms[is_email] @ load.contacts_per_day[is_email].reshape(-1, days.weeks, WEEK_DAYS).sum(axis=2)
    emails = np.divide(email_work_ms, open_ms, out=np.zeros(days.weeks), where=open_ms > 0)
    need = load.mean(start_ms, end_ms)[~is_email].sum(axis=0) + emails[week]
    hours_ms = heads.week_ms * open_ms / max(ordinary_week_ms, 1)
    return Pieces(start_ms, end_ms, spread_heads(heads, hours_ms, week, length_ms, need))
