"""Results as CSV: full precision, what is undefined (NaN) or not given is empty."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence

from ..kpis import CentreFigures
from ..tables import TOTAL_COLUMNS, SpanTable, total_rows

Cell = str | float | None


def span_csv(table: SpanTable) -> str:
    """A row for each span, columns ``<queue, team or site>.<figure>``, each with its half width if it has one."""
    headings: list[str] = [table.by]
    columns: list[Sequence[Cell]] = [table.labels]
    for group in table.groups:
        lead = "" if group.of == "all" else f"{group.label}."
        for column in group.columns:
            headings.append(f"{lead}{column.figure}")
            columns.append(column.values.tolist())
            if column.half_widths is not None:
                headings.append(f"{lead}{column.figure}_half_width")
                columns.append(column.half_widths.tolist())
    return csv_text(headings, zip(*columns, strict=True))


def totals_csv(figures: CentreFigures) -> str:
    """A row for each figure of the whole horizon, as the frame ``totals``."""
    return csv_text(TOTAL_COLUMNS, total_rows(figures))


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Rows under headings."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cell(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and math.isnan(cell) else cell
