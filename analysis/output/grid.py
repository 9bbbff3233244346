"""Aligned tables of plain text, folded to a width."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


def grid(columns: Sequence[TextColumn], *, width: int, keys: int = 1) -> str:
    """A table of columns of the same number of cells.

    Where it is wider than ``width`` it is folded: blocks one below the other, each with the first ``keys`` columns.
    """
    key, rest = list(columns[:keys]), columns[keys:]
    blocks = [_block([*key, *block]) for block in _folded(rest, width - sum(c.width + len(_BETWEEN) for c in key))]
    return "\n\n".join(blocks or [_block(key)])


def one_block(columns: Sequence[TextColumn]) -> int:
    """Characters that the columns need side by side."""
    return sum(column.width for column in columns) + len(_BETWEEN) * (len(columns) - 1)


def _block(columns: Sequence[TextColumn]) -> str:
    rows = zip(*(column.lines() for column in columns), strict=True)
    lines = [_BETWEEN.join(cells).rstrip() for cells in rows]
    if any(column.group for column in columns):
        lines.insert(0, _headings(columns))
    return "\n".join(lines)


def _headings(columns: Sequence[TextColumn]) -> str:
    """The groups' names, each over its columns."""
    parts = []
    for group, members in groupby(columns, lambda column: column.group):
        room = one_block(list(members))
        parts.append(group[:room].ljust(room))
    return _BETWEEN.join(parts).rstrip()


def _folded(columns: Sequence[TextColumn], room: int) -> Iterator[list[TextColumn]]:
    """Columns in blocks that fit: whole groups as far as they go, else column by column."""
    block: list[TextColumn] = []
    for _, members in groupby(columns, lambda column: column.group):
        group = list(members)
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
