"""What a file may say of people over months, and what it can't."""

import pytest
from pydantic import ValidationError

from sim.scenario.team import Team
from sim.scenario.workforce import (
    Attrition,
    Hiring,
    Ramp,
    Turnover,
    parse_net,
    parse_tenure,
    parse_times,
    parse_turnover,
)


@pytest.mark.parametrize(
    ("written", "days"),
    [("3 weeks", 21), ("4 months", 122), ("4 months from hire", 122), ("1 year", 365), ("10 days", 10), (0, 0)],
)
def test_times_from_hire(written, days):
    assert parse_tenure(written) == days


@pytest.mark.parametrize("written", ["4", 4, "4 moons", "11 years", None, True, "-3 weeks"])
def test_what_is_no_time(written):
    with pytest.raises(ValueError, match=r"must be a time such as|is longer than 10 years"):
        parse_tenure(written)


def test_rates_multiples_and_growth():
    assert parse_turnover("17 % per year") == Turnover(0.17, "year")
    assert parse_turnover("2% a month") == Turnover(0.02, "month")
    assert parse_times("3 x") == 3
    assert parse_times("1.5x") == 1.5
    assert parse_net("5 per month") == 5
    assert parse_net("-2.5 per month") == -2.5
    for parse, wrong in (
        (parse_turnover, "17 %"),
        (parse_times, "3"),
        (parse_net, 5),
        (parse_turnover, "900 % per year"),
    ):
        with pytest.raises(ValueError, match="must be"):
            parse(wrong)


def problems(model, **values):
    with pytest.raises(ValidationError) as raised:
        model(**values)
    return {".".join(map(str, error["loc"])): error["msg"] for error in raised.value.errors()}


def test_a_ramp_in_order():
    assert Ramp().full_at > Ramp().training
    assert "can't end before training" in problems(Ramp, training="3 weeks", full_at="2 weeks")["full_at"]
    assert "needs a time of nesting" in problems(Ramp, nesting_at="30 %")["nesting_at"]
    assert "go with a stepped ramp" in problems(Ramp, steps={"2 months": "70 %"})["steps"]
    assert "go with a stepped ramp" in problems(Ramp, shape="stepped")["steps"]
    late = problems(Ramp, shape="stepped", steps={"5 months": "70 %"}, full_at="4 months")
    assert "must lie between" in late["steps"]
    low = problems(Ramp, shape="stepped", steps={"2 months": "30 %"})
    assert "must not fall, nor be lower" in low["steps"]
    assert Ramp(shape="stepped", steps={"2 months": "70 %", "6 weeks": "60 %"}).steps == ((42, 0.6), (61, 0.7))


def test_hiring_agrees():
    assert "needs class_size" in problems(Hiring, trainers=2)["trainers"]
    more = problems(Hiring, class_size=6, least_class_size=7)["least_class_size"]
    assert "must not be more than class_size" in more
    assert "replaces leavers already" in problems(Hiring, net="5 per month", replace_after="1 month")["net"]
    assert Hiring(classes=[{"on": "2027-03-01", "heads": 12}]).classes[0].heads == 12
    assert "heads" in str(problems(Hiring, classes=[{"on": "2027-03-01", "heads": 0}]))


def test_what_a_hire_costs_is_in_the_currency_of_the_pay():
    cost = {"loaded_per_year": "36000 EUR", "per_hire": "4000 CHF"}
    assert problems(Team, heads=3, cost=cost)["cost.per_hire"] == "must be in EUR, as the pay is"


def test_a_team_has_a_workforce_or_the_same_people_all_the_time():
    assert not Team(heads=3).has_workforce
    assert Team(heads=3, ramp={}).has_workforce
    assert Team(heads=3, attrition={"rate": "17 % per year"}).has_workforce
    assert Attrition(rate="17 % per year").first_3_months == 1


@pytest.mark.parametrize(
    ("team", "problem"),
    [
        (
            {"positions": 5, "hiring": {}},
            "teams.advisers.hiring: needs heads: positions are there whoever fills them",
        ),
        (
            {"heads": 5, "ramp": {}, "novices": "10 %"},
            "teams.advisers.novices: are known from the ramp; drop them, or the ramp",
        ),
        (
            {"heads": 5, "tenure": "steady"},
            "teams.advisers.tenure: needs attrition above 0: it says how long people stay",
        ),
        (
            {"heads": 5, "attrition": {"rate": "17 % per year", "lost_in_training": "10 %"}},
            "teams.advisers.attrition.lost_in_training: needs a ramp with training",
        ),
    ],
)
def test_what_the_rest_of_the_team_demands(problems_of, small, team, problem):
    assert problems_of(small({"teams.advisers": team})) == [problem]


@pytest.mark.parametrize(
    ("team", "field"),
    [
        ({"ramp": {"training": 3}, "attrition": {"rate": "9 % per year", "lost_in_training": "5 %"}}, "ramp.training"),
        ({"tenure": "steady", "attrition": {"rate": "17 %"}}, "attrition.rate"),
        ({"tenure": "steady", "attrition": {"rate": "17 per year"}}, "attrition.rate"),
        (
            {"ramp": {}, "attrition": {"rate": "17 % per year", "lost_in_training": "100 %"}},
            "attrition.lost_in_training",
        ),
        ({"attrition": {"rate": "100 % per year", "measure": "cohort"}}, "attrition.rate"),
        ({"ramp": {"shape": "stepped", "steps": {"2 months": "90 %", "3 months": "70 %"}}}, "ramp.steps"),
        ({"hiring": {"budget": "20000 USD"}, "cost": {"loaded_per_hour": "30 EUR"}}, "hiring.budget"),
        ({"hiring": {"budget": "20000 EUR"}}, "hiring.budget"),
    ],
)
def test_slips_are_one_problem_in_their_place(problems_of, small, team, field):
    (problem,) = problems_of(small({"teams.advisers": {"heads": 12, **team}}))
    assert problem.startswith(f"teams.advisers.{field}: ")


def test_classes_outside_the_horizon_are_doubted(doubts):
    classes = {"classes": [{"on": "2026-12-20", "heads": 4}, {"on": "2027-01-11", "heads": 4}]}
    (doubt,) = doubts({"teams.advisers.hiring": classes})
    assert doubt.startswith("teams.advisers.hiring.classes.0.on: lies outside the horizon: nobody is hired")
