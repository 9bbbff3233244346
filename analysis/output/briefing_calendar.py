"""What ``check`` tells of a calendar: its hours, and the days on which they lapse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sim.common.calendar_spans import MONTHS
from sim.scenario.calendar import Calendar, public_holidays
from sim.scenario.week import hours_in_words
from sim.scenario.words import listed

from .words import counted

_MOST_DATES = 15
"""Told by date; a year's public holidays as a rule."""


def calendar_lines(calendar: Calendar, first: date, end: date) -> Iterator[str]:
    """Opening hours and closed days from ``first`` to the day before ``end``."""
    yield f"open {hours_in_words(calendar.open)}"
    yield _holidays(calendar, first, end)
    closed = sorted(day for day in set(calendar.closed) if first <= day < end)
    if closed:
        yield f"also closed: {_dates(closed, first, end)}"
    outside = len({day for day in calendar.closed if not first <= day < end})
    if outside:
        yield f"{counted(outside, 'closed day')} outside the horizon"


def _holidays(calendar: Calendar, first: date, end: date) -> str:
    if calendar.country is None:
        return "no holidays"
    place = calendar.country if calendar.subdivision is None else f"{calendar.country}, {calendar.subdivision}"
    found = sorted(day for day in public_holidays(calendar, first, end) if first <= day < end)
    told = _dates(found, first, end) if found else "none in the horizon"
    works = " (open all the same)" if found and calendar.works_on_holidays else ""
    return f"holidays of {place}: {told}{works}"


def _dates(days: list[date], first: date, end: date) -> str:
    """``1 May and 8 May``; with the year where the horizon has several."""
    several = first.year != (end - timedelta(days=1)).year
    told = [f"{day.day} {MONTHS[day.month - 1]}{f' {day.year}' if several else ''}" for day in days[:_MOST_DATES]]
    more = len(days) - len(told)
    return listed([*told, f"{more} more"] if more else told, "and")
