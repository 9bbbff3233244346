"""Tables by span against the frames that the same statistics make."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from analysis import frames
from analysis.intervals import summarise
from analysis.kpis import centre_figures
from analysis.tables import MEETS_TARGETS, By, Column, SpanTable, main_figures, span_table, total_rows, usual_rows
from analysis.targets import Target
from tests.support.counts import blended, random_replications

MADE = blended(days=42)
TARGETS = (
    Target("calls", "service_level", Fraction(3, 5), "day", 20_000, "sl_answered"),
    Target("emails", "answer_rate", Fraction(4, 5), "day"),
)
STATISTICS = summarise(MADE, random_replications(MADE, 3), TARGETS)


def column(table: SpanTable, group: str, figure: str) -> Column:
    (found,) = (c for g in table.groups if g.name == group for c in g.columns if c.figure == figure)
    return found


@pytest.mark.parametrize(("by", "frame"), [("day", frames.queue_days), ("month", frames.queue_months)])
def test_queues_have_the_figures_of_the_frames(by: By, frame: object) -> None:
    table = span_table(STATISTICS, by)
    expected = frame(STATISTICS)  # type: ignore[operator]
    calls = expected[expected["queue"] == "calls"]
    for figure in ("offered", "sl_excl_short", "wait_mean_s"):
        found = column(table, "calls", figure)
        np.testing.assert_array_equal(found.values, calls[figure])
        np.testing.assert_array_equal(found.half_widths, calls[f"{figure}_half_width"])


def test_teams_have_theirs() -> None:
    found = column(span_table(STATISTICS, "day"), "team", "occupancy")
    np.testing.assert_array_equal(found.values, frames.team_days(STATISTICS)["occupancy"])


def test_all_targets_together_are_met_no_more_often_than_each() -> None:
    together = column(span_table(STATISTICS, "day"), "targets", MEETS_TARGETS).values
    days = frames.queue_days(STATISTICS)
    for queue in ("calls", "emails"):
        assert np.all(together <= days.loc[days["queue"] == queue, "meets_targets"].to_numpy())


def test_by_interval_only_those_in_which_something_may_happen() -> None:
    table = span_table(STATISTICS, "interval")
    # Open from 8 to 18; counts are made for these hours only.
    assert len(table.labels) == 42 * 10
    assert table.labels[:2] == ("2027-01-04T08:00", "2027-01-04T09:00")
    all_hours = frames.queue_intervals(STATISTICS)
    calls = all_hours[(all_hours["queue"] == "calls") & all_hours["open"]]
    np.testing.assert_array_equal(column(table, "calls", "offered").values, calls["offered"])
    assert all(group.of != "all" for group in table.groups)


def test_main_figures_keep_the_formula_of_the_target() -> None:
    table = main_figures(span_table(STATISTICS, "day"), STATISTICS)
    figures = {group.name: [c.figure for c in group.columns] for group in table.groups}
    assert figures == {
        "calls": ["offered", "answer_rate", "sl_answered", "asa_s"],
        "emails": ["offered", "response_in_time", "waiting_at_end"],
        "team": ["positions_mean", "occupancy"],
        "targets": [MEETS_TARGETS],
    }


def test_total_rows_are_those_of_the_frame() -> None:
    frame = frames.totals(STATISTICS)
    rows = total_rows(centre_figures(STATISTICS))
    assert [row[:3] for row in rows] == list(zip(frame["of"], frame["name"], frame["figure"], strict=True))
    np.testing.assert_array_equal([row[3:5] for row in rows], frame[["value", "half_width"]])
    assert [row[5] for row in rows] == [None] * len(frame)
    assert frame["currency"].isna().all()


def test_long_horizons_are_shown_by_month() -> None:
    assert usual_rows(STATISTICS) == "day"
    year = blended(days=365)
    assert usual_rows(summarise(year, random_replications(year, 1))) == "month"
