"""The distributions that only theory needs, and any survival function in place of a formula."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.integrate import quad

from analysis.theory import Balking, Duration, Exponential, SurvivalFunction, impatient_queue
from sim.common.distributions import Deterministic, Empirical, Gamma, Hyperexponential, Lognormal, Truncated, Weibull

OWN = {
    "exponential": Exponential(300_000),
    "balking": Balking(0.2, Exponential(375_000)),
    "callable": SurvivalFunction(lambda t_ms: 1 / (1 + (t_ms / 200_000) ** 2)),
    "callable with a jump": SurvivalFunction(Deterministic(300_000).survival, (300_000.0,)),
}
SMOOTH = {
    "exponential": Exponential(300_000),
    "erlang": Gamma(300_000, 3),
    "gamma": Gamma(300_000, 0.6),
    "weibull": Weibull(300_000, 1.7),
    "lognormal": Lognormal(300_000, 0.8),
    "hyperexponential": Hyperexponential(0.7, 100_000, 2_300_000 / 3),
    "balking": Balking(0.2, Exponential(375_000)),
}


@pytest.mark.parametrize("duration", OWN.values(), ids=OWN)
def test_the_limited_mean_is_the_integral_of_the_survival_function(duration: Duration) -> None:
    for end_ms in (30_000.0, 250_000.0, 300_000.0, 1_500_000.0):
        jumps = [300_000.0] if end_ms > 300_000 else None
        integral, _ = quad(lambda t: float(duration.survival(np.array(t))), 0, end_ms, points=jumps)
        assert float(duration.limited_mean(np.array(end_ms))) == pytest.approx(integral, rel=1e-9)


@pytest.mark.parametrize("duration", OWN.values(), ids=OWN)
def test_shapes_and_the_beginning(duration: Duration) -> None:
    times_ms = np.array([[0.0, 10.0], [50e3, 5e6]])
    assert duration.survival(times_ms).shape == times_ms.shape
    assert duration.limited_mean(times_ms).shape == times_ms.shape
    assert duration.limited_mean(times_ms)[0, 0] == 0.0


@pytest.mark.parametrize("patience", SMOOTH.values(), ids=SMOOTH)
def test_a_callable_does_as_well_as_a_formula(patience: Duration) -> None:
    formula = impatient_queue(333, 600, 57, patience, 10)
    by_callable = impatient_queue(333, 600, 57, SurvivalFunction(patience.survival), 10)
    assert by_callable.p_abandon == pytest.approx(formula.p_abandon, rel=1e-10)
    assert by_callable.asa_s == pytest.approx(formula.asa_s, rel=1e-10)


def test_a_callable_with_a_jump_does_too() -> None:
    formula = impatient_queue(333, 600, 57, Deterministic(90_000), 10)
    by_callable = impatient_queue(333, 600, 57, SurvivalFunction(Deterministic(90_000).survival, (90_000.0,)), 10)
    assert by_callable.p_abandon == pytest.approx(formula.p_abandon, rel=1e-10)


def test_observed_patience_comes_near_its_distribution() -> None:
    shares = (np.arange(2000) + 0.5) / 2000
    observed_ms = tuple((-300_000 * np.log1p(-shares)).tolist())
    exact = impatient_queue(333, 600, 57, Exponential(300_000), 10)
    observed = impatient_queue(333, 600, 57, Empirical(observed_ms), 10)
    assert observed.p_abandon == pytest.approx(exact.p_abandon, rel=1e-3)


def test_patience_cut_far_out_is_as_good_as_whole() -> None:
    whole = Lognormal(300_000, 0.8)
    exact = impatient_queue(333, 600, 57, whole, 10)
    cut = impatient_queue(333, 600, 57, Truncated(whole, 8_000_000), 10)
    assert cut.p_abandon == pytest.approx(exact.p_abandon, rel=1e-3)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Exponential(0),
        lambda: Exponential(float("nan")),
        lambda: Balking(1.0, Exponential(300)),
        lambda: Balking(-0.1, Exponential(300)),
    ],
)
def test_what_makes_no_distribution(make: Callable[[], Duration]) -> None:
    with pytest.raises(ValueError, match="must"):
        make()
