"""Accumulation over replications against the same computed from all replications at once."""

from __future__ import annotations

import dataclasses
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest

from analysis.figures import INTERVAL_RATIOS, OFFERED, OLDEST_AT_END, TEAM_RATIOS, WAIT_LONGEST, WAITING
from analysis.intervals import OLDEST, Accumulator, CentreStatistics, summarise
from analysis.targets import Target, judge
from analysis.uncertainty import mean_of, ratio_of_sums
from tests.support.counts import CALLS, EMAILS, blended, random_replications

TARGET = Target("calls", "service_level", Fraction(4, 5), "interval", 20_000)
MADE = blended()


@pytest.fixture(scope="module")
def statistics() -> CentreStatistics:
    return summarise(MADE, iter(random_replications(MADE, 12)), [TARGET])


def stacked(name: str) -> np.ndarray:
    return np.stack([getattr(one.counts, name) for one in random_replications(MADE, 12)])


def test_totals_are_sums(statistics: CentreStatistics) -> None:
    np.testing.assert_array_equal(statistics.contacts.totals, stacked("contacts").sum(axis=0))
    np.testing.assert_array_equal(statistics.queues.totals, stacked("queues").sum(axis=0))
    np.testing.assert_array_equal(statistics.teams.totals, stacked("teams").sum(axis=0))
    np.testing.assert_array_equal(statistics.wait_histogram, stacked("wait_histogram").sum(axis=0))
    np.testing.assert_array_equal(statistics.response_histogram, stacked("response_histogram").sum(axis=0))
    assert statistics.replications == 12


def test_interval_ratios_equal_those_of_the_replications(statistics: CentreStatistics) -> None:
    for ratios, moments, table in (
        (INTERVAL_RATIOS, statistics.contacts, stacked("contacts")),
        (TEAM_RATIOS, statistics.teams, stacked("teams")),
    ):
        for ratio in ratios:
            expected = ratio_of_sums(ratio.numerator.of(table), ratio.denominator.of(table)).per(ratio.unit)
            found = moments.ratio(ratio)
            np.testing.assert_allclose(found.value, expected.value, err_msg=ratio.name)
            np.testing.assert_allclose(found.half_width, expected.half_width, rtol=1e-6, atol=1e-7, err_msg=ratio.name)


def test_interval_means_equal_those_of_the_replications(statistics: CentreStatistics) -> None:
    for columns, moments, table in (
        (OFFERED, statistics.contacts, stacked("contacts")),
        (WAITING, statistics.queues, stacked("queues")),
    ):
        expected, found = mean_of(columns.of(table)), moments.mean(columns)
        np.testing.assert_allclose(found.value, expected.value)
        np.testing.assert_allclose(found.half_width, expected.half_width, rtol=1e-6)
        np.testing.assert_allclose(moments.row(1).mean(columns).half_width, found.half_width[1])


def test_days_are_kept_for_every_replication(statistics: CentreStatistics) -> None:
    contacts = stacked("contacts").reshape(12, 2, 42, 24, -1)
    expected = contacts.sum(axis=3)
    expected[..., WAIT_LONGEST] = contacts[..., WAIT_LONGEST].max(axis=3)
    np.testing.assert_array_equal(statistics.contacts_by_day, expected)
    queues = stacked("queues").reshape(12, 2, 42, 24, -1)
    np.testing.assert_array_equal(statistics.queues_by_day[..., 0], queues[..., 0].sum(axis=3))
    np.testing.assert_array_equal(statistics.queues_by_day[..., 1:3], queues[..., -1, 1:3])
    np.testing.assert_array_equal(statistics.queues_by_day[..., 3], queues[..., 3].sum(axis=3))
    np.testing.assert_array_equal(statistics.queues_by_day[..., 4], queues[..., -1, 4])
    np.testing.assert_array_equal(statistics.queues_by_day[..., OLDEST], OLDEST_AT_END.of(queues).max(axis=3))
    teams = stacked("teams").reshape(12, 1, 42, 24, -1)
    np.testing.assert_array_equal(statistics.teams_by_day[..., :3], teams.sum(axis=3)[..., :3])
    np.testing.assert_array_equal(statistics.teams_by_day[..., 3], teams[..., -1, 3])


def test_services_are_kept_for_every_replication(statistics: CentreStatistics) -> None:
    np.testing.assert_array_equal(statistics.services_over("month"), stacked("services"))
    np.testing.assert_array_equal(statistics.services_over("horizon")[:, :, :, 0], stacked("services").sum(axis=3))


