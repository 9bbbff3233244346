"""Shifts of a team: templates by name, and the working time that a person's week keeps to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from .base import Finding, FrozenDict, ScenarioModel, Written, refusal
from .parse import DAY_MS, DURATION, HOUR_MS, MINUTE_MS, parse_clock, parse_positive_duration, whole_number
from .quantities import Flag, Name, PositiveDuration, written
from .spelling import hinting
from .week import CLOCK_PATTERN, DAYS_PATTERN, parse_day_hours, parse_days
from .words import got

MOST_STARTS = 48
"""Of one template: every half hour of a day."""
MOST_TURNS = 13
"""Weeks of a rotation: a quarter."""
_RANGE = rf"{CLOCK_PATTERN} ?- ?{CLOCK_PATTERN} every {DURATION}"


def parse_starts(value: Any) -> tuple[int, ...]:
    """``"08:00"``, a list of such, or ``"07:30-11:00 every 30 min"``: ms since midnight, ascending."""
    if isinstance(value, list | tuple):
        if not value:
            raise ValueError('must be a time such as "08:00", a list of them, or "07:30-11:00 every 30 min"')
        starts: set[int] = set()
        findings = []
        for place, entry in enumerate(value):
            try:
                starts.update(_starts(entry))
            except ValueError as error:
                findings.append(Finding((place,), f"{error}{got(entry)}"))
        if findings:
            raise refusal(findings)
    else:
        starts = set(_starts(value))
    if len(starts) > MOST_STARTS:
        raise ValueError(f"are {len(starts)} starts; at most {MOST_STARTS} are tried")
    return tuple(sorted(starts))


def _starts(value: Any) -> tuple[int, ...]:
    text = value.strip().lower().replace("–", "-") if isinstance(value, str) else ""
    span, word, step = text.partition(" every ")
    try:
        if word:
            first, dash, last = span.partition("-")
            if not dash:
                raise ValueError('must be a range such as "07:30-11:00 every 30 min"')
            start_ms, end_ms, step_ms = parse_clock(first), parse_clock(last), parse_positive_duration(step)
            if end_ms < start_ms or step_ms < MINUTE_MS:
                raise ValueError("must end after it begins, in steps of a minute at least")
            found = tuple(range(start_ms, end_ms + 1, step_ms))
        else:
            found = (parse_clock(text),)
    except ValueError as error:
        wrong_form = "must be a time" in str(error)
        raise ValueError(
            'must be a time such as "08:00", a list of them, or "07:30-11:00 every 30 min"'
            if wrong_form
            else str(error)
        ) from None
    if found[-1] >= DAY_MS:
        raise ValueError("must be before 24:00")
    return found


def parse_window(value: Any) -> tuple[int, int]:
    """``"11:30-14:00"`` as ms since midnight."""
    spans = parse_day_hours(value) if isinstance(value, str) and "-" in value.replace("–", "-") else ()
    if len(spans) != 1:
        raise ValueError('must be a window such as "11:30-14:00"')
    return spans[0]


def parse_weekdays(value: Any) -> tuple[int, ...]:
    """``"mon-fri"`` as weekdays, Monday 0, ascending."""
    if not isinstance(value, str):
        raise ValueError('must be days such as "mon-fri", "mon,wed" or "every day"')
    return tuple(sorted(set(parse_days(value))))


@hinting
def parse_every(value: Any) -> int:
    """``"every 3 weeks"`` as 3; ``"every week"`` as 1."""
    text = value.strip().lower() if isinstance(value, str) else ""
    match = re.fullmatch(r"every(?: (\d{1,2}))? weeks?", text)
    if not match or match[1] == "0":
        raise ValueError('must be how often at most, such as "every 3 weeks" or "every week"')
    return int(match[1] or 1)


_CLOCK_WRITTEN = written(CLOCK_PATTERN, "08:00")
_RANGE_WRITTEN = written(_RANGE, "07:30-11:00 every 30 min")
Starts = Annotated[
    tuple[int, ...],
    Written(
        parse_starts,
        {
            "anyOf": [
                _CLOCK_WRITTEN,
                _RANGE_WRITTEN,
                {"type": "array", "minItems": 1, "items": {"anyOf": [_CLOCK_WRITTEN, _RANGE_WRITTEN]}},
            ]
        },
    ),
]
"""Milliseconds since midnight, ascending."""
BreakWindow = Annotated[
    tuple[int, int], Written(parse_window, written(rf"{CLOCK_PATTERN} ?- ?{CLOCK_PATTERN}", "11:30-14:00"))
]
"""Milliseconds since midnight."""
ShiftDays = Annotated[tuple[int, ...], Written(parse_weekdays, written(DAYS_PATTERN, "mon-fri"))]
"""Weekdays, Monday 0, ascending."""
EveryWeeks = Annotated[int, Written(parse_every, written(r"every (\d{1,2} )?weeks?", "every 3 weeks"))]
"""Weeks."""
DaysAWeek = Annotated[int, Written(whole_number(1, 7), {"type": "integer", "minimum": 1, "maximum": 7})]


class ShiftBreak(ScenarioModel):
    """A break of a shift, somewhere within a window."""

    length: PositiveDuration
    """How long."""
    between: BreakWindow
    """Window of the day in which it lies whole; when in it, the schedule chooses, in steps of 15 min."""
    paid: Flag = False
    """Whether it is paid; default not: it lengthens the day and isn't in the contract's hours."""


class ShiftTemplate(ScenarioModel):
    """A shift that people of the team may work; past midnight it goes on into the next day."""

    start: Starts
    """When it begins: one time, a list of times, or a range; of several, the schedule chooses."""
    length: Annotated[PositiveDuration, Field(examples=["8 h 30 min"])]
    """From coming to leaving, breaks included."""
    days: ShiftDays | None = None
    """Days on which it may be worked; default all on which the team is there."""
    breaks: FrozenDict[Name, ShiftBreak] | None = None
    """Breaks by name, whose windows don't overlap; default none."""

    @model_validator(mode="after")
    def _breaks_fit(self) -> Self:
        findings = []
        for name, one in self.named_breaks.items():
            if one.between[1] - one.between[0] < one.length:
                findings.append(Finding(("breaks", name, "between"), "is shorter than the break"))
        if self.length > DAY_MS:
            findings.append(Finding(("length",), "is longer than a day"))
        if sum(one.length for one in self.named_breaks.values()) >= self.length:
            findings.append(Finding(("breaks",), "are as long as the shift"))
        if findings:
            raise refusal(findings)
        return self

    @property
    def named_breaks(self) -> Mapping[str, ShiftBreak]:
        """Its breaks, none where it has none."""
        return self.breaks or {}


