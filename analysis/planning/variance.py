"""Plan against actual: what made a team's over/under differ, split by volume, handle time, shrinkage and heads.

Over/under is available less required FTE. Required goes with the work (volume x handle time), at the occupancy that
the plan had; available with the heads, and with what shrinkage leaves of their time. Each cause's part is its Shapley
value (L. S. Shapley, "A value for n-person games", 1953): its effect averaged over all orders in which the causes may
come, so that the parts add up to the whole difference, whatever the order, and nothing is left over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import factorial

CAUSES = ("volume", "aht", "shrinkage", "heads")


@dataclass(frozen=True)
class QueueWork:
    """A queue's contacts and handle time in a period, as planned and as it was."""

    planned: float
    actual: float
    planned_aht_s: float
    actual_aht_s: float


@dataclass(frozen=True)
class Staffing:
    """A team in a period, as planned, and the heads and shrinkage that there were."""

    required_fte: float
    available_fte: float
    heads: float
    actual_heads: float
    shrinkage: float
    actual_shrinkage: float


@dataclass(frozen=True)
class Variance:
    """Over/under of a team in a period, as planned and as it was, in FTE."""

    team: str
    period: str
    planned: float
    actual: float
    parts: Mapping[str, float]
    """By cause; they add up to ``actual`` less ``planned``."""
    cost_per_fte: float
    """Of a full-time equivalent over the period; NaN without a cost."""


def over_under(staff: Staffing, queues: Sequence[QueueWork], actual: frozenset[str]) -> tuple[float, float]:
    """Required and available FTE with those causes as they were, and the others as planned."""
    planned_work = sum(one.planned * one.planned_aht_s for one in queues)
    work = sum(
        (one.actual if "volume" in actual else one.planned)
        * (one.actual_aht_s if "aht" in actual else one.planned_aht_s)
        for one in queues
    )
    shrinkage = staff.actual_shrinkage if "shrinkage" in actual else staff.shrinkage
    heads = staff.actual_heads if "heads" in actual else staff.heads
    required = staff.required_fte * (work / planned_work if planned_work else 1.0)
    presence = (heads / staff.heads if staff.heads else 1.0) * (1 - shrinkage) / (1 - staff.shrinkage)
    available = staff.available_fte * presence
    return required, available


def variance(team: str, period: str, staff: Staffing, queues: Sequence[QueueWork], cost_per_fte: float) -> Variance:
    """The difference of a team's over/under in a period, split among the causes."""

    def value(actual: frozenset[str]) -> float:
        required, available = over_under(staff, queues, actual)
        return available - required

    return Variance(team, period, value(frozenset()), value(frozenset(CAUSES)), shapley(value, CAUSES), cost_per_fte)


def shapley(value: Callable[[frozenset[str]], float], causes: Sequence[str]) -> dict[str, float]:
    """Each cause's effect, averaged over all orders: the sum is ``value`` of all causes less that of none."""
    parts = dict.fromkeys(causes, 0.0)
    for order in permutations(causes):
        come: frozenset[str] = frozenset()
        for cause in order:
            parts[cause] += value(come | {cause}) - value(come)
            come |= {cause}
    return {cause: part / factorial(len(causes)) for cause, part in parts.items()}
