"""Periods in which a team has less than it needs, and the last class that would help."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from sim.centre.workforce_plan import team_plan
from sim.scenario.centre import CentreScenario
from sim.workforce.expected import expected_of_class

from ..sizing.periods import Period
from .results import Shortage, TeamRow

LEAST_SHORT = 0.05
"""FTE: what is told as 0.0 isn't short."""


def shortages(scenario: CentreScenario, periods: Sequence[Period], teams: Sequence[TeamRow]) -> tuple[Shortage, ...]:
    """All of them, the largest first."""
    found = [one for team in teams for one in _of_team(scenario, periods, team)]
    return tuple(sorted(found, key=lambda one: -one.short_fte))


def _of_team(scenario: CentreScenario, periods: Sequence[Period], row: TeamRow) -> Iterator[Shortage]:
    for period, over in zip(periods, row.over_under_fte.tolist(), strict=True):
        if not math.isnan(over) and over < -LEAST_SHORT:
            start, decide_by, heads = _last_class(scenario, row.team, period, -over)
            yield Shortage(row.team, period, -over, row.unit, start, decide_by, heads)


def _last_class(
    scenario: CentreScenario, name: str, period: Period, short_fte: float
) -> tuple[date | None, date | None, int | None]:
    """When it starts and has to be decided, and of how many; no heads where that is before the scenario's start."""
    team = scenario.teams[name]
    if team.hiring is None or team.heads is None:
        return None, None, None
    plan = team_plan(scenario, name)
    start = period.start - timedelta(days=plan.ramp.training_days)
    start -= timedelta(days=start.weekday())
    decide_by = start - timedelta(days=team.hiring.lead_time)
    if decide_by < scenario.start:
        return start, decide_by, None
    first, end = ((day - scenario.start).days for day in (period.start, period.end))
    path = expected_of_class(plan, (start - scenario.start).days, 1.0, end)
    of_one = float(np.mean(path.productive_fte[first:end])) * team.contract / team.full_time_week_ms
    return start, decide_by, math.ceil(short_fte / of_one) if of_one > 0 else None
