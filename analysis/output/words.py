"""Numbers, durations and dates as planners write them; undefined (NaN) is a dash."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from fractions import Fraction

from sim.common.calendar_spans import MONTHS, span_in_words

DASH = "–"

_OF_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def percent(share: float) -> str:
    """``83.1 %``."""
    return DASH if math.isnan(share) else f"{share * 100:.1f} %"


def percent_within(share: float, half_width: float) -> str:
    """``83.1 % ± 0.4``, and ``± <0.1`` as nothing is known for certain; without its interval where there is none."""
    if math.isnan(share) or math.isnan(half_width):
        return percent(share)
    told = f"{half_width * 100:.1f}"
    return f"{percent(share)} ± {'<0.1' if told == '0.0' else told}"


def exact_percent(share: Fraction | float) -> str:
    """A target's share with the digits that it has: ``80 %``, ``99.5 %``."""
    return f"{float(share) * 100:.6g} %"


def points(difference: float) -> str:
    """Percentage points between two shares: ``8.8 points``, with a second digit where one would say 0.0."""
    size = abs(difference) * 100
    return f"{size:.1f} points" if size >= 0.05 else f"{size:.2f} points" if size >= 0.005 else "less than 0.01 points"


def number(value: float, digits: int = 0) -> str:
    """A number with spaces between thousands: ``19 000``, ``96.2``."""
    return DASH if math.isnan(value) else f"{value:,.{digits}f}".replace(",", " ")


def mean_count(value: float) -> str:
    """A mean number of contacts: whole, but for those below 10 that aren't."""
    return number(value, 1 if value < 10 and value != round(value) else 0)


def counted(count: float, one: str, many: str | None = None, digits: int = 0) -> str:
    """``1 day``, ``30 days``, ``92.2 positions``; what is told as 1.0 is ``1 position``."""
    told = number(count, digits)
    return f"1 {one}" if told in ("1", f"{1:.{digits}f}") else f"{told} {many or one + 's'}"


def duration(seconds: float) -> str:
    """As people say it: ``4.2 s``, ``12 s``, ``3 min 20 s``, ``2 h 05``; whole minutes and hours without the rest."""
    if math.isnan(seconds):
        return DASH
    if seconds < 9.95:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes == 0:
        return f"{rest} s"
    if minutes < 60:
        return f"{minutes} min {rest:02d} s" if rest else f"{minutes} min"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{number(hours)} h {minutes:02d}" if minutes else f"{number(hours)} h"


def day(when: date) -> str:
    """``4 January 2027``."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def weekday(when: date) -> str:
    """``Mon``."""
    return WEEKDAYS[when.weekday()]


def span_name(label: str) -> str:
    """A span's label as people name it.

    ``2027-03-01`` Mon 1 March 2027, ``2027-03-01T09:30`` Mon 1 March 2027, 09:30; weeks and months by
    ``span_in_words``.
    """
    moment = moment_of(label)
    if moment is None:
        return span_in_words(label)
    clock = f", {moment:%H:%M}" if "T" in label else ""
    return f"{weekday(moment)} {day(moment)}{clock}"


def moment_of(label: str) -> datetime | None:
    """Start of the day or interval that a span's label names; None for weeks and months."""
    return datetime.fromisoformat(label) if _OF_A_DAY.match(label) else None
