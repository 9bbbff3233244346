"""From a validated scenario to what the engines and the statistics need.

``compile_centre`` lays out everything but the staff, once; the plan it gives is then staffed, scaled and cut to periods
as often as a search asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ..common.calendar import DAY_MS, Segments, months
from ..errors import Problem, ScenarioError
from ..scenario.centre import CentreScenario
from ..scenario.tables import PositionPlan
from ..scenario.team import Team
from .compile_days import Window
from .compile_durations import refuse_impossible_delays
from .compile_forecast import Forecast, forecast
from .contract import Clock, CompiledCentre, EngineInput, Float64, Int64, Opening, Staff, VolumeDistribution
from .presence import Heads, Pieces, PresenceSummary, constant, from_curve, from_plan, in_steps, summary
from .presence_heads import need, spread, week_grid
from .repeats import Repeats
from .warm_up import warm_up_days


def compile_centre(scenario: CentreScenario) -> CentrePlan:
    """Lay out a scenario's days, volumes and tables.

    ScenarioError for what only shows now: delays that no window holds, calls by file while closed, queues that nobody
    is there to serve.
    """
    refuse_impossible_delays(scenario)
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
        staff = (heads, positions, curve)
        hours, interval_ms = self.forecast.team_hours, self.forecast.scenario.interval
        return summary(self._people(*staff), self._pieces(*staff), hours, *self._horizon_ms(), interval_ms)

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

    def refuse_absence(self) -> None:
        """ScenarioError for queues that nobody could ever serve in the horizon.

        For calls, positions must be there during some of the queue's opening hours.
        """
        start_ms, end_ms = self._horizon_ms()
        pieces = self._pieces(None, None, None)
        there = pieces.positions > 0
        starts, ends = (np.clip(edge[there], start_ms, end_ms) for edge in (pieces.start_ms, pieces.end_ms))
        scenario, team = self.forecast.scenario, self.forecast.team_name
        problems = []
        for (name, queue), opening in zip(scenario.queues.items(), self.forecast.opening, strict=True):
            met_ms = ends - starts if queue.is_email else opening.open_before(ends) - opening.open_before(starts)
            if not met_ms.any():
                message = f'nobody is there for "{name}" in the whole horizon; give positions in its opening hours'
                problems.append(Problem(f"teams.{team}.positions", message))
        if problems:
            raise ScenarioError(scenario.name, problems)

    @property
    def _team(self) -> Team:
        return self.forecast.scenario.teams[self.forecast.team_name]

    def _people(self, heads: int | None, positions: int | None, curve: Int64 | None) -> Heads | None:
        """The heads to spread, those given or the file's; None if positions are given as such."""
        if sum(given is not None for given in (heads, positions, curve)) > 1:
            raise ValueError("give heads, positions or a curve, one of the three")
        team = self._team
        count = heads if heads is not None else team.heads
        if count is None or positions is not None or curve is not None:
            return None
        return Heads(count, team.contract, team.full_time_week_ms, team.shrinkage)

    def _pieces(self, heads: int | None, positions: int | None, curve: Int64 | None) -> Pieces:
        people = self._people(heads, positions, curve)
        if people is not None:
            return self._spread(people)
        days, interval_ms = self.forecast.days, self.forecast.scenario.interval
        plan = self._team.positions if positions is None else positions
        if curve is not None:
            steps = from_curve(curve, interval_ms, days, self.window)
        elif isinstance(plan, PositionPlan):
            steps = from_plan(plan, days, self.whole)
        else:
            steps = constant(plan or 0)
        return in_steps(self.forecast.team_hours, steps)

    def _spread(self, heads: Heads) -> Pieces:
        """The heads' positions in the weeks of the window.

        A week's time on the phones is that of an ordinary week times the team's hours in it over those of a week
        without closed days: holidays are paid, and nobody works longer for them.
        """
        forecast, window = self.forecast, self.window
        weeks = forecast.days.weeks_of(window.first_day, window.first_day + window.days)
        grid = week_grid(forecast.team_hours, forecast.scenario.interval, forecast.days.weeks, weeks)
        load = need(grid, forecast.load, forecast.queues.is_email.astype(np.bool_)) * self.volume_factor
        available_ms = heads.week_ms * grid.per_week(grid.length_ms) / max(forecast.ordinary_week_ms, 1)
        return Pieces(grid.start_ms, grid.end_ms, spread(heads.at_once, available_ms, grid, load))

    def _compiled(self, pieces: Pieces) -> CompiledCentre:
        forecast, window = self.forecast, self.window
        scenario, first = forecast.scenario, forecast.days.index(window.first_day)
        simulated = slice(first, first + window.days)
        shapes = forecast.shapes
        engine = EngineInput(
            clock=Clock(
                tick_ms=scenario.tick,
                interval_ms=scenario.interval,
                days=window.days,
                first_day=window.first_day,
                horizon_start_ms=window.warm_up_days * DAY_MS,
                horizon_end_ms=(window.warm_up_days + window.horizon_days) * DAY_MS,
            ),
            queues=forecast.queues,
            opening=_opening(
                [hours.clipped(first * DAY_MS, (first + window.days) * DAY_MS) for hours in forecast.opening]
            ),
            arrivals=shapes._replace(shape_of=np.ascontiguousarray(shapes.shape_of[:, simulated])),
            staff=self._staff(pieces),
        )
        start_ms, end_ms = self._horizon_ms()
        interval_edges = np.arange(start_ms, end_ms + 1, scenario.interval, dtype=np.int64)
        month = np.repeat(months(window.start_day, window.horizon_days), DAY_MS // scenario.interval)
        return CompiledCentre(
            name=scenario.name,
            queue_names=tuple(scenario.queues),
            team_names=tuple(scenario.teams),
            engine=engine,
            volume=VolumeDistribution(
                expected=forecast.expected[:, simulated] * self.volume_factor,
                busyness_cv=forecast.busyness_cv,
                own_busyness=forecast.own_busyness,
            ),
            warm_up_days=window.warm_up_days,
            horizon_days=window.horizon_days,
            interval_period=month - month[0],
            period_labels=tuple(str(np.datetime64(int(m), "M")) for m in range(month[0], month[-1] + 1)),
            interval_open=np.array([hours.open_between(interval_edges) > 0 for hours in forecast.opening]),
        )

    def _staff(self, pieces: Pieces) -> Staff:
        """The one team's staff over the simulated days."""
        first_ms = self.forecast.days.index(self.window.first_day) * DAY_MS
        at_ms, positions = pieces.changes(first_ms, first_ms + self.window.days * DAY_MS)
        return Staff(
            at_ms=at_ms,
            team=np.zeros_like(at_ms),
            positions=positions,
            rank=self.forecast.rank[np.newaxis],
            reserve=np.where(self.forecast.queues.is_email, self._team.reserve, 0).astype(np.int64)[np.newaxis],
            agent_team=np.zeros(int(positions.max(initial=0)), dtype=np.int64),
        )

    def _horizon_ms(self) -> tuple[int, int]:
        """Start and end of the horizon, since the days' first midnight."""
        start = self.forecast.days.index(self.window.start_day)
        return start * DAY_MS, (start + self.window.horizon_days) * DAY_MS


def _opening(queues: Sequence[Segments]) -> Opening:
    """The opening hours of all queues, one after the other."""
    return Opening(
        offset=np.cumsum([0, *(hours.start_ms.size for hours in queues)], dtype=np.int64),
        start_ms=np.concatenate([hours.start_ms for hours in queues]),
        end_ms=np.concatenate([hours.end_ms for hours in queues]),
        before_ms=np.concatenate([hours.before_ms for hours in queues]),
    )
