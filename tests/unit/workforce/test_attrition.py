"""Hazards of leaving: closed forms, inverses, and the rates that they are solved from."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from sim.workforce.attrition import Attrition
from sim.workforce.periods import YEAR_DAYS, period_days
from tests.support.random_teams import attritions


def test_survival_by_hand():
    # Training: 10 % of 50 days' people lost evenly. Then half a year at 2 a year, later at 1 a year.
    attrition = Attrition((0, YEAR_DAYS / 2), (2.0, 1.0), training_days=50, lost_in_training=0.1)
    tenure = np.array([0, 20, 50, 50 + YEAR_DAYS / 4, 50 + YEAR_DAYS / 2, 50 + 1.5 * YEAR_DAYS])
    expected = [1, 0.96, 0.9, 0.9 * math.exp(-0.5), 0.9 * math.exp(-1), 0.9 * math.exp(-2)]
    np.testing.assert_allclose(attrition.survival(tenure), expected, rtol=1e-13)
    assert attrition.mean_past_training_days == pytest.approx(YEAR_DAYS * ((1 - math.exp(-1)) / 2 + math.exp(-1)))
    assert attrition.mean_days == pytest.approx(50 * 0.95 + 0.9 * attrition.mean_past_training_days)
    assert attrition.kinks_days == (0, 50, 50 + YEAR_DAYS / 2)


@pytest.mark.parametrize(("share", "rate"), [(0.2, 0.2231435513), (0.4, 0.5108256238)])
@pytest.mark.parametrize("group", ["team", "new"])
def test_rate_of_a_cohort(share, rate, group):
    found = Attrition.of_cohort(share, "year", group=group)
    assert found.edges_days == (0,)
    assert found.rates_per_year[0] == pytest.approx(rate, abs=1e-10)
    assert found.share_gone("year", group) == pytest.approx(share, abs=1e-12)


def test_periods():
    assert Attrition.of_average_heads(0.03, "month").rates_per_year[0] == pytest.approx(0.36)
    assert Attrition.of_average_heads(0.01, "week").rates_per_year[0] == pytest.approx(365.25 / 700)
    assert Attrition.of_cohort(0.03, "month").rates_per_year[0] == pytest.approx(-12 * math.log(0.97))
    assert Attrition.of_cohort(0.01, "week").rates_per_year[0] == pytest.approx(-math.log(0.99) * 365.25 / 7)
    with pytest.raises(ValueError, match="per must be one of year, month, week"):
        period_days("day")


@pytest.mark.parametrize("multiplier", [0.25, 1.0, 2.0, 5.0])
@pytest.mark.parametrize("early_days", [0, 30, 180, 2000])
def test_base_is_such_that_the_long_run_rate_is_the_stated_one(early_days, multiplier):
    found = Attrition.of_average_heads(
        0.4, early_days=early_days, early_multiplier=multiplier, training_days=40, lost_in_training=0.2
    )
    base = found.rates_per_year[-1] / YEAR_DAYS
    assert found.rates_per_year[0] == pytest.approx(0.4 if early_days == 0 else multiplier * base * YEAR_DAYS)
    early = -math.expm1(-multiplier * base * early_days) / (multiplier * base)
    later = math.exp(-multiplier * base * early_days) / base
    assert YEAR_DAYS / (early + later) == pytest.approx(0.4, rel=1e-12)
    assert (found.training_days, found.lost_in_training) == (40, 0.2)


@pytest.mark.parametrize("multiplier", [0.25, 3.0])
def test_base_is_such_that_the_share_of_a_cohort_is_the_stated_one(multiplier):
    values = {"early_days": 90, "early_multiplier": multiplier}
    new = Attrition.of_cohort(0.3, "year", group="new", **values)
    # Closed form: base (multiplier x 90 + 275.25) = -ln 0.7.
    assert new.rates_per_year[1] / YEAR_DAYS == pytest.approx(-math.log(0.7) / (multiplier * 90 + 275.25), rel=1e-12)
    team = Attrition.of_cohort(0.3, "year", **values)
    whole, gone = (
        integrate.quad(team.survival, 0, end, points=[90], limit=200, epsrel=1e-12)[0] for end in (40_000, YEAR_DAYS)
    )
    assert gone / whole == pytest.approx(0.3, rel=1e-9)


def test_extreme_rates_are_solved():
    for share, multiplier in ((0.999999, 1e4), (1e-9, 1e-4), (0.9, 1e-3)):
        for group in ("team", "new"):
            found = Attrition.of_cohort(share, "week", group=group, early_days=3, early_multiplier=multiplier)
            assert found.share_gone("week", group) == pytest.approx(share, rel=1e-9)
    found = Attrition.of_average_heads(50, "week", early_days=1, early_multiplier=1e-3)
    assert YEAR_DAYS / found.mean_past_training_days == pytest.approx(50 * YEAR_DAYS / 7, rel=1e-9)


def test_nobody_leaves():
    early = {"early_days": 9, "early_multiplier": 3}
    for attrition in (Attrition.of_average_heads(0), Attrition.of_cohort(0, **early)):
        assert attrition.survival(1e9) == 1
        assert attrition.mean_days == math.inf
        assert attrition.remaining_days(5, 0.999) == math.inf
        assert attrition.share_gone("year") == attrition.share_gone("year", "new") == 0
    assert Attrition((0,), (1e-310,)).remaining_days(5, 0.999) == math.inf


def test_hazards_of_zero_in_between():
    attrition = Attrition((0, 10, 20), (YEAR_DAYS / 10, 0.0, YEAR_DAYS / 10))
    np.testing.assert_allclose(attrition.cumulative_hazard([5, 10, 15, 20, 30]), [0.5, 1, 1, 1, 2])
    np.testing.assert_allclose(attrition.inverse_cumulative_hazard([0, 0.5, 1 - 1e-9, 1.5]), [0, 5, 10, 25])
    assert attrition.limited_mean_days(20) == pytest.approx(10 * (1 - math.exp(-1)) + 10 * math.exp(-1))
    late = Attrition((0, 10), (0.0, YEAR_DAYS))
    np.testing.assert_allclose(late.inverse_cumulative_hazard([0.0, 1e-12, 1.0]), [0, 10, 11])


def test_remaining_days_are_conditional_quantiles():
    attrition = Attrition((0, 100), (2.0, 0.5), training_days=60, lost_in_training=0.3)
    uniform = np.array([1e-6, 0.2, 0.5, 0.9, 0.999])
    for tenure in (0.0, 30.0, 60.0, 100.0, 400.0):
        remaining = attrition.remaining_days(tenure, uniform)
        left = attrition.survival(tenure + remaining) / attrition.survival(tenure)
        np.testing.assert_allclose(left, 1 - uniform, rtol=1e-9)
        assert np.all(remaining > 0)
    # In training with a quarter of the loss to come: of 0.85 there, 0.15 are lost in the days that are left.
    np.testing.assert_allclose(attrition.remaining_days(30, [0.05 / 0.85, 0.1 / 0.85]), [10, 20])


@given(attritions(), st.lists(st.floats(0, 5000), min_size=2))
def test_survival_never_rises(attrition, tenures):
    tenure = np.sort(np.array([0.0, *tenures]))
    survival = attrition.survival(tenure)
    assert survival[0] == 1
    assert np.all(np.diff(survival) <= 0)
    assert np.all(survival >= 0)


@given(attritions(), st.floats(0, 20))
def test_inverse_is_the_least_tenure_with_the_hazard(attrition, hazard):
    tenure = float(attrition.inverse_cumulative_hazard(hazard))
    if math.isinf(tenure):
        assert attrition.cumulative_hazard(1e7) < hazard
    else:
        assert attrition.cumulative_hazard(tenure) == pytest.approx(hazard, rel=1e-9, abs=1e-9)
        assert attrition.cumulative_hazard(max(tenure - 1e-3, 0)) <= hazard * (1 + 1e-12)


@given(attritions(), st.floats(0, 3000))
def test_limited_mean_is_the_integral_of_the_survival(attrition, days):
    edges = np.unique([0.0, days, *(kink for kink in attrition.kinks_days if kink < days)])
    parts = [integrate.quad(attrition.survival, a, b, limit=200)[0] for a, b in pairwise(edges)]
    assert attrition.limited_mean_days(days) == pytest.approx(sum(parts), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"edges_days": (), "rates_per_year": ()}, "as many, at least one"),
        ({"edges_days": (0, 1)}, r"as many, at least one \(got 2 and 1\)"),
        ({"edges_days": (1,)}, "edges_days must begin with 0"),
        ({"edges_days": (0, 5, 5), "rates_per_year": (1, 1, 1)}, r"must begin with 0 and ascend \(got 0, 5, 5\)"),
        ({"rates_per_year": (-1,)}, "rates_per_year must be 0 or more"),
        ({"rates_per_year": (math.inf,)}, "rates_per_year must be 0 or more"),
        ({"training_days": -1}, "training_days must be 0 or more"),
        ({"training_days": 5, "lost_in_training": 1}, "at least 0 and below 1"),
        ({"lost_in_training": 0.1}, "lost_in_training needs training_days"),
    ],
)
def test_a_table_that_cannot_be_is_refused(values, message):
    with pytest.raises(ValueError, match=message):
        Attrition(**({"edges_days": (0,), "rates_per_year": (1,)} | values))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Attrition.of_average_heads(-0.1), "the rate must be 0 or more"),
        (lambda: Attrition.of_average_heads(math.nan), "the rate must be 0 or more"),
        (lambda: Attrition.of_cohort(1.0), "at least 0 and below 1"),
        (lambda: Attrition.of_cohort(0.2, group="all"), "group must be one of team, new"),
        (lambda: Attrition.of_average_heads(0.1, early_days=-1), "early_days must be 0 or more"),
        (lambda: Attrition.of_average_heads(0.1, early_days=9, early_multiplier=0), "early_multiplier must be above 0"),
        (lambda: Attrition.of_average_heads(0.1, "day"), "per must be one of"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
