"""Which teams serve which queues, when, and how the work of a queue is taken to divide among them.

Who takes a contact depends on who is idle, which only the simulation knows. The need that heads are spread by takes the
people who serve a queue at a moment to share its work alike, by their number: heads by their time on the phones,
positions by their mean. Teams that help out only after a wait count where nobody else is there. Preferences, and what
else keeps the people busy, are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..common.calendar import DAY_MS, WEEK_DAYS, Segments, merged_segments
from ..scenario.centre import CentreScenario
from ..scenario.team import Team
from ..scenario.week import united
from .compile_days import Days, common, joined, ordinary_week
from .contract import NO_LIMIT_MS, Float64, Int64
from .repeats import per

_FEWEST = 1e-9
"""People of a team that the file leaves empty: somebody may be tried there."""


@dataclass(frozen=True)
class TeamHours:
    """When a team is there."""

    number: int
    """Place in the scenario."""
    name: str
    team: Team
    week: Segments
    """In a week without closed days."""
    hours: Segments
    """Over the days, without those on which its site is closed, or on which there is no such team."""
    there_ms: tuple[int, int] = (0, NO_LIMIT_MS)
    """[first, end) of the time in which there is such a team; the days' own where that has no bound."""

    @classmethod
    def of(cls, scenario: CentreScenario, name: str, days: Days) -> TeamHours:
        """A team of the scenario."""
        team, week = scenario.teams[name], united(scenario.team_hours(name))
        hours = days.opening(week, scenario.site_of(team))
        first_ms = 0 if team.from_day is None else max(days.index(team.from_day.toordinal()), 0) * DAY_MS
        end_ms = days.count * DAY_MS
        if team.until is not None:
            end_ms = min(max(days.index(team.until.toordinal()) + 1, 0) * DAY_MS, end_ms)
        if team.dated:
            hours = merged_segments(np.clip(hours.start_ms, first_ms, end_ms), np.clip(hours.end_ms, first_ms, end_ms))
        return cls(list(scenario.teams).index(name), name, team, ordinary_week(week), hours, (first_ms, end_ms))

    def open_share(self, days: Days) -> Float64:
        """Its hours of each day's week over those of a week without closed days, (days,)."""
        edges_ms = np.arange(days.weeks + 1) * (WEEK_DAYS * DAY_MS)
        return np.repeat(self.hours.open_between(edges_ms) / max(self.week.total_ms, 1), WEEK_DAYS)


@dataclass(frozen=True)
class Service:
    """A queue served by a team."""

    week: Segments
    """When the team takes the queue's contacts, in a week without closed days."""
    hours: Segments
    """The same over the days."""
    fence: Segments | None
    """The team's hours for this queue, over the days, whether it is there then or not; None if the file gives none."""
    helps_out: bool
    """Whether it takes them only after a wait."""


@dataclass(frozen=True)
class Serving:
    """Who serves what when."""

    teams: tuple[TeamHours, ...]
    services: tuple[Mapping[int, Service], ...]
    """By queue, and by team in ascending order."""
    people: Float64
    """(T,) mean positions in each team's hours: as the file staffs it, unless ``peopled``."""

    @property
    def pools(self) -> bool:
        """Whether any queue is served by several teams, so that it matters how many people each has."""
        return any(len(services) > 1 for services in self.services)

    def peopled(self, people: Float64) -> Serving:
        """The same with other numbers of people, (T,)."""
        return replace(self, people=np.maximum(people, _FEWEST))

    def shares(self, team: int, start_ms: Int64, end_ms: Int64) -> dict[int, Float64]:
        """By queue that the team serves: its share of the people who take the queue's contacts in each span, (spans,).

        0 where nobody does.
        """
        there_ms = [_there_ms(one.hours, start_ms, end_ms) for one in self.teams]
        shares = {}
        for queue, services in enumerate(self.services):
            if team in services:
                own_ms = [
                    there_ms[number] if service.fence is None else _there_ms(service.hours, start_ms, end_ms)
                    for number, service in services.items()
                ]
                counted = _counting(services, self.people, np.array(own_ms))
                shares[queue] = per(counted[list(services).index(team)], counted.sum(axis=0))
        return shares

    def week_of(self, queue: int) -> Segments:
        """When anybody takes the queue's contacts, in a week without closed days."""
        return joined([service.week for service in self.services[queue].values()])

    def fences(self) -> dict[tuple[int, int], Segments]:
        """Hours of teams that take a queue at some hours only, by team and queue."""
        return {
            (team, queue): service.fence
            for queue, services in enumerate(self.services)
            for team, service in services.items()
            if service.fence is not None
        }


def compile_serving(scenario: CentreScenario, days: Days, teams: Sequence[TeamHours], people: Float64) -> Serving:
    """The scenario's teams and queues over the days; ``people`` (T,) are those of ``Serving``."""
    services = [
        {team.number: _service(scenario, days, team, name) for team in teams if name in scenario.served_by(team.name)}
        for name in scenario.queues
    ]
    return Serving(tuple(teams), tuple(services), np.maximum(people, _FEWEST))


def _service(scenario: CentreScenario, days: Days, team: TeamHours, queue: str) -> Service:
    terms = scenario.terms(team.name, queue)
    if terms.hours is None:
        return Service(team.week, team.hours, None, terms.overflow_after > 0)
    fence = days.always(terms.hours)
    week = common(team.week, ordinary_week(terms.hours))
    return Service(week, common(team.hours, fence), fence, terms.overflow_after > 0)


def _there_ms(hours: Segments, start_ms: Int64, end_ms: Int64) -> Int64:
    """How much of the hours lies in each span."""
    return hours.open_before(end_ms) - hours.open_before(start_ms)


def _counting(services: Mapping[int, Service], people: Float64, there_ms: Int64) -> Float64:
    """People times presence, (services, N): of services that help out only where there is no other."""
    counted = people[list(services), np.newaxis] * there_ms
    helps_out = np.array([[service.helps_out] for service in services.values()])
    if not helps_out.any():
        return counted
    direct = np.where(helps_out, 0.0, counted)
    return np.where(direct.any(axis=0), direct, counted)
