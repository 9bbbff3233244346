"""One tree out of several sources: the file, what it extends, and ``--set`` overrides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import Problem
from .base import Loc
from .textfile import UnreadableFileError, beside, read_text
from .words import dotted, got, listed, printable, quoted_list, suggestion
from .yamltree import MOST_DEPTH, Node, YamlError, parse_yaml, plain

MOST_YAML_BYTES = 1_000_000
OVERRIDE = "--set"
"""Stands for the file in problems about overrides."""
_FIGURES = ("share", "volume")
"""What an entry of a list by date is about."""
_NAMED = {"queues": "queue", "teams": "team", "sites": "site"}
"""Fields at the top that hold parts by name, and what such a part is called."""


@dataclass
class Sources:
    """What was read so far, and what was wrong with it."""

    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    """What is right, but may not be meant."""
    kept: dict[Loc, tuple[str, ...]] = field(default_factory=dict)
    """By place of a mapping given by an override: what it was merged with and doesn't name."""
    complete: bool = True
    """False where a scenario file could not be read, so that what is missing may stand there."""


def read_tree(file: str, sources: Sources) -> Node:
    """The tree of a file merged over what it extends; an empty mapping where it can't be read."""
    try:
        return _read(file, (), sources)
    except UnreadableFileError as error:
        return _unreadable(Problem("", error.message, error.line, file), sources)
    except YamlError as error:
        return _unreadable(error.problem, sources)


def _read(file: str, chain: tuple[str, ...], sources: Sources) -> Node:
    """``chain``: the files that extend one another down to this one. Raises UnreadableFileError or YamlError."""
    text = read_text(Path(file), MOST_YAML_BYTES)
    sources.files.append(file)
    tree, problems = parse_yaml(text, file)
    sources.problems.extend(problems)
    if tree.value is None:
        raise UnreadableFileError("is empty; staffsim new writes a file to start from")
    if not isinstance(tree.value, dict):
        raise UnreadableFileError(f'must be fields such as "kind: centre"{got(plain(tree))}', tree.line)
    own = Node({key: node for key, node in tree.value.items() if key != "extends"}, file, None)
    base = tree.value.get("extends")
    return own if base is None else merge(_base(base, (*chain, file), sources), own)


def _base(named: Node, chain: tuple[str, ...], sources: Sources) -> Node:
    """The tree of the file that ``extends`` names; an empty mapping where it can't be read."""
    if not isinstance(named.value, str) or not named.value.strip():
        problem = Problem("extends", f"must be the name of a file{got(plain(named))}", named.line, named.file)
        return _unreadable(problem, sources)
    file = beside(named.file, named.value)
    if _identity(file) in map(_identity, chain):
        circle = " -> ".join(printable(Path(name).name) for name in (*chain, file))
        problem = Problem("extends", f"the files extend each other in a circle: {circle}", named.line, named.file)
        return _unreadable(problem, sources)
    try:
        return _read(file, chain, sources)
    except UnreadableFileError as error:
        if error.line is not None:
            return _unreadable(Problem("", error.message, error.line, file), sources)
        return _unreadable(Problem("extends", f"{printable(file)}: {error.message}", named.line, named.file), sources)
    except YamlError as error:
        return _unreadable(error.problem, sources)


def _unreadable(problem: Problem, sources: Sources) -> Node:
    sources.problems.append(problem)
    sources.complete = False
    return Node({}, problem.file or "", None)


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
    if not equals or not all(key.isprintable() and key for key in keys):
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
    if problems:
        sources.problems.append(Problem(printable(path.strip()), "the value gives a field twice", None, OVERRIDE))
    try:
        _refuse_unknown_name(tree, keys, value)
        changed = _put(tree, keys, value)
    except _NoSuchEntryError as error:
        sources.problems.append(Problem(printable(path.strip()), str(error), None, OVERRIDE))
        return tree
    before = _at(tree, keys)
    if before is not None and isinstance(before.value, dict) and isinstance(value.value, dict):
        sources.kept[tuple(keys)] = tuple(str(key) for key in before.value if key not in value.value)
    lost = _lost(tree, keys, value)
    if lost:
        sources.warnings.append(Problem(printable(path.strip()), lost, None, OVERRIDE))
    return changed


