"""Estimates from independent replications, each with its interval at 95 % confidence.

Replications are independent, what happens inside one is not: every interval here is taken over replications. Axis 0
of every sample is the replication.

References:
    W. G. Cochran, Sampling Techniques, 3rd ed. (1977): ch. 6 (ratio estimates), section 3.12 (proportions in clusters).
    S. Asmussen, P. W. Glynn, Stochastic Simulation (2007), section III.4 (delta method for a function of means).
    E. B. Wilson, Probable inference, J. Am. Stat. Assoc. 22 (1927) 209-212; L. D. Brown, T. T. Cai, A. DasGupta,
    Interval estimation for a binomial proportion, Statistical Science 16 (2001) 101-133.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

from sim.centre.contract import Float64, Int64

CONFIDENCE = 0.95
FEW = 20
"""Fewer periods (or contacts in a period) than this say little: they are flagged."""


class Estimates(NamedTuple):
    """Estimates of one figure; NaN where undefined (0/0)."""

    value: Float64
    half_width: Float64
    """Of the interval at CONFIDENCE; NaN where a single replication gives none."""

    def per(self, unit: int) -> Estimates:
        """The same in a unit that is ``unit`` times as large."""
        return Estimates(self.value / unit, self.half_width / unit)


@dataclass(frozen=True)
class Share:
    """A share of trials with its interval [low, high]; NaN without trials, bounds NaN where nothing can be said."""

    value: float
    low: float
    high: float
    met: int
    judged: int

    @property
    def few(self) -> bool:
        """Too few trials to lean on."""
        return self.judged < FEW


def quotient(numerator: ArrayLike, denominator: ArrayLike) -> Float64:
    """Numerator / denominator, NaN wherever the denominator is 0."""
    numerator, denominator = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    ratio = np.full(np.broadcast_shapes(numerator.shape, denominator.shape), np.nan)
    np.divide(numerator, denominator, out=ratio, where=denominator != 0)
    return ratio


def ratio_of_sums(numerator: NDArray[Any], denominator: NDArray[Any]) -> Estimates:
    """Sum of numerators over sum of denominators, (R, ...) -> (...), with the delta-method half width.

    With r the ratio and e_k = n_k - r d_k the residual of replication k, the variance of r is
    sum(e_k^2) / (R (R - 1)) / mean(d)^2 (Cochran, ch. 6); the half width is Student's t with R - 1 degrees of freedom
    times its root.
    """
    replications = len(numerator)
    total_denominator = denominator.sum(axis=0)
    ratio = quotient(numerator.sum(axis=0), total_denominator)
    residual = numerator - ratio * denominator
    return Estimates(ratio, _ratio_half_width((residual * residual).sum(axis=0), total_denominator, replications))


def ratio_from_moments(
    replications: int,
    totals: tuple[NDArray[Any], NDArray[Any]],
    products: tuple[Float64, Float64, Float64],
) -> Estimates:
    """As ``ratio_of_sums``, from sums over the replications: totals of n and d, of n * n, n * d and d * d."""
    ratio = quotient(*totals)
    nn, nd, dd = products
    squares = np.maximum(nn - 2 * ratio * nd + ratio * ratio * dd, 0.0)
    return Estimates(ratio, _ratio_half_width(squares, totals[1], replications))


def at_least_binomial(shares: Estimates, trials: ArrayLike) -> Estimates:
    """Shares of ``trials``, elementwise, with half widths no narrower than if all trials were independent.

    Contacts go together, if anything. Where replications happen to agree, as on a handful of contacts, their own spread
    would say more than one can know: above all where they agree altogether and it is 0. The least is the distance to
    the farther bound of Wilson's interval.
    """
    value = np.clip(shares.value, 0.0, 1.0)
    centre, reach = _wilson(value, np.maximum(trials, 1))
    return Estimates(shares.value, np.maximum(shares.half_width, np.abs(value - centre) + reach))


def mean_of(values: NDArray[Any]) -> Estimates:
    """Mean over replications, (R, ...) -> (...), with Student's half width."""
    return ratio_of_sums(values, np.ones_like(values))


def share(met: Int64, judged: Int64, *, independent: bool) -> Share:
    """Share of the judged periods that were met, from the counts (R,) of every replication.

    ``independent``: the periods of a replication are independent of each other too (nothing crosses midnight, no
    common busyness), so that all of them are one binomial sample (Wilson). Otherwise a replication is a cluster, and
    the share a ratio of sums (Cochran, section 3.12), its interval cut to [0, 1]. Where the clusters show no variation
    at all, as every one met the same share, the variance is not estimated at 0: the interval is then Wilson's with one
    trial a replication, the least that the data can be worth.
    """
    successes, trials = int(met.sum()), int(judged.sum())
    if independent:
        return Share(float(quotient(successes, trials)), *_wilson_bounds(successes, trials), successes, trials)
    estimate = ratio_of_sums(met, judged)
    if len(met) > 1 and trials > 0 and np.all(met * trials == judged * successes):
        clusters = int(np.count_nonzero(judged))
        low, high = _wilson_bounds(clusters * successes / trials, clusters)
    else:
        low, high = np.clip([estimate.value - estimate.half_width, estimate.value + estimate.half_width], 0.0, 1.0)
    return Share(float(estimate.value), float(low), float(high), successes, trials)


def _ratio_half_width(residual_squares: Float64, denominator: NDArray[Any], replications: int) -> Float64:
    if replications < 2:
        return np.full(residual_squares.shape, np.nan)
    t = stdtrit(replications - 1, (1 + CONFIDENCE) / 2)
    return t * quotient(np.sqrt(residual_squares * (replications / (replications - 1))), denominator)


def _wilson_bounds(successes: float, trials: int) -> tuple[float, float]:
    """Wilson's interval of a binomial share; NaN without trials."""
    if trials == 0:
        return np.nan, np.nan
    centre, reach = _wilson(np.asarray(successes / trials), trials)
    low, high = np.clip([centre - reach, centre + reach], 0.0, 1.0)
    return float(low), float(high)


def _wilson(share: Float64, trials: ArrayLike) -> tuple[Float64, Float64]:
    """Middle and half width of Wilson's score interval of binomial shares of ``trials``, elementwise."""
    z, trials = float(ndtri((1 + CONFIDENCE) / 2)), np.asarray(trials, dtype=np.float64)
    shrinking = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / shrinking
    reach = z / shrinking * np.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return centre, reach
