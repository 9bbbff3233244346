"""What has been: volumes, handle times, heads and shrinkage by week or month, from a CSV or a sheet of a workbook.

A row names its ``month`` (2027-06) or ``week`` (2027-W23; or any day of it), and a ``queue`` with ``volume`` and
``aht`` (seconds, or 10 min), or a ``team`` with ``heads`` at the period's end, ``shrinkage`` and ``hires``. What a row
leaves out was as planned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sim.common.calendar_spans import Unit
from sim.errors import ScenarioError
from sim.scenario.centre import CentreScenario
from sim.scenario.parse import parse_duration, parse_share_below_one
from sim.scenario.sheets import Row
from sim.scenario.table_reader import TableReader
from sim.scenario.words import printable, suggestion

from ..sizing.periods import Period

_MONTH = re.compile(r"\d{4}-\d\d")
_WEEK = re.compile(r"(\d{4})-?W(\d\d)", re.IGNORECASE)
_IN_THE_MONTH = 28
"""A day of every month, and of what is left of one that begins in its middle."""
_COLUMNS = ("queue", "volume", "aht", "team", "heads", "shrinkage", "hires")


@dataclass(frozen=True)
class QueueActual:
    """A queue in one period; None: as planned."""

    volume: float | None
    aht_s: float | None


@dataclass(frozen=True)
class TeamActual:
    """A team in one period; None: as planned."""

    heads: int | None
    """On the payroll at its end, those in training among them."""
    shrinkage: float | None
    hires: int | None


@dataclass(frozen=True)
class Actuals:
    """What has been in the first periods of a sheet, one after the other."""

    file: str
    queues: tuple[Mapping[str, QueueActual], ...]
    """By period and queue."""
    teams: tuple[Mapping[str, TeamActual], ...]
    """By period and team."""

    @property
    def count(self) -> int:
        """Periods."""
        return len(self.queues)

    def heads(self, team: str) -> int | None:
        """At the end of the last period; None where nothing is said of them."""
        one = self.teams[-1].get(team)
        return None if one is None else one.heads


def actuals_unit(file: str) -> Unit:
    """Whether the rows are months or weeks. ScenarioError if the file can't be read or names neither."""
    table = TableReader(file)
    units: list[Unit] = [unit for unit in ("month", "week") if unit in table.names]
    if table.sound and len(units) != 1:
        table.problem('needs a column "month" or "week", one of the two', 1)
    if not table.sound:
        raise ScenarioError(printable(file), table.told())
    return units[0]


def read_actuals(file: str, scenario: CentreScenario, periods: Sequence[Period], over: Unit) -> Actuals:
    """The actuals of a scenario's first ``periods``; ScenarioError with all that is wrong with the file."""
    table = TableReader(file)
    found = _Found(scenario)
    for name in table.names:
        near = suggestion(name, _COLUMNS)
        if name and near and name not in (*_COLUMNS, over):  # others are left aside, as in all tables
            table.problem(f'unknown column "{printable(name)}"{near}', 1)
    days = {period.start + timedelta(days=day): at for at, period in enumerate(periods) for day in range(_days(period))}
    for row in table.rows(over):
        at = table.read(row, over, lambda text: _place(text, over, days))
        if at is not None:
            found.take(table, row, at)
    last = max(found.places, default=-1)
    for at in range(last):
        if at not in found.places:
            table.problem(f"{periods[at].label} is missing; actuals go from {periods[0].label} on without a gap")
    if table.sound and last == len(periods) - 1:
        table.problem("leaves nothing to plan: ask for more weeks or months")
    if not table.sound:
        raise ScenarioError(printable(file), table.told())
    return Actuals(
        file,
        tuple(found.queues.get(at, {}) for at in range(last + 1)),
        tuple(found.teams.get(at, {}) for at in range(last + 1)),
    )


