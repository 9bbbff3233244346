"""Repeats as they follow first contacts, against cases solved by hand and against simulation."""

import numpy as np
import pytest
from scipy import stats

from sim.centre.compile import compile_centre
from sim.centre.results import LATE_EMAIL
from sim.centre.simulate import simulate
from sim.common.calendar import WEEK_DAYS

HOURS = 24


def fixed(text):
    return {"distribution": "deterministic", "mean": text}


def offered(scenario, queue=0):
    """What is offered by week, weekday and hour of the horizon, (2, 7, 24)."""
    plan = compile_centre(scenario)
    first = plan.forecast.days.index(plan.window.start_day)
    by_day = plan.forecast.volumes.offered(queue, HOURS).reshape(-1, HOURS)
    return by_day[first : first + 14].reshape(2, WEEK_DAYS, HOURS)


CALLS = {"queues.calls.patience": "unlimited", "queues.calls.handle_time": fixed("1 h"), "warm_up": "1 week"}


def comes_back(after, share=0.2):
    return {"queues.calls.recontact": {"probability": share, "after": fixed(after)}}


# --- by hand ------------------------------------------------------------------------------------------------------


def test_recontacts_come_a_day_later(scenario):
    """A fifth of each day's calls comes back at the same time of the next, Saturday's on Monday at any time of it."""
    days = {"mon": 30, "tue": 20, "wed": 20, "thu": 20, "fri": 8, "sat": 2}
    values = {**CALLS, **comes_back("23 h"), "queues.calls.arrivals.days": days}
    values["calendar.open"] = {"mon-sat": "08:00-18:00"}
    week = offered(scenario(values))[0]
    first = np.array([1500, 1000, 1000, 1000, 400, 100])
    follows = np.linalg.solve(np.eye(6) - 0.2 * np.roll(np.eye(6), 1, axis=0), first)
    np.testing.assert_allclose(week.sum(axis=1)[:6], follows, rtol=1e-5)
    assert week[5].sum() > 1.8 * first[5]
    np.testing.assert_allclose(week[:6, 8:18], np.repeat(follows[:, np.newaxis] / 10, 10, axis=1), rtol=1e-5)
    assert week[6].sum() == week[:, :8].max() == week[:, 18:].max() == 0


def test_redials_come_after_their_delay_and_not_after_closing(scenario):
    """Nine in ten are answered, the others redial once, an hour later: one of 11 attempts has such a redial."""
    values = {
        **CALLS,
        "queues.calls.patience": "4 min",
        "queues.calls.targets": {"answer_rate": 0.9},
        "queues.calls.redial": {"probability": 1, "after": fixed("1 h"), "attempts": 1},
    }
    by_hour = [100.0]
    for _ in range(9):
        by_hour.append(100 + by_hour[-1] / 11)
    np.testing.assert_allclose(offered(scenario(values))[0, :5, 8:18], [by_hour] * 5, rtol=1e-6)


def test_after_a_holiday_come_those_of_two_days(scenario):
    """Of Tuesday's calls a fifth would come on Wednesday, a holiday; they come on Thursday."""
    values = {**CALLS, **comes_back("23 h"), "calendar.closed": ["2027-01-13"]}
    ordinary, with_holiday = offered(scenario(values)).sum(axis=2)
    np.testing.assert_allclose(ordinary, [1250] * 5 + [0, 0], rtol=1e-5)
    by_hand = np.linalg.solve(np.eye(4) - 0.2 * np.roll(np.eye(4), 1, axis=0), np.full(4, 1000.0))
    np.testing.assert_allclose(with_holiday, [*by_hand[:2], 0, *by_hand[2:], 0, 0], rtol=1e-5)


def test_those_deflected_in_vain_and_posts_come_too(scenario):
    """From the second week on three in ten are deflected; a third of them post at once, of the others half call.

    They do two hours later: those of the last two hours spread over the next day.
    """
    deflection = {
        "share": [{"from": "2027-01-11", "share": "30 %"}],
        "fails": "50 %",
        "after": fixed("2 h"),
        "posts": {"share": 1 / 3, "to": "emails"},
    }
    model = scenario({**CALLS, "queues.calls.deflection": deflection}, emails=True)
    calls, emails = offered(model), offered(model, queue=1)
    np.testing.assert_allclose(calls[0, :5, 8:18], 100, rtol=1e-6)
    np.testing.assert_allclose(calls[1, :5, 8:18], [[70 + 2] * 2 + [70 + 10 + 2] * 8] * 5, rtol=1e-6)
    np.testing.assert_allclose(emails[1, :5] - emails[0, :5], [[0] * 8 + [10] * 10 + [0] * 6] * 5, atol=1e-6)


