"""Opening hours as the engines read them (compiled): ``Packed.segments``, [start, end) in order, rows per queue."""

from __future__ import annotations

import numpy as np

from ..common.arrival_times import time_of_day_from
from ..common.compiling import kernel_part
from .contract import DAY_MS
from .packed import BEFORE, END, START

NEVER_MS = np.int64(1) << np.int64(62)


@kernel_part
def segment_at(segments, last, at_ms, hint):
    """First segment of a queue that ends after ``at_ms``, searched from ``hint`` on; ``last`` (one past) if none."""
    segment = hint
    while segment < last and segments[segment, END] <= at_ms:
        segment += 1
    return segment


@kernel_part
def is_open(segments, last, at_ms, segment):
    """Whether the queue is open at ``at_ms``, ``segment`` being ``segment_at`` of it."""
    return segment < last and segments[segment, START] <= at_ms


@kernel_part
def open_clock_ms(segments, first, last, at_ms, hint):
    """Opening time of the queue from the start of the simulation to ``at_ms``; ``hint`` as in ``segment_at``."""
    segment = segment_at(segments, last, at_ms, hint)
    if segment < last:
        return segments[segment, BEFORE] + max(at_ms - segments[segment, START], np.int64(0))
    if last == first:
        return np.int64(0)
    return segments[last - 1, BEFORE] + segments[last - 1, END] - segments[last - 1, START]


@kernel_part
def moment_of_clock(segments, last, clock_ms, hint):
    """First moment at which the queue has been open for ``clock_ms``; NEVER_MS if it never is."""
    segment = hint
    while segment < last:
        start = segments[segment, START]
        if segments[segment, BEFORE] + segments[segment, END] - start >= clock_ms:
            return start + max(clock_ms - segments[segment, BEFORE], np.int64(0))
        segment += 1
    return NEVER_MS


@kernel_part
def next_opening_ms(inp, queue, due_ms, word, hint):
    """When a follow-up due at ``due_ms`` is offered: then if open, else within the next opening.

    In the next opening, at a time drawn by ``word`` from what that day's arrival profile has left from the opening on.
    NEVER_MS if the queue doesn't open again.
    """
    last = inp.queue[queue].last_segment
    segment = segment_at(inp.segments, last, due_ms, hint)
    if segment == last:
        return NEVER_MS
    start = inp.segments[segment, START]
    if start <= due_ms:
        return due_ms
    day = start // DAY_MS
    shape = inp.shape_of[queue, day]
    if shape < 0:
        return start
    lo, hi = inp.shape_rows[shape], inp.shape_rows[shape + 1]
    midnight = day * DAY_MS
    return midnight + time_of_day_from(inp.edge_ms[lo:hi], inp.cumulative[lo:hi], start - midnight, word, inp.tick_ms)
