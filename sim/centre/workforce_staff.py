"""The staff of a replication: its people, week by week on the phones where they are needed, each at their stage.

People are drawn for the whole horizon of the scenario, whatever part of it is simulated. Before its first day and after
its last one the team is as on that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import DAY_MS, WEEK_DAYS
from ..workforce.coaching import Coaching, CoachingTime
from ..workforce.people import People, simulate_teams
from ..workforce.plan import Move, TeamPlan
from ..workforce.sickness import SicknessWaves
from .compile_days import MONDAY, Days, Window
from .compile_staff import compile_staff
from .contract import DrawnStaff, Float64, Int32, Int64, Staff
from .paid_time import PaidTime, mean_presence
from .presence import Heads, HeadWeeks, Pieces
from .presence_heads import Need, positions_of_heads
from .results import PEOPLE_COLUMNS
from .shift_rosters import RosteredTeam
from .workforce_stages import TeamStages

_GOLDEN = (5.0**0.5 - 1) / 2
_PPM = 1_000_000
_MINUTE_MS = 60_000
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True)
class TeamPeople:
    """A team whose people come and go."""

    plan: TeamPlan
    stages: TeamStages | None
    """None where all people are alike."""
    waves: SicknessWaves | None
    """None where sickness is the same every week."""
    coaching: Coaching | None
    coaches: int
    need: Need
    ordinary_week_ms: int
    """The team's hours in a week without closed days."""
    open_share: Float64
    """Likewise of each of the days: its week's hours over that."""


