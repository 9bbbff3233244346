"""Where the paid time of a team's heads goes, day by day: the shares that their presence is compiled from.

Heads past training are on the phones for what shrinkage leaves of their contract, less the hours that lapse as their
team is closed (public holidays). What is left may be scheduled; who is in training is on no phone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import DAY_MS, WEEK_DAYS, months
from ..scenario.shrinkage import by_reason
from ..scenario.team import Team
from .compile import CentrePlan
from .contract import HOUR_MS, Float64, Int64
from .paid_time import paid_time


@dataclass(frozen=True)
class PaidHours:
    """Paid hours of a team's heads past training, on each day of the horizon, (D,)."""

    past_training_h: Float64
    """Their contract hours."""
    off_h: Mapping[str, Float64]
    """Of these, off the phones, by reason of shrinkage, in the order of the file."""
    closed_h: Float64
    """What lapses of the rest as the team is closed, on the days on which it is."""
    overtime_h: Float64
    """What overtime adds on the phones."""
    time_off_h: Float64
    """What time off takes from them."""
    coaching_h: Float64
    """What colleagues give of it in place of coaches."""
    week: Int64
    """Week of each day, 0 the one in which the horizon begins."""
    whole_week: NDArray[np.bool_]
    """Whether all of its week lies in the horizon."""

    @property
    def available_h(self) -> Float64:
        """What may be scheduled, (D,); of a week as a whole, for its days share their time."""
        off_h = sum(self.off_h.values()) + self.closed_h
        return np.asarray(
            self.past_training_h - off_h + self.overtime_h - self.time_off_h - self.coaching_h, np.float64
        )


def paid_hours(
    plan: CentrePlan,
    name: str,
    past_training: Float64,
    on_the_phones: Float64 | None = None,
    coaching_h: Float64 | None = None,
) -> PaidHours:
    """Of a team of heads with so many past training on each day of the plan's horizon, (D,).

    ``on_the_phones`` (D,) are as many heads as their time on the phones makes, overtime apart, where that isn't what
    the file's shrinkage leaves: sickness that comes in waves takes the difference; ``coaching_h`` (D,) what colleagues
    give in place of coaches. Hours lapse as presence has it: a week with closed days has as much less time on the
    phones as it has fewer of the team's hours; they are told on the days on which the team is closed.
    """
    hours, days, window = plan.forecast.team(name), plan.forecast.days, plan.window
    first = days.index(window.start_day)
    start, end = first - first % WEEK_DAYS, -(-(first + window.horizon_days) // WEEK_DAYS) * WEEK_DAYS
    around = np.clip(np.arange(start, end) - first, 0, window.horizon_days - 1)
    a_head_h = hours.team.contract / HOUR_MS / WEEK_DAYS
    paid_h = past_training[around] * a_head_h
    taken = shrinkage_by_day(hours.team, days.first_day + start, end - start)
    off_h = {reason: paid_h * share for reason, share in taken.items()}
    waves, usual_h = hours.team.sickness_waves, sum(off_h.values())
    if waves is not None and on_the_phones is not None:
        off_h[waves.reason] += paid_h - on_the_phones[around] * a_head_h - usual_h
    present_h = paid_h - sum(off_h.values())
    edges_ms = np.arange(start, end + 1, dtype=np.int64) * DAY_MS
    open_ms = hours.hours.open_between(edges_ms)
    usual_ms = np.resize(hours.week.open_between(np.arange(WEEK_DAYS + 1, dtype=np.int64) * DAY_MS), end - start)
    shut_ms = usual_ms - open_ms
    lapse = 1 - _of_week(open_ms) / np.maximum(_of_week(usual_ms), 1)
    closed_h = _of_week(present_h) * lapse * shut_ms / np.where(_of_week(shut_ms) > 0, _of_week(shut_ms), 1)
    within = slice(first - start, first - start + window.horizon_days)
    inside = np.zeros(end - start, np.bool_)
    inside[within] = True
    time = paid_time(hours.team, window.start_day, window.horizon_days)
    a_week = present_h[within] / (a_head_h * WEEK_DAYS) * hours.open_share(days)[first:][: window.horizon_days]
    return PaidHours(
        past_training_h=paid_h[within],
        off_h={reason: off[within] for reason, off in off_h.items()},
        closed_h=closed_h[within],
        overtime_h=a_week * time.overtime.week_ms / HOUR_MS,
        time_off_h=a_week * time.time_off.week_ms / HOUR_MS,
        coaching_h=np.zeros(window.horizon_days) if coaching_h is None else coaching_h,
        week=(np.arange(end - start) // WEEK_DAYS)[within],
        whole_week=np.repeat(inside.reshape(-1, WEEK_DAYS).all(axis=1), WEEK_DAYS)[within],
    )


def shrinkage_by_day(team: Team, first_day: int, days: int) -> dict[str, Float64]:
    """Share of the paid hours that each reason of shrinkage takes on each day from ``first_day`` (ordinal), (days,).

    They add up to the team's shrinkage whatever its convention.
    """
    month = months(first_day, days) % 12
    taken = by_reason(team.shrinkage_by_reason, team.shrinkage_convention, team.whole_day_reasons)
    return {reason: np.array(shares)[month] for reason, shares in taken.items()}


def _of_week(values: Int64 | Float64) -> Float64:
    """The sum of each day's week, (D,)."""
    return np.repeat(values.reshape(-1, WEEK_DAYS).sum(axis=1), WEEK_DAYS).astype(np.float64)
