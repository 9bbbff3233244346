"""One replication's contact log and spells reduced to integers: readable numpy, the oracle of the fast engine.

Contact figures belong to the interval in which the attempt was offered, clock figures (waiting, positions, busy) to
the interval in which the time passed. All sums are of integers, so they are exact in any order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.histogram import BINS, bin_edges
from .contract import Clock, CompiledCentre, EngineInput, Int64, Opening, Queues, Staff
from .results import (
    ABANDONED,
    BLOCKED,
    BUSY,
    CONTACT_COLUMNS,
    DEFLECTED,
    NO_FOLLOW_UP,
    ON_DUTY,
    REASONS,
    REDIAL_LOST,
    SERVED,
    SERVICE_COLUMNS,
    TRANSFER,
    UNRESOLVED,
    WAITING_SPELL,
    IntervalCounts,
)
from .rosters import Steps, scheduled_positions

Mask = NDArray[np.bool_]
Amounts = dict[str, NDArray[np.integer] | Mask]
"""Of each row of the log, by column."""


def reduce_log(log: np.ndarray, spells: np.ndarray, compiled: CompiledCentre) -> IntervalCounts:
    """Reduce a log (LOG_DTYPE) and its spells (SPELL_DTYPE) to the counts that the fast engine keeps inline."""
    engine = compiled.engine
    queues, teams, periods = len(compiled.queue_names), len(compiled.team_names), len(compiled.period_labels)
    grid = _Grid.of(engine.clock)
    counted = log["counted"] == 1
    attempts = {name: amount[counted] for name, amount in _of_attempts(log, engine).items()}
    queue = log["queue"][counted].astype(np.int64)
    interval = grid.interval_of(log["offered_ms"][counted])
    period = compiled.interval_period[interval]
    place = queue * periods + period
    waited = attempts["waits"] == 1
    entry = _entry(log)
    entered_counted = counted[entry]
    solved = {name: amount[entered_counted] for name, amount in _of_solved(log, engine, entry).items()}
    replied = solved["replies"] == 1
    entered = log[entry[entered_counted]]
    entry_interval = grid.interval_of(entered["offered_ms"])
    entry_cell = entered["queue"] * grid.intervals + entry_interval
    entry_place = entered["queue"] * periods + compiled.interval_period[entry_interval]
    return IntervalCounts(
        contacts=_contacts(
            (attempts, queue * grid.intervals + interval), (solved, entry_cell), shape=(queues, grid.intervals)
        ),
        queues=_queues(spells, grid, engine.routing.line_queue, queues),
        teams=_teams(spells, grid, engine.staff, teams),
        services=_services(log[counted], queue, period, engine.staff, (teams, queues, periods)),
        wait_histogram=_histogram(place[waited], attempts["wait_served_ms"][waited], (queues, periods)),
        response_histogram=_histogram(entry_place[replied], solved["response_ms"][replied], (queues, periods)),
    )


# --- contacts, by interval of arrival -----------------------------------------------------------------------------


def _of_attempts(log: np.ndarray, engine: EngineInput) -> Amounts:
    """What each row of the log adds where and when it was offered or handed on (to the longest wait: what it competes
    with), and whether it counts in the histogram of waits."""
    queues, queue, fate = engine.queues, log["queue"], log["fate"]
    offered, live = log["reason"] != TRANSFER, log["callback"] == 0
    served, abandoned, blocked = fate == SERVED, fate == ABANDONED, fate == BLOCKED
    wait_ms = log["left_queue_ms"] - log["offered_ms"]
    in_time = wait_ms <= queues.threshold_ms[queue]
    handed_on = served & (log["follow_up"] == TRANSFER)
    amounts = {name: (log["reason"] == code) & (fate != DEFLECTED) for code, name in enumerate(REASONS)} | {
        "served": served & offered,
        "served_within": served & offered & in_time,
        "served_at_once": served & offered & (wait_ms == 0),
        "abandoned": abandoned & offered,
        "abandoned_within": abandoned & offered & in_time,
        "abandoned_short": abandoned & offered & (wait_ms <= queues.short_abandon_ms[queue]),
        "blocked": blocked & offered,
        "unresolved": (fate == UNRESOLVED) & offered,
        "wait_served_ms": np.where(served & offered & live, wait_ms, 0),
        "wait_abandoned_ms": np.where(abandoned & offered & live, wait_ms, 0),
        "wait_longest_ms": np.where((served | abandoned) & offered & live, wait_ms, 0),
        "handle_ms": log["handle_ms"],
        "re_explain_ms": log["re_explain_ms"],
        "redials_lost": log["follow_up"] == REDIAL_LOST,
        "lost": (abandoned | blocked) & np.isin(log["follow_up"], (NO_FOLLOW_UP, REDIAL_LOST)),
        "deflected": fate == DEFLECTED,
        "callbacks": ~live & offered,
        "callbacks_reached": ~live & offered & served,
        "callback_ms": np.where(~live & offered & served, wait_ms, 0),
        "handed_on": handed_on,
        "handed_on_ms": np.where(handed_on, log["handle_ms"], 0)
        + np.where(offered, 0, log["re_explain_ms"] + log["joint_ms"]),
        "transfer_served": served & ~offered,
        "transfer_served_within": served & ~offered & (wait_ms <= queues.transfer_threshold_ms[queue]),
        "transfer_abandoned": abandoned & ~offered,
        "transfer_blocked": blocked & ~offered,
        "transfer_unresolved": (fate == UNRESOLVED) & ~offered,
        "transfer_wait_ms": np.where(served & ~offered & live, wait_ms, 0),
        "transfer_callbacks": ~live & ~offered,
        "transfer_callbacks_reached": ~live & ~offered & served,
        "put_down": np.where(served, log["put_down"], 0),
    }
    return amounts | {"waits": served & offered & live}


def _entry(log: np.ndarray) -> Int64:
    """Of each row, the row in which its contact was last offered: its own unless it was handed on."""
    offered = log["reason"] != TRANSFER
    entry: Int64 = np.maximum.accumulate(np.where(offered, np.arange(len(log)), 0))
    return entry


def _of_solved(log: np.ndarray, engine: EngineInput, entry: Int64) -> Amounts:
    """What each row adds where and when its contact was last offered, if it is solved there, and whether it counts in
    the histogram of responses."""
    served = log["fate"] == SERVED
    solved = served & (log["follow_up"] != TRANSFER)
    rated = solved & (log["satisfaction_ppm"] >= 0)
    wait_ms = np.where(log["callback"] == 0, log["left_queue_ms"] - log["offered_ms"], 0)
    is_email = engine.queues.is_email[log["queue"]] == 1
    waited_ms = np.where(served, np.where(is_email, _responses(log, engine.queues, engine.opening), wait_ms), 0)
    through_ms = np.cumsum(waited_ms)
    until_solved_ms = through_ms - through_ms[entry] + waited_ms[entry]
    replied = solved & is_email[entry]
    return {
        "responded_within": replied & (until_solved_ms <= engine.queues.threshold_ms[log["queue"][entry]]),
        "response_ms": np.where(replied, until_solved_ms, 0),
        "replies": replied,
        "touched_1": solved & (log["touches"] == 1),
        "touched_2": solved & (log["touches"] == 2),
        "touched_more": solved & (log["touches"] > 2),
        "rated": rated,
        "satisfaction_ppm": np.where(rated, log["satisfaction_ppm"], 0),
        "rated_waited_ms": np.where(rated, until_solved_ms, 0),
    }


def _contacts(*parts: tuple[Amounts, Int64], shape: tuple[int, int]) -> Int64:
    """The columns of each part summed by their cells (queue and interval, flat): (Q, I, CONTACT_COLUMNS)."""
    table = np.zeros((len(CONTACT_COLUMNS), shape[0] * shape[1]), dtype=np.int64)
    for amounts, cell in parts:
        for name in amounts.keys() & CONTACT_COLUMNS:
            gather = np.maximum if name == "wait_longest_ms" else np.add
            gather.at(table[CONTACT_COLUMNS.index(name)], cell, amounts[name].astype(np.int64))
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


def _queues(spells: np.ndarray, grid: _Grid, line_queue: Int64, queues: int) -> Int64:
    waits = spells[spells["kind"] == WAITING_SPELL]
    waiting_ms, waiting_at_end = grid.spells(line_queue.size, waits["number"], waits["from_ms"], waits["to_ms"])
    oldest_at_end_ms = np.zeros((queues, grid.intervals), np.int64)
    for queue in range(queues):
        oldest_at_end_ms[queue] = _oldest(grid, waits[waits["number"] == queue])
    owed = np.zeros((2, queues, grid.intervals), np.int64)
    np.add.at(owed[0], line_queue[queues:], waiting_ms[queues:])
    np.add.at(owed[1], line_queue[queues:], waiting_at_end[queues:])
    return np.stack([waiting_ms[:queues], waiting_at_end[:queues], oldest_at_end_ms, *owed], axis=-1)


def _oldest(grid: _Grid, waits: np.ndarray) -> Int64:
    """Time since the longest ago offered of those waiting at each interval's end was offered, (intervals,); else 0."""
    ends_ms = grid.start_ms + (np.arange(grid.intervals) + 1) * grid.interval_ms
    age_ms = np.zeros(grid.intervals, dtype=np.int64)
    for interval, end_ms in enumerate(ends_ms):
        # Just before the end: who leaves then is still there, who comes then isn't.
        there = (waits["from_ms"] < end_ms) & (waits["to_ms"] >= end_ms)
        if there.any():
            age_ms[interval] = end_ms - waits["offered_ms"][there].min()
    return age_ms


