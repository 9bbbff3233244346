"""M/M/n with priorities: a contact in hand is finished, then the most urgent class is taken first."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .checks import require_not_negative, require_positive
from .erlang import erlang_c_p_wait


def priority_mean_waits_s(arrivals_per_hour: Sequence[float], handle_time_s: float, agents: int) -> tuple[float, ...]:
    """Return the mean wait in seconds of each class, the most urgent first, all with one exponential handle time.

    Cobham 1954; Kella and Yechiali, "Waiting times in the non-preemptive priority M/M/c queue", 1985: class k waits
    W0 / ((1 - s[k-1]) (1 - s[k])), W0 = p_wait * handle_time / agents, s the occupancy by classes up to k. Infinite for
    the classes that the agents can't keep up with; the more urgent ones then find all agents busy always.
    """
    require_positive(handle_time_s=handle_time_s)
    require_not_negative(**{f"arrivals_per_hour[{k}]": rate for k, rate in enumerate(arrivals_per_hour)})
    erlangs = [rate * handle_time_s / 3600.0 for rate in arrivals_per_hour]
    next_free_s = erlang_c_p_wait(math.fsum(erlangs), agents) * handle_time_s / agents
    waits = []
    for k in range(len(erlangs)):
        slack_above = 1.0 - math.fsum(erlangs[:k]) / agents
        slack = 1.0 - math.fsum(erlangs[: k + 1]) / agents
        waits.append(next_free_s / (slack_above * slack) if slack > 0 else math.inf)
    return tuple(waits)


def priority_first_class_service_level(
    arrivals_per_hour: Sequence[float], handle_time_s: float, agents: int, threshold_s: float
) -> float:
    """Return the share of the most urgent class served within the threshold.

    Once it waits, the class sees agents becoming free as a queue of its own does: the wait is exponential with rate
    agents / handle_time - arrivals of the class.
    """
    require_positive(handle_time_s=handle_time_s)
    require_not_negative(threshold_s=threshold_s)
    erlangs = [rate * handle_time_s / 3600.0 for rate in arrivals_per_hour]
    slack_per_s = max(agents - erlangs[0], 0.0) / handle_time_s
    return 1.0 - erlang_c_p_wait(math.fsum(erlangs), agents) * math.exp(-slack_per_s * threshold_s)
