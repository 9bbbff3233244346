"""Who serves a queue as a rule, where a file's own rates are followed without a simulation.

A rough prediction: the people who take a queue's contacts at once share its work alike, by their mean number. Teams
that help out after a wait count where there is no other; preferences, hours and what else keeps people busy are left
out.
"""

from __future__ import annotations

from collections.abc import Mapping

from .base import FrozenDict
from .centre import CentreScenario
from .parse import DAY_MS
from .tables import PositionPlan
from .week import united, week_ms


def contact_shares(scenario: CentreScenario) -> FrozenDict[str, FrozenDict[str, float]]:
    """By queue, share of its contacts that each team takes; they sum to 1."""
    counts = {team: people(scenario, team) for team in scenario.teams}
    return FrozenDict({queue: _shares(scenario, counts, queue) for queue in scenario.queues})


def _shares(scenario: CentreScenario, counts: Mapping[str, float], queue: str) -> FrozenDict[str, float]:
    terms = {team: scenario.terms(team, queue) for team in scenario.serving(queue)}
    at_once = [team for team in terms if not terms[team].overflow_after] or list(terms)
    contacts = {team: counts[team] / terms[team].handle_factor for team in at_once}
    total = sum(contacts.values())
    return FrozenDict({team: number / total if total else 1 / len(contacts) for team, number in contacts.items()})


def people(scenario: CentreScenario, name: str) -> float:
    """Mean positions in the team's hours; of a plan, its most."""
    team = scenario.teams[name]
    if team.heads is not None:
        hours_ms = week_ms(united(scenario.team_hours(name)))
        return team.heads * team.contract * (1 - team.mean_shrinkage) / max(hours_ms, DAY_MS)
    return team.positions.most if isinstance(team.positions, PositionPlan) else team.positions or 0
