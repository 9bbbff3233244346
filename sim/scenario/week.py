"""The week as people write it: ``mon-fri``, ``mon,wed``, ``every day``; opening hours; figures by weekday.

Weekdays count from Monday 0 to Sunday 6; times of day are int milliseconds since midnight, 24:00 included as an end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Annotated, Any, TypeVar

from .base import Finding, Written, refusal
from .parse import DAY_MS, HOUR_MS, MINUTE_MS, clock_meant, parse_clock
from .words import got, suggestion

T = TypeVar("T")

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

DayHours = tuple[tuple[int, int], ...]
"""Spans (start, end) in ms since midnight, ascending, disjoint, not touching."""
WeekHours = tuple[DayHours, ...]
"""Seven days, Monday first."""

DayValues = tuple[tuple[int, T], ...]
"""(start in ms since midnight, value), ascending; a value holds until the next start."""

_DAY_PATTERN = "(mon|tue|wed|thu|fri|sat|sun)"
DAYS_PATTERN = rf"(every day|{_DAY_PATTERN}(-{_DAY_PATTERN})?(, ?{_DAY_PATTERN}(-{_DAY_PATTERN})?)*)"
CLOCK_PATTERN = r"([01]?\d|2[0-4]):[0-5]\d"
_HOURS_PATTERN = rf"^({CLOCK_PATTERN} ?- ?{CLOCK_PATTERN}|closed|24 h)$"


def parse_days(key: str) -> tuple[int, ...]:
    """The weekdays that a key names, ``"sat-mon"`` wrapping over Sunday."""
    if key.strip().lower() == "every day":
        return tuple(range(7))
    days: list[int] = []
    for part in key.split(","):
        first, dash, last = (word.strip().lower() for word in part.partition("-"))
        for word in (first, last) if dash else (first,):
            if word not in WEEKDAYS:
                near = suggestion(word[:3], [day for day in WEEKDAYS if day[0] == word[0]]) if word else ""
                raise ValueError(f"unknown weekday{near or '; write mon to sun, mon-fri or every day'}")
        start = WEEKDAYS.index(first)
        count = (WEEKDAYS.index(last) - start) % 7 + 1 if dash else 1
        days.extend((start + i) % 7 for i in range(count))
    return tuple(days)


def parse_day_hours(value: Any) -> DayHours:
    """``"08:00-20:00"``, a list of such, ``"closed"`` or ``"24 h"``; spans that touch are joined."""
    if isinstance(value, list | tuple):
        spans = sorted(span for part in value for span in parse_day_hours(part))
        joined: list[tuple[int, int]] = []
        for start, end in spans:
            if joined and start < joined[-1][1]:
                raise ValueError(f"{_spans_in_words([joined[-1], (start, end)])} overlap")
            if joined and start == joined[-1][1]:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return tuple(joined)
    text = value.strip().lower() if isinstance(value, str) else ""
    if text == "closed":
        return ()
    if text in ("24 h", "24h"):
        return ((0, DAY_MS),)
    text = text.replace("–", "-")
    first, dash, last = text.partition("-")
    if "," in text and all(_reads(parse_day_hours, part) for part in text.split(",")):
        raise ValueError(f"write a list, [{', '.join(part.strip() for part in text.split(','))}]")
    if not dash:
        raise ValueError('must be hours such as 08:00-20:00, a list of them, "closed" or "24 h"')
    meant = [clock_meant(clock) for clock in (first, last)]
    if any(meant) and all(
        given or _reads(parse_clock, clock) for given, clock in zip(meant, (first, last), strict=True)
    ):
        raise ValueError(f"write {meant[0] or first.strip()}-{meant[1] or last.strip()}")
    start, end = parse_clock(first), parse_clock(last)
    if end <= start:
        raise ValueError("must end after they begin; hours past midnight belong to two days: 22:00-24:00, 00:00-06:00")
    return ((start, end),)


def _reads(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def by_weekday(value: Any, parse: Callable[[Any], T], what: str) -> tuple[dict[int, T], list[Finding]]:
    """A mapping of day keys read into weekday -> value, and what is wrong with it, key by key.

    A day named again has the later value: ``{mon-fri: 08:00-20:00, fri: 08:00-18:00}``.
    """
    if not isinstance(value, Mapping) or not value:
        return {}, [Finding((), f"must be a mapping of days, such as {what}{got(value)}")]
    days: dict[int, T] = {}
    findings = []
    for key, entry in value.items():
        try:
            named = parse_days(str(key))
        except ValueError as error:
            findings.append(Finding((key,), str(error)))
            continue
        try:
            days.update(dict.fromkeys(named, parse(entry)))
        except ValueError as error:
            findings.append(Finding((key,), f"{error}{got(entry)}"))
    return days, findings


def parse_week_hours(value: Any) -> WeekHours:
    """``{mon-fri: 08:00-20:00, sat: 09:00-13:00}``; days that aren't named are closed."""
    days, findings = by_weekday(value, parse_day_hours, "{mon-fri: 08:00-20:00}")
    if not findings and not any(days.values()):
        findings = [Finding((), "is closed all week; give hours to at least one day")]
    if findings:
        raise refusal(findings)
    return tuple(days.get(day, ()) for day in range(7))


