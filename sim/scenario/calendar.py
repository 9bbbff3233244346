"""When the centre is open: weekly hours, public holidays, extra closed days."""

from __future__ import annotations

from datetime import date

from .base import ScenarioModel
from .parse import HOUR_MS
from .quantities import Day, Flag, Text
from .week import OpeningHours

DEFAULT_OPEN = (((9 * HOUR_MS, 17 * HOUR_MS),),) * 5 + ((),) * 2
"""Monday to Friday, 09:00-17:00; an assumption that ``check`` tells."""


class Calendar(ScenarioModel):
    """Opening hours of the centre; a queue may have its own."""

    country: Text | None = None
    """Country whose public holidays close the centre, as an ISO code such as FR."""
    subdivision: Text | None = None
    """State or region with holidays of its own, such as BY."""
    open: OpeningHours = DEFAULT_OPEN
    """Opening hours by day; default mon-fri 09:00-17:00."""
    closed: tuple[Day, ...] = ()
    """Further days on which the centre is closed."""
    works_on_holidays: Flag = False
    """Open on public holidays all the same."""


def closed_dates(calendar: Calendar, first: date, last: date) -> frozenset[date]:
    """The dates from ``first`` to ``last``, both included, on which the centre is closed whatever the weekday.

    Raises NotImplementedError where the country or subdivision is unknown; a scenario's own are known.
    """
    closed = {day for day in calendar.closed if first <= day <= last}
    if calendar.country is not None and not calendar.works_on_holidays:
        closed |= {day for day in public_holidays(calendar, first, last) if first <= day <= last}
    return frozenset(closed)


def public_holidays(calendar: Calendar, first: date, last: date) -> frozenset[date]:
    """Public holidays of the calendar's country in the years from ``first`` to ``last``; none without a country."""
    if calendar.country is None:
        return frozenset()
    from holidays import country_holidays

    years = range(first.year, last.year + 1)
    return frozenset(country_holidays(calendar.country, subdiv=calendar.subdivision, years=years))
