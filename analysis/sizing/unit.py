"""What is counted when a staff is sized: heads on the payroll, or positions on the phones."""

from __future__ import annotations

from typing import Literal

from sim.centre.compile import CentrePlan
from sim.centre.contract import CompiledCentre
from sim.centre.presence import PresenceSummary
from sim.errors import Problem, ScenarioError
from sim.scenario.centre import CentreScenario

Unit = Literal["heads", "positions"]


def unit_of(scenario: CentreScenario) -> Unit:
    """Heads if the file gives its staff in heads, else positions. ScenarioError for a centre of several teams."""
    if len(scenario.teams) > 1:
        message = "size finds the staff of one team, and there are several; run them, with other heads by --set"
        raise ScenarioError(scenario.name, [Problem("teams", message)])
    (team,) = scenario.teams.values()
    return "positions" if team.heads is None else "heads"


def size_of_file(scenario: CentreScenario) -> int | None:
    """The size that the file itself states in its unit; None where it gives positions by interval."""
    (team,) = scenario.teams.values()
    if team.heads is not None:
        return team.heads
    return team.positions if isinstance(team.positions, int) else None


def staffed(plan: CentrePlan, unit: Unit, size: int) -> CompiledCentre:
    """The plan with so many heads, or constant positions in the team's hours."""
    return plan.staffed(heads=size) if unit == "heads" else plan.staffed(positions=size)


def presence(plan: CentrePlan, unit: Unit, size: int) -> PresenceSummary:
    """What such a staff comes to in heads, FTE, hours and positions."""
    return plan.presence(heads=size) if unit == "heads" else plan.presence(positions=size)
