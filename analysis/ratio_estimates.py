"""Ratios of sums with their intervals: one figure has one interval, wherever it is told."""

from __future__ import annotations

from sim.centre.contract import Int64

from .figures import Ratio
from .moments import Moments
from .uncertainty import Estimates, at_least_binomial, ratio_of_sums


def ratio_of_table(ratio: Ratio, table: Int64) -> Estimates:
    """The figure in its unit, from a table of every replication: (R, ..., columns) -> (...)."""
    numerator, denominator = ratio.numerator.of(table), ratio.denominator.of(table)
    return known(ratio, ratio_of_sums(numerator, denominator).per(ratio.unit), table.sum(axis=0))


def ratio_of_moments(ratio: Ratio, moments: Moments) -> Estimates:
    """The figure in its unit, (...), where of a table (..., columns) the moments over the replications are kept."""
    return known(ratio, moments.ratio(ratio), moments.totals)


def known(ratio: Ratio, spread: Estimates, totals: Int64) -> Estimates:
    """How well a figure is known, by the spread of the replications and their ``totals`` (..., columns).

    Of a share of contacts never better than as many independent ones would tell it.
    """
    return at_least_binomial(spread, ratio.denominator.of(totals)) if ratio.of_contacts else spread
