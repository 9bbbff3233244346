"""What an answer leaves unjudged: contacts that are lost in numbers, though no target asks for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sim.scenario.centre import CentreScenario
from sim.scenario.queue import Queue
from sim.scenario.words import listed

from ..kpis import CentreFigures
from ..sites import ALL
from ..targets import Target
from .words import percent

_MANY = 0.05
"""Share that is told if more are lost."""
_ENTERED = ("offered_first", "offered_returned", "offered_posted")
"""Customers, by the ways in which they come first."""


def unjudged_losses(scenario: CentreScenario, figures: CentreFigures, targets: Collection[Target]) -> list[str]:
    """A sentence, with the mend, for each considerable loss that none of the targets judges; figures of one staff.

    Nothing of a file without any target: it asks for nothing.
    """
    if not targets:
        return []
    handed = dict(_lost_when_handed_on(scenario, figures, targets))
    together = figures.totals[ALL]
    unserved, customers = 1 - together["customer_served"].value, sum(together[name].value for name in _ENTERED)
    many = f"{percent(unserved)} of all customers aren't served in the end"
    also = f", and {many}" if unserved > _MANY else ""
    told = [
        f"Beware: {percent(lost)} of those handed on to {name} are lost{also}; no target judges that: give {name} "
        '"targets: {transfers: 80 % in 1 min}".'
        for name, lost in handed.items()
    ]
    losing = _losing(scenario, figures, targets, [name for name in handed if _lives_on_transfers(figures, name)])
    if unserved > _MANY and sum(losing.values()) > _MANY * customers:
        most = sorted(losing, key=lambda name: -losing[name])
        mends = [f'{name} "targets: {{{_mend(scenario.queues[name])}}}"' for name in most]
        told.append(
            f"Beware: {many}, and no target judges how many are lost in {listed(most, 'and')}: give "
            f"{listed(mends, 'and')}."
        )
    return told


def _lost_when_handed_on(
    scenario: CentreScenario, figures: CentreFigures, targets: Collection[Target]
) -> Iterator[tuple[str, float]]:
    """Queues of calls and chats that lose many of those handed on to them, and the share; no target judges these.

    Emails are replied to in the end, and judged by that.
    """
    judged = {target.queue for target in targets if target.metric == "transfers"}
    for name, queue in scenario.queues.items():
        handed_in, served = (figures.queues[name][figure].value for figure in ("transferred_in", "transfer_served"))
        if not queue.is_email and name not in judged and handed_in - served > _MANY * handed_in:
            yield name, 1 - served / handed_in


def _losing(
    scenario: CentreScenario, figures: CentreFigures, targets: Collection[Target], told: Collection[str]
) -> dict[str, float]:
    """Contacts offered and never served, by queue: of queues that lose many, where no target counts them."""
    judged = {target.queue for target in targets if _counts_the_lost(target)}
    lost = {
        name: figures.queues[name]["offered"].value - figures.queues[name]["served"].value
        for name in scenario.queues
        if name not in judged and name not in told
    }
    return {name: count for name, count in lost.items() if count > _MANY * figures.queues[name]["offered"].value}


def _lives_on_transfers(figures: CentreFigures, queue: str) -> bool:
    """Whether all who come to the queue were handed on to it, or were in it before."""
    return not any(figures.queues[queue][name].value for name in _ENTERED)


def _counts_the_lost(target: Target) -> bool:
    """Whether contacts that are offered and never served count as missed."""
    if target.metric == "service_level":
        return target.formula != "sl_answered"
    return target.metric in ("answer_rate", "response")


def _mend(queue: Queue) -> str:
    return "response: 80 % in 4 h" if queue.is_email else "answer_rate: 95 %"
