"""The average week against sums made by hand, and its chart."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from io import BytesIO

import numpy as np
import pytest

from analysis.charts.finding import finding
from analysis.charts.week_chart import draw_week
from analysis.charts.week_profile import WeekProfile, week_profile
from analysis.intervals import CentreStatistics, summarise
from analysis.targets import Target
from analysis.uncertainty import ratio_of_sums
from sim.centre.results import CONTACT_COLUMNS, OFFERED_REASONS, Replication
from tests.support.counts import CALLS, EMAILS, HOUR_MS, blended, counts_of, random_replications

MADE = blended(days=14)
LEVEL = Target("calls", "service_level", Fraction(4, 5), "month", 20_000)
REPLIED = Target("emails", "response", Fraction(1, 2), "month", 4 * HOUR_MS)
REPLICATIONS = random_replications(MADE, 5)
STATISTICS = summarise(MADE, REPLICATIONS, (LEVEL, REPLIED))


def by_hour(name: str, queue: int) -> np.ndarray:
    """(R, 14, 24) counts of a column."""
    counts = np.stack([one.counts.contacts[queue, :, CONTACT_COLUMNS.index(name)] for one in REPLICATIONS])
    return counts.reshape(len(REPLICATIONS), 14, 24)


def test_slots_are_the_open_hours_of_the_week() -> None:
    profile = week_profile(STATISTICS)
    assert profile.weekday.tolist() == [day for day in range(7) for _ in range(10)]
    assert profile.start_ms.tolist() == [hour * HOUR_MS for _ in range(7) for hour in range(8, 18)]


def test_service_levels_take_the_weeks_together() -> None:
    (level,) = week_profile(STATISTICS).calls
    within, offered = (
        by_hour("served_within", CALLS),
        sum(by_hour(reason, CALLS) for reason in OFFERED_REASONS),
    )
    tuesday_nine = within[:, [1, 8], 9].sum() / offered[:, [1, 8], 9].sum()
    assert level.estimates.value[10 + 1] == pytest.approx(tuesday_nine)
    assert np.all(level.estimates.half_width > 0)
    assert (level.queue, level.threshold_s, level.figure, level.target) == ("calls", 20, "sl_offered", 0.8)


def test_emails_are_clustered_by_replication() -> None:
    (level,) = week_profile(STATISTICS).emails
    replied, offered = (
        by_hour("responded_within", EMAILS),
        sum(by_hour(reason, EMAILS) for reason in OFFERED_REASONS),
    )
    expected = ratio_of_sums(replied[:, [2, 9]].sum(axis=(1, 2)), offered[:, [2, 9]].sum(axis=(1, 2)))
    assert level.estimates.value[2] == expected.value
    assert level.estimates.half_width[2] == expected.half_width


def test_positions_are_means() -> None:
    profile = week_profile(STATISTICS)
    np.testing.assert_allclose(profile.scheduled, 4.0)
    busy = np.mean([one.counts.teams[0, [8, 8 + 7 * 24], 2] for one in REPLICATIONS]) / HOUR_MS
    assert profile.busy[0] == pytest.approx(busy)


def few_days(within: int, days: int = 3) -> CentreStatistics:
    """Calls at eight on each of three days, so many of 100 in time."""
    made = blended(days=days)
    contacts = {
        (CALLS, day * 24 + 8): {"first": 100, "served": 100, "served_within": within - day} for day in range(days)
    }
    return summarise(made, [Replication(n, counts_of(made, contacts)) for n in range(2)], (LEVEL,))


def test_the_title_tells_where_it_falls_short() -> None:
    assert finding(week_profile(few_days(81))) == (
        "Calls fall short of 80 % answered in 20 s in 1 of 3 hours of the average week, lowest Wed 08:00 (79.0 %)"
    )


def test_the_title_tells_if_it_is_reached_throughout() -> None:
    assert finding(week_profile(few_days(90))) == (
        "Calls reach 80 % answered in 20 s in all 3 hours of the average week, lowest Wed 08:00 (88.0 %)"
    )


def test_the_title_tells_of_the_queue_that_is_worst_off() -> None:
    profile = week_profile(few_days(81))
    (short,) = profile.calls
    fine = dataclasses.replace(short, queue="others", estimates=week_profile(few_days(90)).calls[0].estimates)
    assert finding(dataclasses.replace(profile, calls=(fine, short))) == finding(profile)


def test_the_title_without_contacts() -> None:
    made = blended(days=1)
    assert finding(week_profile(summarise(made, [Replication(0, counts_of(made, {}))]))) == "Calls: no contacts"


@pytest.mark.parametrize("statistics", [STATISTICS, few_days(81), few_days(81, days=1)])
def test_the_chart_shows_target_labels_and_units(statistics: CentreStatistics) -> None:
    figure = draw_week(week_profile(statistics), "Title", "caption")
    service, positions, emails = figure.axes
    assert service.get_ylabel() == "answered in time,\nshare of contacts"
    assert "positions" in positions.get_ylabel()
    assert emails.get_xlabel() == "weekday of arrival"
    assert "target 80 %" in [text.get_text() for text in service.texts]
    assert figure.get_suptitle() == "Title"
    picture = BytesIO()
    figure.savefig(picture, format="png")
    assert picture.getvalue().startswith(b"\x89PNG")


def test_a_centre_of_calls_alone_has_two_panels() -> None:
    profile = week_profile(STATISTICS)
    calls_only = WeekProfile(
        profile.weekday, profile.start_ms, profile.interval_ms, profile.calls, profile.scheduled, profile.busy, ()
    )
    assert len(draw_week(calls_only, "Title", "caption").axes) == 2


def test_a_centre_of_emails_alone_is_told_of_emails() -> None:
    profile = week_profile(STATISTICS)
    emails_only = WeekProfile(
        profile.weekday, profile.start_ms, profile.interval_ms, (), profile.scheduled, profile.busy, profile.emails
    )
    assert len(draw_week(emails_only, "Title", "caption").axes) == 2
    assert finding(emails_only).startswith("Emails ")
