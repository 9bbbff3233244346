"""The people of a team over a horizon, day by day: who is hired when, on the job when, and away when.

Days begin with leaving, then hiring: whoever is there at the beginning of a day counts on it. Somebody who stays for a
tenure of T days (a real number) is there on the day of hire and the ceil(T) - 1 days after it, so that on day d those
hired on day h are there with probability survival(d - h). Moves between teams come between leaving and hiring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .draws import MOST_DAYS, PersonDraws
from .payroll import Payroll
from .plan import NEVER, Kind, Move, TeamPlan
from .ramp import RampCurve

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]

__all__ = ["NEVER", "People", "simulate_people", "simulate_teams"]


@dataclass(frozen=True)
class People:
    """Everybody who is in a team at some time, (P,): today's heads, longest-serving first, then others as they come.

    Days are counted from the horizon's first.
    """

    days: int
    """Of the horizon (D)."""
    today: int
    """How many of the people are heads of the team's first day before anybody is hired."""
    ramp: RampCurve
    kinds: tuple[Kind, ...]
    head_ms: float
    """Contract hours a week of one head of the team."""
    seat: Int64
    turn: Int64
    """Seat and turn make out whose draws they are (``sim.workforce.draws``); a replacement keeps the leaver's seat."""
    kind: Int64
    """Number in ``kinds``."""
    hired_day: Int64
    """First day on the payroll of any team, from which tenure counts; 0 or less for today's heads."""
    joined_day: Int64
    """First day in this team."""
    trained_day: Int64
    """First day on the job, whether or not they get there."""
    leaves_day: Int64
    """First day away, which may lie beyond the horizon; NEVER for who stays for ever."""
    moved_in: Bool
    """Who came from another team."""
    moved_out: Bool
    """Who went to another team on ``leaves_day``."""

    @property
    def lost_in_training(self) -> Bool:
        """Who leaves before the first day on the job."""
        return self.leaves_day <= self.trained_day

    @cached_property
    def heads(self) -> Int64:
        """On the payroll each day, (D,)."""
        return self._there(self.joined_day, self.leaves_day)

    @cached_property
    def in_training(self) -> Int64:
        """In training each day, (D,)."""
        return self._there(self.joined_day, np.minimum(self.trained_day, self.leaves_day))

    @cached_property
    def on_the_job(self) -> Int64:
        """Past training each day, (D,)."""
        return self._there(np.maximum(self.trained_day, self.joined_day), self.leaves_day)

    @cached_property
    def beginners(self) -> Int64:
        """Past training and not yet fully proficient each day, (D,)."""
        first_day = np.maximum(self.trained_day, self.joined_day)
        return self._there(first_day, np.minimum(self.hired_day + self.ramp.full_after_days, self.leaves_day))

    @cached_property
    def hours_on_the_job(self) -> Float64:
        """Contract hours of those past training each day, in heads of the team, (D,)."""
        first_day = np.maximum(self.trained_day, self.joined_day)
        return np.asarray(self._there(first_day, self.leaves_day, self.contract_ms) / self.head_ms, np.float64)

    @cached_property
    def contracts_ms(self) -> Int64:
        """Contract hours a week of all on the payroll each day, (D,)."""
        return self._there(self.joined_day, self.leaves_day, self.contract_ms)

    @cached_property
    def leavers(self) -> Int64:
        """Whose first day away it is, each day, (D,); those lost in training among them, those who move not."""
        return self._per_day(self.leaves_day[~self.moved_out])

    @cached_property
    def hires(self) -> Int64:
        """Whose first day on the payroll it is, each day, (D,); without today's heads and those who move."""
        later = np.arange(self.joined_day.size) >= self.today
        return self._per_day(self.joined_day[later & ~self.moved_in])

    @cached_property
    def moves_in(self) -> Int64:
        """Who comes from another team, each day, (D,)."""
        return self._per_day(self.joined_day[self.moved_in])

    @cached_property
    def moves_out(self) -> Int64:
        """Who goes to another team, each day, (D,)."""
        return self._per_day(self.leaves_day[self.moved_out])

    @cached_property
    def productive_fte(self) -> Float64:
        """Sum of the proficiency of all, each day, (D,), in heads of the team by their hours."""
        return np.array([(self.proficiency(day) * self.hours).sum() for day in range(self.days)])

    @cached_property
    def contract_ms(self) -> Int64:
        """Contract hours a week of each person, (P,)."""
        return np.array([kind.contract_ms for kind in self.kinds], np.int64)[self.kind]

    @cached_property
    def group(self) -> Int64:
        """Group of skills of each person, (P,)."""
        return np.array([kind.group for kind in self.kinds], np.int64)[self.kind]

    @property
    def hours(self) -> Float64:
        """Contract hours of each person as a share of those of one head, (P,)."""
        return np.asarray(self.contract_ms / self.head_ms, np.float64)

    def on_the_job_on(self, day: int) -> Bool:
        """Who is past training and there on a day, (P,)."""
        return (self.joined_day <= day) & (self.trained_day <= day) & (self.leaves_day > day)

    def tenure_days(self, day: int) -> Int64:
        """Days since hire of each person on a day, (P,); below 0 before it."""
        return day - self.hired_day

    def proficiency(self, day: int) -> Float64:
        """Proficiency of each person on a day, (P,); 0 in training, before they come and once away."""
        tenure = np.clip(self.tenure_days(day), 0, self._proficiency_by_tenure.size - 1)
        return np.where(self.on_the_job_on(day), self._proficiency_by_tenure[tenure], 0.0)

    @cached_property
    def _proficiency_by_tenure(self) -> Float64:
        """At 0, 1, ... days of tenure, up to where it is full: tenures are whole days, and looked up many times."""
        return self.ramp.proficiency(np.arange(self.ramp.full_after_days + 1))

    def _there(self, first_day: Int64, end_day: Int64, each: Int64 | None = None) -> Int64:
        """How many of the spans [first, end) cover each day, (D,); or the sum of what ``each`` counts for."""
        begin, end = (np.clip(day, 0, self.days) for day in (first_day, end_day))
        kept = begin < end
        change = np.zeros(self.days + 1, np.int64)
        counted = np.ones(kept.sum(), np.int64) if each is None else each[kept]
        np.add.at(change, begin[kept], counted)
        np.add.at(change, end[kept], -counted)
        return np.cumsum(change[:-1])

    def _per_day(self, day: Int64) -> Int64:
        return np.bincount(day[(day >= 0) & (day < self.days)], minlength=self.days).astype(np.int64)


