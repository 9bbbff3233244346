"""How quantities are read: each parser takes what stands in the file and returns the value.

A parser raises ``ValueError`` with a sentence that says what is wrong or how to write it; the sentence does not repeat
the value. Durations become int milliseconds, shares floats from 0 to 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from .spelling import hinting

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
WEEK_MS = 7 * DAY_MS
LONGEST_MS = 3_660 * DAY_MS

_UNITS_MS = {
    **dict.fromkeys(("ms",), 1),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), SECOND_MS),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), MINUTE_MS),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR_MS),
    **dict.fromkeys(("day", "days"), DAY_MS),
    **dict.fromkeys(("week", "weeks"), WEEK_MS),
}
NUMBER = r"\d+(?:\.\d+)?"
_UNIT = "|".join(sorted(_UNITS_MS, key=len, reverse=True))
DURATION = rf"(?:{NUMBER}\s*(?:{_UNIT}))(?:\s*{NUMBER}\s*(?:{_UNIT}))*"
SHARE = rf"{NUMBER}\s*%"
PERIOD = r"day|week|month|year"
MONEY = rf"{NUMBER}\s*[A-Z]{{3}}"

_MOST_VARIATION = 10
_LONGEST_NAME = 60
MOST_DIGITS = 300
"""Longer numbers than any float holds; none is read."""


@dataclass(frozen=True)
class ShareWithin:
    """A share that must be reached within a time: ``80 % in 10 s``."""

    share: float
    within_ms: int


@dataclass(frozen=True)
class Growth:
    """Compound growth: ``rate`` 0.02 per ``"month"``."""

    rate: float
    per: Literal["day", "week", "month", "year"]


@dataclass(frozen=True)
class Span:
    """A span of calendar time: 12 months, 30 days."""

    count: int
    unit: Literal["day", "week", "month", "year"]

    def end(self, start: date) -> date:
        """The first day after the span that begins on ``start``; calendar months, clipped to the month's length.

        Raises OverflowError or ValueError beyond the year 9999.
        """
        if self.unit in ("day", "week"):
            return date.fromordinal(start.toordinal() + self.count * (7 if self.unit == "week" else 1))
        months = start.month - 1 + self.count * (12 if self.unit == "year" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        after = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, min(start.day, date.fromordinal(after.toordinal() - 1).day))


@dataclass(frozen=True)
class Money:
    """An amount in a currency (three letters, ISO 4217)."""

    amount: float
    currency: str


@hinting
def parse_duration(value: Any) -> int:
    """``"10 min"``, ``"1 h 30 min"`` or ``"3 weeks"`` as milliseconds, rounded; 0 may stand without a unit."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value == 0:
            return 0
        raise ValueError('needs a unit, such as "10 min", "4 h" or "3 weeks"')
    if not isinstance(value, str):
        raise ValueError('must be a duration such as "10 min", "4 h" or "3 weeks"')
    text = value.strip().lower()
    if text.startswith("-") and _matches(DURATION, text[1:].strip()):
        raise ValueError("can't be negative")
    if not _matches(DURATION, text):
        if re.search(r"\d\s*(months?|years?)$", text):
            raise ValueError("months and years have no fixed length; write days or weeks")
        raise ValueError('must be a duration such as "10 min", "4 h" or "3 weeks"')
    total = sum(float(n) * _UNITS_MS[unit] for n, unit in re.findall(rf"({NUMBER})\s*({_UNIT})", text))
    if total > LONGEST_MS:
        raise ValueError("is longer than 10 years")
    return round(total)


@hinting
def parse_positive_duration(value: Any) -> int:
    """A duration of at least a millisecond."""
    try:
        duration_ms = parse_duration(value)
    except ValueError as error:
        raise ValueError(str(error).replace("can't be negative", "must be longer than 0")) from None
    if duration_ms == 0:
        raise ValueError("must be longer than 0")
    return duration_ms


@hinting
def parse_share(value: Any) -> float:
    """``"80 %"`` or 0.8 as a float from 0 to 1."""
    percent = _percent(value)
    if percent is not None:
        share = percent / 100
        if share > 1:
            raise ValueError("can't be more than 100 %")
    else:
        share = _number(value, 'must be a share such as "80 %" or 0.8')
        if share > 1:
            raise ValueError(f"write {share:g} %" if share <= 100 else 'write a share such as "80 %" or 0.8')
    if share < 0:
        raise ValueError("can't be negative")
    return share


def parse_share_below_one(value: Any) -> float:
    """A share that leaves something: 0 <= share < 1."""
    share = parse_share(value)
    if share == 1:
        raise ValueError("must be less than 100 %")
    return share


