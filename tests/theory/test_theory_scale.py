"""From one agent to 20,000, and patience from nothing to for ever."""

import math
from dataclasses import asdict

import numpy as np
import pytest
from scipy.special import gammaincc, gammaln

from analysis.theory import (
    Exponential,
    erlang_a,
    erlang_a_uncertain_rate,
    erlang_b,
    erlang_c,
    erlang_c_wait_quantile_s,
    erlang_c_wait_tail,
    finite_trunks,
    garnett_p_wait,
    halfin_whitt_p_wait,
    impatient_queue,
    square_root_agents,
)
from sim.common.distributions import Deterministic, Gamma

SERVICE_LEVELS = ("sl_offered", "sl_excl_short", "sl_abandons_met", "sl_answered")
PATIENCES_S = (1e-9, 1e-3, 1.0, 600.0, 1e6, 1e9)


@pytest.mark.parametrize(("load", "agents"), [(1.0, 1), (3.3, 6), (800, 850), (20_000, 20_000), (20_000, 19_500)])
def test_erlang_b_by_the_gamma_function(load: float, agents: int) -> None:
    """B is the Poisson probability of n over that of at most n."""
    by_gamma = math.exp(agents * math.log(load) - load - gammaln(agents + 1)) / gammaincc(agents + 1, load)
    assert erlang_b(load, agents) == pytest.approx(by_gamma, rel=1e-9)


def test_erlang_b_where_nothing_is_ever_blocked() -> None:
    assert erlang_b(5.0, 0) == 1.0
    assert erlang_b(1e-6, 20_000) == 0.0


@pytest.mark.parametrize("patience_s", PATIENCES_S)
@pytest.mark.parametrize("agents", [1, 10_000, 20_000, 20_500, 30_000])
def test_erlang_a_is_finite_and_its_shares_are_shares(agents: int, patience_s: float) -> None:
    performance = erlang_a(120_000, 600, agents, patience_s, 10)  # 20,000 erlangs
    figures = asdict(performance)
    assert all(math.isfinite(value) for value in figures.values())
    rounding = 1e-9
    for name in ("p_wait", "p_abandon", "p_abandon_after", "answer_rate", "occupancy", *SERVICE_LEVELS):
        assert -rounding <= figures[name] <= 1 + rounding, name
    assert performance.answer_rate + performance.p_abandon == pytest.approx(1, abs=rounding)
    assert performance.queue_length >= 0


@pytest.mark.parametrize("patience_s", [1.0, 600.0, 1e6])
def test_more_agents_serve_better(patience_s: float) -> None:
    rows = [erlang_a(120_000, 600, agents, patience_s, 10) for agents in range(19_600, 20_600, 50)]
    for name in ("answer_rate", *SERVICE_LEVELS):
        assert np.all(np.diff([getattr(row, name) for row in rows]) > -1e-12), name
    for name in ("p_wait", "p_abandon", "mean_wait_s", "occupancy"):
        assert np.all(np.diff([getattr(row, name) for row in rows]) < 1e-12), name


def test_more_agents_serve_better_erlang_c() -> None:
    rows = [erlang_c(120_000, 600, agents, 10) for agents in range(20_001, 20_800, 50)]
    assert np.all(np.diff([row.sl_offered for row in rows]) > 0)
    assert np.all(np.diff([row.asa_s for row in rows]) < 0)


@pytest.mark.parametrize(("arrivals_per_hour", "agents"), [(100, 20), (4000, 682), (120_000, 20_100)])
def test_endless_patience_is_erlang_c(arrivals_per_hour: float, agents: int) -> None:
    patient = erlang_c(arrivals_per_hour, 600, agents, 10)
    assert erlang_a(arrivals_per_hour, 600, agents, math.inf, 10) == patient
    previous = math.inf
    for patience_s in (1e4, 1e6, 1e8, 1e10):
        performance = erlang_a(arrivals_per_hour, 600, agents, patience_s, 10)
        distance = abs(performance.sl_offered - patient.sl_offered) + abs(performance.asa_s / patient.asa_s - 1)
        assert distance < previous
        previous = distance
    assert previous < 1e-6


@pytest.mark.parametrize(("arrivals_per_hour", "agents"), [(100, 20), (100, 12), (120_000, 20_000)])
def test_no_patience_is_erlang_b(arrivals_per_hour: float, agents: int) -> None:
    blocking = erlang_b(arrivals_per_hour / 6, agents)
    assert erlang_a(arrivals_per_hour, 600, agents, 1e-9, 10).p_abandon == pytest.approx(blocking, rel=1e-6)
    assert finite_trunks(arrivals_per_hour, 600, agents, agents, 10).p_block == pytest.approx(blocking, rel=1e-9)


