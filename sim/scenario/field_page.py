"""The page of all fields of a scenario file: ``python -m sim.scenario.field_page > docs/scenario.md``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .schema import json_schema

_HEAD = """# Scenario files

Every field that a scenario file may have. `staffsim new` writes a file to start from, `staffsim check` tells which
defaults a file relies on, and `staffsim schema` prints the JSON Schema that this page is made from.

`extends: base.yaml` takes everything from another file; mappings are merged, all else replaces, an empty value removes.
`--set queues.calls.handle_time.mean="9 min"` changes one field on the command line. A mapping is merged into what
the file has: `--set queues.calls.matters="{agenda: 60 %, billing: 40 %}"` keeps the file's other matters, and
`--set queues.calls.matters.technical=` takes one out. Where a value takes the place of several (a list by date, a plan
of positions) a warning says so; entries of a list are counted from 0:
`--set queues.calls.deflection.share.0.share="12 %"`.

## How values are written

| what | written as |
|---|---|
| numbers | with a decimal point and nothing between thousands: `19000`, `7.5` |
| shares | `12 %` or `0.12` |
| changes | with their sign: `+40 %`, `-2 min` |
| durations | with their unit (ms, s, min, h, days, weeks): `90 s`, `1 h 30 min` |
| dates | `2027-01-04` |
| days | `mon`, `mon-fri`, `mon,wed`, `every day`; a day named again has the later value |
| hours | `08:00-20:00`, a list `[08:00-12:00, 14:00-18:00]`, `24 h`, `closed`; past midnight as two days |
| distributions | a duration is the mean of the usual one; else `{distribution: gamma, mean: 6 min, cv: 120 %}` |

A table is a CSV, or a sheet of a workbook: `volumes.csv`, `planning.xlsx` (its first sheet), `planning.xlsx!March`.
It is named relative to the file that names it. Its first line names the columns, in a CSV separated by commas, tabs or
semicolons (then decimal commas are read, too); other columns are left aside.

| table | columns |
|---|---|
| `arrivals.file` | `start` (`2027-01-04 08:00`), `month` (`2027-03`), `week` (`2027-W09`, or its Monday) or `day`; \
and `volume`, or else a column with the queue's name |
| `arrivals.profile` | `time` (`08:00`), `weight`; and `weekday`, where days differ |
| `positions` | `weekday`, `time`, `positions`; or `start`, `positions` |
| `agents` | `hire_date`; \
if known `end_date` (the last day paid), `contract_hours`, `skills` (`agenda; billing`), `team`, `id` or `name` |
| distributions | `seconds` |
"""


def field_page() -> str:
    """The page, in Markdown."""
    schema = json_schema()
    parts = [_HEAD, *_section("The file", schema)]
    for name, part in schema["$defs"].items():
        parts += _section(name, part)
    return "\n".join(parts) + "\n"


def _section(title: str, part: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {title}\n"
    yield f"{part.get('description', '')}\n"
    yield "| field | written as | what it is |\n|---|---|---|"
    for name, field in _fields(part).items():
        yield f"| `{name}` | {_written(field)} | {_cell(field.get('description', ''))} |"
    yield ""


def _fields(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part's fields; of one that is written in several ways, those of all of them."""
    if "properties" in part:
        return dict(part["properties"])
    fields: dict[str, list[Any]] = {}
    for way in part.get("anyOf", ()):
        for name, field in way["properties"].items():
            fields.setdefault(name, []).append(field)
    return {name: {"anyOf": forms, "description": forms[0].get("description", "")} for name, forms in fields.items()}


def _written(field: Mapping[str, Any]) -> str:
    """How a value may look: examples, choices, names of parts."""
    forms = list(dict.fromkeys(_forms(field)))
    return _cell(" or ".join(forms))


def _forms(field: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        yield f"[{name}](#{name.lower()})"
    for choice in field.get("anyOf", ()):
        yield from _forms(choice)
    if "const" in field:
        yield f"`{field['const']}`"
    yield from (f"`{choice}`" for choice in field.get("enum", ()))
    examples = field.get("examples", ())
    if examples:
        yield f"`{_yaml(examples[0])}`"
    elif field.get("type") in ("integer", "number", "boolean"):
        yield {"integer": "a whole number", "number": "a number", "boolean": "`true` or `false`"}[field["type"]]
    elif field.get("type") == "array" and "items" in field:
        yield from (f"a list of {form}" for form in _forms(field["items"]))
    elif field.get("type") == "string" and not {"const", "enum"} & field.keys():
        yield "text"
    for named in (field.get("additionalProperties"), *field.get("patternProperties", {}).values()):
        if named and "$ref" in named:
            yield from (f"{form} by name" for form in _forms(named))


def _yaml(example: Any) -> str:
    """An example as a file would have it on one line."""
    if isinstance(example, Mapping):
        return "{" + ", ".join(f"{key}: {_yaml(value)}" for key, value in example.items()) + "}"
    if isinstance(example, list):
        return "[" + ", ".join(_yaml(entry) for entry in example) + "]"
    return str(example)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    print(field_page(), end="")
