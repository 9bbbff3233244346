"""YAML read into a tree that remembers file and line of every value.

The tree is built from the parser's events rather than by PyYAML's constructors, for three reasons: a planner's
``08:00``, ``on`` or ``2027-01-04`` stays what was written (YAML 1.1 makes 480, true and a date of them); keys given
twice are seen; and no file, however deep or full of aliases, can exhaust memory or the stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import yaml

from ..errors import Problem
from .words import listed, printable, shown

Scalar = str | int | float | bool | None
Key = str | int

MOST_NODES = 100_000
MOST_DEPTH = 40

_INTEGER = re.compile(r"[-+]?\d{1,300}")
_FLOAT = re.compile(r"[-+]?(\d{1,300}\.\d{0,300}|\.\d{1,300}|\d{1,300}(?=[eE]))([eE][-+]?\d{1,5})?")
_LIKE_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d\d0")
"""A final 0 that a decimal doesn't need."""
_SPECIAL: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
    ".inf": float("inf"),
    "-.inf": float("-inf"),
    ".nan": float("nan"),
}

_MERGE_KEY = "<<"
_NO_MERGE_KEYS = (
    "merge keys (<<) aren't read; repeat a whole value by its anchor (&name where it first stands, then *name), or put "
    "what files share into one that they extend (extends: base.yaml)"
)


@dataclass(frozen=True)
class Node:
    """A value and where it stands: a scalar, or a mapping or list of nodes (never changed once built)."""

    value: Scalar | dict[str, Node] | list[Node]
    file: str
    line: int | None
    thousands: int | None = None
    """Of a number such as ``19.000``: what it would be if the point were to part its thousands."""

    @property
    def children(self) -> dict[Key, Node]:
        """What the node holds, by key or index; nothing for a scalar."""
        if isinstance(self.value, dict):
            return dict(self.value.items())
        return dict(enumerate(self.value)) if isinstance(self.value, list) else {}

    def at(self, loc: tuple[Key, ...]) -> Node:
        """The node at ``loc``, or the deepest one on the way to it."""
        here = self
        for key in loc:
            children = here.children
            if key not in children:
                break
            here = children[key]
        return here


class YamlError(Exception):
    """Text that is no YAML of the kind read here."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.message)
        self.problem = problem


def parse_yaml(text: str, file: str) -> tuple[Node, list[Problem]]:
    """The document's tree, and the keys that it gives twice.

    An empty document is a node of None. Raises YamlError where the text can't be read at all.
    """
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            builder.take(event)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"holds a character that no text has ({shown(chr(error.character))}); is it the right file?"
        raise YamlError(Problem("", message, line, file)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(Problem("", _syntax(error), mark.line + 1 if mark else None, file)) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # such as an escape beyond the last character
        raise YamlError(Problem("", f"not readable as YAML: {printable(str(error))}", None, file)) from None
    if builder.merged_at:
        first, *others = builder.merged_at
        more = f" (also on line {listed((str(line) for line in others), 'and')})" if others else ""
        raise YamlError(Problem("", f"{_NO_MERGE_KEYS}{more}", first, file))
    return builder.root, builder.problems


def scalar(text: str) -> Scalar:
    """What an unquoted scalar means: nothing, true or false, a number, else its text."""
    lower = text.lower()
    if lower in _SPECIAL:
        return _SPECIAL[lower]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def plain(node: Node) -> Any:
    """The tree as dicts, lists and scalars."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    return [plain(child) for child in node.value] if isinstance(node.value, list) else node.value


