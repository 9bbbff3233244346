"""What is right but hardly meant, and what is told of it."""

import json

import pytest

from sim.scenario.load import load_scenario

HELPED = {
    "teams.advisers.serves": ["calls", "emails"],
    "teams.helpers": {"positions": 2, "serves": {"calls": {"overflow_after": "30 s"}}},
}


def test_a_usual_scenario_is_not_doubted(doubts):
    assert doubts({}) == []


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("queues.calls.handle_time", "500 h", "500 h on average is hardly meant; usual is 5 s to 3 h"),
        ("queues.calls.handle_time", "4 s", "4 s on average is hardly meant; usual is 5 s to 3 h"),
        ("queues.calls.handle_time", {"mean": "5 min", "cv": 6}, "6 is hardly meant; usual is at most 5"),
        ("queues.calls.patience", "100 ms", "0.1 s on average is hardly meant; usual is 2 s to 4 h"),
        ("queues.calls.redial", {"probability": "50 %", "after": "20 days"}, "20 days on average is hardly meant"),
        ("queues.calls.targets.service_level", "0.8 % in 20 s", "0.8 % is hardly meant; usual is at least 20 %"),
        ("queues.calls.targets.service_level", "80 % in 10 h", "10 h is hardly meant; usual is at most 30 min"),
        ("queues.emails.targets.response", "80 % in 4 s", "4 s is hardly meant; usual is 1 min to 30 days"),
        ("queues.calls.arrivals", {"per_week": 19.5}, "is 19.5; thousands are written without a point, such as 1234"),
        ("queues.calls.arrivals.growth", "10 % per week", "multiplies the volume by 14"),
        ("queues.calls.arrivals.busyness", "70 %", "70 % is hardly meant; usual is at most 60 %"),
        ("queues.calls.satisfaction", {"base": "98 %", "per_minute": "20 points"}, "20 points is hardly meant"),
        ("queues.calls.deflection", {"share": "100 %"}, "takes 100 % of the first contacts away; hardly any are left"),
        (
            "queues.calls.recontact",
            {"probability": "9 %", "within": "7 days", "after": "9 days"},
            "9 days on average is longer than within, 7 days: all who come back do so within it",
        ),
        (
            "queues.calls.redial",
            {"probability": "100 %", "after": "5 min", "attempts": "unlimited"},
            "everybody who gives up tries again, without end: nobody is ever lost; give attempts a number",
        ),
        ("teams.advisers.contract", "150 h per week", "150 h is hardly meant; usual is 4 h to 60 h"),
        ("teams.advisers.shrinkage", "0.3 %", "0.3 % is hardly meant; usual is 1 % to 70 %"),
        ("teams.advisers.cost", {"loaded_per_hour": "36000 EUR"}, "36 000 EUR is hardly meant; usual is 1 to 500"),
        ("teams.advisers.serves", {"calls": {"speed": 10}, "emails": {}}, "1000 % is hardly meant; usual is 25 %"),
    ],
)
def test_values_far_from_the_usual_are_doubted(doubts, field, value, told):
    (doubt,) = doubts({field: value})
    assert doubt.startswith(field)
    assert told in doubt


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("queues.calls.handle_time", "2 h"),
        ("queues.emails.handle_time", "6 h"),
        ("queues.calls.targets.service_level", "80 % in 0 s"),
        ("queues.calls.arrivals", {"per_week": 12}),
        ("queues.calls.arrivals.busyness", "60 %"),
        ("queues.calls.recontact", {"probability": "9 %", "within": "7 days", "after": "7 days"}),
        ("queues.calls.redial", {"probability": "100 %", "after": "5 min", "attempts": 20}),
        ("queues.calls.arrivals.growth", "5 % per month"),
        ("teams.advisers.shrinkage", "0 %"),
        ("teams.advisers.cost", {"loaded_per_year": "9000000 JPY"}),
    ],
)
def test_values_at_the_ends_of_the_usual_are_not(doubts, field, value):
    assert doubts({field: value}) == []


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("6.000", ["queues.calls.arrivals.per_week: is read as 6; if 6000 is meant, write it without a point"]),
        (
            "119.250",
            ["queues.calls.arrivals.per_week: is read as 119.25; if 119250 is meant, write it without a point"],
        ),
        ("119.255", []),
        ("119.25", []),
        ("6000.000", []),
    ],
)
def test_a_point_that_may_part_thousands(write, small, number, told):
    text = json.dumps(small({})).replace("1000", number)
    assert [f"{one.field}: {one.message}" for one in load_scenario(write(text)).warnings] == told


def test_a_doubt_has_the_line_of_its_field(write, small):
    path = write(small({"teams.advisers.contract": "150 h per week"}))
    (doubt,) = load_scenario(path).warnings
    assert doubt.line is not None
    assert "150 h" in path.read_text().splitlines()[doubt.line - 1]
    assert doubt.file == str(path)


