"""Waves of sickness: weeks in which more people are ill than usual, and weeks after them that still have more.

The factor of a week on the usual share is gamma distributed with mean 1, and its correlation with that of k weeks
later is rho^k exactly: X' = B X + G with B ~ Beta(a rho, a (1 - rho)) and G ~ Gamma(a (1 - rho)), a being the shape
1 / cv^2 (P. A. W. Lewis, E. McKenzie, D. K. Hugus, "Gamma processes", Communications in Statistics. Stochastic Models
5, 1989: the beta-gamma autoregressive process).

Draws, all of stream ``SITE/sickness`` (``/sickness`` without sites): B of the week's Monday, G of its Tuesday, and
of the first week its Wednesday for where the process begins.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from ..common.calendar import WEEK_DAYS
from ..common.streams import day_uniforms

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class SicknessWaves:
    """How sickness varies from week to week, the same for all who share the stream."""

    stream: str
    cv: float
    """Standard deviation of a week's factor, above 0."""
    half_life_days: int
    """Time after which half of an excess is left on average; at 0 every week is by itself."""

    @property
    def correlation(self) -> float:
        """Of a week with the next."""
        return 0.5 ** (WEEK_DAYS / self.half_life_days) if self.half_life_days else 0.0

    def factors(self, seed: int, replication: int, first_monday: int, weeks: int) -> Float64:
        """A factor on the usual share for each week from ``first_monday`` (ordinal) on, (weeks,); mean 1.

        More weeks leave the earlier ones as they were.
        """
        drawn = day_uniforms(seed, replication, self.stream, first_monday, weeks * WEEK_DAYS).reshape(weeks, WEEK_DAYS)
        shape, rho = 1 / self.cv**2, self.correlation
        factors = np.empty(weeks)
        factors[0] = special.gammaincinv(shape, drawn[0, 2])
        kept = special.betaincinv(shape * rho, shape * (1 - rho), drawn[:, 0]) if rho else np.zeros(weeks)
        fresh = special.gammaincinv(shape * (1 - rho), drawn[:, 1])
        for week in range(1, weeks):
            factors[week] = kept[week] * factors[week - 1] + fresh[week]
        return factors / shape
