"""What a contact takes on average, as a file states it: re-explaining is in the measured mean, or on top of it."""

from __future__ import annotations

from .base import FrozenDict
from .centre import CentreScenario
from .distribution import Distribution, Empirical, Hyperexponential
from .repeats import recontact_shares, weekly_flows


def mean_ms(distribution: Distribution) -> float:
    """Mean of a stated distribution."""
    if isinstance(distribution, Empirical):
        return sum(distribution.durations_ms) / max(len(distribution.durations_ms), 1)
    if isinstance(distribution, Hyperexponential):
        return distribution.p * distribution.mean_1 + (1 - distribution.p) * distribution.mean_2
    return distribution.mean


def re_explaining_ms(scenario: CentreScenario) -> FrozenDict[str, float]:
    """Mean time per contact of each queue that goes into re-explaining, as the rates predict, in ms."""
    flows = weekly_flows(scenario)
    spent = dict.fromkeys(flows, 0.0)
    for name, queue in scenario.queues.items():
        for target, share in recontact_shares(name, queue).items():
            assert queue.recontact is not None
            spent[target] += flows[name].offered * share * queue.recontact.re_explain
    return FrozenDict({name: spent[name] / flow.offered if flow.offered > 0 else 0.0 for name, flow in flows.items()})


def first_handle_shares(scenario: CentreScenario) -> FrozenDict[str, float]:
    """What a contact's handling without re-explaining takes, of the stated handle time, by queue.

    1 where the file states that of first contacts. A measured mean holds the predicted re-explaining; 0 or less where
    that alone takes as long.
    """
    spent = re_explaining_ms(scenario)
    shares = dict.fromkeys(scenario.queues, 1.0)
    for name, queue in scenario.queues.items():
        mean = mean_ms(queue.handle_time)
        if queue.handle_time_is == "measured" and mean > 0:
            shares[name] = 1.0 - spent[name] / mean
    return FrozenDict(shares)


def mean_works_ms(scenario: CentreScenario) -> FrozenDict[str, float]:
    """Mean work of a contact by queue: handling, re-explaining and after-call work."""
    shares, spent = first_handle_shares(scenario), re_explaining_ms(scenario)
    return FrozenDict(
        {
            name: shares[name] * mean_ms(queue.handle_time)
            + spent[name]
            + (mean_ms(queue.after_call_work) if queue.after_call_work is not None else 0.0)
            for name, queue in scenario.queues.items()
        }
    )
