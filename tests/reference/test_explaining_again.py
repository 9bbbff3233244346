"""What customers have to say again, and to whom."""

from __future__ import annotations

import numpy as np

from sim.centre.contract import CompiledCentre
from sim.centre.results import FIRST, RECONTACT, REDIAL, SERVED, TRANSFER
from sim.common.distributions import Deterministic
from tests.support.centres import HOUR_MS, MINUTE_MS, Queue, Serves, Team, centre

from .test_engines_agree import assert_engines_agree, by_reference_engine

OPEN = ((8 * HOUR_MS, 18 * HOUR_MS),)
PROFILE = ((8 * HOUR_MS, 12 * HOUR_MS), (0.0, 1.0))


def log_of(compiled: CompiledCentre) -> np.ndarray:
    assert_engines_agree(compiled, 1, None)
    counts = np.random.default_rng(1).poisson(compiled.volume.expected)
    log = by_reference_engine(compiled, 1, counts).log
    return log[log["fate"] == SERVED]


def test_a_redial_after_a_transfer_takes_the_minutes_of_the_transfer():
    """The desk comes at noon: all who were handed on before have hung up and redialled."""
    front = Queue(
        "front",
        Deterministic(MINUTE_MS),
        per_day=40,
        hours=OPEN,
        profile=PROFILE,
        matters=(0.0, 1.0),
        transfer_to=("", "desk"),
        transfer_re_explain_ms=2 * MINUTE_MS,
        recontact=0.1,
        re_explain_ms=9 * MINUTE_MS,
    )
    desk = Queue(
        "desk",
        Deterministic(3 * MINUTE_MS),
        hours=OPEN,
        patience=Deterministic(5 * MINUTE_MS),
        redial=1.0,
        redial_delay=Deterministic(7 * MINUTE_MS),
    )
    teams = [
        Team("front", ((8 * HOUR_MS, 5), (18 * HOUR_MS, 0)), {"front": Serves()}, solves=(0,)),
        Team("desk", ((12 * HOUR_MS, 40), (18 * HOUR_MS, 0)), {"desk": Serves()}),
    ]
    served = log_of(centre([front, desk], teams=teams))
    at_desk = served[served["queue"] == 1]
    assert (at_desk["reason"] == REDIAL).sum() > 20
    assert set(at_desk["reason"]) <= {REDIAL, TRANSFER}
    assert set(at_desk["re_explain_ms"]) == {2 * MINUTE_MS}


def test_a_recontact_takes_the_minutes_of_the_queue_that_it_comes_from():
    def queue(name: str, re_explain_ms: int) -> Queue:
        return Queue(
            name,
            Deterministic(MINUTE_MS),
            per_day=200,
            hours=OPEN,
            profile=PROFILE,
            recontact=0.5,
            recontact_delay=Deterministic(HOUR_MS),
            recontact_to={"calls": 1.0},
            re_explain_ms=re_explain_ms,
        )

    queues = [queue("calls", 3 * MINUTE_MS), queue("letters", 8 * MINUTE_MS)]
    served = log_of(centre(queues, [(8 * HOUR_MS, 30), (18 * HOUR_MS, 0)]))
    served = np.sort(served, order=["contact", "attempt"])
    again = np.flatnonzero(served["reason"] == RECONTACT)
    before, after = served[again - 1], served[again]
    assert (before["contact"] == after["contact"]).all()
    to_others = before["agent"] != after["agent"]
    for number, minutes in ((0, 3), (1, 8)):
        of_queue = before["queue"] == number
        assert set(after["re_explain_ms"][of_queue & to_others]) == {minutes * MINUTE_MS}
    assert not after["re_explain_ms"][~to_others].any()
    assert not served["re_explain_ms"][served["reason"] == FIRST].any()
