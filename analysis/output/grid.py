"""Aligned tables of plain text, folded to a width."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

WIDTH = 100
"""Columns where the width of the terminal isn't known, as in a pipe."""
_BETWEEN = "  "
_NO_BREAK = "\u00a0"
_LEAST_ROOM = 40


@dataclass(frozen=True)
class TextColumn:
    """A column ready to be printed."""

    header: str
    cells: tuple[str, ...]
    group: str = ""
    """Heading over neighbouring columns; those of a group are kept side by side where the width allows."""
    left: bool = False
    """Aligned to the left; figures are aligned to the right."""

    @property
    def width(self) -> int:
        """Characters."""
        return max(len(text) for text in (self.header, *self.cells))

    def lines(self) -> list[str]:
        """Header and cells, all of one width."""
        return [text.ljust(self.width) if self.left else text.rjust(self.width) for text in (self.header, *self.cells)]


def terminal_width() -> int:
    """Columns of the terminal that stdout is, or WIDTH."""
    return shutil.get_terminal_size((WIDTH, 24)).columns


def folding_width() -> int | None:
    """Columns of the terminal that stdout is; None in a pipe or file, where lines of text are left whole."""
    return terminal_width() if sys.stdout.isatty() else None


def folded(lead: str, text: str, width: int | None) -> list[str]:
    """The text after its lead, on lines of at most ``width`` that begin where the text does; one line without a width.

    Numbers aren't parted, nor from their per cent. However narrow, some room is left for the text.
    """
    if width is None or len(lead) + len(text) <= width:
        return [f"{lead}{text}"]
    kept = re.sub(r"(?<=\d) (?=\d|%)", _NO_BREAK, text)
    lines = textwrap.wrap(kept, max(width - len(lead), _LEAST_ROOM), break_long_words=False, break_on_hyphens=False)
    return [f"{lead if at == 0 else ' ' * len(lead)}{line.replace(_NO_BREAK, ' ')}" for at, line in enumerate(lines)]


def grid(columns: Sequence[TextColumn], *, width: int, keys: int = 1, sparse: bool = False) -> str:
    """A table of columns of the same number of cells.

    Where it is wider than ``width`` it is folded: blocks one below the other, each with the first ``keys`` columns. Of
    a ``sparse`` table each is without the rows that have nothing but these.
    """
    key, rest = list(columns[:keys]), columns[keys:]
    room = width - sum(column.width + len(_BETWEEN) for column in key)
    blocks = [[*key, *block] for block in _folded(rest, room)] or [key]
    return "\n\n".join(_block(_filled(block, keys) if sparse else block) for block in blocks)


def one_block(columns: Sequence[TextColumn]) -> int:
    """Characters that the columns need side by side, under the headings of their groups."""
    groups = [max(_side_by_side(members), len(group)) for group, members in _by_group(columns)]
    return sum(groups) + len(_BETWEEN) * (len(groups) - 1)


def _by_group(columns: Sequence[TextColumn]) -> Iterator[tuple[str, list[TextColumn]]]:
    """Neighbouring columns of one group, with its heading."""
    for group, members in groupby(columns, lambda column: column.group):
        yield group, list(members)


def _side_by_side(columns: Sequence[TextColumn]) -> int:
    return sum(column.width for column in columns) + len(_BETWEEN) * (len(columns) - 1)


def _filled(columns: Sequence[TextColumn], keys: int) -> list[TextColumn]:
    """Without the rows in which only keys stand."""
    kept = [row for row in range(len(columns[0].cells)) if any(column.cells[row] for column in columns[keys:])]
    return [replace(column, cells=tuple(column.cells[row] for row in kept)) for column in columns]


def _block(columns: Sequence[TextColumn]) -> str:
    wide = [column for group, members in _by_group(columns) for column in _widened(members, len(group))]
    rows = zip(*(column.lines() for column in wide), strict=True)
    lines = [_BETWEEN.join(cells).rstrip() for cells in rows]
    if any(column.group for column in wide):
        groups = (group.ljust(_side_by_side(members)) for group, members in _by_group(wide))
        lines.insert(0, _BETWEEN.join(groups).rstrip())
    return "\n".join(lines)


def _widened(columns: list[TextColumn], width: int) -> list[TextColumn]:
    """The columns, the first wide enough for all together to be as wide as this."""
    first, *others = columns
    missing = max(width - _side_by_side(columns), 0)
    return [replace(first, header=first.header.rjust(first.width + missing)), *others] if missing else columns


def _folded(columns: Sequence[TextColumn], room: int) -> Iterator[list[TextColumn]]:
    """Columns in blocks that fit: whole groups as far as they go, else column by column."""
    block: list[TextColumn] = []
    for _, group in _by_group(columns):
        if block and one_block([*block, *group]) > room:
            yield block
            block = []
        for column in group:
            if block and one_block([*block, column]) > room:
                yield block
                block = []
            block.append(column)
    if block:
        yield block
