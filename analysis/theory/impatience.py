"""Callers who give up: M/M/n+G for any patience, and Erlang A, its exponential case.

The virtual wait V (of a caller with endless patience) has an atom at 0 and above it the density
``constant * exp(lambda * H(x) - n * mu * x)``, H being the integrated survival function of the patience (Baccelli and
Hebuterne 1981). Every figure is an integral against it: Zeltyn and Mandelbaum, "Call centers with impatient customers:
many-server asymptotics of the M/M/n+G queue", Queueing Systems 51 (2005), section 4, with its building blocks J, J_1,
J_H and their tails. The integrals are taken so that all terms are positive: no two large ones cancel.
"""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
from scipy import special

from .checks import require_agents, require_not_negative, require_positive
from .durations import Duration, Exponential
from .erlang import erlang_b, erlang_c
from .performance import CallShares, Performance
from .quadrature import Float64, composite_rule, graded_edges, refined_edges

# The density is integrated down to exp(-NEGLIGIBLE) of its peak, 1e-20.
_NEGLIGIBLE = 46.0
_DISTANCES_MS = 2.0 ** np.arange(-50.0, 100.0)


def erlang_a(
    arrivals_per_hour: float, handle_time_s: float, agents: int, patience_mean_s: float, threshold_s: float
) -> Performance:
    """Return the long-run figures of the M/M/n+M queue (Palm 1946), exponential patience; if infinite, of Erlang C.

    ``erlang_a(2880, 60, 50, 120, 20).p_abandon`` is 0.0309. (A formula found in public code gives 0.126 or 0.206.)
    """
    if math.isinf(patience_mean_s):
        return erlang_c(arrivals_per_hour, handle_time_s, agents, threshold_s)
    require_positive(patience_mean_s=patience_mean_s)
    return impatient_queue(arrivals_per_hour, handle_time_s, agents, Exponential(1000 * patience_mean_s), threshold_s)


def impatient_queue(
    arrivals_per_hour: float, handle_time_s: float, agents: int, patience: Duration, threshold_s: float
) -> Performance:
    """Return the long-run figures of the M/M/n+G queue: Poisson arrivals, exponential handle times, any patience.

    ``patience`` is any distribution of ``sim.common.distributions``, or one of ``durations``, in milliseconds. Balking
    (a patience of 0) counts as abandoning after a wait of 0. Where some callers never give up and the agents can't keep
    up even with those, the queue grows for ever: waits are infinite and everyone else abandons.
    """
    shares = _call_shares(arrivals_per_hour, handle_time_s, agents, patience, threshold_s)
    return shares.performance(arrivals_per_hour, handle_time_s, agents)


def erlang_a_uncertain_rate(
    arrivals_per_hour: float,
    rate_cv: float,
    handle_time_s: float,
    agents: int,
    patience_mean_s: float,
    threshold_s: float,
) -> Performance:
    """Return Erlang A where each day's arrival rate is drawn from a Gamma distribution, averaged over calls.

    ``arrivals_per_hour`` is the mean of the rate, ``rate_cv`` (> 0) its coefficient of variation. Busy days have more
    calls: the average over calls weights rates by themselves, which raises the Gamma's shape by one. Ratios are ratios
    of expectations (total within / total offered), as over many days.
    """
    require_positive(arrivals_per_hour=arrivals_per_hour, rate_cv=rate_cv, patience_mean_s=patience_mean_s)
    shape = rate_cv**-2
    scale = arrivals_per_hour / shape
    low, high = float(special.gammaincinv(shape + 1, 1e-15)), float(special.gammainccinv(shape + 1, 1e-15))
    nodes, weights = composite_rule(np.linspace(low, high, 9))
    log_density = special.xlogy(shape, nodes) - nodes
    weights = weights * np.exp(log_density - log_density.max())
    weights /= weights.sum()
    patience = Exponential(1000 * patience_mean_s)
    rows = [_call_shares(scale * x, handle_time_s, agents, patience, threshold_s) for x in nodes.tolist()]
    means = {f.name: float(weights @ [getattr(row, f.name) for row in rows]) for f in fields(CallShares)}
    return CallShares(**means).performance(arrivals_per_hour, handle_time_s, agents)


