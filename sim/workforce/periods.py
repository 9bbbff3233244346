"""The periods that rates of leaving are told per, in days."""

from __future__ import annotations

from typing import Literal

Period = Literal["year", "month", "week"]

YEAR_DAYS = 365.25
_DAYS: dict[str, float] = {"year": YEAR_DAYS, "month": YEAR_DAYS / 12, "week": 7.0}


def period_days(per: Period) -> float:
    """Length in days: a year has 365.25, a month a twelfth of that, a week 7. ValueError for anything else."""
    if per not in _DAYS:
        raise ValueError(f"per must be one of {', '.join(_DAYS)} (got {per!r})")
    return _DAYS[per]
