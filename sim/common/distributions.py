"""Distributions of durations, and the tables from which the engines sample them.

Every family gives its quantiles from both sides (the upper tail from the survival, so that it keeps its precision)
and its limited mean E[min(X, t)], which is the integral of the survival up to t: all that truncation, offered load and
tables need. All durations are float milliseconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import special

Float64 = NDArray[np.float64]

CELLS = 1024
KNOTS = CELLS + 1
ZOOM_BITS = 5
LEVELS = 4
BLOCKS = 1 + 2 * LEVELS
TABLE_SIZE = BLOCKS * KNOTS
"""Knots of a table: nine blocks of 1025.

Block 0 covers all of [0, 1]. Block L = 1 to 4 covers its lowest 2**-5L, block 4 + L its highest, so that the tails are
followed down to 2**-30. The sampler reads the lowest and the highest 32 cells of a block from the next finer ones.
"""

_TOP_SURVIVAL = 2.0**-33
"""Where support is unbounded the last knot stands for this survival instead of 0."""


class Distribution(Protocol):
    """A distribution of non-negative durations in ms. Array arguments of any shape; results have the same shape."""

    @property
    def mean_ms(self) -> float:
        """The mean."""

    @property
    def upper_end_ms(self) -> float:
        """Upper end of the support, possibly inf."""

    def quantile(self, u: Float64) -> Float64:
        """The u-quantile, u in [0, 1); at 0 the lower end of the support."""

    def upper_quantile(self, survival: Float64) -> Float64:
        """The duration exceeded with probability ``survival``, in (0, 1]."""

    def survival(self, t_ms: Float64) -> Float64:
        """P(X > t)."""

    def limited_mean(self, t_ms: Float64) -> Float64:
        """E[min(X, t)], the integral of the survival from 0 to t >= 0."""


@dataclass(frozen=True)
class Deterministic:
    """Always ``mean_ms``."""

    mean_ms: float

    @property
    def upper_end_ms(self) -> float:
        """The value."""
        return self.mean_ms

    def quantile(self, u: Float64) -> Float64:
        """The value, whatever u."""
        return np.full_like(u, self.mean_ms)

    def upper_quantile(self, survival: Float64) -> Float64:
        """The value, whatever the survival."""
        return np.full_like(survival, self.mean_ms)

    def survival(self, t_ms: Float64) -> Float64:
        """1 before the value, 0 from it on."""
        return np.where(t_ms < self.mean_ms, 1.0, 0.0)

    def limited_mean(self, t_ms: Float64) -> Float64:
        """min(value, t)."""
        return np.minimum(t_ms, self.mean_ms)


@dataclass(frozen=True)
class Lognormal:
    """Lognormal by its own mean and coefficient of variation (not those of the logarithm)."""

    mean_ms: float
    cv: float
    upper_end_ms = math.inf

    @property
    def _sigma(self) -> float:
        return math.sqrt(math.log1p(self.cv**2))

    @property
    def _mu(self) -> float:
        return math.log(self.mean_ms) - self._sigma**2 / 2

    def quantile(self, u: Float64) -> Float64:
        """exp(mu + sigma Phi^-1(u))."""
        return np.exp(self._mu + self._sigma * special.ndtri(u))

    def upper_quantile(self, survival: Float64) -> Float64:
        """exp(mu - sigma Phi^-1(survival))."""
        return np.exp(self._mu - self._sigma * special.ndtri(survival))

    def _score(self, t_ms: Float64) -> Float64:
        return (np.log(np.maximum(t_ms, np.finfo(np.float64).tiny)) - self._mu) / self._sigma

    def survival(self, t_ms: Float64) -> Float64:
        """Phi(-z), z the score of log t."""
        return special.ndtr(-self._score(t_ms))

    def limited_mean(self, t_ms: Float64) -> Float64:
        """Mean Phi(z - sigma) + t Phi(-z): S. A. Klugman et al., "Loss Models", appendix A."""
        score = self._score(t_ms)
        return self.mean_ms * special.ndtr(score - self._sigma) + t_ms * special.ndtr(-score)


@dataclass(frozen=True)
class Gamma:
    """Gamma by mean and shape; shape 1 is the exponential, a whole shape an Erlang with as many phases."""

    mean_ms: float
    shape: float
    upper_end_ms = math.inf

    @property
    def _scale_ms(self) -> float:
        return self.mean_ms / self.shape

    def quantile(self, u: Float64) -> Float64:
        """Inverse of the regularised lower incomplete gamma function."""
        return np.asarray(self._scale_ms * special.gammaincinv(self.shape, u), np.float64)

    def upper_quantile(self, survival: Float64) -> Float64:
        """Inverse of the regularised upper incomplete gamma function."""
        return np.asarray(self._scale_ms * special.gammainccinv(self.shape, survival), np.float64)

    def survival(self, t_ms: Float64) -> Float64:
        """Regularised upper incomplete gamma function."""
        return np.asarray(special.gammaincc(self.shape, t_ms / self._scale_ms), np.float64)

    def limited_mean(self, t_ms: Float64) -> Float64:
        """Mean P(shape + 1, t / scale) + t Q(shape, t / scale)."""
        below = np.asarray(special.gammainc(self.shape + 1, t_ms / self._scale_ms), np.float64)
        return self.mean_ms * below + t_ms * self.survival(t_ms)


@dataclass(frozen=True)
class Weibull:
    """Weibull by mean and shape; survival exp(-(t / scale)**shape)."""

    mean_ms: float
    shape: float
    upper_end_ms = math.inf

    @property
    def _scale_ms(self) -> float:
        return self.mean_ms / math.gamma(1 + 1 / self.shape)

    def quantile(self, u: Float64) -> Float64:
        """Scale (-log(1 - u))**(1 / shape)."""
        return self._scale_ms * (-np.log1p(-u)) ** (1 / self.shape)

    def upper_quantile(self, survival: Float64) -> Float64:
        """Scale (-log(survival))**(1 / shape)."""
        return self._scale_ms * (-np.log(survival)) ** (1 / self.shape)

    def survival(self, t_ms: Float64) -> Float64:
        """exp(-(t / scale)**shape)."""
        return np.exp(-self._hazard(t_ms))

    def limited_mean(self, t_ms: Float64) -> Float64:
        """Mean P(1 / shape, (t / scale)**shape): substitute the exponent in the integral of the survival."""
        below = special.gammainc(1 / self.shape, self._hazard(t_ms))
        return self.mean_ms * np.asarray(below, np.float64)

    def _hazard(self, t_ms: Float64) -> Float64:
        """Cumulative hazard, (t / scale)**shape; inf where it is beyond all floats."""
        with np.errstate(over="ignore"):
            return np.asarray((t_ms / self._scale_ms) ** self.shape, np.float64)


@dataclass(frozen=True)
class Hyperexponential:
    """With probability p exponential of mean_1, else exponential of mean_2."""

    p: float
    mean_1_ms: float
    mean_2_ms: float
    upper_end_ms = math.inf

    @property
    def mean_ms(self) -> float:
        """p mean_1 + (1 - p) mean_2."""
        return self.p * self.mean_1_ms + (1 - self.p) * self.mean_2_ms

    def quantile(self, u: Float64) -> Float64:
        """Root of the survival's logarithm."""
        return self._at_log_survival(np.log1p(-u))

    def upper_quantile(self, survival: Float64) -> Float64:
        """Root of the survival's logarithm."""
        return self._at_log_survival(np.log(survival))

    def _at_log_survival(self, target: Float64) -> Float64:
        """Newton's method on log S(t) = target.

        log S is convex and decreasing, and by Jensen at least -t E[rate]: from the root of that line the iterates rise
        to the solution without ever passing it.
        """
        rate_1, rate_2 = 1 / self.mean_1_ms, 1 / self.mean_2_ms
        t_ms = -target / (self.p * rate_1 + (1 - self.p) * rate_2)
        for _ in range(100):
            first, second = self.p * np.exp(-rate_1 * t_ms), (1 - self.p) * np.exp(-rate_2 * t_ms)
            lost = self.p * np.expm1(-rate_1 * t_ms) + (1 - self.p) * np.expm1(-rate_2 * t_ms)
            log_survival = np.where(lost > -0.5, np.log1p(lost), np.log(first + second))
            step = (log_survival - target) * (first + second) / (rate_1 * first + rate_2 * second)
            t_ms = np.maximum(t_ms + step, 0.0)
            if np.all(np.abs(step) <= 1e-13 * t_ms):
                break
        return t_ms

    def survival(self, t_ms: Float64) -> Float64:
        """Mixture of the two survivals."""
        return self.p * np.exp(-t_ms / self.mean_1_ms) + (1 - self.p) * np.exp(-t_ms / self.mean_2_ms)

    def limited_mean(self, t_ms: Float64) -> Float64:
        """Mixture of the two limited means."""
        return -self.p * self.mean_1_ms * np.expm1(-t_ms / self.mean_1_ms) - (1 - self.p) * self.mean_2_ms * np.expm1(
            -t_ms / self.mean_2_ms
        )


