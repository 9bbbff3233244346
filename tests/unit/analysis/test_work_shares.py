"""What falls to each team, estimated, against sums by hand."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from analysis.ordinary_week import queue_weeks
from analysis.work_shares import team_works_h
from sim.scenario.centre import CentreScenario

CALLS: dict[str, Any] = {"channel": "call", "arrivals": {"per_week": 1000}, "handle_time": "6 min"}
EMAILS: dict[str, Any] = {"channel": "email", "arrivals": {"per_week": 600}, "handle_time": "6 min"}
"""100 h and 60 h of work a week, in 40 h open."""


def works(teams: dict[str, Any], **queues: dict[str, Any]) -> dict[str, float]:
    tree = {
        "kind": "centre",
        "name": "by hand",
        "start": "2027-02-01",
        "horizon": "1 week",
        "calendar": {"open": {"mon-fri": "09:00-17:00"}},
        "queues": queues or {"calls": CALLS},
        "teams": teams,
    }
    made = CentreScenario.model_validate(deepcopy(tree))
    return team_works_h(made, queue_weeks(made))


def test_teams_asked_alike_share_by_positions() -> None:
    assert works({"one": {"positions": 3}, "other": {"positions": 1}}) == pytest.approx({"one": 75, "other": 25})


def test_what_nobody_has_time_for_is_shared_by_positions() -> None:
    """A hundred hours for one position and a half: both are asked for more than they have."""
    heads = {"heads": 1, "contract": "20 h per week", "shrinkage": 0}
    assert works({"one": {"positions": 1}, "other": heads}) == pytest.approx({"one": 100 / 1.5, "other": 50 / 1.5})


def test_those_asked_first_take_what_they_can() -> None:
    """Two positions have 80 h; the other 20 h go to the next team, and nothing to the third."""
    later = {f"asked_{n}": {"positions": 2, "serves": {"calls": {"preference": n}}} for n in (2, 3)}
    found = works({**later, "first": {"positions": 2, "serves": ["calls"]}})
    assert found == pytest.approx({"first": 80, "asked_2": 20, "asked_3": 0})


def test_a_desk_that_helps_out_is_not_overloaded() -> None:
    """Its own work comes first; of the others' it gets what they have no time for, but for what it keeps in reserve.

    The advisers have 80 h for 100 h; the desk has 60 h left beside its own 20 h, of which a reserve of 1 keeps 40 h.
    """
    hospitals = {**CALLS, "arrivals": {"per_week": 200}}
    desk = {"positions": 2, "serves": {"hospitals": {}, "calls": {"preference": 2, "reserve": 1}}}
    teams = {"advisers": {"positions": 2, "serves": ["calls"]}, "desk": desk}
    assert works(teams, calls=CALLS, hospitals=hospitals) == pytest.approx({"advisers": 80, "desk": 40})
    twice = {**CALLS, "arrivals": {"per_week": 2000}}  # 100 h that nobody has time for
    assert works(teams, calls=twice, hospitals=hospitals) == pytest.approx({"advisers": 80 + 50, "desk": 40 + 50})


def test_a_team_that_helps_after_a_wait_comes_last() -> None:
    teams = {
        "first": {"positions": 2, "serves": {"calls": {"preference": 3}}},
        "late": {"positions": 2, "serves": {"calls": {"preference": 1, "overflow_after": "1 min"}}},
    }
    assert works(teams) == pytest.approx({"first": 80, "late": 20})


def test_nobody_takes_calls_while_away() -> None:
    """One team is there in the mornings, the other always, but takes calls on Mondays and Tuesdays only."""
    teams = {
        "mornings": {"positions": 4, "serves": ["calls"], "hours": {"mon-fri": "09:00-13:00"}},
        "fenced": {"positions": 4, "serves": {"calls": {"hours": {"mon-tue": "09:00-17:00"}}}},
    }
    served_h = 20 + 8  # every morning, and two afternoons
    alone, both, fenced = (100 * hours / served_h for hours in (12, 8, 8))
    assert works(teams) == pytest.approx({"mornings": alone + both / 2, "fenced": fenced + both / 2})


def test_emails_wait_for_who_has_time() -> None:
    """Calls come before them: the advisers have 60 h left of 160 h, and are asked for emails first."""
    teams = {
        "advisers": {"positions": 4, "serves": {"calls": {}, "emails": {"preference": 1}}},
        "back_office": {"positions": 4, "serves": {"emails": {"preference": 2}}},
    }
    assert works(teams, calls=CALLS, emails=EMAILS) == pytest.approx({"advisers": 160, "back_office": 0})
    teams["advisers"]["reserve"] = 1
    assert works(teams, calls=CALLS, emails=EMAILS) == pytest.approx({"advisers": 120, "back_office": 40})


def test_teams_asked_alike_are_as_busy() -> None:
    """Sales are one team's alone: it takes so much less of the calls."""
    sales = {**CALLS, "arrivals": {"per_week": 400}}
    teams = {"both": {"positions": 2, "serves": {"sales": {}, "calls": {"preference": 1}}}}
    teams |= {"calls_only": {"positions": 2, "serves": {"calls": {}}}}
    assert works(teams, calls=CALLS, sales=sales) == pytest.approx({"both": 40 + 100 / 3, "calls_only": 200 / 3})


def test_slower_teams_need_more_time() -> None:
    """Twice the time: of a hundred hours' calls those asked first do 80, the slow ones the rest in 40 h."""
    teams = {
        "fast": {"positions": 2, "serves": {"calls": {"preference": 1}}},
        "slow": {"positions": 2, "serves": {"calls": {"preference": 2, "speed": "50 %"}}},
    }
    assert works(teams) == pytest.approx({"fast": 80, "slow": 40})


def test_a_large_centre_is_looked_at_once() -> None:
    """Twenty teams for fifty queues: people are counted by team, not by team, queue and question."""
    queues = {f"queue_{n}": CALLS for n in range(50)}
    found = works({f"team_{n}": {"positions": 10} for n in range(20)}, **queues)
    assert sum(found.values()) == pytest.approx(5000)
