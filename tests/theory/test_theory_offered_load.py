"""Expected busy agents with unlimited staff."""

import itertools
import math

import numpy as np
import pytest
from scipy.integrate import quad

from analysis.theory import Duration, Exponential, offered_load, sinusoidal_load
from sim.common.distributions import Deterministic, Empirical, Gamma, Hyperexponential, Lognormal

EDGES_S = np.array([0.0, 1800.0, 3600.0, 5400.0])
RATES = np.array([60.0, 240.0, 120.0])
TIMES_S = np.array([-100.0, 0.0, 300.0, 1800.0, 2400.0, 3600.0, 5000.0, 5400.0, 7000.0])


def rate_per_s(time_s: float) -> float:
    interval = np.searchsorted(EDGES_S, time_s, side="right") - 1
    return RATES[interval] / 3600 if 0 <= interval < RATES.size else 0.0


@pytest.mark.parametrize(
    "handle_time",
    [Exponential(600_000), Gamma(600_000, 2.5), Lognormal(600_000, 0.8), Hyperexponential(0.7, 300_000, 1_300_000)],
    ids=lambda duration: type(duration).__name__,
)
def test_steps_by_quadrature(handle_time: Duration) -> None:
    """m(t) is the integral of lambda(u) * P(S > t - u)."""
    expected = [
        sum(
            quad(
                lambda u, t=t: rate_per_s(u) * float(handle_time.survival(np.array(1000 * (t - u)))), start, min(end, t)
            )[0]
            for start, end in itertools.pairwise(EDGES_S)
            if start < t
        )
        for t in TIMES_S
    ]
    assert offered_load(TIMES_S, EDGES_S, RATES, handle_time) == pytest.approx(expected, rel=1e-7, abs=1e-12)


def test_deterministic_handle_time_counts_the_arrivals_of_one_handle_time() -> None:
    handle_time_s = 700.0
    arrivals_until = np.concatenate([[0.0], np.cumsum(RATES / 3600 * np.diff(EDGES_S))])
    expected = np.interp(TIMES_S, EDGES_S, arrivals_until) - np.interp(TIMES_S - handle_time_s, EDGES_S, arrivals_until)
    assert offered_load(TIMES_S, EDGES_S, RATES, Deterministic(1000 * handle_time_s)) == pytest.approx(
        expected, abs=1e-12
    )


def test_exponential_handle_time_follows_its_differential_equation() -> None:
    """m' = lambda - m / E[S], solved exactly from interval to interval."""
    load, expected = 0.0, []
    for rate in RATES / 3600:
        goal = rate * 600
        load = goal + (load - goal) * math.exp(-1800 / 600)
        expected.append(load)
    assert offered_load(EDGES_S[1:], EDGES_S, RATES, Exponential(600_000)) == pytest.approx(expected, rel=1e-12)


def test_all_work_offered_is_done_in_the_end() -> None:
    times_s = np.arange(0.0, 40_000.0, 2.0)
    work_s = np.trapezoid(offered_load(times_s, EDGES_S, RATES, Lognormal(600_000, 0.8)), dx=2.0)
    assert work_s == pytest.approx(RATES.sum() / 2 * 600, rel=1e-5)


def test_a_constant_rate_settles_at_the_load() -> None:
    assert float(offered_load(1e7, [0.0, 2e7], [360.0], Gamma(600_000, 3))) == pytest.approx(60.0, rel=1e-12)


def test_observed_handle_times() -> None:
    """The distribution through observations is near the average over deterministic handle times."""
    observed_ms = tuple(np.linspace(300_000, 900_000, 2000).tolist())
    each = [offered_load(TIMES_S, EDGES_S, RATES, Deterministic(value_ms)) for value_ms in observed_ms]
    load = offered_load(TIMES_S, EDGES_S, RATES, Empirical(observed_ms))
    assert load == pytest.approx(np.mean(each, axis=0), rel=1e-5, abs=1e-9)


@pytest.mark.parametrize(
    "handle_time",
    [Exponential(600_000), Gamma(600_000, 2.5), Lognormal(600_000, 0.8), Deterministic(600_000)],
    ids=lambda duration: type(duration).__name__,
)
def test_a_sinusoid_in_small_steps(handle_time: Duration) -> None:
    period_s = 24 * 3600.0
    load = sinusoidal_load(400, 200, period_s, handle_time)
    edges_s = np.arange(-5 * period_s, period_s, 20.0)
    middles_s = edges_s[:-1] + 10
    rates = 400 + 200 * np.sin(2 * np.pi * middles_s / period_s)
    times_s = np.linspace(0, period_s * 0.9, 7)
    assert load.at(times_s) == pytest.approx(offered_load(times_s, edges_s, rates, handle_time), rel=1e-5)


def test_the_lag_is_the_mean_residual_handle_time_when_the_day_is_long() -> None:
    """Eick, Massey and Whitt: the peak trails by E[S^2] / (2 E[S])."""
    lag_s = sinusoidal_load(400, 200, 1e7, Lognormal(600_000, 0.8)).lag_s
    assert lag_s == pytest.approx(600 * (1 + 0.8**2) / 2, rel=1e-4)


@pytest.mark.parametrize(
    ("edges_s", "rates"), [([0.0, 1.0], [1.0, 2.0]), ([0.0, 0.0], [1.0]), ([1.0, 0.0], [1.0])], ids=str
)
def test_intervals_that_cannot_be_meant(edges_s: list[float], rates: list[float]) -> None:
    with pytest.raises(ValueError, match="edges_s must ascend"):
        offered_load(0.0, edges_s, rates, Exponential(600_000))
