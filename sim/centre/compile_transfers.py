"""Matters, the teams' skills for them, and what happens to a contact whose agent lacks one."""

from __future__ import annotations

import numpy as np

from ..scenario.centre import CentreScenario
from ..scenario.queue import Queue
from .compile_durations import duration, on_tick, tables
from .contract import NOBODY, Float64, Int64, Transfers


def compile_transfers(scenario: CentreScenario) -> Transfers:
    """Matters are numbered over all queues, in the order of the file; one that isn't named is solved by everybody."""
    given = [queue.transfer for queue in scenario.queues.values()]
    warm = [transfer.warm if transfer is not None else None for transfer in given]
    cumulative = np.cumsum(matter_shares(scenario), axis=1)
    return Transfers(
        matter=cumulative / cumulative[:, -1:],
        to=np.array([_targets(scenario, name, queue) for name, queue in scenario.queues.items()], dtype=np.int64),
        after=tables([duration(transfer.after) if transfer is not None else None for transfer in given]),
        at_head=np.array([transfer is not None and transfer.place == "head" for transfer in given], dtype=np.uint8),
        re_explain_ms=_on_ticks(scenario, [transfer.re_explain if transfer is not None else 0 for transfer in given]),
        hold_ms=_on_ticks(scenario, [one.hold if one is not None else 0 for one in warm]),
        joint_ms=_on_ticks(scenario, [one.joint if one is not None else 0 for one in warm]),
    )


def matter_shares(scenario: CentreScenario) -> Float64:
    """Shares of the matters in each queue's first contacts, (Q, M)."""
    return np.array(
        [[queue.matter_shares.get(matter, 0.0) for matter in scenario.matters] for queue in scenario.queues.values()]
    )


def _targets(scenario: CentreScenario, name: str, queue: Queue) -> list[int]:
    """Queue to which each matter is handed on, by number; NOBODY where everybody who serves the queue solves it."""
    names, teams = list(scenario.queues), [scenario.teams[team] for team in scenario.serving(name)]
    to = queue.transfer.to if queue.transfer is not None else {}
    return [
        names.index(to[matter]) if matter in to and any(team.may_lack(matter) for team in teams) else NOBODY
        for matter in scenario.matters
    ]


def _on_ticks(scenario: CentreScenario, durations_ms: list[int]) -> Int64:
    return np.array([on_tick(duration_ms, scenario.tick) for duration_ms in durations_ms], dtype=np.int64)
