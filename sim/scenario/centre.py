"""The scenario of a contact centre (``kind: centre``)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from .base import RULE, FrozenDict, ScenarioModel, Written, refusal
from .calendar import Calendar
from .parse import DAY_MS, DURATION, MINUTE_MS, parse_positive_duration, parse_span
from .quantities import Day, Horizon, Name, PositiveDuration, Text, written
from .queue import Queue
from .team import Team
from .week import WeekHours

DEFAULT_INTERVAL_MS = 30 * MINUTE_MS


def parse_warm_up(value: Any) -> int | Literal["auto"]:
    """``auto``, or whole days: ``none`` is 0, ``"2 weeks"`` 14."""
    if value == "auto":
        return "auto"
    if value in ("none", 0):
        return 0
    try:
        span = parse_span(value)
    except ValueError:
        span = None
    if span is None or span.unit not in ("day", "week"):
        raise ValueError('must be auto, none, or whole days or weeks such as "2 weeks"')
    days = span.count * (7 if span.unit == "week" else 1)
    if days > 366:
        raise ValueError("must be at most 366 days")
    return days


def parse_interval(value: Any) -> int:
    """A duration that divides the day, in ms."""
    interval_ms = parse_positive_duration(value)
    if interval_ms < MINUTE_MS or DAY_MS % interval_ms:
        raise ValueError("must divide the day, such as 15 min, 30 min or 1 h")
    return interval_ms


Interval = Annotated[int, Written(parse_interval, written(DURATION, "30 min", "15 min", "1 h"))]
"""Milliseconds; divides the day."""
WarmUp = Annotated[
    int | Literal["auto"],
    Written(
        parse_warm_up, {"anyOf": [{"enum": ["auto", "none"]}, {"type": "string", "pattern": r"^\d+ (day|week)s?$"}]}
    ),
]
"""Whole days, or auto."""


class CentreScenario(ScenarioModel):
    """A contact centre: its calendar, its queues and the team that serves them."""

    kind: Literal["centre"]
    """What the file describes."""
    name: Text
    """What reports call it."""
    start: Day
    """First day of the horizon."""
    horizon: Horizon
    """How long: 12 months, 4 weeks, 30 days."""
    interval: Interval = DEFAULT_INTERVAL_MS
    """Length of the intervals of figures and staff; divides the day; default 30 min."""
    warm_up: WarmUp = "auto"
    """Time simulated before the start and dropped: auto, none, or whole days or weeks."""
    tick: PositiveDuration = 1
    """Resolution of the clock; coarser only to force ties in tests."""
    calendar: Calendar = Calendar()
    """When the centre is open."""
    queues: FrozenDict[Name, Queue]
    """Types of contact, by name."""
    teams: FrozenDict[Name, Team]
    """Those who serve them, by name; one for now."""

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        from .rules import scenario_findings, volume_findings  # they know this class

        findings = scenario_findings(self) or volume_findings(self)
        if findings:
            raise refusal(findings, RULE)
        return self

    @property
    def end(self) -> date:
        """The first day after the horizon."""
        return self.horizon.end(self.start)

    def opening_hours(self, queue: str) -> WeekHours:
        """Weekly opening hours of a queue: its own or the calendar's."""
        own = self.queues[queue].open
        return own if own is not None else self.calendar.open

    def served_by(self, team: str) -> tuple[str, ...]:
        """Names of the queues a team serves."""
        serves = self.teams[team].serves
        return serves if serves is not None else tuple(self.queues)

    def team_hours(self, team: str) -> tuple[WeekHours, ...]:
        """Weekly hours of a team's presence: its own, or those whose union it is (calls' if it serves any)."""
        own = self.teams[team].hours
        if own is not None:
            return (own,)
        served = self.served_by(team)
        calls = [name for name in served if not self.queues[name].is_email]
        return tuple(self.opening_hours(name) for name in calls or served)
