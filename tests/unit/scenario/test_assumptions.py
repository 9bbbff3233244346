"""What is told of the defaults that filled in."""

import json

from sim.scenario.assumptions import assumptions_of
from sim.scenario.centre import CentreScenario
from sim.scenario.load import load_scenario


def test_a_short_file_assumes_much(small):
    assumed = {a.field: a.text for a in assumptions_of(CentreScenario.model_validate(small({})))}
    assert assumed == {
        "calendar.open": "open Monday to Friday, 09:00-17:00",
        "calendar.country": "no public holidays",
        "queues.calls.arrivals.days": "each weekday's volume is in proportion to its opening hours",
        "queues.calls.arrivals.profile": "evenly over the opening hours",
        "queues.calls.arrivals.busyness": "days vary around the forecast by chance alone",
        "queues.calls.handle_time.cv": "lognormal with a standard deviation of 0.8 times the mean",
        "queues.emails.arrivals.profile": "emails arrive evenly round the clock, every day",
        "queues.emails.arrivals.busyness": "days vary around the forecast by chance alone",
        "queues.emails.handle_time.cv": "lognormal with a standard deviation of 0.8 times the mean",
        "teams.advisers.contract": "35 h per week",
        "teams.advisers.full_time_week": "one FTE is one contract; a part-time team gives the full-time week beside it",
        "teams.advisers.shrinkage": "30 % of the paid hours are not on the phones",
    }


def test_what_the_file_says_is_not_assumed(small):
    said = small(
        {
            "calendar": {"country": "FR", "open": {"mon-fri": "08:00-20:00"}},
            "queues.calls.arrivals": {"per_week": 9, "days": {"mon": 1}, "profile": {"09:00": 1}, "busyness": 0},
            "queues.calls.handle_time": {"mean": "3 min", "cv": 0.5},
            "queues.emails.arrivals": {"per_week": 9, "days": {"mon": 1}, "profile": {"09:00": 1}, "busyness": 0},
            "queues.emails.handle_time": {"distribution": "exponential", "mean": "3 min"},
            "teams.advisers": {"positions": 3},
        }
    )
    assert assumptions_of(CentreScenario.model_validate(said)) == ()


def test_repeats_and_patience(small, removed):
    repeats = {"probability": "5 %", "after": "1 day"}
    changes = {"queues.calls.patience": removed, "queues.calls.recontact": repeats, "queues.calls.redial": repeats}
    assumed = {a.field: a.text for a in assumptions_of(CentreScenario.model_validate(small(changes)))}
    assert assumed["queues.calls.patience"] == "callers never hang up"
    assert assumed["queues.calls.redial.attempts"] == "at most 3 redials in a row"
    assert assumed["queues.calls.arrivals.volume_is"] == "the volumes count every attempt, repeats included"
    assert assumed["queues.calls.arrivals.counted_at_answer_rate"] == "they were counted while 95 % were answered"
    changes |= {"queues.calls.targets.answer_rate": "92.5 %"}
    assumed = {a.field: a.text for a in assumptions_of(CentreScenario.model_validate(small(changes)))}
    counted = "they were counted while 92.5 %, the target, were answered"
    assert assumed["queues.calls.arrivals.counted_at_answer_rate"] == counted


def test_volumes_that_nobody_is_there_for(small, write, tmp_path):
    open_rows = [f"2027-01-06 {time},5" for time in ("09:00", "09:30")]
    left_out = ["2027-01-06 08:30,2", "2027-01-06 10:00,1.5", "2027-01-07 09:00,4"]
    beyond = ["2027-02-03 08:00,100"]
    (tmp_path / "volumes.csv").write_text("\n".join(["start,volume", *open_rows, *left_out, *beyond]))
    calendar = {"open": {"wed": "09:00-10:00"}}
    changes = {"calendar": calendar, "horizon": "1 week", "queues.calls.arrivals": {"file": "volumes.csv"}}
    assumed = {a.field: a.text for a in load_scenario(write(small(changes))).assumptions}
    told = "7.5 contacts of the horizon lie outside the opening hours and are left out"
    assert assumed["queues.calls.arrivals.file"] == told