@dataclass(frozen=True)
class Empirical:
    """Observed durations: the i-th smallest of n stands at u = (i - 1/2) / n, linear between, flat beyond.

    R. Hyndman, Y. Fan, "Sample quantiles in statistical packages" (1996), definition 5. Unlike the other definitions
    its mean is the mean of the observations.
    """

    values_ms: tuple[float, ...]

    @cached_property
    def _knots(self) -> tuple[Float64, Float64, Float64]:
        """Positions u, quantiles, and integral of the quantile up to u."""
        values = np.sort(np.asarray(self.values_ms, dtype=np.float64))
        values = np.concatenate([values[:1], values, values[-1:]])
        u = np.concatenate([[0.0], (np.arange(len(self.values_ms)) + 0.5) / len(self.values_ms), [1.0]])
        integral = np.concatenate([[0.0], np.cumsum(np.diff(u) * (values[1:] + values[:-1]) / 2)])
        return u, values, integral

    @property
    def mean_ms(self) -> float:
        """Mean of the observations."""
        return math.fsum(self.values_ms) / len(self.values_ms)

    @property
    def upper_end_ms(self) -> float:
        """Largest observation."""
        return max(self.values_ms)

    def quantile(self, u: Float64) -> Float64:
        """Linear between the observations."""
        positions, values, _ = self._knots
        return np.interp(u, positions, values)

    def upper_quantile(self, survival: Float64) -> Float64:
        """Linear between the observations."""
        return self.quantile(1 - survival)

    def survival(self, t_ms: Float64) -> Float64:
        """Share above t."""
        positions, values, _ = self._knots
        return np.interp(t_ms, values, 1 - positions, left=1.0, right=0.0)

    def limited_mean(self, t_ms: Float64) -> Float64:
        """Integral of the quantile up to the share at or below t, and t for the rest."""
        positions, values, integral = self._knots
        share = 1 - self.survival(t_ms)
        cell = np.clip(np.searchsorted(positions, share, side="right") - 1, 0, len(positions) - 2)
        beyond = share - positions[cell]
        below = integral[cell] + beyond * (values[cell] + self.quantile(share)) / 2
        return below + t_ms * (1 - share)


