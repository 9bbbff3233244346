"""Long-run averages against closed forms, quadrature by other means, and sums over days."""

import math

import numpy as np
import pytest
from scipy import integrate

from sim.workforce.attrition import Attrition
from sim.workforce.averages import (
    average_proficiency,
    productive_share,
    rate_of_average_heads,
    rate_of_payroll,
    share_of_cohort,
    team_productive_share,
    team_proficiency,
)
from sim.workforce.periods import YEAR_DAYS
from sim.workforce.ramp import RampCurve
from tests.support.random_teams import table_of, weibull_table


def learning(starts_at, per_year):
    """Exponential learning that never quite ends: 1 - (1 - starts_at) exp(-per_year t)."""
    return lambda tenure_days: 1 - (1 - starts_at) * np.exp(-per_year / YEAR_DAYS * tenure_days)


def hyperexponential(tenure_days):
    years = np.asarray(tenure_days) / YEAR_DAYS
    return 0.5 * np.exp(-1.8 * years) + 0.5 * np.exp(-0.25 * years)


@pytest.mark.parametrize(
    ("rate", "training_years", "vacancy_years", "share"),
    [(0.4, 0.166667, 0.083333, 0.9053293404), (0.3, 0.25, 0.0, 0.9277434863)],
)
def test_productive_share_of_places(rate, training_years, vacancy_years, share):
    attrition = Attrition.of_average_heads(rate)
    found = productive_share(attrition.survival, training_years * YEAR_DAYS, vacancy_years * YEAR_DAYS)
    assert found == pytest.approx(share, abs=1e-8)
    trained = math.exp(-rate * training_years) / rate
    assert found == pytest.approx(trained / (1 / rate + vacancy_years), rel=1e-12)


@pytest.mark.parametrize(
    ("starts_at", "per_year", "rate", "proficiency"), [(0.6, 4, 0.4, 0.9636363636), (0.7, 6, 0.25, 0.988)]
)
def test_exponential_tenure_and_learning(starts_at, per_year, rate, proficiency):
    """1 - (1 - r) d / (d + g)."""
    found = average_proficiency(Attrition.of_average_heads(rate).survival, learning(starts_at, per_year))
    assert found == pytest.approx(proficiency, abs=1e-10)
    assert found == pytest.approx(1 - (1 - starts_at) * rate / (rate + per_year), rel=1e-13)


def test_hyperexponential_tenure():
    found = average_proficiency(hyperexponential, learning(0.6, 4))
    assert found == pytest.approx(0.9642012531, abs=1e-8)
    assert found == pytest.approx(1 - 0.4 * (0.5 / 5.8 + 0.5 / 4.25) / (0.5 / 1.8 + 0.5 / 0.25), rel=1e-13)


def test_hyperexponential_tenure_by_a_hazard_table():
    edges = np.arange(0, 60 * YEAR_DAYS, 5.0)
    attrition = table_of(lambda days: -np.log(hyperexponential(days)), edges)
    found = average_proficiency(attrition.survival, learning(0.6, 4), kinks_days=attrition.kinks_days)
    assert found == pytest.approx(0.9642012531, abs=1e-6)
    assert attrition.mean_days == pytest.approx((0.5 / 1.8 + 0.5 / 0.25) * YEAR_DAYS, rel=1e-5)


@pytest.mark.parametrize("shape", [0.7, 1.8])
def test_weibull_tenure(shape):
    """Against E of what is learnt until leaving over E of the tenure, both integrated over the quantiles."""
    mean, r, g = 500.0, 0.6, 4 / YEAR_DAYS
    scale = mean / math.gamma(1 + 1 / shape)

    def learnt(u):
        tenure = scale * (-math.log(u)) ** (1 / shape)
        return tenure - (1 - r) * -math.expm1(-g * tenure) / g

    expected = integrate.quad(learnt, 0, 1, limit=500, epsabs=1e-9, epsrel=1e-11)[0] / mean
    exact = average_proficiency(lambda days: np.exp(-((days / scale) ** shape)), learning(r, 4))
    assert exact == pytest.approx(expected, abs=1e-9)
    table = weibull_table(mean, shape, np.concatenate([[0.0], np.geomspace(0.001, 30_000, 4_000)]))
    by_table = average_proficiency(table.survival, learning(r, 4), kinks_days=table.kinks_days)
    assert by_table == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("shape", ["linear", "exponential", "s", "stepped"])
