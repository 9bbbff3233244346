"""First contacts that self-service or a community takes off the queues' hands."""

from __future__ import annotations

from datetime import date

import numpy as np

from ..scenario.centre import CentreScenario
from .compile_days import Days
from .compile_durations import duration, tables
from .contract import NOBODY, Deflection, Float64


def deflected_shares(scenario: CentreScenario, days: Days) -> Float64:
    """Share of each day's first contacts that are deflected, (Q, days)."""
    dates = [date.fromordinal(days.first_day + index) for index in range(days.count)]
    given = [queue.deflection for queue in scenario.queues.values()]
    return np.array([[0.0 if one is None else one.share_on(day) for day in dates] for one in given])


def compile_deflection(scenario: CentreScenario, days: Days) -> Deflection:
    """Shares over all ``days``; no day of a queue without deflection has any."""
    names = list(scenario.queues)
    given = [queue.deflection for queue in scenario.queues.values()]
    posts = [one.posts if one is not None else None for one in given]
    return Deflection(
        share=deflected_shares(scenario, days),
        post=np.array([0.0 if one is None else one.share for one in posts]),
        post_queue=np.array([NOBODY if one is None else names.index(one.to) for one in posts], dtype=np.int64),
        fail=np.array([0.0 if one is None else one.fails for one in given]),
        fail_delay=tables([None if one is None else duration(one.after) for one in given]),
    )
