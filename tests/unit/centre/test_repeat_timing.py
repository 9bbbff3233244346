"""What an offered volume leaves to first contacts, against cases solved by hand and against simulation."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from scipy import stats

from sim.centre.compile import compile_centre
from sim.centre.contract import OFFERED_REASONS
from sim.centre.repeat_timing import CELL_MS, CELLS_PER_DAY, week_of_delays
from sim.centre.simulate import simulate
from sim.common.calendar import WEEK_DAYS
from sim.common.distributions import Deterministic, Gamma, Truncated
from sim.scenario.tables import VolumeTable

HOURS = 24
WEEK_MS = WEEK_DAYS * CELLS_PER_DAY * CELL_MS


def fixed(text):
    return {"distribution": "deterministic", "mean": text}


CALLS = {
    "queues.calls.arrivals.volume_is": "offered",
    "queues.calls.arrivals.counted_at_answer_rate": 1.0,
    "queues.calls.handle_time": fixed("1 h"),
}


def first_contacts(scenario, queue=0):
    """First contacts of an ordinary week by weekday and hour, (7, 24): the plain scenario's second of four or more."""
    plan = compile_centre(scenario)
    return plan.forecast.volumes.first[queue].by_slot(HOURS)[WEEK_DAYS : 2 * WEEK_DAYS]


def comes_back(after, share=0.2):
    """Re-contact of that share, this long after the call began: handling takes its first hour."""
    return {"queues.calls.recontact": {"probability": share, "after": fixed(after)}}


# --- by hand ------------------------------------------------------------------------------------------------------


def test_recontacts_a_day_later_are_those_of_the_day_before(scenario):
    """A fifth of each day comes back at the same time of the next; Friday's on Monday, at any time of it."""
    days = {"mon": 30, "tue": 20, "wed": 20, "thu": 20, "fri": 10}
    week = first_contacts(scenario({**CALLS, **comes_back("23 h"), "queues.calls.arrivals.days": days}))
    by_hand = [1500 - 100, 1000 - 300, 1000 - 200, 1000 - 200, 500 - 200, 0, 0]
    np.testing.assert_allclose(week.sum(axis=1), by_hand, rtol=1e-5)
    np.testing.assert_allclose(week[0, 8:18], 140, rtol=1e-5)
    assert week[:, :8].max() == week[:, 18:].max() == 0


def test_moved_recontacts_spread_as_first_contacts_do(scenario):
    """Of 100 calls an hour a fifth comes back after 7 h: 20 an hour from 15 h on, and 140 on the next day.

    With m of the 140 moved to every hour and f first ones in it, m = 140 f / 800: f is 100 / 1.175 until 15 h,
    80 / 1.175 from then on.
    """
    values = {**CALLS, **comes_back("6 h"), "calendar.open": {"every day": "08:00-18:00"}}
    week = first_contacts(scenario({**values, "queues.calls.arrivals.per_week": 7000}))
    by_hand = [0.0] * 8 + [100 / 1.175] * 7 + [80 / 1.175] * 3 + [0.0] * 6
    np.testing.assert_allclose(week, [by_hand] * 7, rtol=1e-5)


def test_after_a_lunch_break_they_spread_over_what_is_left_of_the_day(scenario):
    """Open 8-12 and 13-17 h; half the calls come back after 3 h.

    Of the morning's a quarter falls due in the morning (11 h), a quarter at 12 h, and half in the afternoon. Those of
    12 h spread over the afternoon; those of 14 h on spread over the next day.
    """
    values = {
        **CALLS,
        **comes_back("2 h", share=0.5),
        "calendar.open": {"every day": ["08:00-12:00", "13:00-17:00"]},
        "queues.calls.arrivals.per_week": 56 * 100,
    }
    week = first_contacts(scenario(values))[2]
    in_time = np.zeros(HOURS)
    in_time[[11, 13, 14, 16]] = 50  # from 8, 10, 11 and 13 h
    stated = np.zeros(HOURS)
    stated[[8, 9, 10, 11, 13, 14, 15, 16]] = 100
    next_day, noon = 3 * 50, 50
    moved = next_day * week / week.sum() + noon * np.where(np.arange(HOURS) > 12, week, 0) / week[13:].sum()
    np.testing.assert_allclose(week + moved + in_time, stated, rtol=1e-5, atol=1e-3)


def test_redials_come_after_their_delay_and_not_after_closing(scenario):
    """Nine in ten are answered, the others redial once, an hour later: none in a day's first hour, the last's lost."""
    values = {
        "queues.calls.arrivals": {"per_week": 5000, "volume_is": "offered", "counted_at_answer_rate": 0.9},
        "queues.calls.redial": {"probability": 1, "after": fixed("1 h"), "attempts": 1},
    }
    week = first_contacts(scenario(values))
    per_day = np.array([100] + [100 * (1 - 0.1 / 1.1)] * 9)
    np.testing.assert_allclose(week[:5, 8:18], [per_day * (1000 / 1.1 / per_day.sum())] * 5, rtol=1e-5)


def test_emails_come_back_at_any_time_and_are_answered_when_the_team_is_there(scenario):
    """Calls are replied to by email 12 h after they began, a tenth of them: in the night too.

    Emails of the weekend are answered on Monday at 8; half of them come back after 12 h: on Monday at 20 h.
    """
    values = {
        "queues.calls.recontact": {"probability": 0.1, "after": fixed("11 h"), "to": {"emails": 1}},
        "queues.calls.handle_time": fixed("1 h"),
        "queues.calls.patience": "unlimited",
        "queues.emails.arrivals": {"per_week": 7 * 24 * 60, "volume_is": "offered"},
        "queues.emails.handle_time": fixed("1 h"),
        "queues.emails.recontact": {"probability": 0.5, "after": fixed("11 h")},
    }
    week = first_contacts(scenario(values, emails=True), queue=1)
    in_turn = np.where((np.arange(HOURS) >= 20) | (np.arange(HOURS) < 6), 0.1 * 100 + 0.5 * 60, 0)
    overnight = 0.5 * 60 * 14
    assert overnight > 60  # more than the file leaves room for: the next test's subject
    calm = [0, 1, 2, 3, 4, 5, 21, 22, 23]
    quiet = [7, 9, 12, 15, 18, 19]
    rest = week[2, quiet].mean()
    np.testing.assert_allclose(week[2, quiet], rest, rtol=1e-4)
    np.testing.assert_allclose(week[2, calm] / rest, (60 - in_turn[calm]) / 60, rtol=1e-4)
