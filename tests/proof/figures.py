"""How a row's figure is read from replications: a function of means over them, and its influence values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.figures import RATIOS, SERVICE_FIGURES, SERVICE_LEVELS, SERVICES, TEAM_RATIOS, ColumnSum, Ratio
from sim.centre.results import CONTACT_COLUMNS, Replication
from sim.common.histogram import bin_edges

Float64 = NDArray[np.float64]
Reader = Callable[[Replication], float]
"""Reads one number from a replication."""


class Linearised(NamedTuple):
    """The figure's value, and by how much each replication moves it (R,): the error is to first order their mean."""

    value: float
    influence: Float64


class Figure(Protocol):
    """What a row states."""

    @property
    def is_share(self) -> bool:
        """Shares must be known to 0.1 point, times and counts to 0.5 %."""

    def read(self, replication: Replication) -> Float64:
        """What is kept of a replication, (k,)."""

    def linearised(self, kept: Float64) -> Linearised:
        """From what was kept of all replications, (R, k)."""


@dataclass(frozen=True)
class OfMeans:
    """A smooth function of the means of a few numbers."""

    readers: tuple[Reader, ...]
    function: Callable[[Float64], float]
    is_share: bool = False

    def read(self, replication: Replication) -> Float64:
        """The numbers."""
        return np.array([reader(replication) for reader in self.readers], dtype=np.float64)

    def linearised(self, kept: Float64) -> Linearised:
        """The delta method: the gradient by central differences."""
        means = kept.mean(axis=0)
        gradient = np.empty(means.size)
        for place, mean in enumerate(means):
            step = np.zeros(means.size)
            step[place] = 1e-5 * (abs(mean) or 1.0)
            gradient[place] = (self.function(means + step) - self.function(means - step)) / (2 * step[place])
        return Linearised(self.function(means), (kept - means) @ gradient)


@dataclass(frozen=True)
class WaitQuantile:
    """Quantile of the served contacts' waits, in seconds, read from the histogram (linear within a bin)."""

    queue: int
    share: float
    is_share: bool = False

    def read(self, replication: Replication) -> Float64:
        """The histogram."""
        return np.asarray(replication.counts.wait_histogram[self.queue].sum(axis=0), np.float64)

    def linearised(self, kept: Float64) -> Linearised:
        """Bahadur's representation: the error is that of the distribution function over its slope."""
        total = kept.sum()
        quantile_ms = float(np.interp(self.share * total, *_cumulative(kept.sum(axis=0))))
        low_ms, high_ms = 0.97 * quantile_ms, 1.03 * quantile_ms
        slope = (_below(kept, high_ms) - _below(kept, low_ms)).sum() / total / (high_ms - low_ms)
        excess = _below(kept, quantile_ms) - self.share * kept.sum(axis=1)
        return Linearised(quantile_ms / 1000, -excess / (total / len(kept)) / slope / 1000)


def _cumulative(histogram: Float64) -> tuple[Float64, Float64]:
    """Counts below the bins' edges, and the edges."""
    return np.concatenate([[0.0], np.cumsum(histogram)]), bin_edges().astype(np.float64)


def _below(kept: Float64, at_ms: float) -> Float64:
    """How many waits of each replication lie below, (R,)."""
    return np.array([np.interp(at_ms, bin_edges(), _cumulative(histogram)[0]) for histogram in kept])


# --- readers ------------------------------------------------------------------------------------------------------

Intervals = slice | NDArray[np.intp]
"""Which intervals of the horizon."""
ALL = slice(None)


def column_sum(*plus: str, minus: Sequence[str] = ()) -> ColumnSum:
    """Columns of the contact counts added and taken off."""
    return ColumnSum(tuple(map(CONTACT_COLUMNS.index, plus)), tuple(map(CONTACT_COLUMNS.index, minus)))


def contacts(of: ColumnSum, queues: Sequence[int] = (0,), intervals: Intervals = ALL) -> Reader:
    """A sum of contact counts over some queues and intervals of arrival."""
    return lambda replication: float(sum(of.of(replication.counts.contacts[q, intervals]).sum() for q in queues))