def test_help_that_comes_too_late(doubts):
    (doubt,) = doubts(HELPED)
    assert doubt == (
        'teams.helpers.serves.calls.overflow_after: 30 s is longer than the 20 s of the target of "calls": what the '
        "team takes is late already; make it shorter if it is to help the target"
    )
    in_time = {"positions": 2, "serves": {"calls": {"overflow_after": "20 s"}}}
    assert doubts({**HELPED, "teams.helpers": in_time}) == []
    assert doubts({**HELPED, "queues.calls.targets": {"answer_rate": "90 %"}}) == []


def test_nobody_takes_a_contact_in_time(doubts):
    (doubt,) = doubts({"teams.advisers.serves": {"emails": {}, "calls": {"overflow_after": "30 s"}}})
    assert "every contact is late, as no other team takes it sooner" in doubt


def test_help_with_emails_is_late_on_the_elapsed_clock_alone(doubts):
    """Opening hours may make five elapsed hours one."""
    helpers = {"positions": 2, "serves": {"emails": {"overflow_after": "5 h"}}}
    assert doubts({**HELPED, "teams.helpers": helpers}) == []
    (doubt,) = doubts({**HELPED, "teams.helpers": helpers, "queues.emails.targets.clock": "elapsed"})
    assert "5 h is longer than the 4 h" in doubt


def test_a_stated_volume_of_nothing_leaves_a_target_without_contacts(doubts):
    """As a what-if may have it, so it isn't refused."""
    changes = {
        "queues.calls.matters": {"agenda": "60 %", "billing": "40 %"},
        "queues.calls.transfer": {"after": "2 min", "to": {"billing": "desk"}},
        "queues.desk": {
            "channel": "call",
            "arrivals": {"per_week": 50},
            "handle_time": "6 min",
            "targets": {"answer_rate": "90 %"},
        },
        "teams.advisers.serves": ["calls", "emails"],
        "teams.advisers.skills": ["agenda"],
        "teams.desk": {"serves": ["desk"], "positions": 3},
    }
    assert doubts(changes) == []
    (doubt,) = doubts(changes, "queues.desk.arrivals.per_week=0")
    assert doubt.startswith("queues.desk.targets: are judged by hardly any contacts a week; the 3")


DATED = {
    "queues.calls.deflection": {
        "share": [{"from": "2027-01-04", "share": "5 %"}, {"from": "2027-01-18", "share": "8 %"}],
    }
}


@pytest.mark.parametrize(
    ("changes", "path", "value", "told"),
    [
        (
            DATED,
            "queues.calls.deflection.share",
            "10 %",
            "takes the place of all 2 entries that the file has; to change one alone, set "
            "queues.calls.deflection.share.0.share",
        ),
        (
            {
                "queues.calls.arrivals.events": [
                    {"name": "launch", "from": "2027-01-04", "until": "2027-01-05", "volume": "+5 %"},
                ]
            },
            "queues.calls.arrivals.events",
            "[]",
            "takes the place of the entry that the file has; to change one alone, set "
            "queues.calls.arrivals.events.0.volume",
        ),
        (
            {"teams.advisers": {"positions": {"mon-fri": {"09:00": 4, "12:00": 5}}}},
            "teams.advisers.positions",
            "9",
            "takes the place of mon-fri.09:00 and mon-fri.12:00, which the file has; to change one alone, set "
            "teams.advisers.positions.mon-fri.09:00",
        ),
        (
            {"queues.calls.handle_time": {"mean": "5 min", "cv": 1.2}},
            "queues.calls.handle_time",
            "6 min",
            "takes the place of mean and cv, which the file has; to change one alone, set "
            "queues.calls.handle_time.mean",
        ),
    ],
)
def test_a_setting_tells_what_it_takes_the_place_of(doubts, changes, path, value, told):
    assert doubts(changes, f"{path}={value}") == [f"{path}: {told}"]


@pytest.mark.parametrize(
    ("changes", "setting"),
    [
        (DATED, "queues.calls.deflection.share.1.share=10 %"),
        (DATED, "queues.calls.deflection="),
        ({}, "queues.calls.patience=5 min"),
        ({"queues.calls.handle_time": {"mean": "5 min", "cv": 1.2}}, "queues.calls.handle_time={mean: 6 min}"),
        ({"queues.calls.arrivals.profile": {"09:00": 3}}, "queues.calls.arrivals.growth=1 % per month"),
    ],
)
def test_a_setting_that_says_all_that_it_does(doubts, changes, setting):
    assert doubts(changes, setting) == []


def test_a_setting_tells_which_table_it_takes_the_place_of(doubts, tmp_path):
    (tmp_path / "plan.csv").write_text("weekday,time,positions\nmon-fri,09:00,4\n")
    changes = {"teams.advisers": {"positions": "plan.csv"}}
    assert doubts(changes, "teams.advisers.positions=9") == ["teams.advisers.positions: takes the place of plan.csv"]


EVENT = {"name": "launch", "from": "2027-01-11", "until": "2027-01-12", "volume": "+5 %"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, False),
        ({"from": "2027-01-02", "until": "2027-01-03"}, True),
        ({"from": "2027-01-02", "until": "2027-01-03", "decay": "3 days"}, False),
        ({"from": "2028-01-01", "until": "2028-01-02"}, False),
        ({"from": "2029-01-11", "until": "2029-01-12"}, True),
    ],
)
def test_events_of_another_year(doubts, changed, told):
    found = doubts({"queues.calls.arrivals.events": [{**EVENT, **changed}]})
    assert len(found) == told
    assert all("queues.calls.arrivals.events.0: changes nothing: " in one for one in found)


