"""What a team's people may not be meant to be."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding
from .centre import CentreScenario
from .words import quoted_list, suggestion


def people_doubts(scenario: CentreScenario) -> Iterator[Finding]:
    """Rows of a file of agents that no team takes, and people hired after the horizon; placed from the root."""
    lower = {name.lower() for name in scenario.teams}
    told = set()
    for name, team in scenario.teams.items():
        if team.agents is None:
            continue
        others = [other for other in team.agents.teams if other.lower() not in lower]
        if others and team.agents.source not in told:
            told.add(team.agents.source)
            near = suggestion(others[0], scenario.teams) if len(others) == 1 else ""
            yield Finding(
                ("teams", name, "agents"),
                f"{team.agents.source}: rows of the team {quoted_list(others, 'and')} count nowhere, as the scenario "
                f"has no such team{near}",
            )
        later = [agent for agent in team.agents.to_come if agent.hired >= scenario.end]
        if later:
            people = "1 person is" if len(later) == 1 else f"{len(later)} people are"
            yield Finding(
                ("teams", name, "agents"), f"{team.agents.source}: {people} hired after the horizon, and left out"
            )
