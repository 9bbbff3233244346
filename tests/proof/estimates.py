"""Estimates from independent replications, sharpened by what is known exactly about the replications' input.

The counts of arrivals and the sums of handle times differ from their exact means by chance, and much of an estimate's
error is explained by these differences. Regressing on them takes that part off (control variates: Lavenberg and Welch,
"A perspective on the use of control variables", Management Science 27 (1981) 322-335): the same standard error with a
half to a tenth of the contacts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A figure as simulated."""

    value: float
    standard_error: float
    degrees: int
    """Degrees of freedom of the standard error."""

    def score(self, truth: float, standard_error: float = 0.0) -> float:
        """Distance from the truth in standard errors, as a standard normal variable.

        ``standard_error``: that of the truth, if it is itself an estimate.
        """
        if self.value == truth:
            return 0.0
        distance = (self.value - truth) / np.hypot(self.standard_error, standard_error)
        return float(np.copysign(stats.norm.isf(stats.t.sf(abs(distance), self.degrees)), distance))


def controlled(value: float, influence: Float64, controls: Float64) -> Estimate:
    """Estimate whose error is to first order the mean of ``influence``, (R,).

    ``controls`` (R, C) have mean 0 exactly. The intercept of the regression on them is what they don't explain.
    """
    spread = controls.std(axis=0)
    known = controls[:, spread > 0] / spread[spread > 0]
    design = np.column_stack([np.ones(len(influence)), known])
    coefficients, _, rank, _ = np.linalg.lstsq(design, influence, rcond=1e-9)
    residual = influence - design @ coefficients
    degrees = len(influence) - int(rank)
    intercept_variance = np.linalg.pinv(design.T @ design)[0, 0] * (residual @ residual) / degrees
    return Estimate(value + float(coefficients[0]), float(np.sqrt(intercept_variance)), degrees)


def plain(value: float, influence: Float64) -> Estimate:
    """The estimate as it is, with its delta-method standard error."""
    return controlled(value, influence, np.empty((len(influence), 0)))
