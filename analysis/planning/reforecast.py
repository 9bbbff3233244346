"""A sheet that begins with what has been: actuals in place of the forecast, and the plan going on from there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from sim.centre.compile import compile_centre
from sim.centre.contract import Float64
from sim.centre.paid_hours import shrinkage_by_day
from sim.common.calendar_spans import Unit
from sim.errors import Problem, ScenarioError
from sim.scenario.centre import CentreScenario
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.team import Team

from ..sizing.evidence import Sampling
from ..sizing.periods import Period, periods_of
from ..sizing.progress import Progress
from ..uncertainty import Share
from .actuals import Actuals, TeamActual, actuals_unit, read_actuals
from .plan import DEFAULT_WEEKS, load_for_plan, sheet, weeks_end
from .results import PlanResult, QueueRatio, QueueRow, Reforecast, TeamRow
from .variance import CAUSES, QueueWork, Staffing, Variance, over_under, variance

_NOT_JUDGED = Share(np.nan, np.nan, np.nan, 0, 0)


def reforecast(
    file: str | Path,
    actuals: str,
    *,
    settings: Sequence[str] = (),
    weeks: int | None = None,
    months: int | None = None,
    rebase: bool = False,
    sampling: Sampling,
    progress: Progress | None = None,
) -> PlanResult:
    """The sheet of a scenario whose first periods are those of the ``actuals``.

    From the day after them on it is planned anew: with the heads that there were then, those of the file's classes that
    are still to come, and the volumes of the file, times what the actuals had of them with ``rebase``. Weeks and months
    are counted from the file's start; without them the sheet goes on for 13 weeks, or to the horizon's end by month.
    ScenarioError for a scenario or actuals that aren't right.
    """
    over = actuals_unit(actuals)
    if (weeks is not None and over == "month") or (months is not None and over == "week"):
        raise ScenarioError(actuals, [Problem("", f"has rows by {over}; ask for {over}s")])
    loaded = load_for_plan(file, settings, weeks, months)
    periods = periods_of(compile_centre(loaded.model), over)
    found = read_actuals(actuals, loaded.model, periods, over)
    start = periods[found.count].start
    end = _end(loaded.model, over, start, weeks, months)
    if start >= end:
        raise ScenarioError(actuals, [Problem("", f"leaves nothing to plan: ask for more {over}s")])
    before = sheet(loaded, over, (loaded.model.start, start), sampling, progress)
    ratios = tuple(_ratios(before.queues, found))
    changes = dict(_changes(loaded, found, before, start, ratios if rebase else ()))
    later = load_scenario(file, (*settings, *(f"{path}={_yaml(value)}" for path, value in changes.items())))
    after = sheet(later, over, (start, end), sampling, progress)
    variances = tuple(_variances(loaded.model, before, found))
    told = Reforecast(found.count, actuals, nested(changes), ratios, rebase, variances)
    return _joined(before, after, found, loaded.model, told)


def nested(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Values by dotted path as nested fields."""
    tree: dict[str, Any] = {}
    for path, value in changes.items():
        *above, last = path.split(".")
        place = tree
        for key in above:
            place = place.setdefault(key, {})
        place[last] = value
    return tree


def _end(scenario: CentreScenario, over: Unit, start: date, weeks: int | None, months: int | None) -> date:
    if over == "month":
        return scenario.end if months is None else _months_end(scenario, months)
    if weeks is not None:
        return weeks_end(scenario.start, weeks)
    return min(weeks_end(start, DEFAULT_WEEKS), scenario.end)


def _months_end(scenario: CentreScenario, months: int) -> date:
    from .plan import asked_end

    end = asked_end(scenario.start, None, months)
    assert end is not None
    return end


def _ratios(queues: Sequence[QueueRow], found: Actuals) -> Iterator[QueueRatio]:
    for row in queues:
        volumes, works = [], []
        for at, of_period in enumerate(found.queues):
            one = of_period.get(row.queue)
            if one is not None and one.volume is not None:
                volumes.append((one.volume, row.volume[at]))
            if one is not None and one.aht_s is not None:
                contacts = row.volume[at] if one.volume is None else one.volume
                works.append((contacts * one.aht_s, contacts * row.aht_s[at]))
        yield QueueRatio(row.queue, _quotient(volumes), _quotient(works))


def _quotient(pairs: Sequence[tuple[float, float]]) -> float:
    planned = float(sum(planned for _, planned in pairs))
    return float(sum(actual for actual, _ in pairs)) / planned if planned else np.nan


