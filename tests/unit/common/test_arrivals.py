"""Levels of the days and the draw of their counts, against scipy.stats and hand computation."""

from datetime import date

import numpy as np
import pytest
from scipy import stats

from sim.centre.contract import VolumeDistribution
from sim.common.arrivals import (
    draw_counts,
    event_factor,
    gamma_factor,
    growth_factor,
    month_factor,
    poisson_quantile,
)

DAY_MS = 86_400_000
START = date(2027, 1, 4)
UNIFORMS = np.array([2.0**-54, 1e-12, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-9, 1 - 2.0**-53])


def level_on(day, rate, per):
    return float(growth_factor(day.toordinal(), 1, START.toordinal(), rate, per)[0])


def test_growth_compounds_by_calendar_months():
    assert level_on(START, 0.02, "month") == 1
    assert level_on(date(2027, 7, 4), 0.02, "month") == pytest.approx(1.02**6, rel=2e-3)
    assert level_on(date(2026, 12, 4), 0.02, "month") == pytest.approx(1 / 1.02, rel=2e-3)
    first = date(2027, 1, 1).toordinal()
    over_a_year = growth_factor(first, 366, first, 0.02, "month")
    assert over_a_year[181] == pytest.approx(1.02**6, rel=1e-12)  # 1 July
    assert over_a_year[365] == pytest.approx(1.02**12, rel=1e-12)
    assert np.all(np.diff(over_a_year) > 0)
    np.testing.assert_allclose(growth_factor(first, 366, first, 1.02**12 - 1, "year"), over_a_year)


def test_growth_by_day_and_week():
    assert level_on(date(2027, 1, 14), 0.01, "day") == pytest.approx(1.01**10)
    assert level_on(date(2027, 1, 18), -0.1, "week") == pytest.approx(0.81)


def test_seasonality_goes_by_calendar_month():
    first = date(2027, 1, 31).toordinal()
    assert month_factor(first, 3, [10, 20, *range(30, 40)]).tolist() == [10, 20, 20]


def test_an_event_ramps_in_holds_and_decays():
    begin, until = date(2027, 3, 1), date(2027, 3, 10)
    factor = event_factor(date(2027, 2, 28).toordinal(), 16, begin, until, 1.4, 4 * DAY_MS, 2 * DAY_MS)
    expected = [1, 1.05, 1.15, 1.25, 1.35, *[1.4] * 6, 1.3, 1.1, 1, 1, 1]
    np.testing.assert_allclose(factor, expected)


def test_an_event_without_ramps_is_a_step():
    factor = event_factor(START.toordinal() - 1, 4, START, date(2027, 1, 5), 0.0, 0, 0)
    assert factor.tolist() == [1, 0, 0, 1]


def test_an_event_shorter_than_its_ramp_decays_from_where_it_got():
    factor = event_factor(START.toordinal(), 4, START, date(2027, 1, 5), 2.0, 4 * DAY_MS, 2 * DAY_MS)
    np.testing.assert_allclose(factor, [1.125, 1.375, 1.375, 1.125])


@pytest.mark.parametrize("mean", [1e-300, 1e-9, 1e-3, 0.7, 3.0, 55.5, 4_000.0, 1e6, 1e8])
def test_poisson_quantiles_are_exact(mean):
    drawn = poisson_quantile(UNIFORMS, np.full(UNIFORMS.size, mean))
    assert np.all(stats.poisson.cdf(drawn, mean) >= UNIFORMS)
    assert np.all((drawn == 0) | (stats.poisson.cdf(drawn - 1, mean) < UNIFORMS))


def test_no_mean_no_contacts():
    assert poisson_quantile(UNIFORMS, np.zeros(UNIFORMS.size)).tolist() == [0] * UNIFORMS.size


def test_huge_means_stay_finite():
    drawn = poisson_quantile(np.array([0.5, 0.999]), np.array([1e13, 1e13]))
    np.testing.assert_allclose(drawn, 1e13, rtol=1e-5)


def test_more_volume_never_loses_a_contact():
    means = np.sort(np.concatenate([np.geomspace(1e-6, 1e7, 4_001), np.linspace(90, 110, 4_001)]))
    for uniform in UNIFORMS:
        assert np.all(np.diff(poisson_quantile(np.full(means.size, uniform), means)) >= 0)


def test_counts_have_the_mean_and_variance_of_the_model():
    """Poisson of mean m times a Gamma factor: variance m + (m cv)**2; uniforms on a fine grid, not random."""
    side = 700
    grid = (np.arange(side) + 0.5) / side
    volume_uniform, busyness_uniform = (axis.ravel()[np.newaxis] for axis in np.meshgrid(grid, grid))
    days = volume_uniform.shape[1]
    volume = VolumeDistribution(np.full((1, days), 40.0), np.array([0.25]), np.array([False]))
    counts = draw_counts(volume, volume_uniform, busyness_uniform[0], np.full((1, days), 0.5))
    assert counts.dtype == np.int64
    assert counts.mean() == pytest.approx(40, rel=1e-3)
    assert counts.var() == pytest.approx(40 + 10**2, rel=1e-2)


def test_busyness_is_shared_unless_a_queue_has_its_own():
    volume = VolumeDistribution(np.full((3, 1), 1e6), np.array([0.1, 0.1, 0.0]), np.array([False, True, False]))
    counts = draw_counts(volume, np.full((3, 1), 0.5), np.array([0.9]), np.full((3, 1), 0.1))[:, 0]
    shared, own = gamma_factor(0.1, np.array([0.9, 0.1]))
    assert shared == pytest.approx(stats.gamma(100, scale=0.01).ppf(0.9))
    np.testing.assert_allclose(counts, [1e6 * shared, 1e6 * own, 1e6], rtol=1e-5)


def test_the_least_variation_is_none():
    volume = VolumeDistribution(np.full((1, 2), 1000.0), np.array([1e-300]), np.array([False]))
    counts = draw_counts(volume, np.full((1, 2), 0.5), np.array([0.001, 0.999]), np.full((1, 2), 0.5))
    assert counts[0, 0] == counts[0, 1]
