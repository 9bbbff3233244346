"""A team as it is planned: who is there today, and how people are hired, trained, ramp up and leave."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .attrition import Attrition
from .draws import MOST_HEADS
from .hiring import HiringPlan
from .ramp import RampCurve

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class TeamPlan:
    """One team. ValueError for parts that do not fit together."""

    name: str
    """Names the team's stream of draws."""
    tenure_days: Int64
    """(n,) of today's heads on day 0, longest-serving first (``sim.workforce.tenure``)."""
    ramp: RampCurve
    attrition: Attrition
    hiring: HiringPlan = field(default_factory=HiringPlan)

    def __post_init__(self) -> None:
        """Refuse parts that do not fit together."""
        tenure = self.tenure_days
        if (
            tenure.ndim != 1
            or not np.issubdtype(tenure.dtype, np.integer)
            or np.any(tenure < 0)
            or np.any(np.diff(tenure) > 0)
        ):
            raise ValueError("tenure_days must be whole days, 0 or more, longest-serving first")
        if tenure.size > MOST_HEADS:
            raise ValueError(f"a team can have no more than {MOST_HEADS} heads (got {tenure.size})")
        if self.ramp.training_days != self.attrition.training_days:
            raise ValueError(
                f"the ramp has {self.ramp.training_days} days of training, attrition {self.attrition.training_days}"
            )