def _call_shares(
    arrivals_per_hour: float, handle_time_s: float, agents: int, patience: Duration, threshold_s: float
) -> CallShares:
    require_positive(arrivals_per_hour=arrivals_per_hour, handle_time_s=handle_time_s)
    require_agents(agents)
    require_not_negative(threshold_s=threshold_s)
    threshold_ms = 1000 * threshold_s
    arrivals_per_ms = arrivals_per_hour / 3_600_000
    capacity_per_ms = agents / (1000 * handle_time_s)
    staying_at_threshold, staying_for_ever = patience.survival(np.array([threshold_ms, _DISTANCES_MS[-1]])).tolist()
    if arrivals_per_ms * staying_for_ever >= capacity_per_ms:
        return CallShares(
            waiting=1.0,
            blocked=0.0,
            served=capacity_per_ms / arrivals_per_ms,
            served_within=0.0,
            abandoned=1.0 - staying_for_ever,
            abandoned_within=1.0 - staying_at_threshold,
            abandoned_after=staying_at_threshold - staying_for_ever,
            wait_s=math.inf,
            wait_of_served_s=math.inf,
        )

    at_once, wait_ms, mass = _virtual_wait(arrivals_per_ms, capacity_per_ms, agents, patience, threshold_ms)
    staying = patience.survival(wait_ms)
    within = wait_ms <= threshold_ms
    beyond = ~within
    return CallShares(
        waiting=float(mass.sum()),
        blocked=0.0,
        served=at_once + float(mass @ staying),
        served_within=at_once + float(mass[within] @ staying[within]),
        abandoned=float(mass @ (1.0 - staying)),
        abandoned_within=float(mass[within] @ (1.0 - staying[within]))
        + (1.0 - staying_at_threshold) * float(mass[beyond].sum()),
        abandoned_after=float(mass[beyond] @ (staying_at_threshold - staying[beyond])),
        wait_s=float(mass @ patience.limited_mean(wait_ms)) / 1000,
        wait_of_served_s=float(mass @ (wait_ms * staying)) / 1000,
    )


def _virtual_wait(
    arrivals_per_ms: float, capacity_per_ms: float, agents: int, patience: Duration, threshold_ms: float
) -> tuple[float, Float64, Float64]:
    """Return P(V = 0), then the virtual wait above 0 as points and their probabilities.

    The exponent is concave (its slope lambda * survival - n * mu never rises) and is measured from its peak, so that
    nothing overflows. The points are those of a quadrature no panel of which straddles the threshold.
    """
    peak_ms = _peak(arrivals_per_ms, capacity_per_ms, patience)
    patience_to_peak = patience.limited_mean(np.array([peak_ms]))

    def exponent(wait_ms: Float64) -> Float64:
        gained = patience.limited_mean(wait_ms) - patience_to_peak
        return arrivals_per_ms * gained - capacity_per_ms * (wait_ms - peak_ms)

    end_ms = float(peak_ms + _DISTANCES_MS[exponent(peak_ms + _DISTANCES_MS) < -_NEGLIGIBLE][0])
    below = _DISTANCES_MS[: np.searchsorted(_DISTANCES_MS, peak_ms)]
    below = below[exponent(peak_ms - below) < -_NEGLIGIBLE]
    start_ms = float(peak_ms - below[0]) if below.size else 0.0

    def integrands(wait_ms: Float64) -> Float64:
        density = np.exp(exponent(wait_ms))
        return np.stack([density, density * patience.survival(wait_ms)])

    threshold = np.clip([threshold_ms], start_ms, end_ms)
    edges = [graded_edges(peak_ms, end_ms), graded_edges(start_ms, peak_ms), graded_edges(peak_ms, start_ms), threshold]
    # What rounding leaves of the exponent, the difference of two large numbers, is no reason to refine.
    tolerance = 1e-12 + 4 * np.finfo(float).eps * capacity_per_ms * end_ms
    nodes, weights = composite_rule(refined_edges(np.unique(np.concatenate(edges)), integrands, tolerance))

    mass = arrivals_per_ms * weights * np.exp(exponent(nodes))
    # E of the paper, the weight of "no wait", is 1/B(n-1); it is huge only where the peak lies at 0.
    blocking = erlang_b(arrivals_per_ms / capacity_per_ms * agents, agents - 1)
    if blocking == 0:
        return 1.0, nodes, np.zeros_like(mass)
    at_once = math.exp(float(exponent(np.zeros(1))[0])) / blocking
    total = at_once + float(mass.sum())
    return at_once / total, nodes, mass / total


def _peak(arrivals_per_ms: float, capacity_per_ms: float, patience: Duration) -> float:
    """Return the wait at which the exponent peaks: where those still waiting arrive as fast as agents become free."""

    def too_many(wait_ms: Float64) -> int:
        return int(np.count_nonzero(arrivals_per_ms * patience.survival(wait_ms) > capacity_per_ms))

    waits_ms = np.concatenate([[0.0], _DISTANCES_MS])
    rows = too_many(waits_ms)
    if rows == 0:
        return 0.0
    low, high = waits_ms[rows - 1], waits_ms[rows]
    for _ in range(10):  # each round narrows the bracket to a 32nd
        waits_ms = np.linspace(low, high, 33)
        rows = max(1, min(too_many(waits_ms), 32))
        low, high = waits_ms[rows - 1], waits_ms[rows]
    return float(low)