def simulate_people(plan: TeamPlan, days: int, seed: int, replication: int) -> People:
    """The people of one team and replication over ``days``; the same for the same arguments.

    ValueError for days, seed or replication out of range, or more hires on a day than can be.
    """
    return simulate_teams([plan], (), days, seed, replication)[0]


def simulate_teams(
    plans: Sequence[TeamPlan], moves: Sequence[Move], days: int, seed: int, replication: int
) -> list[People]:
    """The people of teams between which some move, in the order of the plans; as ``simulate_people``.

    A move changes nobody's stay but that of those who move: draws are the person's, and where the new team's rates of
    leaving are other ones, they count for what is left of the stay. KeyError for a move of a team that there isn't.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"days must be between 1 and {MOST_DAYS} (got {days})")
    payrolls = [Payroll(plan, days, PersonDraws(plan.name, seed, replication)) for plan in plans]
    by_name = {payroll.plan.name: payroll for payroll in payrolls}
    on_day: dict[int, list[Move]] = {}
    for move in moves:
        on_day.setdefault(move.day, []).append(move)
    for day in range(days):
        for move in on_day.get(day, ()):
            left, joined = by_name[move.from_team], by_name[move.to_team]
            for stay in left.movers(move):
                leaves_day = stay.leaves_day
                left.let_go(stay, day)
                joined.take_in(stay, left, leaves_day, move)
        for payroll in payrolls:
            payroll.grow(day)
            payroll.hire(day)
    return [_people(payroll, days) for payroll in payrolls]


def _people(payroll: Payroll, days: int) -> People:
    stays, plan = payroll.stays, payroll.plan

    def column(name: str) -> Int64:
        return np.array([getattr(stay, name) for stay in stays], np.int64)

    return People(
        days=days,
        today=plan.tenure_days.size if plan.first_day < min(days, plan.end_day) else 0,
        ramp=plan.ramp,
        kinds=tuple(payroll.kinds),
        head_ms=plan.head_ms,
        seat=column("seat"),
        turn=column("turn"),
        kind=column("kind"),
        hired_day=column("hired_day"),
        joined_day=column("joined_day"),
        trained_day=column("trained_day"),
        leaves_day=column("leaves_day"),
        moved_in=column("moved_in").astype(np.bool_),
        moved_out=column("moved_out").astype(np.bool_),
    )
