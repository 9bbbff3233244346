"""Checking a scenario's plain data: the model, or all that is wrong in a planner's sentences, each with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .arrivals import Arrivals
from .base import FINDING, RULE, Finding, FrozenDict, Loc, ScenarioModel
from .calendar import Calendar
from .centre import CentreScenario
from .distribution import BY_NAME
from .draft import alternatives, draft, is_model, written_fields
from .queue import Patience, Queue, Targets
from .routing import Routing
from .rules import scenario_findings
from .site import Site
from .team import Team
from .words import got, listed, printable, quoted_list, suggestion

_MOST_FIELDS_LISTED = 8
_OTHER_WORDS = {
    **dict.fromkeys(("aht", "service_time", "duration"), ("handle_time",)),
    **dict.fromkeys(("average", "avg"), ("mean",)),
    **dict.fromkeys(("acw", "wrap_up", "wrapup"), ("after_call_work",)),
    **dict.fromkeys(("staff", "people"), ("heads", "positions", "agents")),
    **dict.fromkeys(("fte", "headcount"), ("heads",)),
    **dict.fromkeys(("sla", "sl"), ("service_level",)),
    **dict.fromkeys(("volume", "calls", "weekly"), ("per_week",)),
    **dict.fromkeys(("abandonment", "abandon_after"), ("patience",)),
    "lines": ("trunks",),
}
"""What planners may call a field, and what it is called here."""
_MOST_ERRORS = 500
"""Put into words; more than anyone reads."""


def examine(raw: dict[str, Any]) -> tuple[CentreScenario | None, list[Finding]]:
    """The scenario that plain data describe, or None and what is wrong with them.

    Where fields are wrong, the sound ones are still checked against each other.
    """
    try:
        return CentreScenario.model_validate(raw), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    findings = [_finding(error, raw) for error in errors[:_MOST_ERRORS]]
    if any(error["type"] != RULE for error in errors):
        sound = draft(CentreScenario, raw, {_place(error, raw) for error in errors})
        findings += [Finding(_written(loc, raw), message) for loc, message in scenario_findings(sound)]
    return None, list(dict.fromkeys(findings))


def _written(loc: Loc, raw: Any) -> Loc:
    """A place as the data have it: in a list of names, which is short for a mapping, a name is counted."""
    place: list[str | int] = []
    here = raw
    for key in loc:
        here_key = here.index(key) if isinstance(here, list) and key in here else key
        place.append(here_key)
        here = _entries(here).get(here_key)
    return tuple(place)


def _entries(data: Any) -> Mapping[Any, Any]:
    """What a mapping or list holds, by key or index; nothing for all else."""
    return dict(enumerate(data)) if isinstance(data, list) else data if isinstance(data, Mapping) else {}


def _place(error: ErrorDetails, raw: Any) -> Loc:
    """The error's place in the data: the names that unions add to it are left out."""
    if error["type"] == RULE:
        return _written(error["loc"], raw)
    place: list[str | int] = []
    here = raw
    for depth, key in enumerate(error["loc"]):
        last = depth == len(error["loc"]) - 1
        if key in _entries(here):
            here = _entries(here)[key]
        elif not (last and error["type"] == "missing" and isinstance(here, Mapping)):
            continue
        place.append(key)
    return tuple(place)


def _finding(error: ErrorDetails, raw: dict[str, Any]) -> Finding:
    """One of pydantic's errors in words."""
    place = _place(error, raw)
    given = got(error["input"])
    context = error.get("ctx", {})
    if error["type"] in (FINDING, RULE):
        return Finding(place, context["message"])
    match error["type"]:
        case "value_error":
            return Finding(place, f"{context['error']}{given}")
        case "missing":
            return Finding(place, "is required")
        case "extra_forbidden":
            return Finding(place, _unknown_field(error["loc"]))
        case "literal_error":
            known = re.findall(r"'([^']*)'", context["expected"])
            near = suggestion(error["input"], known) if isinstance(error["input"], str) else ""
            return Finding(place, f"must be {quoted_list(known)}{near}{given}")
        case "union_tag_invalid":
            name = error["input"].get("distribution") if isinstance(error["input"], Mapping) else error["input"]
            near = suggestion(name, BY_NAME) if isinstance(name, str) else ""
            choices = near or f"; known are {listed(BY_NAME, 'and')}"
            return Finding((*place, "distribution"), f"unknown distribution{choices}{got(name)}")
        case "tuple_type":
            example = f", such as [{printable(error['input'])}]" if isinstance(error["input"], str) else ""
            return Finding(place, f"must be a list{example}{given}")
        case "too_short":
            return Finding(place, "must have at least one entry")
        case "too_long":
            return Finding(place, f"must have at most {context['max_length']} entries")
        case _:  # a mapping was expected
            return Finding(place, f"must be a mapping of fields{given}")


def _unknown_field(loc: Loc) -> str:
    """What to say of a field that its model doesn't have."""
    name = str(loc[-1])
    known = _fields_at(loc[:-1])
    words = _OTHER_WORDS.get(name.lower(), ())
    meant = [field for field in words if field in known]
    if meant:
        return f"unknown field; did you mean {quoted_list(meant)}?"
    if name in _HOMES:
        return f"unknown field here; it belongs {_HOMES[name]}"
    for field in words:
        if field in _HOMES:
            return f'unknown field; did you mean "{field}"? It belongs {_HOMES[field]}'
    near = suggestion(name, known)
    if not near and len(known) <= _MOST_FIELDS_LISTED:
        return f"unknown field; known here: {listed(known, 'and')}"
    return f"unknown field{near}"


def _fields_at(loc: Loc) -> list[str]:
    """The fields that may stand at a place, which is given as pydantic names it."""
    here: Any = CentreScenario
    beside: list[str] = []
    for key in loc:
        for kind in alternatives(here):
            if get_origin(kind) in (FrozenDict, tuple):
                here = get_args(kind)[-1 if get_origin(kind) is FrozenDict else 0]
            elif kind is BY_NAME.get(str(key)):
                here = kind
            elif is_model(kind) and key in written_fields(kind):
                here = written_fields(kind)[str(key)].annotation
                beside = ["balking"] if kind is Patience else []  # stands among the distribution's own fields
            else:
                continue
            break
    return [*written_fields(alternatives(here)[0]), *beside]


def _homes() -> dict[str, str]:
    """Where a field belongs that is known in one kind of place only."""
    places: tuple[tuple[str, type[ScenarioModel]], ...] = (
        ("at the top of the file", CentreScenario),
        ("to the calendar", Calendar),
        ("to a site", Site),
        ("to the routing", Routing),
        ("to a queue", Queue),
        ("to a queue's arrivals", Arrivals),
        ("to a queue's targets", Targets),
        ("to a team", Team),
    )
    homes = [(name, place) for place, model in places for name in written_fields(model)]
    names = [name for name, _ in homes]
    return {name: place for name, place in homes if names.count(name) == 1}


_HOMES = _homes()
