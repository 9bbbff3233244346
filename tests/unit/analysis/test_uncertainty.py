"""Ratio, mean and share intervals: values by hand, coverage by Monte Carlo."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from analysis.uncertainty import (
    FEW,
    Estimates,
    Share,
    at_least_binomial,
    mean_of,
    quotient,
    ratio_from_moments,
    ratio_of_sums,
    share,
)


def test_quotient_is_nan_over_zero() -> None:
    np.testing.assert_array_equal(quotient([0, 3, 3], [0, 0, 2]), [math.nan, math.nan, 1.5])


def test_ratio_of_sums_by_hand() -> None:
    # r = 12 / 20; residuals 2 - 3, 4 - 3.6, 6 - 5.4 = -1, 0.4, 0.6; s^2 = 1.52 / 2; mean of d = 20 / 3.
    estimate = ratio_of_sums(np.array([2, 4, 6]), np.array([5, 6, 9]))
    assert estimate.value == pytest.approx(0.6)
    assert estimate.half_width == pytest.approx(stats.t.ppf(0.975, 2) * math.sqrt(0.76 / 3) / (20 / 3))


def test_ratio_weighs_replications_by_their_denominator() -> None:
    assert ratio_of_sums(np.array([1, 50]), np.array([1, 100])).value == pytest.approx(51 / 101)


def test_shapes_are_kept() -> None:
    rng = np.random.default_rng(2)
    n, d = rng.integers(0, 9, (5, 2, 3)), rng.integers(0, 2, (5, 2, 3))
    d[:, 1, 1] = 0
    estimates = ratio_of_sums(n, d)
    assert estimates.value.shape == estimates.half_width.shape == (2, 3)
    assert np.isnan(estimates.value[1, 1])
    assert np.isnan(estimates.half_width[1, 1])
    one = ratio_of_sums(n[:, 0, 2], d[:, 0, 2])
    assert (estimates.value[0, 2], estimates.half_width[0, 2]) == (one.value, one.half_width)


def test_one_replication_has_a_value_and_no_interval() -> None:
    estimate = ratio_of_sums(np.array([3]), np.array([4]))
    assert estimate.value == 0.75
    assert math.isnan(estimate.half_width)
    mean = mean_of(np.array([7]))
    assert mean.value == 7
    assert math.isnan(mean.half_width)


def test_mean_is_students() -> None:
    values = np.array([3.0, 5.0, 4.0, 9.0])
    estimate = mean_of(values)
    low, high = stats.t.interval(0.95, 3, values.mean(), stats.sem(values))
    assert (estimate.value - estimate.half_width, estimate.value + estimate.half_width) == pytest.approx((low, high))


def test_moments_give_what_the_samples_give() -> None:
    rng = np.random.default_rng(3)
    n, d = rng.integers(0, 10**9, (30, 4)), rng.integers(10**5, 10**6, (30, 4))
    a, b = n.astype(float), d.astype(float)
    by_moments = ratio_from_moments(
        30, (n.sum(axis=0), d.sum(axis=0)), ((a * a).sum(axis=0), (a * b).sum(axis=0), (b * b).sum(axis=0))
    )
    by_samples = ratio_of_sums(n, d)
    np.testing.assert_allclose(by_moments.value, by_samples.value)
    np.testing.assert_allclose(by_moments.half_width, by_samples.half_width, rtol=1e-9)


def test_no_variation_gives_half_width_zero_not_nan() -> None:
    n, d = np.full(10, 3.0 * 10**7), np.full(10, 7.0 * 10**7)
    by_moments = ratio_from_moments(10, (n.sum(), d.sum()), ((n * n).sum(), (n * d).sum(), (d * d).sum()))
    assert by_moments.half_width == pytest.approx(0, abs=1e-6)


def test_what_agrees_is_known_no_better_than_by_independent_contacts() -> None:
    """Wilson's bounds by scipy; the farther one counts. What is known less well, or not at all, stays as it is."""
    agreeing = Estimates(np.array([1.0, 0.25, 0.5, 0.5, math.nan]), np.array([0.0, 0.0, 0.4, math.nan, math.nan]))
    found = at_least_binomial(agreeing, np.array([8, 40, 40, 40, 0]))
    all_of_8, ten_of_40 = (stats.binomtest(met, of).proportion_ci(method="wilson") for met, of in ((8, 8), (10, 40)))
    np.testing.assert_array_equal(found.value, agreeing.value)
    np.testing.assert_allclose(
        found.half_width, [1 - all_of_8.low, ten_of_40.high - 0.25, 0.4, math.nan, math.nan], rtol=1e-12
    )


