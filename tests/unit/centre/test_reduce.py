"""The reduction of a log against sums computed contact by contact and interval by interval."""

from __future__ import annotations

import numpy as np
import pytest

from sim.centre.contract import NOBODY, CompiledCentre
from sim.centre.reduce import reduce_log
from sim.centre.results import (
    ABANDONED,
    BLOCKED,
    CONTACT_COLUMNS,
    DUTY_DTYPE,
    FIRST,
    LATE_EMAIL,
    LOG_DTYPE,
    NO_FOLLOW_UP,
    QUEUE_COLUMNS,
    REASONS,
    RECONTACT,
    REDIAL,
    REDIAL_LOST,
    SERVED,
    TEAM_COLUMNS,
    UNRESOLVED,
    IntervalCounts,
)
from sim.common.distributions import Deterministic
from sim.common.histogram import BINS, bin_of
from tests.support.centres import DAY_MS, HOUR_MS, MINUTE_MS, Queue, centre

INTERVAL_MS = 30 * MINUTE_MS
HANDLE = Deterministic(5 * MINUTE_MS)
OFFICE_HOURS = ((9 * HOUR_MS, 17 * HOUR_MS),)
CALLS, EMAILS, ELAPSED_EMAILS = 0, 1, 2


def three_queues(changes: tuple[tuple[int, int], ...] = ((0, 3),), warm_up_days: int = 1) -> CompiledCentre:
    queues = [
        Queue("calls", HANDLE, hours=OFFICE_HOURS, threshold_ms=20 * MINUTE_MS, short_abandon_ms=10 * MINUTE_MS),
        Queue("emails", HANDLE, email=True, hours=OFFICE_HOURS, threshold_ms=40 * MINUTE_MS),
        Queue("web", HANDLE, email=True, hours=OFFICE_HOURS, threshold_ms=40 * MINUTE_MS, elapsed_clock=True),
    ]
    return centre(queues, changes, days=2, warm_up_days=warm_up_days, drain_days=1, interval_ms=INTERVAL_MS)


def row(offered_ms: int, left_ms: int = -1, fate: int = SERVED, **fields: int) -> dict[str, int]:
    """A row of a log: served at ``left_ms`` by agent 0 for 5 minutes unless said otherwise."""
    served = fate == SERVED
    end_ms = fields.get("end_ms", left_ms + 5 * MINUTE_MS) if served else -1
    defaults = {
        "contact": offered_ms,
        "fate": fate,
        "counted": 1,
        "offered_ms": offered_ms,
        "left_queue_ms": left_ms,
        "end_ms": end_ms,
        "free_ms": end_ms,
        "agent": 0 if served else NOBODY,
        "follow_up": NO_FOLLOW_UP,
    }
    return defaults | fields


def log_of(*rows: dict[str, int]) -> np.ndarray:
    log = np.zeros(len(rows), LOG_DTYPE)
    for place, fields in enumerate(rows):
        for name, value in fields.items():
            log[name][place] = value
    return log


def duty_of(*spells: tuple[int, int, int]) -> np.ndarray:
    return np.array(list(spells), DUTY_DTYPE)


def contacts(counts: IntervalCounts, column: str, queue: int = CALLS) -> dict[int, int]:
    """The column's values other than 0, by interval."""
    values = counts.contacts[queue, :, CONTACT_COLUMNS.index(column)]
    return {int(interval): int(values[interval]) for interval in np.flatnonzero(values)}


def lengths(counts: IntervalCounts, column: str, queue: int = CALLS) -> dict[int, int]:
    values = counts.queues[queue, :, QUEUE_COLUMNS.index(column)]
    return {int(interval): int(values[interval]) for interval in np.flatnonzero(values)}


def times(counts: IntervalCounts, column: str) -> dict[int, int]:
    values = counts.teams[0, :, TEAM_COLUMNS.index(column)]
    return {int(interval): int(values[interval]) for interval in np.flatnonzero(values)}


# --- brute force --------------------------------------------------------------------------------------------------


def overlap(start: int, end: int, lo: int, hi: int) -> int:
    return max(0, min(end, hi) - max(start, lo))


