"""First contacts by day, from an ordinary week and from dated volumes."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from sim.common.arrivals_daily import DatedVolumes, from_dates, from_week, ms_of_day
from sim.common.arrivals_shape import email_week

HOUR = 3_600_000
OFFICE = [[(8 * HOUR, 10 * HOUR)]] * 5 + [[], []]
MONDAY = date(2027, 1, 4)
FIRST = MONDAY.toordinal()


def rows(first: date, days: int, volume, hours=(8, 9)):
    """Hourly rows of Monday to Friday; ``volume`` (day index, hour) -> contacts."""
    return [
        (datetime.combine(first + timedelta(n), datetime.min.time()) + timedelta(hours=hour), float(volume(n, hour)))
        for n in range(days)
        if (first + timedelta(n)).weekday() < 5
        for hour in hours
    ]


def laid_out(listed, days, first=FIRST, required=(), closed=(), hours=OFFICE, calls=True):
    masks = [np.isin(np.arange(days), list(chosen)) for chosen in (closed, required)]
    return from_dates(DatedVolumes.from_rows(listed, HOUR), hours, first, *masks, only_when_open=calls)


def test_an_ordinary_week_is_repeated_and_closed_days_have_their_own_share():
    pattern = email_week(OFFICE, None, None, 0.2)
    closed = np.array([False, True] + [False] * 6)
    daily = from_week(pattern, 1000, FIRST, closed)
    np.testing.assert_allclose(daily.expected[0], 1000 * pattern.share[0])
    np.testing.assert_allclose(daily.expected[7], daily.expected[0])
    np.testing.assert_allclose(daily.expected[1], 1000 * 0.2 * 24 / 158)
    assert daily.shapes[daily.shape_of[1]] is pattern.closed_shape


def test_dated_volumes_are_taken_as_they_are():
    daily = laid_out(rows(MONDAY, 7, lambda n, hour: 10 * n + hour), 7, required=range(7))
    np.testing.assert_allclose(daily.expected, [17, 37, 57, 77, 97, 0, 0])
    shape = daily.shapes[daily.shape_of[1]]
    assert shape.edge_ms.tolist() == [8 * HOUR, 9 * HOUR, 10 * HOUR]
    np.testing.assert_allclose(shape.cumulative, [0, 18 / 37, 1])
    assert daily.shapes[daily.shape_of[6]].is_empty


def test_days_outside_the_file_repeat_the_nearest_same_weekday():
    listed = rows(MONDAY, 14, lambda n, hour: n)
    daily = laid_out(listed, 28, first=FIRST - 7, required=range(7, 21), closed=[1])
    # The first Monday listed has no contacts, so it is no model for others.
    np.testing.assert_allclose(daily.expected[[0, 1, 2, 5, 7, 21, 25]], [14, 0, 4, 0, 0, 14, 22])


def test_a_day_listed_in_part_outside_the_horizon_is_repeated_too():
    listed = [*rows(MONDAY, 7, lambda n, hour: 5), (datetime(2027, 1, 11, 8), 99.0)]
    assert laid_out(listed, 8, required=range(7)).expected[7] == 10


def test_without_the_same_weekday_the_nearest_day_serves():
    daily = laid_out(rows(MONDAY, 1, lambda n, hour: 5), 8, required=[0])
    np.testing.assert_allclose(daily.expected, [10, 10, 10, 10, 10, 0, 0, 10])


def test_a_row_of_an_interval_that_is_open_in_part_counts_whole():
    hours = [[(8 * HOUR + HOUR // 2, 10 * HOUR)]] * 5 + [[], []]
    daily = laid_out(rows(MONDAY, 1, lambda n, hour: 3 if hour == 8 else 6), 1, required=[0], hours=hours)
    assert daily.expected[0] == pytest.approx(9)
    shape = daily.shapes[daily.shape_of[0]]
    assert shape.edge_ms.tolist() == [8 * HOUR + HOUR // 2, 9 * HOUR, 10 * HOUR]
    np.testing.assert_allclose(shape.cumulative, [0, 1 / 3, 1])


def test_emails_are_taken_at_any_hour():
    listed = rows(MONDAY, 5, lambda n, hour: hour, hours=(3, 8, 9))
    daily = laid_out(listed, 7, required=range(5), closed=[1], calls=False)
    np.testing.assert_allclose(daily.expected, [20, 20, 20, 20, 20, 0, 0])


@pytest.mark.parametrize(
    ("listed", "closed", "message"),
    [
        (rows(MONDAY, 5, lambda n, hour: 5), (2,), r"calls at 2027-01-06 08:00 \(and 1 more times\), when the queue"),
        (rows(MONDAY, 5, lambda n, hour: 5, hours=(7, 8, 9)), (), r"calls at 2027-01-04 07:00 \(and 4 more times\)"),
        (
            [(datetime(2027, 1, 4, 11), 5.0), *rows(MONDAY, 5, lambda n, hour: 5)],
            (),
            r"calls at 2027-01-04 11:00, when",
        ),
    ],
)
def test_calls_while_the_queue_is_closed_are_refused(listed, closed, message):
    with pytest.raises(ValueError, match=message):
        laid_out(listed, 5, required=range(5), closed=closed)


def test_milliseconds_of_the_day():
    assert ms_of_day(datetime(2027, 1, 4, 8, 30, 1, 5_000)) == 8 * HOUR + 30 * 60_000 + 1_005
