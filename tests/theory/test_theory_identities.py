"""Laws that hold for any parameters, and a few numbers found by another method."""

import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from analysis.theory import (
    Balking,
    Duration,
    Exponential,
    erlang_a,
    erlang_b,
    erlang_c,
    finite_trunks,
    garnett_beta,
    garnett_p_wait,
    halfin_whitt_beta,
    halfin_whitt_p_wait,
    impatient_queue,
    priority_mean_waits_s,
)
from sim.common.distributions import Deterministic, Gamma, Hyperexponential, Lognormal, Weibull

any_setting = settings(derandomize=True, deadline=None, max_examples=60)

arrivals = st.floats(1.0, 5000.0)
handle_times_s = st.floats(30.0, 1500.0)
thresholds_s = st.floats(0.0, 300.0)
means_s = st.floats(5.0, 2000.0)
means_ms = st.floats(5e3, 2e6)
patiences = st.one_of(
    st.builds(Exponential, means_ms),
    st.builds(Deterministic, means_ms),
    st.builds(Gamma, means_ms, st.floats(0.3, 40.0)),
    st.builds(Weibull, means_ms, st.floats(0.5, 5.0)),
    st.builds(Lognormal, means_ms, st.floats(0.1, 3.0)),
    st.builds(Balking, st.floats(0.0, 0.5), st.builds(Exponential, means_ms)),
    st.builds(Hyperexponential, st.floats(0.01, 0.99), means_ms, means_ms),
)


def agents_near(arrivals_per_hour: float, handle_time_s: float, staffing_ratio: float) -> int:
    return max(1, round(arrivals_per_hour * handle_time_s / 3600 * staffing_ratio))


@any_setting
@given(arrivals, handle_times_s, st.floats(0.3, 2.0), means_s, thresholds_s)
def test_those_who_give_up_are_those_whose_patience_ends_in_the_queue(
    arrivals_per_hour: float, handle_time_s: float, ratio: float, patience_s: float, threshold_s: float
) -> None:
    """Erlang A: arrivals x p_abandon = queue length / mean patience."""
    agents = agents_near(arrivals_per_hour, handle_time_s, ratio)
    performance = erlang_a(arrivals_per_hour, handle_time_s, agents, patience_s, threshold_s)
    abandoned_per_s = arrivals_per_hour / 3600 * performance.p_abandon
    assert abandoned_per_s == pytest.approx(performance.queue_length / patience_s, rel=1e-9, abs=1e-15)


@any_setting
@given(arrivals, handle_times_s, st.floats(0.3, 2.0), patiences, thresholds_s)
def test_contacts_are_conserved(
    arrivals_per_hour: float, handle_time_s: float, ratio: float, patience: Duration, threshold_s: float
) -> None:
    agents = agents_near(arrivals_per_hour, handle_time_s, ratio)
    p = impatient_queue(arrivals_per_hour, handle_time_s, agents, patience, threshold_s)
    assert p.answer_rate + p.p_abandon == pytest.approx(1)
    assert p.sl_abandons_met - p.sl_offered + p.p_abandon_after == pytest.approx(p.p_abandon, rel=1e-9, abs=1e-12)
    assert p.sl_answered * p.answer_rate == pytest.approx(p.sl_offered, rel=1e-9, abs=1e-12)
    assert p.queue_length == pytest.approx(arrivals_per_hour / 3600 * p.mean_wait_s)

    # Little's law for the busy agents: while not all are busy their number is a truncated Poisson variable.
    load = arrivals_per_hour * handle_time_s / 3600
    busy_if_not_all = load * (1 - erlang_b(load, agents - 1))
    busy = (1 - p.p_wait) * busy_if_not_all + p.p_wait * agents
    assert load * p.answer_rate == pytest.approx(busy, rel=1e-9)


