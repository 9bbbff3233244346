"""Whether many scores together are plausible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats

from .study import Proof

LARGEST_SCORE = 4.0
SURPRISE = 1e-4
"""Probability, on either side, of a mean square beyond its bounds though all agrees."""


class MeanSquare(NamedTuple):
    """Mean square of scores, 1 on average if all agrees, and its bounds."""

    value: float
    low: float
    high: float

    @property
    def is_plausible(self) -> bool:
        """Neither too large (disagreement) nor too small (standard errors that are too wide)."""
        return self.low <= self.value <= self.high


def mean_square(proofs: Sequence[Proof]) -> MeanSquare:
    """The mean over studies of the mean square of their scores.

    Rows of one study are as good as one another's shadows, studies are independent: were all scores of a study the
    same, the mean of its squares would be chi-square with 1 degree of freedom, and however they depend on each other it
    is no more spread out than that. So the mean over S studies is judged as chi-square with S degrees over S.
    """
    squares = [float(np.mean(np.square(scores_of(proof)))) for proof in proofs]
    low, high = (float(stats.chi2.ppf(share, len(squares))) / len(squares) for share in (SURPRISE, 1 - SURPRISE))
    return MeanSquare(float(np.mean(squares)), low, high)


def scores_of(proof: Proof) -> list[float]:
    """Scores of the rows that chance decides.

    One that no simulation can miss (nobody hangs up who never does) says nothing.
    """
    return [finding.score for finding in proof.findings if finding.estimate.standard_error > 0]