def test_pressure_brings_its_repeats_when_they_come(scenario):
    """An offered volume without pressure is as stated; with it, what comes on top comes a day later."""
    values = {**CALLS, **comes_back("23 h"), "queues.calls.arrivals.volume_is": "offered"}
    values["queues.calls.arrivals.days"] = {"mon": 60, "tue": 10, "wed": 10, "thu": 10, "fri": 10}
    with_pressure = {**values, "queues.calls.pressure": {"handle_time": "-50 %", "elasticity": 1}}
    stated = offered(scenario(values))[0].sum(axis=1)[:5]
    np.testing.assert_allclose(stated, [3000, 500, 500, 500, 500], rtol=1e-6)
    first = np.maximum(stated - 0.2 * np.roll(stated, 1), 0)
    first *= 4000 / first.sum()
    np.testing.assert_allclose(
        offered(scenario(with_pressure))[0].sum(axis=1)[:5],
        np.linalg.solve(np.eye(5) - 0.4 * np.roll(np.eye(5), 1, axis=0), first),
        rtol=0.02,  # half an hour's work: a little comes half an hour earlier
    )


def test_forwards_undoes_backwards(scenario):
    """The first contacts that an offered volume leaves bring that volume: a queue beside it has a deflection."""
    values = {
        **CALLS,
        **comes_back("20 h"),
        "queues.calls.arrivals.volume_is": "offered",
        "queues.calls.arrivals.days": {"mon": 30, "tue": 20, "wed": 20, "thu": 20, "fri": 10},
    }
    beside = {"queues.chats.deflection": {"share": "10 %"}}
    plain, predicted = (offered(scenario(given, chats=True)) for given in (values, {**values, **beside}))
    np.testing.assert_allclose(predicted, plain, rtol=1e-4, atol=1e-3)


# --- simulated ----------------------------------------------------------------------------------------------------

WEEKS, REPLICATIONS = 8, 80
FAMILY_ERROR = 0.001

CARE = {
    "horizon": f"{WEEKS} weeks",
    "calendar.open": {"mon-fri": "08:00-20:00", "sat": "09:00-13:00"},
    "queues.calls.arrivals": {
        "per_week": 8000,
        "volume_is": "first",
        "days": {"mon": 23, "tue": 20, "wed": 18, "thu": 18, "fri": 17, "sat": 4},
        "profile": {"08:00": 5, "09:00": 12, "10:00": 12, "11:00": 10, "12:00": 5, "14:00": 6, "19:00": 4},
    },
    "queues.calls.patience": "unlimited",
    "queues.calls.recontact": {"probability": 0.25, "within": "7 days", "to": {"calls": 0.8, "emails": 0.2}},
    "queues.emails.arrivals": {"per_week": 4000, "volume_is": "first", "out_of_hours": 0.4},
    "queues.emails.recontact": {"probability": 0.3, "within": "5 days", "to": {"calls": 0.5, "emails": 0.5}},
    "teams.advisers": {"positions": 250},
}


def test_what_is_offered_is_what_is_simulated(scenario):
    """Both queues, by weekday and every two hours of the week; Saturday's calls are 30 % more than its first ones."""
    plan = compile_centre(scenario(CARE, emails=True))
    start = plan.forecast.days.index(plan.window.start_day)
    predicted = np.array(
        [plan.forecast.volumes.offered(queue, 12).reshape(-1, 12)[start : start + 7] for queue in (0, 1)]
    )
    counts = [
        run.counts.contacts[:, :, : LATE_EMAIL + 1]
        .sum(axis=2)
        .reshape(2, WEEKS, WEEK_DAYS, 12, 4)
        .sum(axis=4)
        .mean(axis=1)
        for run in simulate(plan.staffed(), 1, range(REPLICATIONS))
    ]
    simulated = np.array(counts)
    assert predicted[0, 5].sum() > 1.3 * 8000 * 0.04
    for found, told, tolerance in (
        (simulated.sum(axis=3)[:, :, :6], predicted.sum(axis=2)[:, :6], 0.01),
        (simulated[:, 0, :6, 4:10], predicted[0, :6, 4:10], 0.03),
        (simulated[:, 1], predicted[1], 0.05),
    ):
        quantile = stats.t.ppf(1 - FAMILY_ERROR / (2 * told.size), REPLICATIONS - 1)
        half_width = quantile * found.std(axis=0, ddof=1) / np.sqrt(REPLICATIONS)
        assert np.all(np.abs(found.mean(axis=0) - told) <= half_width + tolerance * told)
        assert np.all(half_width <= 2 * tolerance * told)


@pytest.mark.parametrize("slots", [12, 96, 300, 1440])
def test_slots_of_any_length_hold_the_same(scenario, slots):
    plan = compile_centre(scenario({**CALLS, **comes_back("23 h")}))
    by_slot = plan.forecast.volumes.offered(0, slots).reshape(-1, slots)
    np.testing.assert_allclose(
        by_slot.sum(axis=1), plan.forecast.volumes.offered(0, HOURS).reshape(-1, HOURS).sum(axis=1)
    )
