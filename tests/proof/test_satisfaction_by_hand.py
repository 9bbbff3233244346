"""Expected satisfaction, worked out contact by contact from the log and what the file states."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from sim.centre.compile import compile_centre
from sim.centre.results import (
    CONTACT_COLUMNS,
    LATE_EMAIL,
    RECONTACT,
    REDIAL,
    RETURNED,
    SERVED,
    TRANSFER,
)
from sim.centre.simulate import simulate

from .centres import call_queue, centre, email_queue, exponential
from .logs import HOUR_MS, open_ms_before

OPENS_MS, CLOSES_MS = 8 * HOUR_MS, 18 * HOUR_MS
FRONT, DESK, EMAILS = range(3)
GENERALISTS, SPECIALISTS = 7, 3
NOVICES = [0.4] * GENERALISTS + [0.15] * SPECIALISTS
"""Share of novices in each agent's team."""


@dataclass(frozen=True)
class Stated:
    """What the file says of a queue, in points."""

    base: float
    per_hour: float
    comes_back: float
    transfer: float
    novice: float


STATED = {
    FRONT: Stated(96, 60 * 1.5, 7, 4, 5),
    DESK: Stated(97.5, 60 * 30, 0, 6.25, 3),
    EMAILS: Stated(94, 2, 5, 0, 5),
}


def satisfaction(stated: Stated) -> dict[str, object]:
    return {
        "base": f"{stated.base} %",
        "per_hour": f"{stated.per_hour} points",
        "comes_back": f"{stated.comes_back} points",
        "transfer": f"{stated.transfer} points",
        "novice": f"{stated.novice} points",
    }


def in_minutes(stated: Stated) -> dict[str, object]:
    of = satisfaction(stated)
    del of["per_hour"]
    return of | {"per_minute": f"{stated.per_hour / 60} points"}


def parts(points: float) -> int:
    """Points as parts per million."""
    return round(points * 10_000)


def legs_of(attempts: list[np.void]) -> list[np.void]:
    """The last of the attempts with those that handed it on, from the offer on."""
    first = len(attempts) - 1
    while attempts[first]["reason"] == TRANSFER:
        first -= 1
    return attempts[first:]


def expected_ppm(attempts: list[np.void]) -> int:
    """Of the last of a contact's attempts so far."""
    last = attempts[-1]
    legs = legs_of(attempts)
    stated = STATED[int(legs[0]["queue"])]
    waited_ms = sum(int(leg["left_queue_ms"] - leg["offered_ms"]) for leg in legs if not leg["callback"])
    if last["queue"] == EMAILS:
        came_ms, answered_ms = open_ms_before(np.array([last["offered_ms"], last["end_ms"]]), OPENS_MS, CLOSES_MS)
        waited_ms = int(answered_ms - came_ms)
    why = [int(one["reason"]) for one in attempts if one["reason"] not in (TRANSFER, REDIAL)][-1]
    ppm = parts(stated.base) - parts(stated.per_hour) * waited_ms // HOUR_MS
    ppm -= parts(stated.transfer) * (len(legs) - 1)
    ppm -= parts(stated.comes_back) if why in (RECONTACT, LATE_EMAIL, RETURNED) else 0
    return max(ppm - round(NOVICES[last["agent"]] * parts(stated.novice)), 0)


def test_satisfaction_is_what_the_file_states() -> None:
    again = {"probability": 0.2, "after": exponential(7200)}
    front = call_queue(
        {"per_day": 700},
        exponential(300),
        patience=exponential(300),
        redial={"probability": 0.6, "after": exponential(300)},
        recontact=again,
        callback={"above": "2 min", "accepted": 0.3, "reached": 0.7, "ring": "20 s"},
        deflection={"share": 0.2, "fails": 0.5, "after": exponential(3600)},
        matters={"plain": 0.7, "special": 0.3},
        transfer={"after": exponential(60), "to": {"special": "desk"}},
        satisfaction=in_minutes(STATED[FRONT]),
    )
    desk = call_queue({"per_day": 50}, exponential(400), recontact=again, satisfaction=in_minutes(STATED[DESK]))
    emails = email_queue(
        {"per_day": 120},
        exponential(300),
        recontact=again,
        targets={"response": "80 % in 1 h"},
        late_to_call={"probability": 0.5, "to": "front"},
        satisfaction=satisfaction(STATED[EMAILS]),
    )
    scenario = centre(
        {"front": front, "desk": desk, "emails": emails},
        {
            "generalists": {
                "positions": GENERALISTS,
                "serves": ["front", "emails"],
                "skills": ["plain"],
                "novices": NOVICES[0],
            },
            "specialists": {"positions": SPECIALISTS, "serves": ["desk"], "novices": NOVICES[-1]},
        },
        horizon="28 days",
        warm_up="7 days",
        opening={"every day": "08:00-18:00"},
        interval="1 h",
    )
    (replication,) = simulate(compile_centre(scenario).staffed(), 3, [0], log=True)
    log = replication.log
    assert log is not None
    rated = np.zeros((3, 2), np.int64)
    seen = set()
    for _, contact in groupby(log, key=lambda row: row["contact"]):
        attempts: list[np.void] = []
        for attempt in contact:
            attempts.append(attempt)
            if attempt["fate"] != SERVED or attempt["follow_up"] == TRANSFER:
                assert attempt["satisfaction_ppm"] == -1
                continue
            ppm = expected_ppm(attempts)
            assert attempt["satisfaction_ppm"] == ppm, attempts
            seen.add((int(attempt["reason"]), bool(attempt["callback"]), ppm == 0))
            offered = legs_of(attempts)[0]
            if offered["counted"]:
                rated[offered["queue"]] += (1, ppm)
    columns = [CONTACT_COLUMNS.index(name) for name in ("rated", "satisfaction_ppm")]
    np.testing.assert_array_equal(replication.counts.contacts[..., columns].sum(axis=1), rated)
    assert {reason for reason, _, _ in seen} >= {RECONTACT, REDIAL, LATE_EMAIL, RETURNED, TRANSFER}
    assert any(callback for _, callback, _ in seen)
    assert any(nothing_left for _, _, nothing_left in seen)
