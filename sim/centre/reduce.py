"""One replication's contact log and duty spells reduced to integers: readable numpy, the oracle of the fast engine.

Contact figures belong to the interval in which the attempt was offered, clock figures (waiting, positions, busy) to
the interval in which the time passed. All sums are of integers, so they are exact in any order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.histogram import BINS, bin_edges
from .contract import DAY_MS, Clock, CompiledCentre, Int64, Opening, Queues, Staff
from .results import (
    ABANDONED,
    BLOCKED,
    CONTACT_COLUMNS,
    NO_FOLLOW_UP,
    REASONS,
    REDIAL_LOST,
    SERVED,
    UNRESOLVED,
    IntervalCounts,
)

Mask = NDArray[np.bool_]


def reduce_log(log: np.ndarray, duty: np.ndarray, compiled: CompiledCentre) -> IntervalCounts:
    """Reduce a log (LOG_DTYPE) and its duty spells (DUTY_DTYPE) to the counts that the fast engine keeps inline."""
    engine = compiled.engine
    queues, periods = len(compiled.queue_names), len(compiled.period_labels)
    grid = _Grid.of(engine.clock)
    counted = log["counted"] == 1
    amounts = {name: amount[counted] for name, amount in _amounts(log, engine.queues, engine.opening).items()}
    queue = log["queue"][counted].astype(np.int64)
    interval = grid.interval_of(log["offered_ms"][counted])
    place = queue * periods + compiled.interval_period[interval]
    served = amounts["served"] == 1
    replied = served & (engine.queues.is_email[queue] == 1)
    return IntervalCounts(
        contacts=_contacts(amounts, queue * grid.intervals + interval, (queues, grid.intervals)),
        queues=_queues(log, grid, engine.clock, queues),
        teams=_teams(log, duty, grid, engine.staff, len(compiled.team_names)),
        wait_histogram=_histogram(place[served], amounts["wait_served_ms"][served], (queues, periods)),
        response_histogram=_histogram(place[replied], amounts["response_ms"][replied], (queues, periods)),
    )


# --- contacts, by interval of arrival -----------------------------------------------------------------------------


def _amounts(log: np.ndarray, queues: Queues, opening: Opening) -> dict[str, NDArray[np.integer] | Mask]:
    """What each row of the log adds to each of CONTACT_COLUMNS (of the longest wait: what it competes with)."""
    queue, fate = log["queue"], log["fate"]
    served, abandoned = fate == SERVED, fate == ABANDONED
    wait_ms = log["left_queue_ms"] - log["offered_ms"]
    in_time = wait_ms <= queues.threshold_ms[queue]
    response_ms = _responses(log, queues, opening)
    replied_in_time = (queues.is_email[queue] == 1) & (response_ms <= queues.threshold_ms[queue])
    return {name: log["reason"] == code for code, name in enumerate(REASONS)} | {
        "served": served,
        "served_within": served & in_time,
        "served_at_once": served & (wait_ms == 0),
        "abandoned": abandoned,
        "abandoned_within": abandoned & in_time,
        "abandoned_short": abandoned & (wait_ms <= queues.short_abandon_ms[queue]),
        "blocked": fate == BLOCKED,
        "unresolved": fate == UNRESOLVED,
        "responded_within": served & replied_in_time,
        "wait_served_ms": np.where(served, wait_ms, 0),
        "wait_abandoned_ms": np.where(abandoned, wait_ms, 0),
        "wait_longest_ms": np.where(served | abandoned, wait_ms, 0),
        "handle_ms": np.where(served, log["free_ms"] - log["left_queue_ms"], 0),
        "re_explain_ms": log["re_explain_ms"],
        "response_ms": response_ms,
        "redials_lost": log["follow_up"] == REDIAL_LOST,
        "lost": (abandoned | (fate == BLOCKED)) & np.isin(log["follow_up"], (NO_FOLLOW_UP, REDIAL_LOST)),
    }


def _contacts(amounts: dict[str, NDArray[np.integer] | Mask], cell: Int64, shape: tuple[int, int]) -> Int64:
    table = np.zeros((len(CONTACT_COLUMNS), shape[0] * shape[1]), dtype=np.int64)
    for row, name in zip(table, CONTACT_COLUMNS, strict=True):
        gather = np.maximum if name == "wait_longest_ms" else np.add
        gather.at(row, cell, amounts[name].astype(np.int64))
    return np.ascontiguousarray(table.T).reshape(*shape, len(CONTACT_COLUMNS))


def _responses(log: np.ndarray, queues: Queues, opening: Opening) -> Int64:
    """Served emails' time from arrival to the end of the reply on their queue's clock; 0 for all else."""
    response_ms = np.zeros(len(log), dtype=np.int64)
    for queue in range(len(queues.is_email)):
        if not queues.is_email[queue]:
            continue
        rows = (log["fate"] == SERVED) & (log["queue"] == queue)
        begin_ms, end_ms = log["offered_ms"][rows], log["end_ms"][rows]
        if not queues.elapsed_clock[queue]:
            begin_ms, end_ms = (_open_time_before(at_ms, opening, queue) for at_ms in (begin_ms, end_ms))
        response_ms[rows] = end_ms - begin_ms
    return response_ms


def _open_time_before(at_ms: Int64, opening: Opening, queue: int) -> Int64:
    """Opening time of the queue from the start of the simulation to each moment."""
    segments = slice(opening.offset[queue], opening.offset[queue + 1])
    start_ms, end_ms, before_ms = opening.start_ms[segments], opening.end_ms[segments], opening.before_ms[segments]
    segment = np.searchsorted(start_ms, at_ms, side="right") - 1
    begun = segment >= 0
    segment = segment[begun]
    open_ms = np.zeros(len(at_ms), dtype=np.int64)
    open_ms[begun] = before_ms[segment] + np.minimum(at_ms[begun], end_ms[segment]) - start_ms[segment]
    return open_ms


def _histogram(place: Int64, duration_ms: Int64, shape: tuple[int, int]) -> Int64:
    """Durations counted by place (queue and period, flat) and bin: (Q, P, BINS)."""
    bins = np.minimum(np.searchsorted(bin_edges(), duration_ms, side="right") - 1, BINS - 1)
    return np.bincount(place * BINS + bins, minlength=shape[0] * shape[1] * BINS).reshape(*shape, BINS)


# --- queues and teams, by clock interval --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Grid:
    """The horizon's intervals."""

    start_ms: int
    end_ms: int
    interval_ms: int

    @classmethod
    def of(cls, clock: Clock) -> _Grid:
        return cls(clock.horizon_start_ms, clock.horizon_end_ms, clock.interval_ms)

    @property
    def intervals(self) -> int:
        return (self.end_ms - self.start_ms) // self.interval_ms

    def interval_of(self, at_ms: Int64) -> Int64:
        """Interval of each moment; 0 for what comes before the horizon, ``intervals`` for what comes after."""
        interval: Int64 = (np.clip(at_ms, self.start_ms, self.end_ms) - self.start_ms) // self.interval_ms
        return interval

    def steps(self, rows: int, row: NDArray[np.integer], at_ms: Int64, step: Int64) -> tuple[Int64, Int64]:
        """Step functions that rise by ``step`` at ``at_ms``, one a row.

        Returns their integrals over the intervals and their values just before the intervals' ends, each
        (rows, intervals).
        """
        interval = self.interval_of(at_ms)
        rest_ms = self.start_ms + (interval + 1) * self.interval_ms - np.maximum(at_ms, self.start_ms)
        rise = np.zeros((rows, self.intervals + 1), dtype=np.int64)
        risen_within_ms = np.zeros_like(rise)
        np.add.at(rise, (row, interval), step)
        np.add.at(risen_within_ms, (row, interval), step * rest_ms)
        value = np.cumsum(rise, axis=1)
        integral = self.interval_ms * (value - rise) + risen_within_ms
        return integral[:, :-1], value[:, :-1]

    def spells(self, rows: int, row: NDArray[np.integer], start_ms: Int64, end_ms: Int64) -> tuple[Int64, Int64]:
        """As ``steps``, of the number of spells [start, end) that hold; one ending with the interval still counts."""
        ones = np.ones(len(row), dtype=np.int64)
        return self.steps(
            rows, np.concatenate([row, row]), np.concatenate([start_ms, end_ms]), np.concatenate([ones, -ones])
        )


