"""What callers are told and offered when they must wait: announcements and callbacks."""

from __future__ import annotations

from typing import Annotated

from .base import ScenarioModel, Written
from .parse import MINUTE_MS, SECOND_MS, SHARE, parse_factor, whole_number
from .quantities import Duration, PositiveDuration, PositiveShare, Share, written_or_number

DEFAULT_TRIES = 3
DEFAULT_AGAIN_AFTER_MS = 30 * MINUTE_MS
DEFAULT_RING_MS = 30 * SECOND_MS

_MOST_TRIES = 100

Tries = Annotated[
    int,
    Written(whole_number(1, _MOST_TRIES), {"type": "integer", "minimum": 1, "maximum": _MOST_TRIES}),
]
PatienceFactor = Annotated[
    float,
    Written(parse_factor, written_or_number(SHARE, "150 %", minimum=0, maximum=1_000)),
]
"""A multiplier: 1.5 for ``150 %``."""


class Callback(ScenarioModel):
    """Being called back instead of waiting, offered to those who aren't served at once."""

    above: Duration
    """Announced wait above which it is offered; 0: whenever there is a wait."""
    accepted: Share
    """Share of those offered it who accept."""
    reached: PositiveShare = 1.0
    """Probability that a try reaches the customer; default 100 %."""
    tries: Tries = DEFAULT_TRIES
    """Tries at most; default 3."""
    again_after: PositiveDuration = DEFAULT_AGAIN_AFTER_MS
    """Time from a try that reached nobody to the next; default 30 min."""
    ring: PositiveDuration = DEFAULT_RING_MS
    """An agent's time on a try that reaches nobody; default 30 s."""


class Announcement(ScenarioModel):
    """The wait that callers are told, and what they do about it."""

    above: Duration
    """Announced wait above which the rest holds."""
    balking: Share | None = None
    """Share of callers who then leave at once; default the queue's own."""
    patience: PatienceFactor = 1.0
    """Patience of those who stay, as a multiple of the queue's own; default 100 %."""
