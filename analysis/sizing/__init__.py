"""How many people are needed: the fewest that meet every target, and what a given staff holds."""

from .holds import holds
from .results import HoldsResult, MonthHeld, MonthSize, SizeResult, Trial, WeekPattern
from .size import size, size_loaded

__all__ = [
    "HoldsResult",
    "MonthHeld",
    "MonthSize",
    "SizeResult",
    "Trial",
    "WeekPattern",
    "holds",
    "size",
    "size_loaded",
]
