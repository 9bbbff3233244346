"""From a scenario file to a checked scenario: the file, what it extends, the CSVs it names, and ``--set`` overrides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import Problem, ScenarioError
from .assumptions import Assumption, assumptions_of
from .base import Loc
from .centre import CentreScenario
from .compose import OVERRIDE, Sources, kept_hint, override, read_tree
from .doubts import doubts_of
from .explain import examine
from .references import with_tables
from .words import dotted, printable
from .yamltree import Key, Node

_MOST_PROBLEMS = 100
_NUMBER = re.compile(r"\d+(?![\d:])")
"""How a field begins that is the rest of a number; a time of day has a colon."""
_EMPTY = "is empty; give it a value or take it out"
_EMPTY_NUMBER = (
    "is empty; within braces a comma ends a field: write decimals with a point, thousands without separators"
)


@dataclass(frozen=True)
class LoadedScenario:
    """A checked scenario and where it came from."""

    model: CentreScenario
    source: Path
    """The file that was asked for."""
    resolved: Mapping[str, Any]
    """The scenario as plain data, as one file in place of ``source`` would state it, defaults left out.

    Keep the order of its fields: of days named twice the later counts.
    """
    files: tuple[Path, ...]
    """Every file that was read, the scenario first."""
    assumptions: tuple[Assumption, ...]
    """Defaults that filled in for what the file doesn't say and that a planner should know of."""
    warnings: tuple[Problem, ...] = ()
    """What the file says that may not be meant, in the order of ``ScenarioError``'s problems."""


def load_scenario(path: str | Path, overrides: Sequence[str] = ()) -> LoadedScenario:
    """Read and check a scenario file.

    ``overrides`` are ``path=value`` with a dotted path and a value in YAML: ``queues.calls.handle_time.mean=9 min``;
    a list's entries are counted from 0. Raises ScenarioError with all problems at once.
    """
    file = str(path)
    sources = Sources()
    tree = read_tree(file, sources)
    for assignment in overrides:
        tree = override(tree, assignment, sources)
    tree, empty = _without_empty(tree, ())
    told = {problem.field for problem in empty}
    sources.problems.extend(empty)
    raw, resolved = with_tables(tree, file, sources)
    model = None
    if sources.complete:
        model, findings = examine(raw)
        problems = []
        for loc, message in findings:
            node = tree.at(loc)
            problems.append(_problem(loc, message + kept_hint(loc, node, sources), node))
        sources.problems.extend(problem for problem in problems if problem.field not in told)
    if model is None or sources.problems:
        raise ScenarioError(printable(file), _ordered(sources.problems, file))
    files = tuple(Path(name) for name in dict.fromkeys(sources.files))
    doubts = [_problem(doubt.loc, doubt.message, tree.at(doubt.loc)) for doubt in doubts_of(model)]
    warnings = tuple(_ordered([*doubts, *_thousands(tree, ()), *sources.warnings], file))
    return LoadedScenario(model, Path(path), resolved, files, assumptions_of(model), warnings)


def _without_empty(node: Node, loc: Loc) -> tuple[Node, list[Problem]]:
    """The tree without fields that are left empty, and the problem that each of them is."""
    problems: list[Problem] = []

    def kept(key: Key, child: Node) -> Node:
        rest, inner = _without_empty(child, (*loc, key))
        problems.extend(inner)
        return rest

    match node.value:
        case dict():
            fields = {}
            for key, child in node.value.items():
                if child.value is None:
                    problems.append(_problem((*loc, key), _EMPTY_NUMBER if _NUMBER.match(key) else _EMPTY, child))
                else:
                    fields[key] = kept(key, child)
            return replace(node, value=fields), problems
        case list():
            return replace(node, value=[kept(number, child) for number, child in enumerate(node.value)]), problems
        case _:
            return node, problems


def _thousands(node: Node, loc: Loc) -> Iterator[Problem]:
    """Numbers that may have been written with a point between their thousands."""
    if node.thousands is not None:
        yield _problem(loc, f"is read as {node.value:g}; if {node.thousands} is meant, write it without a point", node)
    for key, child in node.children.items():
        yield from _thousands(child, (*loc, key))


def _problem(loc: Loc, message: str, node: Node) -> Problem:
    return Problem(dotted(loc), message, None if node.file == OVERRIDE else node.line, node.file)


def _ordered(problems: list[Problem], file: str) -> list[Problem]:
    """Each problem once: the file's own in the order of its lines, then those of other files; the first of many."""
    own_first = sorted(
        dict.fromkeys(problems),
        key=lambda problem: (problem.file != file, problem.file or "", problem.line or 0, problem.field),
    )
    told = [replace(problem, file=printable(problem.file or file)) for problem in own_first[:_MOST_PROBLEMS]]
    more = len(own_first) - len(told)
    return [*told, *([Problem("", f"and {more} more")] if more else [])]
