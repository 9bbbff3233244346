"""Figures that may stand in the file or in a CSV: profiles, positions, volumes, measured durations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

from .base import Finding, Written, refusal
from .parse import DAY_MS, SHARE, parse_weight, real_number, whole_number
from .period_volumes import PeriodVolumes
from .quantities import MOST_PEOPLE, MOST_PER_WEEK, written_or_number
from .week import CLOCK_PATTERN, DAYS_PATTERN, DayValues, WeekHours, by_weekday, is_times, times_of_day
from .words import got

T = TypeVar("T")

parse_positions = whole_number(0, MOST_PEOPLE)
parse_volume = real_number(0, MOST_PER_WEEK)


@dataclass(frozen=True)
class Profile:
    """How a day's contacts spread over it: per weekday (Monday first), (start in ms since midnight, weight), ascending.

    A weight is a level: it holds from its start to the next start, the last one to the queue's closing time, or to
    midnight if it starts later than that. A weekday without rows is flat.
    """

    weekdays: tuple[DayValues[float], ...]
    source: str | None = None
    """The CSV as the scenario names it; None where the weights stand in the file."""


@dataclass(frozen=True)
class VolumeTable:
    """Contacts by interval, (start, volume), ascending; an interval is the scenario's."""

    rows: tuple[tuple[datetime, float], ...]
    source: str
    partial: bool = False
    """Whether rows are missing that couldn't be read."""


@dataclass(frozen=True)
class PositionPlan:
    """Positions by time, in one of two forms; a value holds until the next, within the team's hours.

    ``weekdays``: per weekday (Monday first), (start in ms since midnight, positions), ascending; none before the day's
    first. ``dated``: (start, positions), ascending; none before the first.
    """

    weekdays: tuple[DayValues[int], ...] | None = None
    dated: tuple[tuple[datetime, int], ...] | None = None
    source: str | None = None
    """The CSV as the scenario names it; None where the plan stands in the file."""

    @property
    def staffed(self) -> WeekHours:
        """Of positions by weekday, when there are any; midnight to midnight at most."""
        days = []
        for steps in self.weekdays or ():
            ends = [start for start, _ in steps[1:]] + [DAY_MS]
            days.append(tuple((start, end) for (start, count), end in zip(steps, ends, strict=False) if count))
        return tuple(days)

    @property
    def most(self) -> int:
        """Positions at the moment with the most."""
        days: tuple[tuple[tuple[Any, int], ...], ...] = self.weekdays or (self.dated or (),)
        return max((positions for day in days for _, positions in day), default=0)


@dataclass(frozen=True)
class SampleTable:
    """Measured durations read from a CSV."""

    durations_ms: tuple[int, ...]
    source: str


def parse_profile(value: Any) -> Profile:
    """``{"08:00": 3, "08:30": 5}`` for every day, or such a mapping per weekday."""
    if isinstance(value, Profile):
        return value
    profile = Profile(_weekly(value, parse_weight, '{"08:00": 3, "08:30": 5}'))
    faults = profile_faults(profile)
    if faults:
        raise refusal([Finding((), fault) for fault in faults])
    return profile


def profile_faults(profile: Profile) -> list[str]:
    """What is wrong with a profile's weights as a whole."""
    if any(day and not sum(weight for _, weight in day) for day in profile.weekdays):
        return ["the weights of a day sum to 0; at least one must be more than 0"]
    return []


def parse_position_plan(value: Any) -> int | PositionPlan:
    """A number, or ``{mon-fri: {"08:00": 4, "20:00": 0}}``."""
    if isinstance(value, PositionPlan):
        return value
    if isinstance(value, Mapping):
        weekdays = _weekly(value, parse_positions, '{mon-fri: {"08:00": 4, "20:00": 0}}')
        if not any(positions for day in weekdays for _, positions in day):
            raise refusal([Finding((), "has 0 positions everywhere")])
        return PositionPlan(weekdays)
    if isinstance(value, str | list):
        raise ValueError(
            'must be a number, a CSV or XLSX file, or a mapping such as {mon-fri: {"08:00": 4, "20:00": 0}}'
        )
    return whole_number(1, MOST_PEOPLE)(value)


def _weekly(value: Any, parse: Callable[[Any], T], what: str) -> tuple[DayValues[T], ...]:
    """Times of day, the same every day or per weekday; days that aren't named are empty."""
    if not isinstance(value, Mapping) or not value:
        raise refusal([Finding((), f"must be a CSV or XLSX file, or a mapping such as {what}{got(value)}")])
    if is_times(value):
        day, findings = times_of_day(value, parse)
        weekdays: tuple[DayValues[T], ...] = (day,) * 7
    else:
        findings = [
            Finding((key, *finding.loc), finding.message)
            for key, entry in value.items()
            if isinstance(entry, Mapping)
            for finding in times_of_day(entry, parse)[1]
        ]
        days, wrong_days = by_weekday(value, lambda entry: _day(entry, parse), what)
        findings += wrong_days
        weekdays = tuple(days.get(number, ()) for number in range(7))
    if findings:
        raise refusal(findings)
    return weekdays


def _day(value: Any, parse: Callable[[Any], T]) -> DayValues[T]:
    if not isinstance(value, Mapping) or not value:
        raise ValueError('must be a mapping of times, such as {"08:00": 3, "08:30": 5}')
    return times_of_day(value, parse)[0]


def _read_by_loader(*kinds: type[Any]) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not isinstance(value, kinds):
            raise ValueError("must be the name of a CSV or XLSX file")
        return value

    return check


WEIGHT_WRITTEN = written_or_number(SHARE, "23 %", minimum=0)
_CSV = {"type": "string", "minLength": 1, "examples": ["profiles/weekdays.csv"]}
_TIMES = rf"^{CLOCK_PATTERN}$"


def _weekly_schema(value: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    times = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": _TIMES},
        "additionalProperties": value,
    }
    days = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": f"^{DAYS_PATTERN}$"},
        "additionalProperties": times,
    }
    return {"anyOf": [_CSV, times, days], "examples": [example]}


ProfileField = Annotated[
    Profile,
    Written(parse_profile, _weekly_schema(WEIGHT_WRITTEN, {"08:00": 3, "08:30": 5})),
]
VolumeFile = Annotated[VolumeTable | PeriodVolumes, Written(_read_by_loader(VolumeTable, PeriodVolumes), _CSV)]
SampleFile = Annotated[SampleTable, Written(_read_by_loader(SampleTable), _CSV)]
_POSITIONS = {"type": "integer", "minimum": 0, "maximum": MOST_PEOPLE}
PositionsField = Annotated[
    int | PositionPlan,
    Written(
        parse_position_plan,
        {"anyOf": [{**_POSITIONS, "minimum": 1}, _weekly_schema(_POSITIONS, {"mon-fri": {"08:00": 4, "20:00": 0}})]},
    ),
]
