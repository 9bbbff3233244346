"""The rows of a table in a CSV file or on a sheet of an XLSX workbook, each with its number in the file.

A workbook is named ``team.xlsx``, which is its first sheet, or ``team.xlsx!Sheet``. A CSV's fields are separated by
commas, semicolons or tabs, whichever the first line has most of. ``openpyxl`` is imported when a workbook is read.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from .textfile import UnreadableFileError, read_text, refuse_unless_file
from .words import printable, quoted_list, suggestion

Cell = str | int | float | datetime
"""Of a CSV always text; blanks around it are taken off."""

MOST_BYTES = 20_000_000
MOST_ROWS = 1_000_000
MOST_COLUMNS = 1_000
_XLSX = ".xlsx"
_OTHER_WORKBOOKS = (".xls", ".xlsm", ".xlsb", ".ods")
_HALF_SECOND = timedelta(milliseconds=500)


@dataclass(frozen=True)
class Row:
    """A row that isn't blank."""

    line: int
    """Its number in the file, from 1; of a row over several lines of a CSV the last of them."""
    cells: dict[str, Cell]
    """By column; of a workbook without the blank ones."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, or, without a line, with the whole table."""

    message: str
    line: int | None


@dataclass(frozen=True)
class Sheet:
    """A table; its rows are read once."""

    header: tuple[str, ...]
    """Names of the columns, in lower case."""
    header_line: int
    rows: Iterator[Row | Fault]
    """In the order of the file; a fault stands in place of a row that can't be read, or of all that follow it."""
    decimal_comma: bool
    """Whether numbers may have a decimal comma, as spreadsheets write them that put semicolons between columns."""


def read_rows(name: str) -> Sheet:
    """The table in a file, a workbook's as ``file.xlsx`` or ``file.xlsx!Sheet``.

    UnreadableFileError where there is no table: no such file or sheet, nothing in it, or too much.
    """
    file, sheet = split_name(name)
    suffix = Path(file).suffix.lower()
    if suffix in _OTHER_WORKBOOKS:
        raise UnreadableFileError(f"is a workbook that can't be read ({suffix}); save it as XLSX or CSV")
    table = _workbook(Path(file), sheet) if suffix == _XLSX else _csv(Path(file))
    if len(table.header) > MOST_COLUMNS:
        raise UnreadableFileError(f"has more than {MOST_COLUMNS} columns")
    return table


def split_name(name: str) -> tuple[str, str | None]:
    """File and sheet of a name such as ``team.xlsx!Sheet``; None for the first sheet, and of a CSV."""
    at = name.lower().rfind(f"{_XLSX}!")
    return (name, None) if at < 0 else (name[: at + len(_XLSX)], name[at + len(_XLSX) + 1 :])


def as_text(cell: Cell) -> str:
    """A cell as a CSV would have it: ``14``, ``7.5``, ``2027-01-04 08:00``; a date is the moment at which it begins."""
    match cell:
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M:%S" if cell.second else "%Y-%m-%d %H:%M")
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case str():
            return cell
        case _:
            return repr(cell)


def _csv(file: Path) -> Sheet:
    lines = read_text(file, MOST_BYTES).splitlines()
    if not lines:
        raise UnreadableFileError("is empty")
    separator = max(",;\t", key=lines[0].count)
    header = tuple(name.strip().strip('"').lower() for name in lines[0].split(separator))
    return Sheet(header, 1, _csv_rows(lines, header, separator), separator == ";")


