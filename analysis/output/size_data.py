"""The result of sizing as plain data: the document of ``--format json``.

Of one team the document tells its months; of several it has a part for each group of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ..sizing.results import GroupHeld, GroupSize, HoldsResult, MonthSize, SizeResult, TeamSize, Trial, WeekPattern
from ..sizing.staffed import with_staff_found
from .doubts import doubts_with_staff
from .plain import defined, target_data
from .run_data import doubts_data, scenario_data
from .shift_data import shifts_data
from .size_text import headline
from .size_words import unjudged
from .trial_data import team_trial, teams_trial
from .words import WEEKDAYS

Document = dict[str, Any]
Tell = Callable[[Trial], Document]
"""How a trial is told: of one team, or of several."""


def size_data(result: SizeResult, held: HoldsResult) -> Document:
    """The whole answer of ``staffsim size``."""
    told = {
        "command": "size",
        **scenario_data(result.loaded),
        "seed": result.seed,
        "replications": max(group.replications for group in result.groups),
        "engine": result.engine,
        "headline": headline(result),
        "unjudged": unjudged(result),
        "warnings_found": doubts_data(doubts_with_staff(result.loaded, with_staff_found(result))),
    }
    if result.shifts:
        told["shifts"] = shifts_data(result)
    if len(result.teams) == 1:
        return told | _one_team(result, held)
    sized = {team.team for team in result.teams}
    return told | {
        "groups": [_group(group, own) for group, own in zip(result.groups, held.groups, strict=True)],
        "not_sized": [name for name in result.loaded.model.teams if name not in sized],
    }


def _one_team(result: SizeResult, held: HoldsResult) -> Document:
    team, (group,), (own,) = result.only, result.groups, held.groups
    tell = partial(team_trial, team=team.team)
    of_team = _team(team)
    return ({"team": team.team, "beside": _beside(result)} if len(result.loaded.model.teams) > 1 else {}) | {
        "unit": of_team["unit"],
        "stated": of_team["stated"],
        "limit": group.limit,
        "peak": group.peak.label,
        "months": [_month(month, tell) for month in team.months],
        "pattern": of_team["pattern"],
        "every_month": _every_month(group, tell),
        "holds": _holds(own, tell),
    }


def _month(month: MonthSize, tell: Tell) -> Document:
    neighbours = _neighbours(month, tell)
    return {
        **_span(month),
        **_size(month),
        "below": neighbours["below"],
        "at": tell(month.at),
        "above": neighbours["above"],
    }


def _beside(result: SizeResult) -> list[Document]:
    """What becomes of targets that weren't judged, in the peak month."""
    return [
        target_data(one.target)
        | {"verdict": one.verdict, "value": defined(one.overall.value), "half_width": defined(one.overall.half_width)}
        for one in result.peak.at.beside
    ]


def _group(group: GroupSize, held: GroupHeld) -> Document:
    return {
        "queues": list(group.question.group.queues),
        "teams": {team.team: _team(team) for team in group.teams},
        "limit": group.limit,
        "peak": group.peak.label,
        "replications": group.replications,
        "months": [_group_month(group, number) for number in range(len(group.trials))],
        "every_month": _every_month(group, teams_trial),
        "holds": _holds(held, teams_trial),
    }


def _team(team: TeamSize) -> Document:
    tell = partial(team_trial, team=team.team)
    return {
        "unit": team.unit,
        "stated": team.stated,
        "pattern": None if team.pattern is None else _pattern(team.pattern, tell),
    }


def _group_month(group: GroupSize, number: int) -> Document:
    months = {team.team: team.months[number] for team in group.teams}
    any_month = group.teams[0].months[number]
    return _span(any_month) | {
        "teams": {name: _size(month) | _neighbours(month, teams_trial) for name, month in months.items()},
        "at": teams_trial(any_month.at),
    }


def _every_month(group: GroupSize, tell: Tell) -> Document | None:
    """One staff for all months; None if there is but one."""
    found = group.every_month
    if found is None:
        return None
    return {
        "of_peak": found.of_peak,
        "teams": {
            team.team: {"month": month.period.label} | _size(month) | _neighbours(month, tell)
            for team, month in zip(group.teams, found.teams, strict=True)
        },
        "fails": [{"month": period.label, "at": tell(trial)} for period, trial in found.failing],
    }


def _span(month: MonthSize) -> Document:
    period = month.period
    return {"month": period.label, "start": period.start.isoformat(), "end": period.end.isoformat()}


def _size(month: MonthSize) -> Document:
    return {
        "size": month.size,
        "alternatives": list(month.alternatives),
        "binding": [target_data(target) for target in month.binding],
        "erlang_c": month.erlang_c,
        "erlang_a": month.erlang_a,
    }


def _neighbours(month: MonthSize, tell: Tell) -> Document:
    return {
        "below": None if month.below is None else tell(month.below),
        "above": None if month.above is None else tell(month.above),
    }


def _pattern(pattern: WeekPattern, tell: Tell) -> Document:
    return {
        "month": pattern.period.label,
        "positions": {name.lower(): row.tolist() for name, row in zip(WEEKDAYS, pattern.positions, strict=True)},
        "agent_intervals": pattern.agent_intervals,
        "binding": [target_data(target) for target in pattern.binding],
        "at": tell(pattern.at),
        "fresh": tell(pattern.fresh),
    }


def _holds(held: GroupHeld, tell: Tell) -> Document:
    return {
        "tightest": held.tightest.period.label,
        "months": [
            {
                "month": month.period.label,
                "volume": month.volume,
                "binding": [target_data(target) for target in month.binding],
                "at": tell(month.at),
            }
            for month in held.months
        ],
    }
