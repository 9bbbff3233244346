"""What to expect of a team without chance: of today's heads, and of a class hired on a day.

A class of n hired on day h has n S(d - h) heads on day d; those of today with tenure t on day 0 are there on day d with
probability S(t + d) / S(t). Several classes add up, so that a hiring plan is their convolution with the survival. The
path of one head hired on a day serves as a column of an optimisation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .attrition import Attrition
from .draws import Source, new_seats
from .plan import NEVER, Move, TeamPlan

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class ExpectedPath:
    """Expected numbers at the beginning of each day, (D,)."""

    heads: Float64
    """On the payroll."""
    in_training: Float64
    on_the_job: Float64
    """Heads past training."""
    productive_fte: Float64
    """Sum of the proficiency of those on the job, in heads of the team by their contract hours."""
    beginners: Float64
    """Of those on the job, not yet fully proficient."""
    contract_heads: Float64
    """Heads on the payroll, in heads of the team by their contract hours."""

    def __add__(self, other: ExpectedPath) -> ExpectedPath:
        """Both together; ValueError unless they have as many days."""
        return ExpectedPath(
            self.heads + other.heads,
            self.in_training + other.in_training,
            self.on_the_job + other.on_the_job,
            self.productive_fte + other.productive_fte,
            self.beginners + other.beginners,
            self.contract_heads + other.contract_heads,
        )


def expected_of_today(plan: TeamPlan, days: int) -> ExpectedPath:
    """Path over ``days`` of the team's heads of day 0, nobody being hired."""
    return _path(plan, _today(plan), days)


def expected_of_class(plan: TeamPlan, hire_day: int, heads: float, days: int) -> ExpectedPath:
    """Path over ``days`` of a class of so many heads (a fraction is fine) hired on a day; 0 before it.

    A hire day before 0 is that of a class which was complete then and may have lost some since.
    """
    return expected_of_classes(plan, [(hire_day, heads)], days)


def expected_of_classes(plan: TeamPlan, classes: Sequence[tuple[int, float]], days: int) -> ExpectedPath:
    """Path over ``days`` of several classes (hire day, heads) together, of people of whom nothing is known."""
    return _path(plan, [_Cohort(day, heads, plan.hired_hours) for day, heads in classes], days)


def expected_of_plan(plan: TeamPlan, days: int) -> ExpectedPath:
    """Path over ``days`` of today's heads and the plan's dated classes.

    ValueError if the plan hires by who has left (replacements, growth) or holds classes back (``class_size``): what
    comes of that isn't a sum of classes.
    """
    return expected_of_teams([plan], (), days)[0]


def expected_of_teams(plans: Sequence[TeamPlan], moves: Sequence[Move], days: int) -> list[ExpectedPath]:
    """Paths over ``days`` of today's heads and the dated classes of teams between which some move, in their order.

    Of people who may have left before, as many are taken as are expected to be there, from the longest-serving on (or
    the newest). ValueError as for ``expected_of_plan``.
    """
    for plan in plans:
        hiring = plan.hiring
        if hiring.replace_after_days is not None or hiring.net_per_month is not None or hiring.class_size is not None:
            raise ValueError(
                "expected paths are those of dated classes alone, without replacements, growth or class_size"
            )
    cohorts = {plan.name: [*_today(plan), *_classes(plan)] for plan in plans}
    by_name = {plan.name: plan for plan in plans}
    for move in sorted(moves, key=lambda move: move.day):
        left, joined = by_name[move.from_team], by_name[move.to_team]
        cohorts[joined.name] += _movers(move, left, cohorts[left.name], left.head_ms / joined.head_ms)
    return [_path(plan, cohorts[plan.name], days) for plan in plans]


@dataclass(frozen=True)
class _Cohort:
    """People hired on a day, or, with heads below 0, those among them who move away."""

    hired_day: int
    heads: float
    hours: float
    """Contract hours of each on average, as a share of those of one head of the team."""
    from_day: int | None = None
    """When they come; None: on the day of their hire. They are all there then."""
    trained_day: int | None = None
    """First day on the job; None: when their training after hire is over."""
    leaves_day: int | None = None
    """When they leave, if it is known."""
    attrition: Attrition | None = None
    """Of people from another team: how they leave where this one has no rate; None: as this one's do."""
    of: _Cohort | None = None
    """Of those who move away: the cohort from which they are taken."""

    @property
    def comes(self) -> int:
        """First day in the team."""
        return self.hired_day if self.from_day is None else self.from_day

    def starts(self, training_days: int) -> int:
        """First day on the job."""
        return self.hired_day + training_days if self.trained_day is None else self.trained_day


