"""What a scenario fixes whatever its staff: days, opening hours, first contacts, repeats, tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import Segments, WeekHours, open_ms_per_weekday
from ..scenario.centre import CentreScenario
from .compile_days import Days, Window, days_around, united
from .compile_load import OfferedLoad, offered_load
from .compile_queues import compile_queues
from .compile_volume import Volumes, compile_shapes, compile_volumes
from .contract import Arrivals, Float64, Int64, Queues
from .repeats import Repeats, predicted_repeats


@dataclass(frozen=True)
class Forecast:
    """A scenario laid out over its days; made by ``forecast``."""

    scenario: CentreScenario
    days: Days
    volumes: Volumes
    repeats: Repeats
    queues: Queues
    shapes: Arrivals
    """Over all days, not only the simulated ones."""

    @cached_property
    def expected(self) -> Float64:
        """First contacts, (Q, days)."""
        return np.array([arrivals.expected for arrivals in self.volumes.first])

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
    def rank(self) -> Int64:
        """Order in which queues are served, (Q,): calls before emails, each by priority; equal ones share a rank."""
        order = [(queue.is_email, queue.priority) for queue in self.scenario.queues.values()]
        return np.array([sorted(set(order)).index(place) for place in order], dtype=np.int64)

    @cached_property
    def opening(self) -> tuple[Segments, ...]:
        """Opening segments of each queue."""
        return tuple(self.days.opening(self.scenario.opening_hours(name)) for name in self.scenario.queues)

    @cached_property
    def load(self) -> OfferedLoad:
        """Offered load of each queue, repeats included."""
        return offered_load(self.scenario, self.days, self.volumes.attempts, self.repeats)

    @cached_property
    def team_hours(self) -> Segments:
        """Hours in which the team is there."""
        return self.days.opening(self._team_week)

    @cached_property
    def ordinary_week_ms(self) -> int:
        """The team's hours in a week without closed days."""
        return int(open_ms_per_weekday(self._team_week).sum())

    @property
    def _team_week(self) -> WeekHours:
        return united(self.scenario.team_hours(self.team_name))

    @property
    def team_name(self) -> str:
        """The one team: several are for later, and the scenario's model refuses them."""
        (name,) = self.scenario.teams
        return name


def forecast(scenario: CentreScenario, window: Window) -> Forecast:
    """Lay the scenario out over the weeks of its window. ScenarioError if its volumes can't arrive as stated."""
    days = days_around(scenario, window)
    repeats = predicted_repeats(scenario)
    volumes = compile_volumes(scenario, days, window, repeats)
    return Forecast(scenario, days, volumes, repeats, compile_queues(scenario, repeats), compile_shapes(volumes.first))
