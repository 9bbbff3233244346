"""What a scenario fixes whatever its staff: days, opening hours, first contacts, repeats, tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..common.arrivals_daily import DailyArrivals
from ..common.calendar import Segments
from ..scenario.centre import CentreScenario
from ..scenario.week import week_ms
from .compile_days import Days, Window, days_around
from .compile_load import OfferedLoad, offered_load
from .compile_queues import compile_queues
from .compile_volume import compile_shapes, first_contacts
from .contract import Arrivals, Float64, Queues
from .repeats import Repeats, predicted_repeats


@dataclass(frozen=True)
class Forecast:
    """A scenario laid out over its days; made by ``forecast``."""

    scenario: CentreScenario
    days: Days
    daily: tuple[DailyArrivals, ...]
    """First contacts of each queue."""
    repeats: Repeats
    queues: Queues
    shapes: Arrivals
    """Over all days, not only the simulated ones."""

    @cached_property
    def expected(self) -> Float64:
        """First contacts, (Q, days)."""
        return np.array([arrivals.expected for arrivals in self.daily])

    @cached_property
    def opening(self) -> tuple[Segments, ...]:
        """Opening segments of each queue."""
        return tuple(self.days.opening(self.scenario.opening_hours(name)) for name in self.scenario.queues)

    @cached_property
    def load(self) -> OfferedLoad:
        """Offered load of each queue, repeats included."""
        return offered_load(self.scenario, self.days, self.daily, self.repeats)

    @cached_property
    def team_hours(self) -> Segments:
        """Hours in which the team is there."""
        return self.days.opening(*self.scenario.team_hours(self.team_name))

    @cached_property
    def ordinary_week_ms(self) -> int:
        """The team's hours in a week without closed days."""
        return self.days.ordinary_opening_ms(*self.scenario.team_hours(self.team_name))

    @property
    def team_name(self) -> str:
        """The one team: several are for later, and the scenario's model refuses them."""
        (name,) = self.scenario.teams
        return name


def forecast(scenario: CentreScenario, window: Window) -> Forecast:
    """Lay the scenario out over the weeks of its window. ScenarioError if its volumes can't arrive as stated."""
    days = days_around(scenario, window)
    repeats = predicted_repeats(scenario)
    daily = first_contacts(scenario, days, window, repeats)
    return Forecast(scenario, days, daily, repeats, compile_queues(scenario, repeats), compile_shapes(daily))
