"""One tree out of several sources: the file, what it extends, and ``--set`` overrides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import Problem
from .textfile import UnreadableFileError, beside, read_text
from .words import got, printable
from .yamltree import MOST_DEPTH, Node, YamlError, parse_yaml, plain

MOST_YAML_BYTES = 1_000_000
OVERRIDE = "--set"
"""Stands for the file in problems about overrides."""


@dataclass
class Sources:
    """What was read so far, and what was wrong with it."""

    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_tree(file: str, sources: Sources) -> Node:
    """The tree of a file merged over what it extends; an empty mapping where nothing could be read."""
    return _read(file, (), None, sources)


def _read(file: str, chain: tuple[str, ...], named_by: Node | None, sources: Sources) -> Node:
    """``chain``: the files that extend one another down to this one; ``named_by``: the ``extends`` that names it."""
    nothing = Node({}, file, None)
    place = (named_by.line, named_by.file) if named_by is not None else (None, file)
    what = f"{printable(file)}: " if named_by is not None else ""
    field_name = "extends" if named_by is not None else ""
    if _identity(file) in map(_identity, chain):
        circle = " -> ".join(printable(Path(name).name) for name in (*chain, file))
        sources.problems.append(Problem("extends", f"the files extend each other in a circle: {circle}", *place))
        return nothing
    try:
        text = read_text(Path(file), MOST_YAML_BYTES)
        sources.files.append(file)
        tree, problems = parse_yaml(text, file)
    except UnreadableFileError as error:
        line, where = (error.line, file) if error.line is not None else place
        sources.problems.append(Problem(field_name, what + error.message, line, where))
        return nothing
    except YamlError as error:
        sources.problems.append(error.problem)
        return nothing
    sources.problems.extend(problems)
    if not isinstance(tree.value, dict):
        empty = tree.value is None
        message = "is empty" if empty else f'must be fields such as "kind: centre"{got(plain(tree))}'
        hint = "; staffsim new writes a file to start from" if empty else ""
        sources.problems.append(Problem("", message + hint, None if empty else tree.line, file))
        return nothing
    own = Node({key: node for key, node in tree.value.items() if key != "extends"}, file, None)
    base = tree.value.get("extends")
    if base is None or base.value is None:
        return own
    if not isinstance(base.value, str) or not base.value.strip():
        message = f"must be the name of a file{got(plain(base))}"
        sources.problems.append(Problem("extends", message, base.line, base.file))
        return own
    return merge(_read(beside(file, base.value), (*chain, file), base, sources), own)


def _identity(file: str) -> str:
    try:
        return str(Path(file).resolve())
    except (OSError, ValueError, RuntimeError):
        return file


def merge(base: Node, over: Node) -> Node:
    """``over`` laid on ``base``: mappings merge key by key, lists and scalars replace, an empty value removes a key."""
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    merged = dict(base.value)
    for key, node in over.value.items():
        if key not in merged:
            merged[key] = node
        elif node.value is None:
            del merged[key]
        else:
            merged[key] = merge(merged[key], node)
    return replace(over, value=merged)


def override(tree: Node, assignment: str, sources: Sources) -> Node:
    """The tree with ``a.b.c=value`` laid over it; what is wrong with the assignment goes to the problems."""
    path, equals, text = assignment.partition("=")
    keys = path.strip().split(".")
    if not equals or not all(keys):
        sources.problems.append(Problem("", f"write path=value{got(assignment)}", None, OVERRIDE))
        return tree
    if len(keys) > MOST_DEPTH:
        sources.problems.append(Problem("", f"a path of more than {MOST_DEPTH} parts", None, OVERRIDE))
        return tree
    try:
        value, problems = parse_yaml(text, OVERRIDE)
    except YamlError as error:
        message = f"the value can't be read: {error.problem.message}"
        sources.problems.append(Problem(printable(path.strip()), message, None, OVERRIDE))
        return tree
    sources.problems.extend(replace(problem, line=None) for problem in problems)
    try:
        return _put(tree, keys, value)
    except _NoSuchEntryError as error:
        sources.problems.append(Problem(printable(path.strip()), str(error), None, OVERRIDE))
        return tree


class _NoSuchEntryError(Exception):
    pass


def _put(tree: Node, keys: Sequence[str], value: Node) -> Node:
    if not keys:
        return merge(tree, value)
    key, rest = keys[0], keys[1:]
    if isinstance(tree.value, list):
        if not key.isdecimal() or len(key) > 6 or int(key) >= len(tree.value):
            count = len(tree.value)
            raise _NoSuchEntryError(f'is a list with {count} entries, counted from 0; it has no "{printable(key)}"')
        entries = list(tree.value)
        entries[int(key)] = _put(entries[int(key)], rest, value)
        return replace(tree, value=entries)
    fields = dict(tree.value) if isinstance(tree.value, dict) else {}
    if not rest and value.value is None:
        fields.pop(key, None)
    else:
        fields[key] = _put(fields.get(key, Node({}, OVERRIDE, None)), rest, value)
    return replace(tree, value=fields)
