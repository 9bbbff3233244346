"""The people of a team over a horizon, day by day: who is hired when, on the job when, and away when.

Days begin with leaving, then hiring: whoever is there at the beginning of a day counts on it. Somebody who stays for a
tenure of T days (a real number) is there on the day of hire and the ceil(T) - 1 days after it, so that on day d those
hired on day h are there with probability survival(d - h).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .draws import MOST_DAYS, PersonDraws, Source, new_seats
from .plan import TeamPlan
from .ramp import RampCurve

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]

NEVER = 1 << 40
"""``leaves_day`` of somebody who stays for ever."""


@dataclass(frozen=True)
class People:
    """Everybody who is there at some time, (P,): today's heads, longest-serving first, then hires in their order.

    Days are counted from the horizon's first.
    """

    days: int
    """Of the horizon (D)."""
    today: int
    """How many of the people are heads of day 0 before anybody is hired."""
    ramp: RampCurve
    seat: Int64
    turn: Int64
    """Seat and turn make out whose draws they are (``sim.workforce.draws``); a replacement keeps the leaver's seat."""
    hired_day: Int64
    """First day on the payroll; 0 or less for today's heads."""
    leaves_day: Int64
    """First day away, which may lie beyond the horizon; NEVER for who stays for ever."""

    @property
    def trained_day(self) -> Int64:
        """First day on the job, whether or not they get there."""
        return self.hired_day + self.ramp.training_days

    @property
    def lost_in_training(self) -> Bool:
        """Who leaves before the first day on the job."""
        return self.leaves_day <= self.trained_day

    @cached_property
    def heads(self) -> Int64:
        """On the payroll each day, (D,)."""
        return self._there(self.hired_day, self.leaves_day)

    @cached_property
    def in_training(self) -> Int64:
        """In training each day, (D,)."""
        return self._there(self.hired_day, np.minimum(self.trained_day, self.leaves_day))

    @cached_property
    def on_the_job(self) -> Int64:
        """Past training each day, (D,)."""
        return self._there(self.trained_day, self.leaves_day)

    @cached_property
    def leavers(self) -> Int64:
        """Whose first day away it is, each day, (D,); those lost in training among them."""
        return self._per_day(self.leaves_day)

    @cached_property
    def hires(self) -> Int64:
        """Whose first day on the payroll it is, each day, (D,); without today's heads."""
        return self._per_day(self.hired_day[self.today :])

    @cached_property
    def productive_fte(self) -> Float64:
        """Sum of the proficiency of all, each day, (D,)."""
        return np.array([self.proficiency(day).sum() for day in range(self.days)])

    def tenure_days(self, day: int) -> Int64:
        """Days since hire of each person on a day, (P,); below 0 before it."""
        return day - self.hired_day

    def proficiency(self, day: int) -> Float64:
        """Proficiency of each person on a day, (P,); 0 in training, before hire and once away."""
        return np.where(self.leaves_day > day, self.ramp.proficiency(self.tenure_days(day)), 0.0)

    def _there(self, first_day: Int64, end_day: Int64) -> Int64:
        """How many of the spans [first, end) cover each day, (D,)."""
        begin, end = (np.clip(day, 0, self.days) for day in (first_day, end_day))
        kept = begin < end
        change = np.zeros(self.days + 1, np.int64)
        np.add.at(change, begin[kept], 1)
        np.add.at(change, end[kept], -1)
        return np.cumsum(change[:-1])

    def _per_day(self, day: Int64) -> Int64:
        return np.bincount(day[(day >= 0) & (day < self.days)], minlength=self.days).astype(np.int64)


