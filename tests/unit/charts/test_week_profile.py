"""The average week against sums made by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from analysis.charts.week_profile import Level, WeekProfile, week_profile, worst
from analysis.intervals import summarise
from analysis.targets import Target
from analysis.uncertainty import at_least_binomial, ratio_of_sums
from sim.centre.results import CONTACT_COLUMNS, OFFERED_REASONS, TEAM_COLUMNS, Replication
from tests.support.counts import (
    CALLS,
    EMAILS,
    HOUR_MS,
    Counted,
    blended,
    counted_centre,
    counts_of,
    in_months,
    random_replications,
)
from tests.support.weeks import few_days, made, never_off

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
    profile = week_profile(STATISTICS, never_off(STATISTICS))
    assert profile.weekday.tolist() == [day for day in range(7) for _ in range(10)]
    assert profile.start_ms.tolist() == [hour * HOUR_MS for _ in range(7) for hour in range(8, 18)]


def test_service_levels_take_the_weeks_together() -> None:
    (level,) = week_profile(STATISTICS, never_off(STATISTICS)).calls
    within, offered = (
        by_hour("served_within", CALLS),
        sum(by_hour(reason, CALLS) for reason in OFFERED_REASONS),
    )
    tuesday_nine = within[:, [1, 8], 9].sum() / offered[:, [1, 8], 9].sum()
    assert level.estimates.value[10 + 1] == pytest.approx(tuesday_nine)
    assert np.all(level.estimates.half_width > 0)
    assert (level.queue, level.is_email, level.threshold_s) == ("calls", False, 20)
    assert (level.figure, level.target) == ("sl_offered", 0.8)


def test_emails_are_clustered_by_replication() -> None:
    (level,) = week_profile(STATISTICS, never_off(STATISTICS)).emails
    replied, offered = (
        by_hour("responded_within", EMAILS),
        sum(by_hour(reason, EMAILS) for reason in OFFERED_REASONS),
    )
    on_wednesdays = offered[:, [2, 9]].sum(axis=(1, 2))
    spread = ratio_of_sums(replied[:, [2, 9]].sum(axis=(1, 2)), on_wednesdays)
    expected = at_least_binomial(spread, on_wednesdays.sum())
    assert level.is_email
    assert level.estimates.value[2] == expected.value
    assert level.estimates.half_width[2] == expected.half_width


def test_positions_are_means() -> None:
    profile = week_profile(STATISTICS, never_off(STATISTICS))
    np.testing.assert_allclose(profile.scheduled, 4.0)
    busy = np.mean([one.counts.teams[0, [8, 8 + 7 * 24], 2] for one in REPLICATIONS]) / HOUR_MS
    assert profile.busy[0] == pytest.approx(busy)


def test_a_team_that_keeps_a_holiday_does_not_lower_the_mean_of_the_others() -> None:
    centre = in_months(counted_centre([Counted("calls")], [(0, 0, 4), (0, 1, 6)], teams=("here", "there"), days=14))
    counts = counts_of(centre, {})
    scheduled, busy = TEAM_COLUMNS.index("scheduled_ms"), TEAM_COLUMNS.index("busy_ms")
    for team, positions in ((0, 4), (1, 6)):
        counts.teams[team, [8, 8 + 7 * 24], scheduled] = positions * HOUR_MS
        counts.teams[team, [8, 8 + 7 * 24], busy] = positions * HOUR_MS // 2
    counts.teams[1, 8] = 0  # the first Monday is a holiday there
    statistics = summarise(centre, [Replication(n, counts) for n in range(2)])
    off = never_off(statistics)
    lowered = week_profile(statistics, off)
    assert (lowered.scheduled[0], lowered.busy[0], lowered.days_left_out) == (7, 3.5, False)
    off[1, 0] = True
    profile = week_profile(statistics, off)
    assert (profile.scheduled[0], profile.busy[0], profile.days_left_out) == (10, 5, True)


def test_a_team_that_is_off_on_all_days_has_no_positions() -> None:
    assert not week_profile(STATISTICS, ~never_off(STATISTICS)).scheduled.any()


def test_what_agrees_has_an_interval_all_the_same() -> None:
    """As in every table: a hundred calls of which every replication answers the same share in time."""
    (level,) = week_profile(few_days(81), never_off(few_days(81))).calls
    assert np.nanmin(level.estimates.half_width) > 0.05


# --- levels -------------------------------------------------------------------------------------------------------


def test_bounds_end_at_nothing_and_at_all() -> None:
    level = made(values=(0.99, 0.5, 0.02), half_width=0.05)
    np.testing.assert_allclose(level.low, [0.94, 0.45, 0.0])
    np.testing.assert_allclose(level.high, [1.0, 0.55, 0.07])


def test_short_is_what_stays_below_its_target_interval_and_all() -> None:
    level = made(values=(0.74, 0.76, math.nan, 0.9), half_width=0.05)
    assert level.short.tolist() == [True, False, False, False]
    assert level.known == 3
    assert level.shortfall == (1 / 3, pytest.approx(0.06))


@pytest.mark.parametrize("level", [made(target=None), made(values=(math.nan, math.nan))])
def test_without_target_or_contacts_no_queue_is_worse_off(level: Level) -> None:
    assert level.shortfall < made(values=(1.0,)).shortfall


def week_of(*levels: Level) -> WeekProfile:
    slots = np.zeros(3)
    calls = tuple(level for level in levels if not level.is_email)
    emails = tuple(level for level in levels if level.is_email)
    return WeekProfile(slots.astype(np.int64), slots.astype(np.int64), HOUR_MS, calls, slots, slots, emails, False)


def test_the_worst_are_kept_they_first() -> None:
    fine, low, never = made("fine", values=(0.99, 0.99)), made("low", values=(0.7, 0.9)), made("never", (math.nan,))
    late, near = made("late", values=(0.1, 0.1), is_email=True), made("near", values=(0.81, 0.9))
    profile = week_of(fine, never, near, low, late)
    for most, calls, emails in ((1, [], ["late"]), (2, ["low"], ["late"]), (9, ["low", "near", "fine"], ["late"])):
        kept = worst(profile, most)
        assert ([level.queue for level in kept.calls], [level.queue for level in kept.emails]) == (calls, emails)
