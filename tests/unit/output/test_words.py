"""Numbers, durations and dates in words."""

from __future__ import annotations

import math
from datetime import date

import pytest

from analysis.output.words import (
    counted,
    day,
    duration,
    exact_percent,
    mean_count,
    number,
    percent,
    percent_within,
    points,
    span_name,
)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0 s"),
        (0.04, "0 s"),
        (4.24, "4.2 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (12.4, "12 s"),
        (59.6, "1 min"),
        (200, "3 min 20 s"),
        (240, "4 min"),
        (65, "1 min 05 s"),
        (3599.6, "1 h"),
        (7500, "2 h 05"),
        (14_400, "4 h"),
        (444_300, "123 h 25"),
        (math.nan, "–"),
    ],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_shares() -> None:
    assert percent(0.8312) == "83.1 %"
    assert percent(math.nan) == "–"
    assert percent_within(0.8312, 0.0041) == "83.1 % ± 0.4"
    assert [percent_within(1.0, half) for half in (0.0, 0.0004, 0.0006)] == [
        "100.0 % ± <0.1",
        "100.0 % ± <0.1",
        "100.0 % ± 0.1",
    ]
    assert percent_within(0.8312, math.nan) == "83.1 %"
    assert percent_within(math.nan, math.nan) == "–"
    assert [exact_percent(share) for share in (0.8, 0.995, 1.0)] == ["80 %", "99.5 %", "100 %"]


def test_points_never_say_nothing() -> None:
    assert [points(d) for d in (0.088, -0.004, 0.0003, 1e-6)] == [
        "8.8 points",
        "0.4 points",
        "0.03 points",
        "less than 0.01 points",
    ]


def test_numbers() -> None:
    assert number(19_000) == "19 000"
    assert number(1234.56, 1) == "1 234.6"
    assert number(math.nan) == "–"
    assert [mean_count(value) for value in (0.0, 0.7, 9.0, 12.4, 4_120.2)] == ["0", "0.7", "9", "12", "4 120"]
    assert counted(1, "day") == "1 day"
    assert counted(1200, "day") == "1 200 days"
    assert counted(0.96, "position", digits=1) == "1 position"
    assert counted(0.94, "position", digits=1) == "0.9 positions"
    assert counted(2.0, "position", digits=1) == "2.0 positions"


def test_dates_and_spans() -> None:
    assert day(date(2027, 1, 4)) == "4 January 2027"
    assert span_name("2027-03") == "March 2027"
    assert span_name("2027-W09") == "week 9 of 2027"
    assert span_name("2027-03-01") == "Mon 1 March 2027"
    assert span_name("2027-03-01T09:30") == "Mon 1 March 2027, 09:30"
