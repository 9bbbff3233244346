"""Several teams sized, as people read it: how many of each, what binds them, team by team and month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.scenario.centre import CentreScenario
from sim.scenario.words import listed

from ..sizing.results import GroupSize, MonthSize, SizeResult, TeamSize
from ..targets import Target
from .grid import TextColumn, grid
from .holds_text import file_staff
from .pattern_text import pattern_text
from .size_words import analytic, first_name, occupancy, sizes, sizes_in_unit, unjudged, why_not_fewer
from .trial_columns import target_columns
from .words import DASH, counted, number, span_name

Months = Mapping[str, MonthSize]
"""By team, the month that is told of it."""


def teams_text(result: SizeResult, width: int) -> tuple[list[str], str]:
    """The parts of the answer, and the replications that it rests on."""
    months = _months_told(result)
    parts = ["\n".join(_sentences(result, months)), _teams(result, months, width)]
    if len(result.teams[0].months) > 1:
        parts.append(_by_month(result, width))
    parts += [_neighbours(group, months, width) for group in result.groups]
    model = result.loaded.model
    parts += [pattern_text(team, team.pattern, model, width) for team in result.teams if team.pattern is not None]
    of_groups = [months[group.teams[0].team] for group in result.groups]
    runs = dict.fromkeys(f"{number(month.at.replications)} of {month.period.label}" for month in of_groups)
    return parts, f"replications: {', '.join(runs)}"


def teams_headline(result: SizeResult) -> str:
    """``195 heads in 2 teams, 12 fewer than the file's 207: France 171, Italy 24 for March 2027, the peak month.``"""
    return _headline(result, _months_told(result))


def _months_told(result: SizeResult) -> Months:
    """A month in which all teams need as many as in their peak month, if there is one; else each team's peak month."""
    teams = result.teams
    for months in zip(*(team.months for team in teams), strict=True):
        if all(month.alternatives == team.peak.alternatives for team, month in zip(teams, months, strict=True)):
            return {team.team: month for team, month in zip(teams, months, strict=True)}
    return {team.team: team.peak for team in teams}


def _headline(result: SizeResult, months: Months) -> str:
    in_sum = _in_sum(result, months)
    told = []
    for label in sorted({month.period.label for month in months.values()}):
        there = [team for team in result.teams if months[team.team].period.label == label]
        needed = (
            f"{team.team} {sizes(months[team.team]) if in_sum else sizes_in_unit(months[team.team], team.unit)}"
            for team in there
        )
        told.append(f"{', '.join(needed)} for {span_name(label)}")
    which = "each its peak month" if len(told) > 1 else "the peak month"
    return f"{in_sum}{'; '.join(told)}{f', {which}' if len(result.teams[0].months) > 1 else ''}."


def _in_sum(result: SizeResult, months: Months) -> str:
    """``195 heads in 2 teams, 12 fewer than the file's 207: ``; nothing where some are heads and others positions."""
    units = {team.unit for team in result.teams}
    if len(units) > 1:
        return ""
    needed = sum(months[team.team].size for team in result.teams)
    stated = [team.stated for team in result.teams if team.stated is not None]
    told = f"{counted(needed, units.pop().removesuffix('s'))} in {number(len(result.teams))} teams"
    if len(stated) < len(result.teams):
        return f"{told}: "
    difference = needed - sum(stated)
    more = f"{number(abs(difference))} {'more' if difference > 0 else 'fewer'} than" if difference else "as many as"
    return f"{told}, {more} the file's {number(sum(stated))}: "


def _sentences(result: SizeResult, months: Months) -> Iterator[str]:
    yield _headline(result, months)
    for team in result.teams:
        yield f"{team.team}: {why_not_fewer(months[team.team], several=True)}."
    for group in result.groups:
        at = months[group.teams[0].team].at
        close = [f"{one.team} {sizes(months[one.team])}" for one in group.teams if len(one.peak.alternatives) > 1]
        if close:
            yield f"{counted(at.replications, 'replication')} can't tell these apart: {', '.join(close)}."
    for team in result.teams:
        for other in team.months:
            if other.alternatives[-1] > team.peak.alternatives[-1]:
                verb = "needs" if other.size > team.peak.alternatives[-1] else "may need"
                yield f"{team.team} {verb} {number(other.alternatives[-1])} in {span_name(other.period.label)}."
    yield f"The file has {listed([_compared(result.loaded.model, team) for team in result.teams], 'and')}."
    yield from _remarks(result)


