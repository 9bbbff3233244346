"""What is backed out of offered volumes, against systems solved by hand."""

from datetime import date

import numpy as np
import pytest

from sim.centre.repeats import expected_repeats, per, stated_repeats

OFFERED = {"queues.calls.arrivals.volume_is": "offered", "queues.calls.arrivals.counted_at_answer_rate": 0.9}


def test_without_repeats_all_is_first(scenario):
    repeats = stated_repeats(scenario(OFFERED))
    assert repeats.first.tolist() == repeats.offered.tolist() == [5000]
    assert repeats.first_share.tolist() == [1]


def test_redials_in_a_row_are_bounded(scenario):
    redial = {"probability": 0.5, "after": "10 min", "attempts": 2}
    repeats = stated_repeats(scenario({**OFFERED, "queues.calls.redial": redial}))
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
    repeats = stated_repeats(scenario(values))
    assert repeats.redials[0] == pytest.approx(5000 * 0.1 * 0.4)
    assert repeats.recontacts[0] == pytest.approx(5000 * 0.9 * 0.2)
    assert repeats.first_share[0] == pytest.approx(1 - 0.04 - 0.18)


def test_patient_callers_are_all_served(scenario):
    values = {
        "queues.calls.arrivals.volume_is": "offered",
        "queues.calls.patience": "unlimited",
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day"},
    }
    assert stated_repeats(scenario(values)).recontacts[0] == pytest.approx(5000 * 0.2)


def test_recontacts_cross_queues_and_first_volumes_grow(scenario):
    """Calls are first contacts, emails are offered: two equations by hand."""
    values = {
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day", "to": {"calls": 0.5, "emails": 0.5}},
        "queues.emails.arrivals.volume_is": "offered",
        "queues.emails.recontact": {"probability": 0.3, "after": "1 day", "to": {"calls": 1}},
    }
    repeats = stated_repeats(scenario(values, emails=True))
    offered_calls = (5000 + 0.3 * 700) / (1 - 0.95 * 0.1)
    np.testing.assert_allclose(repeats.offered, [offered_calls, 700], rtol=1e-7)
    np.testing.assert_allclose(repeats.first, [5000, 700 - 0.095 * offered_calls], rtol=1e-7)
    np.testing.assert_allclose(repeats.recontacts_from, [[0.095 * offered_calls] * 2, [210, 0]], rtol=1e-7)
    np.testing.assert_allclose(repeats.first_share, [1, repeats.first[1] / 700], rtol=1e-12)


def test_transfers_are_not_offered_anew(scenario):
    """All calls are answered; 40 % are about a matter that one of two equal teams hands on."""
    values = {
        "queues.calls.patience": "unlimited",
        "queues.calls.matters": {"agenda": "60 %", "tele": "40 %"},
        "queues.calls.transfer": {"after": "3 min", "to": {"tele": "desk"}},
        "queues.desk.recontact": {"probability": 0.5, "after": "1 day", "to": {"desk": 1}},
        "teams": {
            "front": {"positions": 5, "serves": ["calls"], "skills": ["agenda"]},
            "back": {"positions": 5},
        },
    }
    repeats = stated_repeats(scenario(values, desk=True))
    assert repeats.transfers_from == pytest.approx(np.array([[0, 1000], [0, 0]]))
    assert repeats.offered == pytest.approx([5000, 1000])  # at the desk re-contacts alone: half of 2000
    assert repeats.attempts == pytest.approx([5000, 2000])


def test_teams_bring_people_back_more_or_less_often(scenario):
    values = {
        "queues.calls.patience": "unlimited",
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day"},
        "teams": {
            "one": {"positions": 30},
            "other": {"positions": 10, "serves": {"calls": {"recontact": "300 %"}}},
        },
    }
    repeats = stated_repeats(scenario(values))
    assert repeats.offered[0] == pytest.approx(5000 / (1 - (0.2 * 30 + 0.6 * 10) / 40))


def test_deflection_and_pressure_come_on_top_of_what_is_stated(scenario):
    values = {
        "queues.calls.patience": "unlimited",
        "queues.calls.arrivals.volume_is": "offered",
        "queues.calls.recontact": {"probability": 0.2, "after": "1 day"},
        "queues.calls.pressure": {"handle_time": "-20 %", "elasticity": 1},
        "queues.calls.deflection": {"share": [{"from": "2027-01-11", "share": "10 %"}], "fails": "20 %"},
    }
    model = scenario(values)
    assert stated_repeats(model).offered == pytest.approx([5000])
    before, after = (expected_repeats(model, date(2027, 1, day)) for day in (10, 11))
    assert before.first == pytest.approx([4000])
    assert after.first == pytest.approx([4000])
    assert before.offered == pytest.approx([4000 / 0.75])
    assert after.offered == pytest.approx([4000 * 0.92 / 0.75])


def test_per_divides_where_it_can():
    assert per(np.array([1.0, 3.0]), np.array([0.0, 2.0])).tolist() == [0, 1.5]
    assert per(np.ones((2, 2)), np.array([[0.0], [4.0]]), otherwise=1.0).tolist() == [[1, 1], [0.25, 0.25]]
