"""Several teams sized, as people read it: how many of each, what binds them, team by team and month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.scenario.centre import CentreScenario
from sim.scenario.tables import PositionPlan
from sim.scenario.words import listed

from ..sizing.results import GroupSize, MonthSize, SizeResult, TeamSize
from ..targets import Target
from .grid import TextColumn, grid
from .holds_text import file_staff, staff_listed
from .pattern_text import pattern_text
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
from .trial_columns import target_columns
from .words import DASH, counted, number, span_name

Months = Mapping[str, MonthSize]
"""By team, the month that is told of it."""


def teams_text(result: SizeResult, width: int) -> tuple[list[str], str]:
    """The parts of the answer, and the replications that it rests on."""
    months = _months_told(result)
    first, *others = _sentences(result, months)
    parts = ["\n".join([first, *unjudged(result), *others]), _teams(result, months, width)]
    if len(result.teams[0].months) > 1:
        by_itself = "Each month by itself:\n" if any(map(_changed, result.groups)) else ""
        parts.append(f"{by_itself}{_by_month(result, width)}")
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
    """A month in which all teams need as many as in their peak month, if there is one; else each team's peak month.

    Where a peak month's staff isn't enough in others: that which is, each team in a month in which it needs as many.
    """
    teams = result.teams
    if any(map(_changed, result.groups)):
        return {t.team: month for group in result.groups for t, month in zip(group.teams, group.headline, strict=True)}
    for months in zip(*(team.months for team in teams), strict=True):
        if all(month.alternatives == team.peak.alternatives for team, month in zip(teams, months, strict=True)):
            return {team.team: month for team, month in zip(teams, months, strict=True)}
    return {team.team: team.peak for team in teams}


def _changed(group: GroupSize) -> bool:
    """Whether another staff than the peak month's is told, as it holds every month."""
    return group.every_month is not None and not group.every_month.of_peak


def _headline(result: SizeResult, months: Months) -> str:
    in_sum = _in_sum(result, months)
    if any(map(_changed, result.groups)):
        return _of_every_month(result, months, in_sum)
    told = []
    for label in sorted({month.period.label for month in months.values()}):
        there = [team for team in result.teams if months[team.team].period.label == label]
        needed = (
            f"{team.team} {sizes(months[team.team]) if in_sum else sizes_in_unit(months[team.team], team.unit)}"
            for team in there
        )
        told.append(f"{', '.join(needed)} for {span_name(label)}")
    which = "each its peak month" if len(told) > 1 else "the peak month"
    several = len(result.teams[0].months) > 1
    holding = "; they hold every other month, too" if several and not _any_fails(result) else ""
    return f"{in_sum and f'{in_sum}: '}{'; '.join(told)}{f', {which}{holding}' if several else ''}."


def _of_every_month(result: SizeResult, months: Months, in_sum: str) -> str:
    """``32 heads in 2 teams hold every month: fr_a 13, fr_b 5 (June 2027 alone: fr_a 11, fr_b 7).``"""
    verb = "are for" if _any_fails(result) else "hold"
    needed = (
        f"{team.team} {sizes(months[team.team]) if in_sum else sizes_in_unit(months[team.team], team.unit)}"
        for team in result.teams
    )
    alone = (
        f"{span_name(group.peak.label)} alone: " + ", ".join(f"{team.team} {sizes(team.peak)}" for team in group.teams)
        for group in result.groups
        if _changed(group)
    )
    lead = f"{in_sum}{',' if ',' in in_sum else ''}" if in_sum else "These"
    return f"{lead} {verb} every month: {', '.join(needed)} ({'; '.join(alone)})."


def _any_fails(result: SizeResult) -> bool:
    """Whether there is a month that the staff told doesn't hold."""
    return any(group.every_month is not None and group.every_month.failing for group in result.groups)


def _in_sum(result: SizeResult, months: Months) -> str:
    """``195 heads in 2 teams, 12 fewer than the file's 207``; nothing where some are heads and others positions."""
    units = {team.unit for team in result.teams}
    if len(units) > 1:
        return ""
    needed = sum(months[team.team].size for team in result.teams)
    stated = [team.stated for team in result.teams if team.stated is not None]
    told = f"{counted(needed, units.pop().removesuffix('s'))} in {number(len(result.teams))} teams"
    if len(stated) < len(result.teams):
        return told
    difference = needed - sum(stated)
    more = f"{number(abs(difference))} {'more' if difference > 0 else 'fewer'} than" if difference else "as many as"
    return f"{told}, {more} the file's {number(sum(stated))}"


