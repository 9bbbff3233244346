"""Frames: shape, timestamps, and the figures of the replications in the right cells."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from analysis import frames
from analysis.intervals import CentreStatistics, summarise
from analysis.kpis import Payroll, centre_figures
from analysis.targets import Target
from analysis.uncertainty import ratio_of_sums
from sim.centre.results import CONTACT_COLUMNS, Replication
from tests.support.counts import CALLS, blended, counts_of, random_replications

MADE = blended()
SERVED, WITHIN, HANDLE, HANDED = (
    CONTACT_COLUMNS.index(name) for name in ("served", "served_within", "handle_ms", "transfer_served")
)
TARGETS = (
    Target("calls", "service_level", Fraction(3, 5), "month", 20_000),
    Target("calls", "answer_rate", Fraction(4, 5), "month"),
)


@pytest.fixture(scope="module")
def statistics() -> CentreStatistics:
    return summarise(MADE, random_replications(MADE, 6), TARGETS)


def stacked(name: str) -> np.ndarray:
    return np.stack([getattr(one.counts, name) for one in random_replications(MADE, 6)])


def test_queue_intervals(statistics: CentreStatistics) -> None:
    frame = frames.queue_intervals(statistics)
    assert len(frame) == 2 * 42 * 24
    cell = frame[(frame["queue"] == "calls") & (frame["start"] == pd.Timestamp("2027-01-05 09:00"))].squeeze()
    contacts = stacked("contacts")[:, CALLS, 24 + 9]
    expected = ratio_of_sums(contacts[:, WITHIN], contacts[:, :6].sum(axis=1))
    assert cell["open"]
    assert cell["sl_offered"] == pytest.approx(expected.value)
    assert cell["sl_offered_half_width"] == pytest.approx(expected.half_width)
    assert cell["offered"] == pytest.approx(contacts[:, :6].sum() / 6)
    assert cell["aht_s"] == pytest.approx(contacts[:, HANDLE].sum() / contacts[:, [SERVED, HANDED]].sum() / 1000)
    assert cell["queue_mean"] == pytest.approx(stacked("queues")[:, CALLS, 33, 0].mean() / 3_600_000)
    assert math.isnan(cell["response_in_time"])


def test_closed_intervals_are_undefined(statistics: CentreStatistics) -> None:
    frame = frames.queue_intervals(statistics)
    closed = frame[~frame["open"]]
    assert closed["offered"].eq(0).all()
    assert closed[["sl_offered", "answer_rate", "asa_s"]].isna().all(axis=None)


def test_queue_days(statistics: CentreStatistics) -> None:
    frame = frames.queue_days(statistics)
    assert len(frame) == 2 * 42
    emails = frame[frame["queue"] == "emails"]
    assert emails["start"].tolist() == pd.date_range("2027-01-04", periods=42).tolist()
    assert emails["response_in_time"].between(0, 1).all()
    assert emails["sl_offered"].isna().all()
    assert "wait_p95_s" not in frame
    by_interval = frames.queue_intervals(statistics)
    per_day = by_interval.groupby(["queue", by_interval["start"].dt.normalize()])["offered"].sum()
    np.testing.assert_allclose(frame["offered"], per_day)


def test_share_of_replications_that_meet_the_queues_targets(statistics: CentreStatistics) -> None:
    frame = frames.queue_days(statistics)
    contacts = stacked("contacts")[:, CALLS].reshape(6, 42, 24, -1).sum(axis=2)
    offered = contacts[..., :6].sum(axis=-1)
    met = (5 * contacts[..., WITHIN] >= 3 * offered) & (5 * contacts[..., SERVED] >= 4 * offered)
    np.testing.assert_allclose(frame[frame["queue"] == "calls"]["meets_targets"], met.mean(axis=0))
    assert 0 < met.mean() < 1
    assert frame[frame["queue"] == "emails"]["meets_targets"].isna().all()


def test_queue_months(statistics: CentreStatistics) -> None:
    frame = frames.queue_months(statistics)
    assert frame["start"].tolist() == [pd.Timestamp("2027-01-04"), pd.Timestamp("2027-02-01")] * 2
    assert frame.loc[0, "wait_p50_s"] < frame.loc[0, "wait_p99_s"]
    assert "wait_p50_s_half_width" not in frame


def test_teams(statistics: CentreStatistics) -> None:
    intervals, days = frames.team_intervals(statistics), frames.team_days(statistics)
    assert (len(intervals), len(days)) == (42 * 24, 42)
    teams = stacked("teams")[:, 0]
    busy, duty = teams[:, 9, 2], teams[:, 9, 0] + teams[:, 9, 1]
    assert intervals.loc[9, "start"] == pd.Timestamp("2027-01-04 09:00")
    assert intervals.loc[9, "positions_mean"] == 4
    assert intervals.loc[9, "occupancy"] == pytest.approx(busy.sum() / duty.sum())
    assert intervals.loc[9, "occupancy_half_width"] == pytest.approx(ratio_of_sums(busy, duty).half_width)
    assert days.loc[1, "busy_h"] == pytest.approx(teams[:, 24:48, 2].sum() / 6 / 3_600_000)
    assert days.loc[0, "positions_peak"] == 6


def test_totals_are_the_key_figures(statistics: CentreStatistics) -> None:
    payroll = {"team": Payroll(heads=12, cost=1_000.0)}
    frame = frames.totals(statistics, payroll).set_index(["of", "name", "figure"])[["value", "half_width"]]
    figures = centre_figures(statistics, payroll)
    assert frame.loc[("team", "team", "heads"), "value"] == 12
    assert tuple(frame.loc[("queue", "calls", "sl_offered")]) == figures.queues["calls"]["sl_offered"]
    assert tuple(frame.loc[("total", "all", "cost_per_contact")]) == figures.totals["all"]["cost_per_contact"]


def test_frames_of_one_replication_have_the_same_columns() -> None:
    made = blended(days=7)
    one, two = (summarise(made, random_replications(made, n)) for n in (1, 2))
    for frame_of in (frames.queue_intervals, frames.queue_days, frames.team_intervals, frames.team_days):
        assert list(frame_of(one)) == list(frame_of(two))


def test_a_centre_without_a_contact() -> None:
    made = blended(days=7)
    empty = summarise(made, [Replication(0, counts_of(made, {}))])
    assert frames.queue_days(empty)["sl_offered"].isna().all()
    assert frames.queue_months(empty)["wait_p50_s"].isna().all()
