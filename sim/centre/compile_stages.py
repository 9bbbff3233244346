"""What agents do at each stage of experience."""

from __future__ import annotations

import numpy as np

from ..scenario.centre import CentreScenario
from .compile_routing import of_pairs
from .contract import Stages

_PPM = 1_000_000


def compile_stages(scenario: CentreScenario) -> Stages:
    """Of every team one stage: its terms, skills and, of a novice's loss of satisfaction, its novices' share."""
    novice = [0.0 if one is None else one.novice for one in (queue.satisfaction for queue in scenario.queues.values())]
    teams = scenario.teams.values()
    return Stages(
        handle_factor=np.array(of_pairs(scenario, lambda team, queue: scenario.terms(team, queue).handle_factor, 1.0)),
        recontact_factor=np.array(of_pairs(scenario, lambda team, queue: scenario.terms(team, queue).recontact, 1.0)),
        lost_ppm=np.array(
            [[round(team.novices * round(lost * _PPM)) for lost in novice] for team in teams], dtype=np.int64
        ),
        solves=np.array([[team.solves(matter) for matter in scenario.matters] for team in teams], dtype=np.uint8),
    )
