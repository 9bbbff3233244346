"""Erlang B and Erlang C: patient callers, exponential handle times."""

from __future__ import annotations

import math

import numpy as np

from .checks import require_agents, require_not_negative, require_positive, require_share
from .performance import CallShares, Performance


def erlang_b(load_erlangs: float, agents: int) -> float:
    """Return the share of contacts that find all ``agents`` (>= 0) busy when none may wait.

    The inverse of the Erlang loss formula is a sum of positive terms, 1/B = sum over k of n(n-1)...(n-k+1) / a**k
    (Jagerman, "Some properties of the Erlang loss function", 1974), so that no digits cancel; it overflows only where
    B is below 1e-308, which then is 0.
    """
    require_positive(load_erlangs=load_erlangs)
    with np.errstate(over="ignore"):
        inverse = 1.0 + float(np.cumprod(np.arange(agents, 0, -1) / load_erlangs).sum())
    return 1.0 / inverse


def erlang_c_p_wait(load_erlangs: float, agents: int) -> float:
    """Return the share of contacts that wait (Erlang 1917): 1 where the agents can't keep up."""
    require_agents(agents)
    if load_erlangs >= agents:
        return 1.0
    blocking = erlang_b(load_erlangs, agents)
    return agents * blocking / (agents - load_erlangs + load_erlangs * blocking)


def erlang_c(arrivals_per_hour: float, handle_time_s: float, agents: int, threshold_s: float) -> Performance:
    """Return the long-run figures of the M/M/n queue; the wait of those who wait is exponential.

    Where the agents can't keep up the queue grows for ever: waits are infinite, the service level is 0 and the answer
    rate is the share that the agents have the hands for.
    """
    require_positive(arrivals_per_hour=arrivals_per_hour, handle_time_s=handle_time_s)
    require_not_negative(threshold_s=threshold_s)
    load = arrivals_per_hour * handle_time_s / 3600.0
    p_wait = erlang_c_p_wait(load, agents)
    stable = load < agents
    mean_wait_s = p_wait * handle_time_s / (agents - load) if stable else math.inf
    shares = CallShares(
        waiting=p_wait,
        blocked=0.0,
        served=1.0 if stable else agents / load,
        served_within=1.0 - erlang_c_wait_tail(arrivals_per_hour, handle_time_s, agents, threshold_s),
        abandoned=0.0,
        abandoned_within=0.0,
        abandoned_after=0.0,
        wait_s=mean_wait_s,
        wait_of_served_s=mean_wait_s,
    )
    return shares.performance(arrivals_per_hour, handle_time_s, agents)


def erlang_c_wait_tail(arrivals_per_hour: float, handle_time_s: float, agents: int, wait_s: float) -> float:
    """Return the share of contacts that wait longer than ``wait_s`` in the M/M/n queue."""
    load = arrivals_per_hour * handle_time_s / 3600.0
    slack_per_s = max(agents - load, 0.0) / handle_time_s
    return erlang_c_p_wait(load, agents) * math.exp(-slack_per_s * wait_s)


def erlang_c_wait_quantile_s(arrivals_per_hour: float, handle_time_s: float, agents: int, probability: float) -> float:
    """Return the wait in seconds that a share ``probability`` of the contacts does not exceed."""
    require_share(probability=probability)
    load = arrivals_per_hour * handle_time_s / 3600.0
    p_wait = erlang_c_p_wait(load, agents)
    if p_wait <= 1.0 - probability:
        return 0.0
    if load >= agents:
        return math.inf
    return math.log(p_wait / (1.0 - probability)) * handle_time_s / (agents - load)


def erlang_c_with_recontacts(
    first_contacts_per_hour: float, handle_time_s: float, agents: int, recontact_probability: float, threshold_s: float
) -> Performance:
    """Return Erlang C where every served contact comes back with the given probability, after a delay of any kind.

    The centre and the delay form an open Jackson network: the queue is the M/M/n queue at the arrival rate that
    includes the re-contacts, whatever the delay (Jackson 1957; Baskett et al. 1975).
    """
    if not 0 <= recontact_probability < 1:
        raise ValueError(f"recontact_probability must be at least 0 and below 1 (got {recontact_probability!r})")
    return erlang_c(first_contacts_per_hour / (1.0 - recontact_probability), handle_time_s, agents, threshold_s)
