"""The reduction of a log and its spells against sums computed row by row and interval by interval."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.centre.contract import NOBODY, CompiledCentre
from sim.centre.reduce import reduce_log
from sim.centre.results import (
    ABANDONED,
    BLOCKED,
    BUSY,
    CONTACT_COLUMNS,
    DEFLECTED,
    FATES,
    FIRST,
    LATE_EMAIL,
    LOG_DTYPE,
    NO_FOLLOW_UP,
    ON_DUTY,
    QUEUE_COLUMNS,
    REASONS,
    RECONTACT,
    REDIAL,
    REDIAL_LOST,
    SERVED,
    SPELL_DTYPE,
    TEAM_COLUMNS,
    TRANSFER,
    UNRESOLVED,
    WAITING_SPELL,
    IntervalCounts,
)
from sim.common.histogram import bin_of
from tests.support.centres import DAY_MS, HOUR_MS, MINUTE_MS
from tests.support.reduction import (
    BACK,
    CALLS,
    CALLS_OWED,
    DESK,
    DESK_OWED,
    ELAPSED_EMAILS,
    EMAILS,
    FRONT,
    INTERVAL_MS,
    four_queues,
    reduce_slowly,
)


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
        "handle_ms": end_ms - left_ms if served else 0,
        "agent": 0 if served else NOBODY,
        "follow_up": NO_FOLLOW_UP,
        "touches": int(served),
        "satisfaction_ppm": -1,
    }
    return defaults | fields


def log_of(*rows: dict[str, int]) -> np.ndarray:
    log = np.zeros(len(rows), LOG_DTYPE)
    for place, fields in enumerate(rows):
        for name, value in fields.items():
            log[name][place] = value
    return log


def spells_of(*spells: tuple[int, int, int, int, int]) -> np.ndarray:
    """Of (kind, number, from, to, offered)."""
    return np.array(list(spells), SPELL_DTYPE)


def waits(*spells: tuple[int, int], line: int = CALLS) -> np.ndarray:
    """Waiting of contacts, each from when it was offered."""
    return spells_of(*((WAITING_SPELL, line, start, end, start) for start, end in spells))


def contacts(counts: IntervalCounts, column: str, queue: int = CALLS) -> dict[int, int]:
    """The column's values other than 0, by interval."""
    return _not_zero(counts.contacts[queue, :, CONTACT_COLUMNS.index(column)])


def lengths(counts: IntervalCounts, column: str, queue: int = CALLS) -> dict[int, int]:
    return _not_zero(counts.queues[queue, :, QUEUE_COLUMNS.index(column)])


def times(counts: IntervalCounts, column: str, team: int = FRONT) -> dict[int, int]:
    return _not_zero(counts.teams[team, :, TEAM_COLUMNS.index(column)])


def _not_zero(values: np.ndarray) -> dict[int, int]:
    return {int(place): int(values[place]) for place in np.flatnonzero(values)}


# --- against brute force ------------------------------------------------------------------------------------------


