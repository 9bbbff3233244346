"""The tables that a scenario names, CSV files or sheets of workbooks: what each kind holds, and what is wrong with it.

Of a file with problems the table only stands in its place while the rest of the scenario is checked: it is empty, or
has the rows that could be read and says that it is partial. Decimal commas are understood where semicolons stand
between the columns, as spreadsheets write it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from ..errors import Problem
from .parse import DAY_MS, LONGEST_MS, SECOND_MS, parse_clock, parse_weight, real_number
from .period_volumes import PERIOD_COLUMNS, Period, PeriodVolumes
from .table_reader import TableReader
from .tables import (
    PositionPlan,
    Profile,
    SampleTable,
    VolumeTable,
    parse_positions,
    parse_volume,
    profile_faults,
)
from .week import DayValues, parse_days
from .words import quoted_list

T = TypeVar("T")

_NO_DAYS = ((),) * 7


def read_profile(file: str, source: str, _owner: str) -> tuple[Profile, list[Problem]]:
    """Columns time and weight, or weekday, time and weight; ``source`` is the name under which it is told."""
    table = TableReader(file)
    weekdays = _by_weekday(table, "weight", parse_weight, needs_weekday=False)
    profile = Profile(weekdays, source)
    if table.sound:
        for fault in profile_faults(profile):
            table.problem(fault)
    return profile if table.sound else Profile(_NO_DAYS, source), table.told()


def read_positions(file: str, source: str, _owner: str) -> tuple[PositionPlan, list[Problem]]:
    """Columns weekday, time and positions, or start and positions."""
    table = TableReader(file)
    if "start" in table.names:
        plan = PositionPlan(dated=_by_start(table, "positions", parse_positions, unread=0), source=source)
        staffed = any(positions for _, positions in plan.dated or ())
    else:
        plan = PositionPlan(_by_weekday(table, "positions", parse_positions, needs_weekday=True), source=source)
        staffed = any(positions for day in plan.weekdays or () for _, positions in day)
    if table.sound and not staffed:
        table.problem("has 0 positions everywhere")
    return plan if table.sound else PositionPlan(_NO_DAYS, source=source), table.told()


def read_volumes(file: str, source: str, queue: str) -> tuple[VolumeTable | PeriodVolumes, list[Problem]]:
    """Columns start (date and time), or month, week or day, and volume, or else one with the queue's name."""
    table = TableReader(file)
    named = queue.lower()
    column = named if "volume" not in table.names and named in table.names else "volume"
    kind = next((kind for kind in PERIOD_COLUMNS if kind in table.names), None)
    by_period = kind if "start" not in table.names else None
    if table.sound and kind is None and "start" not in table.names:
        table.problem(f'has no column that says when: "start", {quoted_list(tuple(PERIOD_COLUMNS), "or")}', 1)
        return VolumeTable((), source, partial=True), table.told()
    rows: Any = (
        _by_start(table, column, parse_volume, unread=0.0)
        if by_period is None
        else _by_period(table, by_period, column)
    )
    if table.sound and not any(volume for _, volume in rows):
        table.problem("the volumes sum to 0; at least one must be more than 0")
    partial = not table.sound_but_for(column)
    if by_period is None:
        return VolumeTable(rows, source, partial), table.told()
    return PeriodVolumes(by_period, rows, source, partial), table.told()


def read_samples(file: str, source: str, _owner: str) -> tuple[SampleTable, list[Problem]]:
    """Column seconds: one measured duration a row."""
    table = TableReader(file)
    seconds = [table.number(row, "seconds", _parse_seconds) for row in table.rows("seconds")]
    durations_ms = tuple(round(value * SECOND_MS) for value in seconds if value is not None)
    if table.sound and not any(durations_ms):
        table.problem("the durations are all 0; at least one must be longer")
    return SampleTable(durations_ms if table.sound else (), source), table.told()


_parse_seconds = real_number(0, LONGEST_MS / SECOND_MS)


def parse_start(text: str) -> datetime:
    """The start of an interval, ``2027-01-04 08:00``, in the centre's own time."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        start = None
    if start is None or len(text) < len("2027-01-04 08:00"):
        raise ValueError("must be a date and time that exist, written 2027-01-04 08:00")
    if start.tzinfo is not None:
        raise ValueError("must be local time, without a time zone")
    return start


def _by_weekday(
    table: TableReader, column: str, parse: Callable[[Any], T], *, needs_weekday: bool
) -> tuple[DayValues[T], ...]:
    """Rows of weekday, time and value as seven days; without a weekday column every day is the same."""
    weekly = needs_weekday or "weekday" in table.names
    days: list[dict[int, T]] = [{} for _ in range(7)]
    for row in table.rows(*(("weekday",) if weekly else ()), "time", column):
        named = table.read(row, "weekday", parse_days) if weekly else tuple(range(7))
        start_ms = table.read(row, "time", parse_clock)
        value = table.number(row, column, parse)
        if named is None or start_ms is None or value is None:
            continue
        if start_ms == DAY_MS or any(start_ms in days[day] for day in named):
            reason = "must be before 24:00" if start_ms == DAY_MS else "is given twice"
            table.problem(reason, row.line, "time", table.text(row, "time"))
            continue
        for day in named:
            days[day][start_ms] = value
    return tuple(tuple(sorted(day.items())) for day in days)


def _by_start(table: TableReader, column: str, parse: Callable[[Any], T], unread: T) -> tuple[tuple[datetime, T], ...]:
    """Rows of start and value, in order of time; ``unread`` stands for a value that can't be read."""
    at: dict[datetime, T] = {}
    for row in table.rows("start", column):
        start = table.read(row, "start", parse_start)
        value = table.number(row, column, parse)
        if start is None:
            continue
        if start in at:
            table.problem("is given twice", row.line, "start", table.text(row, "start"))
        at[start] = unread if value is None else value
    return tuple(sorted(at.items()))


def _by_period(table: TableReader, kind: str, column: str) -> tuple[tuple[Period, float], ...]:
    """Rows of a period and its volume, in order of time."""
    volumes: dict[Period, float] = {}
    for row in table.rows(kind, column):
        period = table.read(row, kind, PERIOD_COLUMNS[kind])
        volume = table.number(row, column, parse_volume)
        if period is None:
            continue
        if period in volumes:
            table.problem("is given twice", row.line, kind, table.text(row, kind))
        volumes[period] = 0.0 if volume is None else volume
    return tuple(sorted(volumes.items()))