def _sentences(result: SizeResult, months: Months) -> Iterator[str]:
    yield _headline(result, months)
    apart = len({months[team.team].period for team in result.teams}) > 1
    for team in result.teams:
        month = months[team.team]
        where = f"in {span_name(month.period.label)}, " if apart else ""
        yield f"{team.team}: {where}{why_not_fewer(month, several=True)}."
    for group in result.groups:
        yield from not_holding(group)
        at = months[group.teams[0].team].at
        of_each = [(one.team, months[one.team]) for one in group.teams]
        close = [f"{name} {sizes(month)}" for name, month in of_each if len(month.alternatives) > 1]
        if close:
            yield f"{counted(at.replications, 'replication')} can't tell these apart: {', '.join(close)}."
    for team in (group.teams[0] for group in result.groups if len(group.teams) == 1):
        for other in team.months:
            if other.alternatives[-1] > team.peak.alternatives[-1]:
                yield f"{team.team} may need {number(other.alternatives[-1])} in {span_name(other.period.label)}."
    compared = [_compared(result.loaded.model, team, months[team.team].size) for team in result.teams]
    yield f"The file has {staff_listed(compared)}."
    yield from _by_time(result)
    yield from _costs(result, months)
    yield from _remarks(result)


def _by_time(result: SizeResult) -> Iterator[str]:
    """What a number of positions means where the file's change with the time."""
    teams = result.loaded.model.teams
    plans = [team.team for team in result.teams if isinstance(teams[team.team].positions, PositionPlan)]
    if plans:
        yield (
            f"The file's positions of {listed(plans, 'and')} change with the time; each of those needed is one number "
            "over all hours of the team."
        )


def _costs(result: SizeResult, months: Months) -> Iterator[str]:
    """What the staff costs, group by group, or that costs don't compare."""
    for group in result.groups:
        names = [team.team for team in group.teams]
        month = months[names[0]]
        paid = [month.at.teams[name].payroll for name in names]
        told = money(month.at, names)
        if told:
            verb = "costs" if len(names) == 1 else "cost"
            yield f"{listed(names, 'and')} {verb} {told} in {span_name(month.period.label)}."
        elif len(names) > 1 and any(one.currency for one in paid):
            each = [f"{name} {money(month.at, [name]) or 'an unknown sum'}" for name in names]
            yield (
                f"Costs of {listed(names, 'and')} don't compare, so that a person of any of them counts alike: "
                f"{', '.join(each)} in {span_name(month.period.label)}."
            )


def _compared(scenario: CentreScenario, team: TeamSize, needed: int) -> str:
    """``200 heads of France (29 more)``."""
    staff = file_staff(scenario, team.team)
    if team.stated is None:
        return staff
    difference = team.stated - needed
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
        staff = staff_listed([file_staff(scenario, name) for name in unasked])
        yield f"Not sized, for no target judges what they serve: {staff}."
    waits = unjudged_waits(scenario, sized, _targets(result))
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
    """The answer, and with one fewer of each team; of a team by itself also with one more.

    Where teams are told in different months the answer is in each of these.
    """
    of_teams = [months[team.team] for team in group.teams]
    together = " + ".join(number(month.size) for month in of_teams)
    rows = []
    if len(group.teams) > 1:
        at = {month.period.label: month.at for month in of_teams}
        rows = [(label, "all of them", together, trial) for label, trial in at.items()]
    for team, month in zip(group.teams, of_teams, strict=True):
        one_fewer = (f"{number(month.size - 1)}, one fewer", month.below)
        as_needed = (f"{number(month.size)}, needed", month.at if len(group.teams) == 1 else None)
        one_more = (f"{number(month.size + 1)}, one more", month.above)
        tried = ((told, trial) for told, trial in (one_fewer, as_needed, one_more) if trial is not None)
        rows += [(month.period.label, team.team, told, trial) for told, trial in tried]
    labels, names, changes, trials = zip(*rows, strict=True)
    keys = [TextColumn(labels[0], names, left=True), TextColumn("", changes, left=True)]
    if len(set(labels)) > 1:
        keys = [TextColumn("month", labels, left=True), TextColumn("team", names, left=True), keys[1]]
    return grid([*keys, *target_columns(trials)], width=width, keys=len(keys))


def _targets(result: SizeResult) -> Sequence[Target]:
    """All that were judged."""
    return [target for group in result.groups for target in group.question.targets]