def _changes(
    loaded: LoadedScenario, found: Actuals, before: PlanResult, start: date, ratios: Sequence[QueueRatio]
) -> Iterator[tuple[str, Any]]:
    """By dotted path what the scenario that goes on has of its own."""
    scenario = loaded.model
    over = {name: team.until for name, team in scenario.teams.items() if team.until is not None and team.until < start}
    if over:
        message = f"is over by {start}, from which on it is planned anew; take the team out of the file"
        problems = [Problem(f"teams.{name}.until", f"{message} (got {until})") for name, until in over.items()]
        raise ScenarioError(str(loaded.source), problems)
    yield "start", start.isoformat()
    yield "horizon", f"{(scenario.end - start).days} days"
    yield "volumes_as_of", scenario.growth_starts.isoformat()
    for row in before.teams:
        yield from _heads(scenario.teams[row.team], row, found.heads(row.team))
        hiring = scenario.teams[row.team].hiring
        classes = () if hiring is None else hiring.classes
        kept = [one for one in classes if one.on >= start or scenario.teams[row.team].under_way(one.on, start)]
        if len(kept) < len(classes):
            told = [{"on": one.on.isoformat(), "heads": one.heads} for one in kept]
            yield f"teams.{row.team}.hiring.classes", told
    for ratio in ratios:
        if not np.isnan(ratio.volume):
            yield from _rebased(scenario, ratio, start)


def _heads(team: Team, row: TeamRow, known: int | None) -> Iterator[tuple[str, Any]]:
    """Of a team of heads, those at the end of the actuals; a file of agents knows who is there."""
    if row.unit != "heads" or team.agents is not None:
        return
    expected = round(float(row.heads_at_end[-1]))
    if known is None and not expected and not team.heads:
        return  # nobody is there yet, or any more
    yield f"teams.{row.team}.heads", max(expected, 1) if known is None else known


def _rebased(scenario: CentreScenario, ratio: QueueRatio, start: date) -> Iterator[tuple[str, Any]]:
    """The volume of a queue times the ratio, in the field that states it; of a file's volumes by an event."""
    arrivals, path = scenario.queues[ratio.queue].arrivals, f"queues.{ratio.queue}.arrivals"
    for field in ("per_week", "per_day", "per_hour"):
        value = getattr(arrivals, field)
        if value is not None:
            yield f"{path}.{field}", float(f"{value * ratio.volume:.8g}")
            return
    if arrivals.customers is not None:
        rate = arrivals.customers.contacts
        yield f"{path}.customers.contacts", f"{rate.contacts * ratio.volume:.8g} per {rate.per}"
        return
    of_actuals = {"name": "as the actuals had it", "from": start, "until": scenario.end - timedelta(days=1)}
    told = [one.model_dump(by_alias=True) for one in arrivals.events] + [of_actuals | {"volume": ratio.volume}]
    yield f"{path}.events", [_event(one) for one in told]


def _event(told: Mapping[str, Any]) -> dict[str, Any]:
    """As a file writes it."""
    written = dict(told) | {"from": f"{told['from']}", "until": f"{told['until']}"}
    written["volume"] = f"{100 * (told['volume'] - 1):+.8g} %"
    return written | {name: f"{told[name] / 1000:g} s" for name in ("ramp_in", "decay") if name in told}


def _yaml(value: Any) -> str:
    """On one line, as ``--set`` has it."""
    return json.dumps(value) if isinstance(value, list) else str(value)


# --- the rows -----------------------------------------------------------------------------------------------------


def _works(scenario: CentreScenario, before: PlanResult, found: Actuals, team: str, at: int) -> list[QueueWork]:
    """Of the queues that a team serves."""
    works = []
    for row in before.queues:
        if row.queue not in scenario.served_by(team):
            continue
        one = found.queues[at].get(row.queue)
        planned, aht_s = float(row.volume[at]), float(np.nan_to_num(row.aht_s[at]))
        volume = planned if one is None or one.volume is None else one.volume
        works.append(QueueWork(planned, volume, aht_s, aht_s if one is None or one.aht_s is None else one.aht_s))
    return works


