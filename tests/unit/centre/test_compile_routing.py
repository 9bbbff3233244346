"""Who takes what, as the engines read it."""

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.compile_routing import compile_fences
from sim.centre.contract import (
    BACK_IN_LINE,
    FASTEST,
    LEAST_OCCUPIED,
    LONGEST_IDLE,
    NOBODY,
    NOT_PUT_DOWN,
    WAITS_FOR_AGENT,
)
from sim.common.calendar import DAY_MS, opening_segments

SECOND = 1_000
HOUR = 3_600_000
ALL = {"emails": True, "chats": True, "desk": True}
CALLBACK = {"above": "2 min", "accepted": "40 %"}


def compiled(scenario, values, **added):
    return compile_centre(scenario(values, **added)).staffed().engine


def routing(scenario, values, **added):
    return compiled(scenario, values, **added).routing


def test_what_a_plain_file_leaves_unsaid(scenario):
    plain = routing(scenario, {}, emails=True)
    assert plain.line_queue.tolist() == [0, 1]
    assert plain.rank.tolist() == [[0, 1]]
    assert plain.reserve.tolist() == plain.overflow_ms.tolist() == [[0, 0]]
    assert plain.preference.tolist() == [[1, 1]]
    assert plain.handle_factor.tolist() == [[1, 1]]
    assert (plain.agents, plain.by_score, plain.put_down.tolist()) == (LONGEST_IDLE, 0, [NOT_PUT_DOWN])
    assert plain.chat_most.tolist() == [1]
    assert plain.chat_speed.tolist() == [[1000, 1000]]
    assert plain.fences.at_ms.size == 0


def test_calls_go_before_callbacks_these_before_chats_and_these_before_emails(scenario):
    """Queues: calls 0, emails 1, chats 2, desk 3; lines 4 and 5 are the callbacks of calls and desk."""
    values = {"queues.calls.callback": CALLBACK, "queues.desk.callback": CALLBACK, "queues.desk.priority": 2}
    found = routing(scenario, values, **ALL)
    assert found.line_queue.tolist() == [0, 1, 2, 3, 0, 3]
    assert found.rank.tolist() == [[0, 5, 4, 1, 2, 3]]
    callbacks = compiled(scenario, values, **ALL).callbacks
    assert callbacks.line.tolist() == [4, NOBODY, NOBODY, 5]


def test_priorities_of_a_team_and_queues_that_it_doesnt_serve(scenario):
    values = {
        "queues.calls.callback": CALLBACK,
        "queues.desk.priority": 3,
        "teams": {
            "front": {"positions": 9, "serves": {"calls": {"priority": 3}, "desk": {"priority": 2}, "emails": {}}},
            "back": {"positions": 9, "serves": ["emails", "chats", "calls"]},
            "equal": {"positions": 9, "serves": {"calls": {}, "desk": {"priority": 1}}},
        },
    }
    assert routing(scenario, values, **ALL).rank.tolist() == [[1, 3, -1, 0, 2], [0, 3, 2, -1, 1], [0, -1, -1, 0, 1]]


def test_reserves_are_the_teams_for_emails_and_a_queues_own(scenario):
    values = {
        "queues.calls.callback": CALLBACK,
        "teams": {
            "front": {"positions": 9, "reserve": 2, "serves": {"calls": {"reserve": 1}, "emails": {}, "chats": {}}},
            "back": {"positions": 9, "reserve": 2, "serves": {"desk": {}, "emails": {"reserve": 0}}},
        },
    }
    assert routing(scenario, values, **ALL).reserve.tolist() == [[1, 2, 0, 0, 1], [0, 0, 0, 0, 0]]


def test_overflow_waits_are_rounded_up_to_the_tick(scenario):
    values = {
        "tick": "10 s",
        "queues.calls.callback": CALLBACK,
        "teams": {
            "front": {"positions": 9},
            "back": {"positions": 9, "serves": {"calls": {"overflow_after": "31 s"}, "emails": {}}},
        },
    }
    found = routing(scenario, values, emails=True).overflow_ms
    assert (found / SECOND).tolist() == [[0, 0, 0], [40, 0, 40]]


def test_preferences_are_places_in_the_list(scenario):
    values = {
        "teams": {
            "front": {"positions": 9, "serves": ["calls", "chats"]},
            "back": {"positions": 9, "serves": {"emails": {}, "calls": {"preference": 7}, "desk": {}}},
            "all": {"positions": 9},
        }
    }
    found = routing(scenario, values, **ALL)
    assert found.preference.tolist() == [[1, 0, 2, 0], [7, 1, 0, 3], [1, 1, 1, 1]]


def test_factors(scenario):
    terms = {"speed": "80 %", "handle_time": "+10 %"}
    teams = {"front": {"positions": 9, "serves": {"calls": terms}}, "back": {"positions": 9}}
    found = routing(scenario, {"teams": teams}, emails=True)
    np.testing.assert_allclose(found.handle_factor, [[1.1 / 0.8, 1], [1, 1]])


