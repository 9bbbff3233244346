"""Sums and sums of products over replications: what ratio intervals need when the replications are not kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.centre.contract import Float64, Int64

from .figures import ColumnSum, Ratio
from .uncertainty import Estimates, ratio_from_moments

Pair = tuple[ColumnSum, ColumnSum]


def pairs(ratio: Ratio) -> tuple[Pair, Pair, Pair]:
    """The products that the ratio's interval needs: numerator and denominator squared, and one by the other."""
    n, d = ratio.numerator, ratio.denominator
    return (n, n), (n, d), (d, d)


@dataclass(frozen=True)
class Moments:
    """Moments of sums of columns over the replications of a table (..., columns)."""

    replications: int
    totals: Int64
    """The table, summed."""
    products: Mapping[Pair, Float64]
    """(...) each."""

    def row(self, index: int) -> Moments:
        """Those of one row of the table."""
        products = {pair: product[index] for pair, product in self.products.items()}
        return Moments(self.replications, self.totals[index], products)

    def ratio(self, ratio: Ratio) -> Estimates:
        """The ratio of sums, in the figure's unit."""
        totals = ratio.numerator.of(self.totals), ratio.denominator.of(self.totals)
        nn, nd, dd = (self.products[pair] for pair in pairs(ratio))
        return ratio_from_moments(self.replications, totals, (nn, nd, dd)).per(ratio.unit)

    def mean(self, columns: ColumnSum) -> Estimates:
        """The mean over replications of a sum of columns."""
        ones = np.asarray(self.replications)
        total = columns.of(self.totals)
        return ratio_from_moments(
            self.replications, (total, ones), (self.products[columns, columns], total.astype(np.float64), ones)
        )


class MomentSums:
    """Adds up the moments of one table after another.

    Totals are exact. Products are of integers held as floats: exact, in any order of adding, for counts; rounded to
    1 in 10^16 for products of milliseconds.
    """

    def __init__(self, ratios: Iterable[Ratio], means: Iterable[ColumnSum], shape: tuple[int, int, int]) -> None:
        """Moments for these ratios and means of tables of the given shape."""
        needed: dict[Pair, None] = {(mean, mean): None for mean in means}
        for ratio in ratios:
            needed |= dict.fromkeys(pairs(ratio))
        self._totals = np.zeros(shape, dtype=np.int64)
        self._products = {pair: np.zeros(shape[:2]) for pair in needed}

    def add(self, table: Int64) -> None:
        """Take in one replication."""
        self._totals += table
        columns = {column for pair in self._products for column in pair}
        values = {column: column.of(table).astype(np.float64) for column in columns}
        for (a, b), total in self._products.items():
            total += values[a] * values[b]

    def moments(self, replications: int) -> Moments:
        """What has been added so far, as a copy."""
        return Moments(
            replications, self._totals.copy(), {pair: total.copy() for pair, total in self._products.items()}
        )
