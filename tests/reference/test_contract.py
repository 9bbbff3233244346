"""What the engine's contract promises of draws and logs, beyond the engines agreeing."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.centre.contract import DAY_MS, NOBODY, CompiledCentre
from sim.centre.fast import FastEngine
from sim.centre.results import (
    ABANDONED,
    BLOCKED,
    CONTACT_COLUMNS,
    NO_FOLLOW_UP,
    REDIAL_LOST,
    SERVED,
    UNRESOLVED,
    Replication,
)
from sim.centre.simulate import first_contacts, simulate
from sim.common.distributions import Deterministic, Gamma, Lognormal
from tests.support.centres import HOUR_MS, MINUTE_MS, Queue, centre

OPEN = ((8 * HOUR_MS, 18 * HOUR_MS),)
PROFILE = ((8 * HOUR_MS, 18 * HOUR_MS), (0.0, 1.0))
CALLS = Queue(
    "calls",
    Lognormal(600_000, 0.8),
    per_day=600,
    hours=OPEN,
    profile=PROFILE,
    patience=Gamma(300_000, 1.0),
    balk=0.05,
    redial=0.5,
    redial_delay=Gamma(600_000, 1.0),
    redial_attempts=3,
    recontact=0.12,
    recontact_delay=Gamma(30 * HOUR_MS, 1.0),
    re_explain_ms=210_000,
    busyness_cv=0.1,
)
# Who served a contact before decides about re-explaining; without it, agents' numbers don't matter to contacts.
PLAIN_CALLS = dataclasses.replace(CALLS, re_explain_ms=0)
EMAILS = Queue(
    "emails",
    Lognormal(480_000, 0.8),
    per_day=200,
    email=True,
    hours=OPEN,
    threshold_ms=4 * HOUR_MS,
    reserve=2,
    late_to_call=0.3,
    late_to_call_queue="calls",
)


def staffed(queues: list[Queue], positions: int, days: int = 4) -> CompiledCentre:
    changes = [
        change
        for d in range(days + 2)
        for change in ((d * DAY_MS + OPEN[0][0], positions), (d * DAY_MS + OPEN[0][1], 0))
    ]
    return centre(queues, changes, days=days, warm_up_days=1, drain_days=1)


def only(compiled: CompiledCentre, seed: int = 5) -> Replication:
    return next(simulate(compiled, seed, [0], log=True))


def customers(log: np.ndarray, queue: int) -> np.ndarray:
    return log[(log["contact"] >> 28) & 0xFF == queue]


@pytest.mark.parametrize("positions", [6, 13, 20])
def test_every_offered_contact_has_one_fate(positions: int) -> None:
    replication = only(staffed([CALLS, EMAILS], positions))
    log = replication.log
    assert log is not None
    sums = dict(zip(CONTACT_COLUMNS, replication.counts.contacts.sum(axis=(0, 1)), strict=True))
    offered = sums["first"] + sums["redial"] + sums["recontact"] + sums["late_email"]
    assert offered == sums["served"] + sums["abandoned"] + sums["blocked"] + sums["unresolved"]
    assert offered == log["counted"].sum()
    for fate, name in ((SERVED, "served"), (ABANDONED, "abandoned"), (BLOCKED, "blocked"), (UNRESOLVED, "unresolved")):
        assert ((log["fate"] == fate) & (log["counted"] == 1)).sum() == sums[name]
    # Every later attempt is announced by the one before, and attempts are numbered without gaps.
    later = log["attempt"] > 0
    assert (log["contact"][later] == log["contact"][np.flatnonzero(later) - 1]).all()
    assert (log["attempt"][later] == log["attempt"][np.flatnonzero(later) - 1] + 1).all()
    assert (log["reason"][later] == log["follow_up"][np.flatnonzero(later) - 1]).all()
    ends = np.flatnonzero(~np.append(later[1:], False))
    last_ones = log[ends]
    pending = ~np.isin(last_ones["follow_up"], (NO_FOLLOW_UP, REDIAL_LOST))
    assert (last_ones["left_queue_ms"][pending] > 0).all()


def test_no_agent_has_two_contacts_at_once() -> None:
    log = only(staffed([CALLS, EMAILS], 13)).log
    assert log is not None
    served = log[log["fate"] == SERVED]
    served = served[np.lexsort((served["left_queue_ms"], served["agent"]))]
    same = served["agent"][1:] == served["agent"][:-1]
    assert (served["left_queue_ms"][1:][same] >= served["free_ms"][:-1][same]).all()
    assert (served["agent"] != NOBODY).all()


def test_more_volume_keeps_all_earlier_contacts() -> None:
    base = staffed([CALLS, EMAILS], 15)
    more = dataclasses.replace(base, volume=dataclasses.replace(base.volume, expected=base.volume.expected * 1.1))
    before, after = first_contacts(base, 5, 0), first_contacts(more, 5, 0)
    assert (after >= before).all()
    assert after.sum() / before.sum() == pytest.approx(1.1, abs=0.02)
    first = {r["contact"]: r["offered_ms"] for r in _first_attempts(only(base))}
    with_more = {r["contact"]: r["offered_ms"] for r in _first_attempts(only(more))}
    assert first.items() <= with_more.items()
    assert len(with_more) > len(first)


def _first_attempts(replication: Replication) -> np.ndarray:
    assert replication.log is not None
    return replication.log[replication.log["attempt"] == 0]


def test_one_more_agent_changes_nothing_until_somebody_would_have_waited() -> None:
    few, many = (only(staffed([PLAIN_CALLS], n)).log for n in (14, 15))
    assert few is not None
    assert many is not None
    # With the longest idle agent next, agent numbers differ from the start; what happens to contacts doesn't.
    columns = ["contact", "attempt", "offered_ms", "left_queue_ms", "end_ms", "fate", "follow_up"]
    first_wait_ms = few["offered_ms"][few["left_queue_ms"] != few["offered_ms"]].min()
    early_few, early_many = (log[log["offered_ms"] < first_wait_ms] for log in (few, many))
    assert len(early_few) > 30
    for column in columns:
        np.testing.assert_array_equal(early_few[column], early_many[column])
    assert len(few) != len(many) or (few["left_queue_ms"] != many["left_queue_ms"]).any()


def test_another_queue_draws_for_itself() -> None:
    other = Queue("orders", Deterministic(300_000), per_day=300, hours=OPEN, profile=PROFILE, rank=2)
    alone = only(staffed([PLAIN_CALLS], 40))
    beside = only(staffed([PLAIN_CALLS, other], 60))
    assert alone.log is not None
    assert beside.log is not None
    # Enough staff for nobody to wait: then no assignment differs, and the log of the first queue is the same.
    kept = customers(beside.log, queue=0)
    assert len(kept) < len(beside.log)
    for column in ("contact", "attempt", "queue", "reason", "offered_ms", "left_queue_ms", "end_ms", "follow_up"):
        np.testing.assert_array_equal(alone.log[column], kept[column])


def test_results_do_not_depend_on_threads_or_on_other_replications() -> None:
    compiled = staffed([CALLS, EMAILS], 13)
    together = list(simulate(compiled, 5, range(4), threads=2))
    for number in (3, 1):
        alone = next(simulate(compiled, 5, [number], threads=1))
        np.testing.assert_array_equal(alone.counts.contacts, together[number].counts.contacts)


def test_a_run_that_needs_more_room_gets_it() -> None:
    queue = dataclasses.replace(CALLS, per_day=20_000, patience=None, balk=0.0, busyness_cv=0.0)
    compiled = staffed([queue], 5, days=1)
    replication = FastEngine(compiled).run(1, 0, first_contacts(compiled, 1, 0), log=True)
    assert replication.log is not None
    assert len(replication.log) > 35_000


def test_patience_equal_to_the_wait_is_answered_and_a_position_that_ends_takes_nothing() -> None:
    minute = Deterministic(MINUTE_MS)
    queue = Queue("calls", minute, per_day=2, patience=minute, threshold_ms=MINUTE_MS)
    # Both contacts are rounded down to midnight by a tick of a day: the second waits exactly its patience.
    compiled = centre([queue], [(0, 1)], tick_ms=DAY_MS // 1440, drain_days=0)
    profile = compiled.engine.arrivals._replace(edge_ms=np.array([0, MINUTE_MS]), cumulative=np.array([0.0, 1.0]))
    compiled = dataclasses.replace(compiled, engine=compiled.engine._replace(arrivals=profile))
    log = FastEngine(compiled).run(1, 0, np.array([[2]]), log=True).log
    assert log is not None
    assert log["left_queue_ms"].tolist() == [0, MINUTE_MS]
    assert log["fate"].tolist() == [SERVED, SERVED]
    leaving = compiled.engine.staff._replace(
        at_ms=np.array([0, MINUTE_MS]), team=np.array([0, 0]), positions=np.array([1, 0])
    )
    compiled = dataclasses.replace(compiled, engine=compiled.engine._replace(staff=leaving))
    log = FastEngine(compiled).run(1, 0, np.array([[2]]), log=True).log
    assert log is not None
    assert log["fate"].tolist() == [SERVED, ABANDONED]
