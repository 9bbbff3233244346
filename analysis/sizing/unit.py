"""What is counted when a team is sized: heads on the payroll, or positions on the phones."""

from __future__ import annotations

from typing import Literal

from sim.centre.compile_staff import TeamStaff
from sim.scenario.team import Team

Unit = Literal["heads", "positions"]


def unit_of(team: Team) -> Unit:
    """Heads if the file gives the team in heads, else positions."""
    return "positions" if team.heads is None else "heads"


def size_of_file(team: Team) -> int | None:
    """The size that the file itself states in its unit; None where it gives positions by interval."""
    if team.heads is not None:
        return team.heads
    return team.positions if isinstance(team.positions, int) else None


def team_staff(unit: Unit, size: int) -> TeamStaff:
    """So many heads, or constant positions in the team's hours."""
    return TeamStaff(heads=size) if unit == "heads" else TeamStaff(positions=size)
