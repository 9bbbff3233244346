"""Days, weeks, months and the folding of tables into them."""

from __future__ import annotations

from datetime import date

import numpy as np

from analysis.spans import Folding, first_day, intervals_a_day, spans
from tests.support.counts import HOUR_MS, Counted, blended, counted_centre

WEDNESDAY = date(2026, 12, 30).toordinal()


def test_days_start_after_the_warm_up() -> None:
    made = counted_centre([Counted("calls")], [(0, 0, 1)], days=3, warm_up_days=7, first_day=WEDNESDAY)
    assert first_day(made) == date(2027, 1, 6)
    assert spans(made, "day").labels == ("2027-01-06", "2027-01-07", "2027-01-08")
    assert intervals_a_day(made) == 24


def test_weeks_begin_on_monday_and_few_days_go_with_the_week_beside_them() -> None:
    made = counted_centre([Counted("calls")], [(0, 0, 1)], days=13, first_day=WEDNESDAY, interval_ms=HOUR_MS)
    cut = spans(made, "week")
    assert cut.labels == ("2026-W53", "2027-W01 +1 day after")
    assert cut.starts.tolist() == [0, 5]


def test_months_are_those_of_the_centre() -> None:
    cut = spans(blended(days=42), "month")
    assert cut.labels == ("2027-01", "2027-02")
    assert cut.starts.tolist() == [0, 28]


def test_the_horizon_is_one_span() -> None:
    assert spans(blended(days=42), "horizon").starts.tolist() == [0]


def test_folding_adds_and_takes_maxima_and_lasts() -> None:
    table = np.random.default_rng(1).integers(-9, 99, (2, 3, 7, 4))
    folded = Folding(maxima=(1,), lasts=(3,)).fold(table, np.array([0, 2, 6]))
    assert folded.shape == (2, 3, 3, 4)
    for group, rows in enumerate((slice(0, 2), slice(2, 6), slice(6, 7))):
        part = table[:, :, rows]
        np.testing.assert_array_equal(folded[:, :, group, [0, 2]], part.sum(axis=2)[..., [0, 2]])
        np.testing.assert_array_equal(folded[:, :, group, 1], part[..., 1].max(axis=2))
        np.testing.assert_array_equal(folded[:, :, group, 3], part[:, :, -1, 3])
