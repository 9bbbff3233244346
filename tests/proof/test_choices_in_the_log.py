"""Who is served next, and by whom: decision by decision, read off logs of busy centres by plain Python."""

from __future__ import annotations

import numpy as np
import pytest

from sim.centre.results import ON_DUTY

from .centres import call_queue, email_queue, exponential, one_team, round_the_clock
from .features.overflowing import SOME
from .logs import (
    MINUTE_MS,
    busy_of,
    log_and_spells,
    overlap,
    served,
    spans_with_an_idle_agent,
    waiting_at,
    waits_of,
)
from .two_classes import n_model_centre

# --- overflow after a wait ------------------------------------------------------------------------------------------

OVERFLOW_MS = 40_000
SPECIALISTS, GENERALISTS = range(SOME.n1), range(SOME.n1, SOME.n1 + SOME.n2)


def test_nobody_waits_beside_an_idle_agent_who_may_help() -> None:
    """With the order of service below this is all that there is to overflow."""
    _, spells = log_and_spells(n_model_centre(SOME, overflow_after=f"{OVERFLOW_MS} ms"))
    first, second = (waits_of(spells, line) for line in (0, 1))
    specialist_idle = spans_with_an_idle_agent(spells, SPECIALISTS)
    generalist_idle = spans_with_an_idle_agent(spells, GENERALISTS)
    assert not overlap(specialist_idle, first["from_ms"], first["to_ms"]).any()
    assert not overlap(generalist_idle, second["from_ms"], second["to_ms"]).any()
    helped_from_ms = first["from_ms"] + OVERFLOW_MS
    assert not overlap(generalist_idle, helped_from_ms, first["to_ms"]).any()
    # Before that, they do wait beside idle generalists, and after it some wait on.
    assert overlap(generalist_idle, first["from_ms"], first["to_ms"]).sum() > 1_000
    assert (first["to_ms"] > helped_from_ms).sum() > 1_000


def test_who_overflows_comes_after_the_team_s_own_and_in_turn() -> None:
    log, spells = log_and_spells(n_model_centre(SOME, overflow_after=f"{OVERFLOW_MS} ms"))
    for queue in (0, 1):
        own = np.sort(served(log, queue), order="offered_ms")
        assert (np.diff(own["left_queue_ms"]) >= 0).all()
    helped = served(log, 0)
    helped = helped[helped["agent"] >= SOME.n1]
    assert len(helped) > 1_000
    assert waiting_at(spells, 1, helped["left_queue_ms"]).max() == 0


# --- the highest score ----------------------------------------------------------------------------------------------

SCORES = ((3.0, 1.0), (0.0, 2.0))
"""Base and rate per minute by queue: the second overtakes the first after three minutes."""


def test_the_highest_score_goes_first() -> None:
    queues = {
        name: call_queue({"per_hour": per_hour}, exponential(240), score={"base": base, "per_minute": rate})
        for name, per_hour, (base, rate) in zip(("first", "second"), (30, 34), SCORES, strict=True)
    }
    scenario = round_the_clock(queues, one_team(5), days=28, routing={"contacts": "score"})
    log, spells = log_and_spells(scenario)
    for queue, other in ((0, 1), (1, 0)):
        waited = served(log, queue)
        waited = waited[waited["left_queue_ms"] > waited["offered_ms"]]
        began_ms = waited["left_queue_ms"]
        beside = waits_of(spells, other)
        # Nobody hangs up, so who came first leaves first.
        next_one = np.searchsorted(np.sort(beside["to_ms"]), began_ms, "right")
        came_ms = np.append(np.sort(beside["from_ms"]), np.iinfo(np.int64).max)[next_one]
        decided = came_ms < began_ms
        assert decided.sum() > 3_000
        mine = _score(queue, began_ms - waited["offered_ms"])[decided]
        its = _score(other, began_ms - came_ms)[decided]
        assert (mine >= its).all()


def _score(queue: int, wait_ms: np.ndarray) -> np.ndarray:
    base, per_minute = SCORES[queue]
    return np.asarray(base + per_minute * wait_ms / MINUTE_MS)


# --- the least occupied agent ---------------------------------------------------------------------------------------


def test_the_least_occupied_agent_is_called() -> None:
    """Of the idle: the one with the least busy time for the time since coming on duty."""
    positions = {"mon-sun": {"00:00": 4, "08:00": 7, "18:00": 4}}
    scenario = round_the_clock(
        {"calls": call_queue({"per_hour": 40}, exponential(300), patience=exponential(300))},
        one_team(positions),
        routing={"agents": "least occupied"},
    )
    log, spells = log_and_spells(scenario)
    busy = [busy_of(spells, range(agent, agent + 1)) for agent in range(7)]
    duty = [spells[(spells["kind"] == ON_DUTY) & (spells["number"] == agent)] for agent in range(7)]
    calls = log[(log["agent"] >= 0) & (log["offered_ms"] == log["left_queue_ms"])]
    end_ms = int(spells["to_ms"].max())
    choices = 0
    for call in calls[calls["offered_ms"] < end_ms]:
        at_ms = int(call["offered_ms"])
        occupancy = {}
        for agent in range(7):
            on_duty = duty[agent][(duty[agent]["from_ms"] <= at_ms) & (at_ms < duty[agent]["to_ms"])]
            at_work = busy[agent][busy[agent]["from_ms"] < at_ms]
            if not len(on_duty) or (len(at_work) and at_work["to_ms"][-1] > at_ms):
                continue
            came_ms = int(on_duty["from_ms"][0])
            busy_ms = int((at_work["to_ms"] - at_work["from_ms"])[at_work["from_ms"] >= came_ms].sum())
            occupancy[agent] = busy_ms / (at_ms - came_ms) if at_ms > came_ms else 0.0
        assert occupancy[int(call["agent"])] == min(occupancy.values())
        choices += len(occupancy) > 1
    assert choices > 2_000


# --- emails put down ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("resumes", ["own agent resumes", "anyone resumes"])
def test_an_email_takes_its_work_and_the_calls_between(resumes: str) -> None:
    """Its agent's own calls, or whoever's: it is never worked on longer than it takes."""
    queues = {
        "calls": call_queue({"per_hour": 40}, exponential(300), patience=exponential(240), after_call_work="30 s"),
        "emails": email_queue({"per_hour": 12}, exponential(240)),
    }
    log, spells = log_and_spells(round_the_clock(queues, one_team(5, put_down_emails=resumes), days=14))
    emails = served(log, 1)
    emails = emails[emails["free_ms"] < int(spells["to_ms"].max())]
    put_down = emails["put_down"] > 0
    assert (emails["handle_ms"] == emails["end_ms"] - emails["left_queue_ms"])[~put_down].all()
    assert put_down.sum() > 300
    calls = served(log, 0)
    if resumes == "own agent resumes":
        for email in emails[put_down]:
            between = calls[(calls["agent"] == email["agent"]) & (calls["left_queue_ms"] >= email["left_queue_ms"])]
            between = between[between["free_ms"] <= email["end_ms"]]
            assert len(between) >= email["put_down"]
            elapsed_ms = email["end_ms"] - email["left_queue_ms"]
            assert elapsed_ms == email["handle_ms"] + (between["free_ms"] - between["left_queue_ms"]).sum()
    else:
        assert (emails["end_ms"] - emails["left_queue_ms"] > emails["handle_ms"])[put_down].all()
