"""A team's people as the scenario states them: the plan that ``sim.workforce`` simulates, and their stages.

Day 0 is the first of the scenario's horizon.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ..scenario import workforce as stated
from ..scenario.centre import CentreScenario
from ..scenario.team import Team
from ..workforce.attrition import Attrition
from ..workforce.coaching import Coaching
from ..workforce.hiring import HiringPlan
from ..workforce.plan import TeamPlan
from ..workforce.ramp import RampCurve
from ..workforce.sickness import SicknessWaves
from ..workforce.tenure import experienced, growing, steady
from .contract import Float64, Int64

STAGE_DAYS = 7
"""Length of a stage of the ramp: all of them have the proficiency of its middle."""
EARLY_DAYS = 91
"""Three months, after training."""
_NO_RAMP = RampCurve(training_days=0, starts_at=1.0, full_after_days=0)


def team_plan(scenario: CentreScenario, name: str) -> TeamPlan:
    """The plan of a team of heads over the scenario's horizon."""
    team = scenario.teams[name]
    assert team.heads is not None
    ramp, attrition = ramp_of(team), attrition_of(team)
    return TeamPlan(
        name=name,
        tenure_days=_with_classes_under_way(_tenures(team, ramp, attrition), team, scenario.start, attrition),
        ramp=ramp,
        attrition=attrition,
        hiring=_hiring(team, scenario.start, scenario.end),
    )


def waves_of(scenario: CentreScenario, name: str) -> SicknessWaves | None:
    """The waves of sickness that a team has in common with all others of its site; None without any."""
    waves = scenario.teams[name].sickness_waves
    if waves is None:
        return None
    site = scenario.site_of(scenario.teams[name])
    return SicknessWaves(f"{site or ''}/sickness", waves.cv, waves.lasting)


def coaching_of(team: Team) -> Coaching | None:
    """The team's coaching; None where the file says nothing of it."""
    given = team.coaching
    if given is None:
        return None
    return Coaching(
        coaches_ms=given.coaches * given.time * team.contract,
        trainee_ms=given.per_trainee,
        beginner_ms=given.per_beginner,
        agent_ms=given.per_agent,
    )


def ramp_of(team: Team) -> RampCurve:
    """The team's ramp; newcomers are as good as any where it has none."""
    if team.ramp is None:
        return _NO_RAMP
    ramp = team.ramp
    nesting_at = ramp.nesting_at if ramp.nesting_at is not None else ramp.starts_at
    return RampCurve(
        training_days=ramp.training,
        starts_at=ramp.starts_at,
        full_after_days=ramp.full_at,
        shape=ramp.shape,
        nesting_days=ramp.nesting,
        nesting_proficiency=nesting_at if ramp.nesting else None,
        steps=ramp.steps or (),
    )


def attrition_of(team: Team) -> Attrition:
    """The team's attrition; nobody leaves where it has none."""
    if team.attrition is None:
        return Attrition((0.0,), (0.0,), training_days=ramp_of(team).training_days)
    given, training_days = team.attrition, ramp_of(team).training_days
    early = {"early_days": float(EARLY_DAYS), "early_multiplier": given.first_3_months}
    apart = {"training_days": training_days, "lost_in_training": given.lost_in_training}
    if given.measure == "cohort":
        return Attrition.of_cohort(given.rate.share, given.rate.per, group="new", **early, **apart)  # type: ignore[arg-type]
    return Attrition.of_average_heads(given.rate.share, given.rate.per, **early, **apart)  # type: ignore[arg-type]


def _tenures(team: Team, ramp: RampCurve, attrition: Attrition) -> Int64:
    """Of today's heads, longest-serving first; of a growing team at the rate at which it goes on to grow."""
    assert team.heads is not None
    if team.tenure == "experienced":
        return experienced(team.heads, attrition, ramp)
    if team.tenure == "steady":
        return steady(team.heads, attrition)
    net = team.hiring.net if team.hiring is not None else None
    return growing(team.heads, attrition, (net or 0.0) / stated.MONTH_DAYS / team.heads)


def _with_classes_under_way(tenure_days: Int64, team: Team, start: date, attrition: Attrition) -> Int64:
    """Today's heads, of whom the newest are those expected to be left of classes that began before the start."""
    classes = team.hiring.classes if team.hiring is not None else ()
    under_way = sorted(((start - one.on).days, one.heads) for one in classes if team.under_way(one.on, start))
    newest = [
        np.full(round(heads * float(attrition.survival(np.array(float(days))))), days, np.int64)
        for days, heads in reversed(under_way)
    ]
    if not newest:
        return tenure_days
    known = np.concatenate(newest)[-tenure_days.size :]
    return np.concatenate([tenure_days[: tenure_days.size - known.size], known])


def _hiring(team: Team, start: date, end: date) -> HiringPlan:
    given = team.hiring
    if given is None:
        return HiringPlan()
    days = end.toordinal() - start.toordinal()
    classes = sorted((one.on.toordinal() - start.toordinal(), one.heads) for one in given.classes)
    firsts = [day for day in range(days) if date.fromordinal(start.toordinal() + day).day == 1]
    return HiringPlan(
        classes=tuple((day, heads) for day, heads in classes if 0 <= day < days),
        net_per_month=given.net,
        month_starts=() if given.net is None else tuple(sorted({0, *firsts})),
        replace_after_days=given.replace_after,
        notice_days=team.attrition.notice if team.attrition is not None else 0,
        class_size=given.class_size,
        trainers=given.trainers,
    )


@dataclass(frozen=True)
class RampStages:
    """The stages that a team's people go through on the job, a week each; experienced people are at the team's own."""

    experienced: int
    """The team's own stage."""
    first: int
    """Stage of the first week after training."""
    proficiency: Float64
    """(weeks,) in the middle of each week; above 0."""
    training_days: int

    def of(self, tenure_days: Int64) -> Int64:
        """Stage at each tenure past training, same shape."""
        week = (tenure_days - self.training_days) // STAGE_DAYS
        return np.where(week < self.proficiency.size, self.first + week, self.experienced)


def ramp_stages(scenario: CentreScenario) -> dict[str, RampStages]:
    """By team that ramps up; their stages follow those of the teams."""
    found = {}
    first = len(scenario.teams)
    for number, (name, team) in enumerate(scenario.teams.items()):
        if team.ramp is None:
            continue
        ramp = ramp_of(team)
        weeks = -(-(ramp.full_after_days - ramp.training_days) // STAGE_DAYS)
        middle = ramp.training_days + (np.arange(weeks) + 0.5) * STAGE_DAYS
        found[name] = RampStages(number, first, ramp.proficiency(middle), ramp.training_days)
        first += weeks
    return found
