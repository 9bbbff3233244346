"""What a planner may not have meant about shifts (see ``doubts``)."""

from __future__ import annotations

from collections.abc import Iterator

from ..shifts.rotation import template_of
from ..shifts.tours import weekly_tours
from .base import Finding
from .centre import CentreScenario
from .parse import HOUR_MS
from .shift_weeks import longest_week, shifts_of, week_rules
from .week import united

_UNFILLED = 0.02
"""Share of the contract that is worth telling if no week of shifts fills it."""


def shift_doubts(scenario: CentreScenario) -> Iterator[Finding]:
    """The doubts, placed from the scenario's root."""
    yield from _contracts(scenario)
    yield from _rotations(scenario)


def _contracts(scenario: CentreScenario) -> Iterator[Finding]:
    """Paid hours that no week of shifts fills."""
    for name, team in scenario.teams.items():
        if team.shifts is None:
            continue
        longest_ms = longest_week(team, united(scenario.team_hours(name))).paid_ms
        if longest_ms < (1 - _UNFILLED) * team.contract:
            unfilled = f"{longest_ms / HOUR_MS:.4g} of the contract's {team.contract / HOUR_MS:.4g} h at most"
            told = f"make up {unfilled}; the rest is paid and nobody is there for it: make them longer, or more a week"
            yield Finding(("teams", name, "shifts"), told)


def _rotations(scenario: CentreScenario) -> Iterator[Finding]:
    """Shifts that nobody has a turn of."""
    for name, team in scenario.teams.items():
        rules = week_rules(team)
        if team.shifts is None or not rules.rotation:
            continue
        shifts = shifts_of(team, united(scenario.team_hours(name)))
        weeks = [tour for tour in weekly_tours(shifts, rules) if template_of(tour, shifts, rules.rotation) is not None]
        worked = {shifts[number].template for tour in weeks for number in tour if number is not None}
        for template in team.shifts:
            if template not in worked:
                told = "is not in working_time.rotation, so nobody works it: name it there, or drop it"
                yield Finding(("teams", name, "shifts", template), told)
