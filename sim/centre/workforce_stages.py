"""The stages of experience that a team's people go through, week by week after training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..scenario.centre import CentreScenario
from ..scenario.team import Team
from .contract import Float64, Int64, UInt8
from .workforce_plan import ramp_of, skill_groups

STAGE_DAYS = 7
"""Length of a stage: all of it has the proficiency and the skills of its middle."""


@dataclass(frozen=True)
class TeamStages:
    """A team's people are of G groups that have the same skills at the same tenure; the first has the team's own."""

    training_days: int
    proficiency: Float64
    """(weeks,) in the middle of each week on the job; above 0."""
    first: Int64
    """(G,) stage of the first week after training; those of the others follow it."""
    grown: Int64
    """(G,) stage from then on; of the first group the team's own."""
    solves: UInt8
    """(G, weeks + 1, M) 1: they solve the matter; the last of all is that from then on."""

    @property
    def weeks(self) -> int:
        """Weeks on the job after which nothing changes any more."""
        return self.proficiency.size

    def of(self, tenure_days: Int64, group: Int64) -> Int64:
        """Stage at each tenure past training, in each group; same shape."""
        week = np.maximum(tenure_days - self.training_days, 0) // STAGE_DAYS
        return np.where(week < self.weeks, self.first[group] + week, self.grown[group])


def team_stages(scenario: CentreScenario) -> dict[str, TeamStages]:
    """By team whose people differ in what they do; their stages follow those of the teams."""
    found = {}
    first = len(scenario.teams)
    for number, (name, team) in enumerate(scenario.teams.items()):
        groups = skill_groups(team)
        ramp = ramp_of(team)
        changes_until = ramp.full_after_days if team.ramp is not None else ramp.training_days
        weeks = -(-(max(changes_until, _last_skill(team)) - ramp.training_days) // STAGE_DAYS)
        if not weeks and len(groups) == 1:
            continue
        middle = ramp.training_days + (np.arange(weeks) + 0.5) * STAGE_DAYS
        firsts = first + weeks * np.arange(len(groups))
        grown = np.concatenate([[number], firsts[-1] + weeks + np.arange(len(groups) - 1)])
        solves = np.array(
            [[_solved(scenario, team, own, day) for day in (*middle, np.inf)] for own in groups], np.uint8
        )
        found[name] = TeamStages(
            ramp.training_days, ramp.proficiency(middle), firsts.astype(np.int64), grown.astype(np.int64), solves
        )
        first += weeks * len(groups) + len(groups) - 1
    return found


def _last_skill(team: Team) -> int:
    """Days from hire after which nobody learns any more."""
    return max(team.skills.values(), default=0) if team.skills is not None else 0


def _solved(scenario: CentreScenario, team: Team, own: frozenset[str] | None, tenure_days: float) -> list[bool]:
    """Matters solved at a tenure, by those with skills of their own or with the team's."""
    return [
        not matter or (matter in own if own is not None else team.solves(matter) and team.learns(matter) <= tenure_days)
        for matter in scenario.matters
    ]
