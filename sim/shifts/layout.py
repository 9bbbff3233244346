"""Shifts and breaks laid out over a week: which of them cover which piece of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from .rotation import Turns, turns_of
from .shift import DAY_MS, WEEK_DAYS, WEEK_MS, Shift, WeekRules
from .tours import Tour, weekly_tours

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


class Duty(NamedTuple):
    """A shift on a weekday."""

    day: int
    shift: int


class BreakStart(NamedTuple):
    """A break of a duty that begins at a moment."""

    duty: int
    place: int
    """Number of the break in the shift."""
    start_ms: int
    """From midnight of the duty's day."""


@dataclass(frozen=True, eq=False)
class WeekLayout:
    """What people may work in a week, and the pieces of the week in which the same of it covers. P pieces."""

    shifts: tuple[Shift, ...]
    rules: WeekRules
    tours: tuple[Tour, ...]
    duties: tuple[Duty, ...]
    """Those that any tour has, by day and shift."""
    break_starts: tuple[BreakStart, ...]
    """All that may be chosen, by duty, place and time."""
    start_ms: Int64
    """(P,) ascending, from Monday's midnight."""
    end_ms: Int64
    """(P,)."""

    @property
    def length_ms(self) -> Int64:
        """(P,)."""
        return self.end_ms - self.start_ms

    @cached_property
    def turns(self) -> Turns | None:
        """How people go from week to week; None if they keep theirs."""
        return turns_of(self.tours, self.shifts, self.rules) if self.rules.rotation else None

    @cached_property
    def tour_duties(self) -> csr_array:
        """(duties, tours) 1 where the tour has the duty."""
        number = {duty: index for index, duty in enumerate(self.duties)}
        pairs = [
            (number[Duty(day, shift)], column)
            for column, tour in enumerate(self.tours)
            for day, shift in enumerate(tour)
            if shift is not None
        ]
        return _ones(pairs, (len(self.duties), len(self.tours)))

    @cached_property
    def duty_covers(self) -> csr_array:
        """(P, duties) 1 where somebody on the duty is there, breaks or not."""
        return self._covers(
            [(duty.day, self.shifts[duty.shift].start_ms, self.shifts[duty.shift].length_ms) for duty in self.duties]
        )

    @cached_property
    def break_covers(self) -> csr_array:
        """(P, break starts) 1 where that break lasts."""
        return self._covers(
            [
                (
                    self.duties[one.duty].day,
                    one.start_ms,
                    self.shifts[self.duties[one.duty].shift].breaks[one.place].length_ms,
                )
                for one in self.break_starts
            ]
        )

    def at(self, start_ms: Int64, end_ms: Int64, values: Float64) -> Float64:
        """Values of coarser spans of the week, ascending and disjoint, on the layout's pieces, (P,); 0 outside them."""
        span = np.clip(np.searchsorted(start_ms, self.start_ms, side="right") - 1, 0, start_ms.size - 1)
        inside = (start_ms[span] <= self.start_ms) & (self.start_ms < end_ms[span])
        return np.where(inside, values[span], 0.0)

    def _covers(self, spans: Sequence[tuple[int, int, int]]) -> csr_array:
        """(P, spans) 1 where the piece lies in the span: its day, start from that day's midnight, and length."""
        pairs = []
        for column, (day, start_ms, length_ms) in enumerate(spans):
            since = (self.start_ms - day * DAY_MS - start_ms) % WEEK_MS
            pairs += [(int(piece), column) for piece in np.flatnonzero(since < length_ms)]
        return _ones(pairs, (self.start_ms.size, len(spans)))


def lay_out(shifts: Sequence[Shift], rules: WeekRules, start_ms: Int64, end_ms: Int64) -> WeekLayout:
    """Lay shifts out over the spans of the week in which anybody is wanted, (spans,), ascending and disjoint.

    The spans are cut wherever a shift or a break may begin or end. TooManyToursError as ``weekly_tours``.
    """
    tours = weekly_tours(shifts, rules)
    used = {Duty(day, shift) for tour in tours for day, shift in enumerate(tour) if shift is not None}
    duties = tuple(sorted(used))
    break_starts = tuple(
        BreakStart(number, place, at_ms)
        for number, duty in enumerate(duties)
        for place, one in enumerate(shifts[duty.shift].breaks)
        for at_ms in one.starts_ms
    )
    edges = [start_ms, end_ms]
    for duty in duties:
        shift = shifts[duty.shift]
        edges.append(duty.day * DAY_MS + np.array([shift.start_ms, shift.end_ms]))
    for one in break_starts:
        day, shift = duties[one.duty].day, shifts[duties[one.duty].shift]
        edges.append(day * DAY_MS + one.start_ms + np.array([0, shift.breaks[one.place].length_ms]))
    cut = np.unique(np.concatenate(edges) % WEEK_MS)
    cut = np.unique(np.append(cut, [0, WEEK_MS]))
    span = np.searchsorted(start_ms, cut[:-1], side="right") - 1
    inside = (span >= 0) & (cut[:-1] < end_ms[np.maximum(span, 0)])
    return WeekLayout(
        tuple(shifts),
        rules,
        tours,
        duties,
        break_starts,
        cut[:-1][inside].astype(np.int64),
        cut[1:][inside].astype(np.int64),
    )


def works_on(layout: WeekLayout, day: int) -> NDArray[np.bool_]:
    """(tours,) whether the tour has a shift that begins on the weekday."""
    assert 0 <= day < WEEK_DAYS
    return np.array([tour[day] is not None for tour in layout.tours], dtype=np.bool_)


def _ones(pairs: Sequence[tuple[int, int]], shape: tuple[int, int]) -> csr_array:
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return csr_array((np.ones(rows.size), (rows, columns)), shape=shape)