class _Found:
    """What the rows say, by period."""

    def __init__(self, scenario: CentreScenario) -> None:
        self._scenario = scenario
        self.queues: dict[int, dict[str, QueueActual]] = {}
        self.teams: dict[int, dict[str, TeamActual]] = {}

    @property
    def places(self) -> set[int]:
        """Periods of which something is said."""
        return {*self.queues, *self.teams}

    def take(self, table: TableReader, row: Row, at: int) -> None:
        """One row of period ``at``; what is wrong with it is noted."""
        queue, team = table.text(row, "queue"), table.text(row, "team")
        if not queue and not team:
            table.problem("names neither a queue nor a team", row.line)
        for name, column, known, taken in (
            (queue, "queue", tuple(self._scenario.queues), self.queues),
            (team, "team", tuple(self._scenario.teams), self.teams),
        ):
            if not name:
                continue
            if name not in known:
                table.problem(f"unknown {column}{suggestion(name, known)}", row.line, column, name)
            elif name in taken.get(at, {}):
                table.problem(f'has "{name}" of this period twice', row.line, column)
            elif column == "queue":
                self.queues.setdefault(at, {})[name] = _queue(table, row)
            else:
                self.teams.setdefault(at, {})[name] = self._team(table, row, name)

    def _team(self, table: TableReader, row: Row, name: str) -> TeamActual:
        given = [column for column in ("heads", "shrinkage", "hires") if table.text(row, column)]
        team = self._scenario.teams[name]
        if "heads" in given and team.agents is not None:
            told = "can't be given of a team with a file of agents: leave them out, and keep that file up to date"
            table.problem(told, row.line, "heads")
        elif "heads" in given and (team.dated or team.heads == 0):
            told = "can't be given of a team that is there for a time or begins with nobody: dates and classes say it"
            table.problem(told, row.line, "heads")
        if given and self._scenario.teams[name].heads is None:
            table.problem("belongs to teams of heads; this one is given in positions", row.line, given[0])
            return TeamActual(None, None, None)
        return TeamActual(
            _maybe(table, row, "heads", _heads),
            _maybe(table, row, "shrinkage", parse_share_below_one),
            _maybe(table, row, "hires", _count),
        )


def _queue(table: TableReader, row: Row) -> QueueActual:
    return QueueActual(_maybe(table, row, "volume", _number), _maybe(table, row, "aht", _seconds))


def _maybe(table: TableReader, row: Row, column: str, parse: Any) -> Any:
    """The cell, if it isn't empty."""
    return table.number(row, column, parse) if table.text(row, column) else None


def _place(text: str, over: Unit, days: Mapping[date, int]) -> int:
    day = _day(text, over)
    if day not in days:
        first, last = min(days), max(days)
        raise ValueError(f"lies outside the sheet, {first.isoformat()} to {last.isoformat()}")
    return days[day]


def _day(text: str, over: Unit) -> date:
    """A day of the week or month, one that lies within a period that begins in its middle, too."""
    if over == "month" and _MONTH.fullmatch(text):
        return date.fromisoformat(f"{text}-{_IN_THE_MONTH}")
    week = _WEEK.fullmatch(text)
    try:
        if over == "week" and week:
            return date.fromisocalendar(int(week[1]), int(week[2]), 5)
        day = datetime.fromisoformat(text).date()
        return day if over == "week" else day.replace(day=_IN_THE_MONTH)
    except ValueError:
        example = "2027-06" if over == "month" else "2027-W23"
        raise ValueError(f"must be a {over} such as {example}, or a day of it") from None


def _days(period: Period) -> int:
    return (period.end - period.start).days


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        raise ValueError("must be a number, 0 or more")
    return float(value)


def _count(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError("must be a whole number")
    return int(number)


def _heads(value: Any) -> int:
    if _count(value) < 1:
        raise ValueError("must be 1 or more")
    return int(value)


def _seconds(value: Any) -> float:
    """A number is seconds."""
    if isinstance(value, int | float):
        if _number(value) <= 0:
            raise ValueError("must be longer than 0")
        return float(value)
    return parse_duration(value) / 1000
