"""Quantile tables and the distributions behind them, against scipy.stats, quadrature and the compiled sampler."""

import math

import numpy as np
import pytest
from scipy import integrate, stats

from sim.common.distributions import (
    BLOCKS,
    CELLS,
    KNOTS,
    LEVELS,
    TABLE_SIZE,
    ZOOM_BITS,
    Deterministic,
    Empirical,
    Gamma,
    Hyperexponential,
    Lognormal,
    Truncated,
    Weibull,
    mean_weights,
    quantile_table,
)

MINUTE = 60_000.0


def lognormal(mean, cv):
    sigma = np.sqrt(np.log1p(cv**2))
    return stats.lognorm(s=sigma, scale=mean * np.exp(-(sigma**2) / 2))


FAMILIES = {
    "lognormal": (Lognormal(10 * MINUTE, 0.8), lognormal(10 * MINUTE, 0.8)),
    "wide lognormal": (Lognormal(10 * MINUTE, 3.0), lognormal(10 * MINUTE, 3.0)),
    "exponential": (Gamma(5 * MINUTE, 1.0), stats.expon(scale=5 * MINUTE)),
    "erlang": (Gamma(3 * MINUTE, 4.0), stats.gamma(4, scale=0.75 * MINUTE)),
    "flat gamma": (Gamma(3 * MINUTE, 0.3), stats.gamma(0.3, scale=10 * MINUTE)),
    "weibull": (Weibull(4 * MINUTE, 0.7), stats.weibull_min(0.7, scale=4 * MINUTE / math.gamma(1 + 1 / 0.7))),
}


def sampler(table, u):
    """Reads the table as the compiled sampler does, at u a multiple of 2**-40 (scalar)."""
    blocks = table.reshape(BLOCKS, KNOTS)
    from_end = min(u, 1 - u)
    level = 0
    while level < LEVELS and from_end < 2.0 ** -(ZOOM_BITS * (level + 1)):
        level += 1
    covered = 2.0 ** -(ZOOM_BITS * level)
    block = level if u < 0.5 or level == 0 else LEVELS + level
    cell = (u if block <= LEVELS else u - (1 - covered)) / covered * CELLS
    index = int(cell)
    share = cell - index
    return blocks[block, index] * (1 - share) + blocks[block, index + 1] * share


def table_moment(table, power):
    """Moment of the interpolated table by Simpson's rule on its finest common cells: exact up to cubes."""
    edges = np.concatenate([np.arange(CELLS) * 2.0 ** -(ZOOM_BITS * level) / CELLS for level in range(LEVELS + 1)])
    edges = np.unique(np.concatenate([edges[edges < 0.5], 1 - edges[edges < 0.5], [0.5]]))
    middle, widths = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    values = np.array([sampler(table, u) for u in middle])
    half_rise = 2 * (np.array([sampler(table, u + w / 4) for u, w in zip(middle, widths, strict=True)]) - values)
    ends = (values - half_rise) ** power + (values + half_rise) ** power
    return float(np.sum(widths * (ends + 4 * values**power) / 6))


@pytest.mark.parametrize("name", FAMILIES)
def test_mean_and_variance_of_the_table_are_those_of_the_distribution(name):
    distribution, exact = FAMILIES[name]
    table = quantile_table(distribution)
    assert table.shape == (TABLE_SIZE,)
    assert distribution.mean_ms == pytest.approx(exact.mean(), rel=1e-12)
    mean = table_moment(table, 1)
    assert mean == pytest.approx(exact.mean(), rel=1e-12)
    assert table_moment(table, 2) - mean**2 == pytest.approx(exact.var(), rel=1e-4)


@pytest.mark.parametrize("name", FAMILIES)
def test_quantiles_between_the_knots_are_right(name):
    distribution, exact = FAMILIES[name]
    table = quantile_table(distribution)
    for u in (0.0503, 0.1004, 0.2503, 0.5004, 0.7506, 0.9006, 0.98765):
        assert sampler(table, u) == pytest.approx(exact.ppf(u), rel=1.5e-3)
    for u in (37.4 * 2.0**-30, 37.4 * 2.0**-20):
        assert sampler(table, u) == pytest.approx(exact.ppf(u), rel=2e-2)
        assert sampler(table, 1 - u) == pytest.approx(exact.isf(u), rel=2e-3)


@pytest.mark.parametrize("name", FAMILIES)
def test_tables_rise_and_join(name):
    blocks = quantile_table(FAMILIES[name][0]).reshape(BLOCKS, KNOTS)
    assert np.all(np.diff(blocks, axis=1) >= 0)
    zoomed = CELLS >> ZOOM_BITS
    for level in range(1, LEVELS + 1):
        coarser = 0 if level == 1 else level - 1
        assert blocks[level, -1] == pytest.approx(blocks[coarser, zoomed], rel=1e-9)
        coarser = 0 if level == 1 else LEVELS + level - 1
        assert blocks[LEVELS + level, 0] == pytest.approx(blocks[coarser, CELLS - zoomed], rel=1e-9)


