"""The slots of an average week: its intervals in which calls may come or staff is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from sim.centre.contract import Float64, Int64

from ..figures import SCHEDULED, Ratio
from ..intervals import CentreStatistics
from ..moments import Moments, pairs
from ..spans import first_day, intervals_a_day

Number = TypeVar("Number", Int64, Float64)

WEEK_DAYS = 7


@dataclass(frozen=True)
class Slots:
    """How the intervals of the horizon fall into the slots of a week, which stand in order."""

    weekday: Int64
    """(S,) of each slot, Monday 0."""
    start_ms: Int64
    """(S,) since midnight."""
    intervals: Int64
    """(N,) those that count: intervals in which nothing may happen, as on holidays, don't."""
    slot: Int64
    """(N,) the slot of each."""

    @classmethod
    def of(cls, statistics: CentreStatistics, queues: Sequence[int]) -> Slots:
        """Those in which one of these queues is open, or staff is scheduled."""
        centre = statistics.centre
        a_day = intervals_a_day(centre)
        live = (SCHEDULED.of(statistics.teams.totals) > 0).any(axis=0) | centre.interval_open[queues].any(axis=0)
        place = (first_day(centre).weekday() * a_day + np.arange(centre.intervals)) % (WEEK_DAYS * a_day)
        places, slot = np.unique(place[live], return_inverse=True)
        start_ms = places % a_day * centre.engine.clock.interval_ms
        return cls(places // a_day, start_ms, np.flatnonzero(live), slot)

    @property
    def occurrences(self) -> Int64:
        """(S,) how often each comes in the horizon."""
        return np.bincount(self.slot, minlength=self.weekday.size)

    def sums(self, values: Number) -> Number:
        """(I, ...) values added by slot, (S, ...)."""
        added = np.zeros((self.weekday.size, *values.shape[1:]), dtype=values.dtype)
        np.add.at(added, self.slot, values[self.intervals])
        return added

    def moments(self, ratio: Ratio, kept: Moments) -> Moments:
        """What the ratio's interval needs, by slot: the same slot of different weeks is taken as independent."""
        products = {pair: self.sums(kept.products[pair]) for pair in pairs(ratio)}
        return Moments(kept.replications, self.sums(kept.totals), products)


def weekdays(statistics: CentreStatistics) -> Int64:
    """(D,) of each day of the horizon, Monday 0."""
    return (first_day(statistics.centre).weekday() + np.arange(statistics.centre.horizon_days)) % WEEK_DAYS
