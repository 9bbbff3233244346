"""How satisfied those served are expected to be, in parts per million."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..scenario import satisfaction as stated
from ..scenario.centre import CentreScenario
from .contract import Int64, Satisfaction

_PPM = 1_000_000


def compile_satisfaction(scenario: CentreScenario) -> Satisfaction:
    """Losses from the base, none where the file doesn't rate a queue."""
    given = [queue.satisfaction for queue in scenario.queues.values()]

    def ppm(share: Callable[[stated.Satisfaction], float]) -> Int64:
        return np.array([0 if one is None else round(share(one) * _PPM) for one in given], dtype=np.int64)

    return Satisfaction(
        rated=np.array([one is not None for one in given], dtype=np.uint8),
        base_ppm=ppm(lambda one: one.base),
        wait_ppm_per_hour=ppm(lambda one: one.lost_per_hour),
        again_ppm=ppm(lambda one: one.comes_back),
        transfer_ppm=ppm(lambda one: one.transfer),
    )
