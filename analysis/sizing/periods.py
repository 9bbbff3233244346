"""The months, or weeks, of a horizon, each of which is sized by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sim.centre.compile import CentrePlan
from sim.common.calendar_spans import Unit, calendar_spans


@dataclass(frozen=True)
class Period:
    """A month or week of the horizon as ``calendar_spans`` cuts it: from ``start`` until before ``end``."""

    label: str
    """``2027-03``, ``2027-05 +5 days before``."""
    start: date
    end: date


def periods_of(plan: CentrePlan, over: Unit = "month") -> tuple[Period, ...]:
    """The months, or weeks, of a plan's horizon, in order."""
    return tuple(
        Period(span.label, date.fromordinal(span.first_day), date.fromordinal(span.first_day + span.days))
        for span in calendar_spans(plan.window.start_day, plan.window.horizon_days, over)
    )


@dataclass(frozen=True)
class Month:
    """A period laid out by itself."""

    period: Period
    plan: CentrePlan
    name: str
    """What progress calls it: ``2027-03``, of one of several groups ``France, 2027-03``."""


def laid_out(plan: CentrePlan, lead: str = "", over: Unit = "month") -> tuple[Month, ...]:
    """The months, or weeks, of a plan's horizon, their names beginning with ``lead``."""
    return tuple(
        Month(period, plan.for_period(period.start, period.end), f"{lead}{period.label}")
        for period in periods_of(plan, over)
    )
