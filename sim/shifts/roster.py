"""A schedule told person by person: which shifts one works in the week, and when one's breaks are.

The programme counts people by week and breaks by shift and moment. As the windows of a shift's breaks don't overlap,
any of its people may have any of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat

from .layout import Duty
from .programme import WeekSchedule
from .shift import Shift


@dataclass(frozen=True)
class PlannedBreak:
    """A break at its moment."""

    name: str
    start_ms: int
    """From midnight of the shift's day."""
    length_ms: int


@dataclass(frozen=True)
class PlannedShift:
    """A shift of one person."""

    day: int
    """Weekday, Monday 0."""
    shift: Shift
    breaks: tuple[PlannedBreak, ...]
    """In order of time."""


def roster(schedule: WeekSchedule) -> tuple[tuple[PlannedShift, ...], ...]:
    """The week of every person, in the order of the tours; as many as the schedule has heads."""
    layout = schedule.layout
    breaks = {Duty(*duty): _of_duty(schedule, number) for number, duty in enumerate(layout.duties)}
    return tuple(
        tuple(
            PlannedShift(day, layout.shifts[number], next(breaks[Duty(day, number)]))
            for day, number in enumerate(tour)
            if number is not None
        )
        for people, tour in zip(schedule.people.tolist(), layout.tours, strict=True)
        for _ in range(people)
    )


def _of_duty(schedule: WeekSchedule, duty: int) -> Iterator[tuple[PlannedBreak, ...]]:
    """The breaks of each person on a duty."""
    layout = schedule.layout
    shift = layout.shifts[layout.duties[duty].shift]
    begun: list[list[PlannedBreak]] = [[] for _ in shift.breaks]
    for people, one in zip(schedule.breaks.tolist(), layout.break_starts, strict=True):
        if one.duty == duty:
            given = shift.breaks[one.place]
            begun[one.place] += [PlannedBreak(given.name, one.start_ms, given.length_ms)] * people
    yield from zip(*begun, strict=True) if begun else repeat(())
