"""The positions of a team: as its file gives them, or another staff in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..common.calendar import DAY_MS
from ..scenario.tables import PositionPlan
from ..scenario.team import Team
from .compile_days import Days, Window
from .compile_serving import TeamHours
from .contract import Float64, Int64, Staff
from .paid_time import mean_presence, paid_time
from .presence import Heads, Pieces, constant, from_curve, from_plan, in_steps


@dataclass(frozen=True, eq=False)
class TeamStaff:
    """A staff in place of the file's: people on the payroll, constant positions, or positions by interval.

    ValueError if more than one is given; with none, the team is as in the file.
    """

    heads: int | None = None
    positions: int | None = None
    curve: Int64 | None = None
    """(I,) in each interval of the plan's horizon; days around it repeat the nearest same weekday."""

    def __post_init__(self) -> None:
        """Refuse two staffs at a time."""
        if sum(given is not None for given in (self.heads, self.positions, self.curve)) > 1:
            raise ValueError("give heads, positions or a curve, one of the three")

    @property
    def as_in_file(self) -> bool:
        """Whether none is given."""
        return self.heads is None and self.positions is None and self.curve is None


AS_IN_FILE = TeamStaff()


def heads_of(team: Team, staff: TeamStaff) -> Heads | None:
    """The heads to spread; None where positions are given as such."""
    count = staff.heads if staff.heads is not None else team.heads
    if count is None or staff.positions is not None or staff.curve is not None:
        return None
    return Heads(count, team.contract, team.full_time_week_ms)


def given_positions(
    team: TeamHours, staff: TeamStaff, days: Days, interval_ms: int, whole: Window, window: Window
) -> Pieces:
    """Positions of a team without heads, in its hours.

    A curve is that of the ``window``, a plan that of the scenario's ``whole`` horizon.
    """
    plan = team.team.positions if staff.positions is None else staff.positions
    if staff.curve is not None:
        steps = from_curve(staff.curve, interval_ms, days, window)
    elif isinstance(plan, PositionPlan):
        steps = from_plan(plan, days, whole)
    else:
        steps = constant(plan or 0)
    return in_steps(team.hours, steps)


def people_of(
    teams: Sequence[TeamHours],
    staff: Mapping[str, TeamStaff],
    days: Days,
    interval_ms: int,
    whole: Window,
    window: Window,
) -> Float64:
    """Mean positions of each team in its hours, (T,), over the scenario's ``whole`` horizon; of heads, what their time
    makes. Teams that aren't in ``staff`` are as in the file; a curve is that of the ``window``, and its mean."""
    people = []
    for team in teams:
        other = staff.get(team.name, AS_IN_FILE)
        heads = heads_of(team.team, other)
        if heads is not None:
            time = paid_time(team.team, whole.start_day, whole.horizon_days)
            week_ms = heads.contract_ms * float(mean_presence(time.on_the_phones)) + float(time.extra_ms.mean())
            people.append(heads.count * week_ms / max(team.week.total_ms, 1))
            continue
        pieces = given_positions(team, other, days, interval_ms, whole, window)
        counted = window if other.curve is not None else whole
        start_ms = days.index(counted.start_day) * DAY_MS
        span = np.array([start_ms, start_ms + counted.horizon_days * DAY_MS], dtype=np.int64)
        people.append(pieces.mean_between(span)[0] * (span[1] - span[0]) / max(team.hours.open_between(span)[0], 1))
    return np.array(people)


def compile_staff(pieces: Sequence[Pieces], first_ms: int, end_ms: int) -> Staff:
    """The teams' changes of positions within [first, end), counted from the first."""
    changes = [team.changes(first_ms, end_ms) for team in pieces]
    at_ms = np.concatenate([at for at, _ in changes])
    team = np.repeat(np.arange(len(changes)), [at.size for at, _ in changes])
    order = np.lexsort((team, at_ms))
    most = [int(positions.max(initial=0)) for _, positions in changes]
    agent_team = np.repeat(np.arange(len(most)), most)
    return Staff(
        at_ms=at_ms[order],
        team=team[order],
        positions=np.concatenate([positions for _, positions in changes])[order],
        agent_team=agent_team,
        agent_stage=agent_team[np.newaxis].astype(np.int32),
    )
