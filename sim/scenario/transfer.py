"""Handing a contact on when the agent lacks the skill for its matter."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import FrozenDict, ScenarioModel
from .distribution import Delay
from .quantities import Duration, Name, PositiveDuration, Text


class Warm(ScenarioModel):
    """A warm transfer: the first agent stays with the caller until the next agent has taken over."""

    hold: PositiveDuration
    """How long at most the first agent waits with the caller."""
    joint: Duration = 0
    """Time that both agents then spend together; default none."""


class Transfer(ScenarioModel):
    """What agents do with matters that they have no skill for: after a while they hand them on, emails as well."""

    after: Delay
    """Time with the agent who can't solve it, whatever the team's speed; exponential unless said otherwise."""
    to: Annotated[FrozenDict[Name, Text], Field(examples=[{"billing": "billing_desk"}])]
    """Queue to which each matter is handed on, of the same channel."""
    place: Literal["head", "tail"] = "tail"
    """Where in the next queue the contact waits; default at its tail."""
    re_explain: Duration = 0
    """Time that the next agent spends on what was said already, or after a redial; default none."""
    warm: Warm | None = None
    """Calls: the first agent stays with the caller; default the caller waits alone."""
