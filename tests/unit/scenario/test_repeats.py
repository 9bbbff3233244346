"""The repeats that the rates predict, against equations solved by hand."""

from datetime import date

import pytest

from sim.scenario.centre import CentreScenario
from sim.scenario.repeats import stated_flows, weekly_flows, weekly_volume
from sim.scenario.ways import answered_share, redial_share


@pytest.fixture
def scenario(small):
    return lambda changes: CentreScenario.model_validate(small(changes))


@pytest.mark.parametrize(
    ("arrivals", "a_week"),
    [({"per_week": 1000}, 1000), ({"per_day": 100}, 500), ({"per_hour": 10}, 400)],
)
def test_volumes_as_contacts_a_week(scenario, arrivals, a_week):
    model = scenario({"queues.calls.arrivals": arrivals})
    assert weekly_volume(model.queues["calls"].arrivals, model.opening_hours("calls")) == a_week


def test_redials_in_a_row_end(scenario):
    redial = {"probability": "50 %", "after": "1 min", "attempts": 2}
    rate = {"queues.calls.arrivals.counted_at_answer_rate": "80 %"}
    again = 0.2 * 0.5
    calls = scenario({**rate, "queues.calls.redial": redial}).queues["calls"]
    assert redial_share(calls) == pytest.approx((again + again**2) / (1 + again + again**2))
    calls = scenario({**rate, "queues.calls.redial": {**redial, "attempts": "unlimited"}}).queues["calls"]
    assert redial_share(calls) == pytest.approx(again)


def test_nobody_redials_who_cannot_be_lost(scenario, removed):
    redial = {"probability": "50 %", "after": "1 min"}
    calls = scenario({"queues.calls.patience": removed, "queues.calls.redial": redial}).queues["calls"]
    assert (answered_share(calls), redial_share(calls)) == (1, 0)
    calls = scenario({"queues.calls.patience": removed, "queues.calls.trunks": 9, "queues.calls.redial": redial})
    assert answered_share(calls.queues["calls"]) == 0.95


def test_only_the_answered_come_back(scenario):
    model = scenario(
        {
            "queues.calls.targets.answer_rate": "90 %",
            "queues.calls.recontact": {
                "probability": "10 %",
                "after": "1 day",
                "to": {"calls": "75 %", "emails": "25 %"},
            },
        }
    )
    flows = stated_flows(model)
    assert flows["calls"].recontacts == pytest.approx({"calls": 1000 * 0.9 * 0.1 * 0.75})
    assert flows["emails"].recontacts == pytest.approx({"calls": 1000 * 0.9 * 0.1 * 0.25})


def test_offered_volumes_hold_their_repeats_and_first_volumes_bring_them(scenario):
    back = {"probability": "20 %", "after": "1 day"}
    model = scenario({"queues.emails.recontact": back, "queues.emails.arrivals.volume_is": "first"})
    flow = weekly_flows(model)["emails"]
    assert (flow.offered, flow.repeats) == pytest.approx((300 / 0.8, 300 / 0.8 * 0.2))
    model = scenario({"queues.emails.recontact": back})
    flow = weekly_flows(model)["emails"]
    assert (flow.offered, flow.first, flow.repeats) == pytest.approx((300, 240, 60))


def test_queues_that_send_contacts_to_each_other(scenario):
    """x = 1000 + 0.2 y and y = 300 + 0.1 · 0.95 x."""
    model = scenario(
        {
            "queues.calls.arrivals.volume_is": "first",
            "queues.emails.arrivals.volume_is": "first",
            "queues.calls.recontact": {"probability": "10 %", "after": "1 day", "to": {"emails": 1}},
            "queues.emails.recontact": {"probability": "20 %", "after": "1 day", "to": {"calls": 1}},
        }
    )
    calls = (1000 + 0.2 * 300) / (1 - 0.2 * 0.095)
    flows = weekly_flows(model)
    assert flows["calls"].offered == pytest.approx(calls)
    assert flows["emails"].offered == pytest.approx(300 + 0.095 * calls)


# --- transfers ----------------------------------------------------------------------------------------------------

DESK = {
    "queues.calls.matters": {"agenda": "60 %", "billing": "40 %"},
    "queues.calls.transfer": {"after": "2 min", "to": {"billing": "desk"}},
    "queues.calls.patience": "unlimited",
    "queues.desk": {"channel": "call", "handle_time": "9 min"},
    "teams.advisers.serves": ["calls", "emails"],
    "teams.advisers.skills": ["agenda"],
    "teams.desk": {"serves": ["desk"], "positions": 3},
}


