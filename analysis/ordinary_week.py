"""Work and staff of an ordinary week as a scenario states them, by sums a planner can redo; nothing is simulated.

Ordinary: at the scenario's start, without holidays, growth, seasons and events.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.scenario.centre import CentreScenario
from sim.scenario.handling import mean_works_ms, throughputs
from sim.scenario.parse import DAY_MS, HOUR_MS
from sim.scenario.repeats import weekly_flows
from sim.scenario.shift_weeks import longest_week
from sim.scenario.team import Team
from sim.scenario.week import WeekHours, united, week_ms


@dataclass(frozen=True)
class QueueWeek:
    """What a queue brings."""

    offered: float
    """Contacts, repeats included."""
    first: float
    """First contacts among them."""
    handed_in: float
    """Contacts handed on to it, which come on top."""
    mean_work_ms: float
    """Of a contact, offered or handed on: what it takes of an agent's time."""
    throughput: float
    """Contacts that an agent gets through in the time that one alone takes: of chats with as many at once as may be."""
    open_h: float

    @property
    def work_h(self) -> float:
        """Hours of work if all were served."""
        return (self.offered + self.handed_in) * self.mean_work_ms / HOUR_MS

    @property
    def erlangs(self) -> float:
        """Mean positions that the work keeps busy, spread over the opening hours."""
        return self.work_h / self.open_h if self.open_h else 0.0


@dataclass(frozen=True)
class TeamWeek:
    """When and how many a team is there."""

    staffed_h: float
    """Hours in which anybody of it is there."""
    position_h: float | None
    """Hours on the phones of all together; None where positions are given by date."""
    peak_positions: int | None
    """None where heads are spread over the week, which the simulation does."""


def queue_weeks(scenario: CentreScenario) -> dict[str, QueueWeek]:
    """Every queue by name."""
    flows, works, at_once = weekly_flows(scenario), mean_works_ms(scenario), throughputs(scenario)
    return {
        name: QueueWeek(
            flows[name].offered,
            flows[name].first - flows[name].deflected,
            flows[name].handed_in,
            works[name],
            at_once[name],
            week_ms(scenario.opening_hours(name)) / HOUR_MS,
        )
        for name in scenario.queues
    }


def team_week(scenario: CentreScenario, name: str) -> TeamWeek:
    """One team."""
    team, hours = scenario.teams[name], united(scenario.team_hours(name))
    hours_h = week_ms(hours) / HOUR_MS
    if team.heads is not None:
        each_ms = team.contract if team.shifts is None else longest_week(team, hours).worked_ms
        return TeamWeek(hours_h, team.heads * each_ms / HOUR_MS * (1 - team.mean_shrinkage), None)
    if isinstance(team.positions, int):
        return TeamWeek(hours_h, team.positions * hours_h, team.positions)
    steps = list(_steps(team, hours))
    if not steps:
        return TeamWeek(hours_h, None, None)
    return TeamWeek(
        staffed_h=sum(ms for ms, positions in steps if positions) / HOUR_MS,
        position_h=sum(ms * positions for ms, positions in steps) / HOUR_MS,
        peak_positions=max(positions for _, positions in steps),
    )


def _steps(team: Team, hours: WeekHours) -> Iterator[tuple[int, int]]:
    """Length in ms and positions of each step of a plan by weekday within the hours."""
    plan = team.positions
    if plan is None or isinstance(plan, int) or plan.weekdays is None:
        return
    for steps, spans in zip(plan.weekdays, hours, strict=True):
        ends = [start for start, _ in steps[1:]] + [DAY_MS]
        for (start, positions), end in zip(steps, ends, strict=False):
            yield sum(max(min(end, closes) - max(start, opens), 0) for opens, closes in spans), positions
