"""Sites of a centre as the statistics know them: which queues and teams are whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.centre.contract import CompiledCentre
from sim.scenario.centre import CentreScenario

from .queue_kpis import channel_of

KINDS = {"call": "calls", "chat": "chats", "email": "emails"}
"""What all queues of a channel are called together."""
ALL, TEAMS = "all", "teams"
"""What all queues, and all teams, are called together."""


@dataclass(frozen=True)
class Site:
    """Queues and teams that belong together; an agent may serve the queues of another site all the same."""

    name: str
    language: str | None
    queues: tuple[int, ...]
    """Indices in the compiled centre."""
    teams: tuple[int, ...]


def sites_of(scenario: CentreScenario) -> tuple[Site, ...]:
    """The sites in the order of the file; none if it doesn't tell any apart."""
    queues = [scenario.site_of(queue) for queue in scenario.queues.values()]
    teams = [scenario.site_of(team) for team in scenario.teams.values()]
    return tuple(
        Site(
            name,
            site.language,
            tuple(index for index, of in enumerate(queues) if of == name),
            tuple(index for index, of in enumerate(teams) if of == name),
        )
        for name, site in (scenario.sites or {}).items()
    )


def queues_by_kind(centre: CompiledCentre, queues: Sequence[int]) -> dict[str, list[int]]:
    """``all`` of the queues, and those of each channel (``calls``, ``chats``, ``emails``): of what there is any."""
    of_channel = {
        kind: [queue for queue in queues if channel_of(centre, [queue]) == channel] for channel, kind in KINDS.items()
    }
    return {kind: members for kind, members in {ALL: list(queues), **of_channel}.items() if members}
