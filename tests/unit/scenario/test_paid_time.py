"""Overtime, time off and coaching: what is refused, and what is only told."""

import pytest

SPRING = {"from": "2027-01-04", "until": "2027-01-17", "hours": "3 h per week"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"overtime": [{**SPRING, "hours": "14 h"}]},
            ["overtime.0.hours: makes a week of 49 h with the contract; the law allows 48 h"],
        ),
        ({"overtime": [{**SPRING, "until": "2027-01-01"}]}, ["overtime.0.until: must not be before from (2027-01-04)"]),
        (
            {"overtime": [SPRING, {**SPRING, "from": "2027-01-17", "until": "2027-01-20"}]},
            ["overtime.1.from: overlaps overtime.0; give each day's hours once"],
        ),
        (
            {"time_off": [{**SPRING, "hours": "35 h"}], "contract": "35 h"},
            ["time_off.0.hours: must leave something of the 35 h of the contract"],
        ),
        ({"time_off": [{**SPRING, "pay": "125 %"}]}, ['time_off.0.pay: can\'t be more than 100 % (got "125 %")']),
        (
            {"coaching": {"coaches": 2}},
            [
                "coaching: needs per_trainee, per_beginner or per_agent: how much coaching people get, such as"
                " 3 h per week"
            ],
        ),
        ({"coaching": {"time": "30 %", "per_agent": "1 h"}}, ["coaching.time: needs coaches: how many they are"]),
        (
            {"coaching": {"per_agent": "50 h per week", "per_beginner": "often"}},
            [
                'coaching.per_beginner: must be a time a week, such as "30 min per week" (got "often")',
                'coaching.per_agent: must be at most 48 h per week (got "50 h per week")',
            ],
        ),
        (
            {"coaching": {"per_beginner": "3 h per week", "per_trainee": "2 h a week"}},
            [
                "coaching.per_beginner: needs a ramp: it says who is a beginner",
                "coaching.per_trainee: needs a ramp with training",
            ],
        ),
        (
            {"heads": None, "positions": 3, "overtime": [SPRING]},
            ["overtime: needs heads: positions are there whoever fills them"],
        ),
    ],
)
def test_what_is_refused(problems_of, small, changes, told):
    team = {"heads": 12, **changes}
    found = problems_of(small({"teams.advisers": {key: value for key, value in team.items() if value is not None}}))
    assert sorted(found) == sorted(f"teams.advisers.{one}" for one in told)


def test_as_many_hours_as_the_law_allows_are_fine(doubts):
    assert doubts({"teams.advisers": {"heads": 12, "overtime": [{**SPRING, "hours": "13 h"}]}}) == []


def test_hours_of_another_year_are_told(doubts):
    last_year = {**SPRING, "from": "2026-01-04", "until": "2026-01-17"}
    assert doubts({"teams.advisers": {"heads": 12, "overtime": [SPRING], "time_off": [last_year]}}) == [
        "teams.advisers.time_off.0: lies outside the horizon: it changes nothing"
    ]


def test_more_and_fewer_hours_at_once_are_told(doubts):
    off = {**SPRING, "from": "2027-01-14", "until": "2027-02-20"}
    assert doubts({"teams.advisers": {"heads": 12, "overtime": [SPRING], "time_off": [off]}}) == [
        "teams.advisers.time_off.0: is at the same time as overtime.0, 2027-01-14 to 2027-01-17: people work more and "
        "less at once"
    ]


def test_values_far_from_the_usual_are_told(doubts):
    team = {
        "heads": 12,
        "shrinkage": {"sickness": "6 %"},
        "sickness_waves": {"cv": "200 %"},
        "coaching": {"per_agent": "30 s"},
    }
    told = doubts({"teams.advisers": team})
    assert [one.split(":")[0] for one in told] == [
        "teams.advisers.sickness_waves.cv",
        "teams.advisers.coaching.per_agent",
    ]
