"""What a queue's fields demand of each other, of the other queues and of the calendar (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from .arrivals import Arrivals
from .base import Finding, Loc, ScenarioModel
from .centre import CentreScenario
from .dates import horizon_dates, open_dates, queue_hours
from .distribution import Deterministic, Empirical
from .draft import gives, has
from .parse import DAY_MS, MINUTE_MS, WEEK_MS, Growth
from .quantities import MOST_PER_WEEK
from .queue import Queue, Recontact
from .repeats import weekly_volume
from .tables import VolumeTable
from .week import WEEKDAYS, DayHours, DayValues, WeekHours, week_ms
from .words import listed, suggestion

VOLUMES = ("per_week", "per_day", "per_hour", "file")
_CALLS_ONLY = (
    ("patience",),
    ("redial",),
    ("trunks",),
    ("at_closing",),
    ("short_abandon",),
    ("targets", "service_level"),
    ("targets", "formula"),
    ("targets", "answer_rate"),
    ("arrivals", "counted_at_answer_rate"),
)
_EMAILS_ONLY = (
    ("late_to_call",),
    ("backlog",),
    ("targets", "response"),
    ("targets", "clock"),
    ("arrivals", "out_of_hours"),
)
_SAID_BY_FILE = ("growth", "seasonality", "days", "profile", "out_of_hours")
_DAYS_IN = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}


def queue_findings(scenario: CentreScenario, queue: Queue) -> Iterator[Finding]:
    """What is wrong with one queue of a scenario, whole or draft; placed from the queue."""
    yield from _channel(queue)
    if has(queue, "recontact") and queue.recontact is not None:
        yield from _recontact(scenario, queue.recontact)
    yield from _late_to_call(scenario, queue)
    hours = queue_hours(scenario, queue)
    if hours is not None and open_dates(scenario, hours) == []:
        place = ("open",) if queue.open is not None else ()
        yield Finding(place, "is never open within the horizon; check start, horizon, opening hours and closed days")
    if has(queue, "arrivals"):
        yield from _arrivals(queue.arrivals)
        if hours is not None:
            yield from _within_hours(queue, hours)
            yield from _file_rows(scenario, queue, hours)
            yield from _peak(scenario, queue.arrivals, hours)


def _channel(queue: Queue) -> Iterator[Finding]:
    """Fields that belong to the other channel."""
    if not has(queue, "channel"):
        return
    word, foreign = ("calls", _CALLS_ONLY) if queue.is_email else ("emails", _EMAILS_ONLY)
    for *parts, field in foreign:
        holder: ScenarioModel = queue
        if parts and not has(queue, parts[0]):
            continue
        if parts:
            holder = getattr(queue, parts[0])
        if gives(holder, field):
            yield Finding((*parts, field), f"is for {word} only; this queue's channel is {queue.channel}")


def _recontact(scenario: CentreScenario, recontact: Recontact) -> Iterator[Finding]:
    if has(recontact, "within", "after"):
        within, after = recontact.within, recontact.after
        if within is None and after is None:
            yield Finding(("recontact",), "needs within (the window of the rate) or after (the delay)")
        if within is not None and after is not None:
            soonest = after.mean if isinstance(after, Deterministic) else 0
            soonest = min(after.durations_ms, default=0) if isinstance(after, Empirical) else soonest
            if soonest > within:
                yield Finding(("recontact", "after"), "is always longer than within, so nobody would come back")
    if has(recontact, "to") and recontact.to is not None:
        for name in recontact.to:
            yield from _unknown_queue(scenario, name, ("recontact", "to", name))


def _late_to_call(scenario: CentreScenario, queue: Queue) -> Iterator[Finding]:
    if not has(queue, "late_to_call") or queue.late_to_call is None:
        return
    if has(queue, "targets") and has(queue.targets, "response") and queue.targets.response is None:
        yield Finding(("late_to_call",), 'needs targets.response, such as "80 % in 4 h", to tell when a reply is late')
    if not has(queue.late_to_call, "to"):
        return
    name = queue.late_to_call.to
    unknown = list(_unknown_queue(scenario, name, ("late_to_call", "to")))
    yield from unknown
    known = None if unknown or not has(scenario, "queues") else scenario.queues[name]
    if known is not None and has(known, "channel") and known.is_email:
        yield Finding(("late_to_call", "to"), f'must be a queue of calls; "{name}" takes emails')


def _unknown_queue(scenario: CentreScenario, name: str, loc: Loc) -> Iterator[Finding]:
    if has(scenario, "queues") and name not in scenario.queues:
        yield Finding(loc, f'unknown queue "{name}"{suggestion(name, scenario.queues)}')


def _arrivals(arrivals: Arrivals) -> Iterator[Finding]:
    """What the fields of the arrivals demand of each other."""
    given = [field for field in VOLUMES if gives(arrivals, field)]
    if not given:
        yield Finding(("arrivals",), f"needs a volume: {listed(VOLUMES)}")
    elif len(given) > 1:
        yield Finding(("arrivals",), f"gives {listed(given, 'and')}; keep one of them")
    if given == ["file"]:
        for field in _SAID_BY_FILE:
            if gives(arrivals, field):
                yield Finding(("arrivals", field), "can't stand beside a file of volumes, which says it already")
    if has(arrivals, "volume_is") and arrivals.volume_is == "first" and gives(arrivals, "counted_at_answer_rate"):
        yield Finding(("arrivals", "counted_at_answer_rate"), "is for offered volumes; these are first contacts")
    for number, event in enumerate(arrivals.events if has(arrivals, "events") else ()):
        if event.last_day < event.first_day:
            yield Finding(("arrivals", "events", number, "until"), f"must not be before from ({event.first_day})")


def _is_set(part: ScenarioModel, field: str) -> bool:
    return has(part, field) and getattr(part, field) is not None


def _within_hours(queue: Queue, hours: WeekHours) -> Iterator[Finding]:
    """Weights that fall where no contact can arrive."""
    arrivals = queue.arrivals
    if not has(queue, "channel") or not has(arrivals, "out_of_hours"):
        return
    if queue.is_email and arrivals.out_of_hours is None:
        return  # these arrive round the clock
    if arrivals.out_of_hours and week_ms(hours) == WEEK_MS:
        yield Finding(("arrivals", "out_of_hours"), "can't be more than 0, for the queue is never closed")
    weights = arrivals.days if _is_set(arrivals, "days") else None
    if weights is not None:
        closed = [WEEKDAYS[day] for day in range(7) if weights[day] > 0 and not hours[day]]
        if closed:
            yield Finding(("arrivals", "days"), f"gives weight to {listed(closed, 'and')}, when the queue is closed")
    if _is_set(arrivals, "profile") and arrivals.profile is not None:
        idle = [
            WEEKDAYS[day]
            for day, profile in enumerate(arrivals.profile.weekdays)
            if profile
            and hours[day]
            and (weights is None or weights[day] > 0)
            and not _weight_within(profile, hours[day])
        ]
        if idle:
            yield Finding(("arrivals", "profile"), f"has no weight within the opening hours of {listed(idle, 'and')}")


def _weight_within(profile: DayValues[float], hours: DayHours) -> bool:
    """Whether some of the profile's weight lies in the hours."""
    ends = [start for start, _ in profile[1:]] + [DAY_MS]
    return any(
        weight > 0 and start < closes and opens < end
        for (start, weight), end in zip(profile, ends, strict=True)
        for opens, closes in hours
    )


