"""What agents do at each stage of experience."""

from __future__ import annotations

import numpy as np

from ..scenario.centre import CentreScenario
from .compile_routing import of_pairs
from .contract import Stages
from .workforce_plan import ramp_stages

_PPM = 1_000_000
_LEAST = 1e-9


def compile_stages(scenario: CentreScenario) -> Stages:
    """First the teams' own stages, then those of their ramps (``workforce_plan.ramp_stages``).

    A team's own: its terms, skills and, of a novice's loss of satisfaction, its novices' share. On the ramp, handle
    times are divided by proficiency; re-contacts and the novice's loss fall to the team's own as it rises.
    """
    own = _own(scenario)
    parts = [own]
    for name, ramp in ramp_stages(scenario).items():
        team = scenario.teams[name]
        assert team.ramp is not None
        missing = (1 - ramp.proficiency) / max(1 - team.ramp.starts_at, _LEAST)
        rows = np.full(missing.size, ramp.experienced)
        parts.append(
            Stages(
                handle_factor=own.handle_factor[rows] / ramp.proficiency[:, np.newaxis],
                recontact_factor=own.recontact_factor[rows] * (1 + (team.ramp.recontact - 1) * missing[:, np.newaxis]),
                lost_ppm=np.rint(missing[:, np.newaxis] * _novice_ppm(scenario)).astype(np.int64),
                solves=own.solves[rows],
            )
        )
    return Stages(*(np.concatenate(tables) for tables in zip(*parts, strict=True)))


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
