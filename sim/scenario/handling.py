"""What a contact takes on average, as a file states it: re-explaining is in the measured mean, or on top of it.

A stated handle time is that of a contact that its agent solves, with an agent of the queue's own speed and without
pressure; what transfers take comes on top. Teams serve as ``serving`` says.
"""

from __future__ import annotations

from .base import FrozenDict
from .centre import CentreScenario
from .distribution import mean_ms
from .repeats import WeeklyFlow, stated_flows, weekly_flows
from .serving import contact_shares
from .transfer import Transfer
from .ways import answered_share


def first_handle_shares(scenario: CentreScenario) -> FrozenDict[str, float]:
    """What a contact's handling without re-explaining takes, of the stated handle time, by queue; pressure included.

    Without pressure 1 where the file states that of first contacts. A measured mean holds the predicted re-explaining;
    0 or less where that alone takes as long.
    """
    flows = stated_flows(scenario)
    shares = {name: queue.pressure_factor for name, queue in scenario.queues.items()}
    for name, queue in scenario.queues.items():
        mean, arriving = mean_ms(queue.handle_time), flows[name].arriving
        if queue.handle_time_is == "measured" and mean > 0 and arriving > 0:
            shares[name] *= 1 - _re_explaining_ms(scenario, flows[name]) / arriving / mean
    return FrozenDict(shares)


def mean_works_ms(scenario: CentreScenario) -> FrozenDict[str, float]:
    """Mean time that an agent gives to a contact that comes to the queue, offered or handed on, by queue.

    Handling, re-explaining, after-call work, and the time with the first agent of those who are handed on; not what a
    warm transfer's first agent waits, nor calls back that reach nobody. Of chats, an agent's time divided by how many
    it gets through at once with as many in hand as it may have.
    """
    flows, handle_shares = weekly_flows(scenario), first_handle_shares(scenario)
    contacts, at_once = contact_shares(scenario), throughputs(scenario)
    works = {}
    for name, queue in scenario.queues.items():
        shares, flow = contacts[name], flows[name]
        factor = sum(share * scenario.terms(team, name).handle_factor for team, share in shares.items())
        served = flow.arriving * answered_share(queue)
        handed_share = sum(other.transfers.get(name, 0.0) for other in flows.values()) / served if served > 0 else 0.0
        solved_ms = (1 - handed_share) * handle_shares[name] * mean_ms(queue.handle_time) * factor
        handed_ms = handed_share * _handing_on_ms(queue.transfer) if queue.transfer is not None else 0.0
        again_ms = (_re_explaining_ms(scenario, flow) + _taking_over_ms(scenario, flow)) / max(flow.arriving, 1e-9)
        after_ms = mean_ms(queue.after_call_work) if queue.after_call_work is not None else 0.0
        works[name] = (solved_ms + handed_ms + again_ms + after_ms) / at_once[name]
    return FrozenDict(works)


def throughputs(scenario: CentreScenario) -> FrozenDict[str, float]:
    """How many contacts an agent gets through in the time that one alone takes, by queue; 1 of calls and emails.

    Of chats with as many in hand as the agent may have, the mean over the teams.
    """
    return FrozenDict(
        {
            name: sum(share * scenario.teams[team].chat.throughput for team, share in shares.items())
            if scenario.queues[name].is_chat
            else 1.0
            for name, shares in contact_shares(scenario).items()
        }
    )


def _handing_on_ms(transfer: Transfer) -> float:
    """Time of the first agent."""
    return mean_ms(transfer.after) + (transfer.warm.joint if transfer.warm is not None else 0)


def _re_explaining_ms(scenario: CentreScenario, flow: WeeklyFlow) -> float:
    """Time of a week that goes into re-explaining by those who come back to a queue."""
    recontacts = {source: scenario.queues[source].recontact for source in flow.recontacts}
    return sum(flow.recontacts[source] * recontact.re_explain for source, recontact in recontacts.items() if recontact)


def _taking_over_ms(scenario: CentreScenario, flow: WeeklyFlow) -> float:
    """Time of a week that goes into taking over the contacts handed on to a queue."""
    spent = 0.0
    for source, number in flow.transfers.items():
        transfer = scenario.queues[source].transfer
        assert transfer is not None  # it hands contacts on
        spent += number * (transfer.re_explain + (transfer.warm.joint if transfer.warm is not None else 0))
    return spent