def open_time(compiled: CompiledCentre, queue: int, start: int, end: int) -> int:
    opening = compiled.engine.opening
    segments = range(opening.offset[queue], opening.offset[queue + 1])
    return sum(overlap(start, end, int(opening.start_ms[s]), int(opening.end_ms[s])) for s in segments)


def reduce_slowly(log: np.ndarray, duty: np.ndarray, compiled: CompiledCentre) -> IntervalCounts:
    """The definitions, one contact and one interval at a time."""
    clock, queues = compiled.engine.clock, compiled.engine.queues
    n_queues, intervals = len(compiled.queue_names), compiled.intervals
    table = np.zeros((n_queues, intervals, len(CONTACT_COLUMNS)), np.int64)
    waits = np.zeros((n_queues, len(compiled.period_labels), BINS), np.int64)
    responses = np.zeros_like(waits)
    for entry in log[log["counted"] == 1]:
        queue, fate = int(entry["queue"]), int(entry["fate"])
        interval = (int(entry["offered_ms"]) - clock.horizon_start_ms) // clock.interval_ms
        period = compiled.interval_period[interval]
        wait = int(entry["left_queue_ms"]) - int(entry["offered_ms"])
        add: dict[str, int] = {REASONS[entry["reason"]]: 1}
        if fate == SERVED:
            add |= {"served": 1, "served_within": wait <= queues.threshold_ms[queue], "served_at_once": wait == 0}
            add |= {"wait_served_ms": wait, "handle_ms": entry["free_ms"] - entry["left_queue_ms"]}
            add |= {"re_explain_ms": entry["re_explain_ms"]}
            waits[queue, period, bin_of(wait)] += 1
            if queues.is_email[queue]:
                response = int(entry["end_ms"] - entry["offered_ms"])
                if not queues.elapsed_clock[queue]:
                    response = open_time(compiled, queue, int(entry["offered_ms"]), int(entry["end_ms"]))
                add |= {"response_ms": response, "responded_within": response <= queues.threshold_ms[queue]}
                responses[queue, period, bin_of(response)] += 1
        elif fate == ABANDONED:
            add |= {"abandoned": 1, "abandoned_within": wait <= queues.threshold_ms[queue], "wait_abandoned_ms": wait}
            add |= {"abandoned_short": wait <= queues.short_abandon_ms[queue]}
        elif fate == BLOCKED:
            add |= {"blocked": 1}
        else:
            add |= {"unresolved": 1}
        if fate in (ABANDONED, BLOCKED):
            add |= {"lost": entry["follow_up"] in (NO_FOLLOW_UP, REDIAL_LOST)}
            add |= {"redials_lost": entry["follow_up"] == REDIAL_LOST}
        for name, value in add.items():
            table[queue, interval, CONTACT_COLUMNS.index(name)] += value
        if fate in (SERVED, ABANDONED):
            longest = table[queue, interval, CONTACT_COLUMNS.index("wait_longest_ms") :]
            longest[0] = max(longest[0], wait)
    lengths = np.zeros((n_queues, intervals, len(QUEUE_COLUMNS)), np.int64)
    teams = np.zeros((1, intervals, len(TEAM_COLUMNS)), np.int64)
    staff = compiled.engine.staff
    for interval in range(intervals):
        lo = clock.horizon_start_ms + interval * clock.interval_ms
        hi = lo + clock.interval_ms
        for queue in range(n_queues):
            spells = [
                (int(entry["offered_ms"]), int(entry["left_queue_ms"]) if entry["fate"] != UNRESOLVED else 10**15)
                for entry in log
                if entry["queue"] == queue and entry["fate"] != BLOCKED
            ]
            waiting = [start for start, end in spells if start < hi <= end]
            lengths[queue, interval] = (
                sum(overlap(start, end, lo, hi) for start, end in spells),
                len(waiting),
                hi - min(waiting, default=hi),
            )
        until = [*map(int, staff.at_ms[1:]), 10**15]
        scheduled = sum(
            int(n) * overlap(int(a), b, lo, hi) for a, b, n in zip(staff.at_ms, until, staff.positions, strict=True)
        )
        on_duty = sum(overlap(int(on), int(off), lo, hi) for _, on, off in duty)
        service = [(int(s["left_queue_ms"]), int(s["free_ms"])) for s in log if s["fate"] == SERVED]
        teams[0, interval] = (
            scheduled,
            on_duty - scheduled,
            sum(overlap(start, end, lo, hi) for start, end in service),
            sum(start < hi <= end for start, end in service),
        )
    return IntervalCounts(table, lengths, teams, waits, responses)


