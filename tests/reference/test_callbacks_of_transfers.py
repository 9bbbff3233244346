"""Callers who take a callback after they were handed on: who holds on for them, and where they are counted."""

from __future__ import annotations

import numpy as np

from sim.centre.results import CONTACT_COLUMNS, SERVED, TRANSFER
from sim.centre.simulate import simulate
from sim.common.distributions import Deterministic
from tests.support.centres import HOUR_MS, MINUTE_MS, Queue, Serves, Team, centre

from .test_engines_agree import assert_engines_agree

OPEN = ((8 * HOUR_MS, 18 * HOUR_MS),)
HOLD_MS = 2 * MINUTE_MS
FRONT = Queue(
    "front",
    Deterministic(MINUTE_MS),
    per_day=200,
    hours=OPEN,
    profile=((8 * HOUR_MS, 16 * HOUR_MS), (0.0, 1.0)),
    matters=(0.0, 1.0),
    transfer_to=("", "desk"),
    hold_ms=HOLD_MS,
    joint_ms=30_000,
)
DESK = Queue(
    "desk",
    Deterministic(4 * MINUTE_MS),
    hours=OPEN,
    callback=True,
    callback_accept=1.0,
    callback_above_ms=5 * MINUTE_MS,
    mean_handle_ms=4 * MINUTE_MS,
)
COMPILED = centre(
    [FRONT, DESK],
    teams=[
        Team("front", ((8 * HOUR_MS, 8), (18 * HOUR_MS, 0)), {"front": Serves()}, solves=(0,)),
        Team("desk", ((8 * HOUR_MS, 1), (18 * HOUR_MS, 0)), {"desk": Serves()}),
    ],
)


def test_nobody_holds_on_for_a_caller_who_has_taken_a_callback():
    assert_engines_agree(COMPILED, 1, None)
    (replication,) = simulate(COMPILED, 1, [0], log=True)
    log = replication.log
    assert log is not None
    calls_back = np.flatnonzero((log["reason"] == TRANSFER) & (log["callback"] == 1))
    assert calls_back.size > 50
    sender = log[calls_back - 1]
    assert (sender["contact"] == log["contact"][calls_back]).all()
    assert set(sender["handle_ms"]) == {MINUTE_MS}
    waits = np.flatnonzero((log["reason"] == TRANSFER) & (log["callback"] == 0) & (log["fate"] == SERVED))
    assert (log["handle_ms"][waits - 1] > MINUTE_MS).any()  # others are held for


def test_they_are_counted_by_themselves_and_their_waits_are_no_waits():
    (replication,) = simulate(COMPILED, 1, [0], log=True)
    log = replication.log
    assert log is not None
    counted = dict(zip(CONTACT_COLUMNS, replication.counts.contacts[1].sum(axis=0).tolist(), strict=True))
    handed_in = log[log["reason"] == TRANSFER]
    took, served = handed_in["callback"] == 1, handed_in["fate"] == SERVED
    assert counted["transfer_callbacks"] == took.sum()
    assert counted["transfer_callbacks_reached"] == (took & served).sum() > 50
    waited_ms = (handed_in["left_queue_ms"] - handed_in["offered_ms"])[served & ~took]
    assert counted["transfer_wait_ms"] == waited_ms.sum()
    assert counted["callbacks"] == counted["callbacks_reached"] == 0
