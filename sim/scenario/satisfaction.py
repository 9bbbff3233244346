"""How satisfied a served customer is expected to be: a base less what was lost on the way."""

from __future__ import annotations

import re
from typing import Annotated, Any

from .base import ScenarioModel, Written
from .parse import MOST_DIGITS, NUMBER
from .quantities import PositiveShare, written
from .spelling import hinting

_POINTS = rf"{NUMBER}\s*(?:points?|%)"
_MINUTES_AN_HOUR = 60


@hinting
def parse_points(value: Any) -> float:
    """Percentage points, ``"6 points"`` or ``"6 %"``, as 0.06; from 0 to 100 points."""
    text = value.strip().lower() if isinstance(value, str) else ""
    if not re.fullmatch(_POINTS, text[:MOST_DIGITS]) or len(text) > MOST_DIGITS:
        raise ValueError('must be percentage points such as "6 points"')
    points = float(re.sub(r"[^0-9.]", "", text))
    if points > 100:
        raise ValueError("must be at most 100 points")
    return points / 100


Points = Annotated[float, Written(parse_points, written(_POINTS, "6 points", "0.5 points"))]
"""Percentage points as a share: 0.06 for ``6 points``."""


class Satisfaction(ScenarioModel):
    """Expected satisfaction of a served contact; it never falls below 0 %."""

    base: PositiveShare
    """With no wait, no repeat, no transfer, and an experienced adviser."""
    per_minute: Points = 0.0
    """Calls and chats: lost for every minute of waiting."""
    per_hour: Points = 0.0
    """Emails: lost for every hour until the reply."""
    comes_back: Points = 0.0
    """Lost if the customer had to come back about the same matter, also for the redials of one who came back."""
    transfer: Points = 0.0
    """Lost for every transfer."""
    novice: Points = 0.0
    """Lost if a novice answers; of a team, its share of novices counts."""

    @property
    def lost_per_hour(self) -> float:
        """Share lost per hour of waiting (calls, chats) or of response (emails)."""
        return self.per_hour + _MINUTES_AN_HOUR * self.per_minute
