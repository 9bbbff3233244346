"""The cheapest classes to hire, as a mixed-integer programme on expected numbers.

Whoever is hired is in training first, then on the ramp, and leaves as the team's people do; what a head hired in a
class gives in each month is a column of numbers. The programme chooses how many to hire in each class, so that in every
month there are as many productive heads as are needed, at the least cost. Reference: H. P. Williams, "Model Building in
Mathematical Programming" (5th ed., 2013), section 12.5 (manpower planning); solved by ``scipy.optimize.milp`` (HiGHS).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from sim.centre.contract import Float64, Int64

_ROUNDING = 1e-6
_SEMI_INTEGER = 3
"""In scipy's terms: a whole number within its bounds, or 0."""
_MOST_IN_A_CLASS = 1e5
"""Where there is no limit: HiGHS has none larger for numbers that are within bounds or 0."""


@dataclass(frozen=True)
class HireClass:
    """A class that may be hired, and what each head of it gives. M months."""

    team: int
    day: int
    """First day on the payroll, from the horizon's first."""
    productive: Float64
    """(M,) productive heads, on average over each month."""
    heads: Float64
    """(M,) likewise on the payroll."""
    cost: float
    """Of one head over the horizon, hiring it included."""
    most: float
    """How many can be hired at most; inf without a limit."""
    least: int = 1
    """How many must be hired if any are."""

    def allows(self, count: int) -> bool:
        """Whether so many can be hired in the class."""
        return count == 0 or self.least <= count <= self.most


@dataclass(frozen=True)
class Programme:
    """What there is without new hires, what is needed, and what may be hired. T teams, M months."""

    classes: tuple[HireClass, ...]
    productive: Float64
    """(T, M) productive heads without them."""
    heads: Float64
    """(T, M) on the payroll without them."""
    needed: Float64
    """(T, M) productive heads."""
    most_heads: Float64
    """(T,) on the payroll on average in any month; inf without a limit."""
    places: tuple[tuple[Int64, float], ...]
    """Classes (numbers) that are in training at the same time, and the places that there are for them together."""
    budget: float
    """Of all that is hired; inf without a limit."""

    def lacking(self, hires: Int64) -> Float64:
        """(T, M) productive heads that are missing with so many hires in each class."""
        return np.asarray(np.maximum(self.needed - self.reached(hires), 0.0), np.float64)

    def reached(self, hires: Int64) -> Float64:
        """(T, M) productive heads with so many hires in each class."""
        return np.asarray(self.productive + self._sums(hires, "productive"), np.float64)

    def on_payroll(self, hires: Int64) -> Float64:
        """(T, M) heads likewise."""
        return np.asarray(self.heads + self._sums(hires, "heads"), np.float64)

    def cost(self, hires: Int64) -> float:
        """Of the hires."""
        return float(sum(one.cost * count for one, count in zip(self.classes, hires.tolist(), strict=True)))

    def _sums(self, hires: Int64, column: str) -> Float64:
        total = np.zeros_like(self.productive)
        for one, count in zip(self.classes, hires.tolist(), strict=True):
            total[one.team] += count * getattr(one, column)
        return total


def cheapest(programme: Programme) -> Int64 | None:
    """How many to hire in each class, (classes,), so that nothing lacks at the least cost; None if nothing does it."""
    return _solved(programme, may_lack=False)


def least_lacking(programme: Programme) -> Int64:
    """How many to hire in each class so that as few productive heads as can be are missing, summed over the months."""
    found = _solved(programme, may_lack=True)
    assert found is not None  # hiring nobody keeps every limit but the heads that are there already
    return found


def _solved(programme: Programme, *, may_lack: bool) -> Int64 | None:
    classes = len(programme.classes)
    teams, months = programme.needed.shape
    lacks = teams * months if may_lack else 0
    if classes + lacks == 0:
        return np.zeros(0, np.int64) if not programme.lacking(np.zeros(0, np.int64)).any() else None
    cost = np.array([one.cost for one in programme.classes])
    weights = np.concatenate([cost, np.full(lacks, _dearest(cost))])
    constraints = _constraints(programme, lacks)
    most = np.minimum([one.most for one in programme.classes], _MOST_IN_A_CLASS)
    least = np.array([one.least if one.least > 1 else 0 for one in programme.classes])
    most = np.where(most < least, 0.0, most)
    least = np.minimum(least, most)
    solved = milp(
        c=weights,
        integrality=np.concatenate([np.where(least > 0, _SEMI_INTEGER, 1), np.zeros(lacks)]),
        bounds=Bounds(np.append(least, np.zeros(lacks)), np.append(most, np.full(lacks, np.inf))),
        constraints=constraints,
        options={"mip_rel_gap": 1e-4},
    )
    return None if solved.x is None else np.rint(solved.x[:classes]).astype(np.int64)


def _dearest(cost: Float64) -> float:
    """A price of a missing head in a month that no saving makes good."""
    return 1e3 * max(float(cost.max(initial=0.0)), 1.0)


def _constraints(programme: Programme, lacks: int) -> Sequence[LinearConstraint]:
    classes = programme.classes
    teams, months = programme.needed.shape
    gives, pays = np.zeros((teams, months, len(classes))), np.zeros((teams, months, len(classes)))
    for number, one in enumerate(classes):
        gives[one.team, :, number] = one.productive
        pays[one.team, :, number] = one.heads
    none = np.zeros((teams * months, lacks))
    missing = np.eye(teams * months) if lacks else none
    least = (programme.needed - programme.productive).ravel()
    room = np.maximum(programme.most_heads[:, np.newaxis] - programme.heads, 0.0).ravel()
    found = [
        LinearConstraint(np.hstack([gives.reshape(teams * months, -1), missing]), least - _ROUNDING, np.inf),
        LinearConstraint(np.hstack([pays.reshape(teams * months, -1), none]), -np.inf, room + _ROUNDING),
    ]
    for together, places in programme.places:
        row = np.zeros(len(classes) + lacks)
        row[together] = 1.0
        found.append(LinearConstraint(row, -np.inf, places))
    if np.isfinite(programme.budget):
        cost = np.array([one.cost for one in classes] + [0.0] * lacks)
        found.append(LinearConstraint(cost, -np.inf, programme.budget + _ROUNDING))
    return found
