"""What a scenario says that may not be meant: what its loading found, and teams that are idle or swamped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.errors import Problem, problem_lines
from sim.scenario.base import Finding
from sim.scenario.centre import CentreScenario
from sim.scenario.doubts import doubts_of as scenario_doubts
from sim.scenario.load import LoadedScenario
from sim.scenario.words import dotted, listed

from ..ordinary_week import QueueWeek, queue_weeks, team_week
from ..work_bounds import most_work_h, shortages
from .words import number, percent

BEWARE = "beware, this may not be meant:"
_HARDLY = 0.01
"""Share of its time that a team is busy for hardly anything."""


def doubts_of(loaded: LoadedScenario) -> tuple[Problem, ...]:
    """All of them, those with a place in a file first."""
    return (*loaded.warnings, *workload_doubts(loaded.model, queue_weeks(loaded.model)))


def doubts_with_staff(loaded: LoadedScenario, staffed: CentreScenario) -> tuple[Problem, ...]:
    """The same of the loaded scenario with another staff: what its own staff gave rise to is left out."""
    before, after = ([_problem(one) for one in scenario_doubts(of)] for of in (loaded.model, staffed))
    gone = {(one.field, one.message) for one in before if one not in after}
    kept = [one for one in loaded.warnings if (one.field, one.message) not in gone]
    new = [one for one in after if one not in before]
    return (*kept, *new, *workload_doubts(staffed, queue_weeks(staffed)))


def _problem(finding: Finding) -> Problem:
    """A finding without its place in the file."""
    return Problem(dotted(finding.loc), finding.message)


def workload_doubts(scenario: CentreScenario, weeks: Mapping[str, QueueWeek]) -> Iterator[Problem]:
    """Teams whose work of an ordinary week is more than they have time for, or next to nothing, whoever takes what."""
    for teams, work_h, time_h in shortages(scenario, weeks):
        if time_h:
            whom, has = ("it", "it has") if len(teams) == 1 else (f"it and {listed(teams[1:], 'and')}", "they have")
            told = _work_and_time(work_h, time_h, f"h of work fall to {whom}", has)
            yield Problem(
                f"teams.{teams[0]}", f"by estimate {told}; callers will wait long or give up, and emails pile up"
            )
    for name in scenario.teams:
        work_h, time_h = most_work_h(scenario, weeks, name), team_week(scenario, name).position_h or 0.0
        if work_h < _HARDLY * time_h:
            alone = all(len(scenario.serving(queue)) == 1 for queue in scenario.served_by(name))
            told = _work_and_time(work_h, time_h, "h of work fall to it", "it has")
            idle = "check the volumes and handle times of what it serves"
            yield Problem(f"teams.{name}", f"by estimate {'' if alone else 'at most '}{told}; {idle}")


def _work_and_time(work_h: float, time_h: float, falls: str, has: str) -> str:
    work = number(work_h, 0 if work_h >= 1 else 1)
    return (
        f"{work} {falls} in an ordinary week, and {has} {number(time_h)} h on the phones ({percent(work_h / time_h)})"
    )


def beware(loaded: LoadedScenario, doubts: tuple[Problem, ...]) -> list[str]:
    """Lines that tell the doubts, none without any."""
    lines = [f"  {line}" for line in problem_lines(str(loaded.source), doubts)]
    return [BEWARE.capitalize(), *lines] if lines else []
