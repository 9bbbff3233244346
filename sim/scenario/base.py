"""What all scenario models share: frozen parts, mappings that can't change, and findings told with their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

K = TypeVar("K")
V = TypeVar("V")

Loc = tuple[str | int, ...]
"""Keys and list indices from a value's root down to a place in it."""

FINDING = "finding"
"""Type of the pydantic errors whose message is already a planner's sentence, closing words included."""
RULE = "rule"
"""The same of those that parts hold against each other, told when each part alone is sound."""


class ScenarioModel(BaseModel):
    """Base of every part of a scenario: frozen, and a field it doesn't know is an error.

    The text under a field is its description in the JSON Schema (``schema`` reads it; pydantic would on every import).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, eq=False)
class Written:
    """Annotation of a field that ``parse`` reads from what stands in the file, and whose written form ``schema`` tells.

    ``parse`` decides alone (the annotated type isn't checked); its ``ValueError`` is the problem's sentence.
    """

    parse: Callable[[Any], Any]
    schema: dict[str, Any]
    """JSON Schema of the written form."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate by ``parse`` alone."""
        return core_schema.no_info_plain_validator_function(
            self.parse, serialization=core_schema.plain_serializer_function_ser_schema(_thawed)
        )

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The written form."""
        return dict(self.schema)


@dataclass(frozen=True, eq=False)
class Shorthand:
    """Annotation of a field that may also be written briefly: ``expand`` turns that form into the full one."""

    expand: Callable[[Any], Any]
    schema: dict[str, Any]
    """JSON Schema of the brief form."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Expand, then validate the full form."""
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Either form."""
        return {"anyOf": [self.schema, handler(core)]}


class Finding(NamedTuple):
    """One thing that is wrong at ``loc``, counted from the value in which it was found."""

    loc: Loc
    message: str


def refusal(findings: Iterable[Finding], kind: str = FINDING) -> ValidationError:
    """The error by which a validator reports several findings, each at its own place."""
    return ValidationError.from_exception_data(
        "scenario",
        [
            InitErrorDetails(
                type=PydanticCustomError(kind, "{message}", {"message": finding.message}),
                loc=finding.loc,
                input=None,
            )
            for finding in findings
        ],
    )


class FrozenDict(Mapping[K, V]):
    """A mapping that can't be changed; it hashes by its content and keeps its order."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        """Freeze a copy of ``items``."""
        self._items: dict[K, V] = dict(items)

    def __getitem__(self, key: K) -> V:
        """The value of ``key``."""
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        """The keys, in the order given."""
        return iter(self._items)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._items)

    def __hash__(self) -> int:
        """Hash of the items, whatever their order: equal mappings hash alike."""
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        """As a dict would print, with the class's name."""
        return f"FrozenDict({self._items!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as a dict and freeze; dump as a dict."""
        key, value = get_args(source)
        as_dict = handler.generate_schema(dict[key, value])  # type: ignore[valid-type]
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.no_info_before_validator_function(_thawed, as_dict),
            serialization=core_schema.plain_serializer_function_ser_schema(dict, return_schema=as_dict),
        )


def _thawed(value: Any) -> Any:
    return dict(value) if isinstance(value, FrozenDict) else value