@pytest.mark.parametrize("agents", [15_000, 19_900, 20_000, 20_100])
@pytest.mark.parametrize("patience_s", [30.0, 180.0, 1800.0])
def test_erlang_a_is_the_limit_of_many_trunks(agents: int, patience_s: float) -> None:
    """Another formula altogether: the birth-death chain with incomplete beta functions."""
    trunks = agents + 40_000
    integral = asdict(erlang_a(120_000, 600, agents, patience_s, 10))
    chain = asdict(finite_trunks(120_000, 600, agents, trunks, 10, patience_s))
    assert integral == pytest.approx(chain, rel=1e-8, abs=1e-11)


def test_overload_is_a_fluid() -> None:
    """Half the load has no agents: half give up, and all wait until half of the patience has run out."""
    performance = erlang_a(120_000, 600, 10_000, 600, 10)
    assert performance.p_abandon == pytest.approx(0.5, rel=1e-9)
    assert performance.asa_s == pytest.approx(600 * math.log(2), rel=1e-3)
    assert performance.occupancy == pytest.approx(1.0)


@pytest.mark.parametrize("agents", [20_001, 20_010, 20_200])
def test_nearly_deterministic_patience_at_scale(agents: int) -> None:
    """The queue's density is flat for minutes and then falls within a second."""
    distances = []
    for shape in (1e4, 1e6):
        nearly = impatient_queue(120_000, 600, agents, Gamma(90_000, shape), 10)
        exactly = impatient_queue(120_000, 600, agents, Deterministic(90_000), 10)
        distances.append(abs(nearly.mean_wait_s - exactly.mean_wait_s))
    assert distances[1] < 0.2 * distances[0]


def test_limits_of_square_root_staffing() -> None:
    """At 20,000 agents the exact share that waits lies at the limits."""
    for beta in (0.5, 1.0, 2.0):
        agents = square_root_agents(20_000, beta)
        exact_beta = (agents - 20_000) / math.sqrt(20_000)
        assert erlang_c(120_000, 600, agents, 10).p_wait == pytest.approx(halfin_whitt_p_wait(exact_beta), rel=0.02)
        limit = garnett_p_wait(exact_beta, 600, 180)
        assert erlang_a(120_000, 600, agents, 180, 10).p_wait == pytest.approx(limit, rel=0.02)


def test_a_nearly_certain_rate_is_the_rate() -> None:
    certain = asdict(erlang_a(601, 600, 104, 180, 10))
    assert asdict(erlang_a_uncertain_rate(601, 1e-4, 600, 104, 180, 10)) == pytest.approx(certain, rel=1e-5)


def test_staff_that_cannot_keep_up() -> None:
    performance = erlang_c(600, 600, 80, 10)
    assert (performance.p_wait, performance.sl_offered, performance.asa_s) == (1.0, 0.0, math.inf)
    assert performance.answer_rate == pytest.approx(0.8)
    assert performance.occupancy == pytest.approx(1.0)
    assert erlang_c_wait_quantile_s(600, 600, 80, 0.9) == math.inf
    assert erlang_c_wait_tail(600, 600, 80, 1e6) == 1.0


def test_the_quantile_is_where_the_tail_has_the_rest() -> None:
    wait_s = erlang_c_wait_quantile_s(200, 180, 14, 0.95)
    assert erlang_c_wait_tail(200, 180, 14, wait_s) == pytest.approx(0.05, rel=1e-12)
    assert erlang_c_wait_quantile_s(200, 180, 14, 0.5) == 0.0


@pytest.mark.parametrize(
    "arguments",
    [(0, 600, 5, 60, 10), (20, 0, 5, 60, 10), (20, 600, 0, 60, 10), (20, 600, 5, 0, 10), (20, 600, 5, 60, -1)],
    ids=str,
)
def test_arguments_that_cannot_be_meant(arguments: tuple[float, float, int, float, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        erlang_a(*arguments)
    with pytest.raises(ValueError, match="must be"):
        impatient_queue(*arguments[:3], Exponential(60_000), math.nan)


def test_fewer_trunks_than_agents() -> None:
    with pytest.raises(ValueError, match="trunks must be at least agents"):
        finite_trunks(20, 600, 5, 4, 10)
