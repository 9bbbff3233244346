"""How long chains of repeats take to build up: contacts that come back bring others back, and so on.

With a share q of all contacts bringing another one after a mean delay d, what is offered t after the first contact is
short of what it comes to in the end by a share

    q exp(−(1 − q) t / d),

exactly so for exponential delays. For several queues q is the largest eigenvalue of the repeats that a contact of each
brings to each, and d the longest mean delay of a re-contact: what comes back within the hour is no matter of days.
"""

from __future__ import annotations

import math

from .centre import CentreScenario
from .distribution import mean_ms
from .queue import Recontact
from .ways import ways_of

LONGEST_CHAINS_DAYS = 182
"""Simulated before the horizon for such chains at most, where the file doesn't say how many."""
_ROUNDS = 64


def repeat_share(scenario: CentreScenario) -> float:
    """q: how many repeats a contact brings in the long run, by the file's own rates."""
    ways = ways_of(scenario, lambda queue: queue.recontact_probability)
    return max((_largest_eigenvalue(ways.repeats(matter)) for matter in ways.of), default=0.0)


def mean_delay_ms(scenario: CentreScenario) -> float:
    """d: the longest mean delay of a re-contact; 0 without any."""
    found = [queue.recontact for queue in scenario.queues.values() if queue.recontact is not None]
    return max((_mean_delay_ms(recontact) for recontact in found if recontact.probability), default=0.0)


def settling_ms(share: float, delay_ms: float, missing: float) -> float:
    """Time until only a share ``missing`` of what is offered in the end is missing; without bound if it never is."""
    if share <= missing:
        return 0.0
    return delay_ms * math.log(share / missing) / (1 - share) if share < 1 else math.inf


def missing_share(share: float, delay_ms: float, before_ms: float, within_ms: float) -> float:
    """Share that is missing on average over ``within_ms`` that begin ``before_ms`` after the first contact."""
    rate = (1 - share) / delay_ms if delay_ms else math.inf
    if math.isinf(rate):
        return 0.0
    mean = -math.expm1(-rate * within_ms) / (rate * within_ms) if rate * within_ms > 1e-9 else 1.0
    return share * math.exp(-rate * before_ms) * mean


def _mean_delay_ms(recontact: Recontact) -> float:
    """Of those within the window, an upper bound where the delay falls off."""
    mean = mean_ms(recontact.delay)
    return mean if recontact.within is None else min(mean, recontact.within / 2)


def _largest_eigenvalue(brings: dict[str, dict[str, float]]) -> float:
    """Of a matrix that isn't negative, from how fast its powers grow."""
    flows, growth = dict.fromkeys(brings, 1.0), 0.0
    for number in range(_ROUNDS):
        after = dict.fromkeys(brings, 0.0)
        for name, by_target in brings.items():
            for target, repeats in by_target.items():
                after[target] += flows[name] * repeats
        total = sum(after.values())
        if not total:
            return 0.0
        if number >= _ROUNDS // 2:
            growth += math.log(total / sum(flows.values()))
        flows = {name: flow / total for name, flow in after.items()}
    return math.exp(growth / (_ROUNDS - _ROUNDS // 2))
