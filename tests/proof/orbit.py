"""The orbit: those who will call again."""

from __future__ import annotations

import numpy as np

from sim.centre.contract import DAY_MS
from sim.centre.results import RECONTACT, REDIAL, SERVED, Replication


def orbit_ms(replication: Replication) -> float:
    """Integral of the number waiting to redial or to come back over the horizon, contacts x ms, from the log."""
    log = replication.log
    assert log is not None
    counted_ms = log["offered_ms"][log["counted"] == 1]
    start_ms = counted_ms.min() // DAY_MS * DAY_MS
    end_ms = (counted_ms.max() // DAY_MS + 1) * DAY_MS
    away = np.isin(log["follow_up"], (REDIAL, RECONTACT))
    since_ms = np.where(log["fate"] == SERVED, log["end_ms"], log["left_queue_ms"])[away]
    # The log is sorted by contact and attempt, and holds what is offered before the horizon's end.
    is_next = np.append(log["contact"][1:] == log["contact"][:-1], False)[away]
    back_ms = np.where(is_next, np.append(log["offered_ms"][1:], end_ms)[away], end_ms)
    return float((np.clip(back_ms, start_ms, end_ms) - np.clip(since_ms, start_ms, end_ms)).sum())
