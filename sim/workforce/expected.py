"""What to expect of a team without chance: of today's heads, and of a class hired on a day.

A class of n hired on day h has n S(d - h) heads on day d; those of today with tenure t on day 0 are there on day d with
probability S(t + d) / S(t). Several classes add up, so that a hiring plan is their convolution with the survival. The
path of one head hired on a day serves as a column of an optimisation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .attrition import Attrition
from .plan import TeamPlan
from .ramp import RampCurve

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class ExpectedPath:
    """Expected numbers at the beginning of each day, (D,)."""

    heads: Float64
    """On the payroll."""
    in_training: Float64
    on_the_job: Float64
    """Heads past training."""
    productive_fte: Float64
    """Sum of the proficiency of those on the job."""
    beginners: Float64
    """Of those on the job, not yet fully proficient."""

    def __add__(self, other: ExpectedPath) -> ExpectedPath:
        """Both together; ValueError unless they have as many days."""
        return ExpectedPath(
            self.heads + other.heads,
            self.in_training + other.in_training,
            self.on_the_job + other.on_the_job,
            self.productive_fte + other.productive_fte,
            self.beginners + other.beginners,
        )


def expected_of_today(plan: TeamPlan, days: int) -> ExpectedPath:
    """Path over ``days`` of the team's heads of day 0, nobody being hired."""
    tenure, heads = np.unique(plan.tenure_days, return_counts=True)
    return _path(plan.attrition, plan.ramp, -tenure, tenure, heads.astype(np.float64), days)


def expected_of_class(plan: TeamPlan, hire_day: int, heads: float, days: int) -> ExpectedPath:
    """Path over ``days`` of a class of so many heads (a fraction is fine) hired on a day; 0 before it.

    A hire day before 0 is that of a class which was complete then and may have lost some since.
    """
    return _path(plan.attrition, plan.ramp, np.array([hire_day]), np.zeros(1, np.int64), np.array([heads]), days)


def expected_of_classes(plan: TeamPlan, classes: Sequence[tuple[int, float]], days: int) -> ExpectedPath:
    """Path over ``days`` of several classes (hire day, heads) together."""
    hired = np.array([day for day, _ in classes], dtype=np.int64)
    heads = np.array([heads for _, heads in classes], dtype=np.float64)
    return _path(plan.attrition, plan.ramp, hired, np.zeros_like(hired), heads, days)


def expected_of_plan(plan: TeamPlan, days: int) -> ExpectedPath:
    """Path over ``days`` of today's heads and the plan's dated classes.

    ValueError if the plan hires by who has left (replacements, growth) or holds classes back (``class_size``): what
    comes of that isn't a sum of classes.
    """
    hiring = plan.hiring
    if hiring.replace_after_days is not None or hiring.net_per_month is not None or hiring.class_size is not None:
        raise ValueError("expected paths are those of dated classes alone, without replacements, growth or class_size")
    return expected_of_today(plan, days) + expected_of_classes(plan, hiring.classes, days)


def _path(
    attrition: Attrition, ramp: RampCurve, hired_day: Int64, sure_until: Int64, heads: Float64, days: int
) -> ExpectedPath:
    """Sum over groups (m,) hired on a day, all of whom are there up to a tenure; nobody is before being hired."""
    tenure = np.arange(days) - hired_day[:, np.newaxis]
    hired = tenure >= 0
    known = attrition.cumulative_hazard(sure_until)[:, np.newaxis]
    stays = np.exp(np.minimum(known - attrition.cumulative_hazard(np.maximum(tenure, 0)), 0.0))
    there = np.where(hired, heads[:, np.newaxis] * stays, 0.0)
    trained = tenure >= ramp.training_days
    return ExpectedPath(
        heads=there.sum(axis=0),
        in_training=np.where(trained, 0.0, there).sum(axis=0),
        on_the_job=np.where(trained, there, 0.0).sum(axis=0),
        productive_fte=(there * ramp.proficiency(tenure)).sum(axis=0),
        beginners=np.where(trained & (tenure < ramp.full_after_days), there, 0.0).sum(axis=0),
    )
