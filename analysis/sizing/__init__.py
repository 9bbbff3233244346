"""How many people are needed: the fewest that meet every target, and what a given staff holds."""

from .holds import holds
from .results import GroupHeld, GroupSize, HoldsResult, MonthHeld, MonthSize, SizeResult, TeamSize, Trial, WeekPattern
from .size import size, size_loaded

__all__ = [
    "GroupHeld",
    "GroupSize",
    "HoldsResult",
    "MonthHeld",
    "MonthSize",
    "SizeResult",
    "TeamSize",
    "Trial",
    "WeekPattern",
    "holds",
    "size",
    "size_loaded",
]
