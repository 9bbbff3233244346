"""What a queue's arrivals demand of each other, of its opening hours and of the horizon (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from .arrivals import Arrivals
from .base import Finding
from .centre import CentreScenario
from .dates import open_dates, queue_hours
from .draft import gives, has, known
from .parse import DAY_MS, MINUTE_MS, WEEK_MS
from .period_volumes import PeriodVolumes
from .queue import Queue
from .tables import Profile, VolumeTable
from .volume_rules import peak_findings
from .week import WEEKDAYS, DayHours, DayValues, WeekHours, week_ms
from .words import listed

VOLUMES = ("per_week", "per_day", "per_hour", "customers", "file")
_SAID_BY_INTERVALS = ("growth", "seasonality", "days", "profile", "out_of_hours")
_SAID_BY_PERIODS = ("growth", "seasonality")
_SAID_BY_DAYS = (*_SAID_BY_PERIODS, "days")


def arrivals_findings(scenario: CentreScenario, queue: Queue) -> Iterator[Finding]:
    """What is wrong with the arrivals of a queue of a scenario, whole or draft; placed from them."""
    yield from _fields(queue.arrivals)
    hours = queue_hours(scenario, queue)
    if hours is not None:
        yield from _within_hours(queue, hours)
        yield from _file_rows(scenario, queue, hours)
        yield from peak_findings(scenario, queue.arrivals, hours)


def _fields(arrivals: Arrivals) -> Iterator[Finding]:
    """What the fields of the arrivals demand of each other."""
    given = [field for field in VOLUMES if gives(arrivals, field)]
    if not given:
        yield Finding((), f"needs a volume: {listed(VOLUMES)}")
    elif len(given) > 1:
        yield Finding((), f"gives {listed(given, 'and')}; keep one of them")
    if given == ["file"]:
        for field in _said_by(known(arrivals, "file")):
            if gives(arrivals, field):
                yield Finding((field,), "can't stand beside a file of volumes, which says it already")
    if given == ["customers"] and gives(arrivals, "growth"):
        yield Finding(("growth",), "can't stand beside customers; give customers.growth, or customers.contacts_growth")
    if has(arrivals, "volume_is") and arrivals.volume_is == "first" and gives(arrivals, "counted_at_answer_rate"):
        yield Finding(("counted_at_answer_rate",), "is for offered volumes; these are first contacts")
    for number, event in enumerate(arrivals.events if has(arrivals, "events") else ()):
        if event.last_day < event.first_day:
            yield Finding(("events", number, "until"), f"must not be before from ({event.first_day})")


def _said_by(file: VolumeTable | PeriodVolumes | None) -> tuple[str, ...]:
    """The fields that a file of volumes leaves nothing to say; of one that couldn't be read nobody knows."""
    if file is None or not file.rows:
        return ()
    if not isinstance(file, PeriodVolumes):
        return _SAID_BY_INTERVALS
    return _SAID_BY_DAYS if file.kind == "day" else _SAID_BY_PERIODS


def _within_hours(queue: Queue, hours: WeekHours) -> Iterator[Finding]:
    """Weights that fall where no contact can arrive."""
    arrivals = queue.arrivals
    if not has(queue, "channel") or not has(arrivals, "out_of_hours"):
        return
    if queue.is_email and arrivals.out_of_hours is None:
        return  # these arrive round the clock
    if arrivals.out_of_hours and week_ms(hours) == WEEK_MS:
        yield Finding(("out_of_hours",), "can't be more than 0, for the queue is never closed")
    weights: tuple[float, ...] | None = known(arrivals, "days")
    if weights is not None:
        closed = [WEEKDAYS[day] for day in range(7) if weights[day] > 0 and not hours[day]]
        if closed:
            yield Finding(("days",), f"gives weight to {listed(closed, 'and')}, when the queue is closed")
    profile: Profile | None = known(arrivals, "profile")
    if profile is not None:
        busy = [day for day in range(7) if hours[day] and (weights is None or weights[day] > 0)]
        weekdays = profile.weekdays
        idle = [WEEKDAYS[day] for day in busy if weekdays[day] and not _weight_within(weekdays[day], hours[day])]
        if idle:
            yield Finding(("profile",), f"has no weight within the opening hours of {listed(idle, 'and')}")


def _weight_within(profile: DayValues[float], hours: DayHours) -> bool:
    """Whether some of the profile's weight lies in the hours."""
    ends = [start for start, _ in profile[1:]] + [DAY_MS]
    return any(
        weight > 0 and start < closes and opens < end
        for (start, weight), end in zip(profile, ends, strict=True)
        for opens, closes in hours
    )


def _file_rows(scenario: CentreScenario, queue: Queue, hours: WeekHours) -> Iterator[Finding]:
    """A file of volumes has only rows that begin an interval, and one for every open interval of the horizon; or the
    period of every open day."""
    table: VolumeTable | PeriodVolumes | None = known(queue.arrivals, "file")
    if isinstance(table, PeriodVolumes):
        yield from _period_rows(scenario, queue, table)
        return
    if table is None or not has(scenario, "interval"):
        return
    odd = [start for start, _ in table.rows if _time_ms(start) % scenario.interval]
    if odd:
        interval, first = f"an interval of {scenario.interval / MINUTE_MS:g} min", f"{odd[0]:%Y-%m-%d %H:%M}"
        one, many = (
            f"row {first} does not begin {interval}",
            f"{len(odd)} rows do not begin {interval}, the first {first}",
        )
        yield Finding(("file",), f"{table.source}: {many if len(odd) > 1 else one}")
        return
    missing = _missing_rows(scenario, queue, table, hours) if table.rows and not table.partial else ()
    if missing:
        yield Finding(
            ("file",),
            f"{table.source}: no row for {len(missing)} open intervals of the horizon, "
            f"the first {missing[0]:%Y-%m-%d %H:%M}",
        )


def _period_rows(scenario: CentreScenario, queue: Queue, table: PeriodVolumes) -> Iterator[Finding]:
    missing = [] if table.partial else [day for day in open_dates(scenario, queue) or () if not table.covers(day)]
    if missing and table.rows:
        lacking = dict.fromkeys(_period_of(day, table.kind) for day in missing)
        first, more = next(iter(lacking)), f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        yield Finding(("file",), f"{table.source}: no row for the {table.kind} {first}{more} of the horizon")


def _period_of(day: date, kind: str) -> str:
    """The period of a day as a file names it."""
    if kind == "month":
        return f"{day:%Y-%m}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}" if kind == "week" else f"{day:%Y-%m-%d}"


def _missing_rows(scenario: CentreScenario, queue: Queue, table: VolumeTable, hours: WeekHours) -> list[datetime]:
    known = {start for start, _ in table.rows}
    interval = scenario.interval
    return [
        start
        for day in open_dates(scenario, queue) or ()
        for opens, closes in hours[day.weekday()]
        for at_ms in range(opens // interval * interval, closes, interval)
        if (start := datetime.combine(day, time()) + timedelta(milliseconds=at_ms)) not in known
    ]


def _time_ms(moment: datetime) -> int:
    return round((moment - datetime.combine(moment.date(), time())) / timedelta(milliseconds=1))