def parse_positive_share(value: Any) -> float:
    """A share above 0."""
    share = parse_share(value)
    if share == 0:
        raise ValueError("must be more than 0 %")
    return share


@hinting
def parse_factor(value: Any) -> float:
    """A multiplier, ``"110 %"`` or 1.1; 0 or more, at most 1000."""
    percent = _percent(value)
    factor = percent / 100 if percent is not None else _number(value, 'must be a multiplier such as "110 %" or 1.1')
    return _between(factor, 0, 1_000)


@hinting
def parse_weight(value: Any) -> float:
    """A weight beside others, 23 or ``"23 %"``; 0 or more."""
    percent = _percent(value)
    return _between(percent if percent is not None else _number(value, "must be a number"), 0, 1e12)


@hinting
def parse_variation(value: Any) -> float:
    """A coefficient of variation, ``"8 %"`` or 0.08; 0 or more, at most 10."""
    percent = _percent(value)
    cv = percent / 100 if percent is not None else _number(value, 'must be a variation such as "8 %" or 0.08')
    if percent is None and _MOST_VARIATION < cv <= 100:
        raise ValueError(f"write {cv:g} %")
    return _between(cv, 0, _MOST_VARIATION)


def parse_positive_variation(value: Any) -> float:
    """A coefficient of variation above 0."""
    cv = parse_variation(value)
    if cv == 0:
        raise ValueError('must be more than 0; for no variation write "distribution: deterministic"')
    return cv


@hinting
def parse_change(value: Any) -> float:
    """A change of volume, ``"+40 %"`` or ``"-10 %"``, as the multiplier 1.4 or 0.9."""
    percent = _percent(value)
    if percent is None or (percent > 0 and not str(value).strip().startswith("+")):
        raise ValueError('write a change with its sign, such as "+40 %" or "-10 %"')
    if percent < -100:
        raise ValueError('can\'t take away more than there is ("-100 %")')
    if percent > 10_000:
        raise ValueError('can\'t be more than "+10000 %"')
    return 1 + percent / 100


@hinting
def parse_growth(value: Any) -> Growth:
    """``"2 % per month"`` as ``Growth(0.02, "month")``."""
    text = value.strip().lower() if isinstance(value, str) else ""
    match = re.fullmatch(rf"([+-]?{NUMBER}\s*%)\s*(?:per|a|/)\s*({PERIOD})", text[:MOST_DIGITS])
    if not match:
        raise ValueError('must be a growth such as "2 % per month" (or week, or year)')
    percent = _percent(match[1])
    if percent is None or not -100 < percent <= 1_000:
        raise ValueError("must lie between -100 % and 1000 %")
    return Growth(percent / 100, match[2])  # type: ignore[arg-type]


@hinting
def parse_share_within(value: Any) -> ShareWithin:
    """``"80 % in 10 s"``."""
    share, word, within = str(value).partition(" in ") if isinstance(value, str) else ("", "", "")
    brief = re.fullmatch(r"\s*(\d{1,3})\s*/\s*(\d{1,5})\s*", str(value))
    if brief:
        raise ValueError(f"write {brief[1]} % in {brief[2]} s")
    if not word:
        raise ValueError('must be a share within a time, such as "80 % in 10 s"')
    if _percent(share) is None:
        raise ValueError('must begin with a share, such as "80 % in 10 s"')
    return ShareWithin(parse_positive_share(share), parse_duration(within))


def parse_span(value: Any) -> Span:
    """``"12 months"``, ``"30 days"`` or ``"4 weeks"``."""
    text = value.strip().lower() if isinstance(value, str) else ""
    match = re.fullmatch(rf"(\d{{1,6}})\s*({PERIOD})s?", text)
    if not match:
        raise ValueError('must be whole months, weeks or days, such as "12 months", "4 weeks" or "30 days"')
    if int(match[1]) == 0:
        raise ValueError("must be longer than 0")
    return Span(int(match[1]), match[2])  # type: ignore[arg-type]


@hinting
def parse_money(value: Any) -> Money:
    """``"36000 EUR"``."""
    text = value.strip() if isinstance(value, str) else ""
    if re.search("[€$£]", text):
        raise ValueError('write the currency in three letters behind the amount, such as "36000 EUR"')
    if not _matches(MONEY, text):
        raise ValueError('must be an amount and its currency, such as "36000 EUR"')
    return Money(_between(float(text[:-3]), 0, 1e9), text[-3:])