def test_transfers_are_not_offered_anew(scenario):
    flows = weekly_flows(scenario(DESK))
    assert (flows["calls"].offered, flows["calls"].handed_in) == pytest.approx((1000, 0))
    assert flows["desk"].transfers == pytest.approx({"calls": 400})
    assert (flows["desk"].offered, flows["desk"].arriving) == pytest.approx((0, 400))


def test_only_answered_callers_are_handed_on(scenario):
    flows = weekly_flows(scenario({**DESK, "queues.calls.patience": "3 min", "queues.calls.trunks": 90}))
    assert flows["desk"].handed_in == pytest.approx(0.95 * 400)


def test_some_of_the_teams_lack_the_skill(scenario):
    """Two thirds of the people on calls can't solve what 40 % of the calls are about."""
    teams = {"experts": {"positions": 5, "serves": ["calls"]}, "advisers": {"positions": 10, **_skilled("agenda")}}
    changes = {**DESK, "teams": {**teams, "desk": {"serves": ["desk"], "positions": 3}}}
    for path in ("teams.advisers.serves", "teams.advisers.skills", "teams.desk"):
        del changes[path]
    assert weekly_flows(scenario(changes))["desk"].handed_in == pytest.approx(400 * 2 / 3)


def _skilled(*skills):
    return {"serves": ["calls", "emails"], "skills": list(skills)}


def test_those_handed_on_come_back_to_where_they_were_solved(scenario):
    """Of 1000 calls 600 are solved at once, 400 at the desk; 10 % of each come back, to calls and to the desk."""
    back = {"probability": "10 %", "after": "1 day"}
    changes = {**DESK, "queues.calls.recontact": back, "queues.desk.recontact": {**back, "to": {"calls": 1}}}
    flows = weekly_flows(scenario(changes))
    assert flows["calls"].recontacts == pytest.approx({"calls": 60, "desk": 40})
    assert flows["calls"].first == pytest.approx(900)
    first = weekly_flows(scenario({**changes, "queues.calls.arrivals.volume_is": "first"}))
    assert first["calls"].offered == pytest.approx(1000 / 0.9)


def test_a_matter_may_be_handed_on_more_than_once(scenario):
    changes = {
        **DESK,
        "queues.desk.transfer": {"after": "1 min", "to": {"billing": "experts"}},
        "queues.experts": {"channel": "call", "handle_time": "9 min"},
        "teams.desk.skills": [],
        "teams.experts": {"serves": ["experts"], "positions": 3},
    }
    flows = weekly_flows(scenario(changes))
    assert flows["desk"].handed_in == pytest.approx(400)
    assert flows["experts"].transfers == pytest.approx({"desk": 400})


def test_recontact_factors_of_the_teams(scenario):
    """Twelve people of whom nobody comes back, and four of whom twice as many do."""
    teams = {
        "old": {"positions": 12, "serves": {"calls": {"recontact": 0}, "emails": {}}},
        "new": {"positions": 4, "serves": {"calls": {"recontact": "200 %"}}},
    }
    changes = {"teams": teams, "queues.calls.recontact": {"probability": "10 %", "after": "1 day"}}
    calls = weekly_flows(scenario({**changes, "queues.calls.patience": "unlimited"}))["calls"]
    assert calls.repeats == pytest.approx(1000 * 0.1 * 2 / 4)


# --- what comes on top of the stated week -------------------------------------------------------------------------


def test_deflection_takes_from_the_stated_volume(scenario):
    """Of 1000 calls 100 are deflected: 40 become posts, and of the other 60 every third comes after all."""
    deflection = {"share": [{"from": "2027-03-01", "share": "10 %"}], "fails": 1 / 3}
    changes = {"queues.calls.deflection": {**deflection, "posts": {"share": "40 %", "to": "emails"}}}
    model = scenario(changes)
    before, after = weekly_flows(model), weekly_flows(model, date(2027, 3, 1))
    assert before["calls"].offered == stated_flows(model)["calls"].offered == 1000
    assert (after["calls"].deflected, after["calls"].returned) == pytest.approx((100, 20))
    assert after["calls"].offered == pytest.approx(920)
    assert after["emails"].posts == pytest.approx({"calls": 40})
    assert after["emails"].offered == pytest.approx(340)