def united(weeks: Iterable[WeekHours]) -> WeekHours:
    """Hours in any of the weeks."""
    by_day = zip(*dict.fromkeys(weeks), strict=True)
    return tuple(tuple(_merged(span for day in days for span in day)) for days in by_day)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def common(hours: WeekHours, others: WeekHours) -> WeekHours:
    """Hours in both weeks."""
    return tuple(
        tuple(
            (max(start, opens), min(end, closes))
            for start, end in day
            for opens, closes in other
            if start < closes and opens < end
        )
        for day, other in zip(hours, others, strict=True)
    )


def without(hours: WeekHours, others: WeekHours) -> WeekHours:
    """Hours of the first week that aren't in the other, whose spans ascend."""
    left = []
    for day, other in zip(hours, others, strict=True):
        spans = list(day)
        for opens, closes in other:
            cut = [((start, min(end, opens)), (max(start, closes), end)) for start, end in spans]
            spans = [span for both in cut for span in dict.fromkeys(both) if span[0] < span[1]]
        left.append(tuple(spans))
    return tuple(left)


def overlap(hours: WeekHours, others: WeekHours) -> bool:
    """Whether two weeks have some time in common."""
    return any(common(hours, others))


def week_ms(hours: WeekHours) -> int:
    """Opening time of a week."""
    return sum(end - start for day in hours for start, end in day)


def hours_in_words(hours: WeekHours) -> str:
    """``mon-fri 08:00-20:00, sat 09:00-12:00 and 14:00-17:00``: as a file writes them, closed days left out."""
    told = []
    for spans, run in groupby(range(7), key=lambda day: hours[day]):
        days = list(run)
        if spans:
            names = WEEKDAYS[days[0]] if len(days) == 1 else f"{WEEKDAYS[days[0]]}-{WEEKDAYS[days[-1]]}"
            told.append(f"{names} {_spans_in_words(spans)}")
    return ", ".join(told)


def days_in_words(days: Iterable[int]) -> str:
    """``mon-fri``, ``mon-wed, sat``: as a file writes them; weekdays ascending."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(WEEKDAYS[run[0]] if len(run) == 1 else f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}" for run in runs)


def _spans_in_words(spans: Iterable[tuple[int, int]]) -> str:
    return " and ".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)


def _clock(time_ms: int) -> str:
    return f"{time_ms // HOUR_MS:02d}:{time_ms % HOUR_MS // MINUTE_MS:02d}"


def times_of_day(value: Mapping[Any, Any], parse: Callable[[Any], T]) -> tuple[DayValues[T], list[Finding]]:
    """``{"08:00": 3, "12:00": 5}`` as (ms since midnight, value), ascending, and what is wrong with it."""
    at: dict[int, T] = {}
    findings = []
    for key, entry in value.items():
        try:
            start_ms = parse_clock(str(key))
            if start_ms == DAY_MS:
                raise ValueError("must be before 24:00")
            if start_ms in at:
                raise ValueError("is given twice")
        except ValueError as error:
            findings.append(Finding((key,), str(error)))
            continue
        try:
            at[start_ms] = parse(entry)
        except ValueError as error:
            findings.append(Finding((key,), f"{error}{got(entry)}"))
    return tuple(sorted(at.items())), findings


def is_times(value: Mapping[Any, Any]) -> bool:
    """Whether a mapping's keys look like times of day rather than days."""
    return any(":" in str(key) for key in value)


OpeningHours = Annotated[
    WeekHours,
    Written(
        parse_week_hours,
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": f"^{DAYS_PATTERN}$"},
            "additionalProperties": {
                "anyOf": [
                    {"type": "string", "pattern": _HOURS_PATTERN},
                    {"type": "array", "items": {"type": "string", "pattern": _HOURS_PATTERN}},
                ]
            },
            "examples": [{"mon-fri": "08:00-20:00", "sat": "09:00-13:00"}],
        },
    ),
]
"""Hours of the seven weekdays, Monday first: spans (start, end) in ms since midnight."""
