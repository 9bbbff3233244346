"""What a scenario fixes whatever its staff: days, opening hours, first contacts, who serves what, repeats, tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import Segments
from ..scenario.centre import CentreScenario
from ..scenario.handling import mean_works_ms
from .compile_callbacks import compile_announcements, compile_callbacks
from .compile_days import Days, Window, days_around
from .compile_deflection import compile_deflection
from .compile_load import OfferedLoad, offered_load
from .compile_need import reply_windows, team_need
from .compile_queues import compile_queues
from .compile_routing import compile_routing
from .compile_satisfaction import compile_satisfaction
from .compile_serving import Serving, TeamHours, compile_serving
from .compile_staff import people_of
from .compile_stages import compile_stages
from .compile_transfers import compile_transfers
from .compile_volume import Volumes, compile_shapes, compile_volumes
from .contract import (
    Announcements,
    Arrivals,
    Callbacks,
    Deflection,
    Float64,
    Queues,
    Routing,
    Satisfaction,
    Stages,
    Transfers,
)
from .presence_heads import Need, WeekGrid, week_grid
from .repeats import Repeats, expected_repeats, stated_repeats


@dataclass(frozen=True)
class Forecast:
    """A scenario laid out over its days; made by ``forecast``."""

    scenario: CentreScenario
    days: Days
    serving: Serving
    repeats: Repeats
    """Those that the stated volumes hold."""
    expected: Repeats
    """Those with pressure, and with deflection as it is at the horizon's end."""
    volumes: Volumes

    def team(self, name: str) -> TeamHours:
        """When a team is there. KeyError if there is no such team."""
        return {team.name: team for team in self.serving.teams}[name]

    # --- contacts -------------------------------------------------------------------------------------------------

    @cached_property
    def first(self) -> Float64:
        """First contacts, (Q, days)."""
        return np.array([arrivals.expected for arrivals in self.volumes.first])

    @cached_property
    def shapes(self) -> Arrivals:
        """Over all days, not only the simulated ones."""
        return compile_shapes(self.volumes.first)

    @cached_property
    def busyness_cv(self) -> Float64:
        """Variation of each queue's days around their forecast, (Q,)."""
        return np.array([b.cv if (b := queue.arrivals.busyness) else 0.0 for queue in self.scenario.queues.values()])

    @cached_property
    def own_busyness(self) -> NDArray[np.bool_]:
        """Whether that variation is each queue's own, (Q,)."""
        found = [queue.arrivals.busyness for queue in self.scenario.queues.values()]
        return np.array([busyness is not None and not busyness.shared for busyness in found])

    @cached_property
    def opening(self) -> tuple[Segments, ...]:
        """Opening segments of each queue."""
        scenario = self.scenario
        return tuple(
            self.days.opening(scenario.opening_hours(name), scenario.site_of(queue))
            for name, queue in scenario.queues.items()
        )

    # --- work -----------------------------------------------------------------------------------------------------

    @cached_property
    def work_ms(self) -> Float64:
        """Mean work of an attempt at each queue that is served, (Q,)."""
        return np.array(list(mean_works_ms(self.scenario).values()))

    @cached_property
    def load(self) -> OfferedLoad:
        """Offered load of each queue, repeats and transfers included."""
        return offered_load(self.scenario, self.days, self.volumes, self.expected, self.work_ms)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What each team is needed for, as the file staffs them."""
        return self.needs_of(self.serving)

    def needs_of(self, serving: Serving) -> tuple[Need, ...]:
        """What each team is needed for, with other people than the file's."""
        return tuple(
            team_need(grid, self.load, serving, team, reply_ms)
            for team, (grid, reply_ms) in enumerate(zip(self._grids, self._reply_windows, strict=True))
        )

    @cached_property
    def _grids(self) -> tuple[WeekGrid, ...]:
        return tuple(week_grid(team.hours, self.scenario.interval, self.days.weeks) for team in self.serving.teams)

    @cached_property
    def _reply_windows(self) -> tuple[Mapping[int, int], ...]:
        return reply_windows(self.scenario, self.serving)

    # --- what the engines read ------------------------------------------------------------------------------------

    @cached_property
    def queues(self) -> Queues:
        """Parameters and tables."""
        return compile_queues(self.scenario)

    @cached_property
    def routing(self) -> Routing:
        """Without fences, which depend on the days simulated."""
        return compile_routing(self.scenario)

    @cached_property
    def announcements(self) -> Announcements:
        """What callers are told."""
        return compile_announcements(self.scenario, self.work_ms)

    @cached_property
    def callbacks(self) -> Callbacks:
        """Callbacks offered."""
        return compile_callbacks(self.scenario)

    @cached_property
    def deflection(self) -> Deflection:
        """Over all days, not only the simulated ones."""
        return compile_deflection(self.scenario, self.days)

    @cached_property
    def transfers(self) -> Transfers:
        """Matters and skills."""
        return compile_transfers(self.scenario)

    @cached_property
    def stages(self) -> Stages:
        """Of every team one."""
        return compile_stages(self.scenario)

    @cached_property
    def satisfaction(self) -> Satisfaction:
        """Expected satisfaction."""
        return compile_satisfaction(self.scenario)


def forecast(scenario: CentreScenario, window: Window) -> Forecast:
    """Lay the scenario out over the weeks of its window. ScenarioError if its volumes can't arrive as stated."""
    days = days_around(scenario, window)
    teams = [TeamHours.of(scenario, name, days) for name in scenario.teams]
    serving = compile_serving(scenario, days, teams, people_of(teams, {}, days, scenario.interval, window, window))
    repeats = stated_repeats(scenario)
    expected = expected_repeats(scenario, date.fromordinal(scenario.end.toordinal() - 1))
    return Forecast(
        scenario, days, serving, repeats, expected, compile_volumes(scenario, days, window, serving, repeats, expected)
    )