def kept_hint(loc: Loc, node: Node, sources: Sources) -> str:
    """What to add to a problem of the mapping ``node``: which entries an override left as the file has them."""
    kept = [key for key in sources.kept.get(tuple(map(str, loc)), ()) if key in node.children]
    if not kept:
        return ""
    return f"; kept from the file: {listed(kept, 'and')}; {OVERRIDE} {dotted((*loc, kept[0]))}= takes it out"


class _NoSuchEntryError(Exception):
    pass


def _refuse_unknown_name(tree: Node, keys: Sequence[str], value: Node) -> None:
    """A field of a queue, team or site that the file doesn't have would leave half a part; a whole one may be added."""
    parts = tree.children.get(keys[0])
    if keys[0] not in _NAMED or len(keys) < 2 or parts is None or keys[1] in parts.children:
        return
    if len(keys) > 2 or not isinstance(value.value, dict):
        known = list(map(str, parts.children))
        near = suggestion(keys[1], known) or (f"; known are {quoted_list(known, 'and')}" if known else "")
        raise _NoSuchEntryError(f'unknown {_NAMED[keys[0]]} "{printable(keys[1])}"{near}')


def _lost(tree: Node, keys: Sequence[str], value: Node) -> str:
    """What is lost beside what a value says: entries with fields of their own, or several fields; else nothing."""
    before, path = _at(tree, keys), ".".join(keys)
    if before is None or value.value is None:
        return ""
    if isinstance(before.value, list) and any(isinstance(entry.value, dict) for entry in before.value):
        entries = "the entry" if len(before.value) == 1 else f"all {len(before.value)} entries"
        fields = [field for field in before.value[0].children if field in _FIGURES]
        return f"takes the place of {entries} that the file has; to change one alone, set {dotted((path, 0, *fields))}"
    if isinstance(before.value, str) and before.value.endswith(".csv"):
        return f"takes the place of {printable(before.value)}"
    leaves = list(_leaves(before)) if isinstance(before.value, dict) and not isinstance(value.value, dict) else []
    if len(leaves) > 1:
        told = f"takes the place of {listed(map(dotted, leaves), 'and')}, which the file has"
        return f"{told}; to change one alone, set {dotted((path, *leaves[0]))}"
    return ""


def _leaves(node: Node, loc: Loc = ()) -> Iterator[Loc]:
    """Places of all that isn't a mapping or list."""
    if not isinstance(node.value, dict | list):
        yield loc
    for key, child in node.children.items():
        yield from _leaves(child, (*loc, key))


def _at(tree: Node, keys: Sequence[str]) -> Node | None:
    here: Node | None = tree
    for key in keys:
        if here is None:
            return None
        here = here.children.get(int(key) if isinstance(here.value, list) and key.isdecimal() else key)
    return here


def _put(tree: Node, keys: Sequence[str], value: Node) -> Node:
    if not keys:
        return merge(tree, value)
    key, rest = keys[0], keys[1:]
    if rest and isinstance(tree.value, list):
        names = [node.value for node in tree.value if isinstance(node.value, str)]
        if key in names and len(names) == len(tree.value):  # a list of names is short for a mapping
            tree = replace(tree, value={name: Node({}, OVERRIDE, None) for name in names})
    if isinstance(tree.value, list):
        if not key.isdecimal() or len(key) > 6 or int(key) >= len(tree.value):
            count = len(tree.value)
            raise _NoSuchEntryError(f'the list has no entry "{printable(key)}" (it has {count}, counted from 0)')
        before, after = tree.value[: int(key)], tree.value[int(key) + 1 :]
        removed = not rest and value.value is None
        return replace(tree, value=[*before, *([] if removed else [_put(tree.value[int(key)], rest, value)]), *after])
    fields = dict(tree.value) if isinstance(tree.value, dict) else {}
    if not rest and value.value is None:
        fields.pop(key, None)
    else:
        fields[key] = _put(fields.get(key, Node({}, OVERRIDE, None)), rest, value)
    return replace(tree, value=fields)
