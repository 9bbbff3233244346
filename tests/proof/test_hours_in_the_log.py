"""What opening and closing do to emails, callers and agents, from the log; and sites with hours of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.centre.contract import DAY_MS
from sim.centre.results import ABANDONED, CONTACT_COLUMNS, ON_DUTY, SERVED, TEAM_COLUMNS
from sim.scenario.centre import CentreScenario

from .centres import START, call_queue, centre, email_queue, exponential
from .logs import HOUR_MS, MINUTE_MS, log_and_spells, open_ms_before, replicated, served

OPENS_MS, CLOSES_MS = 8 * HOUR_MS, 18 * HOUR_MS
DAYS = 56


def open_by_day(queues: dict[str, Any], team: dict[str, Any]) -> CentreScenario:
    return centre(
        queues,
        {"team": team},
        horizon=f"{DAYS} days",
        warm_up="7 days",
        opening={"every day": "08:00-18:00"},
        interval="1 h",
    )


# --- emails ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("resumes", ["own agent resumes", "anyone resumes"])
@pytest.mark.parametrize("clock", ["opening hours", "elapsed"])
def test_the_clock_of_emails_that_are_put_down(resumes: str, clock: str) -> None:
    """It runs from the arrival to the end of the reply, whatever comes between, and as the file says in the night."""
    queues = {
        "calls": call_queue({"per_day": 500}, exponential(300), patience=exponential(240)),
        "emails": email_queue({"per_day": 130}, exponential(300), targets={"response": "80 % in 1 h", "clock": clock}),
    }
    scenario = open_by_day(queues, {"positions": 5, "put_down_emails": resumes})
    replication = replicated(scenario)
    assert replication.log is not None
    emails = served(replication.log, 1)
    emails = emails[emails["counted"] == 1]
    offered_ms, end_ms = emails["offered_ms"], emails["end_ms"]
    response_ms = end_ms - offered_ms
    if clock == "opening hours":
        response_ms = open_ms_before(end_ms, OPENS_MS, CLOSES_MS) - open_ms_before(offered_ms, OPENS_MS, CLOSES_MS)
    totals = dict(zip(CONTACT_COLUMNS, replication.counts.contacts[1].sum(axis=0), strict=True))
    assert totals["response_ms"] == response_ms.sum()
    assert totals["responded_within"] == (response_ms <= HOUR_MS).sum()
    assert totals["put_down"] == emails["put_down"].sum() > 1_000
    overnight = emails["put_down"][emails["left_queue_ms"] // DAY_MS < end_ms // DAY_MS]
    assert (overnight > 0).sum() >= 10


# --- callers who wait when the queue closes -------------------------------------------------------------------------


def closing(what: str) -> CentreScenario:
    queue = call_queue({"per_day": 620}, exponential(300), patience=exponential(600), at_closing=what)
    return open_by_day({"calls": queue}, {"positions": 5})


def test_who_waits_at_closing_is_sent_away_if_so_stated() -> None:
    log, _ = log_and_spells(closing("send away"))
    left_ms = log["left_queue_ms"] % DAY_MS
    assert left_ms[log["fate"] == SERVED].max() < CLOSES_MS
    assert left_ms.max() == CLOSES_MS
    assert ((left_ms == CLOSES_MS) & (log["fate"] == ABANDONED)).sum() > DAYS


def test_who_waits_at_closing_is_served_by_those_who_stay() -> None:
    replication = replicated(closing("serve"))
    log, spells = replication.log, replication.spells
    assert log is not None
    assert spells is not None
    assert (log["offered_ms"] % DAY_MS).max() < CLOSES_MS
    late = log[log["left_queue_ms"] % DAY_MS >= CLOSES_MS]
    assert (late["fate"] == SERVED).sum() > DAYS
    # A day is over for an agent when nobody waits: who stays beyond closing time is busy without a break.
    duty = spells[spells["kind"] == ON_DUTY]
    last_busy_ms: dict[tuple[int, int], int] = {}
    for row in log[log["fate"] == SERVED]:
        key = int(row["agent"]), int(row["left_queue_ms"]) // DAY_MS
        last_busy_ms[key] = max(last_busy_ms.get(key, 0), int(row["free_ms"]))
    stayed_ms = 0
    for spell in duty:
        day, closes_ms = spell["from_ms"] // DAY_MS, spell["from_ms"] // DAY_MS * DAY_MS + CLOSES_MS
        assert spell["from_ms"] % DAY_MS == OPENS_MS
        assert spell["to_ms"] == max(closes_ms, last_busy_ms[int(spell["number"]), int(day)])
        stayed_ms += int(spell["to_ms"] - closes_ms) if day >= 7 else 0
    totals = dict(zip(TEAM_COLUMNS, replication.counts.teams[0].sum(axis=0), strict=True))
    assert totals["overrun_ms"] == stayed_ms > 0
    assert totals["scheduled_ms"] == 5 * DAYS * (CLOSES_MS - OPENS_MS)


# --- callbacks -------------------------------------------------------------------------------------------------------


def test_callbacks_end_with_the_day() -> None:
    """The next try is lost, and with it the callback, if the queue is closed by then or tries are used up."""
    again_ms, ring_ms, tries = 20 * MINUTE_MS, 30_000, 3
    offer = {"above": "1 min", "accepted": 0.7, "reached": 0.4}
    callback = offer | {"tries": tries, "again_after": "20 min", "ring": "30 s"}
    queue = call_queue({"per_day": 560}, exponential(300), patience=exponential(600), callback=callback)
    log, _ = log_and_spells(open_by_day({"calls": queue}, {"positions": 5}))
    owed = log[log["callback"] == 1]
    lost = owed[owed["fate"] == ABANDONED]
    next_ms = lost["left_queue_ms"] + again_ms
    too_late = next_ms % DAY_MS >= CLOSES_MS
    assert (lost["tries"] == tries)[~too_late].all()
    assert (lost["tries"] < tries)[too_late].sum() > DAYS
    assert (lost["tries"] == tries).sum() > 500
    assert (lost["left_queue_ms"] // DAY_MS == lost["offered_ms"] // DAY_MS).all()
    reached = owed[owed["fate"] == SERVED]
    in_vain = reached["tries"].astype(np.int64) - 1
    assert (reached["left_queue_ms"] - reached["offered_ms"] >= in_vain * (again_ms + ring_ms)).all()
    assert (in_vain > 0).sum() > 500
    assert (owed["tries"] >= 1).all()
    assert len(reached) + len(lost) == len(owed) > 3_000


# --- sites ----------------------------------------------------------------------------------------------------------

SITES = {
    "south": {"calendar": {"open": {"mon-sat": "08:00-19:00"}, "closed": ["2029-01-10"]}},
    "north": {"calendar": {"open": {"mon-fri": "07:00-16:30"}}},
}


def of_sites(*names: str) -> CentreScenario:
    """Each with a queue and a team of its own, in this order."""

    def queue(site: str, per_day: float) -> dict[str, Any]:
        return call_queue({"per_day": per_day}, exponential(240), patience=exponential(200), site=site)

    queues = {"calls_south": queue("south", 700), "calls_north": queue("north", 350)}
    teams = {f"team_{name}": {"positions": n, "site": name} for name, n in (("south", 5), ("north", 3))}
    return CentreScenario.model_validate(
        {
            "kind": "centre",
            "name": "proof",
            "start": START,
            "horizon": "4 weeks",
            "warm_up": "1 week",
            "sites": {name: SITES[name] for name in names},
            "queues": {f"calls_{name}": queues[f"calls_{name}"] for name in names},
            "teams": {f"team_{name}": teams[f"team_{name}"] | {"serves": [f"calls_{name}"]} for name in names},
        }
    )


def test_sites_keep_their_own_hours_and_are_as_each_alone() -> None:
    together, _ = log_and_spells(of_sites("south", "north"))
    for number, name in enumerate(("south", "north")):
        alone, _ = log_and_spells(of_sites(name))
        same = together[together["queue"] == number]
        for column in ("fate", "offered_ms", "left_queue_ms", "end_ms"):
            np.testing.assert_array_equal(same[column], alone[column], err_msg=column)
    offered_ms = [together["offered_ms"][together["queue"] == number] for number in (0, 1)]
    days = [set((offered // DAY_MS - 7).tolist()) for offered in offered_ms]
    # Days since Monday the 1st, warm-up included; the 10th is closed in the south.
    assert days[0] == {day for day in range(-7, 28) if day % 7 < 6} - {9}
    assert days[1] == {day for day in range(-7, 28) if day % 7 < 5}
    for offered, (opens_h, closes_h) in zip(offered_ms, ((8, 19), (7, 16.5)), strict=True):
        hour = offered % DAY_MS / HOUR_MS
        assert opens_h <= hour.min() < opens_h + 0.5
        assert closes_h - 0.5 < hour.max() < closes_h