def _teams(spells: np.ndarray, grid: _Grid, staff: Staff, teams: int) -> Int64:
    steps = scheduled_positions(staff)
    scheduled_ms, _ = grid.steps(teams, steps.team, steps.at_ms, _position_changes(steps))
    kinds = {}
    for kind in (ON_DUTY, BUSY):
        of = spells[spells["kind"] == kind]
        kinds[kind] = grid.spells(teams, staff.agent_team[of["number"]], of["from_ms"], of["to_ms"])
    return np.stack([scheduled_ms, kinds[ON_DUTY][0] - scheduled_ms, *kinds[BUSY]], axis=-1)


def _services(log: np.ndarray, queue: Int64, period: Int64, staff: Staff, shape: tuple[int, int, int]) -> Int64:
    table = np.zeros((*shape, len(SERVICE_COLUMNS)), np.int64)
    served = log["fate"] == SERVED
    place = (staff.agent_team[log["agent"][served]], queue[served], period[served])
    np.add.at(table[..., 0], place, 1)
    np.add.at(table[..., 1], place, log["handle_ms"][served])
    return table


def _position_changes(steps: Steps) -> Int64:
    """Rise or fall of the team's positions at each change; before its first change a team has none."""
    change = steps.positions.copy()
    for team in np.unique(steps.team):
        rows = np.flatnonzero(steps.team == team)
        change[rows[1:]] -= steps.positions[rows[:-1]]
    return change
