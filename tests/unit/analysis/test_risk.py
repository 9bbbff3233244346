"""Shares of days and months that meet targets, counted by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from analysis.intervals import CentreStatistics, summarise
from analysis.risk import chance_of_holding, risk, share_meeting, target_risk, verdicts
from analysis.targets import JudgedOver, Target
from sim.centre.results import Replication
from tests.support.counts import CALLS, EMAILS, blended, counts_of

MADE = blended(days=42)
DAY = 24


def level(over: JudgedOver) -> Target:
    return Target("calls", "service_level", Fraction(4, 5), over, 20_000)


ANSWERED = Target("emails", "answer_rate", Fraction(1, 2), "day")


def calls(day: int, within: int, *, hour: int = 10, offered: int = 100) -> dict[tuple[int, int], dict[str, int]]:
    return {(CALLS, day * DAY + hour): {"first": offered, "served": offered, "served_within": within}}


def statistics_of(
    *replications: dict[tuple[int, int], dict[str, int]], targets: tuple[Target, ...] = ()
) -> CentreStatistics:
    return summarise(MADE, [Replication(n, counts_of(MADE, one)) for n, one in enumerate(replications)], targets)


def test_days_are_judged_one_by_one() -> None:
    statistics = statistics_of(calls(0, 80) | calls(1, 79) | calls(5, 100), calls(0, 79) | calls(2, 90))
    found = target_risk(statistics, level("day"))
    assert (found.share.met, found.share.judged, found.thin) == (3, 5, 0)
    assert found.share.few


def test_months_add_up_their_days() -> None:
    statistics = statistics_of(calls(0, 100) | calls(1, 60) | calls(30, 79), calls(0, 79) | calls(29, 100))
    assert target_risk(statistics, level("month")).share.met == 2
    found = verdicts(statistics, [level("day")], "month")
    assert found.labels == ("2027-01", "2027-02")
    assert found.met.tolist() == [[True, False], [False, True]]


def test_weeks_are_calendar_weeks() -> None:
    statistics = statistics_of(calls(6, 100) | calls(7, 60) | calls(13, 100))
    found = verdicts(statistics, [level("week")], "week")
    assert found.judged[0].tolist() == [True, True, False, False, False, False]
    assert found.met[0].tolist() == [True, True, False, False, False, False]


def test_intervals_are_judged_one_by_one() -> None:
    target = level("interval")
    replication = calls(0, 80, hour=9) | calls(0, 79, hour=10) | calls(3, 19, hour=9, offered=19)
    found = target_risk(statistics_of(replication, {}, targets=(target,)), target)
    assert (found.share.met, found.share.judged, found.thin) == (2, 3, 1)


def test_intervals_not_asked_for_are_not_there() -> None:
    with pytest.raises(KeyError):
        target_risk(statistics_of(calls(0, 80)), level("interval"))


def test_all_targets_together() -> None:
    emails = {
        (EMAILS, day * DAY + 3): {"first": 10, "served": served, "abandoned": 10 - served}
        for day, served in ((0, 5), (1, 5), (2, 4), (4, 5))
    }
    statistics = statistics_of(calls(0, 80) | calls(1, 79) | calls(2, 90) | calls(3, 90) | emails)
    found = verdicts(statistics, [level("day"), ANSWERED], "day")
    # Met by both; calls fail; emails fail; no emails, no calls: not judged.
    assert found.met[0, :5].tolist() == [True, False, False, False, False]
    assert found.judged[0].sum() == 3
    assert found.thin[0].sum() == 3
    together = risk(found)
    assert (together.share.met, together.share.judged, together.thin) == (1, 3, 3)


def test_where_one_queue_never_has_contacts_no_span_is_judged_for_all() -> None:
    statistics = statistics_of(calls(0, 80), targets=(level("day"), ANSWERED))
    found = verdicts(statistics, statistics.targets, "day")
    assert not found.judged.any()
    assert not found.met.any()
    assert math.isnan(chance_of_holding(found).value)
    assert np.isnan(share_meeting(statistics, [CALLS, EMAILS], "day")).all()
    assert share_meeting(statistics, [CALLS], "day")[0] == 1


def test_no_contact_at_all_is_undefined() -> None:
    found = risk(verdicts(statistics_of({}, {}), [level("day")], "day"))
    assert math.isnan(found.share.value)
    assert (found.share.judged, found.thin) == (0, 0)


def test_independence_is_the_callers_word() -> None:
    replications = [calls(day=0, within=80) | calls(day=1, within=80 - n % 2) for n in range(10)]
    found = verdicts(statistics_of(*replications), [level("day")], "day")
    wilson = stats.binomtest(15, 20).proportion_ci(0.95, method="wilson")
    assert risk(found, independent=True).share.low == pytest.approx(wilson.low)
    assert risk(found).share.low != pytest.approx(wilson.low, abs=1e-3)


def test_chance_of_holding_throughout() -> None:
    statistics = statistics_of(calls(0, 80) | calls(30, 80), calls(0, 80) | calls(30, 79), calls(0, 90), {})
    chance = chance_of_holding(verdicts(statistics, [level("month")], "month"))
    wilson = stats.binomtest(2, 3).proportion_ci(0.95, method="wilson")
    assert (chance.met, chance.judged) == (2, 3)
    assert (chance.low, chance.high) == pytest.approx((wilson.low, wilson.high))
