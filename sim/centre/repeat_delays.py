"""Contacts that follow others after a delay, in cells of time."""

from __future__ import annotations

import numpy as np

from ..common.distributions import Distribution
from .contract import Float64

_NEGLIGIBLE = 1e-9
"""Share of the followers that may come later still."""


def delayed_shares(delay: Distribution, cell_ms: float, cells: int) -> Float64:
    """Of what follows contacts that come evenly within a cell, the share in it and in the next ones, (cells,).

    P(j <= U + D < j + 1), in cells, with U even in [0, 1): the second difference of the integral of P(D <= t), which
    is t - E[min(D, t)].
    """
    edges = np.arange(cells + 1, dtype=np.float64) * cell_ms
    integral = edges - delay.limited_mean(edges)
    shares: Float64 = np.diff(integral, 2, prepend=0.0) / cell_ms
    return shares


def delayed(contacts: Float64, delay: Distribution, cell_ms: float) -> Float64:
    """The followers of contacts, one each, in the same consecutive cells, (cells,); later ones are left out."""
    cells = 1
    while cells < contacts.size and float(delay.survival(np.asarray((cells - 1) * cell_ms))) > _NEGLIGIBLE:
        cells *= 2
    shares = delayed_shares(delay, cell_ms, min(cells, contacts.size))
    size = 1 << int(contacts.size + shares.size).bit_length()
    product = np.fft.rfft(contacts, size) * np.fft.rfft(shares, size)
    following: Float64 = np.maximum(np.fft.irfft(product, size)[: contacts.size], 0.0)
    return following
