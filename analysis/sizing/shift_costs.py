"""What it costs that people work shifts: heads with them against heads who come and go as they are needed.

Between the contract's hours and the positions lie hours that no week of shifts fills, paid breaks, shifts beyond the
team's hours, and shrinkage. The hours that are left may still be at other times than they are needed at; that is what
more heads make up for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.centre.compile import CentrePlan
from sim.centre.compile_staff import TeamStaff
from sim.centre.contract import DAY_MS, HOUR_MS, Float64, Int64
from sim.centre.shift_staff import ShiftMonth
from sim.common.calendar import WEEK_DAYS, weekdays
from sim.scenario.base import FrozenDict
from sim.scenario.load import LoadedScenario
from sim.scenario.team import Team
from sim.shifts.programme import CannotCoverError, fewest_heads
from sim.shifts.tours import tour_paid_ms

from ..targets import Target
from .analytic import requirement
from .periods import Month
from .results import GroupSize, TeamShifts, TeamSize, WeekHours
from .unit import team_staff
from .work import TeamWork

PAID_BREAKS = "paid_breaks"
"""Reason of shrinkage that stands for them where no shifts do."""


@dataclass(frozen=True)
class Scheduled:
    """What ``TeamShifts`` tells but for the heads without shifts."""

    months: tuple[ShiftMonth, ...]
    peak: ShiftMonth
    hours: WeekHours
    covering: int | None

    def beside(self, free: TeamSize) -> TeamShifts:
        """With the team sized without shifts."""
        return TeamShifts(free.team, self.months, self.peak, self.hours, self.covering, free)


def scheduled(group: GroupSize, months: Sequence[Month]) -> dict[str, Scheduled]:
    """The schedules of each team of a group whose heads work shifts; ``months`` are those of its sizes."""
    found = {}
    for team in group.teams:
        if team.unit != "heads" or group.question.scenario.teams[team.team].shifts is None:
            continue
        schedules = tuple(
            _schedule(
                month, team.team, {one.team: team_staff(one.unit, one.months[number].size) for one in group.teams}
            )
            for number, month in enumerate(months)
        )
        place = next(number for number, month in enumerate(months) if month.period == team.peak.period)
        peak, plan = schedules[place], months[place].plan
        hours = week_hours(peak, round(plan.forecast.scenario.teams[team.team].contract))
        found[team.team] = Scheduled(schedules, peak, hours, _covering(team.team, plan, peak, group.question.targets))
    return found


def week_hours(month: ShiftMonth, contract_ms: int) -> WeekHours:
    """What becomes of the paid hours of a schedule's heads."""
    schedule, layout = month.schedule, month.schedule.layout
    paid = [tour_paid_ms(tour, layout.shifts) for tour in layout.tours]
    worked = [layout.shifts[duty.shift].worked_ms for duty in layout.duties]
    contract_h = schedule.heads * contract_ms / HOUR_MS
    rostered_h = float(schedule.people @ np.array(paid)) / HOUR_MS
    worked_h = float(schedule.duty_people @ np.array(worked)) / HOUR_MS
    inside_h = float(schedule.on_duty @ layout.length_ms) / HOUR_MS
    return WeekHours(
        contract=contract_h,
        not_rostered=contract_h - rostered_h,
        paid_breaks=rostered_h - worked_h,
        outside=worked_h - inside_h,
        shrinkage=inside_h * (1 - month.present),
        positions=inside_h * month.present,
    )


def without_shifts(loaded: LoadedScenario, bound: Mapping[str, Scheduled]) -> LoadedScenario:
    """The scenario in which these teams' heads are there whenever they are needed, paid breaks taken as shrinkage."""
    teams = loaded.model.teams
    free = {name: _free(teams[name], one.hours) for name, one in bound.items()}
    return replace(loaded, model=loaded.model.model_copy(update={"teams": FrozenDict({**teams, **free})}))


def _free(team: Team, hours: WeekHours) -> Team:
    share = hours.paid_breaks / (hours.contract - hours.not_rostered)
    shrinkage: Mapping[str, tuple[float, ...]] = team.shrinkage_by_reason
    if share:
        shrinkage = {**shrinkage, PAID_BREAKS: tuple(share * left for left in _left(team))}
    return team.model_copy(update={"shifts": None, "working_time": None, "shrinkage": FrozenDict(shrinkage)})


def _left(team: Team) -> list[float]:
    """By month, what a further reason of shrinkage must be 100 % of to take all that the others leave."""
    if team.shrinkage_convention == "compound":
        return [1.0] * 12
    on_the_phones = [1 - share for share in team.monthly_shrinkage]
    if team.shrinkage_convention == "additive":
        return on_the_phones
    return [rest / (1 - away) for rest, away in zip(on_the_phones, team.monthly_absence, strict=True)]


def _schedule(month: Month, team: str, staff: Mapping[str, TeamStaff]) -> ShiftMonth:
    return next(one for one in month.plan.shift_months(team, staff) if one.label == month.period.label)


def _covering(team: str, plan: CentrePlan, month: ShiftMonth, targets: Sequence[Target]) -> int | None:
    """As scheduling software has it: agents in every interval by a formula, emails evenly on top, covered by shifts."""
    work = TeamWork.of(plan, team)
    needed = requirement(plan, work, targets)
    agents = needed.erlang_a if needed.erlang_a is not None else needed.erlang_c
    if agents is None:
        return None
    start_ms, end_ms, wanted = _mean_week(plan, work, agents.astype(np.float64) + work.email_erlangs(plan))
    layout = month.schedule.layout
    try:
        return fewest_heads(layout, layout.at(start_ms, end_ms, wanted) / month.present).schedule.heads
    except CannotCoverError:
        return None


def _mean_week(plan: CentrePlan, work: TeamWork, by_interval: Float64) -> tuple[Int64, Int64, Float64]:
    """The intervals of a week: start, end, and mean of values by interval of the horizon, (I,), with the team there."""
    interval_ms = plan.forecast.scenario.interval
    weekday = weekdays(plan.window.start_day, plan.window.horizon_days)
    there = work.open_ms(plan).reshape(weekday.size, -1) > 0
    total, times = np.zeros((2, WEEK_DAYS, there.shape[1]))
    np.add.at(total, weekday, np.where(there, by_interval.reshape(there.shape), 0.0))
    np.add.at(times, weekday, there)
    start_ms = np.arange(total.size, dtype=np.int64) * interval_ms
    assert total.size * interval_ms == WEEK_DAYS * DAY_MS
    return start_ms, start_ms + interval_ms, (total / np.maximum(times, 1)).ravel()
