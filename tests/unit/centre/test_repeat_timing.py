"""What an offered volume leaves to first contacts, against cases solved by hand and against simulation."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from scipy import stats

from sim.centre.compile import compile_centre
from sim.centre.repeat_flow import CELL_MS, CELLS_PER_DAY, week_of_delays
from sim.centre.results import LATE_EMAIL
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
    assert week.sum() == pytest.approx(4000, rel=1e-9)


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
    """Nine in ten are answered, the others redial once, after an hour: 1/11 of what is offered.

    None comes in a day's first hour; the last hour's are lost, and don't count in the week.
    """
    values = {
        "queues.calls.arrivals": {"per_week": 5000, "volume_is": "offered", "counted_at_answer_rate": 0.9},
        "queues.calls.redial": {"probability": 1, "after": fixed("1 h"), "attempts": 1},
    }
    week = first_contacts(scenario(values))
    np.testing.assert_allclose(week[:5, 8:18], [[100] + [100 * 10 / 11] * 9] * 5, rtol=1e-6)


def test_emails_are_answered_when_the_team_is_there(scenario):
    """Two emails an hour, a tenth of which becomes a call two hours after it was taken up.

    Those of the night (14 h, the weekend's 62 h) are taken up at 8 h and all call at 10 h; those of 16 to 18 h call
    when nobody is there, and so on the next day.
    """
    values = {
        "queues.calls.arrivals.volume_is": "offered",
        "queues.emails.arrivals.per_week": 336,
        "queues.emails.handle_time": fixed("1 h"),
        "queues.emails.recontact": {"probability": 0.1, "after": fixed("1 h"), "to": {"calls": 1}},
    }
    week = first_contacts(scenario(values, emails=True))
    for day, night in ((0, 12.4), (1, 2.8), (4, 2.8)):
        left = np.array([100, 100, 99.8 - night] + [99.8] * 7)
        np.testing.assert_allclose(week[day, 8:18], left * (1 - 0.4 / left.sum()), rtol=1e-5)


def test_emails_that_are_taken_at_some_hours_come_back_after_these(scenario):
    """Two emails an hour, taken up from 14 to 15 h alone: a day's 48 (Monday's 144), a tenth of which calls.

    Those who came before 14 h all call at 16 h, those of the hour itself an hour after theirs: from 16 to 17 h.
    """
    values = {
        "queues.calls.arrivals.volume_is": "offered",
        "queues.emails.arrivals.per_week": 336,
        "queues.emails.handle_time": fixed("1 h"),
        "queues.emails.recontact": {"probability": 0.1, "after": fixed("1 h"), "to": {"calls": 1}},
        "teams.advisers.serves": {"calls": {}, "emails": {"hours": {"mon-fri": "14:00-15:00"}}},
    }
    week = first_contacts(scenario(values, emails=True))
    for day, emails in ((0, 14.4), (1, 4.8), (4, 4.8)):
        np.testing.assert_allclose(np.delete(week[day, 8:18], 8), 100, rtol=1e-5)
        assert week[day, 16] == pytest.approx(100 - emails, rel=1e-5)


def test_recontacts_follow_transfers(scenario):
    """All calls are handed on after an hour; a fifth calls again 22 h after an hour at the desk: at the same time."""
    values = {
        **CALLS,
        "queues.calls.arrivals.days": {"mon": 30, "tue": 20, "wed": 20, "thu": 20, "fri": 10},
        "queues.calls.patience": "unlimited",
        "queues.calls.matters": {"tele": "100 %", "agenda": "0 %"},
        "queues.calls.transfer": {"after": fixed("1 h"), "to": {"tele": "desk"}},
        "queues.desk.handle_time": fixed("1 h"),
        "queues.desk.recontact": {"probability": 0.2, "after": fixed("22 h"), "to": {"calls": 1}},
        "teams": {
            "front": {"positions": 9, "serves": ["calls"], "skills": ["agenda"]},
            "back": {"positions": 9, "serves": ["desk"]},
        },
    }
    week = first_contacts(scenario(values, desk=True)).sum(axis=1)
    by_hand = [1500 - 100, 1000 - 300, 1000 - 200, 1000 - 200, 500 - 200, 0, 0]
    np.testing.assert_allclose(week, by_hand, rtol=1e-5)


def test_where_repeats_exceed_the_volume_nothing_is_left(scenario):
    """Ten of Friday's calls come back on a Saturday of one; the others shrink, so that the week's total holds."""
    days = {"mon": 10, "tue": 10, "wed": 10, "thu": 19, "fri": 50, "sat": 1}
    values = {**CALLS, **comes_back("23 h"), "calendar.open": {"mon-sat": "08:00-18:00"}}
    values |= {"queues.calls.arrivals.days": days, "queues.calls.arrivals.per_week": 10_000}
    week = first_contacts(scenario(values)).sum(axis=1)
    assert week[5] == 0
    assert week.sum() == pytest.approx(8000)
    offered = week
    for _ in range(30):  # a fifth of each day's calls comes back on the next open one
        offered = week + 0.2 * np.array([offered[5], *offered[:5], 0])
    room = np.array([1000, 1000, 1000, 1900, 5000]) - 0.2 * offered[[5, 0, 1, 2, 3]]
    np.testing.assert_allclose(week[:5], 8000 * room / room.sum(), rtol=1e-5)
    arrivals = compile_centre(scenario(values)).staffed().engine.arrivals
    saturday = arrivals.shape_of[0, 5]
    rows = slice(arrivals.offset[saturday], arrivals.offset[saturday + 1])
    assert arrivals.cumulative[rows].tolist() == [0, 1]  # as stated: what is moved there spreads by it


def test_volumes_by_date_are_thinned_by_weekday(scenario):
    """The second week is twice the first; each keeps what an ordinary one keeps."""
    monday = datetime(2027, 1, 4)
    weights = (150, 100, 100, 100, 50)
    rows = tuple(
        (monday + timedelta(days=7 * week + day, hours=8, minutes=30 * part), weight / 2 * (week + 1))
        for week in range(2)
        for day, weight in enumerate(weights)
        for part in range(20)
    )
    values = {**CALLS, **comes_back("23 h")}
    values["queues.calls.arrivals"] = {"file": VolumeTable(rows, "volumes.csv"), "counted_at_answer_rate": 1.0}
    plan = compile_centre(scenario(values))
    first = plan.forecast.days.index(plan.window.start_day)
    week, next_week = plan.forecast.first[0, first : first + 14].reshape(2, 7)
    np.testing.assert_allclose(week, [1400, 700, 800, 800, 300, 0, 0], rtol=1e-5)
    np.testing.assert_allclose(next_week, 2 * week)


def test_a_closed_day_has_the_share_of_the_closed_time(scenario):
    values = {
        "calendar.closed": ["2027-01-13"],
        "queues.calls.recontact": {"probability": 0.1, "within": "7 days", "to": {"emails": 1}},
        "queues.emails.arrivals": {"per_week": 2000, "volume_is": "offered", "out_of_hours": 0.4},
    }
    plan = compile_centre(scenario(values, emails=True))
    week = first_contacts(scenario(values, emails=True), queue=1)
    is_open = np.zeros(week.shape, np.bool_)
    is_open[:5, 8:18] = True
    holiday = plan.forecast.days.index(datetime(2027, 1, 13).toordinal())
    assert plan.forecast.first[1, holiday] == pytest.approx(24 * week[~is_open].mean())
    assert week[~is_open].sum() / 800 < 0.9 * week[is_open].sum() / 1200


# --- what stays as it was -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("volume_is", ["first", "offered"])
def test_only_offered_volumes_that_hold_repeats_change(scenario, volume_is):
    """First contacts of calls are as stated if the file states them, or if all calls come back by email."""
    comes_to = {"calls": 0.5, "emails": 0.5} if volume_is == "first" else {"emails": 1}
    values = {
        "queues.calls.arrivals.volume_is": volume_is,
        "queues.calls.recontact": {"probability": 0.1, "after": "1 day", "to": comes_to},
        "queues.emails.arrivals.volume_is": "offered",
    }
    (calls, emails), (plain_calls, plain_emails) = (
        compile_centre(scenario({"warm_up": "1 week", **given}, emails=True)).forecast.volumes.first
        for given in (values, {})
    )
    np.testing.assert_array_equal(calls.expected, plain_calls.expected)
    for found, expected in zip(calls.shapes, plain_calls.shapes, strict=True):
        np.testing.assert_array_equal(found.edge_ms, expected.edge_ms)
        np.testing.assert_array_equal(found.cumulative, expected.cumulative)
    assert emails.expected.sum() < plain_emails.expected.sum()


def test_the_load_of_an_offered_volume_has_its_timing(scenario):
    """The same calls bring the same work at the same time, whether first contacts or not."""
    offered = compile_centre(scenario({**CALLS, **comes_back("23 h"), "warm_up": "1 week"})).offered_load()
    plain = compile_centre(scenario({**CALLS, "warm_up": "1 week"})).offered_load()
    np.testing.assert_allclose(offered, plain)


# --- delays -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delay_ms", "shares"),
    [
        (0.0, {0: 1.0}),
        (CELL_MS / 4, {0: 0.75, 1: 0.25}),
        (2.5 * CELL_MS, {2: 0.5, 3: 0.5}),
        (WEEK_MS + 3.0 * CELL_MS, {3: 1.0}),
        (WEEK_MS - CELL_MS / 2, {WEEK_DAYS * CELLS_PER_DAY - 1: 0.5, 0: 0.5}),
    ],
)
def test_a_fixed_delay_hits_at_most_two_cells(delay_ms, shares):
    expected = np.zeros(WEEK_DAYS * CELLS_PER_DAY)
    expected[list(shares)] = list(shares.values())
    np.testing.assert_allclose(week_of_delays(Deterministic(delay_ms)), expected, atol=1e-9)


def test_an_exponential_delay_against_its_integral():
    """P(D + U < 1) = 1 - (1 - exp(-r)) / r in cells; each later cell has exp(-r) of the one before, week after week."""
    rate = 1 / 40
    lost = 1 - np.exp(-rate)
    cells = WEEK_DAYS * CELLS_PER_DAY
    later = lost**2 / rate * np.exp(-rate * np.arange(3 * cells - 1))
    whole = np.concatenate([[1 - lost / rate], later]).reshape(3, cells).sum(axis=0)
    np.testing.assert_allclose(week_of_delays(Gamma(40.0 * CELL_MS, 1.0)), whole, atol=1e-8)


@pytest.mark.parametrize("delay", [Gamma(1000.0 * WEEK_MS, 1.0), Truncated(Gamma(3.0 * WEEK_MS, 2.0), 5.5 * WEEK_MS)])
def test_nothing_of_a_long_delay_is_lost(delay):
    shares = week_of_delays(delay)
    assert shares.sum() == pytest.approx(1)
    assert shares.min() > -1e-12


# --- simulated ----------------------------------------------------------------------------------------------------

WEEKS, REPLICATIONS = 8, 80
FAMILY_ERROR = 0.001

DAY_SHARES = np.array([23, 20, 18, 18, 17, 4]) / 100
HALF_HOURS = np.array([2.5, 2.5, 6, 6, 6, 6, 5, 5, *[2.5] * 4, *[3] * 10, 2, 2]) / 83

CARE = {
    "horizon": f"{WEEKS} weeks",
    "calendar.open": {"mon-fri": "08:00-20:00", "sat": "09:00-13:00"},
    "queues.calls.arrivals": {
        "per_week": 8000,
        "volume_is": "offered",
        "counted_at_answer_rate": 1.0,
        "days": dict(zip(["mon", "tue", "wed", "thu", "fri", "sat"], DAY_SHARES.tolist(), strict=True)),
        "profile": {"08:00": 5, "09:00": 12, "10:00": 12, "11:00": 10, "12:00": 5, "14:00": 6, "19:00": 4},
    },
    "queues.calls.redial": {"probability": 0.5, "after": "10 min"},
    "queues.calls.recontact": {"probability": 0.12, "within": "7 days", "to": {"calls": 0.8, "emails": 0.2}},
    "queues.emails.arrivals": {"per_week": 4000, "volume_is": "offered", "out_of_hours": 0.4},
    "queues.emails.recontact": {"probability": 0.3, "within": "5 days", "to": {"calls": 0.5, "emails": 0.5}},
    "teams.advisers": {"positions": 200},
}


def assert_near(found, stated, tolerance):
    """The means over replications, (replications, n), within their intervals and the tolerance of what was stated.

    All at once with an error of FAMILY_ERROR (Bonferroni). The intervals are themselves narrower than the tolerance.
    """
    quantile = stats.t.ppf(1 - FAMILY_ERROR / (2 * stated.size), len(found) - 1)
    half_width = quantile * found.std(axis=0, ddof=1) / np.sqrt(len(found))
    assert np.all(half_width < tolerance * stated)
    assert np.all(np.abs(found.mean(axis=0) - stated) < half_width + tolerance * stated)


def test_the_simulated_week_is_the_files(scenario):
    """Weekdays to 1 %, Saturday included; Monday's half hours to 4 %."""
    plan = compile_centre(scenario(CARE, emails=True))
    counts = [
        run.counts.contacts[:, :, : LATE_EMAIL + 1].sum(axis=2)
        for run in simulate(plan.staffed(), 1, range(REPLICATIONS))
    ]
    calls, emails = np.array(counts).reshape(REPLICATIONS, 2, WEEKS, WEEK_DAYS, 48).mean(axis=2).swapaxes(0, 1)
    assert_near(calls.sum(axis=2)[:, :6], 8000 * DAY_SHARES, 0.01)
    assert_near(calls[:, 0, 16:40], 1840 * HALF_HOURS, 0.04)
    open_hours = np.array([12, 12, 12, 12, 12, 4, 0])
    assert_near(emails.sum(axis=2), 4000 * (0.6 * open_hours / 64 + 0.4 * (24 - open_hours) / 104), 0.01)