def _file_rows(scenario: CentreScenario, queue: Queue, hours: WeekHours) -> Iterator[Finding]:
    """A file of volumes has a row for every open interval of the horizon, and only rows that begin an interval."""
    arrivals = queue.arrivals
    if (
        not _is_set(arrivals, "file")
        or arrivals.file is None
        or not arrivals.file.rows
        or not has(scenario, "interval")
    ):
        return
    odd = [start for start, _ in arrivals.file.rows if _time_ms(start) % scenario.interval]
    if odd:
        minutes = scenario.interval / MINUTE_MS
        yield Finding(
            ("arrivals", "file"),
            f"{arrivals.file.source}: row {odd[0]:%Y-%m-%d %H:%M} does not begin an interval of {minutes:g} min",
        )
        return
    missing = _missing_rows(scenario, arrivals.file, hours)
    if missing:
        yield Finding(
            ("arrivals", "file"),
            f"{arrivals.file.source}: no row for {len(missing)} open intervals of the horizon, "
            f"the first {missing[0]:%Y-%m-%d %H:%M}",
        )


def _missing_rows(scenario: CentreScenario, table: VolumeTable, hours: WeekHours) -> list[datetime]:
    known = {start for start, _ in table.rows}
    interval = scenario.interval
    return [
        start
        for day in open_dates(scenario, hours) or ()
        for opens, closes in hours[day.weekday()]
        for at_ms in range(opens // interval * interval, closes, interval)
        if (start := datetime.combine(day, time()) + timedelta(milliseconds=at_ms)) not in known
    ]


def _time_ms(moment: datetime) -> int:
    return round((moment - datetime.combine(moment.date(), time())) / timedelta(milliseconds=1))


def _peak(scenario: CentreScenario, arrivals: Arrivals, hours: WeekHours) -> Iterator[Finding]:
    """Growth, seasons and events together must leave a volume that a centre can have."""
    dates = horizon_dates(scenario)
    if not dates or not has(arrivals, *VOLUMES, "growth", "seasonality", "events"):
        return
    factor = 1.0
    if arrivals.growth is not None:
        factor *= max(_grown(arrivals.growth, len(dates)), 1.0)
    if arrivals.seasonality is not None:
        factor *= max(arrivals.seasonality)
    for event in arrivals.events:
        factor *= max(event.volume, 1.0)
    peak = weekly_volume(arrivals, hours) * factor
    if peak > MOST_PER_WEEK:
        yield Finding(
            ("arrivals",), f"reaches {peak:.2g} contacts a week at its peak; at most {MOST_PER_WEEK:,} are taken"
        )


def _grown(growth: Growth, days: int) -> float:
    periods = days / _DAYS_IN[growth.per]
    return float((1 + growth.rate) ** periods) if periods * growth.rate < 700 else float("inf")
