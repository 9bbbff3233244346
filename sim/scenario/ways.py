"""Where a contact goes from queue to queue until it is kept or lost, and the repeats that it brings, in mean numbers.

The equations are those of ``repeats``; the way depends on the contact's matter, which its repeats are about too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .centre import CentreScenario
from .matters import lacking, reaching
from .queue import Queue
from .serving import contact_shares

ByMatter = Mapping[str, Mapping[str, float]]
"""Contacts by matter (outer) and queue."""


def answered_share(queue: Queue) -> float:
    """Share of what comes to the queue that was served when its volumes were counted; all where nobody can give up."""
    balks = queue.announcement is not None and queue.announcement.balking
    may_lose = not queue.is_email and (queue.patience is not None or queue.trunks is not None or balks)
    return queue.counted_at_answer_rate if may_lose else 1.0


def redial_share(queue: Queue) -> float:
    """Redials per contact that comes to the queue, offered or handed on."""
    if queue.redial is None:
        return 0.0
    again = (1 - answered_share(queue)) * queue.redial.probability
    attempts = queue.redial.attempts
    return again if attempts is None else 1 - 1 / sum(again**k for k in range(attempts + 1))


def zeros() -> defaultdict[Any, float]:
    """Numbers to add to."""
    return defaultdict(float)


@dataclass(frozen=True)
class Way:
    """Where a contact offered to a queue goes until it is kept or lost: mean numbers."""

    comes: dict[str, float] = field(default_factory=zeros)
    """To each queue."""
    kept: dict[str, float] = field(default_factory=zeros)
    """Answered in each queue and not handed on."""
    handed: dict[tuple[str, str], float] = field(default_factory=zeros)
    """From one queue to another."""


@dataclass(frozen=True)
class Ways:
    """The ways of contacts offered to each queue, and what they bring."""

    of: Mapping[str, Mapping[str, Way]]
    """By matter, and of the queues that it can reach."""
    redials: Mapping[str, float]
    """Per contact that comes to the queue."""
    recontacts: Mapping[str, Mapping[str, float]]
    """Per contact that the queue (outer) keeps, to another (inner)."""

    def repeats(self, matter: str) -> dict[str, dict[str, float]]:
        """Repeats per contact about the matter that is offered to a queue (outer), by the queue they come to."""
        brings: dict[str, dict[str, float]] = {}
        for name, way in self.of[matter].items():
            to = brings[name] = zeros()
            for queue, comes in way.comes.items():
                to[queue] += comes * self.redials[queue]
            for queue, kept in way.kept.items():
                for target, share in self.recontacts[queue].items():
                    to[target] += kept * share
        return brings

    def brought(self, offered: ByMatter) -> dict[str, dict[str, float]]:
        """Repeats by matter, and by the queue that they come to, where so many are offered."""
        brought: dict[str, dict[str, float]] = {}
        for matter, by_queue in offered.items():
            to = brought[matter] = zeros()
            for name, by_target in self.repeats(matter).items():
                for target, number in by_target.items():
                    to[target] += by_queue[name] * number
        return brought

    def total(self, offered: ByMatter) -> Way:
        """The ways of all contacts together where so many are offered."""
        whole = Way()
        for matter, by_queue in offered.items():
            for name, number in by_queue.items():
                way = self.of[matter][name]
                for queue, comes in way.comes.items():
                    whole.comes[queue] += number * comes
                for queue, kept in way.kept.items():
                    whole.kept[queue] += number * kept
                for between, handed in way.handed.items():
                    whole.handed[between] += number * handed
        return whole


def ways_of(scenario: CentreScenario, probability: Callable[[Queue], float]) -> Ways:
    """Ways and repeats with this probability of a re-contact."""
    shares, unskilled = contact_shares(scenario), lacking(scenario)
    recontacts = {}
    for name, queue in scenario.queues.items():
        mean = sum(
            share * min(probability(queue) * scenario.terms(team, name).recontact, 1.0)
            for team, share in shares[name].items()
        )
        to = queue.recontact.to if queue.recontact is not None and queue.recontact.to is not None else {name: 1.0}
        recontacts[name] = {target: mean * share for target, share in to.items()}
    handed = {
        name: {
            matter: sum(shares[name].get(team, 0.0) * scenario.teams[team].lacking(matter) for team in teams)
            for matter, teams in by_matter.items()
        }
        for name, by_matter in unskilled.items()
    }
    answered = {name: answered_share(queue) for name, queue in scenario.queues.items()}
    of: dict[str, dict[str, Way]] = {matter: {} for matter in scenario.matters}
    for name, matters in reaching(scenario, unskilled).items():
        for matter in matters:
            of[matter][name] = _way(scenario, answered, handed, name, matter)
    return Ways(of, {name: redial_share(queue) for name, queue in scenario.queues.items()}, recontacts)


def _way(
    scenario: CentreScenario,
    answered_shares: Mapping[str, float],
    handed_shares: ByMatter,
    start: str,
    matter: str,
) -> Way:
    """The way of a contact about the matter that is offered to the queue ``start``.

    The shares are answered by queue, and of these handed on by queue and matter.
    """
    way, name, weight = Way(), start, 1.0
    while weight:
        way.comes[name] += weight
        answered, handed = weight * answered_shares[name], handed_shares[name][matter]
        way.kept[name] += answered * (1 - handed)
        weight = answered * handed
        if weight:
            transfer = scenario.queues[name].transfer
            assert transfer is not None  # a rule
            way.handed[name, transfer.to[matter]] += weight
            name = transfer.to[matter]
    return way
