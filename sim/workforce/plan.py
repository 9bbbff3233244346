"""Teams as they are planned: who is there today, and how people are hired, trained, ramp up, move and leave."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .attrition import Attrition
from .draws import MOST_HEADS
from .hiring import HiringPlan
from .ramp import RampCurve

Int64 = NDArray[np.int64]

FULL_WEEK_MS = 35 * 3_600_000
NEVER = 1 << 40
"""The day on which somebody leaves who stays for ever."""


@dataclass(frozen=True)
class Kind:
    """What tells people of a team apart beside their tenure."""

    contract_ms: int = FULL_WEEK_MS
    """Contract hours a week."""
    group: int = 0
    """People of a group have the same skills at the same tenure; 0 are those who have what the team has."""


@dataclass(frozen=True)
class Known:
    """What is known of one person."""

    kind: int = 0
    """Number in ``TeamPlan.kinds``."""
    leaves_day: int | None = None
    """First day away; None: chance decides."""


@dataclass(frozen=True)
class Move:
    """So many people of one team go to another on a day, or as many as there are.

    They are past the ramp of the team that they leave. Their tenure goes along.
    """

    day: int
    from_team: str
    to_team: str
    heads: int
    training_days: int = 0
    """First days in the new team, off the job."""
    who: Literal["longest-serving", "newest"] = "longest-serving"
    """Which of those past the ramp go."""


@dataclass(frozen=True)
class TeamPlan:
    """One team. ValueError for parts that do not fit together."""

    name: str
    """Names the team's stream of draws."""
    tenure_days: Int64
    """(n,) of today's heads on the team's first day, longest-serving first (``sim.workforce.tenure``)."""
    ramp: RampCurve
    attrition: Attrition
    hiring: HiringPlan = field(default_factory=HiringPlan)
    kinds: tuple[Kind, ...] = (Kind(),)
    hired_kinds: tuple[float, ...] = (1.0,)
    """Shares of the kinds among those hired, in their order; those that follow are never hired. They sum to 1."""
    head_ms: float = FULL_WEEK_MS
    """Contract hours a week of one head, as the team's heads are reckoned."""
    known: Mapping[int, Known] = field(default_factory=dict)
    """By seat, of those who are the first in theirs: today's heads in their order, the others of whom are of the first
    kind, and hires of dated classes, the others of whom are of kinds by chance."""
    first_day: int = 0
    """On which today's heads come, and the first on which anybody is hired."""
    end_day: int = NEVER
    """First day on which there is no team any more: whoever is left leaves."""

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
        if not 0 < len(self.hired_kinds) <= len(self.kinds) or not math.isclose(sum(self.hired_kinds), 1.0):
            raise ValueError(f"hired_kinds must be shares of the {len(self.kinds)} kinds that sum to 1")
        if any(not 0 <= one.kind < len(self.kinds) for one in self.known.values()):
            raise ValueError("somebody is of a kind that there isn't")
        if not 0 <= self.first_day < self.end_day:
            raise ValueError(f"a team must have a day or more (got {self.first_day} to {self.end_day})")

    @property
    def hired_hours(self) -> float:
        """Contract hours of those hired on average, as a share of those of one head of the team."""
        hired = zip(self.hired_kinds, self.kinds, strict=False)
        return sum(share * kind.contract_ms for share, kind in hired) / self.head_ms

    def known_of(self, seat: int, turn: int) -> Known:
        """What is known of a person; of most nothing."""
        return self.known.get(seat, _NOTHING) if turn == 0 else _NOTHING


_NOTHING = Known()