def random_log(rng: np.random.Generator, rows: int, tick_ms: int, compiled: CompiledCentre) -> np.ndarray:
    """Rows that need not be possible together, but that what is handed on comes next.

    A coarse tick makes many of them meet the intervals' ends.
    """
    clock = compiled.engine.clock
    log = np.zeros(rows, LOG_DTYPE)
    after_service = rng.choice([NO_FOLLOW_UP, RECONTACT, TRANSFER], rows)
    fate = rng.choice(len(FATES), rows, p=[0.6, 0.15, 0.1, 0.1, 0.05])
    handed = np.append(False, ((fate == SERVED) & (after_service == TRANSFER))[:-1])
    fate[handed & (fate == DEFLECTED)] = BLOCKED
    log["contact"], log["attempt"] = np.cumsum(~handed), np.arange(rows)
    log["queue"] = rng.integers(0, 4, rows)
    log["fate"] = fate
    others = [reason for reason in range(len(REASONS)) if reason != TRANSFER]
    log["reason"] = np.where(handed, TRANSFER, np.where(fate == DEFLECTED, FIRST, rng.choice(others, rows)))
    log["offered_ms"] = rng.integers(0, clock.horizon_end_ms // tick_ms, rows) * tick_ms
    log["counted"] = log["offered_ms"] >= clock.horizon_start_ms
    served = fate == SERVED
    wait_ms = np.where((fate == BLOCKED) | (fate == DEFLECTED), 0, rng.geometric(0.3, rows) * tick_ms - tick_ms)
    log["left_queue_ms"] = np.where(fate == UNRESOLVED, -1, log["offered_ms"] + wait_ms)
    log["end_ms"] = np.where(served, log["left_queue_ms"] + rng.integers(1, 200, rows) * tick_ms, -1)
    log["free_ms"] = np.where(served, log["end_ms"] + rng.integers(0, 3, rows) * tick_ms, -1)
    log["agent"] = np.where(served, rng.integers(0, 5, rows), NOBODY)
    for name, highest in (("handle_ms", 10**6), ("re_explain_ms", 10**5), ("joint_ms", 10**5)):
        log[name] = served * rng.integers(0, highest, rows)
    unserved = rng.choice([NO_FOLLOW_UP, REDIAL_LOST, REDIAL, LATE_EMAIL], rows)
    is_refused = (fate == ABANDONED) | (fate == BLOCKED)
    log["follow_up"] = np.where(served, after_service, np.where(is_refused, unserved, NO_FOLLOW_UP))
    log["touches"] = rng.integers(1, 5, rows)
    log["callback"] = np.isin(log["queue"], (CALLS, DESK)) & (fate <= ABANDONED) & (rng.random(rows) < 0.4)
    log["put_down"] = rng.integers(0, 3, rows)
    log["satisfaction_ppm"] = np.where(served & (rng.random(rows) < 0.7), rng.integers(0, 10**6, rows), -1)
    return log


def random_spells(rng: np.random.Generator, number: int, tick_ms: int) -> np.ndarray:
    spells = np.zeros(number, SPELL_DTYPE)
    spells["kind"] = kind = rng.integers(0, 3, number)
    spells["number"] = np.where(kind == WAITING_SPELL, rng.integers(0, 6, number), rng.integers(0, 5, number))
    spells["from_ms"] = rng.integers(0, 3 * DAY_MS // tick_ms, number) * tick_ms
    spells["to_ms"] = spells["from_ms"] + rng.geometric(0.02, number) * max(tick_ms, MINUTE_MS)
    early_ms = rng.integers(0, 10, number) * MINUTE_MS
    spells["offered_ms"] = np.where(kind == WAITING_SPELL, spells["from_ms"] - early_ms, -1)
    return spells


@pytest.mark.parametrize("tick_ms", [1, MINUTE_MS, 10 * MINUTE_MS])
def test_equals_brute_force_on_random_logs(tick_ms: int) -> None:
    changes = ((8 * HOUR_MS, 2), (DAY_MS + 10 * MINUTE_MS, 3), (2 * DAY_MS, 1), (2 * DAY_MS + 7, 0))
    compiled = four_queues(changes, back=((0, 1), (DAY_MS + 7 * HOUR_MS, 2)), warm_up_days=1)
    rng = np.random.default_rng(5)
    for rows in (1, 30, 600):
        log, spells = random_log(rng, rows, tick_ms, compiled), random_spells(rng, rows // 2, tick_ms)
        quick, slow = reduce_log(log, spells, compiled), reduce_slowly(log, spells, compiled)
        for part in dataclasses.fields(IntervalCounts):
            np.testing.assert_array_equal(getattr(quick, part.name), getattr(slow, part.name), err_msg=part.name)
    empty = [name for place, name in enumerate(CONTACT_COLUMNS) if not slow.contacts[..., place].any()]
    assert empty == []


# --- the definitions, one at a time -------------------------------------------------------------------------------


def test_empty_log_leaves_only_the_positions() -> None:
    counts = reduce_log(log_of(), spells_of(), four_queues())
    assert not counts.contacts.any()
    assert not counts.queues.any()
    assert not counts.services.any()
    for team, positions in ((FRONT, 3), (BACK, 2)):
        assert times(counts, "scheduled_ms", team) == dict.fromkeys(range(96), positions * INTERVAL_MS)
        assert times(counts, "overrun_ms", team) == dict.fromkeys(range(96), -positions * INTERVAL_MS)


def test_contact_belongs_to_the_interval_of_arrival() -> None:
    rows = [row(INTERVAL_MS - 1, 3 * INTERVAL_MS), row(INTERVAL_MS, 2 * INTERVAL_MS)]
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    assert contacts(counts, "served") == {0: 1, 1: 1}
    assert contacts(counts, "wait_served_ms") == {0: 2 * INTERVAL_MS + 1, 1: INTERVAL_MS}
    assert contacts(counts, "wait_longest_ms") == contacts(counts, "wait_served_ms")


def test_thresholds_include_equality() -> None:
    rows = [row(0, 20 * MINUTE_MS), row(1, 20 * MINUTE_MS + 2)]
    rows += [row(2, 20 * MINUTE_MS + 2, ABANDONED), row(3, 20 * MINUTE_MS + 4, ABANDONED)]
    rows += [row(4, 10 * MINUTE_MS + 4, ABANDONED), row(5, 10 * MINUTE_MS + 6, ABANDONED)]
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    assert contacts(counts, "served_within") == {0: 1}
    assert contacts(counts, "abandoned_within") == {0: 3}
    assert contacts(counts, "abandoned_short") == {0: 1}


def test_blocked_and_served_at_once_never_wait() -> None:
    rows = [row(10, 10), row(20, 20, BLOCKED), row(INTERVAL_MS, INTERVAL_MS)]
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    assert contacts(counts, "served_at_once") == {0: 1, 1: 1}
    assert contacts(counts, "blocked") == {0: 1}
    assert contacts(counts, "wait_longest_ms") == {}


def test_a_callback_is_served_but_has_not_waited() -> None:
    """It is within the threshold only if reached within it; given up, it counts as abandoned."""
    rows = [row(0, 15 * MINUTE_MS, callback=1), row(1, 40 * MINUTE_MS + 1, callback=1)]
    rows += [row(2, 50 * MINUTE_MS, ABANDONED, callback=1), row(3, 7, contact=9)]
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    assert contacts(counts, "served") == {0: 3}
    assert contacts(counts, "served_within") == {0: 2}
    assert contacts(counts, "abandoned") == {0: 1}
    assert contacts(counts, "callbacks") == {0: 3}
    assert contacts(counts, "callbacks_reached") == {0: 2}
    assert contacts(counts, "callback_ms") == {0: 55 * MINUTE_MS}
    assert contacts(counts, "wait_served_ms") == contacts(counts, "wait_longest_ms") == {0: 4}
    assert contacts(counts, "wait_abandoned_ms") == {}
    assert counts.wait_histogram.sum() == counts.wait_histogram[CALLS, 0, bin_of(4)] == 1


def test_callbacks_owed_stand_beside_the_queue() -> None:
    owed = [waits((INTERVAL_MS - 10, 2 * INTERVAL_MS + 5), line=line) for line in (CALLS_OWED, DESK_OWED, DESK_OWED)]
    counts = reduce_log(log_of(), np.concatenate(owed), four_queues())
    for queue, number in ((CALLS, 1), (DESK, 2)):
        assert lengths(counts, "callbacks_ms", queue) == {0: 10 * number, 1: INTERVAL_MS * number, 2: 5 * number}
        assert lengths(counts, "callbacks_at_end", queue) == {0: number, 1: number}
        assert lengths(counts, "waiting_ms", queue) == lengths(counts, "oldest_at_end_ms", queue) == {}


def test_a_transfer_is_not_offered_anew() -> None:
    """Two contacts handed on after a minute; one is solved at the desk, the other gives up there."""
    first = {"contact": 1, "end_ms": 2 * MINUTE_MS, "follow_up": TRANSFER}
    rows = [row(0, MINUTE_MS, **first), row(0, MINUTE_MS, **first | {"contact": 2})]
    handed = {"queue": DESK, "reason": TRANSFER, "attempt": 1}
    rows.append(
        row(2 * MINUTE_MS, 5 * MINUTE_MS, contact=1, agent=4, touches=2, re_explain_ms=700, joint_ms=300, **handed)
    )
    rows.append(row(2 * MINUTE_MS, 9 * MINUTE_MS, ABANDONED, contact=2, **handed))
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    assert contacts(counts, "first") == contacts(counts, "served") == contacts(counts, "handed_on") == {0: 2}
    assert contacts(counts, "handed_on_ms") == {0: 2 * MINUTE_MS}
    assert contacts(counts, "touched_1") == contacts(counts, "lost") == {}
    for column in ("first", "served", "abandoned", "wait_served_ms", "wait_longest_ms"):
        assert contacts(counts, column, DESK) == {}
    assert contacts(counts, "transfer", DESK) == {0: 2}
    for column in ("transfer_served", "transfer_abandoned", "lost"):
        assert contacts(counts, column, DESK) == {0: 1}
    assert contacts(counts, "transfer_wait_ms", DESK) == {0: 3 * MINUTE_MS}
    assert contacts(counts, "re_explain_ms", DESK) == {0: 700}
    assert contacts(counts, "handed_on_ms", DESK) == {0: 1000}
    assert counts.wait_histogram[DESK].sum() == 0
    assert counts.services[FRONT, CALLS, 0].tolist() == [2, 2 * MINUTE_MS]
    assert counts.services[BACK, DESK, 0].tolist() == [1, 5 * MINUTE_MS]


def test_what_is_solved_counts_where_and_when_it_was_last_offered() -> None:
    """Offered late in the first interval, solved in the second by the third agent, who is not the first's queue's."""
    came = INTERVAL_MS - MINUTE_MS
    handed = {"contact": 1, "reason": TRANSFER, "queue": DESK}
    rows = [row(came, came + 3, contact=1, end_ms=came + MINUTE_MS, follow_up=TRANSFER)]
    rows.append(row(INTERVAL_MS, INTERVAL_MS + 40, attempt=1, end_ms=INTERVAL_MS + 50, follow_up=TRANSFER, **handed))
    solved = {"attempt": 2, "touches": 3, "satisfaction_ppm": 800_000}
    rows.append(row(INTERVAL_MS + 50, INTERVAL_MS + 550, **solved, **handed))
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    expected = {"touched_more": 1, "rated": 1, "satisfaction_ppm": 800_000, "rated_waited_ms": 3 + 40 + 500}
    for column, value in expected.items():
        assert contacts(counts, column) == {0: value}
        assert contacts(counts, column, DESK) == {}


def test_what_was_offered_before_the_horizon_is_not_solved_in_it() -> None:
    handed = {"contact": 1, "attempt": 1, "reason": TRANSFER, "queue": DESK, "satisfaction_ppm": 800_000}
    rows = [row(5, 9, contact=1, counted=0, follow_up=TRANSFER), row(INTERVAL_MS, INTERVAL_MS + 4, **handed)]
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    assert contacts(counts, "transfer_served", DESK) == {1: 1}
    for column in ("touched_1", "rated"):
        assert contacts(counts, column) == contacts(counts, column, DESK) == {}


def test_services_are_told_by_period_of_arrival() -> None:
    rows = [row(DAY_MS - 1, DAY_MS + 5, agent=2), row(DAY_MS, DAY_MS + 9, agent=3), row(5, 9, agent=1, counted=0)]
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    assert counts.services[FRONT, CALLS, :, 0].tolist() == [1, 0]
    assert counts.services[BACK, CALLS, :, 0].tolist() == [0, 1]
    assert counts.wait_histogram[CALLS].sum(axis=1).tolist() == [1, 1]


def test_satisfaction_is_of_those_rated_and_solved() -> None:
    rows = [row(0, 1, satisfaction_ppm=0), row(1, 2, satisfaction_ppm=900_000), row(2, 3)]
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    assert contacts(counts, "rated") == {0: 2}
    assert contacts(counts, "satisfaction_ppm") == {0: 900_000}


def test_deflected_are_neither_offered_nor_lost() -> None:
    counts = reduce_log(log_of(row(0, 0, DEFLECTED), row(5, 9)), spells_of(), four_queues())
    assert contacts(counts, "deflected") == contacts(counts, "first") == {0: 1}
    assert contacts(counts, "lost") == {}


def test_state_at_an_intervals_end_precedes_the_events_of_that_moment() -> None:
    spells = waits((INTERVAL_MS - 7, INTERVAL_MS), (INTERVAL_MS, 2 * INTERVAL_MS - 1))
    counts = reduce_log(log_of(), spells, four_queues())
    assert lengths(counts, "waiting_ms") == {0: 7, 1: INTERVAL_MS - 1}
    assert lengths(counts, "waiting_at_end") == {0: 1}
    assert lengths(counts, "oldest_at_end_ms") == {0: 7}


def test_busy_spells_end_with_their_interval() -> None:
    spells = spells_of((BUSY, 0, 0, INTERVAL_MS, -1), (BUSY, 2, INTERVAL_MS, INTERVAL_MS + 9, -1), (BUSY, 3, 0, 4, -1))
    counts = reduce_log(log_of(), spells, four_queues())
    assert times(counts, "busy_ms") == {0: INTERVAL_MS, 1: 9}
    assert times(counts, "busy_at_end") == {0: 1}
    assert times(counts, "busy_ms", BACK) == {0: 4}


def test_the_age_of_an_email_put_back_counts_from_its_arrival() -> None:
    spells = spells_of((WAITING_SPELL, EMAILS, 30, INTERVAL_MS + 5, 20), (WAITING_SPELL, EMAILS, 25, INTERVAL_MS, 25))
    counts = reduce_log(log_of(), spells, four_queues())
    assert lengths(counts, "oldest_at_end_ms", EMAILS) == {0: INTERVAL_MS - 20}
    assert lengths(counts, "waiting_at_end", EMAILS) == {0: 2}


def test_unresolved_are_told_and_a_backlog_is_not_counted() -> None:
    rows = [row(95 * INTERVAL_MS + 100, fate=UNRESOLVED, queue=EMAILS, contact=9)]
    rows += [row(0, INTERVAL_MS + 50, queue=EMAILS, counted=0)]
    counts = reduce_log(log_of(*rows), waits((0, INTERVAL_MS + 50), line=EMAILS), four_queues())
    assert contacts(counts, "unresolved", EMAILS) == {95: 1}
    assert contacts(counts, "served", EMAILS) == {}
    assert lengths(counts, "waiting_ms", EMAILS) == {0: INTERVAL_MS, 1: 50}
    assert counts.wait_histogram.sum() == counts.services.sum() == 0


def test_warm_up_is_waited_and_worked_in_but_not_counted() -> None:
    rows = [row(DAY_MS - 60, DAY_MS + 40, counted=0, end_ms=DAY_MS + 90), row(DAY_MS, DAY_MS + 90)]
    agent = [(ON_DUTY, 0, DAY_MS - 1000, DAY_MS + 500, -1), (BUSY, 0, DAY_MS - 50, DAY_MS + 90, -1)]
    spells = np.concatenate([waits((DAY_MS - 60, DAY_MS + 40)), spells_of(*agent)])
    counts = reduce_log(log_of(*rows), spells, four_queues(((0, 1),), warm_up_days=1))
    assert contacts(counts, "first") == {0: 1}
    assert lengths(counts, "waiting_ms") == {0: 40}
    assert times(counts, "busy_ms") == {0: 90}
    assert times(counts, "overrun_ms")[0] == 500 - INTERVAL_MS


def test_overrun_is_duty_beyond_the_positions() -> None:
    compiled = four_queues(((0, 2), (INTERVAL_MS + 100, 1)), back=((0, 0),))
    duty = spells_of((ON_DUTY, 0, 0, 96 * INTERVAL_MS, -1), (ON_DUTY, 1, 0, 3 * INTERVAL_MS + 5, -1))
    counts = reduce_log(log_of(), duty, compiled)
    assert times(counts, "overrun_ms") == {1: INTERVAL_MS - 100, 2: INTERVAL_MS, 3: 5}


def test_email_clock_stops_for_the_night() -> None:
    offered_ms, end_ms = 16 * HOUR_MS + 50 * MINUTE_MS, DAY_MS + 9 * HOUR_MS + 30 * MINUTE_MS
    rows = [
        row(offered_ms, end_ms - 1, end_ms=end_ms, queue=queue, contact=queue) for queue in (EMAILS, ELAPSED_EMAILS)
    ]
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    assert contacts(counts, "response_ms", EMAILS) == {33: 40 * MINUTE_MS}
    assert contacts(counts, "responded_within", EMAILS) == {33: 1}
    assert contacts(counts, "response_ms", ELAPSED_EMAILS) == {33: end_ms - offered_ms}
    assert contacts(counts, "responded_within", ELAPSED_EMAILS) == {}
    assert counts.response_histogram[EMAILS, 0, bin_of(40 * MINUTE_MS)] == 1


def test_email_offered_and_answered_while_closed_has_response_zero() -> None:
    counts = reduce_log(log_of(row(HOUR_MS, 2 * HOUR_MS, queue=EMAILS)), spells_of(), four_queues())
    assert contacts(counts, "response_ms", EMAILS) == {}
    assert contacts(counts, "responded_within", EMAILS) == {2: 1}


def test_lost_only_without_a_follow_up() -> None:
    rows = [
        row(1, 2, ABANDONED, follow_up=REDIAL),
        row(3, 4, ABANDONED, follow_up=REDIAL_LOST),
        row(5, 5, BLOCKED),
        row(6, 9, follow_up=RECONTACT),
        row(7, 9, ABANDONED, queue=EMAILS, follow_up=LATE_EMAIL),
    ]
    counts = reduce_log(log_of(*rows), spells_of(), four_queues())
    assert contacts(counts, "lost") == {0: 2}
    assert contacts(counts, "redials_lost") == {0: 1}
    assert contacts(counts, "lost", EMAILS) == {}


def test_the_log_is_left_as_it_was() -> None:
    compiled = four_queues()
    log = random_log(np.random.default_rng(1), 50, MINUTE_MS, compiled)
    before = log.copy()
    reduce_log(log, spells_of((ON_DUTY, 0, 0, DAY_MS, -1)), compiled)
    np.testing.assert_array_equal(log, before)
