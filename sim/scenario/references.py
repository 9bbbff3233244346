"""The fields that may name a CSV or a workbook: each name is replaced by what the file holds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from ..errors import Problem
from .agents import read_agents
from .base import Loc
from .compose import OVERRIDE, Sources
from .csvtables import read_positions, read_profile, read_samples, read_volumes
from .parse import parse_date
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
_AGENTS = ("teams", _EACH, "agents")
_STAFFS = ("heads", "positions")
"""What a team with a file of its agents doesn't give beside it."""


def with_tables(tree: Node, file: str, sources: Sources) -> tuple[dict[str, Any], dict[str, Any]]:
    """The tree as plain data twice: with tables where it names files, and with the names as ``file`` would give them.

    A name is relative to the file in which it stands; one given by an override, to ``file``, the scenario. A file that
    can't be read is a problem; an empty table stands in its place so that the rest is checked all the same.
    """
    tables, names = plain(tree), plain(tree)

    def read(loc: Loc, node: Node, reader: Reader) -> Any:
        name = str(node.value)
        path = beside(file if node.file == OVERRIDE else node.file, name)
        table, problems = reader(path, printable(name), str(loc[1]))
        sources.files.append(split_name(path)[0])
        sources.problems.extend(_placed(problem, loc, node) for problem in problems)
        _put(tables, loc, table)
        _put(names, loc, os.path.relpath(path, os.path.dirname(file) or "."))  # noqa: PTH120
        return table

    for pattern, reader in TABLE_FIELDS.items():
        for loc, node in _texts(tree, pattern):
            read(loc, node, reader)
    start = _start(tables)
    for loc, node in _texts(tree, _AGENTS):
        agents = read(loc, node, lambda path, source, team: read_agents(path, source, team, start))
        others = [name for name in _STAFFS if name in tree.at(loc[:2]).children]
        sources.problems.extend(_beside_agents((*loc[:2], name), tree) for name in others)
        if not others:
            _put(tables, (*loc[:2], "heads"), len(agents.today))
    return tables, names


def _start(raw: dict[str, Any]) -> date | None:
    """The first day of the horizon, as far as the file gives a sound one."""
    try:
        return parse_date(raw.get("start"))
    except ValueError:
        return None


def _beside_agents(loc: Loc, tree: Node) -> Problem:
    node = tree.at(loc)
    message = "comes from the file of agents; drop it, or agents"
    return Problem(dotted(loc), message, None if node.file == OVERRIDE else node.line, node.file)


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
