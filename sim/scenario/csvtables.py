"""The CSV files that a scenario names: each reader returns its table and what is wrong with the file, line by line.

Of a file with problems the table only stands in its place while the rest of the scenario is checked: it is empty, or
has the rows that could be read and says that it is partial.

Fields are separated by commas, semicolons or tabs, whichever the first line has most of; with semicolons a decimal
comma is understood, as spreadsheets write it where commas are decimal.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from ..errors import Problem
from .parse import DAY_MS, LONGEST_MS, SECOND_MS, parse_clock, parse_weight, real_number
from .tables import (
    PositionPlan,
    Profile,
    SampleTable,
    VolumeTable,
    parse_positions,
    parse_volume,
    profile_faults,
)
from .textfile import UnreadableFileError, read_text
from .week import DayValues, parse_days
from .words import got, printable, quoted_list, suggestion
from .yamltree import scalar

T = TypeVar("T")

MOST_CSV_BYTES = 20_000_000
MOST_ROWS = 1_000_000
MOST_COLUMNS = 1_000
MOST_ALIKE = 3
"""Problems of one kind that are told one by one, of one file; the others are counted."""
_NO_DAYS = ((),) * 7


@dataclass(frozen=True)
class _Row:
    line: int
    cells: dict[str, str]
    decimal_comma: bool


class _Csv:
    """One CSV and its problems; without names and rows if it can't be read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: dict[tuple[str, str], list[Problem]] = {}
        """By column and kind, as far as they are told one by one."""
        self._more: dict[tuple[str, str], list[int]] = {}
        """Lines of the others of a kind."""
        self._lines: list[str] = []
        try:
            self._lines = read_text(Path(file), MOST_CSV_BYTES).splitlines()
            if not self._lines:
                self.problem("is empty")
        except UnreadableFileError as error:
            self.problem(error.message, error.line)
        header = self._lines[0] if self._lines else ""
        self._separator = max(",;\t", key=header.count)
        if header.count(self._separator) >= MOST_COLUMNS:
            self.problem(f"has more than {MOST_COLUMNS} columns")
            self._lines, header = [], ""
        self.names = [name.strip().strip('"').lower() for name in header.split(self._separator)]

    @property
    def sound(self) -> bool:
        """Whether there are no problems so far."""
        return not self._problems

    def sound_but_for(self, column: str) -> bool:
        """Whether there are no problems so far but with cells of this column."""
        return all(where == column for where, _ in self._problems)

    def problem(self, message: str, line: int | None = None, column: str = "", value: str | None = None) -> None:
        """Note what is wrong with the ``value`` of a cell, with a row, or with the whole."""
        kind = column, re.sub(r"[\d.]+", "0", message)
        told = self._problems.setdefault(kind, [])
        if line is None or len(told) < MOST_ALIKE:
            told.append(Problem(column, f"{message}{'' if value is None else got(value)}", line, self.file))
        else:
            self._more.setdefault(kind, []).append(line)

    def rows(self, *columns: str) -> Iterator[_Row]:
        """The rows, if there are these columns; blank rows are skipped."""
        if not self._lines or not self._has(columns):
            return
        found = 0
        reader = csv.reader(self._lines[1:], delimiter=self._separator, strict=True)
        try:
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                found += 1
                if found > MOST_ROWS:
                    self.problem(f"has more than {MOST_ROWS} rows")
                    return
                line = reader.line_num + 1
                if any(cell.strip() for cell in cells[len(self.names) :]):
                    self.problem(self._overlong(), line)
                    continue
                values = dict(zip(self.names, (cell.strip() for cell in cells), strict=False))
                yield _Row(line, values, self._separator == ";")
        except csv.Error as error:
            self.problem(f"not readable as CSV: {printable(str(error))}", reader.line_num + 1)
            return
        if not found:
            self.problem("has no rows")

    def _overlong(self) -> str:
        """What is wrong with a row that has more cells than there are columns."""
        comma = "; write decimals with a point, or put semicolons between the columns" if self._separator == "," else ""
        return f"has more cells than the {len(self.names)} columns that the first line names{comma}"

    def _has(self, columns: tuple[str, ...]) -> bool:
        missing = [column for column in columns if column not in self.names]
        others = [name for name in self.names if name not in columns]
        needs = f"needs {quoted_list(columns, 'and')}, and has" if len(columns) > 1 else "has"
        for column in missing:
            near = suggestion(column, (name for name in others if name[:1] == column[0]))
            self.problem(f'has no column "{column}"; it {needs} {quoted_list(self.names, "and")}{near}', 1)
        return not missing

    def read(self, row: _Row, column: str, parse: Callable[[Any], T], value: object = None) -> T | None:
        """What ``parse`` makes of the cell (or of ``value``, which stands for it); None and a problem if it refuses."""
        cell = row.cells.get(column, "")
        if not cell:
            self.problem("is empty", row.line, column)
            return None
        try:
            return parse(cell if value is None else value)
        except ValueError as error:
            self.problem(str(error), row.line, column, cell)
            return None

    def number(self, row: _Row, column: str, parse: Callable[[Any], T]) -> T | None:
        """What ``parse`` makes of the number in the cell; None and a problem if it refuses."""
        text = row.cells.get(column, "")
        plain = row.decimal_comma and text.count(",") == 1 and "." not in text
        return self.read(row, column, parse, scalar(text.replace(",", ".") if plain else text))

    def told(self) -> list[Problem]:
        """The problems, the first few of each kind."""
        told = [problem for alike in self._problems.values() for problem in alike]
        for (column, _), lines in self._more.items():
            last = f", the last in line {lines[-1]}" if len(lines) > 1 else ""
            told.append(Problem(column, f"and {len(lines)} more like it{last}", lines[0], self.file))
        return told


