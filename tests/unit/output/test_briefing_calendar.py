"""What ``check`` says of opening hours and closed days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analysis.output.briefing_calendar import calendar_lines
from sim.scenario.calendar import Calendar


def told(fields: dict[str, Any], first: date = date(2027, 5, 1), end: date = date(2027, 6, 1)) -> list[str]:
    return list(calendar_lines(Calendar.model_validate(fields), first, end))


def test_hours_and_no_country() -> None:
    assert told({"open": {"mon-fri": "08:00-19:00", "sat": "09:00-13:00"}}) == [
        "open mon-fri 08:00-19:00, sat 09:00-13:00",
        "no holidays",
    ]


@pytest.mark.parametrize(
    ("fields", "holidays"),
    [
        ({"country": "FR"}, "holidays of FR: 1 May, 6 May, 8 May and 17 May"),
        (
            {"country": "FR", "works_on_holidays": True},
            "holidays of FR: 1 May, 6 May, 8 May and 17 May (open all the same)",
        ),
        ({"country": "CH", "subdivision": "ZH"}, "holidays of CH, ZH: 1 May, 6 May and 17 May"),
    ],
)
def test_the_holidays_that_were_found(fields: dict[str, Any], holidays: str) -> None:
    assert told(fields)[1] == holidays


def test_no_holiday_in_the_horizon() -> None:
    assert told({"country": "FR"}, date(2027, 2, 1), date(2027, 3, 1))[1] == "holidays of FR: none in the horizon"


def test_years_are_named_where_there_are_several() -> None:
    lines = told({"country": "FR"}, date(2026, 12, 25), date(2027, 1, 2))
    assert lines[1] == "holidays of FR: 25 December 2026 and 1 January 2027"


def test_of_many_the_first() -> None:
    (line,) = (line for line in told({"country": "FR"}, date(2026, 1, 1), date(2028, 1, 1)) if "holidays" in line)
    assert line.endswith(" and 7 more")


def test_further_closed_days_of_the_horizon() -> None:
    assert told({"closed": ["2027-05-14", "2027-07-01"]})[2] == "also closed: 14 May"


def test_closed_days_outside_the_horizon_are_counted() -> None:
    assert told({"closed": ["2027-05-03", "2027-07-01"]})[2:] == [
        "also closed: 3 May",
        "1 closed day outside the horizon",
    ]
