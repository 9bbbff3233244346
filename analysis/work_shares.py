"""An estimate of the work that falls to each team in an ordinary week, before anything is simulated.

In every part of the week in which the same teams are there, calls and chats go to the teams that are asked first; of
those who find them busy, which ``busy_positions`` tells from what all their queues ask of them, the next are asked.
A team that helps after a wait is asked by those who wait so long. Who finds everybody busy waits for whoever has time.
Emails that come out of hours lie there at opening: until they are done whoever serves emails is idle only as a reserve,
and calls go on to the next. Chats are held one by one as far as there is time for that. Teams that are asked alike
share by the time that they have left; what nobody has time for is shared by positions. What teams are asked for depends
on who takes what, and this on it: a fixed point.

Left out: weekdays and times of day (work comes evenly over the opening hours), that heads are rostered by need, and who
gives up. Teams are some points busier or less busy than that, so nothing is warned of by it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sim.scenario.centre import CentreScenario
from sim.scenario.parse import HOUR_MS, WEEK_MS
from sim.scenario.serving import contact_shares
from sim.scenario.tables import PositionPlan
from sim.scenario.week import united, week_ms

from .busy_positions import busy_share, idle_beyond
from .ordinary_week import QueueWeek, team_week
from .week_parts import Part, week_parts, with_piles

_CHANNELS = ("call", "chat", "email")
_ROUNDS = 30
_SETTLED = 1e-3
"""Erlangs, or share of the time, by which a round may change what it began with."""
_PILED = 0.2
"""Share of the time in which emails lie there, to begin with."""

_Slot = tuple[str, int]
"""A team in a part of the week, by number."""


@dataclass
class _Demand:
    """Work of a queue that no team has taken yet."""

    queue: str
    parts: tuple[Part, ...]
    """Those in which it can be done."""
    hours: float
    """Of people of the queue's own speed."""
    mean_h: float
    """Of a contact."""
    lies_h: float = 0.0
    """Hours of it that lie there when somebody comes."""
    if_time_h: float = 0.0
    """Hours more that it takes where there is time to spare: chats are then held one by one."""


