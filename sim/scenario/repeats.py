"""What comes to each queue in an ordinary week, as the file's own rates predict: nothing is simulated.

With A_p the contacts offered to queue p in a week (transfers don't count: an attempt is offered once), F_p the first
contacts among them and N_qp the repeats that a contact offered to q brings to p in the end,

    A_p = F_p + Σ_q N_qp A_q.

A contact offered to queue q with matter m is followed on its way: with probability w_v it comes to queue v (w_q = 1).
There it is answered with v's answer rate a_v; the share h_vm of the answered, whose team lacks the skill, is handed on
to the next queue, w_next = w_v a_v h_vm. Those who aren't handed on come back with probability r_v, to queue p with
share s_vp; redials are the share ρ_v of all that comes to v. So, μ_qm being q's shares of matters,

    N_qp = Σ_m μ_qm Σ_v w_v [ρ_v (v = p) + a_v (1 − h_vm) r_v s_vp].

A redial follows an unanswered attempt with probability d, so an attempt is followed by another with x = (1 − a) d; with
at most n redials in a row ρ = 1 − 1 / (1 + x + … + xⁿ), and x without bound.

Approximations: teams serve as ``serving`` says, and r_v is the mean over them; repeats are about the same matters as
the first contacts of the queue that they come to; late emails that turn into calls are left out, for how many there
are depends on the staff.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from .arrivals import Arrivals
from .base import FrozenDict
from .centre import CentreScenario
from .linear import settled
from .matters import lacking
from .parse import HOUR_MS
from .queue import Queue
from .serving import contact_shares
from .week import WeekHours, week_ms


class WeeklyFlow(NamedTuple):
    """What comes to a queue in an ordinary week."""

    first: float
    """First contacts, before any of them are deflected."""
    deflected: float
    """Of these, taken off the queue, for good or for a time."""
    returned: float
    """Deflected in vain: they come to the queue after all."""
    redials: float
    recontacts: FrozenDict[str, float]
    """Re-contacts by the queue that served them before."""
    posts: FrozenDict[str, float]
    """Posts to be answered here, by the queue from which the contacts were deflected."""
    transfers: FrozenDict[str, float]
    """Contacts handed on to this queue, by the queue that hands them on."""

    @property
    def repeats(self) -> float:
        """Redials and re-contacts."""
        return self.redials + sum(self.recontacts.values())

    @property
    def offered(self) -> float:
        """All attempts: first contacts that come, repeats and posts."""
        return self.first - self.deflected + self.returned + self.repeats + sum(self.posts.values())

    @property
    def handed_in(self) -> float:
        """Transfers to the queue."""
        return sum(self.transfers.values())

    @property
    def arriving(self) -> float:
        """Attempts and transfers: all that take an agent's time if they are served."""
        return self.offered + self.handed_in


def weekly_volume(arrivals: Arrivals, hours: WeekHours) -> float:
    """The volume that the file states, as contacts a week; ``hours`` are the queue's."""
    if arrivals.per_week is not None:
        return arrivals.per_week
    if arrivals.per_day is not None:
        return arrivals.per_day * sum(1 for day in hours if day)
    if arrivals.per_hour is not None:
        return arrivals.per_hour * week_ms(hours) / HOUR_MS
    rows = arrivals.file.rows if arrivals.file is not None else ()
    if not rows:
        return 0.0
    days = (rows[-1][0].date() - rows[0][0].date()).days + 1
    return sum(volume for _, volume in rows) * 7 / max(days, 7)


def stated_flows(scenario: CentreScenario) -> FrozenDict[str, WeeklyFlow]:
    """The week in which the file's volumes were counted: without deflection and pressure, which come on top of it.

    Of a queue whose volume is offered, ``first`` is what repeats leave of the stated volume; 0 or less where the file
    contradicts itself. Raises UnsettledError where volumes of first contacts lead to no finite offered volume.
    """
    ways = _ways(scenario, lambda queue: queue.recontact.probability if queue.recontact is not None else 0.0)
    stated = {
        name: weekly_volume(queue.arrivals, scenario.opening_hours(name)) for name, queue in scenario.queues.items()
    }
    counted = {
        name for name, queue in scenario.queues.items() if queue.arrivals.volume_is == "offered" and stated[name]
    }
    brings = ways.repeats
    offered = settled(stated, brings, fixed=counted)
    repeats = _zeros()
    for name, by_target in brings.items():
        for target, number in by_target.items():
            repeats[target] += offered[name] * number
    first = {name: stated[name] - repeats[name] * (name in counted) for name in stated}
    return _flows(ways, offered, {name: _Deflected(volume) for name, volume in first.items()})


