"""The people of a team who work shifts, one by one: who is there on which day, and when off the phones.

Each is an agent of the team and works the schedule's week of that number, month by month; where people take turns, the
next one of its circuit a week later. Where there are more people than the schedule has, weeks are taken again, where
fewer left out, evenly over the schedule. Whole days are lost to
each person by chance, every day by itself; what else shrinkage takes is one stretch a day at a moment of the shift by
chance, beside the breaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import DAY_MS, WEEK_DAYS
from ..common.streams import person_day_uniforms
from ..shifts.roster import PlannedShift, roster
from .compile_days import MONDAY, Window
from .contract import Float64, Int64
from .paid_time import PaidTime
from .rosters import NO_SPELLS, Spells
from .shift_staff import ShiftMonth, ShiftTeam

_GOLDEN = (5.0**0.5 - 1) / 2


@dataclass(frozen=True)
class RosteredTeam:
    """A team whose heads work shifts, in the simulated days of a window. H heads of the schedules."""

    name: str
    shifts: ShiftTeam
    months: tuple[ShiftMonth, ...]
    window: Window
    tick_ms: int

    @property
    def heads(self) -> int:
        """H."""
        return self.months[0].schedule.heads

    def spells(self, people: Int64, time: PaidTime, seed: int, replication: int) -> tuple[Spells, Spells]:
        """Shifts and breaks of the team's agents, numbered from 0, within the window, counted from its first midnight.

        ``people`` (days of the window,) are on the job each day; ``time`` is that of the days of the ``ShiftTeam``.
        """
        window, most = self.window, int(people.max(initial=0))
        if not most:
            return NO_SPELLS, NO_SPELLS
        first = self.shifts.days.index(window.first_day)
        absent, phones = (share[first : first + window.days] for share in (time.absent, time.on_the_phones))
        inside = np.minimum(np.divide(phones, 1 - absent, out=np.zeros(window.days), where=absent < 1), 1.0)
        drawn = person_day_uniforms(seed, replication, f"{self.name}/shifts", most, window.first_day, window.days)
        there = (np.arange(most)[:, np.newaxis] < people) & (drawn[..., 0] >= absent)
        start_ms, end_ms = self._on_the_phones(most, inside, drawn[..., 1])
        return as_spells(start_ms, end_ms, (end_ms > start_ms) & there[..., np.newaxis])

    def _on_the_phones(self, most: int, inside: Float64, place: Float64) -> tuple[Int64, Int64]:
        """Start and end of each stretch on the phones, (people, days, stretches), in their order; some don't last."""
        window, segments = self.window, self._segments
        days = np.arange(window.days)
        begin = np.array([month.first_day for month in self.months])
        month = np.maximum(np.searchsorted(begin, window.first_day + days, side="right") - 1, 0)
        weekday = (window.first_day + days - 1) % WEEK_DAYS
        since_monday = (window.first_day + days - MONDAY) // WEEK_DAYS
        week = self.weeks(most, month, since_monday)
        found = segments[month, week, weekday] + (days * DAY_MS)[:, np.newaxis, np.newaxis]
        start_ms, end_ms = found[..., 0], found[..., 1]
        since_ms = self.shifts.days.index(window.first_day) * DAY_MS
        hours, last_ms = self.shifts.hours.hours, window.days * DAY_MS
        is_open = hours.open_before(end_ms + since_ms) > hours.open_before(start_ms + since_ms)
        length = np.where(is_open & (end_ms <= last_ms), end_ms - start_ms, 0)
        before = np.cumsum(length, axis=-1) - length
        worked = length.sum(axis=-1)
        off = worked - np.rint(worked * inside / self.tick_ms).astype(np.int64) * self.tick_ms
        at = np.floor(place * (worked - off) / self.tick_ms).astype(np.int64) * self.tick_ms
        left = np.clip(at[..., np.newaxis] - before, 0, length)
        right = np.clip((at + off)[..., np.newaxis] - before, 0, length)
        starts = np.stack([start_ms, start_ms + right], axis=-1)
        ends = np.stack([start_ms + left, start_ms + length], axis=-1)
        shape = (*starts.shape[:2], -1)
        return starts.reshape(shape), ends.reshape(shape)

    def weeks(self, people: int, month: Int64, week: Int64) -> Int64:
        """The schedule's week that each of the first ``people`` works, (people, days).

        ``month`` (days,) is the number of its schedule, ``week`` (days,) that of the week, counted from any Monday.
        """
        place = np.empty((people, month.size), np.int64)
        first = self._weeks[np.arange(people) % self.heads]
        for number, one in enumerate(self.months):
            (days,) = np.nonzero(month == number)
            circuits = one.schedule.circuits
            ring = np.concatenate([np.array(circuit, np.int64) for circuit in circuits])
            lengths = np.array([len(circuit) for circuit in circuits])
            start = np.repeat(np.cumsum(lengths) - lengths, lengths)
            length = np.repeat(lengths, lengths)
            at = np.argsort(ring)[first]
            step = at - start[at]
            place[:, days] = ring[
                start[at][:, np.newaxis] + (step[:, np.newaxis] + week[days]) % length[at][:, np.newaxis]
            ]
        return place

    @cached_property
    def _weeks(self) -> Int64:
        """(H,) weeks of the schedule in an order in which any first ones are spread evenly over it."""
        return np.argsort(np.arange(1, self.heads + 1) * _GOLDEN % 1.0, kind="stable")

    @cached_property
    def _segments(self) -> Int64:
        """Stretches of every week's days without breaks, in the team's hours, (months, H, 7, stretches, 2), from the
        day's midnight; empty ones are [0, 0)."""
        weeks = [[_by_day(week, self.shifts) for week in roster(month.schedule)] for month in self.months]
        most = max((len(day) for month in weeks for week in month for day in week), default=0)
        table = np.zeros((len(self.months), self.heads, WEEK_DAYS, most, 2), np.int64)
        for number, month in enumerate(weeks):
            for person, week in enumerate(month):
                for weekday, day in enumerate(week):
                    table[number, person, weekday, : len(day)] = np.array(day).reshape(-1, 2)
        return table


