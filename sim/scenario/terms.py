"""On what terms a team serves a queue, and how its agents handle chats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from .base import Finding, FrozenDict, ScenarioModel, Shorthand, Written, refusal
from .parse import SHARE, parse_change, parse_factor, parse_positive_share, whole_number
from .quantities import Count, Duration, People, Text, written, written_or_number
from .week import OpeningHours
from .words import shown

DEFAULT_AT_ONCE = 3
LONGER_PER_CHAT = 0.2
"""Part of its own length by which every other chat in hand lengthens a chat, where the file doesn't say."""

_MOST_AT_ONCE = 20
_SLOWEST, _FASTEST = 0.05, 20.0


def parse_speed(value: Any) -> float:
    """A speed, ``"80 %"`` or 0.8."""
    speed = parse_factor(value)
    if not _SLOWEST <= speed <= _FASTEST:
        raise ValueError(f"must be from {_SLOWEST:.0%} to {_FASTEST:.0%}".replace("%", " %"))
    return speed


def parse_handle_change(value: Any) -> float:
    """A change of the handle time, ``"+10 %"``, that leaves some of it."""
    factor = parse_change(value)
    if factor < _SLOWEST:
        raise ValueError(f"must leave at least {_SLOWEST:.0%} of the handle time".replace("%", " %"))
    return factor


def parse_chat_speed(value: Any) -> float:
    """A share of full speed, in whole tenths of a per cent at least one."""
    speed = parse_positive_share(value)
    if speed < 0.01:
        raise ValueError("must be at least 1 %")
    return speed


def _names_as_mapping(value: Any) -> Any:
    """``[calls, emails]`` as ``{calls: {}, emails: {}}``."""
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, list | tuple):
        raise ValueError("must be a list of queues, such as [calls, emails], or a mapping of queues and terms")
    findings = []
    for number, name in enumerate(value):
        if not isinstance(name, str):
            findings.append(Finding((number,), f"must be the name of a queue (got {shown(name)})"))
        elif name in value[:number]:
            findings.append(Finding((number,), f"names {shown(name)} twice"))
    if findings:
        raise refusal(findings)
    return {name: {} for name in value}


Speed = Annotated[
    float,
    Written(parse_speed, written_or_number(SHARE, "80 %", minimum=_SLOWEST, maximum=_FASTEST)),
]
"""A multiplier of how fast work is done, 1 being the queue's own handle time."""
HandleChange = Annotated[float, Written(parse_handle_change, written(rf"[+-]{SHARE}", "+10 %"))]
"""A multiplier of the handle time: 1.1 for ``+10 %``."""
RecontactFactor = Annotated[float, Written(parse_factor, written_or_number(SHARE, "120 %", minimum=0, maximum=1_000))]
"""A multiplier: 1.2 for ``120 %``."""
ChatSpeed = Annotated[float, Written(parse_chat_speed, written_or_number(SHARE, "85 %", minimum=0.01, maximum=1))]
"""0.01 to 1."""
AtOnce = Annotated[
    int,
    Written(whole_number(1, _MOST_AT_ONCE), {"type": "integer", "minimum": 1, "maximum": _MOST_AT_ONCE}),
]


class Terms(ScenarioModel):
    """On what terms a team serves a queue."""

    preference: Count | None = None
    """Order in which teams are asked to take a contact of the queue, 1 first; default its place in the list."""
    priority: Count | None = None
    """The queue's priority within this team; default the queue's own. Not with contacts: score."""
    speed: Speed = 1.0
    """How fast the team works on it; handle times are divided by it. Default 100 %."""
    handle_time: HandleChange = 1.0
    """Change of the handle time with this team, beside its speed."""
    recontact: RecontactFactor = 1.0
    """Re-contact rate of those whom the team served, as a multiple of the queue's own; default 100 %."""
    overflow_after: Duration = 0
    """Wait before the team may take a contact of the queue; default at once."""
    reserve: People | None = None
    """Idle agents that must remain after a contact of the queue is started; default the team's for emails, else 0."""
    hours: OpeningHours | None = None
    """Hours in which the team takes contacts of the queue, and its heads are rostered for it; default all its hours."""

    @property
    def handle_factor(self) -> float:
        """Multiplier of the queue's handle times."""
        return self.handle_time / self.speed


class Chat(ScenarioModel):
    """How many chats an agent holds at once, and how fast each of them then goes."""

    at_once: AtOnce | None = None
    """Chats at once at most; default as many as there are speeds, or 3."""
    speed: Annotated[tuple[ChatSpeed, ...], Field(min_length=1, max_length=_MOST_AT_ONCE)] | None = None
    """Speed of each chat with 1, 2, ... in hand; default every other chat lengthens it by a fifth: 100, 83, 71 %."""

    @model_validator(mode="after")
    def _speeds_fall(self) -> Self:
        if self.speed is None:
            return self
        findings = []
        if self.at_once is not None and len(self.speed) != self.at_once:
            findings.append(Finding(("speed",), f"must give {self.at_once} speeds; there are {len(self.speed)}"))
        if self.speed[0] != 1:
            findings.append(
                Finding(("speed", 0), "must be 100 %, the speed of a chat alone; give a team's speed in serves")
            )
        if any(later > earlier for earlier, later in zip(self.speed, self.speed[1:], strict=False)):
            findings.append(Finding(("speed",), "must not rise with more chats in hand"))
        if findings:
            raise refusal(findings)
        return self

    @property
    def most(self) -> int:
        """Chats at once at most."""
        if self.at_once is not None:
            return self.at_once
        return len(self.speed) if self.speed is not None else DEFAULT_AT_ONCE

    @property
    def speeds(self) -> tuple[float, ...]:
        """Speed of each chat with 1, 2, ..., ``most`` in hand; the first is 1."""
        if self.speed is not None:
            return self.speed
        return tuple(1 / (1 + LONGER_PER_CHAT * others) for others in range(self.most))

    @property
    def throughput(self) -> float:
        """How many times faster than one by one an agent gets through chats, with ``most`` in hand."""
        return self.most * self.speeds[-1]


Serves = Annotated[
    FrozenDict[Text, Terms],
    Shorthand(
        _names_as_mapping,
        {"type": "array", "minItems": 1, "items": {"type": "string"}, "examples": [["calls", "emails"]]},
    ),
]
"""Terms by queue, in the order of the file; a list of names is short for no terms of their own."""