def _today(plan: TeamPlan) -> list[_Cohort]:
    """Today's heads: those alike together."""
    seats: Counter[tuple[int, int, int | None]] = Counter()
    for seat, tenure in enumerate(plan.tenure_days.tolist()):
        known = plan.known_of(seat, 0)
        seats[tenure, known.kind, known.leaves_day] += 1
    first = plan.first_day
    return [
        _Cohort(first - tenure, heads, _hours(plan, kind), first, leaves_day=leaves)
        for (tenure, kind, leaves), heads in seats.items()
    ]


def _classes(plan: TeamPlan) -> list[_Cohort]:
    """The dated classes: of whom something is known, each alone."""
    found = []
    for day in sorted({day for day, _ in plan.hiring.classes}):
        heads = sum(heads for when, heads in plan.hiring.classes if when == day)
        known = [plan.known[seat] for seat in new_seats(day, Source.CLASS, 0, heads).tolist() if seat in plan.known]
        found += [_Cohort(day, 1.0, _hours(plan, one.kind), leaves_day=one.leaves_day) for one in known]
        if heads > len(known):
            found.append(_Cohort(day, heads - len(known), plan.hired_hours))
    return found


def _hours(plan: TeamPlan, kind: int) -> float:
    return plan.kinds[kind].contract_ms / plan.head_ms


def _movers(move: Move, plan: TeamPlan, left: list[_Cohort], head_ratio: float) -> list[_Cohort]:
    """Takes those who move out of the cohorts of the team that they leave, and gives them as cohorts of the other.

    A head of the team that is left has ``head_ratio`` times the contract hours of one of the other.
    """
    able = [
        one
        for one in left
        if one.heads > 0
        and max(one.comes, one.starts(plan.ramp.training_days)) <= move.day
        and move.day - one.hired_day >= plan.ramp.full_after_days
    ]
    able.sort(key=lambda one: one.hired_day, reverse=move.who == "newest")
    wanted, joined = float(move.heads), []
    for one in able:
        there = float(_path(plan, [one, *(other for other in left if other.of is one)], move.day + 1).heads[-1])
        taken = min(max(there, 0.0), wanted)
        if taken > 0:
            wanted -= taken
            left.append(replace(one, heads=-taken, from_day=move.day, of=one))
            trained_day = move.day + move.training_days
            hours, leaving = one.hours * head_ratio, one.attrition or plan.attrition
            joined.append(_Cohort(one.hired_day, taken, hours, move.day, trained_day, one.leaves_day, leaving))
    return joined


def _path(plan: TeamPlan, cohorts: Sequence[_Cohort], days: int) -> ExpectedPath:
    """Sum over cohorts, none of whom is there before coming."""
    own = any(plan.attrition.rates_per_year)
    by_attrition: dict[Attrition, list[_Cohort]] = {plan.attrition: []}
    for one in cohorts:
        by_attrition.setdefault(plan.attrition if own else one.attrition or plan.attrition, []).append(one)
    first, *others = (_path_of(plan, attrition, alike, days) for attrition, alike in by_attrition.items())
    return sum(others, first)


def _path_of(plan: TeamPlan, attrition: Attrition, cohorts: Sequence[_Cohort], days: int) -> ExpectedPath:
    """Of cohorts that leave in the same way."""
    ramp = plan.ramp
    heads, hours = (np.array([getattr(one, name) for one in cohorts], np.float64) for name in ("heads", "hours"))
    hired, comes = (np.array([getattr(one, name) for one in cohorts], np.int64) for name in ("hired_day", "comes"))
    starts = np.array([one.starts(ramp.training_days) for one in cohorts], np.int64)
    end = min(plan.end_day, NEVER)
    leaves = np.array([end if one.leaves_day is None else min(one.leaves_day, end) for one in cohorts], np.int64)
    certain = np.array([one.leaves_day is not None for one in cohorts], np.bool_)
    day = np.arange(days)
    tenure = day - hired[:, np.newaxis]
    sure = np.maximum(comes - hired, 0)[:, np.newaxis]
    borne = attrition.cumulative_hazard(np.maximum(tenure, 0)) - attrition.cumulative_hazard(sure)
    stays = np.where(certain[:, np.newaxis], 1.0, np.exp(np.minimum(-borne, 0.0)))
    here = (day >= comes[:, np.newaxis]) & (day < leaves[:, np.newaxis])
    there = np.where(here, heads[:, np.newaxis] * stays, 0.0)
    trained = day >= starts[:, np.newaxis]
    able = np.where(trained, there * ramp.proficiency(tenure), 0.0)
    return ExpectedPath(
        heads=there.sum(axis=0),
        in_training=np.where(trained, 0.0, there).sum(axis=0),
        on_the_job=np.where(trained, there, 0.0).sum(axis=0),
        productive_fte=(able * hours[:, np.newaxis]).sum(axis=0),
        beginners=np.where(trained & (tenure < ramp.full_after_days), there, 0.0).sum(axis=0),
        contract_heads=(there * hours[:, np.newaxis]).sum(axis=0),
    )
