"""Expected paths: small plans by hand, and closed forms."""

import math

import numpy as np
import pytest
from hypothesis import given as tried
from hypothesis import strategies as st

from sim.workforce.attrition import Attrition
from sim.workforce.expected import expected_of_class, expected_of_classes, expected_of_plan, expected_of_today
from sim.workforce.hiring import HiringPlan
from sim.workforce.plan import TeamPlan
from sim.workforce.ramp import RampCurve
from sim.workforce.tenure import experienced, given, steady
from tests.support.random_teams import attritions, ramps

HALVED_IN_100_DAYS = math.log(2) / 100 * 365.25


def paths(path, days):
    return np.array([path.heads, path.in_training, path.on_the_job, path.productive_fte])[:, days]


def test_a_small_plan_by_hand():
    """Four old hands; eight hired on day 50 who are in training until day 100, where a quarter of them is lost.

    Past training half are gone in 100 days. They start at half proficiency and are full 200 days later, on day 300.
    """
    attrition = Attrition((0,), (HALVED_IN_100_DAYS,), training_days=50, lost_in_training=0.25)
    ramp = RampCurve(50, 0.5, 250)
    plan = TeamPlan("team", given([900, 800, 700, 600]), ramp, attrition, HiringPlan(((50, 8),)))
    days = [0, 50, 75, 99, 100, 200, 300]
    old = [4, 4 / 2**0.5, 4 / 2**0.75, 4 / 2**0.99, 2, 1, 0.5]
    trainees = [0, 8, 7, 8 * (1 - 0.25 * 0.98), 0, 0, 0]
    trained = np.array([0, 0, 0, 0, 6, 3, 1.5])
    new_fte = trained * [0, 0, 0, 0, 0.5, 0.75, 1]
    heads = np.array(old) + trainees + trained
    np.testing.assert_allclose(
        paths(expected_of_plan(plan, 301), days), [heads, trainees, np.array(old) + trained, np.array(old) + new_fte]
    )
    np.testing.assert_allclose(expected_of_today(plan, 301).heads[days], old)
    np.testing.assert_allclose(expected_of_class(plan, 50, 8, 301).heads[days], np.array(trainees) + trained)


def test_today_s_trainees_finish_their_training():
    # Two have 40 of 50 days behind them: of 0.8 who stay so long, 0.75 get through.
    attrition = Attrition((0,), (0.0,), training_days=50, lost_in_training=0.25)
    plan = TeamPlan("team", given([40, 40]), RampCurve(50, 1.0, 50), attrition)
    found = expected_of_today(plan, 20)
    np.testing.assert_allclose(found.heads[[0, 5, 10, 19]], [2, 2 * 0.775 / 0.8, 2 * 0.75 / 0.8, 2 * 0.75 / 0.8])
    np.testing.assert_allclose(found.in_training[[9, 10]], [found.heads[9], 0])
    np.testing.assert_allclose(found.productive_fte[[9, 10]], [0, 2 * 0.75 / 0.8])


def test_constant_hazard_closed_forms():
    days, rate = 800, 0.4 / 365.25
    attrition, ramp = Attrition.of_average_heads(0.4), RampCurve(0, 1.0, 0)
    plan = TeamPlan("team", experienced(30, attrition, ramp), ramp, attrition)
    day = np.arange(days)
    np.testing.assert_allclose(expected_of_today(plan, days).heads, 30 * np.exp(-rate * day), rtol=1e-12)
    hired = expected_of_classes(plan, [(d, 0.7) for d in range(days)], days)
    closed = 0.7 * (1 - np.exp(-rate * (day + 1))) / (1 - np.exp(-rate))
    np.testing.assert_allclose(hired.heads, closed, rtol=1e-12)


def test_a_steady_team_stays_as_it_is_when_its_expected_leavers_are_replaced():
    attrition = Attrition.of_average_heads(
        0.8, early_days=100, early_multiplier=2, training_days=30, lost_in_training=0.2
    )
    ramp = RampCurve(30, 0.4, 150, "s")
    plan = TeamPlan("team", steady(20_000, attrition), ramp, attrition)
    # One over the mean number of whole days that somebody is there.
    per_day = 20_000 / attrition.survival(np.arange(40_000)).sum()
    path = expected_of_today(plan, 600) + expected_of_classes(plan, [(d, per_day) for d in range(1, 600)], 600)
    for values in (path.heads, path.in_training, path.on_the_job, path.productive_fte):
        np.testing.assert_allclose(values, values[0], rtol=5e-4)


def test_a_class_hired_before_day_0():
    attrition = Attrition((0,), (HALVED_IN_100_DAYS,))
    plan = TeamPlan("team", given([]), RampCurve(0, 1.0, 0), attrition)
    np.testing.assert_allclose(expected_of_class(plan, -100, 6, 101).heads[[0, 100]], [3, 1.5])
    np.testing.assert_array_equal(expected_of_plan(plan, 5).heads, np.zeros(5))


@pytest.mark.parametrize(
    "hiring",
    [
        HiringPlan(replace_after_days=0),
        HiringPlan(net_per_month=1, month_starts=(0,)),
        HiringPlan(((3, 9),), class_size=4),
    ],
)
def test_hiring_that_looks_at_who_left_has_no_such_path(hiring):
    plan = TeamPlan("team", given([5]), RampCurve(0, 1.0, 0), Attrition.of_average_heads(0.3), hiring)
    with pytest.raises(ValueError, match="dated classes alone"):
        expected_of_plan(plan, 10)


@tried(st.data(), st.lists(st.tuples(st.integers(-50, 120), st.floats(0, 9)), max_size=4))
def test_classes_add_up_and_heads_are_in_training_or_on_the_job(data, classes):
    attrition = data.draw(attritions())
    ramp = data.draw(ramps(attrition.training_days))
    plan = TeamPlan("team", given([]), ramp, attrition)
    together = expected_of_classes(plan, classes, 100)
    np.testing.assert_allclose(together.heads, together.in_training + together.on_the_job, atol=1e-9)
    assert np.all(together.productive_fte <= together.on_the_job + 1e-9)
    apart = sum((expected_of_class(plan, day, heads, 100).productive_fte for day, heads in classes), np.zeros(100))
    np.testing.assert_allclose(together.productive_fte, apart, atol=1e-9)
