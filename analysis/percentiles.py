"""Percentiles of durations counted in the bins of ``sim.common.histogram``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.centre.contract import Float64, Int64
from sim.common.histogram import bin_edges

PERCENTS = (50, 80, 90, 95, 99)


def percentiles_ms(histogram: Int64, percents: Sequence[int] = PERCENTS) -> Float64:
    """Percentiles of histograms (..., BINS), shape (..., len(percents)), ms; NaN where nothing was counted.

    The p-th percentile is the smallest duration that at least p % of the durations do not exceed (the inverse of the
    empirical distribution, type 1 of Hyndman and Fan, The American Statistician 50 (1996) 361-365), told by the middle
    of its bin: exact below 256 ms, else within 0.4 %.
    """
    edges = bin_edges()
    middle_ms = (edges[:-1] + edges[1:] - 1) / 2
    cumulative = np.cumsum(histogram, axis=-1)
    count = cumulative[..., -1]
    found = np.full((*count.shape, len(percents)), np.nan)
    for place in np.argwhere(count > 0):
        row = tuple(place)
        ranks = [-(-percent * int(count[row]) // 100) for percent in percents]
        found[row] = middle_ms[np.searchsorted(cumulative[row], ranks)]
    return found