def test_targets_that_promise_nothing(small, removed):
    changes = {"queues.calls.targets": removed, "queues.emails.targets": removed}
    assumed = {a.field: a.text for a in assumptions_of(CentreScenario.model_validate(small(changes)))}
    assert assumed["queues.calls.targets.service_level"] == "reported for answers within 20 s; nothing is promised"
    assert assumed["queues.emails.targets.response"] == "reported for replies within 4 h; nothing is promised"


def test_positions_that_end_before_the_horizon_are_told_to_hold(small, tmp_path):
    (tmp_path / "staff.csv").write_text("start,positions\n2027-01-04 09:00,4\n2027-01-05 12:30,6\n")
    tree = small({"start": "2027-01-04", "horizon": "1 week", "teams.advisers": {"positions": "staff.csv"}})
    (tmp_path / "centre.yaml").write_text(json.dumps(tree, default=str))
    assumed = {one.field: one.text for one in load_scenario(tmp_path / "centre.yaml").assumptions}
    assert assumed["teams.advisers.positions"] == (
        "the last number of the file, 6 from 2027-01-05 12:30, holds to the end of the horizon"
    )


def assumed_in(data):
    return {a.field: a.text for a in assumptions_of(CentreScenario.model_validate(data))}


def test_each_site_has_its_own_calendar(small):
    sites = {"france": {"calendar": {"country": "FR"}}, "germany": {"calendar": {"open": {"mon-fri": "08:00-18:00"}}}}
    places = {"queues.calls.site": "france", "queues.emails.site": "germany", "teams.advisers.site": "germany"}
    assumed = assumed_in(small({"sites": sites, **places}))
    assert {field: text for field, text in assumed.items() if "calendar" in field} == {
        "sites.france.calendar.open": "open Monday to Friday, 09:00-17:00",
        "sites.germany.calendar.country": "no public holidays",
    }


def test_what_comes_on_top_of_the_stated_volumes(small):
    changes = {
        "queues.calls.deflection": {"share": "10 %"},
        "queues.emails.deflection": {"share": "10 %", "fails": "5 %"},
        "queues.calls.pressure": {"handle_time": "-5 %", "elasticity": 0},
    }
    assumed = assumed_in(small(changes))
    assert assumed["queues.calls.deflection"] == "the volume is stated as it would be without it"
    assert assumed["queues.calls.deflection.fails"] == "nobody who was deflected comes to the queue after all"
    assert assumed["queues.emails.deflection.after"] == "those in vain come after 4 h on average"
    assert "queues.calls.deflection.after" not in assumed
    assert (
        assumed["queues.calls.pressure"] == "volume, handle time and re-contact rate are stated as they are without it"
    )


def test_callbacks_and_transfers(small):
    changes = {
        "queues.calls.callback": {"above": "2 min", "accepted": "40 %", "reached": "80 %"},
        "queues.calls.transfer": {"after": "2 min", "to": {}},
        "queues.calls.matters": {"agenda": 1},
    }
    assumed = assumed_in(small(changes))
    assert assumed["queues.calls.callback.tries"] == "given up after 3 tries"
    assert assumed["queues.calls.callback.again_after"] == "tried again after 30 min"
    assert assumed["queues.calls.callback.ring"] == "a try that reaches nobody takes an agent 30 s"
    assert assumed["queues.calls.transfer.place"] == "those handed on wait behind all others of the next queue"
    assert assumed["queues.calls.transfer.re_explain"] == "the next agent needs nothing to be said again"
    assert assumed["teams.advisers.skills"] == "solves every matter"
    callback = {"above": "2 min", "accepted": "40 %"}
    assumed = assumed_in(small({"queues.calls.callback": callback}))
    assert assumed["queues.calls.callback.reached"] == "every call back reaches the customer"
    assert "queues.calls.callback.tries" not in assumed


def test_volumes_of_a_queue_that_gets_the_repeats_of_another(small):
    to_both = {"probability": "5 %", "within": "7 days", "to": {"calls": "50 %", "emails": "50 %"}}
    told = "the volumes count every attempt, repeats included"
    assumed = assumed_in(small({"queues.calls.recontact": to_both}))
    assert assumed["queues.emails.arrivals.volume_is"] == told
    assumed = assumed_in(small({"queues.calls.recontact": {**to_both, "to": {"emails": 1}}}))
    assert "queues.calls.arrivals.volume_is" not in assumed