def queue_clock(of: ColumnSum, intervals: Intervals = ALL) -> Reader:
    """A sum of the first queue's clock counts."""
    return lambda replication: float(of.of(replication.counts.queues[0, intervals]).sum())


def team_clock(of: ColumnSum, intervals: Intervals = ALL, team: int = 0) -> Reader:
    """A sum of a team's clock counts."""
    return lambda replication: float(of.of(replication.counts.teams[team, intervals]).sum())


def services(team: int, queue: int, of: ColumnSum = SERVICES) -> Reader:
    """A sum of what a team served of a queue."""
    return lambda replication: float(of.of(replication.counts.services[team, queue]).sum())


def logged(which: Callable[[np.ndarray], np.ndarray], of: str | None = None) -> Reader:
    """Rows of the log that are counted and meet a condition: their number, or the sum of a column of theirs."""

    def read(replication: Replication) -> float:
        assert replication.log is not None
        rows = replication.log[(replication.log["counted"] == 1) & which(replication.log)]
        return float(len(rows) if of is None else rows[of].sum())

    return read


def sum_of(*readers: Reader, minus: Sequence[Reader] = ()) -> Reader:
    """Numbers added and taken off."""
    return lambda replication: sum(one(replication) for one in readers) - sum(one(replication) for one in minus)


def in_unit(reader: Reader, unit: float) -> Reader:
    """The number in a unit that is ``unit`` times as large."""
    return lambda replication: reader(replication) / unit


def constant(number: float) -> Reader:
    """The same for every replication."""
    return lambda _: number


# --- figures ------------------------------------------------------------------------------------------------------


def ratio(numerator: Reader, denominator: Reader, *, is_share: bool = False) -> OfMeans:
    """Ratio of sums."""
    return OfMeans((numerator, denominator), _quotient, is_share)


def complement(numerator: Reader, denominator: Reader) -> OfMeans:
    """The share that is left of the whole."""
    return OfMeans((numerator, denominator), _complement, is_share=True)


def _quotient(means: Float64) -> float:
    return float(means[0] / means[1])


def _complement(means: Float64) -> float:
    return float(1 - means[0] / means[1])


_CONTACT_RATIO = {one.name: one for one in (*SERVICE_LEVELS.values(), *RATIOS)}
_TEAM_RATIO = {one.name: one for one in TEAM_RATIOS}
_SERVICE_RATIO = {one.name: one for one in SERVICE_FIGURES if isinstance(one, Ratio)}


def named(name: str, queues: Sequence[int] = (0,), intervals: Intervals = ALL) -> OfMeans:
    """A ratio of contacts by the product's own name and definition."""
    one = _CONTACT_RATIO[name]
    numerator, denominator = (contacts(part, queues, intervals) for part in (one.numerator, one.denominator))
    return ratio(in_unit(numerator, one.unit), denominator, is_share=one.unit == 1)


def named_of_team(name: str, team: int = 0, intervals: Intervals = ALL) -> OfMeans:
    """A ratio of a team's times, likewise."""
    one = _TEAM_RATIO[name]
    numerator, denominator = (team_clock(part, intervals, team) for part in (one.numerator, one.denominator))
    return ratio(numerator, denominator, is_share=True)


def named_of_service(name: str, team: int, queue: int) -> OfMeans:
    """A ratio of what a team served of a queue, likewise."""
    one = _SERVICE_RATIO[name]
    numerator, denominator = (services(team, queue, part) for part in (one.numerator, one.denominator))
    return ratio(in_unit(numerator, one.unit), denominator)


def delayed(queues: Sequence[int] = (0,), intervals: Intervals = ALL) -> OfMeans:
    """Share of the offered who are not served at once."""
    one = _CONTACT_RATIO["served_at_once"]
    return complement(contacts(one.numerator, queues, intervals), contacts(one.denominator, queues, intervals))
