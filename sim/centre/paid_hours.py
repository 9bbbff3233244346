"""Where the paid time of a team's heads goes, day by day: the shares that their presence is compiled from.

Heads past training are on the phones for what shrinkage leaves of their contract, less the hours that lapse as their
team is closed (public holidays). What is left may be scheduled; who is in training is on no phone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import DAY_MS, WEEK_DAYS
from ..scenario.team import Team
from .compile import CentrePlan
from .contract import HOUR_MS, Float64, Int64


@dataclass(frozen=True)
class PaidHours:
    """Paid hours of a team's heads past training, on each day of the horizon, (D,)."""

    past_training_h: Float64
    """Their contract hours."""
    off_h: Mapping[str, Float64]
    """Of these, off the phones, by reason of shrinkage, in the order of the file."""
    closed_h: Float64
    """What lapses of the rest as the team is closed, on the days on which it is."""
    week: Int64
    """Week of each day, 0 the one in which the horizon begins."""
    whole_week: NDArray[np.bool_]
    """Whether all of its week lies in the horizon."""

    @property
    def available_h(self) -> Float64:
        """What may be scheduled, (D,); of a week as a whole, for its days share their time."""
        return np.asarray(self.past_training_h - sum(self.off_h.values()) - self.closed_h, np.float64)


def time_off(team: Team, first_day: int, days: int) -> dict[str, Float64]:
    """Share of the paid time that each reason of shrinkage takes on each day from ``first_day`` (ordinal), (days,).

    They add up to the team's shrinkage whatever the convention: of compound reasons each takes its share of what those
    before it leave.
    """
    months = [date.fromordinal(day).month - 1 for day in range(first_day, first_day + days)]
    taken: dict[str, Float64] = {}
    left = np.ones(days)
    for reason, by_month in team.shrinkage_by_reason.items():
        share = np.array(by_month)[months]
        taken[reason] = share * left if team.shrinkage_convention == "compound" else share
        left = left - taken[reason]
    return taken


def paid_hours(plan: CentrePlan, name: str, past_training: Float64) -> PaidHours:
    """Of a team of heads with so many past training on each day of the plan's horizon, (D,).

    Hours lapse as presence has it: a week with closed days has as much less time on the phones as it has fewer of the
    team's hours; they are told on the days on which the team is closed.
    """
    hours, days, window = plan.forecast.team(name), plan.forecast.days, plan.window
    first = days.index(window.start_day)
    start, end = first - first % WEEK_DAYS, -(-(first + window.horizon_days) // WEEK_DAYS) * WEEK_DAYS
    around = np.clip(np.arange(start, end) - first, 0, window.horizon_days - 1)
    paid_h = past_training[around] * (hours.team.contract / HOUR_MS / WEEK_DAYS)
    taken = time_off(hours.team, days.first_day + start, end - start)
    present_h = paid_h * (1 - sum(taken.values()))
    edges_ms = np.arange(start, end + 1, dtype=np.int64) * DAY_MS
    open_ms = hours.hours.open_between(edges_ms)
    usual_ms = np.resize(hours.week.open_between(np.arange(WEEK_DAYS + 1, dtype=np.int64) * DAY_MS), end - start)
    shut_ms = usual_ms - open_ms
    lapse = 1 - _of_week(open_ms) / np.maximum(_of_week(usual_ms), 1)
    closed_h = _of_week(present_h) * lapse * shut_ms / np.where(_of_week(shut_ms) > 0, _of_week(shut_ms), 1)
    within = slice(first - start, first - start + window.horizon_days)
    inside = np.zeros(end - start, np.bool_)
    inside[within] = True
    return PaidHours(
        past_training_h=paid_h[within],
        off_h={reason: (paid_h * share)[within] for reason, share in taken.items()},
        closed_h=closed_h[within],
        week=(np.arange(end - start) // WEEK_DAYS)[within],
        whole_week=np.repeat(inside.reshape(-1, WEEK_DAYS).all(axis=1), WEEK_DAYS)[within],
    )


def _of_week(values: Int64 | Float64) -> Float64:
    """The sum of each day's week, (D,)."""
    return np.repeat(values.reshape(-1, WEEK_DAYS).sum(axis=1), WEEK_DAYS).astype(np.float64)
