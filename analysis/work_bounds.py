"""The work that falls to teams in an ordinary week at least and at most; nothing is estimated of who takes what.

Some teams lack time together if the queues that they alone serve bring more work than they have hours. The most work
that can be done is a flow from queues to the teams that serve them, as far as these have time; where some is left over,
a minimal cut tells the teams (L. R. Ford and D. R. Fulkerson, "Maximal flow through a network", 1956).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from sim.scenario.centre import CentreScenario
from sim.scenario.serving import contact_shares

from .ordinary_week import QueueWeek, team_week

_TOLERANCE = 1e-9


class Shortage(NamedTuple):
    """Teams, and queues that they alone serve."""

    teams: tuple[str, ...]
    work_h: float
    """Of these queues, done by whoever is fastest."""
    time_h: float


def shortages(scenario: CentreScenario, weeks: Mapping[str, QueueWeek]) -> Iterator[Shortage]:
    """Those of an ordinary week; teams that lack time for the same queues are told together."""
    works, times = _least_works_h(scenario, weeks), _times_h(scenario)
    serving = {queue: scenario.serving(queue) for queue in scenario.queues}
    done: dict[str, dict[str, float]] = {team: {} for team in times}
    left_h = {queue: _placed(queue, work_h, serving, times, done) for queue, work_h in works.items()}
    found: list[tuple[set[str], set[str]]] = []
    for queue in (queue for queue, hours in left_h.items() if hours > _TOLERANCE * works[queue]):
        teams, queues = _cut(queue, serving, done)
        for known in [one for one in found if one[0] & teams]:
            found.remove(known)
            teams, queues = teams | known[0], queues | known[1]
        found.append((teams, queues))
    for teams, queues in found:
        yield Shortage(
            tuple(team for team in times if team in teams),
            sum(works[queue] for queue in queues),
            sum(times[team] for team in teams),
        )


def most_work_h(scenario: CentreScenario, weeks: Mapping[str, QueueWeek], team: str) -> float:
    """Hours that all the work of the queues that a team serves takes it; without bound if late emails add to it."""
    served, shares = scenario.served_by(team), contact_shares(scenario)
    late = [queue.late_to_call for queue in scenario.queues.values() if queue.late_to_call is not None]
    if any(one.to in served and one.probability for one in late):
        return math.inf
    return sum(
        weeks[queue].work_h / _mean_factor(scenario, queue, shares[queue]) * scenario.terms(team, queue).handle_factor
        for queue in served
    )


def _least_works_h(scenario: CentreScenario, weeks: Mapping[str, QueueWeek]) -> dict[str, float]:
    """Hours of each queue's work if the fastest of its teams did it all."""
    works = {}
    for queue, shares in contact_shares(scenario).items():
        fastest = min(scenario.terms(team, queue).handle_factor for team in scenario.serving(queue))
        works[queue] = weeks[queue].work_h / _mean_factor(scenario, queue, shares) * fastest
    return works


def _mean_factor(scenario: CentreScenario, queue: str, shares: Mapping[str, float]) -> float:
    return sum(share * scenario.terms(team, queue).handle_factor for team, share in shares.items())


def _times_h(scenario: CentreScenario) -> dict[str, float]:
    """Hours of each team on the phones; without bound where positions are given by date."""
    found = {team: team_week(scenario, team).position_h for team in scenario.teams}
    return {team: math.inf if time_h is None else time_h for team, time_h in found.items()}


def _placed(
    queue: str,
    work_h: float,
    serving: Mapping[str, tuple[str, ...]],
    times: Mapping[str, float],
    done: dict[str, dict[str, float]],
) -> float:
    """Give the queue's work to teams, which may leave other queues' work to others; what is left over."""
    least_h = _TOLERANCE * work_h
    while work_h > least_h and (path := _path(queue, serving, times, done)) is not None:
        last = path[-1][1]
        taken_over = [(team, one) for (_, team), (one, _) in pairwise(path)]
        room_h = times[last] - sum(done[last].values())
        step_h = min([work_h, room_h, *(done[team][one] for team, one in taken_over)])
        for one, team in path:
            done[team][one] = done[team].get(one, 0.0) + step_h
        for team, one in taken_over:
            done[team][one] -= step_h
        work_h -= step_h
    return work_h


def _path(
    queue: str, serving: Mapping[str, tuple[str, ...]], times: Mapping[str, float], done: Mapping[str, dict[str, float]]
) -> list[tuple[str, str]] | None:
    """The fewest queues and teams, each taking over from the next, of which the last team has time left."""
    asked: set[str] = set()
    seen, new = {queue}, deque([(queue, list[tuple[str, str]]())])
    while new:
        one, path = new.popleft()
        for team in serving[one]:
            if team in asked:
                continue
            asked.add(team)
            here = [*path, (one, team)]
            if times[team] - sum(done[team].values()) > _TOLERANCE * times[team]:
                return here
            others = [other for other, hours in done[team].items() if hours > 0 and other not in seen]
            seen.update(others)
            new.extend((other, here) for other in others)
    return None


def _cut(
    queue: str, serving: Mapping[str, tuple[str, ...]], done: Mapping[str, dict[str, float]]
) -> tuple[set[str], set[str]]:
    """Teams that would have to take the queue's work, and the queues whose work they do."""
    teams: set[str] = set()
    queues, new = {queue}, [queue]
    while new:
        for team in serving[new.pop()]:
            if team not in teams:
                teams.add(team)
                found = [one for one, hours in done[team].items() if hours > 0 and one not in queues]
                queues.update(found)
                new += found
    return teams, queues