def test_a_share_of_another_year(doubts):
    late = {"from": "2037-01-18", "share": "8 %"}
    (told,) = doubts({"queues.calls.deflection.share": [{"from": "2026-01-18", "share": "5 %"}, late]})
    assert told == "queues.calls.deflection.share: 2037-01-18 is long after the horizon, which ends before 2027-02-01"


@pytest.mark.parametrize(("first_day", "told"), [("2027-01-31", False), ("2027-02-01", True)])
def test_deflection_that_begins_after_the_horizon(doubts, first_day, told):
    found = doubts({"queues.calls.deflection.share": [{"from": first_day, "share": "5 %"}]})
    assert len(found) == told
    assert all(one.startswith("queues.calls.deflection.share: changes nothing: the first share is") for one in found)


def test_a_setting_of_a_base_file_s_list_is_told_too(write, small):
    write(small(DATED), "base.yaml")
    path = write(json.dumps({"extends": "base.yaml"}), "over.yaml")
    (doubt,) = load_scenario(path, ["queues.calls.deflection.share=1 %"]).warnings
    assert doubt.file == "--set"


def test_a_volume_that_isn_t_reached_within_the_horizon_is_doubted(doubts):
    back = {"queues.calls.recontact": {"probability": "50 %", "after": "2 days"}, "queues.calls.patience": "unlimited"}
    assert doubts(back) == []
    (doubt,) = doubts({**back, "warm_up": "none"})
    assert doubt.startswith(
        "warm_up: re-contacts and redials bring 50 repeats for 100 contacts, so that the volume of "
    )
    assert "0 days are simulated before the start, and by estimate" in doubt
    back["queues.calls.recontact"]["probability"] = "99 %"
    found = [doubt for doubt in doubts(back) if "builds up" in doubt]
    assert len(found) == 1
    assert found[0].startswith("queues.calls.recontact: the rates bring 99 repeats for 100 contacts")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"queues.calls.arrivals": {"per_week": 0}},
            "queues.calls.arrivals: brings no contacts: its volume is 0, and no other queue sends it any; no day can "
            "be judged by all targets then",
        ),
        (
            {"queues.calls.arrivals.days": {"mon-thu": 1}},
            "queues.calls.arrivals.days: give fri no weight, so nobody comes then, and the queue is open",
        ),
        (
            {"calendar": {"closed": ["2026-02-01", "2026-03-01"]}},
            "calendar.closed: changes nothing: 2026-02-01 to 2026-03-01 is far from the horizon, which starts on "
            "2027-01-04",
        ),
        (
            {"queues.calls.targets.service_level": "100 % in 0 s"},
            "queues.calls.targets.service_level: is missed by any contact that isn't taken within 0 s; promise less "
            "than 100 %, unless that is meant",
        ),
        (
            {"queues.calls.targets.answer_rate": "100 %"},
            "queues.calls.targets.answer_rate: is missed by anyone who gives up; promise less than 100 %, unless that "
            "is meant",
        ),
        (
            {
                "queues.calls.recontact": {"probability": "10 %", "after": "1 day"},
                "queues.calls.pressure": {"handle_time": "-40 %", "elasticity": 3},
            },
            "queues.calls.pressure.elasticity: raises re-contacts from 10 % to 46.3 % of the served; check it and the "
            "change of the handle time",
        ),
    ],
)
def test_what_is_silently_without_effect_or_out_of_reach(doubts, changes, told):
    assert doubts(changes) == [told]


@pytest.mark.parametrize(
    "changes",
    [
        {"queues.calls.arrivals": {"per_week": 0}, "queues.emails.late_to_call": {"probability": 0.1, "to": "calls"}},
        {"queues.emails.arrivals.days": {"mon": 1}},
        {"calendar": {"closed": ["2026-02-01", "2027-03-01"]}},
        {"queues.calls.targets.service_level": "99 % in 0 s"},
        {
            "queues.calls.recontact": {"probability": "10 %", "after": "1 day"},
            "queues.calls.pressure": {"handle_time": "-20 %", "elasticity": 2},
        },
    ],
)
def test_what_may_well_be_meant(doubts, changes):
    assert doubts(changes) == []


def test_a_queue_that_is_closed_through_the_whole_horizon_is_doubted(doubts):
    short = {"horizon": "3 days", "teams.advisers.hours": {"every day": "09:00-17:00"}}
    (told,) = doubts({**short, "queues.calls.open": {"sun": "09:00-12:00"}})
    assert told == (
        "queues.calls.open: is closed through the whole horizon (it opens sun 09:00-12:00), so there are no figures of "
        "it; check start, horizon, hours and closed days"
    )
    (told,) = doubts({**short, "queues.emails.open": {"sun": "09:00-12:00"}})
    assert ", so its emails wait until it is over; check start" in told