@any_setting
@given(arrivals, handle_times_s, st.floats(0.3, 2.0), patiences, thresholds_s)
def test_one_agent_more_never_harms(
    arrivals_per_hour: float, handle_time_s: float, ratio: float, patience: Duration, threshold_s: float
) -> None:
    """What the search for the fewest agents stands on."""
    agents = agents_near(arrivals_per_hour, handle_time_s, ratio)
    fewer, more = (
        impatient_queue(arrivals_per_hour, handle_time_s, n, patience, threshold_s) for n in (agents, agents + 1)
    )
    for name in ("answer_rate", "sl_offered", "sl_excl_short", "sl_abandons_met", "sl_answered"):
        assert getattr(more, name) >= getattr(fewer, name) - 1e-11, name


@any_setting
@given(arrivals, handle_times_s, st.floats(0.5, 1.5), st.integers(0, 200), means_s, thresholds_s)
def test_trunks_conserve_contacts(
    arrivals_per_hour: float, handle_time_s: float, ratio: float, places: int, patience_s: float, threshold_s: float
) -> None:
    agents = agents_near(arrivals_per_hour, handle_time_s, ratio)
    p = finite_trunks(arrivals_per_hour, handle_time_s, agents, agents + places, threshold_s, patience_s)
    assert p.answer_rate + p.p_abandon + p.p_block == pytest.approx(1)
    abandoned_per_s = arrivals_per_hour / 3600 * p.p_abandon
    assert abandoned_per_s == pytest.approx(p.queue_length / patience_s, rel=1e-9, abs=1e-15)
    assert p.sl_abandons_met - p.sl_offered + p.p_abandon_after == pytest.approx(p.p_abandon, rel=1e-9, abs=1e-12)


def test_trunks_enough_for_all_are_erlang_c() -> None:
    assert asdict(finite_trunks(412, 517, 66, 3000, 10)) == pytest.approx(asdict(erlang_c(412, 517, 66, 10)), rel=1e-9)


def test_priorities_only_redistribute_the_wait() -> None:
    rates = [120.0, 60.0, 90.0]
    waits_s = priority_mean_waits_s(rates, 600, 50)
    fifo = erlang_c(sum(rates), 600, 50, 10).asa_s
    assert np.dot(rates, waits_s) / sum(rates) == pytest.approx(fifo, rel=1e-12)
    assert waits_s[0] < waits_s[1] < waits_s[2]


def test_priorities_where_the_last_class_starves() -> None:
    urgent_s, other_s = priority_mean_waits_s([240.0, 120.0], 600, 50)
    assert other_s == math.inf
    assert urgent_s == pytest.approx(600 / 50 / (1 - 40 / 50))


@pytest.mark.parametrize("p_wait", [1e-6, 0.05, 0.5, 0.95])
def test_beta_is_the_inverse(p_wait: float) -> None:
    assert halfin_whitt_p_wait(halfin_whitt_beta(p_wait)) == pytest.approx(p_wait, rel=1e-12)
    for patience_s in (1.0, 600.0, 1e6):
        assert garnett_p_wait(garnett_beta(p_wait, 600, patience_s), 600, patience_s) == pytest.approx(p_wait, rel=1e-9)


