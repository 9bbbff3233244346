"""Log-linear histogram of durations: exact below 128 ms, then 128 bins per doubling (relative width under 0.8 %).

Same idea as HdrHistogram (G. Tene): the bin is read off the leading bits, so that counting costs a few
instructions and percentiles are within half a bin of the exact order statistic.
"""

from __future__ import annotations

import numpy as np

from .compiling import compiled

_SUB_BITS = 7
_SUB = 1 << _SUB_BITS
MAX_MS = 1 << 40
BINS = _SUB + (40 - _SUB_BITS) * _SUB

_DOUBLE_FRACTION_BITS, _DOUBLE_BIAS = 52, 1023


@compiled
def _leading_bit(number):
    """Place of the leading bit of a positive number below 2**52: the exponent of the double of that value."""
    return (np.float64(number).view(np.int64) >> _DOUBLE_FRACTION_BITS) - _DOUBLE_BIAS


@compiled
def bin_of(duration_ms):
    """Bin of a duration in ms; durations from MAX_MS on go to the last bin."""
    if duration_ms < _SUB:
        return duration_ms
    if duration_ms >= MAX_MS:
        return BINS - 1
    shift = _leading_bit(duration_ms) - _SUB_BITS
    return _SUB + shift * _SUB + (duration_ms >> shift) - _SUB


def bin_edges() -> np.ndarray:
    """Lower edges of all bins and the end of the last, shape (BINS + 1,), ms."""
    exact = np.arange(_SUB, dtype=np.int64)
    doublings = [np.arange(_SUB, 2 * _SUB, dtype=np.int64) << shift for shift in range(40 - _SUB_BITS)]
    return np.concatenate([exact, *doublings, np.array([MAX_MS], dtype=np.int64)])
