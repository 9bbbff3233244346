"""Which matters people solve: from the start, or from a time after hire on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from .base import Finding, FrozenDict, Written, refusal
from .parse import parse_name
from .quantities import written
from .words import got, shown
from .workforce import TENURE_PATTERN, parse_tenure

FROM_START = "from start"


def parse_skills(value: Any) -> FrozenDict[str, int]:
    """``[agenda, billing]``, or ``{agenda: from start, billing: 3 months}``: days from hire, 0 from the start."""
    if isinstance(value, Mapping):
        return _by_time(value)
    if not isinstance(value, list | tuple):
        raise ValueError(
            "must be a list, such as [agenda], or times from hire, such as {agenda: from start, billing: 3 months}"
        )
    skills: dict[str, int] = {}
    findings = []
    for number, entry in enumerate(value):
        try:
            name = parse_name(entry)
        except ValueError as error:
            findings.append(Finding((number,), f"{error}{got(entry)}"))
            continue
        if name in skills:
            findings.append(Finding((number,), f"names {shown(name)} twice"))
        skills[name] = 0
    if findings:
        raise refusal(findings)
    return FrozenDict(skills)


def _by_time(value: Mapping[Any, Any]) -> FrozenDict[str, int]:
    skills: dict[str, int] = {}
    findings = []
    for key, since in value.items():
        try:
            name = parse_name(key)
        except ValueError as error:
            findings.append(Finding((key,), f"{error}{got(key)}"))
            continue
        try:
            skills[name] = 0 if _is_start(since) else parse_tenure(since)
        except ValueError:
            findings.append(
                Finding((key,), f'must be "{FROM_START}" or a time from hire such as "3 months"{got(since)}')
            )
    if findings:
        raise refusal(findings)
    return FrozenDict(skills)


def _is_start(since: Any) -> bool:
    return isinstance(since, str) and since.strip().lower() == FROM_START


SkillsField = Annotated[
    FrozenDict[str, int],
    Written(
        parse_skills,
        {
            "anyOf": [
                {
                    "type": "array",
                    "items": {"type": "string", "pattern": r"^\w[\w-]{0,59}$"},
                    "examples": [["agenda", "billing"]],
                },
                {
                    "type": "object",
                    "additionalProperties": {
                        "anyOf": [{"const": FROM_START}, written(TENURE_PATTERN, "3 months"), {"const": 0}]
                    },
                    "examples": [{"agenda": FROM_START, "billing": "3 months"}],
                },
            ]
        },
    ),
]
"""Days from hire after which each matter is solved."""
