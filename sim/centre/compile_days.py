"""The days that a compiled centre covers: what is simulated, and the whole weeks around it that staff is planned by.

All sites go by one civil clock: their countries are taken to share a time zone, as those of Central European Time do.
Every site has its own holidays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import WEEK_DAYS, Segments, WeekHours, merged_segments, opening_segments
from ..scenario.calendar import Calendar, closed_dates
from ..scenario.centre import CentreScenario
from ..scenario.queue import Queue
from ..scenario.team import Team
from .warm_up import DRAIN_DAYS

MONDAY = 1
"""Ordinal of a Monday."""


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
    count: int
    closed: Mapping[str | None, NDArray[np.bool_]]
    """By site (None without sites), (days,): whether it is closed by exception, on a public holiday or a day that the
    file names."""

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

    def opening(self, hours: WeekHours, site: str | None) -> Segments:
        """Opening segments by weekly hours, without the site's closed days."""
        return opening_segments(hours, self.first_day, self.closed[site])

    def always(self, hours: WeekHours) -> Segments:
        """Segments by weekly hours, holidays or not."""
        return opening_segments(hours, self.first_day, np.zeros(self.count, np.bool_))


def days_around(scenario: CentreScenario, window: Window) -> Days:
    """The weeks of the window, and one more before, from which load still reaches into its first day."""
    monday = window.first_day - (window.first_day - MONDAY) % WEEK_DAYS - WEEK_DAYS
    last = window.first_day + window.days - 1
    count = -(-(last + 1 - monday) // WEEK_DAYS) * WEEK_DAYS
    parts: list[Queue | Team] = [*scenario.queues.values(), *scenario.teams.values()]
    calendars = {scenario.site_of(part): scenario.calendar_of(part) for part in parts}
    return Days(monday, count, {site: closed_days(calendar, monday, count) for site, calendar in calendars.items()})


def closed_days(calendar: Calendar, first_day: int, count: int) -> NDArray[np.bool_]:
    """Whether the calendar is closed by exception on each day from ``first_day`` (ordinal) on, (count,)."""
    dates = closed_dates(calendar, date.fromordinal(first_day), date.fromordinal(first_day + count - 1))
    closed = np.zeros(count, dtype=np.bool_)
    closed[[day.toordinal() - first_day for day in dates]] = True
    return closed


def ordinary_week(hours: WeekHours) -> Segments:
    """Weekly hours as segments of one week without closed days."""
    return opening_segments(hours, MONDAY, np.zeros(WEEK_DAYS, np.bool_))


def common(one: Segments, other: Segments) -> Segments:
    """What lies in both."""
    edges = np.unique(np.concatenate([one.start_ms, one.end_ms, other.start_ms, other.end_ms]))
    both = (one.open_between(edges) > 0) & (other.open_between(edges) > 0)
    return merged_segments(edges[:-1][both], edges[1:][both])


def joined(parts: Sequence[Segments]) -> Segments:
    """What lies in any of at least one."""
    return merged_segments(
        np.concatenate([part.start_ms for part in parts]), np.concatenate([part.end_ms for part in parts])
    )
