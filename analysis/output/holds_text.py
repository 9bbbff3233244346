"""The reverse question as people read it: what volume and what service the file's own staff holds."""

from __future__ import annotations

from sim.scenario.centre import CentreScenario
from sim.scenario.words import listed

from ..sizing.results import GroupHeld, HoldsResult, MonthHeld
from ..sizing.unit import size_of_file, unit_of
from .grid import WIDTH, TextColumn, grid
from .size_words import first_name
from .trial_columns import target_columns
from .words import counted, percent, span_name


def holds_text(result: HoldsResult, width: int = WIDTH) -> str:
    """The whole answer, group by group."""
    scenario = result.loaded.model
    return "\n\n".join(f"{_headline(group, scenario)}\n{_months(group, scenario, width)}" for group in result.groups)


def file_staff(scenario: CentreScenario, team: str) -> str:
    """``200 heads of France``; ``staff of France`` where the file gives positions by interval."""
    size = size_of_file(scenario.teams[team])
    whose = f" of {team}" if len(scenario.teams) > 1 else ""
    unit = unit_of(scenario.teams[team]).removesuffix("s")
    return f"{counted(size, unit)}{whose}" if size else f"staff{whose}"


def _headline(group: GroupHeld, scenario: CentreScenario) -> str:
    staff = "The file's own " + listed([file_staff(scenario, team) for team in group.question.group.teams], "and")
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
