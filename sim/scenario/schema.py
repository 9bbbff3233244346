"""The JSON Schema of a scenario file, for editors: the file as people write it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from itertools import pairwise
from typing import Any

from .base import ScenarioModel
from .centre import CentreScenario
from .distribution import BY_NAME

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_EXTENDS = {
    "type": "string",
    "minLength": 1,
    "description": "A scenario file, relative to this one, on which this one is laid: fields given here replace its "
    "fields, an empty one removes its.",
    "examples": ["base.yaml"],
}
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a centre's scenario file.

    It says which fields there are and how each is written. What is required is left to ``staffsim check``: a file may
    leave it to the one that it extends.
    """
    schema = CentreScenario.model_json_schema(by_alias=True)
    schemas = {CentreScenario.__name__: schema, **schema["$defs"]}
    for model in ScenarioModel.__subclasses__():
        for field, text in field_docs(model).items():
            schemas[model.__name__]["properties"][field]["description"] = text
    written = _as_written(schema)
    written["$defs"]["Patience"] = _patience(written["$defs"])
    properties = {"extends": _EXTENDS, **written.pop("properties")}
    return {"$schema": _DIALECT, "title": "staffsim scenario", **written, "properties": properties}


def field_docs(model: type[ScenarioModel]) -> dict[str, str]:
    """The texts under a model's fields, by the fields' names in the file."""
    body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    assert isinstance(body, ast.ClassDef)
    texts = {}
    for field, text in pairwise(body.body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            name = ast.unparse(field.target)
            texts[model.model_fields[name].alias or name] = inspect.cleandoc(str(text.value.value))
    return texts


def _patience(defs: dict[str, Any]) -> dict[str, Any]:
    """Each distribution with the balking share among its fields: so it is written, whatever the model holds."""
    patience = defs["Patience"]
    balking = {"balking": patience["properties"]["balking"]}
    forms = [defs[model.__name__] for model in BY_NAME.values()]
    with_balking = [{**form, "properties": {**form["properties"], **balking}} for form in forms]
    return {"description": patience["description"], "anyOf": with_balking}


def _as_written(schema: Any) -> Any:
    """The schema without what describes the Python side: titles, nulls, defaults in other units, required fields."""
    if isinstance(schema, list):
        return [_as_written(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    clean = {key: _as_written(value) for key, value in schema.items() if key not in ("title", "discriminator")}
    if "properties" in schema:  # those are names of fields, not of keywords
        clean["properties"] = {name: _as_written(field) for name, field in schema["properties"].items()}
    if clean.pop("required", ()) and "distribution" in schema["required"]:
        clean["required"] = ["distribution"]  # tells the distributions apart
    if "oneOf" in clean:
        clean["anyOf"] = clean.pop("oneOf")
    if "anyOf" in clean:
        clean["anyOf"] = [form for form in _flat(clean["anyOf"]) if form != {"type": "null"}]
        if len(clean["anyOf"]) == 1:
            clean = {**clean.pop("anyOf")[0], **clean}
    if "default" in clean and not _fits(clean["default"], clean):
        del clean["default"]
    return clean


def _flat(forms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Alternatives within alternatives as one list."""
    return [inner for form in forms for inner in (_flat(form["anyOf"]) if set(form) == {"anyOf"} else [form])]


def _fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a default may stand in the file as it is."""
    if "anyOf" in schema:
        return any(_fits(value, form) for form in schema["anyOf"])
    if "const" in schema:
        return bool(value == schema["const"])
    if "enum" in schema:
        return value in schema["enum"]
    is_flag = isinstance(value, bool)
    return isinstance(value, _TYPES.get(schema.get("type", ""), ())) and is_flag == (schema.get("type") == "boolean")
