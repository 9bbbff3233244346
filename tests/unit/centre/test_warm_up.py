"""How long the past matters."""

import pytest

from sim.centre.warm_up import shortest_night_ms, warm_up_days

HOUR = 3_600_000
DAY = 24 * HOUR


@pytest.mark.parametrize(
    ("values", "emails", "days"),
    [
        ({}, False, 0),
        ({"queues.calls.redial": {"probability": 0.5, "after": "10 min"}}, False, 0),
        ({"queues.calls.redial": {"probability": 0.5, "after": "12 h"}}, False, 7),
        ({"queues.calls.redial": {"probability": 0, "after": "12 h"}}, False, 0),
        ({"calendar.open": {"every day": "24 h"}}, False, 7),
        ({"calendar.open": {"mon-fri": "00:00-12:00", "sun": "20:00-24:00"}}, False, 7),
        ({"calendar.open": {"mon-fri": "00:00-12:00"}}, False, 0),
        ({}, True, 7),
        ({"queues.emails.backlog": 0}, True, 0),
        ({"queues.calls.recontact": {"probability": 0.1, "after": "1 h"}}, False, 7),
        ({"queues.calls.recontact": {"probability": 0, "after": "10 days"}}, False, 0),
        ({"queues.calls.recontact": {"probability": 0.1, "after": "7 days"}}, False, 21),
        ({"queues.calls.recontact": {"probability": 0.1, "after": "7.01 days"}}, False, 28),
        ({"queues.emails.backlog": 5, "queues.emails.recontact": {"probability": 0.1, "after": "1 day"}}, True, 7),
        ({"warm_up": "none"}, True, 0),
        ({"warm_up": "10 days"}, False, 10),
    ],
)
def test_warm_up_days(scenario, values, emails, days):
    assert warm_up_days(scenario(values, emails=emails)) == days


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({"queues.calls.deflection": {"share": "10 %", "fails": "30 %"}}, 7),
        ({"queues.calls.deflection": {"share": "10 %", "fails": "30 %", "after": "8 days"}}, 28),
        ({"queues.calls.deflection": {"share": "10 %", "after": "8 days"}}, 0),
        ({"queues.calls.callback": {"above": "2 min", "accepted": "40 %"}}, 0),
        ({"queues.calls.callback": {"above": "2 min", "accepted": "40 %", "again_after": "14 h"}}, 7),
        ({"queues.calls.callback": {"above": "2 min", "accepted": "40 %", "again_after": "14 h", "tries": 1}}, 0),
    ],
)
def test_what_comes_back_otherwise(scenario, values, days):
    assert warm_up_days(scenario(values)) == days


def test_transfers_may_come_to_a_closed_queue(scenario):
    values = {
        "queues.calls.matters": {"agenda": "60 %", "tele": "40 %"},
        "queues.calls.transfer": {"after": "3 min", "to": {"tele": "desk"}},
        "teams.front": {"positions": 5, "serves": ["calls"], "skills": ["agenda"]},
    }
    assert warm_up_days(scenario(values, desk=True)) == 7


def test_a_window_shortens_the_delay_that_counts(scenario):
    """Exponential of mean 7 days, but within 7 days: mean 2.9 days, three of which are 9."""
    recontact = {"probability": 0.1, "after": "7 days", "within": "7 days"}
    assert warm_up_days(scenario({"queues.calls.recontact": recontact})) == 14


def test_those_who_come_back_again_and_again_take_longer(scenario):
    """Of 60 % that come back after 2 days: 0.6 exp(-0.4 t / 2) is 2.5 % after 15.9 days."""
    recontact = {"probability": 0.6, "after": "2 days"}
    values = {"queues.calls.recontact": recontact, "queues.calls.patience": "unlimited"}
    assert warm_up_days(scenario(values)) == 21
    values["queues.calls.recontact"] = {**recontact, "probability": 0.1}
    assert warm_up_days(scenario(values)) == 7
    values["queues.calls.recontact"] = {**recontact, "probability": 0.99}
    assert warm_up_days(scenario(values)) == 182


@pytest.mark.parametrize(
    ("week", "night"),
    [
        ([[(8 * HOUR, 18 * HOUR)]] * 7, 14 * HOUR),
        ([[(8 * HOUR, 12 * HOUR), (13 * HOUR, 22 * HOUR)]] * 7, 10 * HOUR),
        ([[(8 * HOUR, 18 * HOUR)], *[[]] * 6], 7 * DAY - 10 * HOUR),
        ([[(0, DAY)]] * 7, 0),
        ([[(0, 2 * HOUR), (20 * HOUR, DAY)], *[[]] * 6], 6 * DAY),
        ([[]] * 7, 7 * DAY),
    ],
)
def test_shortest_night(week, night):
    assert shortest_night_ms(week) == night