def _compared(scenario: CentreScenario, team: TeamSize) -> str:
    """``200 heads of France (29 more)``."""
    staff = file_staff(scenario, team.team)
    if team.stated is None:
        return staff
    difference = team.stated - team.peak.size
    if not difference:
        return f"{staff} (just as many)"
    return f"{staff} ({number(abs(difference))} {'more' if difference > 0 else 'fewer'})"


def _remarks(result: SizeResult) -> Iterator[str]:
    """What the answer leaves open."""
    scenario, sized = result.loaded.model, {team.team for team in result.teams}
    together = [group for group in result.groups if len(group.teams) > 1]
    if together:
        names = "; ".join(listed([team.team for team in group.teams], "and") for group in together)
        yield (
            f"Sized together, as they share queues or contacts: {names}. Nobody can be taken from any of these teams, "
            "and no exchange between them that was tried is cheaper."
        )
    unasked = [name for name in scenario.teams if name not in sized]
    if unasked:
        staff = listed([file_staff(scenario, name) for name in unasked], "and")
        yield f"Not sized, for no target judges what they serve: {staff}."
    waits = unjudged(scenario, sized, _targets(result))
    if waits:
        yield waits


def _teams(result: SizeResult, months: Months, width: int) -> str:
    """A row for each team, in the month that is told of it."""
    teams = result.teams
    told = [months[team.team] for team in teams]
    tried = [month.at.teams[team.team] for team, month in zip(teams, told, strict=True)]
    needed = tuple(sizes_in_unit(month, team.unit) for team, month in zip(teams, told, strict=True))
    busy = tuple(occupancy(month.at, team.team) for team, month in zip(teams, told, strict=True))
    fte = [one.payroll.fte for one in tried]
    formulas = {"Erlang C": [month.erlang_c for month in told], "Erlang A": [month.erlang_a for month in told]}
    phones = "positions on the phones"
    columns = [TextColumn("team", tuple(team.team for team in teams), left=True)]
    if len({month.period for month in told}) > 1:
        columns.append(TextColumn("month", tuple(month.period.label for month in told), left=True))
    keys = len(columns)
    binding = tuple(first_name(month.binding, _targets(result), several=True) for month in told)
    columns += [TextColumn("needed", needed, left=True), TextColumn("binding target", binding, left=True)]
    if any(fte):
        columns.append(TextColumn("FTE", tuple(DASH if one is None else number(one, 1) for one in fte)))
    columns += [
        TextColumn("average", tuple(number(one.presence.mean_positions, 1) for one in tried), phones),
        TextColumn("peak", tuple(number(one.presence.peak_positions) for one in tried), phones),
        TextColumn("occupancy", busy, phones),
        *(TextColumn(name, tuple(map(analytic, answers))) for name, answers in formulas.items() if any(answers)),
    ]
    return grid(columns, width=width, keys=keys)


def _by_month(result: SizeResult, width: int) -> str:
    """A row for each month, a column for each team."""
    labels = tuple(month.period.label for month in result.teams[0].months)
    columns = [TextColumn("month", labels, left=True)]
    columns += [TextColumn(team.team, tuple(sizes(month) for month in team.months), team.unit) for team in result.teams]
    return grid(columns, width=width)


def _neighbours(group: GroupSize, months: Months, width: int) -> str:
    """The answer, and with one fewer of each team; of a team by itself also with one more."""
    first = months[group.teams[0].team]
    together = " + ".join(number(months[team.team].size) for team in group.teams)
    rows = [("all of them", together, first.at)] if len(group.teams) > 1 else []
    for team in group.teams:
        month = months[team.team]
        one_fewer = (f"{number(month.size - 1)}, one fewer", month.below)
        as_needed = (f"{number(month.size)}, needed", month.at if len(group.teams) == 1 else None)
        one_more = (f"{number(month.size + 1)}, one more", month.above)
        rows += [(team.team, told, trial) for told, trial in (one_fewer, as_needed, one_more) if trial is not None]
    columns = [
        TextColumn(first.period.label, tuple(name for name, _, _ in rows), left=True),
        TextColumn("", tuple(change for _, change, _ in rows), left=True),
        *target_columns([trial for _, _, trial in rows]),
    ]
    return grid(columns, width=width, keys=2)


def _targets(result: SizeResult) -> Sequence[Target]:
    """All that were judged."""
    return [target for group in result.groups for target in group.question.targets]