def read_profile(file: str, source: str) -> tuple[Profile, list[Problem]]:
    """Columns time and weight, or weekday, time and weight; ``source`` is the name under which it is told."""
    table = _Csv(file)
    weekdays = _by_weekday(table, "weight", parse_weight, needs_weekday=False)
    profile = Profile(weekdays, source)
    if table.sound:
        for fault in profile_faults(profile):
            table.problem(fault)
    return profile if table.sound else Profile(_NO_DAYS, source), table.told()


def read_positions(file: str, source: str) -> tuple[PositionPlan, list[Problem]]:
    """Columns weekday, time and positions, or start and positions."""
    table = _Csv(file)
    if "start" in table.names:
        plan = PositionPlan(dated=_by_start(table, "positions", parse_positions, unread=0), source=source)
        staffed = any(positions for _, positions in plan.dated or ())
    else:
        plan = PositionPlan(_by_weekday(table, "positions", parse_positions, needs_weekday=True), source=source)
        staffed = any(positions for day in plan.weekdays or () for _, positions in day)
    if table.sound and not staffed:
        table.problem("has 0 positions everywhere")
    return plan if table.sound else PositionPlan(_NO_DAYS, source=source), table.told()


def read_volumes(file: str, source: str) -> tuple[VolumeTable, list[Problem]]:
    """Columns start (date and time) and volume."""
    table = _Csv(file)
    rows = _by_start(table, "volume", parse_volume, unread=0.0)
    if table.sound and not any(volume for _, volume in rows):
        table.problem("the volumes sum to 0; at least one must be more than 0")
    return VolumeTable(rows, source, partial=not table.sound_but_for("volume")), table.told()


def read_samples(file: str, source: str) -> tuple[SampleTable, list[Problem]]:
    """Column seconds: one measured duration a row."""
    table = _Csv(file)
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
    table: _Csv, column: str, parse: Callable[[Any], T], *, needs_weekday: bool
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
            table.problem(reason, row.line, "time", row.cells["time"])
            continue
        for day in named:
            days[day][start_ms] = value
    return tuple(tuple(sorted(day.items())) for day in days)


def _by_start(table: _Csv, column: str, parse: Callable[[Any], T], unread: T) -> tuple[tuple[datetime, T], ...]:
    """Rows of start and value, in order of time; ``unread`` stands for a value that can't be read."""
    at: dict[datetime, T] = {}
    for row in table.rows("start", column):
        start = table.read(row, "start", parse_start)
        value = table.number(row, column, parse)
        if start is None:
            continue
        if start in at:
            table.problem("is given twice", row.line, "start", row.cells["start"])
        at[start] = unread if value is None else value
    return tuple(sorted(at.items()))
