"""Shapes of days and patterns of weeks, against masses worked out by hand."""

import numpy as np
import pytest

from sim.common.arrivals_shape import (
    NOTHING,
    ROUND_THE_CLOCK,
    DayShape,
    call_week,
    email_week,
    mixture,
    shape_of_pieces,
)
from sim.common.calendar import DAY_MS, merged_segments

HOUR = 3_600_000
OFFICE = [[(8 * HOUR, 12 * HOUR), (14 * HOUR, 18 * HOUR)]] * 5 + [[(9 * HOUR, 13 * HOUR)], []]
OPEN_HOURS = np.array([8, 8, 8, 8, 8, 4, 0])


def share_between(shape: DayShape, start_hour: float, end_hour: float) -> float:
    """Share of a day's contacts between two hours."""
    if shape.is_empty:
        return 0.0
    before = np.interp([start_hour * HOUR, end_hour * HOUR], shape.edge_ms, shape.cumulative)
    return float(before[1] - before[0])


def spans(*hours):
    return merged_segments(*(np.array(side) * HOUR for side in zip(*hours, strict=True)))


def assert_is_a_shape(shape):
    assert np.all(np.diff(shape.edge_ms) > 0)
    assert shape.cumulative[0] == 0
    assert shape.cumulative[-1] == 1
    assert np.all(np.diff(shape.cumulative) >= 0)


def test_a_shape_is_cut_to_spans():
    shape = shape_of_pieces(np.array([6, 10, 20]) * HOUR, np.array([4.0, 10.0]))
    cut = shape.within(spans((8, 9), (12, 30)))
    assert shape.share_within(spans((8, 9), (12, 30))) == pytest.approx(9 / 14)
    assert_is_a_shape(cut)
    assert share_between(cut, 8, 9) == pytest.approx(1 / 9)
    assert share_between(cut, 9, 12) == 0
    assert share_between(cut, 12, 20) == pytest.approx(8 / 9)


def test_nothing_outside_the_mass():
    shape = shape_of_pieces(np.array([6, 10]) * HOUR, np.array([4.0]))
    assert shape.within(spans((12, 14))).is_empty
    assert shape.share_within(spans((12, 14))) == 0
    assert NOTHING.within(spans((12, 14))).is_empty
    assert shape_of_pieces(np.array([0, 1]), np.array([0.0])).is_empty


def test_a_mixture_weighs_its_parts():
    morning = shape_of_pieces(np.array([0, 12]) * HOUR, np.array([1.0]))
    mixed = mixture([(3.0, morning), (1.0, ROUND_THE_CLOCK), (5.0, NOTHING)])
    assert_is_a_shape(mixed)
    assert share_between(mixed, 0, 12) == pytest.approx(7 / 8)
    assert mixture([(0.0, morning)]).is_empty


def test_calls_come_in_the_opening_hours_in_proportion_to_them():
    week = call_week(OFFICE, None, None)
    np.testing.assert_allclose(week.share, OPEN_HOURS / 44)
    for day in range(6):
        assert_is_a_shape(week.shape[day])
    assert share_between(week.shape[0], 8, 10) == pytest.approx(1 / 4)
    assert share_between(week.shape[0], 12, 14) == 0
    assert week.shape[6].is_empty
    assert week.closed_share == 0
    assert week.closed_shape.is_empty


def test_a_profile_is_a_level_from_key_to_key_cut_to_the_opening_hours():
    profile = [((7 * HOUR, 2.0), (9 * HOUR, 6.0), (11 * HOUR, 3.0))] * 7
    week = call_week(OFFICE, [1, 0, 0, 0, 0, 1, 0], profile)
    np.testing.assert_allclose(week.share, [0.5, 0, 0, 0, 0, 0.5, 0])
    # Monday: an hour at 2, two at 6, and five at 3, for 12-14 is closed.
    masses = {(8, 9): 2, (9, 11): 12, (11, 12): 3, (12, 14): 0, (14, 18): 12}
    for (start, end), mass in masses.items():
        assert share_between(week.shape[0], start, end) == pytest.approx(mass / 29)
    # Saturday closes at 13: the last weight reaches there.
    assert share_between(week.shape[5], 11, 13) == pytest.approx(3 / 9)
    assert not week.shape[1].is_empty  # open without first contacts: repeats are spread by it


def test_a_last_weight_after_closing_reaches_to_midnight_and_is_cut_off():
    profile = [((8 * HOUR, 1.0), (20 * HOUR, 9.0))] * 7
    shape = call_week(OFFICE, None, profile).shape[0]
    assert_is_a_shape(shape)
    assert share_between(shape, 8, 18) == 1


@pytest.mark.parametrize(
    ("weights", "profile", "message"),
    [
        ([1, 1, 1, 1, 1, 1, 1], None, "no opening hours"),
        (None, [((20 * HOUR, 1.0),)] * 7, "no weight within the opening hours"),
    ],
)
def test_contacts_that_could_never_arrive_are_refused(weights, profile, message):
    with pytest.raises(ValueError, match=message):
        call_week(OFFICE, weights, profile)


def test_emails_come_round_the_clock():
    week = email_week(OFFICE, None, None, None)
    np.testing.assert_allclose(week.share, np.full(7, 1 / 7))
    assert share_between(week.shape[6], 3, 9) == pytest.approx(1 / 4)
    assert week.closed_share == pytest.approx(1 / 7)
    assert share_between(week.closed_shape, 0, 12) == pytest.approx(1 / 2)


def test_a_share_of_emails_out_of_hours_is_even_over_the_closed_time():
    week = email_week(OFFICE, None, None, 0.2)
    closed_hours = 24 - OPEN_HOURS
    np.testing.assert_allclose(week.share, 0.8 * OPEN_HOURS / 44 + 0.2 * closed_hours / 124)
    assert week.share.sum() == pytest.approx(1)
    for day in range(7):
        assert_is_a_shape(week.shape[day])
        in_hour = week.share[day] * share_between(week.shape[day], 2, 3)
        assert in_hour == pytest.approx(0.2 / 124)
    assert week.share[0] * share_between(week.shape[0], 8, 9) == pytest.approx(0.8 / 44)
    assert week.share[0] * share_between(week.shape[0], 12, 14) == pytest.approx(2 * 0.2 / 124)
    assert week.closed_share == pytest.approx(24 * 0.2 / 124)


def test_emails_may_follow_a_profile_beyond_the_opening_hours():
    profile = [((6 * HOUR, 1.0), (8 * HOUR, 3.0), (18 * HOUR, 4.0))] * 7
    week = email_week(OFFICE, [1, 1, 1, 1, 1, 0, 0], profile, None)
    assert share_between(week.shape[0], 6, 8) == pytest.approx(2 / 56)
    assert share_between(week.shape[0], 18, 24) == pytest.approx(24 / 56)
    # A weekday has 26/56 and two hours at 3/56 out of hours; all of it over the 124 closed hours of the week.
    assert week.closed_share == pytest.approx((26 + 2 * 3) / 56 / 124 * 24)


def test_a_queue_that_never_closes():
    always = [[(0, DAY_MS)]] * 7
    assert email_week(always, None, None, None).closed_share == pytest.approx(1 / 7)
    assert email_week(always, None, None, 0.0).share.sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="never closed"):
        email_week(always, None, None, 0.1)
