"""Means and variation of a centre's ordinary week."""

from datetime import date

import numpy as np
import pytest

from analysis.calibrate.half_hours import (
    SLOTS,
    busyness_cv,
    counts_per_half_hour,
    weekday_means,
    weekdays,
    whole_positions,
)


def test_weekdays_go_on_from_the_first_day():
    assert weekdays(date(1999, 1, 1), 4).tolist() == [4, 5, 6, 0]


def test_moments_count_in_the_half_hour_in_which_they_fall():
    counts = counts_per_half_hour(np.array([0, 1_799, 1_800, 86_400 + 1_800, 2 * 86_400, -1]), days=2)
    assert counts.shape == (2, SLOTS)
    assert counts[0, :2].tolist() == [2, 1]
    assert counts[1, 1] == 1
    assert counts.sum() == 4


def test_means_are_over_the_days_that_count():
    weekday = np.array([0, 0, 1])
    values = np.zeros((3, SLOTS))
    values[:, 0] = 10, 20, 30
    counted = np.zeros((3, SLOTS), dtype=bool)
    counted[[0, 1], 0] = True
    counted[1, 1] = True
    means = weekday_means(values, counted, weekday)
    assert means[0, 0] == 15
    assert means[0, 1] == 0
    assert np.isnan(means[1, 0])


@pytest.mark.parametrize("cv", [0.0, 0.2])
def test_busyness_is_found_net_of_poisson_noise(cv):
    rng = np.random.default_rng(7)
    days = 4_000
    weekday = np.arange(days) % 7
    busyness = rng.gamma(cv**-2, cv**2, days) if cv else np.ones(days)
    found = busyness_cv(rng.poisson((100 + 50 * weekday) * busyness), weekday)
    # Standard error of an excess variance relative to mean squared: about sqrt(2 / days) (cv² + 1 / 100) at most.
    assert found**2 == pytest.approx(cv**2, abs=4 * np.sqrt(2 / days) * (cv**2 + 0.01))


def test_busyness_is_never_negative_and_unknown_without_two_like_days():
    assert busyness_cv(np.array([100, 100, 100]), np.zeros(3, dtype=np.int64)) == 0
    assert np.isnan(busyness_cv(np.array([100, 90]), np.array([0, 1])))


def test_whole_positions_keep_the_hours_of_the_day():
    means = np.array([6.4, 6.4, 6.4, 6.4, 6.4, 0.0, 2.5])
    whole = whole_positions(means)
    assert whole[5] == 0
    assert np.abs(np.cumsum(whole) - np.cumsum(means)).max() <= 0.5
    assert np.abs(whole - means).max() < 1
