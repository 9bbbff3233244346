"""Customers as the driver of a volume: how many there are, and how often each of them contacts the centre."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from .base import ScenarioModel, Written
from .parse import MOST_DIGITS, NUMBER, PERIOD
from .quantities import GrowthRate, Volume, written
from .spelling import hinting

_DAYS_A_WEEK = 7.0
_DAYS_PER = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
_MOST_A_WEEK = 1_000.0


@dataclass(frozen=True)
class ContactRate:
    """Contacts of one customer: ``contacts`` 1.6 per ``"month"``."""

    contacts: float
    per: str

    @property
    def per_week(self) -> float:
        """In an ordinary week; a month is a twelfth of 365.25 days."""
        return self.contacts * _DAYS_A_WEEK / _DAYS_PER[self.per]


@hinting
def parse_contact_rate(value: Any) -> ContactRate:
    """``"1.6 per month"``."""
    text = value.strip().lower() if isinstance(value, str) else ""
    match = re.fullmatch(rf"({NUMBER})\s*(?:per|a|/)\s*({PERIOD})", text[:MOST_DIGITS])
    if not match:
        raise ValueError('must be contacts of one customer in a time, such as "1.6 per month"')
    rate = ContactRate(float(match[1]), match[2])
    if rate.per_week > _MOST_A_WEEK:
        raise ValueError(f"must be at most {_MOST_A_WEEK:g} a week")
    return rate


EachContacts = Annotated[
    ContactRate, Written(parse_contact_rate, written(rf"{NUMBER} per ({PERIOD})", "1.6 per month"))
]


class Customers(ScenarioModel):
    """Volume = customers x contacts of each; both may grow or shrink."""

    at_start: Volume
    """Customers when the scenario starts."""
    growth: GrowthRate | None = None
    """Growth of their number, compounded from the scenario's start."""
    contacts: EachContacts
    """Contacts of a customer at the start, before seasonality and events; what they count is said by volume_is."""
    contacts_growth: GrowthRate | None = None
    """Growth of that rate, compounded likewise; below 0 each contacts the centre less often than before."""

    @property
    def per_week(self) -> float:
        """Contacts of an ordinary week at the start."""
        return self.at_start * self.contacts.per_week