class _Time:
    """Hours that each team has left in each part of the week, and those of work that it was given."""

    def __init__(self, scenario: CentreScenario, parts: Sequence[Part], expected: Mapping[_Slot, float]) -> None:
        """Nothing is given yet; ``expected`` are the erlangs that teams are asked for, as an earlier round found."""
        self._scenario = scenario
        self._positions = {team: _positions(scenario, team) for team in scenario.teams}
        served = [(team, queue) for team in scenario.teams for queue in scenario.served_by(team)]
        self._reserve = {(team, queue): scenario.reserve(team, queue) for team, queue in served}
        self._factor = {(team, queue): scenario.terms(team, queue).handle_factor for team, queue in served}
        self._idle = {(team, part.number): self._most_idle(team, part) for part in parts for team in part.there}
        self._left = {(team, part.number): self._positions[team] * part.hours for part in parts for team in part.there}
        self._expected = expected
        self.asked = dict.fromkeys(self._left, 0.0)
        """Erlangs that teams are asked for as they come, whether they take them or not."""
        self.given_h = dict.fromkeys(scenario.teams, 0.0)

    def offer(self, demand: _Demand, steps: Sequence[Sequence[str]]) -> None:
        """The teams are asked step by step; those whom all of them are busy for wait, and are taken by any."""
        waiting, coming = demand.lies_h, demand.hours - demand.lies_h
        before: list[str] = []
        for teams in steps:
            late_h = self._scenario.terms(teams[0], demand.queue).overflow_after / HOUR_MS
            if late_h:
                patient = coming * math.exp(-late_h * self._freed_an_hour(demand, before))
                waiting, coming = waiting + coming - patient, patient
            spare = self._spare(demand, teams)
            self._ask(demand, spare, coming)
            coming -= self._take(demand, spare, coming * (1 - self._busy_share(demand, teams)))
            before += teams
        demand.hours = waiting + coming
        self.take(demand)

    def take(self, demand: _Demand) -> None:
        """The teams take what they have time for, whoever is asked first."""
        spare = self._spare(demand, self._scenario.serving(demand.queue))
        demand.hours -= self._take(demand, spare, demand.hours)

    def overload(self, demand: _Demand) -> None:
        """What nobody has time for is everybody's, by positions."""
        people = dict.fromkeys(self._scenario.serving(demand.queue), 0.0)
        for part in demand.parts:
            for team in part.taking[demand.queue]:
                people[team] += self._positions[team] * part.hours
        for team, hours in people.items():
            share = hours / sum(people.values()) if any(people.values()) else 0.0
            self.given_h[team] += demand.hours * share * self._factor[team, demand.queue]

    def for_piles(self, demands: Sequence[_Demand]) -> tuple[float, float]:
        """Hours of emails that lie there, and hours that those who take them have for them while they do."""
        slots: dict[_Slot, float] = {}
        for demand in demands:
            for part in demand.parts if demand.lies_h else ():
                for team in part.taking[demand.queue] if part.piled else ():
                    there = self._positions[team] * part.hours
                    busy = there - self._left[team, part.number]
                    kept = self._reserve[team, demand.queue] * part.hours
                    slots[team, part.number] = max(there - busy - kept, 0.0)
        return sum(demand.lies_h for demand in demands), sum(slots.values())

    def _slots(self, demand: _Demand, team: str) -> list[tuple[_Slot, float]]:
        """Those in which the team may take the demand, and how long they are."""
        return [((team, part.number), part.hours) for part in demand.parts if team in part.taking[demand.queue]]

    def _busy_share(self, demand: _Demand, teams: Sequence[str]) -> float:
        """Probability that none of the teams, taken together, may take a contact at once."""
        hours = busy = 0.0
        for part in demand.parts:
            there = [team for team in teams if team in part.taking[demand.queue]]
            hours += part.hours
            busy += part.hours * (self._busy_in(demand, part, there) if there else 1.0)
        return busy / hours if hours else 1.0

    def _busy_in(self, demand: _Demand, part: Part, teams: Sequence[str]) -> float:
        positions = sum(self._positions[team] for team in teams)
        erlangs = sum(self._expected.get((team, part.number), 0.0) for team in teams)
        reserve = min(self._reserve[team, demand.queue] for team in teams)
        if not part.piled:
            return busy_share(positions, erlangs, reserve)
        idle = sum(self._idle[team, part.number] for team in teams)
        return busy_share(positions, erlangs, reserve, math.ceil(idle))

    def _most_idle(self, team: str, part: Part) -> float:
        """Positions of the team that may be idle while emails lie there."""
        emails = [name for name, teams in part.taking.items() if team in teams and self._scenario.queues[name].is_email]
        kept = [self._reserve[team, name] for name in emails]
        return min([self._positions[team], *kept])

    def _freed_an_hour(self, demand: _Demand, teams: Sequence[str]) -> float:
        """How many contacts more than come the teams get through in an hour."""
        hours = sum(part.hours for part in demand.parts)
        if not hours or not demand.mean_h:
            return 0.0
        slots = [slot for team in teams for slot in self._slots(demand, team)]
        idle_h = sum((self._positions[slot[0]] - self._expected.get(slot, 0.0)) * length for slot, length in slots)
        return max(idle_h, 0.0) / hours / demand.mean_h

    def _spare(self, demand: _Demand, teams: Sequence[str]) -> dict[str, float]:
        """Hours of the demand that each team has time for, its reserve left idle."""
        spare = {}
        for team in teams:
            positions, reserve = self._positions[team], self._reserve[team, demand.queue]
            left_h = sum(
                min(hours * idle_beyond(positions, positions - self._left[slot] / hours, reserve), self._left[slot])
                for slot, hours in self._slots(demand, team)
            )
            spare[team] = left_h / self._factor[team, demand.queue]
        return spare

    def _ask(self, demand: _Demand, spare: Mapping[str, float], hours: float) -> None:
        """Note what the teams are asked for, as they have time."""
        total = sum(spare.values())
        for team, spare_h in spare.items():
            work_h = hours * (spare_h / total if total else 1 / len(spare))
            work_h *= self._factor[team, demand.queue]
            slots = self._slots(demand, team)
            for slot, _ in slots:
                self.asked[slot] += work_h / sum(length for _, length in slots)

    def _take(self, demand: _Demand, spare: Mapping[str, float], wanted_h: float) -> float:
        """Share the work by what each team has time for, as far as that goes; tell how many hours were taken."""
        total = sum(spare.values())
        taken = min(wanted_h, total)
        for team, hours in spare.items():
            if hours > 0:
                self._give(demand, team, taken * hours / total * self._factor[team, demand.queue])
        return taken

    def _give(self, demand: _Demand, team: str, hours: float) -> None:
        """Work in the parts of the demand, in proportion to what is left in each."""
        self.given_h[team] += hours
        mine = [slot for slot, _ in self._slots(demand, team)]
        kept = 1 - min(hours / sum(self._left[slot] for slot in mine), 1.0)
        for slot in mine:
            self._left[slot] *= kept


