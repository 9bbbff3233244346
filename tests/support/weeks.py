"""Average weeks by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from analysis.charts.week_profile import Level
from analysis.intervals import CentreStatistics, summarise
from analysis.targets import Target
from analysis.uncertainty import Estimates
from sim.centre.results import Replication

from .counts import CALLS, blended, counts_of

LEVEL = Target("calls", "service_level", Fraction(4, 5), "month", 20_000)


def never_off(statistics: CentreStatistics) -> np.ndarray:
    """(T, D) no team keeps a holiday."""
    return np.zeros((len(statistics.centre.team_names), statistics.centre.horizon_days), bool)


def few_days(within: int, days: int = 3) -> CentreStatistics:
    """Calls at eight on each of these days, so many of 100 in time; one fewer each day."""
    centre = blended(days=days)
    contacts = {
        (CALLS, day * 24 + 8): {"first": 100, "served": 100, "served_within": within - day} for day in range(days)
    }
    return summarise(centre, [Replication(n, counts_of(centre, contacts)) for n in range(2)], (LEVEL,))


def made(
    queue: str = "calls",
    values: tuple[float, ...] = (0.9,),
    half_width: float = 0.01,
    target: float | None = 0.8,
    *,
    is_email: bool = False,
) -> Level:
    """A queue's level with these figures."""
    value = np.array(values)
    estimates = Estimates(value, np.full(value.shape, half_width))
    return Level(queue, is_email, 14_400 if is_email else 20, "sl_offered", estimates, target)
