"""Mixes of contracts, skills by time after hire, and moves, as a file states them."""

import pytest

from sim.scenario.contracts import parse_contracts
from sim.scenario.skills import parse_skills
from sim.scenario.team import Team

H = 3_600_000
TEAMS = {
    "teams.advisers": {"heads": 9, "serves": ["calls"]},
    "teams.experts": {"heads": 3, "serves": ["emails"]},
    "teams.desk": {"positions": 3, "serves": ["emails"]},
}
MOVE = {"from": "advisers", "to": "experts", "on": "2027-01-11", "heads": 2}


def test_one_contract_or_several():
    assert parse_contracts("35 h per week").shares == ((35 * H, 1.0),)
    mixed = parse_contracts({"28 h": "20 %", "35 h": 0.8})
    assert mixed.shares == ((35 * H, 0.8), (28 * H, 0.2))
    assert (mixed.full_ms, mixed.mean_ms) == (35 * H, pytest.approx(33.6 * H))
    assert (str(mixed), str(parse_contracts("7.5 h"))) == ("35 h (80 %) and 28 h (20 %)", "7.5 h")


def test_a_team_of_a_mix_by_hand():
    """Ten heads, two of whom work 28 of 35 hours: 9.6 FTE."""
    team = Team(heads=10, contract={"35 h": "80 %", "28 h": "20 %"})
    assert team.heads * team.contract / team.full_time_week_ms == pytest.approx(9.6)


@pytest.mark.parametrize(
    ("contract", "problem"),
    [
        ("many", 'contract: must be hours a week, such as "35 h per week"; or a mix such as {35 h: 80 %, 28 h: 20 %}'),
        ({}, "contract: the shares must sum to 100 % (they sum to 0 %)"),
        ({"35 h": "80 %"}, "contract: the shares must sum to 100 % (they sum to 80 %)"),
        ({"35 h": "80 %", "35 h per week": "20 %"}, "contract.35 h per week: is given twice"),
        ({"35": 1}, 'contract.35: must be hours a week, such as "35 h per week"'),
        ({"35 h": "0 %", "28 h": "100 %"}, "contract.35 h: must be more than 0 %"),
    ],
)
def test_mistakes_in_contracts(small, problems_of, contract, problem):
    assert any(
        f"teams.advisers.{problem}" in told for told in problems_of(small({"teams.advisers.contract": contract}))
    )


def test_skills_from_the_start_and_later():
    assert dict(parse_skills(["agenda"])) == {"agenda": 0}
    assert dict(parse_skills({"agenda": "from start", "billing": "3 months"})) == {"agenda": 0, "billing": 91}
    team = Team(heads=4, skills={"agenda": "from start", "billing": "3 months"})
    assert team.has_workforce
    assert team.solves("billing")
    assert (team.may_lack("agenda"), team.may_lack("billing"), team.may_lack("tele")) == (False, True, True)
    assert (team.lacking("agenda"), team.lacking("billing"), team.lacking("tele")) == (0, 0, 1)


def test_who_lacks_a_skill_in_a_steady_team_by_hand():
    """At 50 % a year, half of which after a year's half: 1 - exp(-0.25)."""
    team = Team(heads=4, tenure="steady", attrition={"rate": "50 % per year"}, skills={"billing": "6 months"})
    assert team.lacking("billing") == pytest.approx(1 - 2.718281828 ** (-0.5 * 183 / 365.25))


def test_mistakes_in_skills(small, problems_of):
    data = small({"teams.advisers.skills": {"agenda": "soon"}, "queues.calls.matters": {"agenda": 1}})
    message = 'teams.advisers.skills.agenda: must be "from start" or a time from hire such as "3 months" (got "soon")'
    assert message in problems_of(data)
    positions = {"teams.advisers": {"positions": 5, "skills": {"agenda": "3 months"}}}
    found = problems_of(small({"queues.calls.matters": {"agenda": 1}, **positions}))
    assert "teams.advisers.skills: needs heads: positions are there whoever fills them" in found


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"to": "expert"}, 'moves.0.to: unknown team "expert"; did you mean "experts"?'),
        ({"from": "north"}, 'moves.0.from: unknown team "north"'),
        ({"to": "advisers"}, "moves.0.to: must be another team"),
        ({"to": "desk"}, 'moves.0.to: "desk" is given in positions; only people move, so give it heads'),
        ({"on": "2028-01-11"}, "moves.0.on: lies outside the horizon, 2027-01-04 to 2027-01-31 (got 2028-01-11)"),
        ({"heads": 0}, "moves.0.heads: must be at least 1 (got 0)"),
        ({"who": "the best"}, 'moves.0.who: must be "longest-serving" or "newest" (got "the best")'),
    ],
)
def test_mistakes_in_moves(small, problems_of, change, problem):
    assert problem in problems_of(small({**TEAMS, "moves": [{**MOVE, **change}]}))


def test_teams_of_a_move_have_people(small):
    from sim.scenario.centre import CentreScenario

    scenario = CentreScenario.model_validate(small({**TEAMS, "moves": [MOVE]}))
    assert [name for name in scenario.teams if scenario.has_workforce(name)] == ["advisers", "experts"]