@dataclass(frozen=True)
class WorkforceStaff:
    """Draws the staff of every replication of a window of days."""

    days: Days
    whole: Window
    """The scenario's horizon."""
    window: Window
    fixed: tuple[Pieces, ...]
    """By team: positions of those whose people don't change, something of the others."""
    heads: tuple[Heads | None, ...]
    """Likewise, on the payroll; None where positions are given as such."""
    people: Mapping[int, TeamPeople]
    """By number of the team."""
    time: Mapping[int, PaidTime]
    """By number of each team of heads, those whose people don't change among them; on each of the days."""
    rostered: Mapping[int, RosteredTeam]
    """By number of the team: those who work shifts."""
    moves: tuple[Move, ...] = ()
    """Between teams whose people change."""

    def draw(self, seed: int, replication: int) -> DrawnStaff:
        """The staff and the people of a replication."""
        plans = [one.plan for one in self.people.values()]
        found = simulate_teams(plans, self.moves, self.whole.horizon_days, seed, replication)
        drawn = dict(zip(self.people, found, strict=True))
        time = {team: self._time(team, seed, replication) for team in self.time}
        pieces = list(self.fixed)
        for team, people in drawn.items():
            if team not in self.rostered:
                pieces[team] = self._positions(self.people[team], people, time[team])
        spells = {
            team: one.spells(self._people_of_window(team, drawn), time[team], seed, replication)
            for team, one in self.rostered.items()
        }
        first_ms = self.days.index(self.window.first_day) * DAY_MS
        staff = compile_staff(pieces, first_ms, first_ms + self.window.days * DAY_MS, spells)
        staff = staff._replace(agent_stage=self._stages(staff, drawn))
        return DrawnStaff(staff, np.stack([self._told(team, drawn, time) for team in range(len(self.fixed))]))

    def _time(self, number: int, seed: int, replication: int) -> PaidTime:
        """What becomes of a team's time, with the replication's waves of sickness."""
        time = self.time[number]
        waves = None if number not in self.people else self.people[number].waves
        if waves is None:
            return time
        days, first_day = self.whole.horizon_days, self.whole.start_day
        into_week = (first_day - MONDAY) % WEEK_DAYS
        weeks = -(-(into_week + days) // WEEK_DAYS)
        of_day = np.repeat(waves.factors(seed, replication, first_day - into_week, weeks), WEEK_DAYS)
        return time.with_sickness(self._of_day(of_day[into_week:][:days], self.days.first_day, self.days.count))

    def _of_day(self, values: NDArray[Number], first_day: int, days: int) -> NDArray[Number]:
        """Values of the horizon's days on the days from ``first_day`` (ordinal) on, (days,)."""
        wanted = np.arange(first_day, first_day + days) - self.whole.start_day
        return values[np.clip(wanted, 0, values.size - 1)]

    def _people_of_window(self, team: int, drawn: Mapping[int, People]) -> Int64:
        """On the job on each day of the window, (days,)."""
        window = self.window
        if team not in drawn:
            return np.full(window.days, self.rostered[team].heads)
        return self._of_day(drawn[team].on_the_job, window.first_day, window.days)

    def _positions(self, team: TeamPeople, people: People, time: PaidTime) -> Pieces:
        """In the weeks of the window."""
        window = self.window
        weeks = self.days.weeks_of(window.first_day, window.first_day + window.days)
        part = slice(weeks.start * WEEK_DAYS, weeks.stop * WEEK_DAYS)

        def by_week(values: Int64 | Float64, of_each: Float64) -> Float64:
            every_day = self._of_day(np.asarray(values, np.float64), self.days.first_day, self.days.count)
            return mean_presence((every_day * of_each)[part].reshape(-1, WEEK_DAYS))

        on_the_phones = by_week(people.on_the_job, time.on_the_phones)
        hours = by_week(people.hours_on_the_job, time.on_the_phones)
        heads = HeadWeeks(on_the_phones, hours * people.head_ms + by_week(people.on_the_job, time.extra_ms))
        if (coached := self._coached(team, people, time)) is not None:
            given = mean_presence(coached.colleagues_ms[part].reshape(-1, WEEK_DAYS)) / people.head_ms
            heads = heads.less(given, people.head_ms)
        return positions_of_heads(heads, team.need, weeks, team.ordinary_week_ms)

    def _coached(self, team: TeamPeople, people: People, time: PaidTime) -> CoachingTime | None:
        """A week's coaching on each of the days; None where the file says nothing of it."""
        if team.coaching is None:
            return None
        first_day, count = self.days.first_day, self.days.count
        trainees, beginners, on_the_job = (
            self._of_day(numbers, first_day, count).astype(np.float64)
            for numbers in (people.in_training, people.beginners, people.on_the_job)
        )
        return time.coached(team.coaching, trainees, beginners, on_the_job - beginners, people.head_ms)

    def _stages(self, staff: Staff, drawn: Mapping[int, People]) -> Int32:
        """Stage of every agent on every day of the window, (days, A).

        Agents are places on the phones, not people: those of a day are shared among its people in the order of their
        tenure and by their contract hours, by the fractional parts of multiples of the golden ratio, so that any
        places taken one after the other are held by people of all tenures, in their proportions.
        """
        stage = np.repeat(staff.agent_stage[:1], self.window.days, axis=0)
        for team, people in drawn.items():
            stages, (agents,) = self.people[team].stages, np.nonzero(staff.agent_team == team)
            if stages is None:
                continue
            places = np.arange(1, agents.size + 1) * _GOLDEN % 1.0
            for row in range(self.window.days):
                day = min(max(self.window.first_day + row - self.whole.start_day, 0), people.days - 1)
                there = np.flatnonzero(people.on_the_job_on(day))
                if there.size:
                    tenures = people.tenure_days(day)
                    order = there[np.argsort(tenures[there], kind="stable")]
                    holders = order[_holders(np.asarray(places, np.float64), people.contract_ms[order])]
                    stage[row, agents] = stages.of(tenures[holders], people.group[holders])
        return stage

    def _told(self, team: int, drawn: Mapping[int, People], time: Mapping[int, PaidTime]) -> Int64:
        """(days of the window's horizon, PEOPLE_COLUMNS)."""
        first_day, days = self.window.start_day, self.window.horizon_days
        if team not in drawn:
            heads = self.heads[team]
            count, contract_ms = (0, 0.0) if heads is None else (heads.count, heads.contract_ms)
            paid_min = round(count * contract_ms / _MINUTE_MS)
            named = {
                "heads": count,
                "proficiency_ppm": count * _PPM,
                "on_the_job_ppm": count * _PPM,
                "contracts_min": paid_min,
            }
            columns = {name: np.full(days, value) for name, value in named.items()}
        else:
            people = drawn[team]
            of_horizon = {
                "heads": people.heads,
                "in_training": people.in_training,
                "hires": people.hires,
                "leavers": people.leavers,
                "proficiency_ppm": np.rint(people.productive_fte * _PPM).astype(np.int64),
                "on_the_job_ppm": np.rint(people.hours_on_the_job * _PPM).astype(np.int64),
                "contracts_min": np.rint(people.contracts_ms / _MINUTE_MS).astype(np.int64),
                "moved_in": people.moves_in,
                "moved_out": people.moves_out,
                "beginners": people.beginners,
                "coaches": np.full(people.days, self.people[team].coaches),
            }
            columns = {name: self._of_day(values, first_day, days) for name, values in of_horizon.items()}
        if team in time:
            columns |= self._spent(team, drawn, time[team], columns)
        none = np.zeros(days, np.int64)
        return np.stack([columns.get(name, none) for name in PEOPLE_COLUMNS], axis=1)

    def _spent(
        self, team: int, drawn: Mapping[int, People], time: PaidTime, columns: Mapping[str, Int64]
    ) -> dict[str, Int64]:
        """How the paid time of those past training is spent, each (days of the window's horizon,)."""
        first = self.days.index(self.window.start_day)
        part = slice(first, first + self.window.horizon_days)
        past_training = columns["heads"] - columns.get("in_training", 0)
        of_each = {"absent_ppm": time.absent * _PPM}
        if team in self.people:
            of_each |= time.paid_extra(self.people[team].open_share)._asdict()
        found = {name: past_training * one[part] for name, one in of_each.items()}
        found["on_the_phones_ppm"] = columns["on_the_job_ppm"] * time.on_the_phones[part]
        if team in drawn and (coached := self._coached(self.people[team], drawn[team], time)) is not None:
            a_day = self.people[team].open_share / WEEK_DAYS
            found |= {name: (week_ms * a_day)[part] for name, week_ms in coached._asdict().items()}
        return {name: np.rint(one).astype(np.int64) for name, one in found.items()}


def _holders(places: Float64, contract_ms: Int64) -> Int64:
    """Which of the people (n,), each with a part of all places in proportion to their hours, holds each place."""
    if (contract_ms == contract_ms[0]).all():
        return (places * contract_ms.size).astype(np.int64)
    upper = np.cumsum(contract_ms) / contract_ms.sum()
    return np.minimum(np.searchsorted(upper, places, side="right"), contract_ms.size - 1)
