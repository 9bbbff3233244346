"""The calendar months of a horizon, each of which is sized by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sim.centre.compile import CentrePlan
from sim.common.calendar import WEEK_DAYS


@dataclass(frozen=True)
class Period:
    """A calendar month, or what the horizon has of it: from ``start`` until before ``end``."""

    label: str
    """``2027-03``."""
    start: date
    end: date

    @property
    def has_a_week(self) -> bool:
        """Whether every weekday is in it. A few days cut off a month may be busier than any whole month is."""
        return (self.end - self.start).days >= WEEK_DAYS


def months_of(plan: CentrePlan) -> tuple[Period, ...]:
    """The months of a plan's horizon, in order."""
    start = date.fromordinal(plan.window.start_day)
    end = start + timedelta(days=plan.window.horizon_days)
    periods = []
    while start < end:
        next_month = (start.replace(day=1) + timedelta(days=31)).replace(day=1)
        stop = min(next_month, end)
        periods.append(Period(f"{start:%Y-%m}", start, stop))
        start = stop
    return tuple(periods)


def candidates(periods: Sequence[Period]) -> list[int]:
    """Indices of the periods that may be the headline: those with a whole week, or all if none has one."""
    return [index for index, period in enumerate(periods) if period.has_a_week] or list(range(len(periods)))


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