def _csv_rows(lines: list[str], header: tuple[str, ...], separator: str) -> Iterator[Row | Fault]:
    found = 0
    reader = csv.reader(lines[1:], delimiter=separator, strict=True)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            found += 1
            line = reader.line_num + 1
            if found > MOST_ROWS:
                yield Fault(f"has more than {MOST_ROWS} rows", None)
                return
            if any(cell.strip() for cell in cells[len(header) :]):
                yield Fault(_overlong(len(header), commas=separator == ","), line)
                continue
            yield Row(line, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
    except csv.Error as error:
        yield Fault(f"not readable as CSV: {printable(str(error))}", reader.line_num + 1)
        return
    if not found:
        yield Fault("has no rows", None)


def _overlong(columns: int, *, commas: bool) -> str:
    """What is wrong with a row that has more cells than there are columns."""
    mend = "; write decimals with a point, or put semicolons between the columns" if commas else ""
    return f"has more cells than the {columns} columns that the first line names{mend}"


def _workbook(file: Path, sheet: str | None) -> Sheet:
    rows = enumerate(_values(file, sheet), start=1)
    line, cells = next(((line, cells) for line, cells in rows if any(cell is not None for cell in cells)), (0, []))
    if not cells:
        raise UnreadableFileError("is empty" if sheet is None else f'has nothing on the sheet "{printable(sheet)}"')
    while cells[-1] is None:
        cells.pop()
    header = tuple("" if cell is None else as_text(cell).lower() for cell in cells)
    return Sheet(header, line, _workbook_rows(rows, header), decimal_comma=False)


def _workbook_rows(rows: Iterator[tuple[int, list[Cell | None]]], header: tuple[str, ...]) -> Iterator[Row | Fault]:
    found = 0
    for line, cells in rows:
        if all(cell is None for cell in cells):
            continue
        found += 1
        if found > MOST_ROWS:
            yield Fault(f"has more than {MOST_ROWS} rows", None)
            return
        if any(cell is not None for cell in cells[len(header) :]):
            yield Fault(_overlong(len(header), commas=False), line)
            continue
        named = zip(header, cells, strict=False)
        yield Row(line, {name: cell for name, cell in named if cell is not None})
    if not found:
        yield Fault("has no rows", None)


def _values(file: Path, sheet: str | None) -> Iterator[list[Cell | None]]:
    """The rows of a workbook's sheet, formulas as the values that were last saved with them.

    The whole sheet is read before the first row is given, so that a file that breaks off is refused at once.
    """
    import warnings
    from xml.etree.ElementTree import ParseError
    from zipfile import BadZipFile
    from zlib import error as ZlibError  # noqa: N812

    refuse_unless_file(file, MOST_BYTES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook holds beside its values: charts, styles, validations
            from openpyxl import load_workbook

            book = load_workbook(file, read_only=True, data_only=True)
            try:
                page = book.worksheets[0] if sheet is None else book[sheet]
                page.reset_dimensions()
                rows = [[_cell(value) for value in cells] for cells in _first(page.iter_rows(values_only=True))]
            except KeyError:
                if sheet is None or sheet in book.sheetnames:
                    raise
                names = quoted_list(book.sheetnames, "and")
                near = suggestion(sheet, book.sheetnames)
                told = f'has no sheet "{printable(sheet)}"; it has {names}{near}'
                raise UnreadableFileError(told) from None
            finally:
                book.close()
    except OSError as error:
        raise UnreadableFileError(f"can't be read: {printable(str(error.strerror or error)).lower()}") from None
    except (BadZipFile, ZlibError, ParseError, KeyError, ValueError, IndexError, TypeError, AttributeError, EOFError):
        raise UnreadableFileError("is not a sound XLSX workbook; open it in a spreadsheet and save it anew") from None
    return iter(rows)


def _first(rows: Iterator[Any]) -> Iterator[Any]:
    """One more row than may be, at most, and blank ones in between: a sheet may end in a million of those."""
    return (row for _, row in zip(range(2 * MOST_ROWS), rows, strict=False))


def _cell(value: Any) -> Cell | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case float() if not math.isfinite(value):
            return repr(value)
        case int() | float():
            return value
        case datetime():
            return (value + _HALF_SECOND).replace(microsecond=0)
        case date():
            return datetime(value.year, value.month, value.day)
        case time():
            return value.strftime("%H:%M")
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case _:
            return str(value).strip() or None
