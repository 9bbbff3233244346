"""Contacts that never come, though the file has a queue, a day or a date for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from .base import Finding, Loc
from .calendar import Calendar
from .centre import CentreScenario
from .dates import open_dates
from .draft import gives
from .repeats import stated_week, weekly_flows
from .week import WEEKDAYS, hours_in_words
from .words import listed

_FAR = timedelta(days=366)
"""Days after the horizon that a file which is simulated in part may well tell of."""


def volume_doubts(scenario: CentreScenario) -> Iterator[Finding]:
    """The doubts, placed from the scenario's root."""
    yield from _never_open(scenario)
    yield from _empty(scenario)
    yield from _days(scenario)
    yield from _long_ago(scenario)
    if scenario.sites is None:
        yield from _closed(scenario, scenario.calendar, ("calendar",))
    for name, site in (scenario.sites or {}).items():
        yield from _closed(scenario, site.calendar, ("sites", name, "calendar"))


def _never_open(scenario: CentreScenario) -> Iterator[Finding]:
    """Queues that open in an ordinary week, but not within the horizon."""
    for name, queue in scenario.queues.items():
        if open_dates(scenario, queue) == []:
            place = ("queues", name) if queue.open is None else ("queues", name, "open")
            opens = hours_in_words(scenario.opening_hours(name))
            then = "its emails wait until it is over" if queue.is_email else "there are no figures of it"
            told = f"is closed through the whole horizon (it opens {opens}), so {then}"
            yield Finding(place, f"{told}; check start, horizon, hours and closed days")


def _empty(scenario: CentreScenario) -> Iterator[Finding]:
    """Queues to which nobody comes; what late emails bring isn't known."""
    flows = weekly_flows(scenario)
    late = {queue.late_to_call.to for queue in scenario.queues.values() if queue.late_to_call is not None}
    for name, queue in scenario.queues.items():
        if flows[name].arriving or name in late:
            continue
        place = ("queues", name, "arrivals") if gives(queue, "arrivals") else ("queues", name)
        if stated_week(scenario, name) == 0 and not queue.backlog:
            targets = "; no day can be judged by all targets then" if queue.targets.promised else ""
            yield Finding(place, f"brings no contacts: its volume is 0, and no other queue sends it any{targets}")


def _days(scenario: CentreScenario) -> Iterator[Finding]:
    """Open weekdays without a weight."""
    for name, queue in scenario.queues.items():
        weights, hours = queue.arrivals.days, scenario.opening_hours(name)
        if weights is None or queue.is_email:
            continue
        without = [day for day, weight, spans in zip(WEEKDAYS, weights, hours, strict=True) if spans and not weight]
        if without:
            told = f"give {listed(without, 'and')} no weight, so nobody comes then, and the queue is open"
            yield Finding(("queues", name, "arrivals", "days"), told)


def _long_ago(scenario: CentreScenario) -> Iterator[Finding]:
    """Events that are over before the scenario starts, or come years after it: a slip in the year is likely."""
    first, last = scenario.start, scenario.end + _FAR
    for name, queue in scenario.queues.items():
        for number, event in enumerate(queue.arrivals.events):
            over = event.last_day + timedelta(milliseconds=event.decay)
            if over < first or event.first_day > last:
                told = (
                    f"changes nothing: {event.first_day} to {event.last_day} is far from the horizon, which starts on"
                )
                yield Finding(("queues", name, "arrivals", "events", number), f"{told} {first}")
        begin = [dated.first_day for dated in queue.deflection.share] if queue.deflection is not None else []
        late = [day for day in begin if day is not None and day > last]
        if begin and begin[0] is not None and begin[0] >= scenario.end:
            told = f"changes nothing: the first share is from {begin[0]}, and the horizon ends before {scenario.end}"
            yield Finding(("queues", name, "deflection", "share"), told)
        elif late:
            told = f"{late[0]} is long after the horizon, which ends before {scenario.end}"
            yield Finding(("queues", name, "deflection", "share"), told)


def _closed(scenario: CentreScenario, calendar: Calendar, loc: Loc) -> Iterator[Finding]:
    """Closed days of another year."""
    days = calendar.closed
    if days and not any(scenario.start <= day <= scenario.end + _FAR for day in days):
        told = f"changes nothing: {min(days)} to {max(days)}" if len(set(days)) > 1 else f"changes nothing: {days[0]}"
        yield Finding((*loc, "closed"), f"{told} is far from the horizon, which starts on {scenario.start}")
