"""The JSON Schema describes the file as it is written."""

import json
import re
from pathlib import Path

import pytest
import yaml

from sim.scenario import parse
from sim.scenario.base import ScenarioModel
from sim.scenario.centre import parse_warm_up
from sim.scenario.deflection import parse_dated_shares
from sim.scenario.draft import written_fields
from sim.scenario.mix import parse_matters, parse_queue_mix
from sim.scenario.pressure import parse_handle_time_change
from sim.scenario.satisfaction import parse_points
from sim.scenario.schema import field_docs, json_schema
from sim.scenario.site import parse_currency
from sim.scenario.starter import starter_text
from sim.scenario.terms import parse_chat_speed, parse_handle_change, parse_speed
from sim.scenario.week import parse_week_hours

EXAMPLES = Path(__file__).parent / "example"
SCHEMA = json_schema()


def validate(value, schema):
    """Whether a value is valid: the keywords that the schema uses, as draft 2020-12 defines them."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        return validate(value, SCHEMA["$defs"][name])
    if "anyOf" in schema and not any(validate(value, form) for form in schema["anyOf"]):
        return False
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        return False
    kinds = {"string": str, "object": dict, "array": list, "number": int | float, "integer": int, "boolean": bool}
    kind = schema.get("type")
    if kind and (not isinstance(value, kinds[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return False
    match value:
        case str():
            return re.search(schema.get("pattern", ""), value) is not None and len(value) >= schema.get("minLength", 0)
        case int() | float() if not isinstance(value, bool):
            above = value >= schema.get("minimum", value) and value > schema.get("exclusiveMinimum", value - 1)
            return above and value <= schema.get("maximum", value) and value < schema.get("exclusiveMaximum", value + 1)
        case list():
            sizes = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
            return sizes and all(validate(entry, schema.get("items", {})) for entry in value)
        case dict():
            return validate_fields(value, schema)
        case _:
            return True


def validate_fields(value, schema):
    if len(value) < schema.get("minProperties", 0) or not set(schema.get("required", ())) <= set(value):
        return False
    for name, entry in value.items():
        if not validate(name, schema.get("propertyNames", {})):
            return False
        patterns = [form for pattern, form in schema.get("patternProperties", {}).items() if re.search(pattern, name)]
        form = schema.get("properties", {}).get(name) or next(iter(patterns), schema.get("additionalProperties", True))
        if form is False or (form is not True and not validate(entry, form)):
            return False
    return True


def objects(schema):
    """Every schema of an object with named fields."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema["properties"], dict) and "type" in schema:
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def written(text):
    """A file as a schema sees it: dates and times are text."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def with_numbers(value):
    """Text that an editor takes for a number as one; nothing where a field is left empty to remove it."""
    if isinstance(value, dict):
        return {key: with_numbers(entry) for key, entry in value.items() if entry != ""}
    if isinstance(value, list):
        return [with_numbers(entry) for entry in value]
    if value in ("true", "false"):
        return value == "true"
    return json.loads(value) if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", value) else value


def test_it_says_which_dialect_it_is():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_every_field_is_described_and_no_other_is_taken():
    found = list(objects(SCHEMA))
    assert len(found) > 20
    for schema in found:
        assert schema["additionalProperties"] is False
        for name, field in schema["properties"].items():
            assert field.get("description"), name


def test_every_field_of_every_model_has_its_text():
    for model in ScenarioModel.__subclasses__():
        assert field_docs(model).keys() == written_fields(model).keys()


@pytest.mark.parametrize(
    "text",
    [
        starter_text(),
        (EXAMPLES / "base.yaml").read_text(),
        (EXAMPLES / "full.yaml").read_text(),
        (EXAMPLES / "sites.yaml").read_text(),
        "queues: {calls: {deflection: {share: 15 %}, pressure: {handle_time: '+10 %', elasticity: 2}}}",
        "queues: {calls: {patience: unlimited}}",
        "queues: {calls: {patience: {distribution: gamma, mean: 3 min, shape: 2, balking: 3 %}}}",
    ],
)
def test_scenarios_are_valid(text):
    assert validate(with_numbers(written(text)), SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "heads: 3",
        "start: 4 January",
        "interval: 30",
        "queues: {calls: {channel: fax}}",
        "queues: {calls: {patiense: 3 min}}",
        "queues: {calls: {handle_time: {mean: 3}}}",
        "queues: {calls: {handle_time: {distribution: exponential, mean: 3 min, cv: 1}}}",
        "queues: {calls: {handle_time: {mean: 3 min, balking: 3 %}}}",
        "queues: {calls: {arrivals: {per_week: -1}}}",
        "calendar: {open: {monday: 08:00-20:00}}",
        "calendar: {open: {mon: 8-20}}",
        "teams: {advisers: {shrinkage: 100}}",
        "teams: {advisers: {serves: calls}}",
        "teams: {advisers: {serves: {calls: {sped: 1}}}}",
        "teams: {advisers: {chat: {speed: [2]}}}",
        "sites: {france: {currency: euro}}",
        "routing: {agents: anybody}",
        "queues: {calls: {deflection: {share: [{from: 2027-01-04, shar: 10 %}]}}}",
        "queues: {calls: {pressure: {handle_time: 2 min}}}",
        "queues: {calls: {satisfaction: {transfer: 6}}}",
        "queues: {calls: {matters: {agenda: x}}}",
    ],
)
def test_mistakes_are_not_valid(text):
    assert not validate(with_numbers(written(text)), SCHEMA)


@pytest.mark.parametrize(
    ("place", "reader"),
    [
        (("$defs", "Event", "properties", "ramp_in", "anyOf", 0), parse.parse_duration),
        (("$defs", "Exponential", "properties", "mean"), parse.parse_positive_duration),
        (("$defs", "Event", "properties", "volume"), parse.parse_change),
        (("$defs", "Arrivals", "properties", "growth"), parse.parse_growth),
        (("$defs", "Redial", "properties", "probability", "anyOf", 0), parse.parse_share),
        (("$defs", "Targets", "properties", "service_level"), parse.parse_share_within),
        (("$defs", "Cost", "properties", "loaded_per_year"), parse.parse_money),
        (("$defs", "Team", "properties", "full_time_week"), parse.parse_hours_a_week),
        (("$defs", "Calendar", "properties", "open"), parse_week_hours),
        (("$defs", "Site", "properties", "currency"), parse_currency),
        (("$defs", "Deflection", "properties", "share"), parse_dated_shares),
        (("$defs", "Pressure", "properties", "handle_time"), parse_handle_time_change),
        (("$defs", "Satisfaction", "properties", "transfer"), parse_points),
        (("$defs", "Queue", "properties", "matters"), parse_matters),
        (("$defs", "Recontact", "properties", "to"), parse_queue_mix),
        (("$defs", "Terms", "properties", "speed", "anyOf", 0), parse_speed),
        (("$defs", "Terms", "properties", "handle_time"), parse_handle_change),
        (("$defs", "Chat", "properties", "speed", "items", "anyOf", 0), parse_chat_speed),
        (("properties", "warm_up", "anyOf", 1), parse_warm_up),
        (("properties", "horizon"), parse.parse_span),
        (("properties", "start"), parse.parse_date),
    ],
)
def test_its_examples_are_what_is_read(place, reader):
    schema = SCHEMA
    for key in place:
        schema = schema[key]
    assert schema["examples"]
    for example in schema["examples"]:
        assert validate(example, schema)
        reader(example)


def test_defaults_are_those_that_can_be_written():
    team = SCHEMA["$defs"]["Team"]["properties"]
    assert "default" not in team["shrinkage"]
    assert team["shrinkage_convention"]["default"] == "additive"
    assert "default" not in team["contract"]
    assert SCHEMA["properties"]["warm_up"]["default"] == "auto"
