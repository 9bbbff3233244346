"""The dates and hours of a scenario, as far as a draft tells them."""

from __future__ import annotations

from datetime import date, timedelta

from .base import ScenarioModel
from .calendar import Calendar, closed_dates
from .centre import CentreScenario
from .draft import has, known
from .queue import Queue
from .team import Team
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


def known_calendar(scenario: CentreScenario, part: Queue | Team) -> Calendar | None:
    """The calendar of a queue or team; None where it can't be told."""
    if not has(scenario, "sites") or not has(part, "site"):
        return None
    holder: ScenarioModel | None = scenario
    if scenario.sites is not None:
        only = next(iter(scenario.sites)) if len(scenario.sites) == 1 else None
        holder = scenario.sites.get(part.site or only or "")
    calendar: Calendar | None = known(holder, "calendar") if holder is not None else None
    return calendar


def queue_hours(scenario: CentreScenario, queue: Queue) -> WeekHours | None:
    """The queue's weekly hours, its own or its calendar's; None where they can't be told."""
    if not has(queue, "open"):
        return None
    if queue.open is not None:
        return queue.open
    calendar = known_calendar(scenario, queue)
    return known(calendar, "open") if calendar is not None else None


def open_dates(scenario: CentreScenario, queue: Queue) -> list[date] | None:
    """The dates of the horizon on which the queue opens, holidays left out; None where they can't be told."""
    dates, hours, calendar = horizon_dates(scenario), queue_hours(scenario, queue), known_calendar(scenario, queue)
    if not dates or hours is None or calendar is None:
        return None
    if not has(calendar, "country", "subdivision", "closed", "works_on_holidays"):
        return None
    try:
        closed = closed_dates(calendar, dates[0], dates[-1])
    except NotImplementedError:  # an unknown country, told by its own rule
        return None
    return [day for day in dates if hours[day.weekday()] and day not in closed]
