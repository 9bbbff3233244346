"""From a validated scenario to what the engines and the statistics need.

``compile_centre`` lays out everything but the staff, once; the plan it gives is then staffed, scaled and cut to periods
as often as a search asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ..common.calendar import DAY_MS, EPOCH_ORDINAL, Segments, months
from ..errors import Problem, ScenarioError
from ..scenario.centre import CentreScenario
from ..scenario.team import Team
from .compile_days import Window
from .compile_forecast import Forecast, forecast
from .contract import Arrivals, Clock, CompiledCentre, EngineInput, Float64, Int64, Opening, Staff, VolumeDistribution
from .presence import Heads, Pieces, PresenceSummary, constant, from_curve, from_plan, in_steps, summary
from .presence_heads import heads_pieces
from .repeats import Repeats
from .warm_up import warm_up_days


def compile_centre(scenario: CentreScenario) -> CentrePlan:
    """Lay out a scenario's days, volumes and tables.

    ScenarioError if its volumes can't arrive as stated, or if nobody is there while calls come.
    """
    start = scenario.start.toordinal()
    window = Window(start, scenario.end.toordinal() - start, warm_up_days(scenario))
    plan = CentrePlan(forecast(scenario, window), window, window)
    plan.refuse_absence()
    return plan


@dataclass(frozen=True)
class CentrePlan:
    """A scenario but for its staff. Plans made from one another share what is costly."""

    forecast: Forecast
    whole: Window
    """The scenario's own horizon."""
    window: Window
    """The horizon to compile: the scenario's, or a period of it."""
    volume_factor: float = 1.0

    def for_period(self, start: date, end: date) -> CentrePlan:
        """The days from ``start`` until before ``end`` by themselves, with a warm-up of their own.

        Contacts and positions are those that the days have within the scenario. ValueError if the period doesn't lie
        within the scenario's horizon.
        """
        first, last = start.toordinal(), end.toordinal()
        if not self.whole.start_day <= first < last <= self.whole.start_day + self.whole.horizon_days:
            raise ValueError(f"the period {start} to {end} doesn't lie within the horizon")
        return replace(self, window=Window(first, last - first, self.whole.warm_up_days))

    def scaled(self, factor: float) -> CentrePlan:
        """All volumes times ``factor``, as if the file said so: heads are spread by the scaled need."""
        return replace(self, volume_factor=self.volume_factor * factor)

    def staffed(
        self, *, heads: int | None = None, positions: int | None = None, curve: Int64 | None = None
    ) -> CompiledCentre:
        """Compile with other heads, with constant positions, with positions by interval (I,), or the file's own staff.

        At most one of the three is given, or ValueError. Positions outside the horizon repeat those of the nearest
        same weekday in it.
        """
        return self._compiled(self._pieces(heads, positions, curve))

    def presence(
        self, *, heads: int | None = None, positions: int | None = None, curve: Int64 | None = None
    ) -> PresenceSummary:
        """Heads, FTE, paid hours and positions over the horizon, of the staff that ``staffed`` compiles."""
        people = None if positions is not None or curve is not None else self._heads(heads)
        pieces = self._pieces(heads, positions, curve)
        hours, interval_ms = self.forecast.team_hours, self.forecast.scenario.interval
        return summary(people, pieces, hours, *self._horizon_ms(), interval_ms)

    @property
    def repeats(self) -> Repeats:
        """What the file predicts of redials and re-contacts, in an ordinary week."""
        return self.forecast.repeats

    def offered_load(self) -> Float64:
        """Offered load of every queue in each interval of the horizon, (Q, I), in erlangs, repeats included."""
        start_ms, end_ms = self._horizon_ms()
        interval_ms = self.forecast.scenario.interval
        edges = np.arange(start_ms, end_ms, interval_ms, dtype=np.int64)
        return self.forecast.load.mean(edges, edges + interval_ms) * self.volume_factor
