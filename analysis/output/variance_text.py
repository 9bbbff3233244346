"""Plan against actual as people read it: over/under as planned, as it was, and what made the difference."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..planning.variance import CAUSES, Variance
from .grid import TextColumn, grid
from .words import number

_WORDS = {"volume": "volume", "aht": "handle time", "shrinkage": "shrinkage", "heads": "heads"}


def variance_text(variances: Sequence[Variance], width: int, *, several: bool) -> str:
    """The table; empty where there is nothing to compare."""
    if not variances:
        return ""
    columns = [TextColumn("actual", tuple(one.period for one in variances), left=True)]
    if several:
        columns.append(TextColumn("team", tuple(one.team for one in variances), left=True))
    keys = len(columns)
    columns += [
        TextColumn("planned", tuple(signed(one.planned) for one in variances), "over/under, FTE"),
        TextColumn("was", tuple(signed(one.actual) for one in variances), "over/under, FTE"),
    ]
    columns += [
        TextColumn(_WORDS[cause], tuple(signed(one.parts[cause]) for one in variances), "of which by")
        for cause in CAUSES
    ]
    table = grid(columns, width=width, keys=keys)
    return f"Plan against actual: what it was is what was planned and the four causes.\n{table}"


def signed(value: float) -> str:
    """``+2.5``, ``-0.1``, ``0.0``."""
    told = number(value, 1)
    if math.isnan(value) or told.strip("-") == "0.0":
        return told.removeprefix("-")
    return f"+{told}" if value > 0 else told
