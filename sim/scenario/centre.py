"""The scenario of a contact centre (``kind: centre``)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from .base import RULE, FrozenDict, ScenarioModel, Written, refusal
from .calendar import Calendar
from .moves import Move
from .parse import DAY_MS, DURATION, MINUTE_MS, parse_positive_duration, parse_span
from .quantities import Day, Horizon, Name, PositiveDuration, Text, written
from .queue import Queue
from .routing import Routing
from .site import Site
from .team import Team
from .terms import Terms
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
    Written(parse_warm_up, {"anyOf": [{"enum": ["auto", "none"]}, written(r"\d+ (day|week)s?", "2 weeks")]}),
]
"""Whole days, or auto."""


class CentreScenario(ScenarioModel):
    """A contact centre: its sites and calendars, its queues and the teams that serve them."""

    kind: Literal["centre"]
    """What the file describes."""
    name: Text
    """What reports call it."""
    start: Day
    """First day of the horizon."""
    horizon: Horizon
    """How long: 12 months, 4 weeks, 30 days."""
    volumes_as_of: Day | None = None
    """Day on which the stated volumes and customers hold, and from which they grow; default the start."""
    interval: Interval = DEFAULT_INTERVAL_MS
    """Length of the intervals of figures and staff; divides the day; default 30 min."""
    warm_up: WarmUp = "auto"
    """Time simulated before the start and dropped: auto, none, or whole days or weeks."""
    tick: PositiveDuration = 1
    """Resolution of the clock; coarser only to force ties in tests."""
    calendar: Calendar = Calendar()
    """When the centre is open; where there are sites, each has its own instead."""
    sites: FrozenDict[Name, Site] | None = None
    """Countries or places with hours and holidays of their own, by name; default one place, which isn't named."""
    routing: Routing = Routing()
    """How agents and contacts are chosen."""
    queues: FrozenDict[Name, Queue]
    """Types of contact, by name."""
    teams: FrozenDict[Name, Team]
    """Those who serve them, by name."""
    moves: tuple[Move, ...] = ()
    """People who go from one team to another."""

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        from .rules import scenario_findings  # they know this class
        from .volume_rules import volume_findings

        findings = scenario_findings(self) or volume_findings(self)
        if findings:
            raise refusal(findings, RULE)
        return self

    @property
    def end(self) -> date:
        """The first day after the horizon."""
        return self.horizon.end(self.start)

    @property
    def growth_starts(self) -> date:
        """The day from which volumes grow."""
        return self.volumes_as_of or self.start

    @property
    def matters(self) -> tuple[str, ...]:
        """All matters of first contacts, in the order of the file; the unnamed one among them if a queue names none."""
        return tuple(dict.fromkeys(matter for queue in self.queues.values() for matter in queue.matter_shares))

    def has_workforce(self, team: str) -> bool:
        """Whether a team's people change, or what becomes of their time from week to week does."""
        return self.has_changing_people(team) or self.teams[team].has_workforce

    def has_changing_people(self, team: str) -> bool:
        """Whether a team's heads change over the horizon, ramp up, move, or differ in what they do."""
        moved = any(team in (move.from_team, move.to) for move in self.moves)
        return moved or self.teams[team].has_changing_people

    def site_of(self, part: Queue | Team) -> str | None:
        """Name of the site of a queue or team; None without sites."""
        if self.sites is None:
            return None
        return part.site if part.site is not None else next(iter(self.sites))

    def calendar_of(self, part: Queue | Team) -> Calendar:
        """The calendar that a queue opens by or a team works by: its site's, or the centre's."""
        site = self.site_of(part)
        return self.calendar if self.sites is None or site is None else self.sites[site].calendar

    def opening_hours(self, queue: str) -> WeekHours:
        """Weekly opening hours of a queue: its own or its calendar's."""
        own = self.queues[queue].open
        return own if own is not None else self.calendar_of(self.queues[queue]).open

    def served_by(self, team: str) -> tuple[str, ...]:
        """Names of the queues a team serves, in the order in which its file names them."""
        serves = self.teams[team].serves
        return tuple(serves if serves is not None else self.queues)

    def serving(self, queue: str) -> tuple[str, ...]:
        """Names of the teams that serve a queue."""
        return tuple(
            name for name, team in self.teams.items() if queue in (self.queues if team.serves is None else team.serves)
        )

    def terms(self, team: str, queue: str) -> Terms:
        """On what terms a team serves one of its queues."""
        serves = self.teams[team].serves
        return serves[queue] if serves is not None else Terms()

    def preference(self, team: str, queue: str) -> int:
        """Order in which the team is asked to take a contact of a queue it serves, lowest first.

        The queue's place in the team's list, from 1; teams that name no queues prefer all alike, as 1.
        """
        serves = self.teams[team].serves
        if serves is None:
            return 1
        own = serves[queue].preference
        return own if own is not None else list(serves).index(queue) + 1

    def priority(self, team: str, queue: str) -> int:
        """Priority of a queue within its channel when the team's agents take waiting contacts, 1 first."""
        own = self.terms(team, queue).priority
        return own if own is not None else self.queues[queue].priority

    def reserve(self, team: str, queue: str) -> int:
        """Agents of the team that must stay idle after one has started a contact of the queue."""
        own = self.terms(team, queue).reserve
        if own is not None:
            return own
        return self.teams[team].reserve if self.queues[queue].is_email else 0

    def team_hours(self, team: str) -> tuple[WeekHours, ...]:
        """Weekly hours of a team's presence: its own, or those whose union it is (of calls and chats if it serves any).

        On the dates on which the team's own calendar is closed nobody is there.
        """
        own = self.teams[team].hours
        if own is not None:
            return (own,)
        served = self.served_by(team)
        live = [name for name in served if not self.queues[name].is_email]
        return tuple(self.opening_hours(name) for name in live or served)
