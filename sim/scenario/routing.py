"""Who is asked first, and which waiting contact goes first."""

from __future__ import annotations

from typing import Annotated, Literal

from .base import ScenarioModel, Written
from .parse import real_number

_MOST_SCORE = 1_000_000

ScoreValue = Annotated[
    float,
    Written(real_number(0, _MOST_SCORE), {"type": "number", "minimum": 0, "maximum": _MOST_SCORE}),
]
"""0 to 1,000,000."""


class Routing(ScenarioModel):
    """How agents and contacts are chosen; teams are asked in the order of their preference, with scores as well."""

    agents: Literal["longest idle", "fastest first", "least occupied"] = "longest idle"
    """Who takes a contact, among idle agents whose teams prefer its queue alike; default longest idle."""
    contacts: Literal["priority", "score"] = "priority"
    """What a free agent takes: by channel and priority, then the longest waiting (default); or the highest score."""


class Score(ScenarioModel):
    """A waiting contact's score, which grows while it waits; with ``routing.contacts: score``."""

    base: ScoreValue = 0.0
    """Score of a contact that has just come."""
    per_minute: ScoreValue = 1.0
    """What every minute of waiting adds."""
