"""Rules that hold for every contact, read off logs of busy centres by plain Python."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.contract import DAY_MS
from sim.centre.results import BUSY, SERVED, TRANSFER
from sim.centre.simulate import simulate
from sim.scenario.centre import CentreScenario

from .centres import CALLS, EMAILS, call_queue, chat_queue, email_queue, exponential, one_team, round_the_clock
from .chains import overflow
from .features.overflowing import SOME
from .logs import HOUR_MS, MINUTE_MS, SEED, log_and_spells, most_at_once, served, waiting_at
from .two_classes import N_MODEL_FIGURES, n_model_centre

# --- overflow -----------------------------------------------------------------------------------------------------


def test_the_longer_the_overflow_wait_the_less_help() -> None:
    """Plausible rather than a theorem; the limits have chains of their own."""
    names = ("p_ab1", "p_ab2", "share1_at_g2")
    waits_s = (0, 10, 30, 60, 120)
    figures = []
    for wait_s in waits_s:
        scenario = n_model_centre(SOME, overflow_after=f"{wait_s} s" if wait_s else 0)
        replications = list(simulate(compile_centre(scenario).staffed(), SEED, range(8)))
        kept = {name: np.array([N_MODEL_FIGURES[name].read(one) for one in replications]) for name in names}
        figures.append({name: N_MODEL_FIGURES[name].linearised(kept[name]).value for name in names})
    for sooner, later in pairwise(figures):
        assert sooner["p_ab1"] < later["p_ab1"]
        assert sooner["p_ab2"] > later["p_ab2"]
        assert sooner["share1_at_g2"] > later["share1_at_g2"]
    never = overflow.never(SOME)
    assert figures[-1]["p_ab1"] < never.p_ab1
    assert figures[-1]["p_ab2"] > never.p_ab2


def test_nobody_helps_before_the_overflow_wait() -> None:
    log, _ = log_and_spells(n_model_centre(SOME, overflow_after="40 s"))
    helped = served(log, 0)
    helped = helped[helped["agent"] >= SOME.n1]
    waits_ms = helped["left_queue_ms"] - helped["offered_ms"]
    assert waits_ms.min() == 40_000
    assert (waits_ms == 40_000).mean() > 0.1


# --- emails beside calls --------------------------------------------------------------------------------------------


def emails_beside_calls(team: dict[str, Any], positions: int = 6) -> CentreScenario:
    queues = {
        "calls": call_queue({"per_hour": 40}, exponential(300), patience=exponential(240)),
        "emails": email_queue({"per_hour": 25}, exponential(240)),
    }
    return round_the_clock(queues, one_team(positions, **team), days=14)


def test_ring_fenced_emails_begin_within_their_hours_only() -> None:
    fenced = {"serves": {"calls": {}, "emails": {"hours": {"every day": "14:00-19:00"}}}}
    log, _ = log_and_spells(emails_beside_calls(fenced, positions=9))
    begun_ms = served(log, EMAILS)["left_queue_ms"] % DAY_MS
    assert len(begun_ms) > 5_000
    assert begun_ms.min() >= 14 * HOUR_MS
    assert begun_ms.max() < 19 * HOUR_MS
    assert (begun_ms == 14 * HOUR_MS).any()
    assert (np.bincount(served(log, CALLS)["left_queue_ms"] % DAY_MS // HOUR_MS) > 0).all()


@pytest.mark.parametrize("reserve", [1, 3])
def test_an_email_is_begun_only_if_as_many_stay_idle(reserve: int) -> None:
    log, spells = log_and_spells(emails_beside_calls({"reserve": reserve}, positions=9))
    busy = spells[spells["kind"] == BUSY]
    from_ms, to_ms = np.sort(busy["from_ms"]), np.sort(busy["to_ms"])
    begun_ms = served(log, EMAILS)["left_queue_ms"]
    begun_ms = begun_ms[begun_ms < to_ms.max()]
    # Spells that begin at that very moment are in, this email's among them; those that end then are out.
    at_work = np.searchsorted(from_ms, begun_ms, "right") - np.searchsorted(to_ms, begun_ms, "right")
    assert len(begun_ms) > 3_000
    assert at_work.max() == 9 - reserve


def test_no_email_is_begun_while_a_call_waits() -> None:
    log, spells = log_and_spells(emails_beside_calls({"put_down_emails": "own agent resumes"}))
    assert waiting_at(spells, CALLS, served(log, EMAILS)["left_queue_ms"]).max() == 0


# --- warm transfers -----------------------------------------------------------------------------------------------


def test_who_hands_over_warmly_stays_as_long_as_said() -> None:
    """Until the next agent has come, and then the joint time; until the caller has left; at most the holding time."""
    hold_ms, joint_ms = 2 * MINUTE_MS, 20_000
    transfer = {"after": exponential(60), "to": {"special": "desk"}, "warm": {"hold": "2 min", "joint": "20 s"}}
    matters = {"plain": 0.5, "special": 0.5}
    queues = {
        "front": call_queue({"per_hour": 60}, exponential(120), matters=matters, transfer=transfer),
        "desk": call_queue({"per_hour": 0}, exponential(200), patience=exponential(150)),
    }
    teams = {
        "generalists": {"positions": 5, "serves": ["front"], "skills": ["plain"]},
        "specialists": {"positions": 2, "serves": ["desk"]},
    }
    log, _ = log_and_spells(round_the_clock(queues, teams, days=14))
    ends = np.zeros(3, np.int64)
    for handing, handed in pairwise(log):
        # The log holds what is offered before the horizon's end.
        if handing["follow_up"] != TRANSFER or handing["end_ms"] >= 15 * DAY_MS:
            continue
        assert (handed["contact"], handed["offered_ms"]) == (handing["contact"], handing["end_ms"])
        waited_ms = handed["left_queue_ms"] - handed["offered_ms"]
        comes = handed["fate"] == SERVED and waited_ms <= hold_ms
        held_ms = waited_ms + joint_ms if comes else min(waited_ms, hold_ms)
        assert handing["free_ms"] - handing["end_ms"] == held_ms
        assert handing["free_ms"] - handing["left_queue_ms"] == handing["handle_ms"]
        assert handed["joint_ms"] == (joint_ms if comes else 0)
        ends += (comes, not comes and waited_ms < hold_ms, waited_ms > hold_ms)
    assert (ends > 100).all()


# --- chats --------------------------------------------------------------------------------------------------------


def test_an_agent_has_a_call_or_so_many_chats() -> None:
    queues = {
        "calls": call_queue({"per_hour": 20}, exponential(300)),
        "chats": chat_queue({"per_hour": 50}, exponential(400)),
    }
    log, spells = log_and_spells(round_the_clock(queues, one_team(5, chat={"speed": [1.0, 0.8, 0.6]}), days=14))
    for agent in range(5):
        own = log[(log["agent"] == agent) & (log["fate"] == SERVED)]
        spans = {
            queue: [(int(row["left_queue_ms"]), int(row["free_ms"])) for row in own[own["queue"] == queue]]
            for queue in (0, 1)
        }
        assert most_at_once(spans[1]) == 3
        # A call counts as three chats: beside it there is no room for another.
        assert most_at_once(spans[0] * 3 + spans[1]) == 3
    assert waiting_at(spells, CALLS, served(log, 1)["left_queue_ms"]).max() == 0


# --- teams that have nothing to do with each other ------------------------------------------------------------------


def test_centres_side_by_side_are_as_each_alone() -> None:
    def queue(per_hour: float) -> dict[str, Any]:
        again = {"probability": 0.2, "after": exponential(900)}
        return call_queue({"per_hour": per_hour}, exponential(240), patience=exponential(120), redial=again)

    queues = {"north": queue(70), "south": queue(40)}
    teams = {name: {"positions": n, "serves": [name]} for name, n in (("north", 5), ("south", 3))}
    together, _ = log_and_spells(round_the_clock(queues, teams))
    for number, name in enumerate(queues):
        alone, _ = log_and_spells(round_the_clock({name: queues[name]}, {name: teams[name]}))
        same = together[together["queue"] == number]
        assert len(same) > 5_000
        for column in ("attempt", "reason", "fate", "offered_ms", "left_queue_ms", "end_ms", "follow_up"):
            np.testing.assert_array_equal(same[column], alone[column], err_msg=column)
