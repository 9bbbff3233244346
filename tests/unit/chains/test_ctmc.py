"""The solver, against chains whose distribution is known."""

from collections.abc import Iterator
from functools import partial
from operator import eq

import numpy as np
import pytest
from scipy.linalg import null_space

from tests.proof.chains import ctmc


def single_server(lam: float, mu: float) -> ctmc.Stationary[int]:
    def transitions(k: int) -> Iterator[tuple[int, float]]:
        yield k + 1, lam
        if k:
            yield k - 1, mu

    return ctmc.stationary(0, transitions, lambda k: (k,))


def test_single_server_is_geometric() -> None:
    found = single_server(0.8, 1.0)
    assert found.mean(lambda k: k == 0) == pytest.approx(0.2, abs=1e-11)
    assert found.mean(lambda k: k == 7) == pytest.approx(0.2 * 0.8**7, abs=1e-11)
    assert found.mean(lambda k: k) == pytest.approx(4, abs=1e-8)
    assert found.shares.sum() == pytest.approx(1)


def test_queue_is_cut_off_where_hardly_anything_is_left() -> None:
    assert 0.8 ** max(single_server(0.8, 1.0).states) < ctmc.TRUNCATED


@pytest.mark.parametrize("few_states", [0, 1_000_000], ids=["by steps", "by elimination"])
def test_any_small_chain(few_states: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctmc, "FEW_STATES", few_states)
    rates = np.random.default_rng(3).exponential(size=(12, 12))

    def transitions(i: int) -> Iterator[tuple[int, float]]:
        yield from enumerate(rates[i].tolist())

    found = ctmc.stationary(0, transitions)
    generator = rates - np.diag(rates.sum(axis=1))
    expected = null_space(generator.T)[:, 0]
    expected /= expected.sum()
    assert [found.mean(partial(eq, k)) for k in range(12)] == pytest.approx(expected, abs=1e-13)


def test_slow_mixing_of_many_states_falls_back_on_elimination(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctmc, "FEW_STATES", 0)
    monkeypatch.setattr(ctmc, "STEPS", 1_000)
    assert single_server(0.95, 1.0).mean(lambda k: k) == pytest.approx(19, rel=1e-8)


def test_states_of_tiny_probability_do_no_harm() -> None:
    """Infinitely many servers at a load of 60: the empty start has a share of exp(-60)."""

    def transitions(k: int) -> Iterator[tuple[int, float]]:
        yield k + 1, 60.0
        yield max(k - 1, 0), float(k)

    assert ctmc.stationary(0, transitions, lambda k: (k,)).mean(lambda k: k) == pytest.approx(60, rel=1e-10)


def test_unstable_queue_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctmc, "MOST_STATES", 500)
    with pytest.raises(ValueError, match="is the model stable"):
        single_server(1.1, 1.0)


def test_negative_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="the rate from 0 to 1 is -1"):
        single_server(-1.0, 1.0)


def test_chain_with_states_left_for_good_is_refused() -> None:
    with pytest.raises(ValueError, match="for good"):
        ctmc.stationary(0, lambda k: [(1, 1.0)] if k == 0 else [(2, 1.0), (1, 1.0)])