@pytest.mark.parametrize("name", FAMILIES)
def test_survival_and_limited_mean(name):
    distribution, exact = FAMILIES[name]
    for t in (0.0, 0.01 * MINUTE, MINUTE, 7 * MINUTE, 90 * MINUTE):
        assert distribution.survival(np.asarray(t)) == pytest.approx(exact.sf(t), abs=1e-12)
        expected = integrate.quad(exact.sf, 0, t, limit=200)[0]
        assert distribution.limited_mean(np.asarray(t)) == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_hyperexponential_quantiles_solve_its_survival():
    distribution = Hyperexponential(0.999, MINUTE, 1000 * MINUTE)
    u = np.array([0.0, 1e-9, 0.3, 0.99, 0.9991, 0.99999])
    quantiles = distribution.quantile(u)
    assert quantiles[0] == 0
    np.testing.assert_allclose(1 - distribution.survival(quantiles[1:]), u[1:], rtol=1e-6)
    survival = np.array([1e-12, 1e-6, 0.5, 1.0])
    np.testing.assert_allclose(distribution.survival(distribution.upper_quantile(survival)), survival, rtol=1e-10)
    table = quantile_table(distribution)
    second_moment = 2 * (0.999 * MINUTE**2 + 0.001 * (1000 * MINUTE) ** 2)
    assert table_moment(table, 1) == pytest.approx(distribution.mean_ms, rel=1e-12)
    assert table_moment(table, 2) == pytest.approx(second_moment, rel=1e-2)
    t = 30 * MINUTE
    expected = integrate.quad(lambda s: float(distribution.survival(np.asarray(s))), 0, t)[0]
    assert distribution.limited_mean(np.asarray(t)) == pytest.approx(expected, rel=1e-9)


def test_a_deterministic_table_is_exactly_constant():
    table = quantile_table(Deterministic(123_456.7))
    assert np.all(table == 123_456.7)
    assert np.all(quantile_table(Deterministic(0.0)) == 0)


def test_empirical_keeps_the_mean_and_the_range_of_the_observations():
    values = (600.0, 60.0, 120.0, 120.0)
    distribution = Empirical(values)
    table = quantile_table(distribution)
    assert table_moment(table, 1) == pytest.approx(np.mean(values), rel=1e-12)
    assert table.min() == pytest.approx(60, rel=1e-4)
    assert table.max() == pytest.approx(600, rel=1e-4)
    u = np.array([0.0, 0.2, 0.5, 0.8, 0.95])
    np.testing.assert_allclose(distribution.quantile(u), np.quantile(values, u, method="hazen"))
    for t in (0.0, 60.0, 100.0, 120.0, 300.0, 1000.0):
        uniform = (np.arange(200_000) + 0.5) / 200_000
        expected = np.mean(np.minimum(distribution.quantile(uniform), t))
        assert distribution.limited_mean(np.asarray(t)) == pytest.approx(expected, rel=1e-6)
    assert np.all(quantile_table(Empirical((90.0,))) == 90)


@pytest.mark.parametrize("window", [2 * MINUTE, 60 * MINUTE, 10_000 * MINUTE])
@pytest.mark.parametrize("name", FAMILIES)
def test_truncation_conditions_on_the_window(name, window):
    whole, exact = FAMILIES[name]
    distribution = Truncated(whole, window)
    kept = exact.cdf(window)
    u = np.array([0.1, 0.5, 0.9])
    np.testing.assert_allclose(distribution.quantile(u), exact.ppf(u * kept), rtol=1e-9)
    np.testing.assert_allclose(distribution.upper_quantile(1 - u), exact.ppf(u * kept), rtol=1e-9)
    mean = integrate.quad(lambda s: 1 - exact.cdf(s) / kept, 0, window, limit=500, points=[MINUTE, 100 * MINUTE])[0]
    assert distribution.mean_ms == pytest.approx(mean, rel=1e-5)
    table = quantile_table(distribution)
    assert table_moment(table, 1) == pytest.approx(distribution.mean_ms, rel=1e-12)
    assert table.max() <= window * (1 + 1e-3)


def test_a_window_that_holds_nothing_is_refused():
    with pytest.raises(ValueError, match="beyond the window"):
        Truncated(Deterministic(10 * MINUTE), 5 * MINUTE)


def test_the_weights_are_a_probability():
    assert mean_weights().sum() == pytest.approx(1, abs=1e-15)


def test_the_compiled_sampler_draws_the_mean_of_the_table():
    """The layout is the one that the sampler reads: words spread evenly over 2**32 give the mean."""
    streams = pytest.importorskip("sim.common.streams")
    table = quantile_table(Lognormal(10 * MINUTE, 0.8))
    words = (np.arange(2**16, dtype=np.uint64) << np.uint64(16)) + np.uint64(2**15)
    drawn = np.array([streams.quantile(table, word) for word in words])
    assert np.mean(drawn) == pytest.approx(10 * MINUTE, rel=1e-4)
    assert np.all(np.diff(drawn) >= 0)
