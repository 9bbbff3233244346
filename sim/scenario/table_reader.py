"""A table that a scenario names, and what is wrong with it, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from ..errors import Problem
from .sheets import Row, Sheet, as_text, read_rows
from .textfile import UnreadableFileError
from .words import got, quoted_list, suggestion
from .yamltree import scalar

T = TypeVar("T")

MOST_ALIKE = 3
"""Problems of one kind that are told one by one, of one file; the others are counted."""


class TableReader:
    """A CSV or a sheet of a workbook and its problems; without names and rows if it can't be read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: dict[tuple[str, str], list[Problem]] = {}
        """By column and kind, as far as they are told one by one."""
        self._more: dict[tuple[str, str], list[int]] = {}
        """Lines of the others of a kind."""
        self._sheet: Sheet | None = None
        try:
            self._sheet = read_rows(file)
        except UnreadableFileError as error:
            self.problem(error.message, error.line)
        self.names = self._sheet.header if self._sheet else ()

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

    def rows(self, *columns: str) -> Iterator[Row]:
        """The rows, if there are these columns; those that can't be read are problems."""
        if self._sheet is None or not self._has(columns):
            return
        for row in self._sheet.rows:
            if isinstance(row, Row):
                yield row
            else:
                self.problem(row.message, row.line)

    def text(self, row: Row, column: str) -> str:
        """The cell as text; empty where there is none."""
        return as_text(row.cells.get(column, ""))

    @property
    def _header_line(self) -> int | None:
        return None if self._sheet is None else self._sheet.header_line

    def _has(self, columns: tuple[str, ...]) -> bool:
        missing = [column for column in columns if column not in self.names]
        others = [name for name in self.names if name not in columns]
        needs = f"needs {quoted_list(columns, 'and')}, and has" if len(columns) > 1 else "has"
        for column in missing:
            near = suggestion(column, (name for name in others if name[:1] == column[0]))
            self.problem(
                f'has no column "{column}"; it {needs} {quoted_list(self.names, "and")}{near}', self._header_line
            )
        return not missing

    def read(self, row: Row, column: str, parse: Callable[[Any], T], value: object = None) -> T | None:
        """What ``parse`` makes of the cell (or of ``value``, which stands for it); None and a problem if it refuses."""
        cell = self.text(row, column)
        if not cell:
            self.problem("is empty", row.line, column)
            return None
        try:
            return parse(cell if value is None else value)
        except ValueError as error:
            self.problem(str(error), row.line, column, cell)
            return None

    def number(self, row: Row, column: str, parse: Callable[[Any], T]) -> T | None:
        """What ``parse`` makes of the number in the cell; None and a problem if it refuses."""
        text = self.text(row, column)
        plain = self._sheet is not None and self._sheet.decimal_comma and text.count(",") == 1 and "." not in text
        return self.read(row, column, parse, scalar(text.replace(",", ".") if plain else text))

    def told(self) -> list[Problem]:
        """The problems, the first few of each kind."""
        told = [problem for alike in self._problems.values() for problem in alike]
        for (column, _), lines in self._more.items():
            last = f", the last in line {lines[-1]}" if len(lines) > 1 else ""
            told.append(Problem(column, f"and {len(lines)} more like it{last}", lines[0], self.file))
        return told
