"""An ordinary week cut into the times in which the same teams take the same queues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sim.scenario.centre import CentreScenario
from sim.scenario.parse import DAY_MS, HOUR_MS
from sim.scenario.week import WeekHours, united


@dataclass(frozen=True)
class Part:
    """Times of the week in which the same teams take the same queues."""

    number: int
    hours: float
    there: frozenset[str]
    """Teams."""
    taking: Mapping[str, frozenset[str]]
    """Teams by queue, of calls and chats while it is open."""
    piled: bool = False
    """Whether emails lie there, so that whoever serves them is idle only as a reserve."""


def week_parts(scenario: CentreScenario) -> Iterator[Part]:
    """The parts of an ordinary week in which somebody is there."""
    teams = {team: united(scenario.team_hours(team)) for team in scenario.teams}
    queues = {name: None if queue.is_email else scenario.opening_hours(name) for name, queue in scenario.queues.items()}
    fences = {(team, queue): scenario.terms(team, queue).hours for team in teams for queue in scenario.served_by(team)}
    for number, (hours, holding) in enumerate(_cut([*teams.values(), *queues.values(), *fences.values()])):
        there = frozenset(team for team, week in teams.items() if week in holding)
        if there:
            yield Part(
                number,
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


def with_piles(parts: Iterable[Part], share: float) -> Iterator[Part]:
    """The parts, this share of each with emails that lie there."""
    for part in parts:
        for piled, of_it in ((False, 1 - share), (True, share)):
            if of_it > 0:
                yield replace(part, number=2 * part.number + piled, hours=of_it * part.hours, piled=piled)
