"""Finitely many lines: M/M/n/N with or without exponential patience."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from .checks import require_agents, require_not_negative, require_positive
from .performance import CallShares, Performance
from .quadrature import Float64


def finite_trunks(
    arrivals_per_hour: float,
    handle_time_s: float,
    agents: int,
    trunks: int,
    threshold_s: float,
    patience_mean_s: float = math.inf,
) -> Performance:
    """Return the long-run figures where ``trunks`` (>= agents) callers at most talk or wait; others are refused.

    The number present is a birth-death chain. A caller with k others ahead is served once k + 1 of the exponential
    times with rates n*mu, n*mu + theta, ..., n*mu + k*theta have passed (an agent becomes free, or somebody ahead
    gives up), a sum that is Gamma without patience and -log(Beta)/theta with it (Riordan, "Stochastic service systems",
    1962, section 6.2, in today's terms).
    """
    require_positive(arrivals_per_hour=arrivals_per_hour, handle_time_s=handle_time_s)
    require_not_negative(threshold_s=threshold_s)
    require_agents(agents)
    if trunks < agents:
        raise ValueError(f"trunks must be at least agents (got {trunks!r} for {agents!r})")
    if not patience_mean_s > 0:
        raise ValueError(f"patience_mean_s must be above 0 (got {patience_mean_s!r})")
    capacity_per_s = agents / handle_time_s
    giving_up_per_s = 1.0 / patience_mean_s
    probability = _number_present(arrivals_per_hour / 3600.0, handle_time_s, agents, trunks, giving_up_per_s)

    finds_queue = probability[agents:trunks]  # an admitted caller who waits; entry k: k others ahead
    ahead = np.arange(trunks - agents, dtype=np.float64)
    leaving_per_s = capacity_per_s + giving_up_per_s * (ahead + 1)  # from the places up to the caller's own
    served = capacity_per_s / leaving_per_s
    # Of those who are served the wait is a sum of exponential times with the caller's own giving up among the rates.
    wait_of_served_s = np.cumsum(1.0 / leaving_per_s)
    served_within, abandoned_within = _within(ahead, capacity_per_s, giving_up_per_s, threshold_s)
    at_once = float(probability[:agents].sum())
    abandoned = giving_up_per_s * (ahead + 1) / leaving_per_s
    shares = CallShares(
        waiting=float(finds_queue.sum()),
        blocked=float(probability[trunks]),
        served=at_once + float(finds_queue @ served),
        served_within=at_once + float(finds_queue @ served_within),
        abandoned=float(finds_queue @ abandoned),
        abandoned_within=float(finds_queue @ abandoned_within),
        abandoned_after=float(finds_queue @ np.maximum(abandoned - abandoned_within, 0.0)),
        wait_s=float(finds_queue @ ((ahead + 1) / leaving_per_s)),
        wait_of_served_s=float(finds_queue @ (served * wait_of_served_s)),
    )
    return shares.performance(arrivals_per_hour, handle_time_s, agents)


def _number_present(
    arrivals_per_s: float, handle_time_s: float, agents: int, trunks: int, giving_up_per_s: float
) -> Float64:
    """Return the stationary distribution of the number present, (trunks + 1,); logarithms keep it from overflowing."""
    present = np.arange(1.0, trunks + 1)
    busy = np.minimum(present, agents)
    leaving_per_s = busy / handle_time_s + (present - busy) * giving_up_per_s
    weight = np.concatenate([[0.0], np.cumsum(np.log(arrivals_per_s / leaving_per_s))])
    probability = np.exp(weight - weight.max())
    return np.asarray(probability / probability.sum(), dtype=np.float64)


def _within(
    ahead: Float64, capacity_per_s: float, giving_up_per_s: float, threshold_s: float
) -> tuple[Float64, Float64]:
    """Return, by number ahead, the probabilities to be served and to give up within the threshold."""
    if giving_up_per_s == 0:
        served: Float64 = np.asarray(special.gammainc(ahead + 1, capacity_per_s * threshold_s), dtype=np.float64)
        return served, np.zeros_like(served)
    ratio = capacity_per_s / giving_up_per_s
    elapsed = -math.expm1(-giving_up_per_s * threshold_s)
    turn_came = special.betainc(ahead + 1, ratio, elapsed)
    served = ratio / (ratio + ahead + 1) * special.betainc(ahead + 1, ratio + 1, elapsed)
    return served, elapsed + (1.0 - elapsed) * turn_came - served
