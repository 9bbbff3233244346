"""What titles and headings say of the data."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.charts.finding import EMAIL_PLACES, call_places, heading, title
from analysis.charts.week_profile import Level, WeekProfile
from tests.support.counts import HOUR_MS
from tests.support.weeks import made


def week(*levels: Level) -> WeekProfile:
    """With slots at eight on the days of the week."""
    calls = tuple(level for level in levels if not level.is_email)
    emails = tuple(level for level in levels if level.is_email)
    return WeekProfile(np.arange(7), np.full(7, 8 * HOUR_MS), HOUR_MS, calls, np.zeros(7), np.zeros(7), emails, False)


@pytest.mark.parametrize(
    ("level", "found"),
    [
        (
            made(values=(0.81, 0.8, 0.7)),
            "under 80 % answered in 20 s in 1 of 3 hours of the week, lowest Wed 08:00 (70.0 %)",
        ),
        (
            made("tech_desk", values=(0.81, 0.9, 0.85)),
            "at least 80 % answered in 20 s in each of 3 hours of the week, lowest Mon 08:00 (81.0 %)",
        ),
        (
            made(values=(0.9, 0.795)),
            "not clearly under 80 % answered in 20 s in any of 2 hours of the week, lowest Tue 08:00 (79.5 %)",
        ),
        (
            made(values=(0.9, 0.81), half_width=math.nan),  # of one replication, which has no intervals
            "not clearly under 80 % answered in 20 s in any of 2 hours of the week, lowest Tue 08:00 (81.0 %)",
        ),
        (
            made("sales", values=(0.9, 0.795), target=None),
            "answered in 20 s, lowest Tue 08:00 (79.5 %) of 2 hours of the week",
        ),
        (
            made("emails", values=(0.9, 0.2, 0.1), is_email=True),
            "under 80 % replied to in 4 h on 2 of 3 weekdays, lowest Wed (10.0 %)",
        ),
        (made(values=(math.nan,)), "no contacts"),
    ],
)
def test_titles_fit_any_name(level: Level, found: str) -> None:
    """A queue's name is no word of the sentence: it may be one thing or many."""
    assert title(week(level)) == f"{level.queue}: {found}"


def test_the_title_tells_of_the_queue_that_is_worst_off() -> None:
    fine, low = made("fine", values=(0.99, 0.99)), made("low", values=(0.9, 0.7))
    late = made("late", values=(0.7, 0.7), is_email=True)
    assert title(week(fine, low)).startswith("low: under")
    assert title(week(fine, low, late)).startswith("late: under 80 % replied to")


def test_headings_of_panels() -> None:
    calls = made(values=(0.81, 0.7))
    assert heading(calls, call_places(week(calls))) == "calls answered in 20 s: under 80 % in 1 of 2 hours"
    emails = made("posts", values=(0.9, 0.95), is_email=True)
    assert heading(emails, EMAIL_PLACES) == "posts replied to in 4 h: at least 80 % on each of 2 weekdays"
    assert heading(made(target=None), call_places(week(calls))) == "calls answered in 20 s"
