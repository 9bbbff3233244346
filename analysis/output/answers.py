"""A result in the format that was asked for."""

from __future__ import annotations

from typing import Literal

from ..hiring.results import HireResult
from ..simulation import RunResult
from ..sizing.results import HoldsResult, SizeResult
from ..tables import Rows, main_figures, span_table, usual_rows
from .csv_text import csv_text, span_csv, totals_csv
from .hire_data import hire_data
from .hire_text import CLASS_COLUMNS, class_rows, hire_text
from .json_text import dumps
from .run_data import run_data
from .run_text import run_text
from .size_data import size_data
from .size_rows import month_rows
from .size_text import size_text

Format = Literal["table", "json", "csv"]


def run_answer(result: RunResult, form: Format, rows: Rows | None, width: int, *, walk: bool = False) -> str:
    """The result of a run; ``rows`` None are the usual ones; text has the FTE ``walk`` if asked for."""
    if form == "table":
        return run_text(result, rows, width, walk=walk) + "\n"
    if form == "json":
        return dumps(run_data(result, rows)) + "\n"
    by = rows or usual_rows(result.statistics)
    if by == "total":
        return totals_csv(result.figures)
    return span_csv(main_figures(span_table(result.statistics, by, result.sites), result.statistics))


def hire_answer(result: HireResult, form: Format, width: int) -> str:
    """A hiring plan."""
    if form == "table":
        return hire_text(result, width) + "\n"
    if form == "json":
        return dumps(hire_data(result)) + "\n"
    return csv_text(CLASS_COLUMNS, ([row[name] for name in CLASS_COLUMNS] for row in class_rows(result)))


def size_answer(result: SizeResult, held: HoldsResult, form: Format, width: int) -> str:
    """The result of sizing, with the reverse question."""
    if form == "table":
        return size_text(result, held, width) + "\n"
    if form == "json":
        return dumps(size_data(result, held)) + "\n"
    rows = month_rows(result, held)
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return csv_text(headings, ([row.get(name) for name in headings] for row in rows))
