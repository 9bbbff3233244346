"""The reverse question as people read it: what volume and what service the file's own staff holds."""

from __future__ import annotations

from collections.abc import Sequence

from sim.scenario.centre import CentreScenario
from sim.scenario.tables import PositionPlan
from sim.scenario.words import listed

from ..ordinary_week import team_week
from ..sizing.results import GroupHeld, HoldsResult, MonthHeld
from ..sizing.unit import size_of_file, unit_of
from .grid import WIDTH, TextColumn, grid
from .size_words import first_name
from .trial_columns import target_columns
from .words import counted, number, percent, span_name


def holds_text(result: HoldsResult, width: int = WIDTH) -> str:
    """The whole answer, group by group."""
    scenario = result.loaded.model
    return "\n\n".join(f"{_headline(group, scenario)}\n{_months(group, scenario, width)}" for group in result.groups)


def file_staff(scenario: CentreScenario, team: str) -> str:
    """``200 heads of France``; of positions by time ``3.8 positions of France on average, 4 at the peak``.

    That is in an ordinary week; of positions by date the most are told.
    """
    size = size_of_file(scenario.teams[team])
    whose = f" of {team}" if len(scenario.teams) > 1 else ""
    if size:
        return f"{counted(size, unit_of(scenario.teams[team]).removesuffix('s'))}{whose}"
    week = team_week(scenario, team)
    if week.position_h is None or week.peak_positions is None:
        plan = scenario.teams[team].positions
        most = plan.most if isinstance(plan, PositionPlan) else 0
        return f"positions{whose} by date, {number(most)} at most"
    mean = week.position_h / week.staffed_h if week.staffed_h else 0.0
    return f"{number(mean, 1)} positions{whose} on average, {number(week.peak_positions)} at the peak"


def staff_listed(staffs: Sequence[str]) -> str:
    """Staffs of teams in a row, set apart by semicolons where one has a comma."""
    return "; ".join(staffs) if any("," in one for one in staffs) else listed(staffs, "and")


def _headline(group: GroupHeld, scenario: CentreScenario) -> str:
    staff = "The file's own " + staff_listed([file_staff(scenario, team) for team in group.question.group.teams])
    judged = dict.fromkeys(target.queue for target in group.question.targets)
    what = f"the targets of {listed(judged, 'and')}" if group.question.beside else "every target"
    month = group.tightest
    where = f" in {span_name(month.period.label)}, the tightest month" if len(group.months) > 1 else ""
    if month.volume is None:
        return f"{staff} would hold {what} even at 10 times the volume{where}."
    if month.volume == 0:
        return f"{staff} can't hold the targets at any volume{where}."
    most = f"{percent(month.volume)} of the file's volume"
    return f"{staff} would hold {what} up to {most}{where}. At the file's volume:"


def _months(group: GroupHeld, scenario: CentreScenario, width: int) -> str:
    several = len(scenario.teams) > 1
    months = group.months
    trials = [month.at for month in months]
    targets = [one.target for one in trials[0].decision.targets]
    fails = tuple(first_name(month.binding, targets, several=several) for month in months)
    columns = [
        TextColumn("month", tuple(month.period.label for month in months), left=True),
        TextColumn("volume held", tuple(_volume(month) for month in months)),
        TextColumn("then fails", fails, left=True),
        *target_columns(trials),
    ]
    return grid(columns, width=width)


def _volume(month: MonthHeld) -> str:
    return "over 1000 %" if month.volume is None else percent(month.volume)