def test_spans_add_days_up(statistics: CentreStatistics) -> None:
    by_day = statistics.contacts_by_day
    months = statistics.contacts_over("month", [CALLS, EMAILS])
    np.testing.assert_array_equal(months[:, :, 0, :4], by_day[:, :, :28, :4].sum(axis=2))
    np.testing.assert_array_equal(months[:, :, 1, :4], by_day[:, :, 28:, :4].sum(axis=2))
    assert statistics.contacts_over("week", [EMAILS]).shape[:3] == (12, 1, 6)
    np.testing.assert_array_equal(statistics.contacts_over("day", [EMAILS])[:, 0], by_day[:, EMAILS])
    lengths = statistics.queues_over("horizon", [EMAILS, CALLS])
    np.testing.assert_array_equal(lengths[:, :, 0, 1:3], statistics.queues_by_day[:, ::-1, -1, 1:3])
    np.testing.assert_array_equal(statistics.teams_over("day", [0]), statistics.teams_by_day)


def test_targets_over_intervals_are_counted_per_replication(statistics: CentreStatistics) -> None:
    verdict = judge(TARGET, stacked("contacts")[:, CALLS])
    found = statistics.interval_verdicts[TARGET]
    np.testing.assert_array_equal(found.met, verdict.met.sum(axis=1))
    np.testing.assert_array_equal(found.judged, verdict.judged.sum(axis=1))
    np.testing.assert_array_equal(found.thin, verdict.thin.sum(axis=1))
    assert 0 < found.met.sum() < found.judged.sum() < 12 * 42 * 24


def test_order_of_adding_does_not_matter(statistics: CentreStatistics) -> None:
    replications = random_replications(MADE, 12)
    shuffled = [replications[place] for place in np.random.default_rng(7).permutation(12)]
    other = summarise(MADE, shuffled, [TARGET])
    kept = ("numbers", "contacts_by_day", "queues_by_day", "teams_by_day", "services")
    for name in (*kept, "wait_histogram", "response_histogram"):
        np.testing.assert_array_equal(getattr(other, name), getattr(statistics, name))
    for name in ("contacts", "queues", "teams"):
        one, two = getattr(other, name), getattr(statistics, name)
        np.testing.assert_array_equal(one.totals, two.totals)
        for pair, product in one.products.items():
            np.testing.assert_allclose(product, two.products[pair], rtol=1e-14)
    np.testing.assert_array_equal(
        other.contacts.products[OFFERED, OFFERED], statistics.contacts.products[OFFERED, OFFERED]
    )
    np.testing.assert_array_equal(other.interval_verdicts[TARGET].met, statistics.interval_verdicts[TARGET].met)


def test_statistics_on_the_way_are_not_changed_by_what_follows() -> None:
    made = blended(days=7)
    first, second = random_replications(made, 2)
    accumulator = Accumulator(made)
    accumulator.add(first)
    early = accumulator.statistics()
    accumulator.add(second)
    np.testing.assert_array_equal(early.contacts.totals, first.counts.contacts)
    np.testing.assert_array_equal(early.wait_histogram, first.counts.wait_histogram)
    assert accumulator.statistics().replications == 2


def test_the_engines_arrays_are_not_changed() -> None:
    made = blended(days=7)
    replications, untouched = random_replications(made, 2), random_replications(made, 2)
    summarise(made, replications)
    for one, other in zip(replications, untouched, strict=True):
        for field in dataclasses.fields(one.counts):
            np.testing.assert_array_equal(getattr(one.counts, field.name), getattr(other.counts, field.name))


def test_a_number_twice_is_refused() -> None:
    made = blended(days=7)
    (one,) = random_replications(made, 1)
    with pytest.raises(ValueError, match="replication 0 was added before"):
        summarise(made, [one, one])


def test_no_replication_is_refused() -> None:
    with pytest.raises(ValueError, match="no replication"):
        summarise(blended(days=7), [])


def test_what_is_kept_of_a_replication_is_days_not_intervals() -> None:
    made = blended(days=28, interval_ms=60_000 * 5)
    one, *others = random_replications(made, 4)
    accumulator = Accumulator(made)
    accumulator.add(one)
    tracemalloc.start()
    for other in others:
        accumulator.add(other)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept / len(others) < one.counts.contacts.nbytes / 50