def test_a_team_with_training_against_sums_over_small_steps(shape):
    attrition = Attrition.of_average_heads(
        0.5, early_days=60, early_multiplier=3, training_days=40, lost_in_training=0.2
    )
    steps = ((80, 0.6), (120, 0.8)) if shape == "stepped" else ()
    ramp = RampCurve(40, 0.5, 200, shape, 20, 0.3, steps=steps)
    tenure = (np.arange(1_000_000) + 0.5) * 0.02  # jumps and bends fall between these
    there, skill = attrition.survival(tenure), ramp.proficiency(tenure)
    trained = tenure >= 40
    assert team_proficiency(attrition, ramp, trainees=True) == pytest.approx(
        np.sum(there * skill) / there.sum(), rel=1e-6
    )
    assert team_proficiency(attrition, ramp) == pytest.approx(
        np.sum((there * skill)[trained]) / there[trained].sum(), rel=1e-6
    )
    vacant = 30.0
    expected = there[trained].sum() * 0.02 / (there.sum() * 0.02 + vacant)
    assert team_productive_share(attrition, vacant) == pytest.approx(expected, rel=1e-6)


def test_a_linear_ramp_by_hand():
    # Of exp(-a t): the gap falls from 0.5 to 0 over b days, so its integral is 0.5 (1/a - (1 - exp(-a b)) / (a^2 b)).
    attrition, a, b = Attrition((0,), (YEAR_DAYS / 100,)), 0.01, 50
    gap = 0.5 * (1 / a - (1 - math.exp(-a * b)) / (a * a * b))
    assert team_proficiency(attrition, RampCurve(0, 0.5, b)) == pytest.approx(1 - gap * a, rel=1e-12)


def test_realised_rates_are_those_stated():
    values = {"early_days": 120, "early_multiplier": 2.5, "training_days": 50, "lost_in_training": 0.1}
    stated = Attrition.of_average_heads(0.03, "month", **values)
    assert rate_of_average_heads(stated, "month") == pytest.approx(0.03, rel=1e-12)
    assert rate_of_average_heads(stated) == pytest.approx(0.36, rel=1e-12)
    # All leave once: heads are those in training (95 % of 50 days on average) and past it (90 % of the mean).
    assert rate_of_payroll(stated) == pytest.approx(YEAR_DAYS / (47.5 + 0.9 * YEAR_DAYS / 0.36))
    for group in ("team", "new"):
        cohort = Attrition.of_cohort(0.3, "year", group=group, **values)
        assert share_of_cohort(cohort, "year", group) == pytest.approx(0.3, rel=1e-10)


def test_without_leaving_there_is_no_long_run():
    for ask in (
        lambda survival: average_proficiency(survival, learning(0.5, 1)),
        lambda survival: productive_share(survival, 1, 1),
    ):
        with pytest.raises(ValueError, match="some never leave"):
            ask(Attrition((0, 9), (1.0, 0.0)).survival)
    with pytest.raises(ValueError, match="nobody stays for 10 days"):
        average_proficiency(lambda days: np.where(days < 5, 1.0, 0.0), learning(0.5, 1), from_days=10)
    with pytest.raises(ValueError, match="vacancy_days must be 0 or more"):
        productive_share(hyperexponential, 1, -1)
    assert rate_of_average_heads(Attrition.of_average_heads(0)) == 0
