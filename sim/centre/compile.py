"""From a validated scenario to what the engines and the statistics need.

``compile_centre`` lays out everything but the staff, once; the plan it gives is then staffed, scaled and cut to periods
as often as a search asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np

from ..common.calendar import WEEK_DAYS
from ..scenario.centre import CentreScenario
from ..scenario.week import united
from .compile_absence import refuse_absence
from .compile_days import Window
from .compile_durations import refuse_impossible_delays
from .compile_engine import compile_window, horizon_ms, simulated_ms
from .compile_forecast import Forecast, forecast
from .compile_serving import TeamHours
from .compile_staff import (
    AS_IN_FILE,
    TeamStaff,
    compile_staff,
    given_positions,
    heads_of,
    people_of,
)
from .contract import CompiledCentre, Float64, Int64
from .paid_time import NO_EXTRA, PaidExtra, mean_presence, paid_time
from .presence import Heads, Pieces, PresenceSummary, summary, total
from .presence_heads import Need, positions_of_heads
from .repeats import Repeats
from .shift_rosters import RosteredTeam
from .shift_staff import ShiftMonth, ShiftTeam
from .warm_up import warm_up_days
from .workforce_plan import coaching_of, team_moves, team_plan, waves_of
from .workforce_staff import TeamPeople, WorkforceStaff
from .workforce_stages import team_stages

_NO_OTHER: Mapping[str, TeamStaff] = MappingProxyType({})


def compile_centre(scenario: CentreScenario) -> CentrePlan:
    """Lay out a scenario's days, volumes and tables.

    ScenarioError for what only shows now: delays that no window holds, calls by file while closed, queues that nobody
    is there to serve.
    """
    refuse_impossible_delays(scenario)
    start = scenario.start.toordinal()
    window = Window(start, scenario.end.toordinal() - start, warm_up_days(scenario))
    plan = CentrePlan(forecast(scenario, window), window, window)
    refuse_absence(plan.forecast, plan.positions_once_hired, *horizon_ms(plan.forecast, window))
    return plan


@dataclass(frozen=True)
class CentrePlan:
    """A scenario but for its staff. Plans made from one another share what is costly.

    A staff is the file's, but for the teams that are named with another one: in ``staff``, or by ``team`` and one of
    ``heads``, ``positions`` (constant) and ``curve`` (by interval (I,), repeated around the horizon by weekday). In a
    centre of one team ``team`` may be left out.
    """

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
        self,
        staff: Mapping[str, TeamStaff] = _NO_OTHER,
        *,
        team: str | None = None,
        heads: int | None = None,
        positions: int | None = None,
        curve: Int64 | None = None,
    ) -> CompiledCentre:
        """Compile with a staff. ValueError for two staffs of a team, or if it can't be told which team is meant.

        People of teams with a workforce that are as in the file come and go by chance: every replication has its own
        (``CompiledCentre.workforce``). Other staffs are there all the time, and experienced.
        """
        chosen = self._staff(staff, team, heads, positions, curve)
        pieces = self._pieces(chosen)
        workforce = self._workforce(chosen, pieces)
        if workforce is not None and workforce.rostered:
            paper = workforce.draw(0, 0).staff  # as any of its replications: these teams have rosters
        else:
            paper = compile_staff(pieces, *simulated_ms(self.forecast, self.window))
        engine = self._without_staff.engine._replace(staff=paper)
        return replace(self._without_staff, engine=engine, workforce=workforce)

    def presence(
        self,
        staff: Mapping[str, TeamStaff] = _NO_OTHER,
        *,
        team: str | None = None,
        heads: int | None = None,
        positions: int | None = None,
        curve: Int64 | None = None,
    ) -> PresenceSummary:
        """Heads, FTE, paid hours and positions over the horizon, of the staff that ``staffed`` compiles.

        Those of the ``team``, or of all teams together if none is named. ValueError as there.
        """
        chosen = self._staff(staff, team, heads, positions, curve)
        teams = [one for one in self.forecast.serving.teams if team in (one.name, None)]
        all_pieces = self._pieces(chosen)
        pieces = [all_pieces[one.number] for one in teams]
        span_ms, interval_ms = horizon_ms(self.forecast, self.window), self.forecast.scenario.interval
        summaries = []
        for one, part in zip(teams, pieces, strict=True):
            of_team = heads_of(one.team, chosen.get(one.name, AS_IN_FILE))
            extra = NO_EXTRA if of_team is None else self._paid_extra(one).hours(of_team.count)
            summaries.append(summary(of_team, part, *span_ms, interval_ms, extra, one.there_ms))
        if len(summaries) == 1:
            return summaries[0]
        return total(summaries, pieces, *span_ms)

    @property
    def repeats(self) -> Repeats:
        """What the file predicts of redials and re-contacts in its stated volumes, in an ordinary week."""
        return self.forecast.repeats

    def offered_load(self) -> Float64:
        """Offered load of every queue in each interval of the horizon, (Q, I), in erlangs, repeats included."""
        start_ms, end_ms = horizon_ms(self.forecast, self.window)
        interval_ms = self.forecast.scenario.interval
        edges = np.arange(start_ms, end_ms, interval_ms, dtype=np.int64)
        return self.forecast.load.mean(edges, edges + interval_ms) * self.volume_factor

    @cached_property
    def positions_of_file(self) -> tuple[Pieces, ...]:
        """Positions of every team as the file staffs it; moments since the forecast's first midnight."""
        return tuple(self._positions(team, AS_IN_FILE, self.forecast.needs) for team in self.forecast.serving.teams)

    @property
    def positions_once_hired(self) -> tuple[Pieces, ...]:
        """The same, with somebody in teams that nobody is in before their first class."""
        hired = [TeamStaff(heads=1) if team.team.heads == 0 else AS_IN_FILE for team in self.forecast.serving.teams]
        return (
            tuple(
                self._positions(team, staff, self.forecast.needs)
                for team, staff in zip(self.forecast.serving.teams, hired, strict=True)
            )
            if any(not staff.as_in_file for staff in hired)
            else self.positions_of_file
        )

    @cached_property
    def _without_staff(self) -> CompiledCentre:
        return compile_window(self.forecast, self.window, self.volume_factor)

    def _staff(
        self,
        staff: Mapping[str, TeamStaff],
        team: str | None,
        heads: int | None,
        positions: int | None,
        curve: Int64 | None,
    ) -> Mapping[str, TeamStaff]:
        """The teams that have another staff than the file's."""
        names = tuple(self.forecast.scenario.teams)
        unknown = [name for name in (*staff, team) if name is not None and name not in names]
        if unknown:
            raise ValueError(f"there is no team {unknown[0]!r}")
        given = TeamStaff(heads, positions, curve)
        if given.as_in_file:
            return staff
        if team is None and len(names) > 1:
            raise ValueError("there are several teams; say which one is meant")
        name = names[0] if team is None else team
        if name in staff:
            raise ValueError(f"two staffs are given for the team {name!r}")
        return {**staff, name: given}

    def _pieces(self, staff: Mapping[str, TeamStaff]) -> tuple[Pieces, ...]:
        """Of every team."""
        if not staff:
            return self.positions_of_file
        needs = self._needs(staff)
        return tuple(
            self._positions(team, staff.get(team.name, AS_IN_FILE), needs) for team in self.forecast.serving.teams
        )

    def _workforce(self, staff: Mapping[str, TeamStaff], pieces: tuple[Pieces, ...]) -> WorkforceStaff | None:
        """Of the teams that have one and are as in the file; None if there are none."""
        forecast, scenario = self.forecast, self.forecast.scenario
        changing = [
            team
            for team in forecast.serving.teams
            if scenario.has_workforce(team.name) and staff.get(team.name, AS_IN_FILE).as_in_file
        ]
        rostered = {
            team.number: self._rostered(team, months)
            for team, months in ((team, self.shift_months(team.name, staff)) for team in forecast.serving.teams)
            if months
        }
        if not changing and not rostered:
            return None
        needs, stages = self._needs(staff), team_stages(scenario)
        days = forecast.days
        heads = [heads_of(team.team, staff.get(team.name, AS_IN_FILE)) for team in forecast.serving.teams]
        return WorkforceStaff(
            days=days,
            whole=self.whole,
            window=self.window,
            fixed=pieces,
            heads=tuple(heads),
            moves=tuple(
                move
                for move in team_moves(scenario)
                if {move.from_team, move.to_team} <= {one.name for one in changing}
            ),
            people={
                team.number: TeamPeople(
                    plan=team_plan(scenario, team.name),
                    stages=stages.get(team.name),
                    waves=waves_of(scenario, team.name),
                    coaching=coaching_of(team.team),
                    coaches=0 if team.team.coaching is None else team.team.coaching.coaches,
                    need=needs[team.number].scaled(self.volume_factor),
                    ordinary_week_ms=team.week.total_ms,
                    open_share=team.open_share(days),
                )
                for team in changing
            },
            time={
                team.number: paid_time(team.team, days.first_day, days.count)
                for team, one in zip(forecast.serving.teams, heads, strict=True)
                if one is not None
            },
            rostered=rostered,
        )

    def _rostered(self, team: TeamHours, months: tuple[ShiftMonth, ...]) -> RosteredTeam:
        return RosteredTeam(team.name, self._shift_team(team), months, self.window, self.forecast.scenario.tick)

    def _needs(self, staff: Mapping[str, TeamStaff]) -> tuple[Need, ...]:
        """What each team is needed for, in its part of the work that several share."""
        forecast, serving = self.forecast, self.forecast.serving
        if not serving.pools:
            return forecast.needs
        interval_ms = forecast.scenario.interval
        people = people_of(serving.teams, staff, forecast.days, interval_ms, self.whole, self.window)
        return forecast.needs_of(serving.peopled(people))

    def _paid_extra(self, team: TeamHours) -> PaidExtra:
        """Of one head past training on each day of the window's horizon."""
        days, window = self.forecast.days, self.window
        first = days.index(window.start_day)
        time = paid_time(team.team, window.start_day, window.horizon_days)
        return time.paid_extra(team.open_share(days)[first : first + window.horizon_days])

    def _positions(self, team: TeamHours, staff: TeamStaff, needs: Sequence[Need]) -> Pieces:
        heads = heads_of(team.team, staff)
        if heads is not None and team.team.shifts is not None:
            of_team, days = self._shift_team(team), self.forecast.days
            weeks = days.weeks_of(self.window.first_day, self.window.first_day + self.window.days)
            return of_team.positions(self._shift_months(team, heads, needs), of_team.present, weeks)
        if heads is not None:
            return self._spread(team, heads, needs[team.number])
        days, interval_ms = self.forecast.days, self.forecast.scenario.interval
        return given_positions(team, staff, days, interval_ms, self.whole, self.window)

    def shift_months(self, team: str, staff: Mapping[str, TeamStaff] = _NO_OTHER) -> tuple[ShiftMonth, ...]:
        """The schedules of a team whose heads work shifts, of the months of the plan's simulated days; else none."""
        one = self.forecast.team(team)
        return self._shift_months(one, heads_of(one.team, staff.get(team, AS_IN_FILE)), self._needs(staff))

    def _shift_months(self, team: TeamHours, heads: Heads | None, needs: Sequence[Need]) -> tuple[ShiftMonth, ...]:
        if heads is None or team.team.shifts is None:
            return ()
        days, window = self.forecast.days, self.window
        weeks = days.weeks_of(window.first_day, window.first_day + window.days)
        first, end = (days.first_day + week * WEEK_DAYS for week in (weeks.start, weeks.stop))
        return self._shift_team(team).months(heads.count, needs[team.number].scaled(self.volume_factor), first, end)

    def _shift_team(self, team: TeamHours) -> ShiftTeam:
        forecast = self.forecast
        days, scenario = forecast.days, forecast.scenario
        present = paid_time(team.team, days.first_day, days.count).on_the_phones
        week = united(scenario.team_hours(team.name))
        return ShiftTeam(team, week, scenario.interval, days, present, self.whole)

    def _spread(self, team: TeamHours, heads: Heads, whole_need: Need) -> Pieces:
        """The heads' positions in the weeks of the window.

        A week's time on the phones is that of an ordinary week times the team's hours in it over those of a week
        without closed days: holidays are paid, and nobody works longer for them.
        """
        forecast, window = self.forecast, self.window
        weeks = forecast.days.weeks_of(window.first_day, window.first_day + window.days)
        need = whole_need.scaled(self.volume_factor)
        time = paid_time(team.team, forecast.days.first_day, forecast.days.count)
        present = mean_presence(time.on_the_phones.reshape(-1, WEEK_DAYS))
        extra_ms = mean_presence(time.extra_ms.reshape(-1, WEEK_DAYS))
        part = slice(weeks.start, weeks.stop)
        of_weeks = heads.weeks(present[part], extra_ms[part])
        if (coaching := coaching_of(team.team)) is not None:
            nobody = np.zeros(forecast.days.count)
            coached = time.coached(coaching, nobody, nobody, nobody + heads.count, heads.contract_ms)
            given = mean_presence(coached.colleagues_ms.reshape(-1, WEEK_DAYS)) / heads.contract_ms
            of_weeks = of_weeks.less(given[part], heads.contract_ms)
        return positions_of_heads(of_weeks, need, weeks, team.week.total_ms)