def weekly_flows(scenario: CentreScenario, on: date | None = None) -> FrozenDict[str, WeeklyFlow]:
    """An ordinary week of the scenario, deflection as of a day (default the first) and pressure included.

    First contacts are those of ``stated_flows``. Raises UnsettledError where there is no finite offered volume.
    """
    deflected = {}
    for name, flow in stated_flows(scenario).items():
        deflection = scenario.queues[name].deflection
        if deflection is None:
            deflected[name] = _Deflected(flow.first)
            continue
        count = flow.first * deflection.share_on(on or scenario.start)
        posts = deflection.posts
        posted = count * posts.share if posts is not None else 0.0
        returned = (count - posted) * deflection.fails
        deflected[name] = _Deflected(flow.first, count, returned, posted, posts.to if posts is not None else name)
    come = {name: one.first - one.count + one.returned for name, one in deflected.items()}
    for one in deflected.values():
        if one.posted:
            come[one.posted_to] += one.posted
    ways = _ways(scenario, lambda queue: queue.recontact_probability)
    return _flows(ways, settled(come, ways.repeats), deflected)


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


def _zeros() -> defaultdict[Any, float]:
    return defaultdict(float)


@dataclass(frozen=True)
class _Way:
    """Where a contact offered to a queue goes until it is kept or lost: mean numbers."""

    comes: dict[str, float] = field(default_factory=_zeros)
    """To each queue."""
    kept: dict[str, float] = field(default_factory=_zeros)
    """Answered in each queue and not handed on."""
    handed: dict[tuple[str, str], float] = field(default_factory=_zeros)
    """From one queue to another."""


@dataclass(frozen=True)
class _Ways:
    """The ways of contacts offered to each queue, and what they bring."""

    of: Mapping[str, _Way]
    redials: Mapping[str, float]
    """Per contact that comes to the queue."""
    recontacts: Mapping[str, Mapping[str, float]]
    """Per contact that the queue (outer) keeps, to another (inner)."""

    @property
    def repeats(self) -> dict[str, dict[str, float]]:
        """N: repeats per contact offered to a queue (outer), by the queue they come to."""
        brings: dict[str, dict[str, float]] = {name: _zeros() for name in self.of}
        for name, way in self.of.items():
            for queue, comes in way.comes.items():
                brings[name][queue] += comes * self.redials[queue]
            for queue, kept in way.kept.items():
                for target, share in self.recontacts[queue].items():
                    brings[name][target] += kept * share
        return brings


def _ways(scenario: CentreScenario, probability: Callable[[Queue], float]) -> _Ways:
    """Ways and repeats with this probability of a re-contact."""
    shares = contact_shares(scenario)
    recontacts = {}
    for name, queue in scenario.queues.items():
        mean = sum(
            share * min(probability(queue) * scenario.terms(team, name).recontact, 1.0)
            for team, share in shares[name].items()
        )
        to = queue.recontact.to if queue.recontact is not None and queue.recontact.to is not None else {name: 1.0}
        recontacts[name] = {target: mean * share for target, share in to.items()}
    handed = {
        name: {matter: sum(shares[name].get(team, 0.0) for team in teams) for matter, teams in by_matter.items()}
        for name, by_matter in lacking(scenario).items()
    }
    answered = {name: answered_share(queue) for name, queue in scenario.queues.items()}
    ways = {name: _way(scenario, answered, handed, name) for name in scenario.queues}
    return _Ways(ways, {name: redial_share(queue) for name, queue in scenario.queues.items()}, recontacts)


def _way(
    scenario: CentreScenario,
    answered_shares: Mapping[str, float],
    handed_shares: Mapping[str, Mapping[str, float]],
    start: str,
) -> _Way:
    """The way of a contact offered to the queue ``start``.

    The shares are by queue: answered, and of these handed on, by matter.
    """
    way = _Way()
    for matter, weight in scenario.queues[start].matter_shares.items():
        name = start
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


@dataclass(frozen=True)
class _Deflected:
    """First contacts of a queue and what deflection makes of them, a week."""

    first: float
    count: float = 0.0
    returned: float = 0.0
    posted: float = 0.0
    posted_to: str = ""


def _flows(
    ways: _Ways, offered: Mapping[str, float], deflected: Mapping[str, _Deflected]
) -> FrozenDict[str, WeeklyFlow]:
    """What comes to each queue where this much is offered."""
    comes, kept, handed = _zeros(), _zeros(), _zeros()
    for name, way in ways.of.items():
        for total, part in ((comes, way.comes), (kept, way.kept), (handed, way.handed)):
            for where, number in part.items():
                total[where] += offered[name] * number
    return FrozenDict(
        {
            name: WeeklyFlow(
                first=one.first,
                deflected=one.count,
                returned=one.returned,
                redials=comes[name] * ways.redials[name],
                recontacts=FrozenDict(
                    {source: kept[source] * to[name] for source, to in ways.recontacts.items() if to.get(name)}
                ),
                posts=FrozenDict(
                    {
                        source: other.posted
                        for source, other in deflected.items()
                        if other.posted and other.posted_to == name
                    }
                ),
                transfers=FrozenDict({source: number for (source, target), number in handed.items() if target == name}),
            )
            for name, one in deflected.items()
        }
    )