def _is_text(value: str) -> bool:
    """Whether there are no lone surrogates in it, which an escape can write but nothing can store."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _syntax(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or ""
    if "'\\t'" in problem:
        return "a tab; indent with spaces"
    if "mapping values are not allowed here" in problem:
        return "a colon where none can stand; check the indentation, or put the text in quotes"
    if "could not find expected ':'" in problem:
        return 'a line without "name: value" (a space must follow the colon), here or just above'
    if "<document start>" in problem or "<block end>" in problem:
        return "does not line up with what stands above; check the indentation"
    if "expected ',' or" in problem:
        return "a comma or a closing bracket is missing, here or just above"
    context = f", {error.context}" if error.context and error.context != problem else ""
    return printable(f"not readable as YAML: {problem}{context}")


@dataclass
class _Open:
    """A mapping or list whose end hasn't come yet."""

    value: dict[str, Node] | list[Node]
    line: int
    anchor: str | None
    nodes_before: int
    height: int = 1
    key: str | None = None
    key_line: int = 0


class _Builder:
    """Builds the tree event by event, counting what aliases repeat."""

    def __init__(self, file: str) -> None:
        self.root = Node(None, file, None)
        self.problems: list[Problem] = []
        self.merged_at: list[int] = []
        """Lines of merge keys."""
        self._file = file
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int, int]] = {}  # node, how many nodes it is, its height
        self._nodes = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        assert event.start_mark is not None
        line = event.start_mark.line + 1
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._refuse('a second document ("---"); a scenario is one document', line)
            case yaml.ScalarEvent():
                self._scalar(event, line)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._start(event, line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = self._open.pop()
                node = Node(done.value, self._file, done.line)
                self._attach(node, self._nodes - done.nodes_before, done.height, done.anchor)
            case yaml.AliasEvent():
                anchor = event.anchor or ""
                if anchor not in self._anchors:
                    self._refuse(f'unknown alias "*{printable(anchor)}"', line)
                node, nodes, height = self._anchors[anchor]
                self._count(nodes, height, line)
                self._attach(node, nodes, height, None)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.tag not in (None, "!"):
            self._refuse("tags (!) have no meaning here", line)
        if not _is_text(event.value):
            self._refuse(f"holds half a character ({shown(event.value)}); write the character itself", line)
        frame = self._open[-1] if self._open else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            if event.value == _MERGE_KEY and event.implicit[0]:
                self.merged_at.append(line)
            elif event.value in frame.value:
                field = ".".join([*(f.key for f in self._open[:-1] if f.key), event.value])
                first = frame.value[event.value].line
                message = f"given twice (first on line {first}); keep one"
                self.problems.append(Problem(printable(field), message, line, self._file))
            frame.key, frame.key_line = event.value, line
            return
        self._count(1, 0, line)
        plain = event.implicit[0] and event.tag is None
        value = scalar(event.value) if plain else event.value
        thousands = int(event.value.replace(".", "")) if plain and _LIKE_THOUSANDS.fullmatch(event.value) else None
        self._attach(Node(value, self._file, line, thousands), 1, 0, event.anchor)

    def _start(self, event: yaml.CollectionStartEvent, line: int) -> None:
        if event.tag is not None:
            self._refuse("tags (!) have no meaning here", line)
        frame = self._open[-1] if self._open else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._refuse("a field's name must be text, not a list or mapping (quotes help)", line)
        self._count(1, 1, line)
        empty: dict[str, Node] | list[Node] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Open(empty, line, event.anchor, self._nodes - 1))

    def _attach(self, node: Node, nodes: int, height: int, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = (node, nodes, height)
        if not self._open:
            self.root = node
            return
        frame = self._open[-1]
        frame.height = max(frame.height, height + 1)
        if isinstance(frame.value, list):
            frame.value.append(node)
        else:
            assert frame.key is not None
            frame.value[frame.key] = replace(node, line=frame.key_line)
            frame.key = None

    def _count(self, nodes: int, height: int, line: int) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            self._refuse(f"more than {MOST_NODES} values (aliases counted as often as they stand)", line)
        if len(self._open) + height > MOST_DEPTH:
            self._refuse(f"nested more than {MOST_DEPTH} deep", line)

    def _refuse(self, message: str, line: int) -> None:
        raise YamlError(Problem("", message, line, self._file))
