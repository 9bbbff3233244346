"""The M_t/G/infinity offered load: agents that would be busy if nobody ever had to wait.

m(t) is the expected arrivals of a handle time before t: E of the integral of lambda from t - S to t (Eick, Massey and
Whitt, "The physics of the M_t/G/infinity queue", Operations Research 41 (1993), theorem 1). The
number of busy agents is Poisson distributed.
"""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .checks import require_positive
from .durations import Duration
from .quadrature import Float64, composite_rule, graded_edges, refined_edges


def offered_load(
    times_s: ArrayLike, edges_s: ArrayLike, arrivals_per_hour: ArrayLike, handle_time: Duration
) -> Float64:
    """Return the expected busy agents at each of ``times_s`` (same shape) when arrivals come at stepwise rates.

    ``handle_time`` is any distribution of ``sim.common.distributions``, or one of ``durations``, in milliseconds.
    ``arrivals_per_hour[i]`` holds from ``edges_s[i]`` to ``edges_s[i + 1]`` (ascending, one more than rates); before
    the first and after the last edge nobody arrives. With H the integrated survival function of the handle time, a
    step of the rate by d at time e adds d * H(t - e). Takes times x edges memory: a month of half hours at most.
    """
    times, edges, rates = (np.asarray(values, dtype=np.float64) for values in (times_s, edges_s, arrivals_per_hour))
    if edges.size != rates.size + 1 or np.any(np.diff(edges) <= 0):
        raise ValueError("edges_s must ascend and have one entry more than arrivals_per_hour")
    steps_per_ms = np.diff(rates, prepend=0.0, append=0.0) / 3_600_000
    elapsed = np.maximum(times[..., None] - edges, 0.0)
    return handle_time.limited_mean(1000 * elapsed) @ steps_per_ms


@dataclass(frozen=True)
class SinusoidalLoad:
    """The offered load of arrivals at rate ``mean + amplitude * sin(2 pi t / period)``: a sinusoid that trails them."""

    mean: float
    amplitude: float
    period_s: float
    lag_s: float
    """How far the load's peak trails the arrivals' peak."""

    def at(self, times_s: ArrayLike) -> Float64:
        """Return the expected busy agents at each of ``times_s``, same shape."""
        angle = 2 * np.pi / self.period_s * (np.asarray(times_s, dtype=np.float64) - self.lag_s)
        return self.mean + self.amplitude * np.sin(angle)


def sinusoidal_load(
    mean_per_hour: float, amplitude_per_hour: float, period_s: float, handle_time: Duration
) -> SinusoidalLoad:
    """Return the offered load under sinusoidal arrivals (Eick, Massey and Whitt, "M_t/G/infinity queues with sinusoidal
    arrival rates", Management Science 39 (1993)): amplitude and lag are the modulus and the angle of the integral of
    survival(u) * exp(i 2 pi u / period) over u. The handle time must have a finite mean.
    """
    require_positive(period_s=period_s)
    period_ms = 1000 * period_s
    ages_ms = 2.0 ** np.arange(-20.0, 70.0)
    mean_busy_ms = handle_time.limited_mean(ages_ms)
    oldest_ms = ages_ms[np.argmax(mean_busy_ms >= mean_busy_ms[-1] * (1 - 1e-15))]

    def integrands(age_ms: Float64) -> Float64:
        angle = 2 * np.pi / period_ms * age_ms
        waves: Float64 = np.stack([np.cos(angle), np.sin(angle)])
        return waves * handle_time.survival(age_ms)

    eighths_ms = np.linspace(0.0, oldest_ms, 2 + math.ceil(8 * oldest_ms / period_ms))
    edges = refined_edges(np.union1d(graded_edges(0.0, oldest_ms), eighths_ms), integrands, tolerance=1e-13)
    nodes, weights = composite_rule(edges)
    response = complex(*(integrands(nodes) @ weights))
    return SinusoidalLoad(
        mean=mean_per_hour / 3_600_000 * float(mean_busy_ms[-1]),
        amplitude=amplitude_per_hour / 3_600_000 * abs(response),
        period_s=period_s,
        lag_s=cmath.phase(response) / (2 * math.pi) * period_s,
    )
