"""The annotated types of the models' fields: read by ``parse``, described in JSON Schema as people write them.

**Durations are int milliseconds** in Python whatever the field is called, shares are floats from 0 to 1.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from . import parse
from .base import Written
from .parse import Growth, Money, ShareWithin, Span

MOST_PER_WEEK = 50_000_000
"""Contacts a week; more is taken for a slip."""
MOST_PEOPLE = 100_000
"""Heads or positions."""


def written(pattern: str, *examples: str) -> dict[str, Any]:
    """JSON Schema of text of the given form."""
    return {"type": "string", "pattern": f"^{pattern}$", "examples": list(examples)}


def written_or_number(pattern: str, example: str, **bounds: float) -> dict[str, Any]:
    """JSON Schema of text of the given form, or a number within the bounds."""
    return {"anyOf": [written(pattern, example), {"type": "number", **bounds}]}


DURATION_WRITTEN = written(parse.DURATION, "10 min", "3.5 min", "1 h 30 min", "3 weeks")
VARIATION_WRITTEN = written_or_number(parse.SHARE, "8 %", minimum=0, maximum=10)

Duration = Annotated[int, Written(parse.parse_duration, {"anyOf": [DURATION_WRITTEN, {"const": 0}]})]
"""Milliseconds, 0 or more."""
PositiveDuration = Annotated[int, Written(parse.parse_positive_duration, DURATION_WRITTEN)]
"""Milliseconds, 1 or more."""
Share = Annotated[float, Written(parse.parse_share, written_or_number(parse.SHARE, "12 %", minimum=0, maximum=1))]
"""0 to 1."""
PositiveShare = Annotated[
    float,
    Written(parse.parse_positive_share, written_or_number(parse.SHARE, "95 %", exclusiveMinimum=0, maximum=1)),
]
"""Above 0, up to 1."""
ShareBelowOne = Annotated[
    float,
    Written(parse.parse_share_below_one, written_or_number(parse.SHARE, "30 %", minimum=0, exclusiveMaximum=1)),
]
"""0 up to, not including, 1."""
Variation = Annotated[float, Written(parse.parse_variation, VARIATION_WRITTEN)]
"""Coefficient of variation (standard deviation over mean), 0 to 10."""
PositiveVariation = Annotated[
    float,
    Written(parse.parse_positive_variation, written_or_number(parse.SHARE, "80 %", exclusiveMinimum=0, maximum=10)),
]
"""Coefficient of variation above 0."""
Change = Annotated[float, Written(parse.parse_change, written(rf"[+-]{parse.SHARE}", "+40 %", "-10 %"))]
"""A multiplier: 1.4 for ``+40 %``."""
GrowthRate = Annotated[
    Growth,
    Written(parse.parse_growth, written(rf"[+-]?{parse.SHARE} per ({parse.PERIOD})", "2 % per month", "-1 % per year")),
]
Target = Annotated[
    ShareWithin,
    Written(parse.parse_share_within, written(rf"{parse.SHARE} in {parse.DURATION}", "80 % in 10 s", "80 % in 4 h")),
]
Horizon = Annotated[
    Span,
    Written(parse.parse_span, written(rf"\d+ ({parse.PERIOD})s?", "12 months", "4 weeks", "30 days")),
]
Amount = Annotated[Money, Written(parse.parse_money, written(parse.MONEY, "36000 EUR", "28.5 EUR"))]
HoursAWeek = Annotated[
    int,
    Written(parse.parse_hours_a_week, written(rf"{parse.NUMBER} h( per week)?", "35 h per week", "35 h")),
]
"""Milliseconds a week."""
Day = Annotated[
    date,
    Written(parse.parse_date, {"format": "date", **written(r"\d{4}-\d\d-\d\d", "2027-01-04")}),
]
Text = Annotated[str, Written(parse.parse_text, {"type": "string", "minLength": 1, "maxLength": 200})]
"""One printable line."""
Name = Annotated[str, Written(parse.parse_name, {"type": "string", "pattern": r"^\w[\w-]{0,59}$"})]
"""Name of a queue or team: letters, digits, _ and -."""
Flag = Annotated[bool, Written(parse.parse_flag, {"type": "boolean"})]
Volume = Annotated[
    float,
    Written(parse.real_number(0, MOST_PER_WEEK), {"type": "number", "minimum": 0, "maximum": MOST_PER_WEEK}),
]
People = Annotated[
    int,
    Written(parse.whole_number(0, MOST_PEOPLE), {"type": "integer", "minimum": 0, "maximum": MOST_PEOPLE}),
]
AtLeastOnePerson = Annotated[
    int,
    Written(parse.whole_number(1, MOST_PEOPLE), {"type": "integer", "minimum": 1, "maximum": MOST_PEOPLE}),
]
Count = Annotated[
    int,
    Written(parse.whole_number(1, 1_000_000), {"type": "integer", "minimum": 1, "maximum": 1_000_000}),
]
CountFromZero = Annotated[
    int,
    Written(parse.whole_number(0, 10_000_000), {"type": "integer", "minimum": 0, "maximum": 10_000_000}),
]
"""0 or more."""
Phases = Annotated[int, Written(parse.whole_number(1, 1_000), {"type": "integer", "minimum": 1, "maximum": 1_000})]
Shape = Annotated[
    float,
    Written(parse.real_number(0.05, 1_000), {"type": "number", "minimum": 0.05, "maximum": 1_000}),
]
