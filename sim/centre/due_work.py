"""Work that may wait: how many people it keeps busy if each piece of it is spread evenly until it is due.

An email that comes when a clock of hours shows a, and may take W of them, needs its work at an even rate from a to
a + W. A clock of hours stands still when nobody is there: whatever comes meanwhile begins together when it goes on, so
that a weekend's emails are Monday morning's need. With A(v) the work that has come by v, what must be done by u is

    D(u) = integral over a from -infinity to u of min((u - a) / W, 1) dA(a) = 1 / W x integral of A from u - W to u,

a moving average of the arrivals: it is continuous across weeks and holidays, all work is in it once, and the larger W,
the more even it is.
"""

from __future__ import annotations

import numpy as np

from ..common.calendar import Segments
from .contract import Float64, Int64
from .presence import WEEK_MS

_STEP_MS = 300_000
"""Moments of a week that are tried, and the least time in which work is due."""
_DIGITS = 6
"""Of the need, in erlangs: what is beyond them is the rounding of a year's sums."""


def erlangs_until_due(
    work_ms: Float64, edge_ms: Float64, hours: Segments, within_ms: int, start_ms: Int64, end_ms: Int64
) -> Float64:
    """Mean erlangs within each span [start, end), (spans,), of ``work_ms`` (C,) that comes between the edges (C + 1,).

    ``within_ms`` of the ``hours`` are the time for each piece of work; no work comes before the first edge.
    """
    clock_ms = hours.open_before(edge_ms.astype(np.int64))
    come = np.concatenate([[0.0], np.cumsum(work_ms)])
    integral = np.concatenate([[0.0], np.cumsum((come[1:] + come[:-1]) / 2 * np.diff(clock_ms))])
    goes = np.append(np.diff(clock_ms) > 0, True)
    clock_ms, integral = clock_ms[goes], integral[goes]

    def done(moment_ms: Int64) -> Float64:
        until_ms = hours.open_before(moment_ms)
        ends, begins = np.interp(until_ms, clock_ms, integral), np.interp(until_ms - within_ms, clock_ms, integral)
        return np.asarray((ends - begins) / within_ms, np.float64)

    erlangs = (done(end_ms) - done(start_ms)) / (end_ms - start_ms)
    return np.maximum(np.round(erlangs, _DIGITS), 0.0)


def longest_until_due(hours: Segments, clock: Segments, within_ms: int) -> int:
    """The most of weekly hours between any moment and the last until which a weekly clock has gone ``within_ms``.

    To 5 minutes; at most a week's. So an email that is due when 24 h have elapsed may take 9 h of a team that is there
    for 9 h a day, one due after 4 opening hours as many of a team that is there when the queue is open.
    """
    moments_ms = np.arange(0, 3 * WEEK_MS + 1, _STEP_MS, dtype=np.int64)
    begins = moments_ms < WEEK_MS
    told_ms, there_ms = _running(clock, moments_ms), _running(hours, moments_ms)
    last = np.searchsorted(told_ms, told_ms[begins] + within_ms, side="right") - 1
    longest_ms = int((there_ms[last] - there_ms[begins]).max())
    return max(min(longest_ms, hours.total_ms), _STEP_MS)


def _running(week: Segments, at_ms: Int64) -> Int64:
    """What a clock that goes in these hours of every week shows at each moment."""
    weeks, into_week_ms = np.divmod(at_ms, WEEK_MS)
    return np.asarray(weeks * week.total_ms + week.open_before(into_week_ms), np.int64)