# --- shares of days -----------------------------------------------------------------------------------------------


def test_clustered_share_is_the_ratio_of_sums() -> None:
    met, judged = np.array([20, 25, 30, 27]), np.array([30, 30, 31, 30])
    found = share(met, judged, independent=False)
    ratio = ratio_of_sums(met, judged)
    assert found == Share(
        pytest.approx(ratio.value),
        pytest.approx(ratio.value - ratio.half_width),
        pytest.approx(min(1, ratio.value + ratio.half_width)),
        102,
        121,
    )


def test_independent_days_get_wilsons_interval() -> None:
    found = share(np.array([20, 25]), np.array([30, 30]), independent=True)
    wilson = stats.binomtest(45, 60).proportion_ci(0.95, method="wilson")
    assert (found.low, found.high) == pytest.approx((wilson.low, wilson.high))


def test_clustered_is_wider_than_wilson_when_days_go_together() -> None:
    met, judged = np.array([30, 0, 30, 0, 30, 0, 30, 30]), np.full(8, 30)
    clustered, independent = (share(met, judged, independent=flag) for flag in (False, True))
    assert clustered.high - clustered.low > 3 * (independent.high - independent.low)


@pytest.mark.parametrize(("met", "value"), [(30, 1.0), (0, 0.0)])
def test_all_or_nothing_is_not_certainty(met: int, value: float) -> None:
    found = share(np.full(10, met), np.full(10, 30), independent=False)
    wilson = stats.binomtest(10 * met // 30, 10).proportion_ci(0.95, method="wilson")
    assert found.value == value
    assert (found.low, found.high) == pytest.approx((wilson.low, wilson.high))


def test_clusters_that_all_agree_are_worth_one_trial_each() -> None:
    found = share(np.full(12, 20), np.full(12, 30), independent=False)
    wilson = stats.binomtest(8, 12).proportion_ci(0.95, method="wilson")
    assert (found.low, found.high) == pytest.approx((wilson.low, wilson.high))


def test_one_replication_says_nothing_about_clusters_but_something_about_independent_days() -> None:
    met, judged = np.array([25]), np.array([30])
    assert math.isnan(share(met, judged, independent=False).low)
    assert math.isnan(share(judged, judged, independent=False).low)
    assert 0.6 < share(met, judged, independent=True).low < 25 / 30


@pytest.mark.parametrize("independent", [True, False])
def test_no_day_judged_is_undefined(independent: bool) -> None:
    found = share(np.zeros(3, int), np.zeros(3, int), independent=independent)
    assert all(math.isnan(value) for value in (found.value, found.low, found.high))
    assert found.few


def test_few_days_are_flagged() -> None:
    assert share(np.array([9, 9]), np.array([10, FEW - 11]), independent=True).few
    assert not share(np.array([9, 9]), np.array([10, FEW - 10]), independent=True).few


# --- coverage -----------------------------------------------------------------------------------------------------

_EXPERIMENTS = 4_000
_SETTINGS = ((10, 0.0, 0.94), (10, 0.3, 0.92), (30, 0.0, 0.94), (30, 0.3, 0.93), (100, 0.3, 0.935))
"""Replications, busyness, least true coverage allowed: few and uneven replications make the method lean short."""


@pytest.mark.parametrize(("replications", "busyness_cv", "least"), _SETTINGS)
def test_delta_method_covers_the_true_service_level(replications: int, busyness_cv: float, least: float) -> None:
    """Calls are Poisson x busyness, and the busier the day the fewer are answered in time: numerator and denominator
    hang together, and the mean of ratios would be biased. True ratio: E[N p(B)] / E[N]."""
    rng = np.random.default_rng(replications)
    shape = (replications, _EXPERIMENTS)
    busyness = rng.gamma(busyness_cv**-2, busyness_cv**2, shape) if busyness_cv else np.ones(shape)
    offered = rng.poisson(200 * busyness)
    within = rng.binomial(offered, np.exp(-0.2 * busyness))
    # E[B exp(-c B)] of a Gamma with mean 1 and variance v is (1 + c v)^(-1 / v - 1).
    v = busyness_cv**2
    truth = (1 + 0.2 * v) ** (-1 / v - 1) if v else math.exp(-0.2)
    estimate = ratio_of_sums(within, offered)
    covered = int((np.abs(estimate.value - truth) <= estimate.half_width).sum())
    # Two-sided bounds at a family-wise level of 0.1 %.
    level = 0.001 / 2 / len(_SETTINGS)
    assert stats.binom.cdf(covered, _EXPERIMENTS, least) > level
    assert stats.binom.sf(covered - 1, _EXPERIMENTS, 0.96) > level