@dataclass(frozen=True)
class Truncated:
    """``whole`` given that it is at most ``upper_end_ms``. ValueError if that (almost) never happens."""

    whole: Distribution
    upper_end_ms: float

    def __post_init__(self) -> None:
        """Refuse a window that holds next to nothing of the distribution."""
        if self._kept < 1e-9:
            raise ValueError("the distribution lies beyond the window that it is cut to")

    @cached_property
    def _cut(self) -> float:
        return float(self.whole.survival(np.asarray(self.upper_end_ms)))

    @property
    def _kept(self) -> float:
        return 1 - self._cut

    @property
    def mean_ms(self) -> float:
        """Mean of what is kept."""
        return float(self.limited_mean(np.asarray(self.upper_end_ms)))

    def quantile(self, u: Float64) -> Float64:
        """Quantile of the whole at the share of what is kept."""
        return np.minimum(self.whole.quantile(u * self._kept), self.upper_end_ms)

    def upper_quantile(self, survival: Float64) -> Float64:
        """From the whole's survival, what is cut included."""
        return np.minimum(self.whole.upper_quantile(self._cut + survival * self._kept), self.upper_end_ms)

    def survival(self, t_ms: Float64) -> Float64:
        """Share of what is kept that lies above t."""
        return np.maximum(self.whole.survival(t_ms) - self._cut, 0.0) / self._kept

    def limited_mean(self, t_ms: Float64) -> Float64:
        """Integral of the survival."""
        t_ms = np.minimum(t_ms, self.upper_end_ms)
        return (self.whole.limited_mean(t_ms) - t_ms * self._cut) / self._kept


def quantile_table(distribution: Distribution) -> Float64:
    """Knots of the sampler's table, float64 (TABLE_SIZE,), ms; see ``TABLE_SIZE`` for the layout.

    All knots are scaled by one factor near 1, so that the mean of what the sampler draws (linear between the knots) is
    exactly that of the distribution.
    """
    steps = np.arange(KNOTS, dtype=np.float64)
    left = CELLS - steps[:-1]
    top = distribution.upper_end_ms
    if math.isinf(top):
        top = float(distribution.upper_quantile(np.asarray(_TOP_SURVIVAL)))
    widths = [2.0 ** -(ZOOM_BITS * level) / CELLS for level in range(LEVELS + 1)]
    body = np.append(distribution.quantile(steps[:-1] * widths[0]), top)
    low = [distribution.quantile(steps * width) for width in widths[1:]]
    high = [np.append(distribution.upper_quantile(left * width), top) for width in widths[1:]]
    table = np.concatenate([body, *low, *high])
    table_mean = float(mean_weights() @ table)
    if table.min() == table.max() or table_mean == 0:
        return table
    return table * (distribution.mean_ms / table_mean)


def mean_weights() -> Float64:
    """Weight of every knot in the mean of the table's interpolation, float64 (TABLE_SIZE,).

    Trapezia over the cells that the sampler reads.
    """
    weights = np.zeros((BLOCKS, KNOTS))
    zoomed = CELLS >> ZOOM_BITS

    def read(block: int, first: int, end: int, level: int) -> None:
        half = 2.0 ** -(ZOOM_BITS * level) / CELLS / 2
        weights[block, first:end] += half
        weights[block, first + 1 : end + 1] += half

    read(0, zoomed, CELLS - zoomed, 0)
    for level in range(1, LEVELS + 1):
        finer = zoomed if level < LEVELS else 0
        read(level, finer, CELLS, level)
        read(LEVELS + level, 0, CELLS - finer, level)
    return weights.ravel()
