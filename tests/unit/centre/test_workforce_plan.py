"""A team's people over months, as the scenario states them."""

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.workforce_plan import team_plan
from sim.centre.workforce_stages import team_stages

RAMP = {"training": "3 weeks", "starts_at": "50 %", "full_at": "11 weeks", "recontact": "150 %"}
PEOPLE = {
    "teams.advisers": {
        "heads": 60,
        "tenure": "growing",
        "ramp": RAMP,
        "attrition": {
            "rate": "24 % per year",
            "first_3_months": "2 x",
            "lost_in_training": "10 %",
            "notice": "4 weeks",
        },
        "hiring": {"classes": [{"on": "2027-01-11", "heads": 7}], "replace_after": "8 weeks", "class_size": 12},
    }
}


def test_a_plan_says_what_the_file_says(scenario):
    plan = team_plan(scenario(PEOPLE), "advisers")
    assert plan.tenure_days.size == 60
    assert (plan.ramp.training_days, plan.ramp.full_after_days, plan.ramp.starts_at) == (21, 77, 0.5)
    assert (plan.attrition.training_days, plan.attrition.lost_in_training) == (21, 0.1)
    assert plan.attrition.rates_per_year[0] == pytest.approx(2 * plan.attrition.rates_per_year[1])
    hiring = plan.hiring
    assert (hiring.classes, hiring.replace_after_days, hiring.notice_days) == (((7, 7),), 56, 28)
    assert (hiring.net_per_month, hiring.class_size, hiring.trainers) == (None, 12, None)


def test_months_in_which_growth_hires(scenario):
    team = {"teams.advisers": {"heads": 60, "hiring": {"net": "5 per month"}}}
    hiring = team_plan(scenario(team | {"horizon": "3 months"}), "advisers").hiring
    assert hiring.net_per_month == 5
    assert hiring.month_starts == (0, 28, 56, 87)  # from 4 January: 1 February, 1 March, 1 April


def test_who_is_there_today(scenario):
    leaving = {"attrition": {"rate": "30 % per year"}}

    def tenures(**team):
        return team_plan(
            scenario({"teams.advisers": {"heads": 100, "ramp": RAMP, **leaving, **team}}), "advisers"
        ).tenure_days

    assert tenures().min() >= 77
    assert tenures(tenure="steady").min() < 30
    assert tenures(tenure="growing", hiring={"net": "5 per month"}).mean() < tenures(tenure="steady").mean()


def test_stages_of_the_ramp_follow_those_of_the_teams(scenario):
    teams = {"old": {"heads": 9}, "young": {"heads": 9, "ramp": RAMP}}
    ramp = team_stages(scenario({"teams": teams}))["young"]
    assert (ramp.grown.tolist(), ramp.first.tolist(), ramp.weeks) == ([1], [2], 8)
    np.testing.assert_allclose(ramp.proficiency, 0.5 + 0.5 * (np.arange(8) + 0.5) / 8)
    assert ramp.of(np.array([21, 27, 28, 76, 77, 4_000]), np.zeros(6, np.int64)).tolist() == [2, 2, 3, 9, 1, 1]


def test_what_stages_do(scenario):
    rated = {"queues.calls.satisfaction": {"base": "97 %", "novice": "8 points"}}
    teams = {"old": {"heads": 9}, "young": {"heads": 9, "ramp": RAMP, "serves": {"calls": {"speed": "80 %"}}}}
    stages = compile_centre(scenario(rated | {"teams": teams})).staffed().engine.stages
    proficiency = 0.5 + 0.5 * (np.arange(8) + 0.5) / 8
    np.testing.assert_allclose(stages.handle_factor[:, 0], [1, 1.25, *(1.25 / proficiency)])
    np.testing.assert_allclose(stages.recontact_factor[:, 0], [1, 1, *(1 + 0.5 * (1 - proficiency) / 0.5)])
    np.testing.assert_allclose(stages.lost_ppm[:, 0], [0, 0, *(80_000 * (1 - proficiency) / 0.5)], atol=1)


def test_a_ramp_without_a_start_below_full_costs_nothing(scenario):
    ramp = {"training": "2 weeks", "starts_at": "100 %", "full_at": "4 weeks", "recontact": "200 %"}
    stages = compile_centre(scenario({"teams.advisers": {"heads": 9, "ramp": ramp}})).staffed().engine.stages
    assert set(stages.handle_factor.ravel()) == set(stages.recontact_factor.ravel()) == {1}
