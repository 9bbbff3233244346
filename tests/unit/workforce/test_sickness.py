"""Waves of sickness against what their process must have: gamma weeks of mean 1 whose correlation halves in a time."""

import numpy as np
import pytest
from scipy import stats

from sim.workforce.sickness import SicknessWaves

MONDAY = 740_349
FAMILY = 4.0
"""Standard errors: of some forty comparisons one is farther off by chance once in 400."""


def drawn(cv: float, half_life_days: int, weeks: int = 30, replications: int = 2_000) -> np.ndarray:
    waves = SicknessWaves("/sickness", cv, half_life_days)
    return np.array([waves.factors(7, number, MONDAY, weeks) for number in range(replications)])


@pytest.mark.parametrize(("cv", "half_life_days"), [(0.4, 14), (0.8, 28), (0.25, 0)])
def test_mean_spread_and_marginal_of_every_week(cv: float, half_life_days: int) -> None:
    factors = drawn(cv, half_life_days)
    count = factors.shape[0]
    for week in (0, 1, 5, 29):
        of_week = factors[:, week]
        assert abs(of_week.mean() - 1) < FAMILY * cv / count**0.5
        # Of a gamma variable the fourth central moment is (3 + 6 cv^2) cv^4.
        variance_error = cv**2 * ((2 + 6 * cv**2) / count) ** 0.5
        assert abs(((of_week - 1) ** 2).mean() - cv**2) < FAMILY * variance_error
        shape = 1 / cv**2
        assert stats.kstest(of_week, stats.gamma(shape, scale=1 / shape).cdf).pvalue > 1e-4


@pytest.mark.parametrize(("half_life_days", "halved_after"), [(14, 2), (28, 4), (7, 1)])
def test_the_correlation_halves_in_the_time_stated(half_life_days: int, halved_after: int) -> None:
    factors = drawn(0.4, half_life_days)
    for lag in (1, halved_after, 2 * halved_after):
        expected = 0.5 ** (lag / halved_after)
        found = np.corrcoef(factors[:, 3], factors[:, 3 + lag])[0, 1]
        # Fisher's z; heavier than normal tails widen it: twice its standard error of 1 / sqrt(n - 3) bounds that.
        assert abs(np.arctanh(found) - np.arctanh(expected)) < FAMILY * 2 / (factors.shape[0] - 3) ** 0.5


def test_an_excess_is_half_left_after_that_time() -> None:
    factors = drawn(0.5, 14, replications=6_000)
    high = factors[:, 4] > 1.5
    ratio = (factors[high, 6] - 1) / (factors[high, 4] - 1).mean()
    assert abs(ratio.mean() - 0.5) < FAMILY * ratio.std() / high.sum() ** 0.5


def test_weeks_by_themselves_are_uncorrelated() -> None:
    factors = drawn(0.4, 0)
    assert abs(np.corrcoef(factors[:, 3], factors[:, 4])[0, 1]) < FAMILY * 2 / factors.shape[0] ** 0.5


def test_draws_are_functions_of_their_key() -> None:
    waves = SicknessWaves("/sickness", 0.4, 14)
    year = waves.factors(1, 0, MONDAY, 52)
    np.testing.assert_array_equal(waves.factors(1, 0, MONDAY, 20), year[:20])
    assert not np.isclose(waves.factors(1, 1, MONDAY, 52), year).any()
    assert not np.isclose(waves.factors(2, 0, MONDAY, 52), year).any()
    assert not np.isclose(SicknessWaves("lyon/sickness", 0.4, 14).factors(1, 0, MONDAY, 52), year).any()
