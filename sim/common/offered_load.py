"""Offered load: how many servers would be busy on average if nobody ever had to wait (M_t/G/infinity).

With arrival rate lambda(t) and service survival S, m(t) is the integral of lambda(t - s) S(s) over s >= 0: S. Eick,
W. Massey, W. Whitt, "The physics of the M_t/G/infinity queue", Operations Research 41 (1993), eq. 1. It follows the
arrivals with a lag, which is why staff is set by it rather than by the arrival rate times the mean service time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .distributions import Distribution

Float64 = NDArray[np.float64]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)
_SERVED_BY_THEN = 1 - 1e-7
"""Share of the work after which a contact's service is taken as over."""


def mean_busy(contacts: Float64, cell_ms: float, service: Distribution, work_ms: float) -> Float64:
    """Mean number busy in each cell, (C,), in erlangs; exact if contacts arrive evenly within each cell.

    ``contacts`` (C,) are expected in consecutive cells of ``cell_ms``, none before the first. ``work_ms`` is a
    contact's whole mean work: after-call work and re-explaining are taken to stretch ``service``, its shape kept.
    """
    response = busy_response(service, work_ms, cell_ms, contacts.size)
    size = 1 << int(contacts.size + response.size - 1).bit_length()
    product = np.fft.rfft(contacts, size) * np.fft.rfft(response, size)
    busy: Float64 = np.maximum(np.fft.irfft(product, size)[: contacts.size], 0.0)
    return busy


def busy_response(service: Distribution, work_ms: float, cell_ms: float, cells: int) -> Float64:
    """Mean number busy j cells after the cell in which one contact arrives, at an even time: j = 0, 1, ..., ``cells``.

    The j-th is the integral of S(t - u) over u in cell 0 and t in cell j, over the cells' squared length. That is the
    difference of the integrals of H over cell j and the one before, H(t) = E[min(service, t)] being the integral of S;
    they are taken by Gauss-Legendre quadrature. The row ends early where next to no service lasts as long.
    """
    stretch = work_ms / service.mean_ms
    length = 1
    while length < cells and _limited(service, stretch, np.asarray(length * cell_ms)) < _SERVED_BY_THEN * work_ms:
        length *= 2
    starts = np.arange(min(length, cells) + 1)[:, np.newaxis] * cell_ms
    integral = _limited(service, stretch, starts + (_NODES + 1) / 2 * cell_ms) @ (_WEIGHTS / 2) * cell_ms
    response: Float64 = np.diff(integral, prepend=0.0) / cell_ms**2
    return response


def _limited(service: Distribution, stretch: float, t_ms: Float64) -> Float64:
    """E[min(stretched service, t)]."""
    return stretch * service.limited_mean(t_ms / stretch)
