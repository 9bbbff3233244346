"""The teams that are sized together, and the staffs that are tried of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.centre.compile import CentrePlan
from sim.centre.compile_staff import TeamStaff

from ..payroll import payroll
from .unit import Unit, size_of_file, team_staff, unit_of

Staff = tuple[int, ...]
"""Heads or positions of each of the teams that are sized, in their order."""

_ROUNDING = 1e-9


@dataclass(frozen=True)
class SizedTeam:
    """A team that is sized."""

    name: str
    unit: Unit
    stated: int | None
    """What the file itself has, in that unit; None where it gives positions by interval or in another unit."""
    share: float
    """Of the largest of the teams, as the file has them."""
    weight: float
    """What one head, or position, costs, if that can be compared between the teams; else 1."""


@dataclass(frozen=True)
class Staffing:
    """All teams that are sized together."""

    teams: tuple[SizedTeam, ...]

    @classmethod
    def of(cls, plan: CentrePlan, names: Sequence[str], *, as_positions: bool = False) -> Staffing:
        """Teams of a plan; ``as_positions`` sizes positions whatever the file has."""
        scenario, numbers = plan.forecast.scenario, [plan.forecast.team(name).number for name in names]
        units: list[Unit] = ["positions" if as_positions else unit_of(scenario.teams[name]) for name in names]
        stated = [
            size_of_file(scenario.teams[name]) if unit == unit_of(scenario.teams[name]) else None
            for name, unit in zip(names, units, strict=True)
        ]
        # What the file gives otherwise counts as the positions that it makes on average.
        people = [
            max(float(plan.forecast.serving.people[number]) if size is None else size, 1)
            for number, size in zip(numbers, stated, strict=True)
        ]
        shares = [size / max(people) for size in people]
        weights = _weights(plan, names, units)
        return cls(tuple(map(SizedTeam, names, units, stated, shares, weights)))

    def at(self, level: int) -> Staff:
        """The file's proportions with so many in the largest team, and at least 1 in each."""
        return tuple(max(1, math.floor(level * team.share + 0.5)) for team in self.teams)

    def level(self, staff: Sequence[int]) -> int:
        """The level at which about as many are in the team that needs the highest."""
        return math.ceil(max(size / team.share for size, team in zip(staff, self.teams, strict=True)) - _ROUNDING)

    def given(self, staff: Staff) -> Mapping[str, TeamStaff]:
        """The staff as plans take it, by team."""
        return {team.name: team_staff(team.unit, size) for team, size in zip(self.teams, staff, strict=True)}

    def dearest_first(self, staff: Staff) -> list[int]:
        """Indices of the teams, dearest first; of those that cost the same, largest first."""
        return sorted(range(len(staff)), key=lambda index: (-self.teams[index].weight, -staff[index]))

    def total(self, staff: Staff) -> float:
        """What a staff costs, or how many they are, so that staffs compare."""
        return sum(size * team.weight for size, team in zip(staff, self.teams, strict=True))


def changed(staff: Staff, index: int, by: int) -> Staff:
    """The staff with one team larger, or smaller."""
    return (*staff[:index], staff[index] + by, *staff[index + 1 :])


def _weights(plan: CentrePlan, names: Sequence[str], units: Sequence[Unit]) -> list[float]:
    """Costs of one head, or position, over the plan's horizon; all 1 where some are unknown or currencies differ."""
    if len(names) == 1:
        return [1.0]
    ones = [
        payroll(plan.forecast.scenario.teams[name], plan.presence({name: team_staff(unit, 1)}, team=name))
        for name, unit in zip(names, units, strict=True)
    ]
    costs = [one.cost for one in ones if one.cost is not None]
    comparable = len(costs) == len(ones) and all(costs) and len({one.currency for one in ones}) == 1
    return costs if comparable else [1.0] * len(ones)
