"""The fields that may name a CSV or a workbook: each name is replaced by what the file holds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

from ..errors import Problem
from .base import Loc
from .compose import OVERRIDE, Sources
from .csvtables import read_positions, read_profile, read_samples, read_volumes
from .sheets import split_name
from .textfile import beside
from .words import dotted, printable
from .yamltree import Node, plain

Reader = Callable[[str, str, str], tuple[Any, list[Problem]]]
"""Of a file, the name under which it is told, and that of the queue or team it is for."""

_EACH = "*"
_DISTRIBUTIONS = (
    ("handle_time",),
    ("after_call_work",),
    ("patience",),
    ("redial", "after"),
    ("recontact", "after"),
    ("late_to_call", "after"),
    ("deflection", "after"),
    ("transfer", "after"),
)
TABLE_FIELDS: dict[tuple[str, ...], Reader] = {
    ("queues", _EACH, "arrivals", "file"): read_volumes,
    ("queues", _EACH, "arrivals", "profile"): read_profile,
    ("teams", _EACH, "positions"): read_positions,
    **{("queues", _EACH, *field, "file"): read_samples for field in _DISTRIBUTIONS},
}
"""Where a text is the name of a CSV or workbook, and who reads it."""


def with_tables(tree: Node, file: str, sources: Sources) -> tuple[dict[str, Any], dict[str, Any]]:
    """The tree as plain data twice: with tables where it names files, and with the names as ``file`` would give them.

    A name is relative to the file in which it stands; one given by an override, to ``file``, the scenario. A file that
    can't be read is a problem; an empty table stands in its place so that the rest is checked all the same.
    """
    tables, names = plain(tree), plain(tree)
    for pattern, reader in TABLE_FIELDS.items():
        for loc, node in _texts(tree, pattern):
            name = str(node.value)
            path = beside(file if node.file == OVERRIDE else node.file, name)
            table, problems = reader(path, printable(name), str(loc[1]))
            sources.files.append(split_name(path)[0])
            sources.problems.extend(_placed(problem, loc, node) for problem in problems)
            _put(tables, loc, table)
            _put(names, loc, os.path.relpath(path, os.path.dirname(file) or "."))  # noqa: PTH120
    return tables, names


def _put(data: Any, loc: Loc, value: Any) -> None:
    for key in loc[:-1]:
        data = data[key]
    data[loc[-1]] = value


def _texts(node: Node, pattern: tuple[str, ...], loc: Loc = ()) -> Iterator[tuple[Loc, Node]]:
    """The places that match the pattern and hold a text."""
    if not pattern:
        if isinstance(node.value, str):
            yield loc, node
        return
    for key, child in node.children.items():
        if pattern[0] in (_EACH, key):
            yield from _texts(child, pattern[1:], (*loc, key))


def _placed(problem: Problem, loc: Loc, node: Node) -> Problem:
    """A problem of a file as a whole is told where the file is named."""
    if problem.line is not None:
        return problem
    message = f"{printable(str(problem.file))}: {problem.message}"
    return Problem(dotted(loc), message, None if node.file == OVERRIDE else node.line, node.file)
