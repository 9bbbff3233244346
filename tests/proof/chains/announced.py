"""The wait that a caller is told on arrival: (q + 1) * pace, with q callers waiting already."""

from __future__ import annotations

import math


def told_from(threshold: float, pace: float) -> int:
    """Return the least number of callers waiting, k, at which the announced wait exceeds the threshold.

    ``pace`` is the announced time for each place in the queue: mean handle time / servers. (k + 1) * pace > threshold
    >= k * pace.
    """
    return math.floor(threshold / pace)
