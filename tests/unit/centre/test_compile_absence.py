"""Queues that nobody could ever serve."""

import pytest

from sim.centre.compile import compile_centre
from sim.errors import ScenarioError

NIGHT = {"positions": {"mon-fri": {"00:00": 5, "08:00": 0}}, "hours": {"mon-fri": "00:00-18:00"}}


def problems(scenario, values, **added):
    with pytest.raises(ScenarioError) as refused:
        compile_centre(scenario(values, **added))
    return [(problem.field, problem.message) for problem in refused.value.problems]


def test_one_of_several_teams_is_enough(scenario):
    compile_centre(scenario({"teams": {"night": NIGHT, "day": {"positions": 3}}}))


def test_if_all_teams_are_absent_the_queue_is_named(scenario):
    values = {"teams": {"night": NIGHT, "also": NIGHT, "writers": {"positions": 3, "serves": ["emails"]}}}
    ((field, message),) = problems(scenario, values, emails=True)
    assert field == "queues.calls"
    assert message.startswith('nobody is there for "calls" in the whole horizon; give "night" or "also" positions')


def test_a_team_must_be_there_in_its_hours_for_the_queue(scenario):
    """Morning positions, and emails from 14 h on."""
    team = {
        "positions": {"mon-fri": {"08:00": 5, "12:00": 0}},
        "serves": {"calls": {}, "emails": {"hours": {"mon-fri": "14:00-18:00"}}},
    }
    ((field, _),) = problems(scenario, {"teams.advisers": team}, emails=True)
    assert field == "teams.advisers.positions"


def test_a_queue_that_gets_only_transfers_needs_somebody(scenario):
    values = {
        "queues.calls.matters": {"agenda": "60 %", "tele": "40 %"},
        "queues.calls.transfer": {"after": "3 min", "to": {"tele": "desk"}},
        "queues.desk.arrivals": None,
        "teams": {
            "front": {"positions": 9, "serves": ["calls"], "skills": ["agenda"]},
            "back": {**NIGHT, "serves": ["desk"]},
        },
    }
    ((field, _),) = problems(scenario, values, desk=True)
    assert field == "teams.back.positions"


def test_a_site_on_holiday_leaves_its_queue_alone(scenario):
    """A fortnight, all of whose days the only team's site is closed."""
    values = {
        "calendar": None,
        "sites": {
            "here": {"calendar": {"open": {"mon-fri": "08:00-18:00"}}},
            "there": {"calendar": {"closed": [f"2027-01-{day:02}" for day in range(4, 18)]}},
        },
        "queues.calls.site": "here",
        "teams.advisers.site": "there",
    }
    ((field, _),) = problems(scenario, values)
    assert field == "teams.advisers.positions"


def test_a_queue_that_is_closed_all_the_time_needs_nobody(scenario):
    """Its site keeps holidays for a fortnight; the other goes on, and so do its figures."""
    values = {
        "calendar": None,
        "sites": {
            "here": {"calendar": {"open": {"mon-fri": "08:00-18:00"}}},
            "there": {"calendar": {"closed": [f"2027-01-{day:02}" for day in range(4, 18)]}},
        },
        "queues.calls.site": "here",
        "queues.desk.site": "there",
        "queues.desk.arrivals": {"per_week": 300},
        "teams": {
            "advisers": {"site": "here", "positions": 60, "serves": ["calls"]},
            "others": {"site": "there", "heads": 9, "serves": ["desk"]},
        },
    }
    plan = compile_centre(scenario(values, desk=True))
    offered = plan.offered_load().sum(axis=1)
    assert offered[0] > 0 == offered[1]
    assert plan.presence(team="others").mean_positions == 0