class WorkingTime(ScenarioModel):
    """What a person's week of shifts keeps to; limits default to those of the European Union (Directive 2003/88/EC)."""

    days_a_week: DaysAWeek = 5
    """Shifts a week; default 5."""
    shift: Literal["same all week", "may change daily"] = "same all week"
    """Whether a person has the same shift and start all week (where it may be worked); default so."""
    rotation: tuple[Name, ...] = ()
    """Shifts through which everybody goes, a week each, such as [early, late]; default everybody keeps one for a month.
    Saturdays and Sundays are then worked in turn."""
    days_off: Literal["any", "together"] = "any"
    """Whether the days off of a week follow one another; default not necessarily."""
    saturdays: EveryWeeks = 1
    """How often a person works on Saturday at most; default every week."""
    sundays: EveryWeeks = 1
    """How often a person works on Sunday at most; default every week."""
    hours_a_day: Annotated[PositiveDuration, Field(examples=["10 h"])] = 10 * HOUR_MS
    """Paid time of a shift at most; default 10 h, the law's limit in France and Germany."""
    hours_a_week: Annotated[PositiveDuration, Field(examples=["48 h"])] = 48 * HOUR_MS
    """Paid time of a week's shifts at most, if the contract isn't less; default 48 h (Article 6)."""
    daily_rest: Annotated[PositiveDuration, Field(examples=["11 h"])] = 11 * HOUR_MS
    """Between two shifts at least; default 11 h (Article 3)."""
    weekly_rest: Annotated[PositiveDuration, Field(examples=["35 h"])] = 35 * HOUR_MS
    """Once a week at least, without a break in it; default 35 h: 24 h and the daily rest (Article 5)."""
    days_in_a_row: DaysAWeek = 6
    """Days worked one after the other at most; default 6."""
    break_after: Annotated[PositiveDuration, Field(examples=["6 h"])] = 6 * HOUR_MS
    """A longer shift needs a break; default 6 h (Article 4)."""

    @model_validator(mode="after")
    def _rotates_by_weeks(self) -> Self:
        findings = []
        if len(self.rotation) > MOST_TURNS:
            findings.append(Finding(("rotation",), f"has {len(self.rotation)} weeks; at most {MOST_TURNS}"))
        if self.rotation and self.shift != "same all week":
            findings.append(Finding(("rotation",), 'goes from week to week: it needs shift: "same all week"'))
        if findings:
            raise refusal(findings)
        return self