@pytest.mark.parametrize(
    ("agents", "rule"), [("longest idle", LONGEST_IDLE), ("fastest first", FASTEST), ("least occupied", LEAST_OCCUPIED)]
)
def test_how_agents_are_chosen(scenario, agents, rule):
    assert routing(scenario, {"routing.agents": agents}).agents == rule


def test_scores_grow_by_the_minute_in_all_lines_of_a_queue(scenario):
    values = {
        "routing.contacts": "score",
        "queues.calls.callback": CALLBACK,
        "queues.calls.score": {"base": 10, "per_minute": 3},
    }
    found = routing(scenario, values, emails=True)
    assert found.by_score == 1
    assert found.score_base.tolist() == [10, 0, 10]
    np.testing.assert_allclose(found.score_per_ms * 60_000, [3, 1, 3])


def test_putting_emails_down(scenario):
    choices = {"a": "own agent resumes", "b": "anyone resumes", "c": "never"}
    teams = {name: {"positions": 9, "put_down_emails": choice} for name, choice in choices.items()}
    found = routing(scenario, {"teams": teams}, emails=True)
    assert found.put_down.tolist() == [WAITS_FOR_AGENT, BACK_IN_LINE, NOT_PUT_DOWN]


def test_chat_speeds_are_thousandths_and_go_on_as_with_the_most(scenario):
    values = {
        "teams": {
            "default": {"positions": 9},
            "own": {"positions": 9, "chat": {"speed": ["100 %", "85.05 %"]}},
            "none": {"positions": 9, "serves": ["calls"]},
        }
    }
    found = routing(scenario, values, chats=True)
    assert found.chat_most.tolist() == [3, 2, 1]
    assert found.chat_speed.tolist() == [[1000, 1000, 833, 714], [1000, 1000, 850, 850], [1000] * 4]


# --- hours for a queue --------------------------------------------------------------------------------------------


def test_a_fence_opens_and_closes_every_day_of_the_simulation(scenario):
    """Emails from 14 to 17 h, mon-fri, in both lines of calls in the morning; a holiday changes nothing."""
    values = {
        "calendar.closed": ["2027-01-05"],
        "warm_up": "1 week",
        "queues.calls.callback": CALLBACK,
        "teams.advisers.serves": {
            "emails": {"hours": {"mon-fri": "14:00-17:00"}},
            "calls": {"hours": {"mon": "00:00-12:00"}},
        },
    }
    engine = compiled(scenario, values, emails=True)
    fences = engine.routing.fences
    assert np.all(np.diff(fences.at_ms) >= 0)
    assert set(fences.team) == {0}
    emails = fences.line == 1
    assert fences.at_ms[emails][:5].tolist() == [0, 14 * HOUR, 17 * HOUR, 38 * HOUR, 41 * HOUR]
    assert fences.open[emails].tolist() == [0, *[1, 0] * 20]
    for line in (0, 2):
        calls = fences.line == line
        assert (fences.at_ms[calls] / HOUR).tolist() == [0, 12, 168, 180, 336, 348, 504, 516]
        assert fences.open[calls].tolist() == [1, 0] * 4
    assert fences.at_ms.max() < engine.clock.days * DAY_MS


def test_a_fence_that_never_closes_has_one_change(scenario):
    values = {"teams.advisers.serves": {"emails": {"hours": {"every day": "24 h"}}, "calls": {}}}
    fences = routing(scenario, values, emails=True).fences
    assert [column.tolist() for column in fences] == [[0], [0], [1], [1]]


def test_fences_of_a_moment_are_ordered_by_team_and_line(scenario):
    plain = routing(scenario, {"queues.calls.callback": CALLBACK}, emails=True)
    hours = opening_segments([[(8 * HOUR, 9 * HOUR)]] * 7, 1, np.zeros(1, np.bool_))
    fences = compile_fences(plain, {(1, 0): hours, (0, 1): hours}, DAY_MS)
    assert fences.at_ms.tolist() == [0] * 3 + [8 * HOUR] * 3 + [9 * HOUR] * 3
    assert fences.team.tolist() == [0, 1, 1] * 3
    assert fences.line.tolist() == [1, 0, 2] * 3
    assert fences.open.tolist() == [0] * 3 + [1] * 3 + [0] * 3
    assert fences.open.dtype == np.uint8


def test_a_period_has_the_fences_of_its_days(scenario):
    values = {"teams.advisers.serves": {"calls": {}, "emails": {"hours": {"wed": "14:00-17:00"}}}}
    plan = compile_centre(scenario(values, emails=True))
    start = plan.forecast.scenario.start
    part = plan.for_period(start.replace(day=6), start.replace(day=8)).staffed().engine
    assert (part.routing.fences.at_ms / HOUR).tolist()[:3] == [0, 14, 17]  # a week of warm-up before a Wednesday