def test_the_deflected_bring_no_repeats(scenario):
    changes = {
        "queues.calls.recontact": {"probability": "20 %", "after": "1 day"},
        "queues.calls.deflection": {"share": "50 %"},
        "queues.calls.patience": "unlimited",
    }
    calls = weekly_flows(scenario(changes))["calls"]
    assert (calls.first, calls.offered, calls.repeats) == pytest.approx((800, 500, 100))


def test_pressure_brings_recontacts_on_top_of_the_stated_volume(scenario):
    """A third off the handle time, elasticity 1: half as many come back again, of the same first contacts."""
    changes = {
        "queues.calls.recontact": {"probability": "20 %", "after": "1 day"},
        "queues.calls.pressure": {"handle_time": "-2 min", "elasticity": 1},
        "queues.calls.patience": "unlimited",
    }
    calls = weekly_flows(scenario(changes))["calls"]
    assert (calls.first, calls.offered) == pytest.approx((800, 800 / 0.7))


def test_an_announcement_may_lose_callers_who_would_wait(scenario):
    announcement = {"above": "1 min", "balking": "5 %"}
    changes = {"queues.calls.patience": "unlimited", "queues.calls.announcement": announcement}
    assert answered_share(scenario(changes).queues["calls"]) == 0.95


# --- matters that repeats bring along -----------------------------------------------------------------------------

POST = {
    "queues.calls.matters": {"easy": "70 %", "hard": "30 %"},
    "queues.calls.transfer": {"after": "2 min", "to": {"hard": "desk"}},
    "queues.calls.patience": "unlimited",
    "queues.calls.recontact": {"probability": "10 %", "after": "1 day", "to": {"emails": 1}},
    "queues.desk": {
        "channel": "call",
        "handle_time": "9 min",
        "recontact": {"probability": "20 %", "after": "1 day", "to": {"emails": 1}},
    },
    "queues.emails.transfer": {"after": "1 min", "to": {"hard": "expert_mail"}},
    "queues.expert_mail": {"channel": "email", "handle_time": "9 min"},
    "teams.advisers.serves": ["calls", "emails"],
    "teams.advisers.skills": ["easy"],
    "teams.desk": {"serves": ["desk", "expert_mail"], "positions": 3},
}
"""Of 1000 calls 300 are hard and go to the desk; 70 easy and 60 hard ones come back as emails, 300 of them told."""


@pytest.mark.parametrize("counted", ["offered", "first"])
def test_what_comes_back_to_another_queue_is_handed_on_there(scenario, counted):
    model = scenario({**POST, "queues.emails.arrivals.volume_is": counted})
    flows = weekly_flows(model)
    assert flows["emails"].recontacts == pytest.approx({"calls": 70, "desk": 60})
    assert flows["emails"].offered == pytest.approx(300 if counted == "offered" else 430)
    assert flows["expert_mail"].transfers == pytest.approx({"emails": 60})


def test_matters_of_an_offered_volume_follow_from_its_repeats(scenario):
    """Half of the easy emails' senders write again, none of the hard ones': 400 emails, of which x are about hard.

    First contacts are F, half of them hard; easy ones are F/2 + e/2 = F, hard ones F/2: F = 400 / 1.5.
    """
    changes = {
        "queues.emails.arrivals": {"per_week": 400},
        "queues.emails.matters": {"easy": "50 %", "hard": "50 %"},
        "queues.emails.transfer": {"after": "1 min", "to": {"hard": "expert_mail"}},
        "queues.emails.recontact": {"probability": "50 %", "after": "1 day"},
        "queues.expert_mail": {"channel": "email", "handle_time": "9 min"},
        "teams.advisers.skills": ["easy"],
        "teams.advisers.serves": ["calls", "emails"],
        "teams.desk": {"serves": ["expert_mail"], "positions": 3},
    }
    flows = weekly_flows(scenario(changes))
    assert flows["emails"].first == pytest.approx(400 / 1.5)
    assert flows["expert_mail"].handed_in == pytest.approx(400 / 1.5 / 2)


def test_posts_bring_the_matters_of_the_deflected(scenario):
    """A tenth of the calls become posts; three in ten of these are hard."""
    posts = {"share": "10 %", "posts": {"share": "100 %", "to": "emails"}}
    changes = {**POST, "queues.calls.deflection": posts}
    del changes["queues.calls.recontact"]
    changes["queues.desk"] = {"channel": "call", "handle_time": "9 min"}
    flows = weekly_flows(scenario(changes))
    assert flows["emails"].posts == pytest.approx({"calls": 100})
    assert flows["expert_mail"].transfers == pytest.approx({"emails": 30})
