"""Tenures of today's heads: mid-quantiles by hand, by plain summation, and what they mean."""

import math

import numpy as np
import pytest
from hypothesis import given as tried
from hypothesis import strategies as st

from sim.workforce.attrition import Attrition
from sim.workforce.ramp import RampCurve
from sim.workforce.tenure import experienced, given, growing, steady
from tests.support.random_teams import attritions

RAMP = RampCurve(30, 0.5, 180)


def by_summation(heads, attrition, growth_per_day=0.0, first_day=0):
    """The same from the weights of so many days that nothing is left beyond them."""
    days = np.arange(first_day, first_day + 60_000)
    hazard = attrition.cumulative_hazard(days)
    share = np.cumsum(np.exp(hazard[0] - hazard - growth_per_day * (days - first_day)))
    wanted = (np.arange(heads)[::-1] + 0.5) / heads * share[-1]
    return days[np.searchsorted(share, wanted)]


def test_constant_hazard_by_hand():
    # Half of the survivors leave every day: tenures 0, 1, 2, ... have shares 1/2, 1/4, 1/8, ... Mid-quantiles of 8:
    # 1/16, 3/16, 5/16, 7/16 in the first half, 9/16 and 11/16 below 3/4, 13/16 below 7/8, 15/16 at its upper end.
    attrition = Attrition((0,), (math.log(2) * 365.25,))
    np.testing.assert_array_equal(steady(8, attrition)[1:], [2, 1, 1, 0, 0, 0, 0])
    assert steady(8, attrition)[0] in (3, 4)
    assert steady(0, attrition).size == 0


@tried(attritions(least_rate=0.5), st.integers(1, 40), st.floats(-0.001, 0.01))
def test_quantiles_are_those_of_plain_summation(attrition, heads, growth_per_day):
    for found, expected in (
        (growing(heads, attrition, growth_per_day), by_summation(heads, attrition, growth_per_day)),
        (steady(heads, attrition), by_summation(heads, attrition)),
        (experienced(heads, attrition, RAMP), by_summation(heads, attrition, 0.0, 180)),
    ):
        assert found.dtype == np.int64
        assert np.all(np.diff(found) <= 0)
        assert np.all(np.abs(found - expected) <= 1)  # sums may differ in their last digits, on either side of a step
        assert np.count_nonzero(found != expected) <= 1 + heads // 10


def test_the_mean_of_many_is_the_mean_age():
    # E[T^2] / (2 E[T]) of an exponential tenure is its mean; whole days are half a day less.
    attrition = Attrition.of_average_heads(0.5)
    assert steady(20_000, attrition).mean() == pytest.approx(730.5 - 0.5, rel=1e-3)


def test_a_growing_team_is_younger():
    attrition = Attrition.of_average_heads(0.5)
    # Growth adds to the hazard.
    assert growing(20_000, attrition, 0.5 / 365.25).mean() == pytest.approx(365.25 - 0.5, rel=1e-3)


def test_experienced_are_past_the_ramp():
    tenure = experienced(50, Attrition.of_average_heads(0.5), RAMP)
    assert tenure.min() >= 180
    assert np.all(RAMP.proficiency(tenure) == 1)


def test_where_nobody_leaves():
    np.testing.assert_array_equal(experienced(3, Attrition.of_average_heads(0), RAMP), [180] * 3)
    np.testing.assert_array_equal(experienced(2, Attrition((0, 300), (1.0, 0.0), training_days=30), RAMP), [330] * 2)
    with pytest.raises(ValueError, match="say that they are experienced"):
        steady(3, Attrition.of_average_heads(0))
    with pytest.raises(ValueError, match=r"make no team that changes by -0\.01 a day"):
        growing(3, Attrition.of_average_heads(1.0), -0.01)
    assert growing(3, Attrition.of_average_heads(0), 0.001).size == 3


def test_given_tenures_are_sorted():
    np.testing.assert_array_equal(given([3, 100, 0]), [100, 3, 0])
    for wrong in ([-1], [2.5]):
        with pytest.raises(ValueError, match="whole days, 0 or more"):
            given(wrong)
    with pytest.raises(ValueError, match="heads must be 0 or more"):
        steady(-1, Attrition.of_average_heads(1))
