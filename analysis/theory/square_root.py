"""Square-root staffing: n = load + beta * sqrt(load), and what beta buys when the centre is large."""

from __future__ import annotations

import math
from collections.abc import Callable

from scipy import special

from .checks import require_positive, require_share


def square_root_agents(load_erlangs: float, beta: float) -> int:
    """Return the least whole number of agents at or above ``load + beta * sqrt(load)``, at least 1."""
    require_positive(load_erlangs=load_erlangs)
    return max(1, math.ceil(load_erlangs + beta * math.sqrt(load_erlangs)))


def halfin_whitt_p_wait(beta: float) -> float:
    """Return the limit of the share that waits, patient callers, ``beta`` > 0.

    [1 + beta * Phi(beta) / phi(beta)]**-1: Halfin and Whitt, "Heavy-traffic limits for queues with many exponential
    servers", Operations Research 29 (1981), proposition 1.
    """
    require_positive(beta=beta)
    return 1.0 / (1.0 + beta * _mills_ratio(-beta))


def garnett_p_wait(beta: float, handle_time_s: float, patience_mean_s: float) -> float:
    """Return the limit of the share that waits when callers have exponential patience, any ``beta``.

    [1 + sqrt(theta/mu) * h(beta * sqrt(mu/theta)) / h(-beta)]**-1 with h the hazard rate of the standard normal:
    Garnett, Mandelbaum and Reiman, "Designing a call center with impatient customers", M&SOM 4 (2002), theorem 2.
    """
    require_positive(handle_time_s=handle_time_s, patience_mean_s=patience_mean_s)
    root = math.sqrt(patience_mean_s / handle_time_s)
    return 1.0 / (1.0 + _mills_ratio(-beta) / (root * _mills_ratio(beta * root)))


def halfin_whitt_beta(p_wait: float) -> float:
    """Return the ``beta`` at which a share ``p_wait`` (between 0 and 1) waits."""
    require_share(p_wait=p_wait)
    return _falling_root(halfin_whitt_p_wait, p_wait, low=0.0, high=40.0)


def garnett_beta(p_wait: float, handle_time_s: float, patience_mean_s: float) -> float:
    """Return the ``beta``, negative where the centre may be overloaded, at which a share ``p_wait`` waits."""
    require_share(p_wait=p_wait)
    bound = 1.0

    def limit(beta: float) -> float:
        return garnett_p_wait(beta, handle_time_s, patience_mean_s)

    while not limit(bound) < p_wait < limit(-bound):
        bound *= 2.0
    return _falling_root(limit, p_wait, low=-bound, high=bound)


def _falling_root(function: Callable[[float], float], value: float, low: float, high: float) -> float:
    """Return where a falling function takes ``value``, to the last digit; the ends aren't evaluated."""
    while low < (middle := 0.5 * (low + high)) < high:
        low, high = (middle, high) if function(middle) > value else (low, middle)
    return low


def _mills_ratio(x: float) -> float:
    """Return (1 - Phi(x)) / phi(x), the inverse hazard rate of the standard normal, exact in both tails."""
    return math.sqrt(math.pi / 2.0) * float(special.erfcx(x / math.sqrt(2.0)))
