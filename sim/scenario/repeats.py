"""What comes to each queue in an ordinary week, as the file's own rates predict: nothing is simulated.

With A_pm the contacts about matter m offered to queue p in a week (transfers don't count: an attempt is offered once),
F_p the first contacts among all of p, μ_pm their shares of matters, and N_qmp the repeats that a contact about m
offered to q brings to p in the end, which are about m too,

    A_pm = F_p μ_pm + Σ_q N_qmp A_qm.

A contact offered to queue q with matter m is followed on its way: with probability w_v it comes to queue v (w_q = 1).
There it is answered with v's answer rate a_v; the share h_vm of the answered, whose team lacks the skill, is handed on
to the next queue, w_next = w_v a_v h_vm. Those who aren't handed on come back with probability r_v, to queue p with
share s_vp; redials are the share ρ_v of all that comes to v. So

    N_qmp = Σ_v w_v [ρ_v (v = p) + a_v (1 − h_vm) r_v s_vp].

Posts are about the matters of the queue from which they were deflected. Where a queue's offered volume is stated,
Σ_m A_pm is known, and F_p is what repeats leave of it.

A redial follows an unanswered attempt with probability d, so an attempt is followed by another with x = (1 − a) d; with
at most n redials in a row ρ = 1 − 1 / (1 + x + … + xⁿ), and x without bound.

Approximations: teams serve as ``serving`` says, and r_v is the mean over them; late emails that turn into calls are
left out, for how many there are depends on the staff.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from .arrivals import Arrivals
from .base import FrozenDict
from .centre import CentreScenario
from .linear import settled
from .parse import HOUR_MS
from .ways import ByMatter, Ways, ways_of, zeros
from .week import WeekHours, week_ms

_NEGLIGIBLE = 1e-9
_MOST_ROUNDS = 500


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


def stated_week(scenario: CentreScenario, queue: str) -> float:
    """Contacts of an ordinary week of a queue: as at the start, or of a file of volumes the mean of the horizon's."""
    return weekly_volume(scenario.queues[queue].arrivals, scenario.opening_hours(queue), (scenario.start, scenario.end))


def weekly_volume(arrivals: Arrivals, hours: WeekHours, within: tuple[date, date] | None = None) -> float:
    """The volume that the file states, as contacts a week; ``hours`` are the queue's.

    Of a file of volumes the mean of its rows, or of those ``within`` (from the first day until before the second).
    """
    if arrivals.per_week is not None:
        return arrivals.per_week
    if arrivals.per_day is not None:
        return arrivals.per_day * sum(1 for day in hours if day)
    if arrivals.per_hour is not None:
        return arrivals.per_hour * week_ms(hours) / HOUR_MS
    if arrivals.customers is not None:
        return arrivals.customers.per_week
    if arrivals.by_period is not None:
        periods = arrivals.by_period.rows
        inside = [row for row in periods if within is not None and row[0].meets(*within)] or periods
        return sum(volume for _, volume in inside) * 7 / max(sum(period.days for period, _ in inside), 7)
    rows: Sequence[tuple[datetime, float]] = arrivals.by_interval.rows if arrivals.by_interval is not None else ()
    if within is not None:
        rows = [row for row in rows if within[0] <= row[0].date() < within[1]] or rows
    if not rows:
        return 0.0
    days = (rows[-1][0].date() - rows[0][0].date()).days + 1
    return sum(volume for _, volume in rows) * 7 / max(days, 7)


def stated_flows(scenario: CentreScenario) -> FrozenDict[str, WeeklyFlow]:
    """The week in which the file's volumes were counted: without deflection and pressure, which come on top of it.

    Of a queue whose volume is offered, ``first`` is what repeats leave of the stated volume; 0 or less where the file
    contradicts itself. Raises UnsettledError where volumes of first contacts lead to no finite offered volume.
    """
    ways = ways_of(scenario, lambda queue: queue.recontact.probability if queue.recontact is not None else 0.0)
    stated = {name: stated_week(scenario, name) for name in scenario.queues}
    counted = {
        name for name, queue in scenario.queues.items() if queue.arrivals.volume_is == "offered" and stated[name]
    }
    first, offered = _counted(scenario, ways, stated, counted)
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
    by_matter = _about(scenario, come)
    for name, one in deflected.items():
        for matter, share in scenario.queues[name].matter_shares.items() if one.posted else ():
            by_matter[matter][one.posted_to] += one.posted * share
    ways = ways_of(scenario, lambda queue: queue.recontact_probability)
    offered = {
        matter: settled({name: by_matter[matter][name] for name in ways.of[matter]}, ways.repeats(matter))
        for matter in ways.of
    }
    return _flows(ways, offered, deflected)


def _counted(
    scenario: CentreScenario, ways: Ways, stated: Mapping[str, float], counted: Set[str]
) -> tuple[dict[str, float], ByMatter]:
    """First contacts by queue, and all that is offered, where the stated volume of some queues counts all of it.

    What these queues' contacts are about follows from their repeats, and these from it: a fixed point, which is there
    at once where all are about one matter.
    """
    first, offered = dict(stated), _about(scenario, stated)
    for _ in range(_MOST_ROUNDS):
        about, before = _about(scenario, first), offered
        offered = {
            matter: settled(
                {name: (before if name in counted else about)[matter][name] for name in by_queue},
                ways.repeats(matter),
                fixed=counted,
            )
            for matter, by_queue in ways.of.items()
        }
        repeats = ways.brought(offered)
        for name in counted:
            first[name] = stated[name] - sum(by_queue[name] for by_queue in repeats.values())
        about, moved = _about(scenario, first), 0.0
        for matter, by_queue in offered.items():
            for name in counted & by_queue.keys():
                now = about[matter][name] + repeats[matter][name]
                moved += abs(now - by_queue[name])
                by_queue[name] = now
        if moved <= _NEGLIGIBLE * sum(stated.values()):
            break
    return first, offered


def _about(scenario: CentreScenario, first: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """First contacts of queues, by matter and queue."""
    about: dict[str, dict[str, float]] = {matter: zeros() for matter in scenario.matters}
    for name, volume in first.items():
        for matter, share in scenario.queues[name].matter_shares.items():
            about[matter][name] += volume * share
    return about


@dataclass(frozen=True)
class _Deflected:
    """First contacts of a queue and what deflection makes of them, a week."""

    first: float
    count: float = 0.0
    returned: float = 0.0
    posted: float = 0.0
    posted_to: str = ""


def _flows(ways: Ways, offered: ByMatter, deflected: Mapping[str, _Deflected]) -> FrozenDict[str, WeeklyFlow]:
    """What comes to each queue where this much is offered."""
    whole = ways.total(offered)
    return FrozenDict(
        {
            name: WeeklyFlow(
                first=one.first,
                deflected=one.count,
                returned=one.returned,
                redials=whole.comes[name] * ways.redials[name],
                recontacts=FrozenDict(
                    {source: whole.kept[source] * to[name] for source, to in ways.recontacts.items() if to.get(name)}
                ),
                posts=FrozenDict(
                    {
                        source: other.posted
                        for source, other in deflected.items()
                        if other.posted and other.posted_to == name
                    }
                ),
                transfers=FrozenDict(
                    {source: number for (source, target), number in whole.handed.items() if target == name}
                ),
            )
            for name, one in deflected.items()
        }
    )
