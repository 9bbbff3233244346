"""The capacity sheet as people read it: the decision first, then a line for each week or month of every team."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from sim.centre.contract import Float64
from sim.scenario.words import listed

from ..planning.off_phone import QuietTime
from ..planning.results import PlanResult, QueueRow, Shortage, TeamRow
from .definitions import closing
from .doubts import beware, doubts_of
from .grid import WIDTH, TextColumn, folded, grid
from .target_words import promise_name
from .variance_text import signed, variance_text
from .words import WEEKDAYS, counted, day, number, percent

_MOST_QUIET_WEEKS = 3
_MOST_TOLD = 6
REMARKS = (
    "Needed: experienced people who hold every target in the period by simulation, each period by itself, "
    "on average over the replications.",
    "Available: people past training by proficiency, less the coaching of newcomers that coaches have no time for. "
    "On the payroll: all heads. Holds in: share of the replications in which the period meets every target, with the "
    "people of the plan.",
)


def plan_text(result: PlanResult, width: int = WIDTH) -> str:
    """The whole answer of ``staffsim plan``."""
    parts = ["\n".join(line for one in sentences(result) for line in folded("", one, width))]
    parts += [_team(result, row, width) for row in result.teams]
    parts.append(_queues(result, width))
    if result.reforecast is not None:
        parts.append(variance_text(result.reforecast.variances, width, several=len(result.teams) > 1))
    replications = counted(result.statistics.replications, "replication")
    remarks = [*REMARKS, *_growth(result), *beware(result.loaded, doubts_of(result.loaded))]
    return "\n\n".join(
        [*filter(None, parts), closing(result.loaded.model, result.seed, replications, result.engine, remarks)]
    )


def _growth(result: PlanResult) -> Iterator[str]:
    """Growth begins anew after what has been."""
    teams = [name for name, team in result.loaded.model.teams.items() if team.hiring is not None and team.hiring.net]
    if result.actual and teams:
        yield f"Growth of {listed(teams, 'and')} (net) begins with the second month after what has been."


def headline(result: PlanResult) -> str:
    """The decision in a paragraph."""
    return " ".join(sentences(result))


def sentences(result: PlanResult) -> list[str]:
    """What lacks, what to do about it until when, how surely the plan holds, and where there is room."""
    found = [*_decision(result), _certainty(result), *_been(result), *_unanswered(result), *_room(result)]
    return [sentence for sentence in found if sentence]


def _decision(result: PlanResult) -> Iterator[str]:
    worst = result.worst
    if worst is None:
        yield _none_short(result)
        return
    row = next(row for row in result.teams if row.team == worst.team)
    at = result.periods.index(worst.period)
    needed, there = number(float(row.required_fte[at]), 1), number(float(row.available_fte[at]), 1)
    short_of = len({one.period for one in result.shortages})
    which = (
        f"; {number(short_of)} of {counted(len(result.periods) - result.actual, result.over)} are short"
        if short_of > 1
        else ""
    )
    whom = f" of {worst.team}" if len(result.teams) > 1 else ""
    yield (
        f"Short of {_fte(worst.short_fte, worst.unit)}{whom} in {worst.period.label}: "
        f"{there} available, {needed} needed{which}."
    )
    yield _last_class(worst)
    mended = next((one for one in result.shortages if one.heads is not None), None)
    if worst.heads is None and mended is not None:
        short_of_it = _fte(mended.short_fte, mended.unit)
        yield f"For {mended.period.label}, {short_of_it} short, a class can help, decided by {_mend(mended)}."


def _none_short(result: PlanResult) -> str:
    known = [
        (float(over), row, at)
        for row in result.teams
        for at, over in enumerate(row.over_under_fte.tolist())
        if at >= result.actual and not math.isnan(over)
    ]
    if not known:
        if any(row.asked_for for row in result.teams):
            return f"What is needed can't be told of any {result.over}: no number of people holds every target."
        return "No target asks for anybody, so that nothing is needed; give a queue targets."
    over, row, at = min(known, key=lambda one: one[0])
    there, needed = number(float(row.available_fte[at]), 1), number(float(row.required_fte[at]), 1)
    whom = f" of {row.team}" if len(result.teams) > 1 else ""
    return (
        f"No {result.over} is short: the tightest is {result.periods[at].label}, with {_fte(over, row.unit)}"
        f"{whom} over ({there} available, {needed} needed)."
    )


def _last_class(worst: Shortage) -> str:
    if worst.start is None or worst.decide_by is None:
        return ""
    if worst.heads is None:
        return (
            f"A class comes too late for that: one that is past training then had to be decided by "
            f"{day(worst.decide_by)}, before the plan begins."
        )
    return f"The last class that would help must be decided by {_mend(worst)}."


def _mend(one: Shortage) -> str:
    """When a class must be decided, of how many, and when it starts."""
    assert one.start is not None
    assert one.decide_by is not None
    assert one.heads is not None
    people = counted(one.heads, "person", "people")
    return f"{day(one.decide_by)}: {people} of {one.team}, to start on {day(one.start)}"


def _certainty(result: PlanResult) -> str:
    if not result.statistics.targets:
        return ""
    judged = [(one.value, at) for at, one in enumerate(result.holds) if not math.isnan(one.value)]
    if not judged:
        return ""
    least, at = min(judged)
    of = counted(result.holds[at].judged, "replication")
    if least == 1:
        return f"Every target holds in every {result.over} of all {of}."
    return f"Least sure is {result.periods[at].label}: every target holds in {percent(least)} of {of}."


def _been(result: PlanResult) -> Iterator[str]:
    """How the periods that have been compare with the forecast, and whether that goes on."""
    told = result.reforecast
    if told is None:
        return
    known = [
        f"{one.queue} {percent(one.volume)} of the volume forecast"
        + ("" if math.isnan(one.aht) else f" at {percent(one.aht)} of the handle time")
        for one in told.ratios
        if not math.isnan(one.volume)
    ]
    last = result.periods[told.periods - 1].label
    if not known:
        yield f"Actual until {last}; no volumes are given, those of the file go on."
    elif told.rebased:
        yield f"Actual until {last}: {', '.join(known)}; volumes go on so, handle times as in the file."
    else:
        yield f"Actual until {last}: {', '.join(known)}; the file's go on (with --rebase, volumes at these shares)."


def _unanswered(result: PlanResult) -> Iterator[str]:
    """Periods that no number of people holds."""
    for row in result.teams:
        if not row.asked_for:
            continue
        lacking = [
            period.label for period, need in zip(result.periods, row.required_fte, strict=True) if np.isnan(need)
        ]
        if lacking:
            told = (
                f"in {', '.join(lacking)}"
                if len(lacking) <= _MOST_TOLD
                else f"in {number(len(lacking))} {result.over}s"
            )
            yield f"No number of {row.team} holds every target {told}; staffsim size says why."


def _room(result: PlanResult) -> Iterator[str]:
    """The cheapest weeks and times for meetings and coaching."""
    for row, quiet in zip(result.teams, result.quiet, strict=True):
        over = row.over_under_fte
        order = [
            at
            for at in np.argsort(-np.nan_to_num(over, nan=-np.inf), kind="stable").tolist()
            if at >= result.actual and over[at] > 0
        ]
        if not order or not quiet:
            continue
        whom = f" of {row.team}" if len(result.teams) > 1 else ""
        best = [(result.periods[at].label, number(float(over[at]), 1)) for at in order[:_MOST_QUIET_WEEKS]]
        weeks = ", ".join(f"{label} ({much} over)" for label, much in best)
        times = ", ".join(_quiet(one) for one in quiet)
        yield f"Cheapest for meetings and coaching{whom}: {weeks}; in the week {times}."


def _quiet(one: QuietTime) -> str:
    hours, minutes = divmod(one.start_ms // 60_000, 60)
    return f"{WEEKDAYS[one.weekday]} {hours:02d}:{minutes:02d} ({number(one.idle, 1)} waiting)"


def _queues(result: PlanResult, width: int) -> str:
    columns = [_periods(result)]
    for queue in result.queues:
        columns += _queue_columns(queue)
    return grid(columns, width=width, keys=1)


def _queue_columns(queue: QueueRow) -> Iterator[TextColumn]:
    yield TextColumn("offered", tuple(number(float(value)) for value in queue.volume), queue.queue)
    yield TextColumn("AHT, s", tuple(number(float(value)) for value in queue.aht_s), queue.queue)
    for row in queue.targets:
        yield TextColumn(promise_name(row.target), tuple(percent(float(value)) for value in row.value), queue.queue)


_HOURS = {"overtime_h": "overtime", "time_off_h": "time off", "coaching_by_colleagues_h": "coaching by colleagues"}


def _team(result: PlanResult, row: TeamRow, width: int) -> str:
    unit = "FTE" if row.unit == "heads" else "positions"
    group, payroll, beside = f"{row.team}, {unit}", "on the payroll", "leave, heads; cost"
    columns = [
        _periods(result),
        _numbers("needed", row.required_fte, group),
        _numbers("available", row.available_fte, group),
        TextColumn("over/under", tuple(signed(value) for value in row.over_under_fte.tolist()), group),
        TextColumn("holds in", tuple(percent(share.value) for share in result.holds), group),
    ]
    if row.unit == "heads":
        columns += [
            _numbers("heads", row.heads, payroll),
            _numbers("hired", row.hires, payroll),
            _numbers("left", row.leavers, payroll),
            _numbers("training", row.in_training, payroll),
        ]
        if row.on_leave.any():
            columns += [
                _numbers("planned", row.planned_off, beside, 0),
                TextColumn("may be", tuple(_whole(value) for value in row.may_be_off.tolist()), beside),
            ]
    if not np.isnan(row.cost).all():
        columns.append(_numbers(f"{row.currency}", row.cost, beside if row.unit == "heads" else "cost", 0))
    columns += [_numbers(header, row.time[name], "hours", 0) for name, header in _HOURS.items() if name in row.time]
    if "coach_load" in row.time:
        columns.append(TextColumn("coaches", tuple(percent(load) for load in row.time["coach_load"]), "load"))
    return grid(columns, width=width, keys=1)


def _periods(result: PlanResult) -> TextColumn:
    return TextColumn(result.over, tuple(_marked(result, at) for at in range(len(result.periods))), left=True)


def _marked(result: PlanResult, at: int) -> str:
    label = result.periods[at].label
    return f"{label} actual" if at < result.actual else label


def _numbers(header: str, values: Float64, group: str, digits: int = 1) -> TextColumn:
    return TextColumn(header, tuple(number(float(value), digits) for value in values), group)


def _whole(value: float) -> str:
    """Whole people, rounded down; nobody where even those planned are too many."""
    return number(value) if math.isnan(value) else number(max(math.floor(value + 1e-9), 0))


def _fte(value: float, unit: str) -> str:
    return f"{number(value, 1)} {'FTE' if unit == 'heads' else 'positions'}"
