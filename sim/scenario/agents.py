"""A team's agents as a file lists them: since when each is there, on what contract, with which skills.

Names and ids are personal data: they serve to find somebody listed twice, and are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, TypeVar

from ..errors import Problem
from .base import Written
from .parse import HOUR_MS, NUMBER, WEEK_MS, parse_name
from .sheets import Cell, Row
from .table_reader import TableReader
from .words import printable, quoted_list

T = TypeVar("T")

_YEARS = 1930, 2200
_IDS = ("id", "name")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_POINTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")


@dataclass(frozen=True)
class Agent:
    """One row."""

    line: int
    """Its number in the file."""
    hired: date
    last_day: date | None
    """The last one on the payroll; None where none is known."""
    contract_ms: int | None
    """Hours a week; None for the team's full-time contract."""
    skills: tuple[str, ...] | None
    """Matters solved; None for what the team solves."""


@dataclass(frozen=True)
class AgentsTable:
    """The agents of a team: those there on ``start``, and those who will come."""

    rows: tuple[Agent, ...]
    """Of the team, in the order of the file."""
    source: str
    """The file as the scenario names it."""
    start: date | None
    """First day of the horizon; None if the scenario doesn't say: then all are today's."""
    teams: tuple[str, ...] = ()
    """All that the file's column ``team`` names; empty without one."""
    partial: bool = False
    """Whether there are rows that couldn't be read."""

    @property
    def today(self) -> tuple[Agent, ...]:
        """Those on the payroll on the first day of the horizon, longest-serving first."""
        start = self.start
        there = [row for row in self.rows if start is None or (row.hired <= start and not _gone(row, start))]
        return tuple(sorted(there, key=lambda row: row.hired))

    @property
    def to_come(self) -> tuple[Agent, ...]:
        """Those who are hired after the first day of the horizon, in the order in which they come."""
        return tuple(sorted((row for row in self.rows if self._later(row)), key=lambda row: row.hired))

    @property
    def states_contracts(self) -> bool:
        """Whether it gives the contract hours of all."""
        return all(row.contract_ms is not None for row in self.rows)

    @property
    def gone(self) -> int:
        """How many had left before the first day of the horizon."""
        return sum(self.start is not None and _gone(row, self.start) for row in self.rows)

    def _later(self, row: Agent) -> bool:
        return self.start is not None and row.hired > self.start


def _gone(row: Agent, day: date) -> bool:
    return row.last_day is not None and row.last_day < day


def read_agents(file: str, source: str, team: str, start: date | None) -> tuple[AgentsTable, list[Problem]]:
    """Columns hire_date, and as far as there are such: name or id, end_date, contract_hours, skills, team.

    With a column team only rows of this ``team`` count. Dates are ISO, with points (day first) or day/month/year, if
    some day past the 12th shows that they are.
    """
    table = TableReader(file)
    columns = {re.sub(r"[ -]+", "_", name): name for name in table.names}
    hire, end, hours, skills, of_team = (
        columns.get(name, name) for name in ("hire_date", "end_date", "contract_hours", "skills", "team")
    )
    rows = list(table.rows(hire))
    day_first = _day_first([table.text(row, column) for row in rows for column in (hire, end)])
    teams: dict[str, None] = {}
    agents = []
    first_rows: dict[tuple[str, str], int] = {}
    for row in rows:
        if of_team in table.names:
            named = table.text(row, of_team)
            teams[named] = None
            if not named:
                table.problem("is empty; name the team of each", row.line, of_team)
            elif named.lower() != team.lower():
                continue
        _refuse_twice(table, row, [columns[name] for name in _IDS if name in columns][:1], first_rows)
        hired = _date(table, row, hire, day_first)
        last_day = _date(table, row, end, day_first) if table.text(row, end) else None
        contract_ms = _read(table, row, hours, _parse_hours) if table.text(row, hours) else None
        own = _read(table, row, skills, _parse_skills) if table.text(row, skills) else None
        if hired is None:
            continue
        if last_day is not None and last_day < hired:
            table.problem("is before the hire date", row.line, end, last_day.isoformat())
            continue
        agents.append(Agent(row.line, hired, last_day, contract_ms, own))
    if table.sound and not agents:
        found = quoted_list(filter(None, teams), "and") if any(teams) else "none"
        table.problem(f'has no row of the team "{printable(team)}"; its column {of_team} has {found}')
    return AgentsTable(tuple(agents), source, start, tuple(filter(None, teams)), not table.sound), table.told()


