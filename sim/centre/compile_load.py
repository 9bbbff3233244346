"""The work that contacts bring: offered load of every queue over the days, repeats and transfers included."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..common.calendar import DAY_MS
from ..common.offered_load import mean_busy
from ..scenario.centre import CentreScenario
from .compile_days import Days
from .compile_durations import duration
from .compile_volume import Volumes
from .contract import Float64, Int64
from .repeat_delays import delayed
from .repeats import Repeats, per

_FINEST_MS = 300_000
"""Arrival rates are taken as constant over cells of at most this length."""
_NEGLIGIBLE = 1e-9
"""Share of the attempts by which the next transfer of a transfer may still raise them."""
_MOST_HANDS = 200


@dataclass(frozen=True)
class OfferedLoad:
    """Mean number of positions that each queue would keep busy if nobody ever waited, as its integral over time."""

    edge_ms: Float64
    """(C + 1,) ascending, ms since the days' first midnight."""
    before: Float64
    """(Q, C + 1) integral up to each edge, erlang x ms."""
    work_ms: Float64
    """(Q,) mean work of an attempt that is served: handling, after-call work, re-explaining."""
    contacts: Float64
    """(Q, C) expected attempts between neighbouring edges, repeats and transfers included."""

    def of(self, queue: int, start_ms: Int64, end_ms: Int64) -> Float64:
        """Mean erlangs of a queue within each span [start, end), (spans,)."""
        row = self.before[queue]
        integral = np.interp(end_ms, self.edge_ms, row) - np.interp(start_ms, self.edge_ms, row)
        erlangs: Float64 = integral / (end_ms - start_ms)
        return erlangs

    def mean(self, start_ms: Int64, end_ms: Int64) -> Float64:
        """Mean erlangs of every queue within each span [start, end), (Q, spans)."""
        return np.array([self.of(queue, start_ms, end_ms) for queue in range(len(self.before))])


def offered_load(
    scenario: CentreScenario, days: Days, volumes: Volumes, repeats: Repeats, work_ms: Float64
) -> OfferedLoad:
    """Load of all attempts; ``repeats`` say how many transfers follow them, ``work_ms`` (Q,) how long they take.

    Nothing is in service at the first midnight.
    """
    slots = DAY_MS // scenario.interval * math.ceil(scenario.interval / _FINEST_MS)
    cell_ms = DAY_MS / slots
    edges = np.linspace(0.0, days.count * DAY_MS, days.count * slots + 1)
    offered = np.array([volumes.offered(queue, slots) for queue in range(len(scenario.queues))])
    attempts = _with_transfers(scenario, offered, repeats, cell_ms)
    before = []
    for contacts, queue, work in zip(attempts, scenario.queues.values(), work_ms, strict=True):
        busy = mean_busy(contacts, cell_ms, duration(queue.handle_time), work)
        before.append(np.concatenate([[0.0], np.cumsum(busy)]) * cell_ms)
    return OfferedLoad(edges, np.array(before), work_ms, attempts)


def _with_transfers(scenario: CentreScenario, offered: Float64, repeats: Repeats, cell_ms: float) -> Float64:
    """All attempts, (Q, cells): transfers come after the time with the agent who hands on, if nobody waits."""
    share = per(repeats.transfers_from, repeats.attempts[:, np.newaxis])
    attempts = offered
    for _ in range(_MOST_HANDS if share.any() else 0):
        before, attempts = attempts, offered.copy()
        for source, queue in enumerate(scenario.queues.values()):
            if queue.transfer is not None and share[source].any():
                handed_on = delayed(before[source], duration(queue.transfer.after), cell_ms)
                attempts += share[source][:, np.newaxis] * handed_on
        if np.abs(attempts - before).sum() <= _NEGLIGIBLE * attempts.sum():
            break
    return attempts
