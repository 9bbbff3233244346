"""The sound parts of a scenario that has mistakes, so that they can be checked against each other all the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from .base import FrozenDict, Loc, ScenarioModel

M = TypeVar("M", bound=ScenarioModel)


def draft(model: type[M], raw: Mapping[str, Any], broken: Collection[Loc]) -> M:
    """A model of which only the sound fields are set; reading another raises AttributeError.

    ``broken`` are the places, from ``raw`` down, at which validation found errors. Fields that aren't in ``raw`` have
    their defaults, required ones are left unset.
    """
    values: dict[str, Any] = {}
    given = set()
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key not in raw:
            if not field.is_required():
                values[name] = field.get_default()
            continue
        given.add(name)
        inner = {loc[1:] for loc in broken if loc[:1] == (key,)}
        if not inner:
            kind: Any = field.annotation
            for annotation in field.metadata:
                kind = Annotated[kind, annotation]
            values[name] = TypeAdapter(kind).validate_python(raw[key])
        elif () not in inner and isinstance(raw[key], Mapping):
            kinds = alternatives(field.annotation)
            named: Any = get_args(kinds[0])[1] if get_origin(kinds[0]) is FrozenDict else None
            if is_model(named):
                values[name] = _drafts(named, raw[key], inner)
            elif len(kinds) == 1 and is_model(kinds[0]):
                values[name] = draft(kinds[0], raw[key], inner)
    part = model.model_construct(_fields_set=given, **values)
    for name in model.model_fields.keys() - values.keys():
        part.__dict__.pop(name, None)  # model_construct puts defaults where a field is wrong
    return part


def _drafts(model: type[M], raw: Mapping[str, Any], broken: Collection[Loc]) -> FrozenDict[str, M]:
    """Drafts of parts by name."""
    inner: dict[str | int, list[Loc]] = {}
    for name, *rest in broken:
        inner.setdefault(name, []).extend([tuple(rest)] if rest else [])
    return FrozenDict(
        {
            name: draft(model, part if isinstance(part, Mapping) else {}, inner.get(name, ()))
            for name, part in raw.items()
        }
    )


def has(part: ScenarioModel, *fields: str) -> bool:
    """Whether these fields of a draft (or of a whole model, where the answer is yes) are set."""
    return all(field in part.__dict__ for field in fields)


def known(part: ScenarioModel, field: str) -> Any:
    """The value of a field of a draft or model; None if it isn't set."""
    return part.__dict__.get(field)


def gives(part: ScenarioModel, field: str) -> bool:
    """Whether a model or draft was given a field, sound or not."""
    return field in part.model_fields_set and part.__dict__.get(field, field) is not None


def written_fields(model: type[ScenarioModel]) -> dict[str, FieldInfo]:
    """The model's fields by their names in the file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def is_model(kind: Any) -> bool:
    """Whether a type is a part of a scenario."""
    return isinstance(kind, type) and issubclass(kind, ScenarioModel)


def alternatives(annotation: Any) -> list[Any]:
    """What a field may hold: the members of a union but None, annotations peeled off."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, UnionType):
        return [kind for member in get_args(annotation) for kind in alternatives(member)]
    return [] if annotation is NoneType else [annotation]
