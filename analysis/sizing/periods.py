"""The months of a horizon, each of which is sized by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sim.centre.compile import CentrePlan
from sim.common.calendar_spans import calendar_spans


@dataclass(frozen=True)
class Period:
    """A month of the horizon as ``calendar_spans`` cuts it: from ``start`` until before ``end``."""

    label: str
    """``2027-03``, ``2027-05 +5 days before``."""
    start: date
    end: date


def months_of(plan: CentrePlan) -> tuple[Period, ...]:
    """The months of a plan's horizon, in order."""
    return tuple(
        Period(month.label, date.fromordinal(month.first_day), date.fromordinal(month.first_day + month.days))
        for month in calendar_spans(plan.window.start_day, plan.window.horizon_days, "month")
    )


@dataclass(frozen=True)
class Month:
    """A period laid out by itself."""

    period: Period
    plan: CentrePlan
    name: str
    """What progress calls it: ``2027-03``, of one of several groups ``France, 2027-03``."""


def laid_out(plan: CentrePlan, lead: str = "") -> tuple[Month, ...]:
    """The months of a plan's horizon, their names beginning with ``lead``."""
    return tuple(
        Month(period, plan.for_period(period.start, period.end), f"{lead}{period.label}") for period in months_of(plan)
    )
