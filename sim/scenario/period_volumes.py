"""Volumes by month, week or day, as forecasts are kept: how a row names its period, and what a table of them is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH, _WEEK = r"(\d{4})-(\d{1,2})", r"(\d{4})-?[wW](\d{1,2})"
_MONTH_OTHERWISE = r"(\d{1,2})/(\d{4})"
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")


@dataclass(frozen=True, order=True)
class Period:
    """Days from the first until before the end."""

    first_day: date
    end: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.end - self.first_day).days

    def meets(self, first_day: date, end: date) -> bool:
        """Whether any of its days lies from ``first_day`` until before ``end``."""
        return self.first_day < end and first_day < self.end


@dataclass(frozen=True)
class PeriodVolumes:
    """Contacts of whole months, weeks or days, ascending and disjoint; spread within by weekday and time of day."""

    kind: str
    """``"month"``, ``"week"`` or ``"day"``."""
    rows: tuple[tuple[Period, float], ...]
    source: str
    partial: bool = False
    """Whether rows are missing that couldn't be read."""

    @property
    def days(self) -> int:
        """Of all rows together."""
        return sum(period.days for period, _ in self.rows)

    def covers(self, day: date) -> bool:
        """Whether a day lies in any row."""
        return any(period.first_day <= day < period.end for period, _ in self.rows)


def parse_month(text: str) -> Period:
    """``2027-03``, ``03/2027``, or any day of the month, as spreadsheets have it."""
    plain = _MIDNIGHT.sub("", text.strip())
    match, other = re.fullmatch(_MONTH, plain), re.fullmatch(_MONTH_OTHERWISE, plain)
    try:
        if match or other:
            year, month = (int(match[1]), int(match[2])) if match else (int(other[2]), int(other[1]))  # type: ignore[index]
            first = date(year, month, 1)
        else:
            first = date.fromisoformat(plain).replace(day=1)
        return Period(first, (first + timedelta(days=31)).replace(day=1))
    except (ValueError, OverflowError):
        raise ValueError("must be a month that exists, written 2027-03") from None


def parse_week(text: str) -> Period:
    """``2027-W09``, or the Monday with which the week begins."""
    plain = _MIDNIGHT.sub("", text.strip())
    match = re.fullmatch(_WEEK, plain)
    try:
        first = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else date.fromisoformat(plain)
        end = first + timedelta(days=7)
    except (ValueError, OverflowError):
        raise ValueError("must be a week that exists, written 2027-W09, or the date of its Monday") from None
    if first.isoweekday() != 1:
        raise ValueError("must be a Monday, on which the week begins")
    return Period(first, end)


def parse_day(text: str) -> Period:
    """``2027-03-01``."""
    try:
        first = date.fromisoformat(_MIDNIGHT.sub("", text.strip()))
        return Period(first, first + timedelta(days=1))
    except (ValueError, OverflowError):
        raise ValueError("must be a date that exists, written 2027-03-01") from None


PERIOD_COLUMNS: Mapping[str, Callable[[str], Period]] = {"month": parse_month, "week": parse_week, "day": parse_day}
"""By name of the column, what reads its cells."""
