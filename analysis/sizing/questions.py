"""What is to be sized: which teams together, in which part of the centre, against which targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sim.errors import Problem, ScenarioError
from sim.scenario.centre import CentreScenario
from sim.scenario.load import LoadedScenario
from sim.scenario.words import listed, quoted_list, suggestion

from ..targets import Target, targets_of
from .groups import Group, alone, groups_of, handed_on, offered_to, queues_around, queues_until_solved

_UNTIL_SOLVED = ("response", "satisfaction")
"""What these judge goes on until the contact is solved, wherever it is handed on."""
_WRITE = 'write "targets: {service_level: 80 % in 20 s}"'


@dataclass(frozen=True)
class Question:
    """Teams to be sized together, and the targets to be met.

    Other teams of the group, if there are any, stay as the file has them.
    """

    group: Group
    scenario: CentreScenario
    """The group by itself."""
    teams: tuple[str, ...]
    """Those that are sized, in the order of the file."""
    targets: tuple[Target, ...]
    """Those that are judged."""
    beside: tuple[Target, ...] = ()
    """Those of the group's other queues, which aren't."""


def questions(loaded: LoadedScenario, team: str | None = None, *, per_interval: bool = False) -> tuple[Question, ...]:
    """One question for each group that has targets, or for the ``team`` alone.

    All teams of a group are sized that serve a queue with a target that judges something there (``own_targets``):
    nothing asks for the others, and those that there are for a time only stay as they are. One team alone is judged by
    the targets of its own queues and of those that pass contacts on to them, or get contacts from them.

    ScenarioError for a team that isn't there, if there are no targets, or if several teams would have to be sized
    together ``per_interval``.
    """
    scenario = loaded.model
    if team is not None:
        return (_of_one_team(loaded, team),)
    if not targets_of(scenario):
        raise _refusal(loaded, "queues", f"no queue has targets, and sizing needs one; {_WRITE} in a queue")
    found = tuple(_of_groups(scenario))
    for one in found:
        if per_interval and len(one.teams) > 1:
            message = f"{quoted_list(one.teams, 'and')} have to do with each other; size one at a time, with --team"
            raise _refusal(loaded, "teams", f"only a team by itself is sized by interval: {message}")
    return found


def refuse_no_shifts(loaded: LoadedScenario, team: str | None = None) -> None:
    """ScenarioError if no team that is sized works shifts."""
    sized = [name for question in questions(loaded, team) for name in question.teams]
    if all(loaded.model.teams[name].shifts is None for name in sized):
        write = 'write "shifts: {day: {start: 08:00-10:00 every 30 min, length: 8 h, breaks: ...}}" in a team of heads'
        raise _refusal(loaded, "teams", f"no team that is sized has shifts; {write}, or leave out --shifts")


def names_of(asked: Sequence[Question]) -> list[str]:
    """What the questions are called, by their teams; the empty name if there is but one."""
    return [listed(question.teams, "and") for question in asked] if len(asked) > 1 else [""]


def own_targets(scenario: CentreScenario, team: str) -> tuple[Target, ...]:
    """The targets that judge what a team serves: of replies and satisfaction, also to those handed on to it."""
    served = set(scenario.served_by(team))
    return tuple(
        target
        for target in judging(scenario, targets_of(scenario))
        if target.queue in served
        or (target.metric in _UNTIL_SOLVED and served & queues_until_solved(scenario, target.queue))
    )


def judging(scenario: CentreScenario, targets: Iterable[Target]) -> tuple[Target, ...]:
    """Those of the targets that have something to judge: contacts are judged where they were offered.

    Of transfers they are judged where they were handed on to.
    """
    offered, handed = offered_to(scenario), frozenset[str]().union(*handed_on(scenario).values())
    return tuple(target for target in targets if target.queue in (handed if target.metric == "transfers" else offered))


def _of_one_team(loaded: LoadedScenario, team: str) -> Question:
    scenario = loaded.model
    if team not in scenario.teams:
        raise _refusal(loaded, "teams", f'there is no team "{team}"{suggestion(team, scenario.teams)}')
    if scenario.teams[team].dated:
        message = "is there for a time only, and stays as the file has it; to size it take out from and until"
        raise _refusal(loaded, f"teams.{team}", message)
    group = next(group for group in groups_of(scenario) if team in group.teams)
    around = queues_around(scenario, team)
    part = alone(scenario, group)
    targets = tuple(target for target in targets_of(part) if target.queue in around)
    if not targets:
        queues = quoted_list(scenario.served_by(team), "or")
        raise _refusal(loaded, "queues", f'no target judges the team "{team}"; {_WRITE} in {queues}')
    beside = tuple(target for target in targets_of(part) if target.queue not in around)
    return Question(group, part, (team,), targets, beside)


def _of_groups(scenario: CentreScenario) -> Iterator[Question]:
    for group in groups_of(scenario):
        part = alone(scenario, group)
        teams = tuple(team for team in group.teams if own_targets(part, team) and not part.teams[team].dated)
        if teams:
            yield Question(group, part, teams, targets_of(part))


def _refusal(loaded: LoadedScenario, field: str, message: str) -> ScenarioError:
    return ScenarioError(str(loaded.source), [Problem(field, message)])
