"""What falls to each team, estimated, against sums by hand and simulated centres."""

from __future__ import annotations

import math
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from analysis import run
from analysis.ordinary_week import queue_weeks, team_week
from analysis.work_shares import team_works_h
from sim.scenario.centre import CentreScenario

STUDIES = Path(__file__).parents[3] / "scenarios" / "studies"
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


def test_those_asked_next_get_what_finds_the_first_busy() -> None:
    """2.5 erlangs for two positions: 47.2 % find them busy (Erlang B), and go to two more, of which 23.5 % come back.

    Those wait, and are taken as the teams have time: 53.2 h and 43.9 h of 80 h each are spoken for by then.
    """
    first, second = 100 * (1 - erlang_b(2, 2.5)), 100 * erlang_b(2, 2.5)
    waiting = second * erlang_b(2, second / 40)
    second -= waiting
    spare = 80 - first, 80 - second
    found = works({f"team_{n}": {"positions": 2, "serves": {"calls": {"preference": n}}} for n in (1, 2)})
    expected = first + waiting * spare[0] / sum(spare), second + waiting * spare[1] / sum(spare)
    assert found == pytest.approx(dict(zip(found, expected, strict=True)), rel=1e-3)


def erlang_b(positions: int, erlangs: float) -> float:
    terms = [erlangs**busy / math.factorial(busy) for busy in range(positions + 1)]
    return terms[-1] / sum(terms)


def test_what_nobody_has_time_for_is_everybodys_whoever_is_asked_first() -> None:
    """Three teams of 80 h for 300 h."""
    teams = {f"team_{n}": {"positions": 2, "serves": {"calls": {"preference": n}}} for n in (1, 2, 3)}
    assert works(teams, calls={**CALLS, "arrivals": {"per_week": 3000}}) == pytest.approx(dict.fromkeys(teams, 100))


def test_a_team_that_helps_after_a_wait_is_asked_the_less_the_longer_it_is() -> None:
    def helped(wait: str) -> float:
        first = {"positions": 4, "serves": {"calls": {}}}
        return works({"first": first, "late": {"positions": 2, "serves": {"calls": {"overflow_after": wait}}}})["late"]

    at_once, soon, late = helped("1 s"), helped("1 min"), helped("1 h")
    assert at_once > 1.1 * soon > 1.1 * late
    assert late < 10


def test_a_reserve_keeps_a_team_from_helping() -> None:
    desk = {"positions": 2, "serves": {"calls": {"preference": 2}}}
    teams: dict[str, Any] = {"advisers": {"positions": 3, "serves": ["calls"]}, "desk": desk}
    helped = works(teams)["desk"]
    desk["serves"]["calls"]["reserve"] = 1
    assert 0 < works(teams)["desk"] < 0.9 * helped


def test_nobody_takes_calls_while_away() -> None:
    """One team is there in the mornings, the other always, but takes calls on Mondays and Tuesdays only."""
    teams = {
        "mornings": {"positions": 4, "serves": ["calls"], "hours": {"mon-fri": "09:00-13:00"}},
        "fenced": {"positions": 4, "serves": {"calls": {"hours": {"mon-tue": "09:00-17:00"}}}},
    }
    served_h = 20 + 8  # every morning, and two afternoons
    alone, both, fenced = (100 * hours / served_h for hours in (12, 8, 8))
    assert works(teams) == pytest.approx({"mornings": alone + both / 2, "fenced": fenced + both / 2})


def test_teams_asked_alike_are_as_busy() -> None:
    """Sales are one team's alone: it takes so much less of the calls."""
    sales = {**CALLS, "arrivals": {"per_week": 400}}
    teams = {"both": {"positions": 2, "serves": {"sales": {}, "calls": {"preference": 1}}}}
    teams |= {"calls_only": {"positions": 2, "serves": {"calls": {}}}}
    assert works(teams, calls=CALLS, sales=sales) == pytest.approx({"both": 40 + 100 / 3, "calls_only": 200 / 3})


def test_slower_teams_need_more_time() -> None:
    """Twice the time: the work adds up to a hundred hours of the fast ones'."""
    teams = {
        "fast": {"positions": 2, "serves": {"calls": {"preference": 1}}},
        "slow": {"positions": 2, "serves": {"calls": {"preference": 2, "speed": "50 %"}}},
    }
    found = works(teams)
    assert found["fast"] + found["slow"] / 2 == pytest.approx(100)


def test_chats_are_held_one_by_one_where_there_is_time() -> None:
    """Two at once at 80 %: a hundred hours of chats take at least 62.5 h."""
    chats = {**CALLS, "channel": "chat"}
    chat = {"speed": ["100 %", "80 %"]}
    assert works({"many": {"positions": 4, "chat": chat}}, chats=chats) == pytest.approx({"many": 100})
    assert works({"few": {"positions": 2, "chat": chat}}, chats=chats) == pytest.approx({"few": 80})
    assert works({"one": {"positions": 1, "chat": chat}}, chats=chats) == pytest.approx({"one": 62.5})


HELPED = """
kind: centre
name: Helped
start: 2027-02-01
horizon: 4 weeks
calendar: {open: {mon-fri: 09:00-18:00}}
queues:
  calls: {channel: call, arrivals: {per_week: 2000}, handle_time: 5 min, patience: 3 min}
  chats: {channel: chat, arrivals: {per_week: 300}, handle_time: 8 min, patience: 3 min}
  emails: {channel: email, arrivals: {per_week: 700}, handle_time: 6 min, targets: {response: 90 % in 8 h}}
teams:
  front: {heads: 12, serves: [calls, emails], reserve: 1}
  part_time: {heads: 5, contract: 20 h per week, serves: {calls: {preference: 2}}}
  chats: {heads: 5, serves: {chats: {}, calls: {preference: 3, overflow_after: 20 s}, emails: {reserve: 2}}}
"""


@pytest.mark.parametrize(
    "settings",
    [
        ["teams.part_time.heads=5"],
        ["teams.front.heads=10"],
        ["teams.front.heads=18"],
        ["teams.front.reserve=0"],
        ["queues.emails.arrivals.per_week=100"],
    ],
    ids=str,
)
def test_occupancy_as_it_is_simulated(settings: list[str], tmp_path: Path) -> None:
    """Within some ten points."""
    file = tmp_path / "helped.yaml"
    file.write_text(HELPED)
    near_simulated(file, settings)


@pytest.mark.parametrize("study", ["1_specialists_menu", "3_five_vendors", "6_desk_helps"])
def test_occupancy_of_the_studies_as_it_is_simulated(study: str) -> None:
    near_simulated(STUDIES / f"{study}.yaml", [])


def near_simulated(file: Path, settings: list[str]) -> None:
    result = run(file, settings=settings, replications=4)
    scenario = result.loaded.model
    for name, work_h in team_works_h(scenario, queue_weeks(scenario)).items():
        time_h = team_week(scenario, name).position_h
        assert time_h is not None
        simulated = result.figures.teams[name]["occupancy"].value
        assert work_h / time_h == pytest.approx(simulated, abs=0.12), (name, settings)


def test_a_large_centre_is_looked_at_once() -> None:
    """Twenty teams for fifty queues: people are counted by team, not by team, queue and question."""
    queues = {f"queue_{n}": CALLS for n in range(50)}
    found = works({f"team_{n}": {"positions": 10} for n in range(20)}, **queues)
    assert sum(found.values()) == pytest.approx(5000)
