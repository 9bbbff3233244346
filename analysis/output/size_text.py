"""The result of sizing as people read it: the number first and what binds, then month by month."""

from __future__ import annotations

from sim.scenario.tables import PositionPlan

from ..sizing.results import HoldsResult, SizeResult, TeamSize
from ..sizing.staffed import with_staff_found
from ..sizing.unit import Unit
from .definitions import closing
from .doubts import beware, doubts_with_staff
from .grid import WIDTH, TextColumn, grid
from .holds_text import file_staff, holds_text, staff_listed
from .pattern_text import pattern_text
from .remarks import size_remarks
from .shift_text import shifts_text
from .size_teams_text import teams_headline, teams_text
from .size_words import (
    analytic,
    first_name,
    money,
    not_holding,
    occupancy,
    sizes,
    sizes_in_unit,
    unjudged,
    unjudged_waits,
    why_not_fewer,
)
from .target_words import DAYS_MET, on_one_line
from .trial_columns import target_columns
from .words import counted, number, percent_within, span_name

_ERLANG = (
    "Erlang C, Erlang A: from the formulas, held in every interval by itself, without days that differ or emails that "
    "hold agents up; the emails' hours are added. A dash: no answer."
)
_UNBOUND = "They know nothing of shifts."
_POOLED = "Teams that share a queue with another have none."


def size_text(result: SizeResult, held: HoldsResult | None = None, width: int = WIDTH) -> str:
    """The whole answer of ``staffsim size``; ``held`` answers the reverse question."""
    if len(result.teams) > 1:
        parts, replications = teams_text(result, width)
    else:
        team = result.only
        first, *others = sentences(result)
        parts = [
            "\n".join([first, *unjudged(result), *others]),
            _staff_line(team),
            _months(result, width),
            _neighbours(team, width),
        ]
        if team.pattern is not None:
            parts.append(pattern_text(team, team.pattern, result.loaded.model, width))
        replications = f"{counted(team.peak.at.replications, 'replication')} of {team.peak.period.label}"
    if result.shifts:
        parts.append(shifts_text(result, width))
    if held is not None:
        parts.append(holds_text(held, width))
    model = result.loaded.model
    bound = any(model.teams[team.team].shifts is not None for team in result.teams)
    erlang = " ".join([_ERLANG, *([_UNBOUND] if bound else []), *([_POOLED] if len(model.teams) > 1 else [])])
    formulas = (
        [erlang] if any(month.erlang_c or month.erlang_a for team in result.teams for month in team.months) else []
    )
    doubts = doubts_with_staff(result.loaded, with_staff_found(result))
    remarks = [DAYS_MET, *size_remarks(model), *formulas, *beware(result.loaded, doubts)]
    return "\n\n".join([*parts, closing(model, result.seed, replications, result.engine, remarks)])


def headline(result: SizeResult) -> str:
    """The answer in a paragraph."""
    return teams_headline(result) if len(result.teams) > 1 else " ".join(sentences(result))


def sentences(result: SizeResult) -> list[str]:
    """``171 heads for March 2027, the peak month; with 170, 80/10 fails: 79.6 % ± 0.4 answered in 10 s, ...``."""
    team, model = result.only, result.loaded.model
    month, several = team.peak, len(model.teams) > 1
    whose = f" of {team.team}" if several else ""
    which = span_name(month.period.label)
    if len(team.months) > 1:
        which += ", the peak month"
    told = [f"{sizes_in_unit(month, team.unit)}{whose} for {which}; {why_not_fewer(month, several=several)}."]
    if len(month.alternatives) > 1:
        told.append(f"{counted(month.at.replications, 'replication')} can't tell these apart.")
    told += [
        f"{span_name(other.period.label)} may need {number(other.alternatives[-1])}."
        for other in team.months
        if other.alternatives[-1] > month.alternatives[-1]
    ]
    (group,) = result.groups
    told += not_holding(group)
    if team.stated is not None:
        told.append(_compared(team.stated, month.size, team.unit))
    elif isinstance(model.teams[team.team].positions, PositionPlan):
        own = file_staff(model, team.team)
        told.append(f"The file's own {own} change with the time; these are one number over all hours of the team.")
    others = [file_staff(model, name) for name in group.question.group.teams if name != team.team]
    if others:
        told.append(f"The others are as the file has them: {staff_listed(others)}.")
    failing = [one for one in month.at.beside if one.verdict == "fails"]
    if failing:
        beside = "; ".join(f"{on_one_line(one.target)}: {percent_within(*one.overall)}" for one in failing)
        told.append(f"Not judged, and failing with that: {beside}.")
    waits = unjudged_waits(model, [team.team], group.question.targets) if several else ""
    if waits:
        told.append(waits)
    return told


def _compared(stated: int, needed: int, unit: Unit) -> str:
    has = counted(stated, unit.removesuffix("s"))
    if stated == needed:
        return f"The file has just as many: {has}."
    more = "more" if stated > needed else "fewer"
    return f"The file has {has}, {number(abs(stated - needed))} {more}."


def _staff_line(team: TeamSize) -> str:
    """A staff in heads, FTE and positions, told apart."""
    trial = team.peak.at
    tried = trial.teams[team.team]
    heads, fte = tried.payroll.heads, tried.payroll.fte
    payroll = ""
    if heads is not None and fte is not None:
        payroll = f"{counted(heads, 'head')} ({number(fte, 1)} FTE) on the payroll {'is' if heads == 1 else 'are'} "
    mean = counted(tried.presence.mean_positions, "position", digits=1)
    peak, busy = number(tried.presence.peak_positions), occupancy(trial, team.team)
    paid, they = money(trial, [team.team]), "It costs" if heads == 1 else "They cost"
    cost = f" {they} {paid} in {span_name(team.peak.period.label)}." if paid else ""
    return f"{payroll}{mean} on the phones on average, {peak} at the peak, {busy} occupancy.{cost}"


def _months(result: SizeResult, width: int) -> str:
    team, several = result.only, len(result.loaded.model.teams) > 1
    months = team.months
    targets = [one.target for one in months[0].at.decision.targets]
    binding = tuple(first_name(month.binding, targets, several=several) for month in months)
    columns = [
        TextColumn("month", tuple(month.period.label for month in months), left=True),
        TextColumn(team.unit, tuple(sizes(month) for month in months)),
        TextColumn("binding target", binding, left=True),
        TextColumn("occupancy", tuple(occupancy(month.at, team.team) for month in months)),
        TextColumn("Erlang C", tuple(analytic(month.erlang_c) for month in months)),
        TextColumn("Erlang A", tuple(analytic(month.erlang_a) for month in months)),
    ]
    return grid(columns, width=width)


def _neighbours(team: TeamSize, width: int) -> str:
    """Each month's answer between one fewer and one more."""
    rows = [(month, trial) for month in team.months for trial in (month.below, month.at, month.above) if trial]
    trials = [trial for _, trial in rows]
    columns = [
        TextColumn("month", tuple(month.period.label for month, _ in rows), left=True),
        TextColumn(team.unit, tuple(number(trial.teams[team.team].size or 0) for trial in trials)),
        TextColumn("", tuple("needed" if t is m.at else "" for m, t in rows), left=True),
        *target_columns(trials),
    ]
    return grid(columns, width=width, keys=3)