@hinting
def parse_hours_a_week(value: Any) -> int:
    """Contract hours, ``"35 h per week"``, as milliseconds a week."""
    text = value.strip().lower() if isinstance(value, str) else ""
    match = re.fullmatch(rf"({NUMBER})\s*(?:h|hours?)(?:\s*(?:per|a|/)\s*week)?", text[:MOST_DIGITS])
    if not match:
        raise ValueError('must be hours a week, such as "35 h per week"')
    week_ms = round(float(match[1]) * HOUR_MS)
    if not 0 < week_ms <= WEEK_MS:
        raise ValueError("must be more than 0 and at most 168 hours")
    return week_ms


def parse_date(value: Any) -> date:
    """``2027-01-04``; a date that doesn't exist is refused."""
    if type(value) is date:
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
        raise ValueError("must be a date written 2027-01-04 (year-month-day)")
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        raise ValueError("is not a date that exists") from None
    if not 1970 <= day.year <= 2200:
        raise ValueError("must lie between the years 1970 and 2200")
    return day


def clock_meant(text: str) -> str | None:
    """How a file writes a time of day that is written otherwise: ``08:30`` for ``8h30``; None for what is none."""
    other = re.fullmatch(r"(\d{1,2})(?:(?: ?h ?|\.)(\d\d)|(?: ?h)?)", text.strip().lower())
    meant = other is not None and int(other[1]) <= 24 and int(other[2] or 0) <= 59
    return f"{int(other[1]):02d}:{other[2] or '00'}" if other is not None and meant else None


def parse_clock(text: str) -> int:
    """``"08:30"`` as milliseconds since midnight; ``"24:00"`` is the day's end."""
    match = re.fullmatch(r"(\d{1,2}):(\d\d)", text.strip())
    meant = clock_meant(text)
    if meant is not None:
        raise ValueError(f"write {meant}")
    if not match or int(match[2]) > 59 or int(match[1]) * 60 + int(match[2]) > 24 * 60:
        raise ValueError("must be a time written 08:30, from 00:00 to 24:00")
    return int(match[1]) * HOUR_MS + int(match[2]) * MINUTE_MS


def parse_text(value: Any) -> str:
    """One line of printable text, not empty."""
    if not isinstance(value, str):
        raise ValueError("must be text; put it in quotes if it looks like a number")
    if not value.strip():
        raise ValueError("must not be empty")
    if len(value) > 200 or not value.isprintable():
        raise ValueError("must be one line of at most 200 printable characters")
    return value.strip()


def parse_name(value: Any) -> str:
    """The name of a queue or team."""
    made = f"a name is made of letters, digits, _ and -, at most {_LONGEST_NAME} of them"
    if not isinstance(value, str) or not value:
        raise ValueError(made)
    wrong = re.search(r"^-|[^\w-]", value)
    if wrong is not None:
        which = {" ": "the space", "-": "- in front"}.get(
            wrong[0], wrong[0] if wrong[0].isprintable() else "what can't be seen"
        )
        raise ValueError(f"{made}; take out {which}")
    if len(value) > _LONGEST_NAME:
        raise ValueError(f"{made}; it has {len(value)}")
    return value


def parse_flag(value: Any) -> bool:
    """true or false (yes and no are understood)."""
    words = {"yes": True, "no": False, "true": True, "false": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise ValueError("must be true or false")


def whole_number(low: int, high: int) -> Callable[[Any], int]:
    """A parser of whole numbers from ``low`` to ``high``."""

    def parse(value: Any) -> int:
        number = _number(value, "must be a whole number")
        if not number.is_integer():
            raise ValueError("must be a whole number")
        return int(_between(number, low, high))

    return hinting(parse)


def real_number(low: float, high: float) -> Callable[[Any], float]:
    """A parser of numbers from ``low`` to ``high``."""

    def parse(value: Any) -> float:
        return _between(_number(value, "must be a number"), low, high)

    return hinting(parse)


def _matches(pattern: str, text: str) -> bool:
    return len(text) <= MOST_DIGITS and re.fullmatch(pattern, text) is not None


def _percent(value: Any) -> float | None:
    """The number before a percent sign, None if the value is none such."""
    text = value.strip() if isinstance(value, str) else ""
    return float(text[:-1]) if text.endswith("%") and _matches(rf"[+-]?{SHARE}", text) else None


def _number(value: Any, otherwise: str) -> float:
    """A finite number as a float; ``otherwise`` says what was expected instead."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(otherwise)
    try:
        number = float(value)
    except OverflowError:
        raise ValueError("is too large a number") from None
    if not math.isfinite(number):
        raise ValueError("must be a finite number")
    return number


def _between(number: float, low: float, high: float) -> float:
    if number < low:
        raise ValueError("can't be negative" if low == 0 else f"must be at least {low:g}")
    if number > high:
        raise ValueError(f"must be at most {f'{high:.10g}'}")
    return number