def _by_day(week: Sequence[PlannedShift], team: ShiftTeam) -> list[list[tuple[int, int]]]:
    """Stretches without breaks within the team's weekly hours, by the weekday on which the shift begins."""
    found: list[list[tuple[int, int]]] = [[] for _ in range(WEEK_DAYS)]
    for planned in week:
        edges = [planned.shift.start_ms]
        for one in planned.breaks:
            edges += [one.start_ms, one.start_ms + one.length_ms]
        edges.append(planned.shift.end_ms)
        begin_ms = planned.day * DAY_MS
        for start_ms, end_ms in zip(edges[::2], edges[1::2], strict=True):
            for opens, closes in team.week_spans:
                low, high = max(start_ms, opens - begin_ms), min(end_ms, closes - begin_ms)
                if low < high:
                    found[planned.day].append((low, high))
    return found


def as_spells(start_ms: Int64, end_ms: Int64, kept: NDArray[np.bool_]) -> tuple[Spells, Spells]:
    """Shifts from the first to the last stretch of a person's day, and breaks between, of those that are kept.

    All are (people, days, stretches), in order of time within a day. Nobody begins before the end of the day before, as
    a change of the schedule with the month may ask for: that day is lost.
    """
    person, day, _ = np.nonzero(kept)
    starts, ends = start_ms[kept], end_ms[kept]
    if not starts.size:
        return NO_SPELLS, NO_SPELLS
    of_day = person * kept.shape[1] + day
    first = np.append(True, of_day[1:] != of_day[:-1])
    last = np.append(first[1:], True)
    shifts = Spells(person[first], starts[first], ends[last])
    early = (shifts.agent[1:] == shifts.agent[:-1]) & (shifts.start_ms[1:] <= shifts.end_ms[:-1])
    if early.any():
        lost = of_day[first][1:][early][0]
        number = np.arange(kept.shape[0] * kept.shape[1]).reshape(kept.shape[:2])
        return as_spells(start_ms, end_ms, kept & (number != lost)[..., np.newaxis])
    between = ~first[1:] & (starts[1:] > ends[:-1])
    breaks = Spells(person[1:][between], ends[:-1][between], starts[1:][between])
    return shifts, breaks
