"""Shares of a whole by name: queues that contacts come back to, matters that they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from .base import Finding, FrozenDict, Written, refusal
from .parse import SHARE, parse_name, parse_share
from .quantities import written_or_number
from .words import got


def parse_queue_mix(value: Any) -> FrozenDict[str, float]:
    """``{calls: 80 %, emails: 20 %}``: shares of queues that sum to 1; whether the queues exist is for the rules."""
    return _shares(value, str, "queues and shares, such as {calls: 80 %, emails: 20 %}")


def parse_matters(value: Any) -> FrozenDict[str, float]:
    """``{agenda: 60 %, tele: 40 %}``: shares of matters that sum to 1."""
    return _shares(value, parse_name, "matters and shares, such as {agenda: 60 %, billing: 40 %}")


def _shares(value: Any, parse_key: Callable[[Any], str], what: str) -> FrozenDict[str, float]:
    if not isinstance(value, Mapping) or not value:
        raise ValueError(f"must be a mapping of {what}")
    shares: dict[str, float] = {}
    findings = []
    for key, share in value.items():
        try:
            name = parse_key(key)
        except ValueError as error:
            findings.append(Finding((key,), f"{error}{got(key)}"))
            continue
        try:
            shares[name] = parse_share(share)
        except ValueError as error:
            findings.append(Finding((key,), f"{error}{got(share)}"))
    total = sum(shares.values())
    if not findings and abs(total - 1) > 1e-6:
        findings = [Finding((), f"the shares must sum to 100 % (they sum to {total:.4%})".replace(".0000%", " %"))]
    if findings:
        raise refusal(findings)
    return FrozenDict({name: share / total for name, share in shares.items()})


def _written(example: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": written_or_number(SHARE, next(iter(example.values())), minimum=0, maximum=1),
        "examples": [example],
    }


QueueMix = Annotated[FrozenDict[str, float], Written(parse_queue_mix, _written({"calls": "80 %", "emails": "20 %"}))]
"""Shares by queue, summing to 1."""
MatterMix = Annotated[FrozenDict[str, float], Written(parse_matters, _written({"agenda": "60 %", "billing": "40 %"}))]
"""Shares by matter, summing to 1."""
