"""Mean work of a contact, against sums by hand."""

import pytest

from sim.scenario.centre import CentreScenario
from sim.scenario.handling import first_handle_shares, mean_works_ms

MINUTE_MS = 60_000


@pytest.fixture
def works(small):
    """Mean works in minutes."""

    def mean_works(changes):
        works = mean_works_ms(CentreScenario.model_validate(small({"queues.calls.patience": "unlimited", **changes})))
        return {name: work / MINUTE_MS for name, work in works.items()}

    return mean_works


def test_handling_and_after_call_work(works):
    assert works({"queues.calls.after_call_work": "30 s"}) == pytest.approx({"calls": 6.5, "emails": 8})


def test_re_explaining_is_in_a_measured_mean_or_on_top(small, works):
    """One in five comes back and takes 2 minutes more."""
    back = {"queues.calls.recontact": {"probability": "20 %", "after": "1 day", "re_explain": "2 min"}}
    assert works(back)["calls"] == pytest.approx(6)
    assert works({**back, "queues.calls.handle_time_is": "first"})["calls"] == pytest.approx(6.4)
    shares = first_handle_shares(CentreScenario.model_validate(small({**back, "queues.calls.patience": "unlimited"})))
    assert shares["calls"] == pytest.approx(5.6 / 6)


def test_pressure_leaves_re_explaining_as_it_is(works):
    """A tenth off the 5.6 min that aren't re-explaining; as many come back."""
    back = {"queues.calls.recontact": {"probability": "20 %", "after": "1 day", "re_explain": "2 min"}}
    pressed = {**back, "queues.calls.pressure": {"handle_time": "-10 %", "elasticity": 0}}
    assert works(pressed)["calls"] == pytest.approx(0.9 * 5.6 + 0.4)


def test_transfers_cost_both_agents_time(works):
    """40 % of the calls are handed on after 2 min, both agents are on the line for 1, the second asks for 3 more."""
    transfer = {"after": "2 min", "to": {"billing": "desk"}, "re_explain": "3 min"}
    changes = {
        "queues.calls.matters": {"agenda": "60 %", "billing": "40 %"},
        "queues.calls.transfer": {**transfer, "warm": {"hold": "2 min", "joint": "1 min"}},
        "queues.desk": {"channel": "call", "handle_time": "9 min"},
        "teams.advisers.serves": ["calls", "emails"],
        "teams.advisers.skills": ["agenda"],
        "teams.desk": {"serves": ["desk"], "positions": 3},
    }
    found = works(changes)
    assert found["calls"] == pytest.approx(0.6 * 6 + 0.4 * (2 + 1))
    assert found["desk"] == pytest.approx(9 + 3 + 1)


def test_teams_of_different_speed(works):
    """Ten people of ordinary speed, and ten who take twice as long and so take half as many."""
    teams = {
        "old": {"positions": 10, "serves": ["calls", "emails"]},
        "new": {"positions": 10, "serves": {"calls": {"speed": "50 %"}}},
    }
    assert works({"teams": teams})["calls"] == pytest.approx((2 * 6 + 1 * 12) / 3)


def test_teams_that_help_out_after_a_wait_don_t_count(works):
    teams = {
        "old": {"positions": 10},
        "new": {"positions": 10, "serves": {"calls": {"speed": "50 %", "overflow_after": "30 s"}}},
    }
    assert works({"teams": teams})["calls"] == pytest.approx(6)


def test_heads_count_by_their_time_on_the_phones(works):
    """12 heads of 35 h, less 30 %, over 40 h are 7.35 positions."""
    teams = {
        "old": {"heads": 12},
        "new": {"positions": 5, "serves": {"calls": {"handle_time": "+100 %"}}},
    }
    old, new = 12 * 35 * 0.7 / 40, 5 / 2
    assert works({"teams": teams})["calls"] == pytest.approx((old * 6 + new * 12) / (old + new))


def test_chats_share_their_agent(works):
    chat = {"channel": "chat", "arrivals": {"per_week": 100}, "handle_time": "12 min", "patience": "2 min"}
    speeds = {"teams.advisers.chat": {"speed": ["100 %", "80 %", "60 %"]}}
    assert works({"queues.chat": chat, **speeds})["chat"] == pytest.approx(12 / (3 * 0.6))
