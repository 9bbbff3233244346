"""What agents do at each stage of experience."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..scenario.centre import CentreScenario
from .compile_routing import of_pairs
from .contract import Stages
from .workforce_stages import TeamStages, team_stages

_PPM = 1_000_000
_LEAST = 1e-9


def compile_stages(scenario: CentreScenario) -> Stages:
    """First the teams' own stages, then those that their people go through (``workforce_stages.team_stages``).

    A team's own: its terms, skills and, of a novice's loss of satisfaction, its novices' share. On the ramp, handle
    times are divided by proficiency; re-contacts and the novice's loss fall to the team's own as it rises. Of a
    stage's skills see there.
    """
    own = _own(scenario)
    parts = [own]
    numbers = {name: number for number, name in enumerate(scenario.teams)}
    for name, stages in team_stages(scenario).items():
        parts += _of_team(scenario, own, numbers[name], stages)
    return Stages(*(np.concatenate(tables) for tables in zip(*parts, strict=True)))


def _of_team(scenario: CentreScenario, own: Stages, number: int, stages: TeamStages) -> Iterator[Stages]:
    """Weeks of each of the groups, then what those become who have skills of their own."""
    ramp = list(scenario.teams.values())[number].ramp
    missing = np.zeros(stages.weeks)
    lost_ppm = own.lost_ppm[np.full(stages.weeks, number)]
    if ramp is not None:
        missing = (1 - stages.proficiency) / max(1 - ramp.starts_at, _LEAST)
        lost_ppm = np.rint(missing[:, np.newaxis] * _novice_ppm(scenario)).astype(np.int64)
    more_recontacts = (ramp.recontact - 1 if ramp is not None else 0.0) * missing[:, np.newaxis]
    rows = np.full(stages.weeks, number)
    weeks = Stages(
        handle_factor=own.handle_factor[rows] / stages.proficiency[:, np.newaxis],
        recontact_factor=own.recontact_factor[rows] * (1 + more_recontacts),
        lost_ppm=lost_ppm,
        solves=own.solves[rows],
    )
    yield from (weeks._replace(solves=solves[:-1]) for solves in stages.solves)
    team = Stages(
        own.handle_factor[[number]], own.recontact_factor[[number]], own.lost_ppm[[number]], own.solves[[number]]
    )
    yield from (team._replace(solves=solves[-1:]) for solves in stages.solves[1:])


def _novice_ppm(scenario: CentreScenario) -> list[int]:
    """What a novice costs of satisfaction, by queue."""
    given = [queue.satisfaction for queue in scenario.queues.values()]
    return [0 if one is None else round(one.novice * _PPM) for one in given]


def _own(scenario: CentreScenario) -> Stages:
    teams = scenario.teams.values()
    return Stages(
        handle_factor=np.array(of_pairs(scenario, lambda team, queue: scenario.terms(team, queue).handle_factor, 1.0)),
        recontact_factor=np.array(of_pairs(scenario, lambda team, queue: scenario.terms(team, queue).recontact, 1.0)),
        lost_ppm=np.array(
            [[round(team.novices * lost) for lost in _novice_ppm(scenario)] for team in teams], dtype=np.int64
        ),
        solves=np.array([[team.solves(matter) for matter in scenario.matters] for team in teams], dtype=np.uint8),
    )
