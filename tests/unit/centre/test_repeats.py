"""What is backed out of offered volumes, against systems solved by hand."""

import numpy as np
import pytest

from sim.centre.repeats import predicted_repeats

OFFERED = {"queues.calls.arrivals.volume_is": "offered", "queues.calls.arrivals.counted_at_answer_rate": 0.9}


def test_without_repeats_all_is_first(scenario):
    repeats = predicted_repeats(scenario(OFFERED))
    assert repeats.first.tolist() == repeats.offered.tolist() == [5000]
    assert repeats.first_share.tolist() == [1]


def test_redials_in_a_row_are_bounded(scenario):
    redial = {"probability": 0.5, "after": "10 min", "attempts": 2}
    repeats = predicted_repeats(scenario({**OFFERED, "queues.calls.redial": redial}))
    per_first = 1 + 0.05 + 0.05**2
    assert repeats.first[0] == pytest.approx(5000 / per_first)
    assert repeats.redials[0] == pytest.approx(5000 - 5000 / per_first)
    assert repeats.recontacts[0] == pytest.approx(0, abs=1e-9)
    assert repeats.offered[0] == pytest.approx(5000)


def test_redials_and_recontacts_of_one_queue(scenario):
    values = {
        **OFFERED,
        "queues.calls.redial": {"probability": 0.4, "after": "10 min", "attempts": "unlimited"},
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day"},
    }
    repeats = predicted_repeats(scenario(values))
    assert repeats.redials[0] == pytest.approx(5000 * 0.1 * 0.4)
    assert repeats.recontacts[0] == pytest.approx(5000 * 0.9 * 0.2)
    assert repeats.first_share[0] == pytest.approx(1 - 0.04 - 0.18)


def test_patient_callers_are_all_served(scenario):
    values = {
        "queues.calls.arrivals.volume_is": "offered",
        "queues.calls.patience": "unlimited",
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day"},
    }
    assert predicted_repeats(scenario(values)).recontacts[0] == pytest.approx(5000 * 0.2)


def test_recontacts_cross_queues_and_first_volumes_grow(scenario):
    """Calls are first contacts, emails are offered: two equations by hand."""
    values = {
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day", "to": {"calls": 0.5, "emails": 0.5}},
        "queues.emails.arrivals.volume_is": "offered",
        "queues.emails.recontact": {"probability": 0.3, "after": "1 day", "to": {"calls": 1}},
    }
    repeats = predicted_repeats(scenario(values, emails=True))
    offered_calls = (5000 + 0.3 * 700) / (1 - 0.95 * 0.1)
    np.testing.assert_allclose(repeats.offered, [offered_calls, 700], rtol=1e-7)
    np.testing.assert_allclose(repeats.first, [5000, 700 - 0.095 * offered_calls], rtol=1e-7)
    np.testing.assert_allclose(repeats.recontacts_from, [[0.095 * offered_calls] * 2, [210, 0]], rtol=1e-7)
    np.testing.assert_allclose(repeats.first_share, [1, repeats.first[1] / 700], rtol=1e-12)
