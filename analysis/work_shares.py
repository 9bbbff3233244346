"""An estimate of the work that falls to each team in an ordinary week, before anything is simulated.

Contacts are taken as a flow. In every part of the week in which the same teams are there, calls and chats go to the
teams that are asked first, as far as these have time; what is left goes on to the next. Teams that are asked alike
share it by the time that they have left. Emails wait for time that is left in the whole week. What nobody has time for
is shared by positions. Positions in reserve are time that a team keeps free.

Left out: chance (a team overflows before it is busy all the time), weekdays and times of day (work comes evenly over
the opening hours), and that heads are rostered by need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from sim.scenario.centre import CentreScenario
from sim.scenario.parse import DAY_MS, HOUR_MS
from sim.scenario.serving import contact_shares
from sim.scenario.tables import PositionPlan
from sim.scenario.week import WeekHours, united, week_ms

from .ordinary_week import QueueWeek, team_week

_CHANNELS = ("call", "chat", "email")


@dataclass(frozen=True)
class _Part:
    """Times of the week in which the same teams take the same queues."""

    hours: float
    there: frozenset[str]
    """Teams."""
    taking: Mapping[str, frozenset[str]]
    """Teams by queue, of calls and chats while it is open."""


@dataclass
class _Demand:
    """Work of a queue that no team has taken yet."""

    queue: str
    parts: tuple[_Part, ...]
    """Those in which it can be done."""
    hours: float
    """Of people of the queue's own speed."""


class _Time:
    """Hours that each team has left in each part of the week, and those of work that it was given."""

    def __init__(self, scenario: CentreScenario, parts: Sequence[_Part]) -> None:
        """Nothing is given yet."""
        self._scenario = scenario
        self._positions = {team: _positions(scenario, team) for team in scenario.teams}
        self._left = {
            (team, id(part)): mean * part.hours
            for team, mean in self._positions.items()
            for part in parts
            if team in part.there
        }
        self.given_h = dict.fromkeys(scenario.teams, 0.0)

    def take(self, demand: _Demand, teams: Sequence[str]) -> None:
        """The teams take what they have time for, of a queue that they are asked for alike."""
        factor = {team: self._scenario.terms(team, demand.queue).handle_factor for team in teams}
        spare = {team: self._spare_h(demand, team) / factor[team] for team in teams}
        total = sum(spare.values())
        taken = min(demand.hours, total)
        for team, hours in spare.items():
            if hours > 0:
                self._give(demand, team, taken * hours / total * factor[team])
        demand.hours -= taken

    def overload(self, demand: _Demand) -> None:
        """What nobody has time for is everybody's, by positions."""
        people = dict.fromkeys(self._scenario.serving(demand.queue), 0.0)
        for part in demand.parts:
            for team in part.taking[demand.queue]:
                people[team] += self._positions[team] * part.hours
        for team, hours in people.items():
            share = hours / sum(people.values()) if any(people.values()) else 0.0
            self.given_h[team] += demand.hours * share * self._scenario.terms(team, demand.queue).handle_factor

    def _spare_h(self, demand: _Demand, team: str) -> float:
        reserve = self._scenario.reserve(team, demand.queue)
        return sum(
            max(self._left[team, id(part)] - reserve * part.hours, 0.0)
            for part in demand.parts
            if team in part.taking[demand.queue]
        )

    def _give(self, demand: _Demand, team: str, hours: float) -> None:
        """Work in the parts of the demand, in proportion to what is left in each."""
        self.given_h[team] += hours
        mine = [(team, id(part)) for part in demand.parts if team in part.taking[demand.queue]]
        kept = 1 - min(hours / sum(self._left[key] for key in mine), 1.0)
        for key in mine:
            self._left[key] *= kept


