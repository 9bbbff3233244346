"""How many of a queue's contacts are repeats, as the file's own rates predict for an ordinary week.

With A_q the contacts offered to queue q in a week, F_q the first contacts among them, a_q the answer rate, r_q the
probability of a re-contact, s_qp the share of those that comes back to queue p, and ρ_q the redials' share of what is
offered,

    A_p = F_p + ρ_p A_p + Σ_q a_q r_q s_qp A_q.

A redial follows an unanswered attempt with probability d, so an attempt is followed by another with x = (1 − a) d;
with at most n redials in a row ρ = 1 − 1 / (1 + x + … + xⁿ), and x without bound. Late emails that turn into calls are
left out: how many there are depends on the staff.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .arrivals import Arrivals
from .base import FrozenDict
from .centre import CentreScenario
from .parse import HOUR_MS
from .queue import Queue
from .week import WeekHours, week_ms

_TOLERANCE = 1e-9
_MOST_ROUNDS = 20_000


class WeeklyFlow(NamedTuple):
    """Contacts of a queue in an ordinary week at the scenario's start."""

    offered: float
    repeats: float
    """Redials and re-contacts among them."""


class UnsettledError(Exception):
    """Every contact brings back at least another: no volume would hold."""


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


def weekly_flows(scenario: CentreScenario) -> FrozenDict[str, WeeklyFlow]:
    """What is offered to each queue in an ordinary week, and the repeats in it.

    Of a queue whose volume is offered, that is the stated volume, and its repeats may exceed it: then the file
    contradicts itself. Raises UnsettledError where volumes of first contacts lead to no finite offered volume.
    """
    stated = {
        name: weekly_volume(queue.arrivals, scenario.opening_hours(name)) for name, queue in scenario.queues.items()
    }
    offered = dict(stated)
    grows = [name for name, queue in scenario.queues.items() if queue.arrivals.volume_is == "first"]
    returns = {name: _returns(name, queue) for name, queue in scenario.queues.items()}
    for _ in range(_MOST_ROUNDS):
        repeats = _inflow(offered, returns)
        wanted = {name: stated[name] + repeats[name] for name in grows}
        change = max((abs(wanted[name] - offered[name]) / max(wanted[name], 1.0) for name in grows), default=0.0)
        offered.update(wanted)
        if change < _TOLERANCE:
            return FrozenDict({name: WeeklyFlow(offered[name], repeats[name]) for name in offered})
    raise UnsettledError


def _inflow(offered: Mapping[str, float], returns: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Repeats that come to each queue when this much is offered."""
    repeats = dict.fromkeys(offered, 0.0)
    for name, shares in returns.items():
        for target, share in shares.items():
            repeats[target] += offered[name] * share
    return repeats


def answered_share(queue: Queue) -> float:
    """Share of the queue's attempts that were served when its volumes were counted; all where nobody can give up."""
    may_lose = not queue.is_email and (queue.patience is not None or queue.trunks is not None)
    return queue.counted_at_answer_rate if may_lose else 1.0


def redial_share(queue: Queue) -> float:
    """Redials per attempt offered to the queue."""
    if queue.redial is None:
        return 0.0
    again = (1 - answered_share(queue)) * queue.redial.probability
    attempts = queue.redial.attempts
    return again if attempts is None else 1 - 1 / sum(again**k for k in range(attempts + 1))


def recontact_shares(name: str, queue: Queue) -> dict[str, float]:
    """Re-contacts per attempt offered to the queue called ``name``, by the queue that they come to."""
    if queue.recontact is None:
        return {}
    mix = queue.recontact.to or {name: 1.0}
    return {target: answered_share(queue) * queue.recontact.probability * share for target, share in mix.items()}


def _returns(name: str, queue: Queue) -> dict[str, float]:
    """Repeats per attempt offered to the queue, by the queue they come to."""
    shares = recontact_shares(name, queue)
    return {**shares, name: shares.get(name, 0.0) + redial_share(queue)}
