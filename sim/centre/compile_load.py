"""The work that contacts bring: offered load of every queue over the days, repeats included."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..common.arrivals_daily import DailyArrivals
from ..common.calendar import DAY_MS, open_ms_per_weekday
from ..common.offered_load import mean_busy
from ..scenario.centre import CentreScenario
from ..scenario.handling import mean_works_ms
from .compile_days import Days
from .compile_durations import duration
from .contract import Float64, Int64
from .repeats import Repeats

_FINEST_MS = 300_000
"""Arrival rates are taken as constant over cells of at most this length."""


@dataclass(frozen=True)
class OfferedLoad:
    """Mean number of positions that each queue would keep busy if nobody ever waited, as its integral over time."""

    edge_ms: Float64
    """(C + 1,) ascending, ms since the days' first midnight."""
    before: Float64
    """(Q, C + 1) integral up to each edge, erlang x ms."""
    work_ms: Float64
    """(Q,) mean work of an attempt that is served: handling, after-call work, re-explaining."""
    contacts_per_day: Float64
    """(Q, days) expected attempts, repeats included."""

    def mean(self, start_ms: Int64, end_ms: Int64) -> Float64:
        """Mean erlangs of every queue within each span [start, end), (Q, spans)."""
        integral = np.array(
            [np.interp(end_ms, self.edge_ms, row) - np.interp(start_ms, self.edge_ms, row) for row in self.before]
        )
        erlangs: Float64 = integral / (end_ms - start_ms)
        return erlangs


def offered_load(
    scenario: CentreScenario, days: Days, attempts: tuple[DailyArrivals, ...], repeats: Repeats
) -> OfferedLoad:
    """Load of all ``attempts``, first contacts and repeats.

    Repeats to a queue whose file states no volume come evenly over its opening hours. Nothing is in service at the
    first midnight.
    """
    slots = DAY_MS // scenario.interval * math.ceil(scenario.interval / _FINEST_MS)
    cell_ms = DAY_MS / slots
    edges = np.linspace(0.0, days.count * DAY_MS, days.count * slots + 1)
    works = np.array(list(mean_works_ms(scenario).values()))
    before, contacts_per_day = [], []
    for index, (name, queue) in enumerate(scenario.queues.items()):
        if repeats.stated[index] > 0:
            contacts = attempts[index].by_slot(slots).ravel()
        else:
            hours = scenario.opening_hours(name)
            open_ms = days.opening(hours).open_between(edges.round().astype(np.int64))
            contacts = repeats.offered[index] * open_ms / open_ms_per_weekday(hours).sum()
        busy = mean_busy(contacts, cell_ms, duration(queue.handle_time), works[index])
        before.append(np.concatenate([[0.0], np.cumsum(busy)]) * cell_ms)
        contacts_per_day.append(contacts.reshape(days.count, slots).sum(axis=1))
    return OfferedLoad(edges, np.array(before), works, np.array(contacts_per_day))