def team_works_h(scenario: CentreScenario, weeks: Mapping[str, QueueWeek]) -> dict[str, float]:
    """Hours of the queues' work that fall to each team, by name."""
    parts = list(_parts(scenario))
    time = _Time(scenario, parts)
    steps = {queue: _asked(scenario, queue) for queue in scenario.queues}
    demands = list(_demands(scenario, parts, weeks))
    for of_emails in (False, True):
        chosen = [demand for demand in demands if scenario.queues[demand.queue].is_email == of_emails]
        for step in range(len(scenario.teams)):
            for demand in chosen:
                if step < len(steps[demand.queue]):
                    time.take(demand, steps[demand.queue][step])
        for demand in chosen:
            time.overload(demand)
    return time.given_h


def _asked(scenario: CentreScenario, queue: str) -> list[list[str]]:
    """Teams that serve a queue in the order in which they are asked, those asked alike together."""

    def order(team: str) -> tuple[int, int]:
        return scenario.terms(team, queue).overflow_after, scenario.preference(team, queue)

    return [list(alike) for _, alike in groupby(sorted(scenario.serving(queue), key=order), key=order)]


def _demands(scenario: CentreScenario, parts: Sequence[_Part], weeks: Mapping[str, QueueWeek]) -> Iterator[_Demand]:
    """What has to be done, in the order in which agents take it; what few teams serve before what many do."""
    shares = contact_shares(scenario)

    def order(queue: str) -> tuple[int, int, int]:
        model = scenario.queues[queue]
        return _CHANNELS.index(model.channel), model.priority, len(scenario.serving(queue))

    for queue in sorted(scenario.queues, key=order):
        factor = sum(share * scenario.terms(team, queue).handle_factor for team, share in shares[queue].items())
        hours = weeks[queue].work_h / factor
        inside = tuple(part for part in parts if part.taking[queue])
        if scenario.queues[queue].is_email:
            yield _Demand(queue, inside, hours)
            continue
        open_h = sum(part.hours for part in inside)
        for part in inside:
            yield _Demand(queue, (part,), hours * part.hours / open_h)


def _parts(scenario: CentreScenario) -> Iterator[_Part]:
    """The parts of an ordinary week in which somebody is there."""
    teams = {team: united(scenario.team_hours(team)) for team in scenario.teams}
    queues = {name: None if queue.is_email else scenario.opening_hours(name) for name, queue in scenario.queues.items()}
    fences = {(team, queue): scenario.terms(team, queue).hours for team in teams for queue in scenario.served_by(team)}
    for hours, holding in _cut([*teams.values(), *queues.values(), *fences.values()]):
        there = frozenset(team for team, week in teams.items() if week in holding)
        if there:
            yield _Part(
                hours,
                there,
                {
                    queue: frozenset(
                        team
                        for team in scenario.serving(queue)
                        if team in there
                        and (week is None or week in holding)
                        and ((fence := fences[team, queue]) is None or fence in holding)
                    )
                    for queue, week in queues.items()
                },
            )


def _cut(weeks: Sequence[WeekHours | None]) -> Iterator[tuple[float, frozenset[WeekHours]]]:
    """Hours of the week by which of the weekly hours hold then."""
    known = {week for week in weeks if week is not None}
    lengths_ms: dict[frozenset[WeekHours], int] = {}
    for day in range(7):
        edges = sorted({0, DAY_MS, *(edge for week in known for span in week[day] for edge in span)})
        for start, end in pairwise(edges):
            holding = frozenset(week for week in known if any(opens <= start < closes for opens, closes in week[day]))
            lengths_ms[holding] = lengths_ms.get(holding, 0) + end - start
    for holding, length_ms in lengths_ms.items():
        yield length_ms / HOUR_MS, holding


def _positions(scenario: CentreScenario, name: str) -> float:
    """Mean positions in the team's hours; of a plan by date, its most."""
    week, positions = team_week(scenario, name), scenario.teams[name].positions
    if week.position_h is None:
        return float(positions.most) if isinstance(positions, PositionPlan) else 0.0
    hours_h = week_ms(united(scenario.team_hours(name))) / HOUR_MS
    return week.position_h / hours_h if hours_h else 0.0
