"""Percentiles from histograms against order statistics."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.percentiles import PERCENTS, percentiles_ms
from sim.common.histogram import BINS, bin_of


def histogram(durations_ms: list[int]) -> np.ndarray:
    counts = np.zeros(BINS, np.int64)
    for duration_ms in durations_ms:
        counts[bin_of(duration_ms)] += 1
    return counts


def test_short_durations_are_exact_order_statistics() -> None:
    durations = [0, 0, 3, 5, 7, 9, 100, 120, 200, 255]
    np.testing.assert_array_equal(
        percentiles_ms(histogram(durations), [10, 11, 20, 30, 50, 99, 100]), [0, 0, 0, 3, 7, 255, 255]
    )


def test_one_contact_is_every_percentile() -> None:
    np.testing.assert_array_equal(percentiles_ms(histogram([42])), [42] * len(PERCENTS))


def test_nothing_counted_is_undefined() -> None:
    assert np.isnan(percentiles_ms(np.zeros((2, BINS), np.int64))).all()


def test_shape_and_rows() -> None:
    table = np.stack([histogram([1, 2, 3]), histogram([]), histogram([10])]).reshape(3, 1, BINS)
    found = percentiles_ms(table, [50, 95])
    assert found.shape == (3, 1, 2)
    np.testing.assert_array_equal(found[:, 0], [[2, 3], [np.nan, np.nan], [10, 10]])


@pytest.mark.parametrize("seed", range(3))
def test_long_durations_within_half_a_bin(seed: int) -> None:
    durations = np.random.default_rng(seed).lognormal(10, 3, 999).astype(np.int64)
    exact = np.quantile(durations, [0.5, 0.8, 0.9, 0.95, 0.99], method="inverted_cdf")
    np.testing.assert_allclose(percentiles_ms(histogram(durations.tolist())), exact, rtol=1 / 256)
