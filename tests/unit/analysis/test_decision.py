"""Whether targets hold, span by span, on counts made by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from analysis.decision import (
    Verdict,
    decide,
    decide_target,
    joint_verdict,
    span_labels,
    verdict_on,
)
from analysis.intervals import CentreStatistics, summarise
from analysis.kpis import centre_figures
from analysis.tables import span_table
from analysis.targets import JudgedOver, Target
from analysis.uncertainty import share
from sim.centre.results import Replication
from tests.support.counts import CALLS, Counted, blended, counted_centre, counts_of, in_months

MADE = blended(days=42)
HOURS = 24


def statistics_of(within: list[dict[int, int]], target: Target) -> CentreStatistics:
    """Replications with 100 calls at ten on some days, so many of them answered in time."""
    replications = [
        Replication(
            number,
            counts_of(
                MADE,
                {
                    (CALLS, day * HOURS + 10): {"first": 100, "served": 100, "served_within": good}
                    for day, good in by_day.items()
                },
            ),
        )
        for number, by_day in enumerate(within)
    ]
    return summarise(MADE, replications, [target])


def level(over: JudgedOver) -> Target:
    return Target("calls", "service_level", Fraction(4, 5), over, 20_000)


@pytest.mark.parametrize(
    ("value", "half_width", "verdict"),
    [
        (0.84, 0.03, "holds"),
        (0.82, 0.03, "unsure"),
        (0.78, 0.03, "unsure"),
        (0.76, 0.03, "fails"),
        (0.80, 0.0, "holds"),
        (0.99, math.nan, "unsure"),
        (math.nan, math.nan, "fails"),
    ],
)
def test_the_whole_interval_decides(value: float, half_width: float, verdict: Verdict) -> None:
    assert verdict_on(0.8, value, half_width) == verdict


def test_one_that_fails_fails_all() -> None:
    assert joint_verdict(["holds", "unsure", "fails"]) == "fails"
    assert joint_verdict(["holds", "unsure"]) == "unsure"
    assert joint_verdict(["holds", "holds"]) == "holds"
    assert joint_verdict([]) == "unsure"


def test_a_month_that_fails_is_not_made_good_by_another() -> None:
    target = level("month")
    statistics = statistics_of([{0: 99, 35: 70}, {0: 97, 35: 72}, {0: 98, 35: 71}], target)
    found = decide_target(statistics, target)
    assert [(span.label, span.verdict) for span in found.spans] == [("2027-01", "holds"), ("2027-02", "fails")]
    assert found.verdict == "fails"
    assert found.worst == found.spans[1]
    assert found.overall.value == pytest.approx(0.845)
    assert (found.count("holds"), found.count("fails"), found.count("unsure")) == (1, 1, 0)
    assert found.met.share.value == 0.5


def test_the_worst_is_told_of_those_that_decide() -> None:
    target = level("day")
    statistics = statistics_of([{0: 60, 1: 99, 2: 20}, {0: 61, 1: 98, 2: 99}, {0: 62, 1: 99, 2: 98}], target)
    found = decide_target(statistics, target)
    assert [span.verdict for span in found.spans] == ["fails", "holds", "unsure"]
    assert found.worst is not None
    assert found.worst.label == "2027-01-04"


def test_spans_without_contacts_are_left_out() -> None:
    target = level("day")
    found = decide_target(statistics_of([{3: 90}, {3: 91}], target), target)
    assert [span.label for span in found.spans] == ["2027-01-07"]


def test_no_contact_at_all_decides_nothing() -> None:
    target = level("month")
    found = decide_target(statistics_of([{}, {}], target), target)
    assert (found.spans, found.verdict, found.worst) == ((), "unsure", None)


def test_intervals_are_judged_one_by_one() -> None:
    target = level("interval")
    found = decide_target(statistics_of([{0: 90, 1: 50}, {0: 91, 1: 52}, {0: 92, 1: 51}], target), target)
    assert [(span.label, span.verdict) for span in found.spans] == [
        ("2027-01-04T10:00", "holds"),
        ("2027-01-05T10:00", "fails"),
    ]


def test_all_targets_together() -> None:
    target = level("month")
    found = decide(statistics_of([{0: 90, 1: 70}, {0: 85, 1: 90}], target))
    assert found.days_a_replication == 2
    assert (found.days.share.met, found.days.share.judged) == (3, 4)
    assert (found.chance.met, found.chance.judged) == (1, 2)


def test_satisfaction_is_decided_where_transfers_end() -> None:
    made = in_months(counted_centre([Counted("calls", rated=True)], [(0, 0, 1)], days=2))
    columns = {"transfer_served": 900, "rated": 900, "satisfaction_ppm": 900 * 940_000}
    counts = [Replication(n, counts_of(made, {(CALLS, 10): columns})) for n in range(4)]
    target = Target("calls", "satisfaction", Fraction(9, 10), "month")
    found = decide_target(summarise(made, counts, [target]), target)
    assert (found.verdict, len(found.spans)) == ("holds", 1)


def test_satisfaction_is_a_share_in_every_kind_of_span() -> None:
    made = in_months(counted_centre([Counted("calls", rated=True)], [(0, 0, 1)], days=2))
    columns = {"first": 1_000, "served": 1_000, "rated": 900, "satisfaction_ppm": 900 * 940_000}
    counts = [Replication(n, counts_of(made, {(CALLS, 10): columns})) for n in range(4)]
    spans: tuple[JudgedOver, ...] = ("interval", "day", "month")
    for over in spans:
        target = Target("calls", "satisfaction", Fraction(9, 10), over)
        found = decide_target(summarise(made, counts, [target]), target)
        assert found.overall.value == pytest.approx(0.94)
        assert [(span.value, span.verdict) for span in found.spans] == [(pytest.approx(0.94), "holds")]


def test_labels_of_spans() -> None:
    assert span_labels(MADE, "month") == ("2027-01", "2027-02")
    hours = span_labels(MADE, "interval")
    assert (len(hours), hours[0], hours[25]) == (1008, "2027-01-04T00:00", "2027-01-05T01:00")


def test_a_handful_of_calls_that_happen_to_agree_proves_little() -> None:
    target = level("day")
    day = (CALLS, 10)
    counts = [counts_of(MADE, {day: {"first": 2, "served": 2, "served_within": 2}}) for _ in range(4)]
    statistics = summarise(MADE, [Replication(n, one) for n, one in enumerate(counts)], [target])
    (span,) = decide_target(statistics, target).spans
    assert span.value == 1
    assert 1 - span.half_width == pytest.approx(share(np.array([8]), np.array([8]), independent=True).low)
    assert span.verdict == "unsure"


def test_all_of_all_contacts_meets_a_target_of_all() -> None:
    assert [verdict_on(1.0, value, 0.001) for value in (1.0, 0.9995, 0.99)] == ["holds", "unsure", "fails"]
    assert verdict_on(0.9999, 1.0, 0.001) == "unsure"


@pytest.mark.parametrize("within", [2, 1])
def test_a_figure_has_one_interval_wherever_it_is_told(within: int) -> None:
    """In the decision, in tables by span, in the horizon's figures, and by interval."""
    counts = counts_of(MADE, {(CALLS, 10): {"first": 2, "served": 2, "served_within": within}})
    replications = [Replication(n, counts) for n in range(4)]
    for over in ("interval", "day", "month"):
        target = level(over)
        statistics = summarise(MADE, replications, [target])
        found = decide_target(statistics, target)
        name = target.ratio.name
        assert centre_figures(statistics).queues["calls"][name] == found.overall
        table = span_table(statistics, over)
        calls, place = table.groups[0], table.labels.index(found.spans[0].label)
        (column,) = (column for column in calls.columns if column.figure == name)
        assert column.half_widths is not None
        assert (column.values[place], column.half_widths[place]) == (found.spans[0].value, found.spans[0].half_width)


def test_the_chance_that_every_month_holds() -> None:
    """Of three replications one has a bad day in January, one a bad February; every month holds in two."""
    target = level("month")
    statistics = statistics_of([{0: 99, 1: 70, 35: 95}, {0: 97, 35: 72}, {0: 98, 35: 91}], target)
    found = decide(statistics)
    assert found.months == 2
    assert (found.every_month.met, found.every_month.judged) == (2, 3)
    assert found.chance.met == 1
