"""Weeks and months of a run of days, and the few days that go with their neighbours."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest

from sim.common.calendar_spans import Unit, calendar_spans, span_in_words


def labels(first: date, days: int, unit: Unit) -> list[str]:
    return [span.label for span in calendar_spans(first.toordinal(), days, unit)]


@pytest.mark.parametrize(
    ("first", "days", "weeks"),
    [
        (date(2027, 5, 3), 14, ["2027-W18", "2027-W19"]),
        (date(2027, 5, 1), 16, ["2027-W18 +2 days before", "2027-W19"]),
        (date(2027, 4, 30), 10, ["2027-W18 +3 days before"]),
        (date(2027, 4, 29), 11, ["2027-W17", "2027-W18"]),
        (date(2027, 5, 3), 10, ["2027-W18 +3 days after"]),
        (date(2027, 5, 3), 11, ["2027-W18", "2027-W19"]),
        (date(2027, 5, 2), 9, ["2027-W18 +1 day before +1 day after"]),
        (date(2026, 12, 30), 6, ["2026-W53 +1 day after"]),
    ],
)
def test_less_than_four_days_are_no_week(first: date, days: int, weeks: list[str]) -> None:
    assert labels(first, days, "week") == weeks


@pytest.mark.parametrize(
    ("first", "days", "months"),
    [
        (date(2027, 4, 26), 21, ["2027-05 +5 days before"]),
        (date(2027, 4, 1), 31, ["2027-04 +1 day after"]),
        (date(2027, 4, 16), 31, ["2027-04", "2027-05"]),
        (date(2027, 4, 17), 30, ["2027-05 +14 days before"]),
        (date(2027, 1, 17), 15 + 14, ["2027-02 +15 days before"]),
        (date(2027, 1, 16), 16 + 14, ["2027-01", "2027-02"]),
        (date(2027, 1, 1), 31 + 13, ["2027-01 +13 days after"]),
        (date(2028, 1, 1), 31 + 14, ["2028-01 +14 days after"]),
        (date(2026, 12, 30), 40, ["2027-01 +2 days before +7 days after"]),
        (date(2026, 12, 30), 61 + 31, ["2027-01 +2 days before", "2027-02", "2027-03"]),
        (date(9999, 12, 20), 12, ["9999-12"]),
    ],
)
def test_less_than_half_is_no_month(first: date, days: int, months: list[str]) -> None:
    assert labels(first, days, "month") == months


@pytest.mark.parametrize(
    ("first", "days", "unit", "label"),
    [
        (date(2027, 5, 1), 3, "week", "2027-W17 +1 day after"),
        (date(2027, 5, 2), 3, "week", "2027-W18 +1 day before"),
        (date(2027, 4, 28), 8, "month", "2027-05 +3 days before"),
        (date(2027, 4, 23), 10, "month", "2027-04 +2 days after"),
    ],
)
def test_two_short_ones_are_one_named_after_the_larger(first: date, days: int, unit: Unit, label: str) -> None:
    assert labels(first, days, unit) == [label]


@pytest.mark.parametrize("unit", get_args(Unit))
def test_one_alone_stays_as_it_is(unit: Unit) -> None:
    (only,) = calendar_spans(date(2027, 5, 15).toordinal(), 1, unit)
    assert (only.days, only.joined) == (1, False)


@pytest.mark.parametrize("unit", get_args(Unit))
def test_every_day_is_in_one_span_in_the_order_of_the_labels(unit: Unit) -> None:
    for start in range(70):
        for days in (1, 6, 20, 45, 100, 430):
            first = (date(2026, 11, 20) + timedelta(start)).toordinal()
            spans = calendar_spans(first, days, unit)
            assert spans[0].first_day == first
            assert all(one.first_day + one.days == later.first_day for one, later in pairwise(spans))
            assert sum(span.days for span in spans) == days
            assert [span.label for span in spans] == sorted({span.label for span in spans})
            least = 4 if unit == "week" else 14
            assert len(spans) == 1 or min(span.days for span in spans) >= least


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("2027-03", "March 2027"),
        ("2027-05 +5 days before", "May 2027 and 5 days of April"),
        ("2027-12 +1 day after", "December 2027 and 1 day of January"),
        ("2027-01 +2 days before +7 days after", "January 2027, 2 days of December and 7 days of February"),
        ("2027-W09", "week 9 of 2027"),
        ("2027-W18 +2 days before", "week 18 of 2027 with the 2 days before"),
        ("2027-W18 +3 days before +1 day after", "week 18 of 2027 with the 3 days before and the day after"),
    ],
)
def test_in_words(label: str, words: str) -> None:
    assert span_in_words(label) == words
