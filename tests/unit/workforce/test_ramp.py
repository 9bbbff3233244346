"""Ramp curves: values by hand, and what holds for every curve."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.workforce.ramp import RampCurve
from tests.support.random_teams import ramps


def test_linear_by_hand():
    ramp = RampCurve(training_days=30, starts_at=0.6, full_after_days=130)
    np.testing.assert_allclose(
        ramp.proficiency([-1, 0, 29, 30, 55, 80, 129, 130, 5000]), [0, 0, 0, 0.6, 0.7, 0.8, 0.996, 1, 1]
    )


def test_the_ramp_begins_after_nesting():
    ramp = RampCurve(20, 0.5, 130, nesting_days=10, nesting_proficiency=0.2)
    np.testing.assert_allclose(ramp.proficiency([19, 20, 29, 30, 80, 130]), [0, 0.2, 0.2, 0.5, 0.75, 1])


def test_exponential_by_hand():
    ramp = RampCurve(0, 0.4, 100, "exponential", closing=2.0)
    gap = 0.6 * (math.exp(-2 * 0.25) - math.exp(-2)) / (1 - math.exp(-2))
    np.testing.assert_allclose(ramp.proficiency([0, 25, 100]), [0.4, 1 - gap, 1], rtol=1e-14)
    halfway = RampCurve(0, 0.0, 10_000, "exponential").proficiency(2_200)
    assert float(halfway) == pytest.approx(0.5, abs=0.01)


def test_smoothstep_by_hand():
    # x = 1/4: 3/16 - 2/64 = 5/32.
    ramp = RampCurve(10, 0.2, 110, "s")
    np.testing.assert_allclose(ramp.proficiency([10, 35, 60, 85]), [0.2, 0.2 + 0.8 * 5 / 32, 0.6, 0.2 + 0.8 * 27 / 32])


def test_steps_by_hand():
    ramp = RampCurve(14, 0.5, 90, "stepped", steps=((30, 0.7), (60, 0.9)))
    np.testing.assert_array_equal(
        ramp.proficiency([13, 14, 29, 30, 59, 60, 89, 90]), [0, 0.5, 0.5, 0.7, 0.7, 0.9, 0.9, 1]
    )
    assert ramp.kinks_days == (14, 30, 60, 90)


def test_no_ramp_at_all():
    np.testing.assert_array_equal(RampCurve(0, 1.0, 0).proficiency(np.array([[-1, 0], [1, 9]])), [[0, 1], [1, 1]])
    np.testing.assert_array_equal(RampCurve(7, 0.3, 7).proficiency([6, 7]), [0, 1])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"training_days": -1}, "training_days must be 0 or more"),
        ({"starts_at": 1.1}, "starts_at must be between 0 and 1"),
        ({"starts_at": math.nan}, "starts_at must be between 0 and 1"),
        ({"full_after_days": 29}, r"full_after_days \(29\) must not come before .* \(30 days after hire\)"),
        ({"shape": "cubic"}, "shape must be one of linear, exponential, s, stepped"),
        ({"closing": 0}, "closing must be above 0"),
        ({"nesting_days": 5}, "give both or neither"),
        ({"nesting_proficiency": 0.3}, "give both or neither"),
        ({"nesting_days": 5, "nesting_proficiency": 2}, "nesting_proficiency must be between 0 and 1"),
        ({"steps": ((40, 0.7),)}, "steps are for the shape stepped, not linear"),
        ({"shape": "stepped", "steps": ((20, 0.7),)}, "got one at 20"),
        ({"shape": "stepped", "steps": ((101, 0.7),)}, "got one at 101"),
        ({"shape": "stepped", "steps": ((40, 0.7), (40, 0.8))}, "got one at 40"),
        ({"shape": "stepped", "steps": ((40, 0.7), (50, 0.6))}, "steps must not fall"),
        ({"shape": "stepped", "steps": ((40, 0.4),)}, "steps must not fall"),
    ],
)
def test_what_cannot_be_is_refused(values, message):
    with pytest.raises(ValueError, match=message):
        RampCurve(**({"training_days": 30, "starts_at": 0.5, "full_after_days": 100} | values))


@given(ramps(), st.lists(st.floats(-10, 1000), min_size=2))
def test_proficiency_is_a_share_that_never_falls_after_nesting(ramp, tenures):
    tenure = np.sort(np.array(tenures))
    found = ramp.proficiency(tenure)
    assert np.all((found >= 0) & (found <= 1))
    assert np.all(found[tenure < ramp.training_days] == 0)
    assert np.all(found[tenure >= ramp.full_after_days] == (tenure[tenure >= ramp.full_after_days] >= 0))
    assert np.all(np.diff(found[tenure >= ramp.alone_after_days]) >= 0)
    nesting = (tenure >= max(ramp.training_days, 0)) & (tenure < ramp.alone_after_days)
    assert np.all(found[nesting] == ramp.nesting_proficiency)