def team_works_h(scenario: CentreScenario, weeks: Mapping[str, QueueWeek]) -> dict[str, float]:
    """Hours of the queues' work that fall to each team, by name."""
    whole = list(week_parts(scenario))
    steps = {queue: _asked(scenario, queue) for queue in scenario.queues}
    if all(len(asked) == 1 for asked in steps.values()):
        return _round(scenario, list(_demands(scenario, whole, weeks)), steps, _Time(scenario, whole, {}))[0].given_h
    piled, expected = _PILED, dict[_Slot, float]()
    for _ in range(_ROUNDS):
        parts = list(with_piles(whole, piled))
        time, (lies_h, spare_h) = _round(
            scenario, list(_demands(scenario, parts, weeks)), steps, _Time(scenario, parts, expected)
        )
        before, was_piled = expected, piled
        expected = {slot: (erlangs + before.get(slot, erlangs)) / 2 for slot, erlangs in time.asked.items()}
        piled = min((piled + (piled * lies_h / spare_h if spare_h else float(lies_h > 0))) / 2, 1.0)
        moved = max((abs(erlangs - before.get(slot, 0.0)) for slot, erlangs in expected.items()), default=0.0)
        if max(moved, abs(piled - was_piled)) < _SETTLED:
            break
    return time.given_h


def _round(
    scenario: CentreScenario, demands: Sequence[_Demand], steps: Mapping[str, Sequence[Sequence[str]]], time: _Time
) -> tuple[_Time, tuple[float, float]]:
    """Who takes what; and the hours of emails that lie there, and for them."""
    emails = [demand for demand in demands if scenario.queues[demand.queue].is_email]
    for demand in demands:
        if demand not in emails:
            time.offer(demand, steps[demand.queue])
    piles = time.for_piles(emails)
    for demand in emails:
        time.offer(demand, steps[demand.queue])
    for demand in demands:
        time.overload(demand)
    for demand in demands:
        demand.hours = demand.if_time_h
        time.take(demand)
    return time, piles


def _asked(scenario: CentreScenario, queue: str) -> list[list[str]]:
    """Teams that serve a queue in the order in which they are asked, those asked alike together."""

    def order(team: str) -> tuple[int, int]:
        return scenario.terms(team, queue).overflow_after, scenario.preference(team, queue)

    return [list(alike) for _, alike in groupby(sorted(scenario.serving(queue), key=order), key=order)]


def _demands(scenario: CentreScenario, parts: Sequence[Part], weeks: Mapping[str, QueueWeek]) -> Iterator[_Demand]:
    """What has to be done, in the order in which agents take it; what few teams serve before what many do."""
    shares = contact_shares(scenario)

    def order(queue: str) -> tuple[int, int, int]:
        model = scenario.queues[queue]
        return _CHANNELS.index(model.channel), model.priority, len(scenario.serving(queue))

    for queue in sorted(scenario.queues, key=order):
        factor = sum(share * scenario.terms(team, queue).handle_factor for team, share in shares[queue].items())
        hours, mean_h = weeks[queue].work_h / factor, weeks[queue].mean_work_ms / HOUR_MS
        inside = tuple(part for part in parts if part.taking[queue])
        if scenario.queues[queue].is_email:
            yield _Demand(queue, inside, hours, mean_h, hours * _lies(scenario, queue, inside))
            continue
        open_h = sum(part.hours for part in inside)
        for part in inside:
            share = part.hours / open_h
            more_h = hours * share * (weeks[queue].throughput - 1)
            yield _Demand(queue, (part,), hours * share, mean_h, if_time_h=more_h)


def _lies(scenario: CentreScenario, queue: str, parts: Sequence[Part]) -> float:
    """Share of the emails that come while nobody takes them, or others lie there already."""
    outside = scenario.queues[queue].arrivals.out_of_hours
    open_h = week_ms(scenario.opening_hours(queue)) / HOUR_MS
    inside = open_h * HOUR_MS / WEEK_MS if outside is None else 1 - outside
    calm_h = sum(part.hours for part in parts if not part.piled)
    return 1 - inside * min(calm_h / open_h, 1.0) if open_h else 1.0


def _positions(scenario: CentreScenario, name: str) -> float:
    """Mean positions in the team's hours; of a plan by date, its most."""
    week, positions = team_week(scenario, name), scenario.teams[name].positions
    if week.position_h is None:
        return float(positions.most) if isinstance(positions, PositionPlan) else 0.0
    hours_h = week_ms(united(scenario.team_hours(name))) / HOUR_MS
    return week.position_h / hours_h if hours_h else 0.0
