"""Survival curves, lognormal fits and quantile tables."""

import numpy as np
import pytest

from analysis.calibrate.durations import (
    LognormalFit,
    fit_lognormal,
    fit_lognormal_censored,
    kaplan_meier,
    quantile_means,
)


def test_kaplan_meier_by_hand():
    # At risk 5, 3 and 1: 1 of 5 ends at 1 s (another is cut off there), 1 of 3 at 2 s, nobody at 4 s.
    curve = kaplan_meier(np.array([1.0, 1.0, 2.0, 2.0, 4.0]), np.array([True, False, True, False, False]))
    assert curve.times.tolist() == [1, 2, 4]
    assert curve.survival == pytest.approx([4 / 5, 8 / 15, 8 / 15])
    assert curve.at(0.5) == 1
    assert curve.at(1) == curve.at(1.9) == pytest.approx(4 / 5)
    assert curve.median == np.inf
    times, shares = curve.shares_until(2)
    assert times.tolist() == [1, 2]
    assert shares == pytest.approx([3 / 7, 4 / 7])


def test_kaplan_meier_without_cuts_is_the_plain_share():
    curve = kaplan_meier(np.array([3.0, 1.0, 2.0, 4.0]), np.ones(4, dtype=bool))
    assert curve.survival == pytest.approx([0.75, 0.5, 0.25, 0])
    assert curve.median == 2


def test_censored_lognormal_recovers_its_parameters():
    rng = np.random.default_rng(3)
    n = 4_000
    patience, offered_wait = rng.lognormal(5.8, 1.8, n), rng.exponential(120, n)
    fit = fit_lognormal_censored(np.minimum(patience, offered_wait), patience < offered_wait)
    # A quarter of them end before the cut; the standard errors, measured over 50 seeds, are 0.061 and 0.047.
    assert fit.mu == pytest.approx(5.8, abs=4 * 0.061)
    assert fit.sigma == pytest.approx(1.8, abs=4 * 0.047)


def test_lognormal_of_whole_durations():
    rng = np.random.default_rng(4)
    fit = fit_lognormal(rng.lognormal(4.8, 0.9, 10_000))
    assert fit.mu == pytest.approx(4.8, abs=4 * 0.009)
    assert fit.sigma == pytest.approx(0.9, abs=4 * 0.0064)


def test_moments_of_a_lognormal():
    fit = LognormalFit(mu=0.0, sigma=np.sqrt(np.log(2)))
    assert fit.mean == pytest.approx(np.sqrt(2))
    assert fit.cv == pytest.approx(1)
    assert fit.survival(np.array([1.0])) == pytest.approx([0.5])


def test_quantile_means_keep_the_mean_and_the_order():
    values = np.sort(np.random.default_rng(5).lognormal(4.8, 0.9, 1_003))
    means = quantile_means(values, np.full(1_003, 1 / 1_003), cells=200)
    assert means.shape == (200,)
    assert means.mean() == pytest.approx(values.mean())
    assert (np.diff(means) >= 0).all()


def test_quantile_means_of_uneven_shares():
    assert quantile_means(np.array([1.0, 3.0]), np.array([0.75, 0.25]), cells=2) == pytest.approx([1, 2])
