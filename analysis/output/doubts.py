"""What a scenario says that may not be meant: what its loading found, and teams that are idle or swamped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.errors import Problem, problem_lines
from sim.scenario.base import Finding
from sim.scenario.centre import CentreScenario
from sim.scenario.doubts import doubts_of as scenario_doubts
from sim.scenario.load import LoadedScenario
from sim.scenario.words import dotted

from ..ordinary_week import queue_weeks, team_week
from ..work_shares import team_works_h
from .words import number, percent

BEWARE = "beware, this may not be meant:"
_HARDLY = 0.01
"""Share of its time that a team is busy for hardly anything."""


def doubts_of(loaded: LoadedScenario) -> tuple[Problem, ...]:
    """All of them, those with a place in a file first."""
    scenario = loaded.model
    return (*loaded.warnings, *workload_doubts(scenario, team_works_h(scenario, queue_weeks(scenario))))


def doubts_with_staff(loaded: LoadedScenario, staffed: CentreScenario) -> tuple[Problem, ...]:
    """The same of the loaded scenario with another staff: what its own staff gave rise to is left out."""
    before, after = ([_problem(one) for one in scenario_doubts(of)] for of in (loaded.model, staffed))
    gone = {(one.field, one.message) for one in before if one not in after}
    kept = [one for one in loaded.warnings if (one.field, one.message) not in gone]
    new = [one for one in after if one not in before]
    return (*kept, *new, *workload_doubts(staffed, team_works_h(staffed, queue_weeks(staffed))))


def _problem(finding: Finding) -> Problem:
    """A finding without its place in the file."""
    return Problem(dotted(finding.loc), finding.message)


def workload_doubts(scenario: CentreScenario, works_h: Mapping[str, float]) -> Iterator[Problem]:
    """Teams whose work of an ordinary week, hours by name, is more than they have time for, or next to nothing."""
    for name, work_h in works_h.items():
        time_h = team_week(scenario, name).position_h
        if not time_h:
            continue
        digits = 0 if work_h >= 1 else 1
        told = (
            f"by estimate {number(work_h, digits)} h of work fall to it in an ordinary week, and it has "
            f"{number(time_h)} h on the phones ({percent(work_h / time_h)})"
        )
        if work_h > time_h:
            yield Problem(f"teams.{name}", f"{told}; callers will wait long or give up, and emails pile up")
        elif work_h < _HARDLY * time_h:
            yield Problem(f"teams.{name}", f"{told}; check the volumes and handle times of what it serves")


def beware(loaded: LoadedScenario, doubts: tuple[Problem, ...]) -> list[str]:
    """Lines that tell the doubts, none without any."""
    lines = [f"  {line}" for line in problem_lines(str(loaded.source), doubts)]
    return [BEWARE.capitalize(), *lines] if lines else []