def random_log(rng: np.random.Generator, rows: int, tick_ms: int, compiled: CompiledCentre) -> np.ndarray:
    """Rows that need not be possible together; a coarse tick makes many of them meet the intervals' ends."""
    clock = compiled.engine.clock
    log = np.zeros(rows, LOG_DTYPE)
    log["contact"] = np.sort(rng.integers(0, rows, rows))
    log["attempt"] = np.arange(rows)
    log["queue"] = rng.integers(0, 3, rows)
    log["reason"] = rng.integers(0, len(REASONS), rows)
    log["offered_ms"] = rng.integers(0, clock.horizon_end_ms // tick_ms, rows) * tick_ms
    log["counted"] = log["offered_ms"] >= clock.horizon_start_ms
    log["fate"] = rng.choice([SERVED, ABANDONED, BLOCKED, UNRESOLVED], rows, p=[0.6, 0.2, 0.1, 0.1])
    wait_ms = rng.geometric(0.3, rows) * tick_ms - tick_ms
    served = log["fate"] == SERVED
    log["left_queue_ms"] = log["offered_ms"] + np.where(log["fate"] == BLOCKED, 0, wait_ms)
    log["left_queue_ms"][log["fate"] == UNRESOLVED] = -1
    end_ms = log["left_queue_ms"] + rng.integers(1, 200, rows) * tick_ms
    log["end_ms"] = np.where(served, end_ms, -1)
    log["free_ms"] = np.where(served, end_ms + rng.integers(0, 3, rows) * tick_ms, -1)
    log["agent"] = np.where(served, rng.integers(0, 3, rows), NOBODY)
    log["re_explain_ms"] = np.where(served, rng.integers(0, 2, rows) * MINUTE_MS, 0)
    follow_up = rng.choice([NO_FOLLOW_UP, REDIAL_LOST, REDIAL, RECONTACT, LATE_EMAIL], rows)
    unserved = (log["fate"] == ABANDONED) | (log["fate"] == BLOCKED)
    log["follow_up"] = np.where(unserved, follow_up, NO_FOLLOW_UP)
    return log


@pytest.mark.parametrize("tick_ms", [1, MINUTE_MS, 10 * MINUTE_MS])
def test_equals_brute_force_on_random_logs(tick_ms: int) -> None:
    compiled = three_queues(((8 * HOUR_MS, 2), (DAY_MS + 10 * MINUTE_MS, 3), (2 * DAY_MS, 1), (2 * DAY_MS + 7, 0)))
    rng = np.random.default_rng(5)
    for rows in (1, 30, 400):
        log = random_log(rng, rows, tick_ms, compiled)
        on_ms = rng.integers(0, 3 * DAY_MS // tick_ms, 20) * tick_ms
        duty = duty_of(*((agent % 3, on, on + 5 * HOUR_MS) for agent, on in enumerate(on_ms)))
        fast, slow = reduce_log(log, duty, compiled), reduce_slowly(log, duty, compiled)
        for name in ("contacts", "queues", "teams", "wait_histogram", "response_histogram"):
            np.testing.assert_array_equal(getattr(fast, name), getattr(slow, name), err_msg=name)


# --- the definitions, one at a time -------------------------------------------------------------------------------


def test_empty_log_leaves_only_the_positions() -> None:
    compiled = three_queues(warm_up_days=0)
    counts = reduce_log(log_of(), duty_of(), compiled)
    assert not counts.contacts.any()
    assert not counts.queues.any()
    assert times(counts, "scheduled_ms") == dict.fromkeys(range(96), 3 * INTERVAL_MS)
    assert times(counts, "overrun_ms") == dict.fromkeys(range(96), -3 * INTERVAL_MS)


def test_contact_belongs_to_the_interval_of_arrival() -> None:
    compiled = three_queues(warm_up_days=0)
    counts = reduce_log(
        log_of(row(INTERVAL_MS - 1, 3 * INTERVAL_MS), row(INTERVAL_MS, 2 * INTERVAL_MS)), duty_of(), compiled
    )
    assert contacts(counts, "served") == {0: 1, 1: 1}
    assert contacts(counts, "wait_served_ms") == {0: 2 * INTERVAL_MS + 1, 1: INTERVAL_MS}
    assert contacts(counts, "wait_longest_ms") == contacts(counts, "wait_served_ms")


def test_thresholds_include_equality() -> None:
    compiled = three_queues(warm_up_days=0)
    rows = [row(0, 20 * MINUTE_MS), row(1, 20 * MINUTE_MS + 2)]
    rows += [row(2, 20 * MINUTE_MS + 2, ABANDONED), row(3, 20 * MINUTE_MS + 4, ABANDONED)]
    rows += [row(4, 10 * MINUTE_MS + 4, ABANDONED), row(5, 10 * MINUTE_MS + 6, ABANDONED)]
    counts = reduce_log(log_of(*rows), duty_of(), compiled)
    assert contacts(counts, "served_within") == {0: 1}
    assert contacts(counts, "abandoned_within") == {0: 3}
    assert contacts(counts, "abandoned_short") == {0: 1}


def test_blocked_and_served_at_once_never_wait() -> None:
    compiled = three_queues(warm_up_days=0)
    rows = [row(10, 10), row(20, 20, BLOCKED), row(INTERVAL_MS, INTERVAL_MS)]
    counts = reduce_log(log_of(*rows), duty_of(), compiled)
    assert contacts(counts, "served_at_once") == {0: 1, 1: 1}
    assert contacts(counts, "blocked") == {0: 1}
    assert contacts(counts, "wait_longest_ms") == {}
    assert not counts.queues.any()


def test_state_at_an_intervals_end_precedes_the_events_of_that_moment() -> None:
    compiled = three_queues(warm_up_days=0)
    rows = [row(INTERVAL_MS - 7, INTERVAL_MS), row(INTERVAL_MS, 2 * INTERVAL_MS - 1)]
    counts = reduce_log(log_of(*rows), duty_of(), compiled)
    assert lengths(counts, "waiting_ms") == {0: 7, 1: INTERVAL_MS - 1}
    assert lengths(counts, "waiting_at_end") == {0: 1}
    assert lengths(counts, "oldest_at_end_ms") == {0: 7}


def test_busy_spells_end_with_their_interval() -> None:
    compiled = three_queues(warm_up_days=0)
    rows = [row(0, 0, end_ms=INTERVAL_MS), row(5, INTERVAL_MS, end_ms=INTERVAL_MS + 9)]
    counts = reduce_log(log_of(*rows), duty_of(), compiled)
    assert times(counts, "busy_ms") == {0: INTERVAL_MS, 1: 9}
    assert times(counts, "busy_at_end") == {0: 1}


def test_oldest_is_the_first_still_waiting_not_the_first_in_the_log() -> None:
    compiled = three_queues(warm_up_days=0)
    rows = [row(5, 10, contact=0), row(30, INTERVAL_MS + 5, contact=1), row(20, 3 * INTERVAL_MS, contact=2)]
    counts = reduce_log(log_of(*rows), duty_of(), compiled)
    assert lengths(counts, "oldest_at_end_ms") == {k: (k + 1) * INTERVAL_MS - 20 for k in range(3)}


def test_unresolved_wait_to_the_end_and_backlog_is_not_counted() -> None:
    compiled = three_queues(warm_up_days=0)
    rows = [row(95 * INTERVAL_MS + 100, fate=UNRESOLVED, queue=EMAILS, contact=9)]
    rows += [row(0, INTERVAL_MS + 50, queue=EMAILS, counted=0)]
    counts = reduce_log(log_of(*rows), duty_of(), compiled)
    assert contacts(counts, "unresolved", EMAILS) == {95: 1}
    assert contacts(counts, "served", EMAILS) == {}
    assert lengths(counts, "waiting_ms", EMAILS) == {0: INTERVAL_MS, 1: 50, 95: INTERVAL_MS - 100}
    assert lengths(counts, "oldest_at_end_ms", EMAILS) == {0: INTERVAL_MS, 95: INTERVAL_MS - 100}
    assert counts.wait_histogram.sum() == 0


def test_warm_up_is_waited_and_worked_in_but_not_counted() -> None:
    compiled = three_queues(((0, 1),))
    rows = [row(DAY_MS - 60, DAY_MS + 40, counted=0, end_ms=DAY_MS + 90), row(DAY_MS, DAY_MS + 90)]
    counts = reduce_log(log_of(*rows), duty_of((0, DAY_MS - 1000, DAY_MS + 500)), compiled)
    assert contacts(counts, "first") == {0: 1}
    assert lengths(counts, "waiting_ms") == {0: 40 + 90}
    assert times(counts, "busy_ms") == {0: 50 + 5 * MINUTE_MS}
    assert times(counts, "overrun_ms")[0] == 500 - INTERVAL_MS


def test_overrun_is_duty_beyond_the_positions() -> None:
    compiled = three_queues(((0, 2), (INTERVAL_MS + 100, 1)), warm_up_days=0)
    end_ms = 96 * INTERVAL_MS
    counts = reduce_log(log_of(), duty_of((0, 0, end_ms), (1, 0, 3 * INTERVAL_MS + 5)), compiled)
    assert times(counts, "overrun_ms") == {1: INTERVAL_MS - 100, 2: INTERVAL_MS, 3: 5}


def test_email_clock_stops_for_the_night() -> None:
    compiled = three_queues(warm_up_days=0)
    offered_ms, end_ms = 16 * HOUR_MS + 50 * MINUTE_MS, DAY_MS + 9 * HOUR_MS + 30 * MINUTE_MS
    rows = [
        row(offered_ms, end_ms - 1, end_ms=end_ms, queue=queue, contact=queue) for queue in (EMAILS, ELAPSED_EMAILS)
    ]
    counts = reduce_log(log_of(*rows), duty_of(), compiled)
    assert contacts(counts, "response_ms", EMAILS) == {33: 40 * MINUTE_MS}
    assert contacts(counts, "responded_within", EMAILS) == {33: 1}
    assert contacts(counts, "response_ms", ELAPSED_EMAILS) == {33: end_ms - offered_ms}
    assert contacts(counts, "responded_within", ELAPSED_EMAILS) == {}
    assert counts.response_histogram[EMAILS, 0, bin_of(40 * MINUTE_MS)] == 1


def test_email_offered_and_answered_while_closed_has_response_zero() -> None:
    compiled = three_queues(warm_up_days=0)
    counts = reduce_log(log_of(row(HOUR_MS, 2 * HOUR_MS, queue=EMAILS)), duty_of(), compiled)
    assert contacts(counts, "response_ms", EMAILS) == {}
    assert contacts(counts, "responded_within", EMAILS) == {2: 1}


def test_lost_only_without_a_follow_up() -> None:
    compiled = three_queues(warm_up_days=0)
    rows = [
        row(1, 2, ABANDONED, follow_up=REDIAL),
        row(3, 4, ABANDONED, follow_up=REDIAL_LOST),
        row(5, 5, BLOCKED),
        row(6, 9, reason=FIRST, follow_up=RECONTACT),
        row(7, 9, ABANDONED, queue=EMAILS, follow_up=LATE_EMAIL),
    ]
    counts = reduce_log(log_of(*rows), duty_of(), compiled)
    assert contacts(counts, "lost") == {0: 2}
    assert contacts(counts, "redials_lost") == {0: 1}
    assert contacts(counts, "lost", EMAILS) == {}


def test_the_log_is_left_as_it_was() -> None:
    compiled = three_queues()
    log = random_log(np.random.default_rng(1), 50, MINUTE_MS, compiled)
    before = log.copy()
    reduce_log(log, duty_of((0, 0, DAY_MS)), compiled)
    np.testing.assert_array_equal(log, before)