def simulate_people(plan: TeamPlan, days: int, seed: int, replication: int) -> People:
    """The people of one replication over ``days``; the same for the same arguments.

    ValueError for days, seed or replication out of range, or more hires on a day than can be.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"days must be between 1 and {MOST_DAYS} (got {days})")
    payroll = _Payroll(plan, days, PersonDraws(plan.name, seed, replication))
    for day in range(days):
        payroll.grow(day)
        payroll.hire(day)
    return payroll.people()


class _Opening(NamedTuple):
    """A seat that is to be taken; sorted in the order in which they are."""

    due_day: int
    seat: int
    turn: int
    empty_day: int
    """From when on the seat is empty: before it is due, where it takes time to replace somebody."""


class _Payroll:
    """Who has been hired so far, and the openings of the horizon that are known of."""

    def __init__(self, plan: TeamPlan, days: int, draws: PersonDraws) -> None:
        self._plan, self._days, self._draws = plan, days, draws
        self._people: list[tuple[int, int, int, int]] = []
        self._openings: list[_Opening] = []
        today = plan.tenure_days.size
        self._employ(np.arange(today), np.zeros(today, np.int64), -plan.tenure_days)
        created: dict[int, int] = {}
        for day, heads in plan.hiring.classes:
            if day < days:
                self._create(day, Source.CLASS, created.get(day, 0), heads)
                created[day] = created.get(day, 0) + heads

    def grow(self, day: int) -> None:
        """On the first day of a month, creates the seats that are missing to the target."""
        hiring = self._plan.hiring
        if hiring.net_per_month is None or day not in hiring.month_starts:
            return
        heads = sum(leaves_day > day for _, _, _, leaves_day in self._people)
        under_way = sum(opening.empty_day <= day for opening in self._openings)
        missing = hiring.target(self._plan.tenure_days.size, day) - heads - under_way
        self._create(day, Source.GROWTH, 0, max(missing, 0))

    def hire(self, day: int) -> None:
        """Fills the openings that are due, as far as training has room."""
        hiring = self._plan.hiring
        if not self._openings or self._openings[0].due_day > day or not hiring.may_start_on(day):
            return
        room = hiring.room(self._in_training(day))
        taken: list[_Opening] = []
        while len(taken) < room and self._openings and self._openings[0].due_day <= day:
            taken.append(heappop(self._openings))
        if taken:
            seat, turn = (np.array(part, np.int64) for part in zip(*((t.seat, t.turn) for t in taken), strict=True))
            self._employ(seat, turn, np.full(seat.size, day, np.int64))

    def people(self) -> People:
        """Everybody hired so far."""
        seat, turn, hired, leaves = np.array(self._people, np.int64).reshape(-1, 4).T
        return People(self._days, self._plan.tenure_days.size, self._plan.ramp, seat, turn, hired, leaves)

    def _create(self, day: int, source: Source, first: int, count: int) -> None:
        for seat in new_seats(day, source, first, count).tolist():
            heappush(self._openings, _Opening(day, seat, 0, day))

    def _in_training(self, day: int) -> int:
        training = self._plan.ramp.training_days
        return sum(hired + training > day and leaves > day for _, _, hired, leaves in self._people)

    def _employ(self, seat: Int64, turn: Int64, hired_day: Int64) -> None:
        """Puts people (m,) on the payroll who are there on the day of hire, or on day 0 if that lies before it."""
        hiring, attrition = self._plan.hiring, self._plan.attrition
        from_day = np.maximum(hired_day, 0)
        for_tenure, for_notice = self._draws.uniforms(seat, turn)
        remaining = np.ceil(attrition.remaining_days(from_day - hired_day, for_tenure))
        leaves_day = np.minimum(from_day + np.clip(remaining, 1, NEVER).astype(np.int64), NEVER)
        past_training = leaves_day > hired_day + attrition.training_days
        gives_notice = (for_notice < hiring.notice_share) & past_training
        rows = (column.tolist() for column in (seat, turn, hired_day, leaves_day, gives_notice))
        for one_seat, one_turn, hired, leaves, notice in zip(*rows, strict=True):
            self._people.append((one_seat, one_turn, hired, leaves))
            due_day = hiring.replaced_on(leaves, notice)
            if due_day is not None and leaves < self._days:
                heappush(self._openings, _Opening(due_day, one_seat, one_turn + 1, leaves))