# --- other methods ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arrivals_per_hour", "handle_time_s", "agents", "patience_s", "threshold_s"),
    [(23, 600, 5, 60, 10), (40, 600, 5, 200, 30), (137, 417, 17, 233, 30)],
)
def test_erlang_a_by_dense_matrices(
    arrivals_per_hour: float, handle_time_s: float, agents: int, patience_s: float, threshold_s: float
) -> None:
    """The number present solved as linear equations; the wait as the exponential of a caller's own chain."""
    arrive, serve, give_up = arrivals_per_hour / 3600, 1 / handle_time_s, 1 / patience_s
    places = 80
    states = agents + places + 1
    busy = np.minimum(np.arange(states), agents)
    queued = np.arange(states) - busy
    generator = np.diag(np.full(states - 1, arrive), 1) + np.diag((busy * serve + queued * give_up)[1:], -1)
    generator -= np.diag(generator.sum(axis=1))
    equations = np.vstack([generator.T, np.ones(states)])
    present = np.linalg.lstsq(equations, np.append(np.zeros(states), 1.0), rcond=None)[0]

    # A waiting caller's own chain: k others ahead (states 0 ... places - 1), then served, then gone.
    served, gone = places, places + 1
    own = np.zeros((places + 2, places + 2))
    for ahead in range(places):
        own[ahead, ahead - 1 if ahead else served] = agents * serve + ahead * give_up
        own[ahead, gone] = give_up
        own[ahead, ahead] = -own[ahead].sum()
    after_threshold, in_the_end = (expm(own * t)[:places] for t in (threshold_s, 1e6))
    finds = present[agents : agents + places]
    at_once = present[:agents].sum()

    performance = erlang_a(arrivals_per_hour, handle_time_s, agents, patience_s, threshold_s)
    assert performance.p_wait == pytest.approx(finds.sum(), rel=1e-10)
    assert performance.sl_offered == pytest.approx(at_once + finds @ after_threshold[:, served], rel=1e-10)
    assert performance.p_abandon == pytest.approx(finds @ in_the_end[:, gone], rel=1e-9)
    assert performance.sl_abandons_met == pytest.approx(
        at_once + finds @ after_threshold[:, [served, gone]].sum(axis=1), rel=1e-10
    )
    assert performance.queue_length == pytest.approx(present @ queued, rel=1e-10)
    assert performance.occupancy == pytest.approx(present @ busy / agents, rel=1e-10)


def test_deterministic_patience_by_level_crossing() -> None:
    """One agent: the density f of its unfinished work is marched out on a grid.

    A level x is crossed upwards by the callers who stay (work u <= patience found, more than x - u brought) as often as
    downwards: f(x) = rate * (P0 * P(S > x) + integral over u < x, u <= patience, of f(u) * P(S > x - u)).
    """
    arrivals_per_hour, handle_time_s, patience_s = 12.0, 240.0, 180.0
    rate, step_s = arrivals_per_hour / 3600, 0.05
    work_s = np.arange(0.0, 6000.0, step_s)
    half_weight = rate * step_s / 2 * (work_s <= patience_s)  # trapezoid rule, its new end point solved for
    decay = math.exp(-step_s / handle_time_s)
    density = np.empty_like(work_s)  # over P0
    density[0] = rate
    for i in range(1, work_s.size):
        density[i] = decay * density[i - 1] * (1 + half_weight[i - 1]) / (1 - half_weight[i])
    idle = 1 / (1 + np.trapezoid(density, dx=step_s))
    p_abandon = idle * np.trapezoid(density[work_s >= patience_s], dx=step_s)

    performance = impatient_queue(arrivals_per_hour, handle_time_s, 1, Deterministic(1000 * patience_s), 30)
    assert performance.p_wait == pytest.approx(1 - idle, rel=1e-3)
    assert performance.p_abandon == pytest.approx(p_abandon, rel=1e-3)


@pytest.mark.parametrize("patience_ms", [4096.0, 8181.0, 8191.9, 8192.0, 8192.1, 90_000.0, 131_071.9])
@pytest.mark.parametrize(("arrivals_per_hour", "agents"), [(1, 1), (30, 1), (30, 6), (333, 57), (120_000, 20_010)])
def test_a_jump_is_found_wherever_it_lies(arrivals_per_hour: float, agents: int, patience_ms: float) -> None:
    """Deterministic patience d has its integrals in closed form: the density is exponential up to d and after it."""
    arrive, finish = arrivals_per_hour / 3_600_000, agents / 600_000
    growth = arrive - finish
    staying = arrive * math.expm1(growth * patience_ms) / growth
    leaving = math.exp(growth * patience_ms) * arrive / finish
    total = 1 / erlang_b(arrivals_per_hour / 6, agents - 1) + staying + leaving

    performance = impatient_queue(arrivals_per_hour, 600, agents, Deterministic(patience_ms), 5)
    assert performance.p_abandon == pytest.approx(leaving / total, rel=1e-9, abs=2e-11)
    assert performance.p_wait == pytest.approx((staying + leaving) / total, rel=1e-9, abs=2e-11)
