"""Targets and what was decided on them in words."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from analysis.decision import Decision
from analysis.output.target_words import days_meeting, days_met, figure_name, on_one_line, short_name
from analysis.targets import Metric, Target
from analysis.uncertainty import Share
from tests.support.decisions import ANSWERED, LEVEL, REPLIED, risk


@pytest.mark.parametrize(
    ("target", "short", "line", "figure"),
    [
        (LEVEL, "80/10", "calls 80 % in 10 s", "calls in 10 s"),
        (ANSWERED, "95 % answered", "calls 95 % answered", "calls answered"),
        (
            Target("desk", "transfers", Fraction(4, 5), "month", 60_000),
            "desk 80 % of transfers in 1 min",
            "desk 80 % of transfers in 1 min",
            "desk transfers in 1 min",
        ),
        (REPLIED, "emails 80 % in 4 h", "emails 80 % in 4 h", "emails in 4 h"),
        (
            Target("calls", "service_level", Fraction(4, 5), "month", 2_500),
            "80 % in 2.5 s",
            "calls 80 % in 2.5 s",
            "calls in 2.5 s",
        ),
    ],
)
def test_names(target: Target, short: str, line: str, figure: str) -> None:
    assert (short_name(target, [target]), on_one_line(target), figure_name(target)) == (short, line, figure)


@pytest.mark.parametrize("metric", ["service_level", "answer_rate"])
def test_a_queue_is_named_where_there_are_several(metric: Metric) -> None:
    one, other = (Target(queue, metric, Fraction(4, 5), "month", 10_000) for queue in ("sales", "help"))
    assert short_name(one, [one, other]).startswith("sales ")


def test_a_queue_is_named_where_another_has_a_target_of_another_kind() -> None:
    satisfied = Target("billing", "satisfaction", Fraction(9, 10), "month")
    assert short_name(satisfied, [ANSWERED, satisfied]) == "billing 90 % satisfied"
    assert short_name(ANSWERED, [ANSWERED, satisfied]) == "calls 95 % answered"
    assert short_name(ANSWERED, [LEVEL, ANSWERED, REPLIED]) == "95 % answered"


@pytest.mark.parametrize(
    ("met", "of", "told"),
    [
        (270, 300, "27 of 30 days meet all targets"),
        (299, 300, "29.9 of 30 days meet all targets"),
        (300, 300, "30 of 30 days meet all targets"),
        (1, 300, "0.1 of 30 days meet all targets"),
        (10, 300, "1 of 30 days meets all targets"),
    ],
)
def test_days_are_rounded_but_never_to_none_or_all(met: int, of: int, told: str) -> None:
    found = Decision((), risk(met, of), 30, Share(1.0, 0.0, 1.0, 1, 1), 1, Share(1.0, 0.0, 1.0, 1, 1))
    assert days_meeting(found) == told
    assert told.startswith(f"{days_met(found)} days")


def test_one_day() -> None:
    assert (
        days_meeting(Decision((), risk(1, 1), 1, Share(1.0, 0.0, 1.0, 1, 1), 1, Share(1.0, 0.0, 1.0, 1, 1)))
        == "1 of 1 day meets all targets"
    )
    found = Decision((), risk(49, 50), 1, Share(1.0, 0.0, 1.0, 1, 1), 1, Share(1.0, 0.0, 1.0, 1, 1))
    assert days_meeting(found) == "the day meets all targets with a chance of 98.0 %"


def test_where_no_day_can_be_judged_it_is_said() -> None:
    found = Decision(
        (), risk(0, 0), 0, Share(math.nan, math.nan, math.nan, 0, 0), 1, Share(math.nan, math.nan, math.nan, 0, 0)
    )
    assert days_meeting(found) == "no day had contacts in all queues with targets"
