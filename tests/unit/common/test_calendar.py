"""Opening hours over days, against hand-made calendars."""

from datetime import date, timedelta

import numpy as np

from sim.common.calendar import (
    DAY_MS,
    merged_segments,
    months,
    nearest_alike,
    open_ms_per_weekday,
    opening_segments,
    weekdays,
)

HOUR = 3_600_000
OFFICE = [[(8 * HOUR, 12 * HOUR), (14 * HOUR, 18 * HOUR)]] * 5 + [[(9 * HOUR, 13 * HOUR)], []]
MONDAY = date(2027, 1, 4).toordinal()


def closed_on(days, *numbers):
    closed = np.zeros(days, np.bool_)
    closed[list(numbers)] = True
    return closed


def test_weekly_hours_are_laid_out_over_the_days():
    segments = opening_segments(OFFICE, MONDAY + 4, closed_on(4))  # Friday to Monday
    assert segments.start_ms.tolist() == [8 * HOUR, 14 * HOUR, 33 * HOUR, 80 * HOUR, 86 * HOUR]
    assert segments.end_ms.tolist() == [12 * HOUR, 18 * HOUR, 37 * HOUR, 84 * HOUR, 90 * HOUR]
    assert segments.before_ms.tolist() == [0, 4 * HOUR, 8 * HOUR, 12 * HOUR, 16 * HOUR]
    assert segments.total_ms == 20 * HOUR


def test_a_closed_day_has_no_hours():
    segments = opening_segments(OFFICE, MONDAY, closed_on(7, 1))
    day_edges = np.arange(8) * DAY_MS
    assert segments.open_between(day_edges).tolist() == [8 * HOUR, 0, 8 * HOUR, 8 * HOUR, 8 * HOUR, 4 * HOUR, 0]


def test_round_the_clock_is_one_segment():
    segments = opening_segments([[(0, DAY_MS)]] * 7, MONDAY, closed_on(30))
    assert (segments.start_ms.tolist(), segments.end_ms.tolist()) == ([0], [30 * DAY_MS])


def test_spans_that_touch_overlap_or_are_empty_are_merged():
    starts, ends = np.array([50, 0, 10, 12, 30, 40]), np.array([60, 10, 20, 15, 40, 40])
    segments = merged_segments(starts, ends)
    assert (segments.start_ms.tolist(), segments.end_ms.tolist()) == ([0, 30, 50], [20, 40, 60])
    assert segments.before_ms.tolist() == [0, 20, 30]


def test_opening_time_before_any_moment():
    segments = merged_segments(np.array([10, 30]), np.array([20, 40]))
    moments = np.array([0, 10, 15, 20, 25, 30, 39, 40, 99])
    assert segments.open_before(moments).tolist() == [0, 0, 5, 10, 10, 10, 19, 20, 20]
    assert segments.open_between(np.array([0, 15, 35, 50])).tolist() == [5, 10, 5]


def test_never_open():
    segments = opening_segments([[]] * 7, MONDAY, closed_on(3))
    assert segments.total_ms == 0
    assert segments.open_before(np.array([0, 5])).tolist() == [0, 0]


def test_hours_of_the_weekdays():
    assert open_ms_per_weekday(OFFICE).tolist() == [8 * HOUR] * 5 + [4 * HOUR, 0]


def test_weekdays_and_months_are_those_of_datetime():
    first = date(2027, 12, 25)
    days = [first + timedelta(n) for n in range(800)]
    assert weekdays(first.toordinal(), 800).tolist() == [day.weekday() for day in days]
    assert months(first.toordinal(), 800).tolist() == [(day.year - 1970) * 12 + day.month - 1 for day in days]


def test_the_nearest_day_alike():
    known = np.arange(MONDAY, MONDAY + 12)
    assert nearest_alike(MONDAY - 7, known) == MONDAY
    assert nearest_alike(MONDAY + 21, known) == MONDAY + 7
    assert nearest_alike(MONDAY + 19, known) == MONDAY + 5
    assert nearest_alike(MONDAY + 14, known[3:5]) == MONDAY + 4