def _queues(log: np.ndarray, grid: _Grid, clock: Clock, queues: int) -> Int64:
    log = log[log["fate"] != BLOCKED]
    left_ms = np.where(log["fate"] == UNRESOLVED, clock.days * DAY_MS, log["left_queue_ms"])
    waiting_ms, waiting_at_end = grid.spells(queues, log["queue"], log["offered_ms"], left_ms)
    oldest_at_end_ms = np.zeros_like(waiting_ms)
    for queue in range(queues):
        rows = log["queue"] == queue
        oldest_at_end_ms[queue] = _oldest(grid, log["offered_ms"][rows], left_ms[rows])
    return np.stack([waiting_ms, waiting_at_end, np.where(waiting_at_end > 0, oldest_at_end_ms, 0)], axis=-1)


def _oldest(grid: _Grid, offered_ms: Int64, left_ms: Int64) -> Int64:
    """Age of the longest waiting at each interval's end, (intervals,); without meaning where nobody waits."""
    order = np.argsort(offered_ms, kind="stable")
    # In order of arrival: the first contact that has not left by the interval's end is the first whose last interval
    # is this one or later, which is where the running maximum of the last intervals reaches it.
    last_interval = np.maximum.accumulate(grid.interval_of(left_ms)[order] - 1)
    interval = np.arange(grid.intervals)
    oldest = np.searchsorted(last_interval, interval)
    found = oldest < len(order)
    age_ms = np.zeros(grid.intervals, dtype=np.int64)
    end_ms = grid.start_ms + (interval[found] + 1) * grid.interval_ms
    age_ms[found] = end_ms - offered_ms[order[oldest[found]]]
    return age_ms


def _teams(log: np.ndarray, duty: np.ndarray, grid: _Grid, staff: Staff, teams: int) -> Int64:
    service = log[log["fate"] == SERVED]
    scheduled_ms, _ = grid.steps(teams, staff.team, staff.at_ms, _position_changes(staff))
    on_duty_ms, _ = grid.spells(teams, staff.agent_team[duty["agent"]], duty["on_ms"], duty["off_ms"])
    busy_ms, busy_at_end = grid.spells(
        teams, staff.agent_team[service["agent"]], service["left_queue_ms"], service["free_ms"]
    )
    return np.stack([scheduled_ms, on_duty_ms - scheduled_ms, busy_ms, busy_at_end], axis=-1)


def _position_changes(staff: Staff) -> Int64:
    """Rise or fall of the team's positions at each change; before its first change a team has none."""
    change = staff.positions.copy()
    for team in np.unique(staff.team):
        rows = np.flatnonzero(staff.team == team)
        change[rows[1:]] -= staff.positions[rows[:-1]]
    return change
