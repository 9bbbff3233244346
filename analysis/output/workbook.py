"""Tables as sheets of an XLSX workbook: real numbers with formats, frozen headers, widths that fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..store import Writer

_DATES = ("start", "end")
_SHARES = ("proficiency", "holds_in", "value", "half_width", "asked", "occupancy")
_WHOLE = ("offered", "cost", "trainers", "aht_s")
_WIDEST = 40


@dataclass(frozen=True)
class SheetTable:
    """A sheet."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    formulas: Mapping[str, str] = field(default_factory=dict)
    """By column: in place of its values, with other columns in braces: ``={available_fte}-{required_fte}``."""
    frozen: int = 1
    """Columns on the left that stay in sight."""


def workbook_writer(sheets: Sequence[SheetTable]) -> Writer:
    """Writes them into one workbook."""

    def write(path: Path) -> None:
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.active)
        for sheet in sheets:
            _fill(book.create_sheet(sheet.name), sheet)
        book.save(path)

    return write


def _fill(page: Any, sheet: SheetTable) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    letters = {name: get_column_letter(place) for place, name in enumerate(sheet.columns, start=1)}
    page.append([name.replace("_", " ") for name in sheet.columns])
    for cell in page[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(sheet.rows, start=2):
        for place, name in enumerate(sheet.columns, start=1):
            cell = page.cell(number, place)
            cell.value = _value(sheet, letters, name, row.get(name), number)
            cell.number_format = _format(name, row.get(name))
    page.freeze_panes = page.cell(2, sheet.frozen + 1)
    page.auto_filter.ref = page.dimensions
    for name, letter in letters.items():
        texts = [name, *(str(row.get(name)) for row in sheet.rows if isinstance(row.get(name), str))]
        page.column_dimensions[letter].width = min(max(len(text) for text in texts) + 3, _WIDEST)


def _value(sheet: SheetTable, letters: Mapping[str, str], name: str, value: Any, line: int) -> Any:
    """A formula where the column has one and there is something to reckon; dates as dates."""
    if value is not None and name in sheet.formulas:
        return sheet.formulas[name].format(**{column: f"{letter}{line}" for column, letter in letters.items()})
    if value is not None and name in _DATES:
        return date.fromisoformat(value)
    return value


def _format(name: str, value: Any) -> str:
    if name in _DATES:
        return "yyyy-mm-dd"
    if not isinstance(value, int | float):
        return "General"
    if name in _SHARES:
        return "0.0%"
    return "#,##0" if name in _WHOLE else "#,##0.0"
