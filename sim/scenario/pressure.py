"""Pressure on the handle time, and what it does to re-contacts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from .base import ScenarioModel, Written
from .parse import DURATION, SHARE, parse_change, parse_duration, real_number
from .quantities import written
from .spelling import hinting

_MOST_ELASTICITY = 20
_HOW = 'write a change with its sign, such as "-2 min" or "-20 %"'


@dataclass(frozen=True)
class HandleTimeChange:
    """What is added to the mean handle time, after it was multiplied."""

    by_ms: int = 0
    factor: float = 1.0

    def of(self, mean_ms: float) -> float:
        """The changed mean, ms."""
        return mean_ms * self.factor + self.by_ms


@hinting
def parse_handle_time_change(value: Any) -> HandleTimeChange:
    """``"-2 min"`` or ``"-20 %"``."""
    text = value.strip() if isinstance(value, str) else ""
    if not re.match(r"[+-]", text):
        raise ValueError(_HOW)
    if text.endswith("%"):
        return HandleTimeChange(factor=parse_change(text))
    try:
        size_ms = parse_duration(text[1:].strip())
    except ValueError as error:
        raise ValueError(f"{error}; {_HOW}") from None
    return HandleTimeChange(by_ms=-size_ms if text.startswith("-") else size_ms)


Changed = Annotated[
    HandleTimeChange,
    Written(parse_handle_time_change, written(rf"[+-] ?({DURATION}|{SHARE})", "-2 min", "-20 %")),
]
"""An addition in ms, or a multiplier."""
Elasticity = Annotated[
    float,
    Written(
        real_number(0, _MOST_ELASTICITY),
        {"type": "number", "minimum": 0, "maximum": _MOST_ELASTICITY, "examples": [0.5]},
    ),
]


class Pressure(ScenarioModel):
    """A changed handle time; the queue's own handle time, volume and re-contact rate are those without it."""

    handle_time: Changed
    """Change of the stated mean handle time; minutes count as their share of it. Re-explaining isn't pressed."""
    elasticity: Elasticity
    """How strongly re-contacts answer: their rate is multiplied by (new / old handle time) to the power of minus it."""