def _refuse_twice(table: TableReader, row: Row, ids: list[str], first_rows: dict[tuple[str, str], int]) -> None:
    """Somebody who is listed twice is a problem, told without the name."""
    for column in ids:
        value = table.text(row, column)
        first = first_rows.setdefault((column, value.lower()), row.line) if value else row.line
        if first != row.line:
            table.problem(f"is the same as in row {first}; list everybody once", row.line, column)


def _day_first(dates: list[str]) -> bool | None:
    """Whether dates with slashes begin with the day; None if none of them tells, or they contradict each other."""
    parts = [(int(found[1]), int(found[2])) for text in dates if (found := _SLASHES.fullmatch(text))]
    first, second = any(one > 12 for one, _ in parts), any(two > 12 for _, two in parts)
    return None if first == second and any(one != two for one, two in parts) else not second


def _date(table: TableReader, row: Row, column: str, day_first: bool | None) -> date | None:
    cell = row.cells.get(column, "")
    return _read(table, row, column, lambda _: _parse_date(cell, day_first))


def _read(table: TableReader, row: Row, column: str, parse: Callable[[str], T]) -> T | None:
    return table.read(row, column, parse)


def _parse_date(cell: Cell, day_first: bool | None) -> date:
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise ValueError("must be a date, without a time of day")
        return _within(cell.date())
    if not isinstance(cell, str):
        raise ValueError("is a number; format the column as dates in the spreadsheet")
    iso, points, slashes = (pattern.fullmatch(cell) for pattern in (_ISO, _POINTS, _SLASHES))
    if slashes and slashes[1] != slashes[2]:
        if day_first is None:
            raise ValueError("may be day/month or month/day, and no other date of the file tells; write 2027-01-31")
        if not day_first:
            raise ValueError("seems to be month/day/year; write day/month/year, or 2027-01-31")
    try:
        if iso:
            return _within(date(int(iso[1]), int(iso[2]), int(iso[3])))
        found = points or slashes
        if found:
            return _within(date(int(found[3]), int(found[2]), int(found[1])))
    except ValueError as error:
        raise ValueError(str(error) if "between" in str(error) else "is not a date that exists") from None
    raise ValueError("must be a date written 2027-01-31 or 31/01/2027")


def _within(day: date) -> date:
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise ValueError(f"must lie between the years {_YEARS[0]} and {_YEARS[1]}")
    return day


def _parse_hours(text: str) -> int:
    """``28``, ``28.5``, ``28,5`` or ``28 h`` as milliseconds a week."""
    found = re.fullmatch(rf"({NUMBER})\s*(?:h|hours?)?(?: (?:per|a) week)?", text.replace(",", ".").lower()[:40])
    if not found:
        raise ValueError("must be hours a week, such as 35 or 28.5")
    week_ms = round(float(found[1]) * HOUR_MS)
    if not 0 < week_ms <= WEEK_MS:
        raise ValueError("must be more than 0 and at most 168 hours")
    return week_ms


def _parse_skills(text: str) -> tuple[str, ...]:
    """``agenda; billing``; a dash for none."""
    named = [part.strip() for part in re.split("[;,]", text) if part.strip()]
    return () if named == ["-"] else tuple(dict.fromkeys(parse_name(name) for name in named))


def _read_by_loader(value: object) -> AgentsTable:
    if not isinstance(value, AgentsTable):
        raise ValueError(
            "must be the name of a CSV or XLSX file of the people; how many there are is said by heads or positions"
        )
    return value


AgentsField = Annotated[
    AgentsTable, Written(_read_by_loader, {"type": "string", "minLength": 1, "examples": ["team.csv"]})
]
"""The agents, as the loader has read them from the file that the scenario names."""