def _staffing(scenario: CentreScenario, row: TeamRow, period: Period, actual: TeamActual | None, at: int) -> Staffing:
    team, days = scenario.teams[row.team], (period.end - period.start).days
    taken = shrinkage_by_day(team, period.start.toordinal(), days)
    shrinkage = float(sum((share for share in taken.values()), np.zeros(days)).mean())
    heads = float(row.heads_at_end[at])
    return Staffing(
        required_fte=float(row.required_fte[at]),
        available_fte=float(row.available_fte[at]),
        heads=heads,
        actual_heads=heads if actual is None or actual.heads is None else float(actual.heads),
        shrinkage=shrinkage,
        actual_shrinkage=shrinkage if actual is None or actual.shrinkage is None else actual.shrinkage,
    )


def _variances(scenario: CentreScenario, before: PlanResult, found: Actuals) -> Iterator[Variance]:
    for at, period in enumerate(before.periods):
        for row in before.teams:
            if row.unit == "heads" and not np.isnan(row.required_fte[at]):
                staff = _staffing(scenario, row, period, found.teams[at].get(row.team), at)
                cost = float(row.cost[at] / row.payroll_fte[at])
                yield variance(row.team, period.label, staff, _works(scenario, before, found, row.team, at), cost)


def _joined(
    before: PlanResult, after: PlanResult, found: Actuals, scenario: CentreScenario, told: Reforecast
) -> PlanResult:
    """One sheet: the periods that have been as they were, and those to come."""
    count = found.count
    nothing = np.full(count, np.nan)
    queues = []
    for was, row in zip(before.queues, after.queues, strict=True):
        had = [found.queues[at].get(was.queue) for at in range(count)]
        volume = [_or(None if one is None else one.volume, was.volume[at]) for at, one in enumerate(had)]
        aht_s = [_or(None if one is None else one.aht_s, was.aht_s[at]) for at, one in enumerate(had)]
        targets = tuple(
            replace(one, value=_after(nothing, one.value), half_width=_after(nothing, one.half_width))
            for one in row.targets
        )
        queues.append(QueueRow(row.queue, _after(volume, row.volume), _after(aht_s, row.aht_s), targets))
    teams = [_actual_row(scenario, before, was, row, found) for was, row in zip(before.teams, after.teams, strict=True)]
    return replace(
        after,
        periods=(*before.periods, *after.periods),
        queues=tuple(queues),
        teams=tuple(teams),
        holds=(*([_NOT_JUDGED] * count), *after.holds),
        training=tuple(
            replace(
                row,
                starts=_after(nothing, row.starts),
                in_training=_after(nothing, row.in_training),
                trainers_used=None if row.trainers_used is None else _after(nothing, row.trainers_used),
            )
            for row in after.training
        ),
        reforecast=told,
    )


def _actual_row(scenario: CentreScenario, before: PlanResult, was: TeamRow, row: TeamRow, found: Actuals) -> TeamRow:
    """A team: required by the work that there was, available by heads and shrinkage, the rest as planned."""
    columns = {
        name: np.array(getattr(was, name), np.float64)
        for name, value in vars(was).items()
        if isinstance(value, np.ndarray)
    }
    for at, period in enumerate(before.periods):
        if was.unit != "heads":
            continue
        actual = found.teams[at].get(was.team)
        staff = _staffing(scenario, was, period, actual, at)
        works = _works(scenario, before, found, was.team, at)
        columns["required_fte"][at], columns["available_fte"][at] = over_under(staff, works, frozenset(CAUSES))
        if actual is not None and actual.heads is not None:
            by = actual.heads / staff.heads
            for name in ("payroll_fte", "cost"):
                columns[name][at] *= by
            earlier = columns["heads_at_end"][at - 1] if at else columns["heads_at_end"][0] + _net(was, 0)
            columns["heads"][at] = columns["heads_at_end"][at] = actual.heads
            if actual.hires is not None:
                columns["leavers"][at] = max(earlier + actual.hires - actual.heads, 0)
        if actual is not None and actual.hires is not None:
            columns["hires"][at] = actual.hires
    joined: dict[str, Any] = {name: _after(column, getattr(row, name)) for name, column in columns.items()}
    return replace(row, **joined)


def _net(row: TeamRow, at: int) -> float:
    """Leavers less hires of a period: what the heads before it had beyond those at its end."""
    return float(row.leavers[at] - row.hires[at])


def _or(actual: float | None, planned: float) -> float:
    return float(planned) if actual is None else actual


def _after(first: Sequence[float] | Float64, then: Float64) -> Float64:
    return np.concatenate([np.asarray(first, np.float64), then])
