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


@dataclass(frozen=True)
class Proportions:
    """How teams stand to each other that are scaled up and down together."""

    shares: tuple[float, ...]
    """Of the largest of the teams."""

    @classmethod
    def of(cls, staff: Staff) -> Proportions:
        """Those of a staff."""
        return cls(tuple(size / max(staff) for size in staff))

    def at(self, level: int) -> Staff:
        """The staff with so many in the largest team, and at least 1 in each."""
        return tuple(max(1, math.floor(level * share + 0.5)) for share in self.shares)


@dataclass(frozen=True)
class SizedTeam:
    """A team that is sized."""

    name: str
    unit: Unit
    stated: int | None
    """What the file itself has, in that unit; None where it gives positions by interval or in another unit."""
    weight: float
    """What one head, or position, costs, if that can be compared between the teams; else 1."""


@dataclass(frozen=True)
class Staffing:
    """All teams that are sized together."""

    teams: tuple[SizedTeam, ...]

    @classmethod
    def of(cls, plan: CentrePlan, names: Sequence[str], *, as_positions: bool = False) -> Staffing:
        """Teams of a plan; ``as_positions`` sizes positions whatever the file has."""
        scenario = plan.forecast.scenario
        units: list[Unit] = ["positions" if as_positions else unit_of(scenario.teams[name]) for name in names]
        stated = [
            size_of_file(scenario.teams[name]) if unit == unit_of(scenario.teams[name]) else None
            for name, unit in zip(names, units, strict=True)
        ]
        return cls(tuple(map(SizedTeam, names, units, stated, _weights(plan, names, units))))

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