HANDING_ON = {
    "queues.calls.matters": {"agenda": "60 %", "billing": "40 %"},
    "queues.calls.transfer": {"after": "2 min", "to": {"billing": "desk"}},
    "queues.calls.redial": {"probability": "50 %", "after": "5 min"},
    "queues.calls.recontact": {"probability": "9 %", "within": "7 days"},
    "queues.desk": {"channel": "call", "handle_time": "6 min", "patience": "5 min"},
    "teams.advisers.serves": ["calls", "emails"],
    "teams.advisers.skills": ["agenda"],
    "teams.specialists": {"serves": ["desk"], "positions": 7},
}


def test_rates_do_not_go_along_with_those_handed_on(small):
    assumed = assumed_in(small(HANDING_ON))
    assert assumed["queues.desk.redial"] == "callers who hang up after being handed on don't try again"
    assert assumed["queues.desk.recontact"] == "those handed on whom it solves don't come back"


def test_rates_that_who_hands_on_has_none_of_are_not_missed(small):
    changes = {field: value for field, value in HANDING_ON.items() if field != "queues.calls.redial"}
    told = assumed_in(small({**changes, "queues.desk.recontact": {"probability": "4 %", "within": "7 days"}}))
    assert not {"queues.desk.redial", "queues.desk.recontact"} & told.keys()


def test_chats_novices_and_several_teams(small):
    chat = {"channel": "chat", "arrivals": {"per_week": 100}, "handle_time": "9 min"}
    rated = {"base": "95 %", "novice": "5 points"}
    changes = {"queues.chat": chat, "queues.emails.satisfaction": rated, "teams.others": {"positions": 2}}
    assumed = assumed_in(small(changes))
    assert assumed["queues.chat.patience"] == "customers never give up"
    assert assumed["queues.chat.targets.service_level"] == "reported for answers within 40 s; nothing is promised"
    assert assumed["teams.others.chat"] == (
        "3 chats at once at most, with 1, 2, ... in hand at 100, 83 and 71 % of full speed each"
    )
    assert assumed["teams.others.novices"] == "everybody is experienced"
    assert assumed["teams.others.serves"] == "all queues, none of them preferred"


def test_a_queue_that_lives_on_others_has_no_pattern_to_assume(small):
    recontact = {"probability": "5 %", "after": "1 day", "to": {"again": 1}}
    again = {"channel": "call", "handle_time": {"mean": "6 min", "cv": 1}, "patience": "2 min"}
    assumed = assumed_in(small({"queues.calls.recontact": recontact, "queues.again": again}))
    assert [field for field in assumed if field.startswith("queues.again")] == [
        "queues.again.targets.service_level",
    ]


def test_a_ring_fence_changes_how_heads_are_rostered(small):
    """Positions are where the file puts them."""
    fenced = {"calls": {}, "emails": {"hours": {"mon-fri": "14:00-16:00"}}}
    staff = {"teams.advisers.heads": 40, "teams.advisers.serves": fenced}
    rostered = "heads are rostered by it: the work of emails needs them in these hours only"
    assert assumed_in(small(staff))["teams.advisers.serves.emails.hours"] == rostered
    assert "teams.advisers.serves.emails.hours" not in assumed_in(
        small({"teams.advisers": {"positions": 9, "serves": fenced}})
    )


def test_which_reasons_take_whole_days_is_assumed_where_it_counts(small):
    shares = {"shrinkage": {"paid_leave": "10 %", "sickness": "6 %", "breaks": "7 %"}}
    team = {"heads": 12, **shares, "shrinkage_convention": "by presence"}
    for values, told in (
        (team, "paid_leave and sickness, by their names"),
        ({**team, "whole_day": ["sickness"]}, None),
        ({"heads": 12, **shares}, None),
    ):
        assumed = assumptions_of(CentreScenario.model_validate(small({"teams.advisers": values})))
        assert {a.field: a.text for a in assumed}.get("teams.advisers.whole_day") == told
