"""The file's scenario with the staff that was found in place of its own."""

from __future__ import annotations

from sim.scenario.base import FrozenDict
from sim.scenario.centre import CentreScenario
from sim.scenario.team import Team

from .results import SizeResult
from .unit import Unit


def with_staff_found(result: SizeResult) -> CentreScenario:
    """Teams that weren't sized are as the file has them."""
    scenario = result.loaded.model
    found = {
        team.team: _with(scenario.teams[team.team], team.unit, month.size)
        for group in result.groups
        for team, month in zip(group.teams, group.headline, strict=True)
    }
    return scenario.model_copy(update={"teams": FrozenDict({**scenario.teams, **found})})


def _with(team: Team, unit: Unit, size: int) -> Team:
    return team.model_copy(update={"heads": None, "positions": None} | {unit: size})
