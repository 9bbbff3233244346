"""The average week against sums made by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from analysis.charts.queue_week import HandedIn, Level, QueueWeek, Waits
from analysis.charts.week_profile import week_profile, worst
from analysis.intervals import CentreStatistics, summarise
from analysis.sites import Site
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
from tests.support.decisions import ANSWERED, decided
from tests.support.weeks import few_days, made, never_off, waits, week

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
    assert isinstance(level, Level)
    assert (level.queue, level.is_email, level.threshold_s) == ("calls", False, 20)
    assert level.contacts[10 + 1] == pytest.approx(offered[:, [1, 8], 9].mean())
    assert [one.target for one in level.decided] == [LEVEL]
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
    (team,) = profile.teams
    np.testing.assert_allclose(team.scheduled, 4.0)
    busy = np.mean([one.counts.teams[0, [8, 8 + 7 * 24], 2] for one in REPLICATIONS]) / HOUR_MS
    assert team.busy[0] == pytest.approx(busy)


def two_teams() -> CentreStatistics:
    """Two weeks, in each of which 4 and 6 positions, the half of them busy, are there on Monday at eight."""
    centre = in_months(counted_centre([Counted("calls")], [(0, 0, 4), (0, 1, 6)], teams=("here", "there"), days=14))
    counts = counts_of(centre, {})
    scheduled, busy = TEAM_COLUMNS.index("scheduled_ms"), TEAM_COLUMNS.index("busy_ms")
    for team, positions in ((0, 4), (1, 6)):
        counts.teams[team, [8, 8 + 7 * 24], scheduled] = positions * HOUR_MS
        counts.teams[team, [8, 8 + 7 * 24], busy] = positions * HOUR_MS // 2
    counts.teams[1, 8] = 0  # the first Monday is a holiday there
    counts.teams[1, 9, busy] = HOUR_MS  # stays on
    return summarise(centre, [Replication(n, counts) for n in range(2)])


def test_a_holiday_does_not_lower_a_teams_mean() -> None:
    statistics = two_teams()
    off = never_off(statistics)
    for on_holiday, scheduled, busy in ((False, 3, 1.5), (True, 6, 3)):
        off[1, 0] = on_holiday
        profile = week_profile(statistics, off)
        there = next(team for team in profile.teams if team.team == "there")
        assert (there.scheduled[0], there.busy[0], profile.days_left_out) == (scheduled, busy, on_holiday)


def test_teams_stand_apart_the_busiest_first() -> None:
    statistics = two_teams()
    there, here = week_profile(statistics, never_off(statistics)).teams
    assert [(one.team, one.site, one.occupancy) for one in (there, here)] == [
        ("there", "", pytest.approx(4 / 6)),
        ("here", "", 0.5),
    ]
    np.testing.assert_allclose(there.busy_share[:2], [0.5, math.nan])
    sites = (Site("paris", None, (0,), (0,)), Site("krakow", None, (), (1,)))
    for given, named in ((sites, ["krakow", "paris"]), (sites[:1], ["", ""])):
        assert [one.site for one in week_profile(statistics, never_off(statistics), given).teams] == named


def test_a_team_that_is_off_on_all_days_has_no_positions() -> None:
    (team,) = week_profile(STATISTICS, ~never_off(STATISTICS)).teams
    assert not team.scheduled.any()
    assert np.isnan(team.busy_share).all()


# --- queues that live on transfers --------------------------------------------------------------------------------


def handed_in(columns: dict[str, int], queue: int = CALLS, targets: tuple[Target, ...] = ()) -> QueueWeek:
    """The queue's week where this happens at eight on both Mondays of two weeks."""
    places = {(queue, 8): columns, (queue, 8 + 7 * 24): columns}
    statistics = summarise(MADE, [Replication(n, counts_of(MADE, places)) for n in range(3)], targets)
    return week_profile(statistics, never_off(statistics)).queues[queue]


IN = {"transfer": 10, "transfer_served": 8, "transfer_abandoned": 2, "transfer_wait_ms": 80_000, "first": 4}


@pytest.mark.parametrize("queue", [CALLS, EMAILS])
def test_where_more_is_handed_in_than_offered_its_wait_is_shown(queue: int) -> None:
    found = handed_in(IN, queue)
    assert isinstance(found, Waits)
    assert (found.estimates.value[0], found.estimates.half_width[0], found.contacts[0]) == (10, 0, 10)
    assert (found.known, found.worst, found.offered) == (1, 0, 8)
    assert found.handed_in == HandedIn(20, 10, 0.2)


def test_waits_have_the_intervals_of_the_replications() -> None:
    waited_ms, served = np.array([60_000, 80_000, 130_000]), np.array([8, 9, 8])
    counts = [
        counts_of(MADE, {(CALLS, 8): {"transfer": 9, "transfer_served": answered, "transfer_wait_ms": waited}})
        for waited, answered in zip(waited_ms.tolist(), served.tolist(), strict=True)
    ]
    statistics = summarise(MADE, [Replication(n, one) for n, one in enumerate(counts)])
    (found,) = week_profile(statistics, never_off(statistics)).calls
    expected = ratio_of_sums(waited_ms, served).per(1000)
    assert isinstance(found, Waits)
    assert found.estimates.value[0] == pytest.approx(expected.value)
    assert found.estimates.half_width[0] == pytest.approx(expected.half_width)


def test_where_more_is_offered_or_a_share_is_promised_that_is_shown() -> None:
    assert isinstance(handed_in({**IN, "first": 10}), Level)
    promised = handed_in(IN, targets=(LEVEL,))
    assert isinstance(promised, Level)
    assert (promised.contacts[0], promised.handed_in.contacts) == (4, 20)


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


@pytest.mark.parametrize("level", [made(target=None), made(values=(math.nan, math.nan)), waits("experts", (900.0,))])
def test_without_target_or_contacts_no_queue_is_worse_off(level: QueueWeek) -> None:
    assert level.shortfall < made(values=(1.0,)).shortfall


def test_the_worst_are_kept_they_first() -> None:
    fine, low, never = made("fine", values=(0.99, 0.99)), made("low", values=(0.7, 0.9)), made("never", (math.nan,))
    late, near = made("late", values=(0.1, 0.1), is_email=True), made("near", values=(0.81, 0.9))
    profile = week(fine, never, near, low, late)
    for most, calls, emails in ((1, [], ["late"]), (2, ["low"], ["late"]), (9, ["low", "near", "fine"], ["late"])):
        kept = worst(profile, most)
        assert ([level.queue for level in kept.calls], [level.queue for level in kept.emails]) == (calls, emails)


def test_a_queue_whose_targets_fail_is_worse_off_than_one_that_is_short_at_times() -> None:
    failing = made("failing", values=(0.81, 0.9), decided=(decided(ANSWERED, (0.9, 0.01)),))
    holding = made("holding", values=(0.1, 0.9), decided=(decided(ANSWERED, (0.96, 0.01)),))
    assert [queue.queue for queue in worst(week(holding, failing), 1).calls] == ["failing"]
