"""Which teams have to do with each other: those that share queues, and those whose queues pass contacts on.

Nothing that happens in one group changes anything in another, so each is simulated without the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sim.scenario.base import FrozenDict
from sim.scenario.centre import CentreScenario
from sim.scenario.matters import handed_to, lacking, reaching, sent_to
from sim.scenario.repeats import stated_week


@dataclass(frozen=True)
class Group:
    """Teams and queues that are connected, in the order of the file."""

    teams: tuple[str, ...]
    queues: tuple[str, ...]


def groups_of(scenario: CentreScenario) -> tuple[Group, ...]:
    """The groups of a scenario, in the order of their first teams; each team and each queue is in one of them."""
    connected = [set(scenario.served_by(team)) for team in scenario.teams]
    connected += [{queue, *targets} for queue, targets in passed_on(scenario).items()]
    of_queue = {queue: members for members in _merged(connected) for queue in members}
    of_team = {team: of_queue[scenario.served_by(team)[0]] for team in scenario.teams}
    return tuple(
        Group(
            tuple(team for team, members in of_team.items() if members is queues),
            tuple(queue for queue in scenario.queues if queue in queues),
        )
        for queues in _distinct(of_team.values())
    )


def passed_on(scenario: CentreScenario) -> dict[str, frozenset[str]]:
    """Other queues to which contacts of each queue may come next.

    As re-contacts, calls about late emails, posts, or transfers by a team that lacks the skill.
    """
    handed = handed_on(scenario)
    return {name: frozenset({*sent_to(name, queue), *handed[name]} - {name}) for name, queue in scenario.queues.items()}


def handed_on(scenario: CentreScenario) -> dict[str, frozenset[str]]:
    """Queues to which teams that lack a skill hand on contacts of each queue."""
    unskilled = lacking(scenario)
    matters = reaching(scenario, unskilled)
    return {
        name: frozenset(
            to for matter, to in handed_to(queue).items() if matter in matters[name] and unskilled[name][matter]
        )
        for name, queue in scenario.queues.items()
    }


def queues_until_solved(scenario: CentreScenario, queue: str) -> frozenset[str]:
    """The queue, and those in which contacts offered to it may be, handed on once or more."""
    handed, found, new = handed_on(scenario), {queue}, {queue}
    while new:
        new = {to for name in new for to in handed[name]} - found
        found |= new
    return frozenset(found)


def queues_around(scenario: CentreScenario, team: str) -> frozenset[str]:
    """The queues that a team serves, and those that pass contacts on to these or get contacts from them."""
    served = set(scenario.served_by(team))
    passed = passed_on(scenario)
    after = {target for queue in served for target in passed[queue]}
    before = {queue for queue, targets in passed.items() if targets & served}
    return frozenset(served | after | before)


def offered_to(scenario: CentreScenario) -> frozenset[str]:
    """The queues to which contacts are offered, of their own or coming back.

    To others they are only handed on: in these no target but that of transfers judges anything.
    """
    own = {
        name for name, queue in scenario.queues.items() if queue.redial is not None or stated_week(scenario, name) > 0
    }
    sent = {target for name, queue in scenario.queues.items() for target in sent_to(name, queue)}
    return frozenset(own | sent)


def alone(scenario: CentreScenario, group: Group) -> CentreScenario:
    """The scenario with nothing but a group's teams and queues; nothing else has to do with them."""
    if len(group.teams) == len(scenario.teams):
        return scenario
    return scenario.model_copy(
        update={
            "queues": FrozenDict({name: scenario.queues[name] for name in group.queues}),
            "teams": FrozenDict({name: scenario.teams[name] for name in group.teams}),
        }
    )


def _merged(sets: Iterable[Collection[str]]) -> list[set[str]]:
    """Sets that have members in common made one."""
    merged: list[set[str]] = []
    for one in sets:
        touching = [other for other in merged if not other.isdisjoint(one)]
        merged = [other for other in merged if other.isdisjoint(one)]
        merged.append(set(one).union(*touching))
    return merged


def _distinct(sets: Iterable[set[str]]) -> list[set[str]]:
    """Each of the sets once, in the order in which they come first."""
    return list({id(one): one for one in sets}.values())
