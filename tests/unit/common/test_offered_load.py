"""Offered load against direct numerical integration and closed forms."""

import numpy as np
import pytest
from scipy import integrate

from sim.common.distributions import Deterministic, Gamma, Lognormal
from sim.common.offered_load import busy_response, mean_busy

MINUTE = 60_000.0
CELL = 30 * MINUTE
CONTACTS = np.array([0, 100, 300, 50, 0, 0, 200, 200, 0, 0, 0, 0], dtype=float)


def integrated(service, work_ms, cell):
    """m(t) averaged over one cell, by double quadrature of the definition."""
    stretch = work_ms / service.mean_ms

    def survival(t):
        return float(service.survival(np.asarray(t / stretch)))

    def busy_at(t):
        total = 0.0
        for index, contacts in enumerate(CONTACTS):
            start, end = index * CELL, min((index + 1) * CELL, t)
            if contacts and start < t:
                total += contacts / CELL * integrate.quad(lambda u: survival(t - u), start, end, limit=100)[0]
        return total

    times = (np.arange(60) + 0.5) / 60 * CELL + cell * CELL
    return np.mean([busy_at(t) for t in times])


@pytest.mark.parametrize("service", [Lognormal(10 * MINUTE, 0.8), Gamma(10 * MINUTE, 1.0), Gamma(40 * MINUTE, 0.5)])
@pytest.mark.parametrize("cell", [1, 2, 4, 6, 9])
def test_mean_busy_is_the_integral(service, cell):
    busy = mean_busy(CONTACTS, CELL, service, 12 * MINUTE)
    assert busy[cell] == pytest.approx(integrated(service, 12 * MINUTE, cell), rel=2e-3, abs=1e-4)


def test_exponential_services_follow_the_differential_equation():
    """m' = lambda - mu m, solved exactly cell by cell."""
    mean = 20 * MINUTE
    decay, busy_at_start, expected = np.exp(-CELL / mean), 0.0, []
    for contacts in CONTACTS:
        level = contacts / CELL * mean
        expected.append(level + (busy_at_start - level) * (1 - decay) * mean / CELL)
        busy_at_start = level + (busy_at_start - level) * decay
    np.testing.assert_allclose(mean_busy(CONTACTS, CELL, Gamma(mean, 1.0), mean), expected, rtol=1e-6, atol=1e-6)


def test_all_work_is_in_the_load():
    busy = mean_busy(np.append(CONTACTS, np.zeros(500)), CELL, Lognormal(10 * MINUTE, 2.0), 15 * MINUTE)
    assert busy.sum() * CELL == pytest.approx(CONTACTS.sum() * 15 * MINUTE, rel=1e-5)


def test_a_constant_rate_gives_rate_times_work():
    busy = mean_busy(np.full(100, 100.0), CELL, Deterministic(3 * MINUTE), 3 * MINUTE)
    np.testing.assert_allclose(busy[1:], 10.0, rtol=1e-9)


def test_a_long_service_reaches_over_many_cells():
    response = busy_response(Deterministic(10.25 * CELL), 10.25 * CELL, CELL, 1000)
    np.testing.assert_allclose(response[1:10], 1.0, rtol=1e-9)
    assert response.sum() == pytest.approx(10.25, rel=1e-3)
    assert busy_response(Deterministic(10 * CELL), 10 * CELL, CELL, 4).size == 5


def test_no_contacts_no_load():
    assert np.all(mean_busy(np.zeros(10), CELL, Gamma(MINUTE, 1.0), MINUTE) == 0)
