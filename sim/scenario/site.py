"""A site: the country, or place, where queues are open and teams work."""

from __future__ import annotations

import re
from typing import Annotated, Any

from .base import ScenarioModel, Written
from .calendar import Calendar
from .quantities import Text, written


def parse_currency(value: Any) -> str:
    """Three capital letters (ISO 4217)."""
    if not isinstance(value, str) or not re.fullmatch("[A-Z]{3}", value.strip()):
        raise ValueError("must be a currency's three letters, such as EUR")
    return value.strip()


Currency = Annotated[str, Written(parse_currency, written("[A-Z]{3}", "EUR"))]
"""Three letters, ISO 4217."""


class Site(ScenarioModel):
    """A country or place with hours, holidays, language and currency of its own."""

    calendar: Calendar = Calendar()
    """When the site is open: its queues take contacts then, its teams keep its holidays."""
    currency: Currency | None = None
    """Currency of its teams' costs; default the one that they are given in."""
    language: Text | None = None
    """Language that is spoken there; told in reports."""
