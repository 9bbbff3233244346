"""The dates of a scenario's horizon, as far as a draft tells them."""

from __future__ import annotations

from datetime import date, timedelta

from .calendar import closed_dates
from .centre import CentreScenario
from .draft import has
from .queue import Queue
from .week import WeekHours

MOST_DAYS = 1_830
"""Five years and a few days."""


def horizon_dates(scenario: CentreScenario) -> list[date] | None:
    """All dates of the horizon; None where they can't be told or are too many."""
    if not has(scenario, "start", "horizon"):
        return None
    try:
        days = (scenario.end - scenario.start).days
    except (OverflowError, ValueError):  # beyond the last year that dates have
        return None
    return [scenario.start + timedelta(days=number) for number in range(days)] if days <= MOST_DAYS else None


def queue_hours(scenario: CentreScenario, queue: Queue) -> WeekHours | None:
    """The queue's weekly hours, its own or the calendar's; None where they can't be told."""
    if not has(queue, "open"):
        return None
    if queue.open is not None:
        return queue.open
    return scenario.calendar.open if has(scenario, "calendar") and has(scenario.calendar, "open") else None


def open_dates(scenario: CentreScenario, hours: WeekHours) -> list[date] | None:
    """The dates of the horizon on which these hours open, holidays left out; None where they can't be told."""
    dates = horizon_dates(scenario)
    calendar_fields = ("country", "subdivision", "closed", "works_on_holidays")
    if not dates or not has(scenario, "calendar") or not has(scenario.calendar, *calendar_fields):
        return None
    try:
        closed = closed_dates(scenario.calendar, dates[0], dates[-1])
    except NotImplementedError:  # an unknown country, told by its own rule
        return None
    return [day for day in dates if hours[day.weekday()] and day not in closed]
