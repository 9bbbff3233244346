"""The days that a compiled centre covers: what is simulated, and the whole weeks around it that staff is planned by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import WEEK_DAYS, Segments, WeekHours, opening_segments
from ..scenario.calendar import closed_dates
from ..scenario.centre import CentreScenario
from .warm_up import DRAIN_DAYS


@dataclass(frozen=True)
class Window:
    """Simulated days: warm-up, horizon, and those in which the last contacts find their fate. Days as ordinals."""

    start_day: int
    """First day of the horizon."""
    horizon_days: int
    warm_up_days: int

    @property
    def first_day(self) -> int:
        """Simulated day 0."""
        return self.start_day - self.warm_up_days

    @property
    def days(self) -> int:
        """Simulated days."""
        return self.warm_up_days + self.horizon_days + DRAIN_DAYS


@dataclass(frozen=True)
class Days:
    """Consecutive days from a Monday to a Sunday; moments in them are ms since the first one's midnight."""

    first_day: int
    closed: NDArray[np.bool_]
    """(days,) whether the centre is closed by exception: a public holiday or a day that the file names."""

    @property
    def count(self) -> int:
        """How many days."""
        return self.closed.size

    @property
    def weeks(self) -> int:
        """How many weeks."""
        return self.count // WEEK_DAYS

    def index(self, day: int) -> int:
        """Position of a day given as ordinal."""
        return day - self.first_day

    def between(self, first_day: int, end_day: int) -> NDArray[np.bool_]:
        """(days,) True from ``first_day`` until before ``end_day``."""
        ordinals = self.first_day + np.arange(self.count)
        return (ordinals >= first_day) & (ordinals < end_day)

    def weeks_of(self, first_day: int, end_day: int) -> range:
        """The weeks that hold the days from ``first_day`` until before ``end_day``, 0 the first."""
        return range(self.index(first_day) // WEEK_DAYS, self.index(end_day - 1) // WEEK_DAYS + 1)

    def opening(self, hours: WeekHours) -> Segments:
        """Opening segments by weekly hours, without the closed days."""
        return opening_segments(hours, self.first_day, self.closed)


def united(weeks: Sequence[WeekHours]) -> WeekHours:
    """Weekly hours that are open whenever one of the given is."""
    return [[span for week in weeks for span in week[day]] for day in range(WEEK_DAYS)]


def days_around(scenario: CentreScenario, window: Window) -> Days:
    """The weeks of the window, and one more before, from which load still reaches into its first day."""
    monday = window.first_day - (window.first_day - 1) % WEEK_DAYS - WEEK_DAYS
    last = window.first_day + window.days - 1
    count = -(-(last + 1 - monday) // WEEK_DAYS) * WEEK_DAYS
    dates = closed_dates(scenario.calendar, date.fromordinal(monday), date.fromordinal(monday + count - 1))
    closed = np.zeros(count, dtype=np.bool_)
    closed[[day.toordinal() - monday for day in dates]] = True
    return Days(monday, closed)
