"""How people become proficient: training off the job, nesting beside a coach, then a ramp until they are full.

Proficiency is what somebody gets done in an hour on the job, relative to somebody past the ramp.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Float64 = NDArray[np.float64]

Shape = Literal["linear", "exponential", "s", "stepped"]


@dataclass(frozen=True)
class RampCurve:
    """Proficiency by tenure. All days are counted from hire.

    The ramp goes from ``starts_at``, when people first work on their own (after training and nesting), to 1 at
    ``full_after_days``. ValueError for values that cannot be.
    """

    training_days: int
    """On the payroll, off the job."""
    starts_at: float
    """Proficiency at the beginning of the ramp, 0 to 1."""
    full_after_days: int
    """Proficiency is 1 from then on; at least training and nesting."""
    shape: Shape = "linear"
    """``linear``; ``exponential`` (fast at first); ``s`` (smoothstep: slow, fast, slow); ``stepped``."""
    nesting_days: int = 0
    """First days on the job, side by side with a coach."""
    nesting_proficiency: float | None = None
    """Proficiency while nesting, 0 to 1; None without nesting."""
    closing: float = 3.0
    """``exponential`` only: over the ramp the gap to 1 closes as exp(-closing x), x from 0 to 1, scaled so that
    nothing is left of it at the end. At 3 half the gap is closed after 22 % of the ramp."""
    steps: tuple[tuple[int, float], ...] = ()
    """``stepped`` only: (days from hire, proficiency from then on), ascending; ``starts_at`` before the first."""

    def __post_init__(self) -> None:
        """Refuse values that cannot be."""
        for name, days in (("training_days", self.training_days), ("nesting_days", self.nesting_days)):
            if days < 0:
                raise ValueError(f"{name} must be 0 or more (got {days})")
        if not 0 <= self.starts_at <= 1:
            raise ValueError(f"starts_at must be between 0 and 1 (got {self.starts_at})")
        if self.full_after_days < self.alone_after_days:
            raise ValueError(
                f"full_after_days ({self.full_after_days}) must not come before the end of training and nesting"
                f" ({self.alone_after_days} days after hire)"
            )
        if self.shape not in get_args(Shape):
            raise ValueError(f"shape must be one of {', '.join(get_args(Shape))} (got {self.shape!r})")
        if not (self.closing > 0 and math.isfinite(self.closing)):
            raise ValueError(f"closing must be above 0 and finite (got {self.closing})")
        self._refuse_nesting()
        self._refuse_steps()

    def _refuse_nesting(self) -> None:
        if (self.nesting_days > 0) != (self.nesting_proficiency is not None):
            raise ValueError("nesting_days and nesting_proficiency go together: give both or neither")
        if self.nesting_proficiency is not None and not 0 <= self.nesting_proficiency <= 1:
            raise ValueError(f"nesting_proficiency must be between 0 and 1 (got {self.nesting_proficiency})")

    def _refuse_steps(self) -> None:
        if self.steps and self.shape != "stepped":
            raise ValueError(f"steps are for the shape stepped, not {self.shape}")
        last_day, last = self.alone_after_days - 1, self.starts_at
        for day, proficiency in self.steps:
            if not last_day < day <= self.full_after_days:
                raise ValueError(
                    f"steps must come one after the other from the end of training and nesting"
                    f" ({self.alone_after_days} days after hire) to full_after_days ({self.full_after_days});"
                    f" got one at {day}"
                )
            if not last <= proficiency <= 1:
                raise ValueError(f"steps must not fall, nor pass 1 (got {proficiency} after {last})")
            last_day, last = day, proficiency

    @property
    def alone_after_days(self) -> int:
        """Tenure at which people work on their own: after training and nesting."""
        return self.training_days + self.nesting_days

    @property
    def kinks_days(self) -> tuple[float, ...]:
        """Tenures at which the curve jumps or bends, ascending: between them it is smooth."""
        days = {self.training_days, self.alone_after_days, self.full_after_days, *(day for day, _ in self.steps)}
        return tuple(float(day) for day in sorted(days))

    def proficiency(self, tenure_days: ArrayLike) -> Float64:
        """Proficiency at each tenure (days since hire, any shape), same shape; 0 in training and before hire."""
        tenure = np.asarray(tenure_days, np.float64)
        nesting = self.starts_at if self.nesting_proficiency is None else self.nesting_proficiency
        return np.asarray(
            np.select(
                [
                    tenure < self.training_days,
                    tenure < 0,
                    tenure >= self.full_after_days,
                    tenure < self.alone_after_days,
                ],
                [0.0, 0.0, 1.0, nesting],
                self._on_the_ramp(tenure),
            ),
            np.float64,
        )

    def _on_the_ramp(self, tenure: Float64) -> Float64:
        """Proficiency where the tenure lies on the ramp, something between 0 and 1 elsewhere."""
        if self.shape == "stepped":
            days = [day for day, _ in self.steps]
            values = np.array([self.starts_at, *(proficiency for _, proficiency in self.steps)])
            return np.asarray(values[np.searchsorted(days, tenure, side="right")], np.float64)
        length = max(self.full_after_days - self.alone_after_days, 1)
        passed = np.clip((tenure - self.alone_after_days) / length, 0.0, 1.0)
        if self.shape == "exponential":
            passed = np.expm1(-self.closing * passed) / math.expm1(-self.closing)
        elif self.shape == "s":
            passed = passed * passed * (3 - 2 * passed)
        return np.asarray(np.minimum(self.starts_at + (1 - self.starts_at) * passed, 1.0), np.float64)
