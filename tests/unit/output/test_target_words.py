"""Targets and what was decided on them in words."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from analysis.decision import Decision, SpanResult, TargetDecision, verdict_on
from analysis.kpis import Estimate
from analysis.output.target_words import days_meeting, days_met, figure_name, headline, on_one_line, short_name
from analysis.risk import Risk
from analysis.targets import Metric, Target
from analysis.uncertainty import Share

LEVEL = Target("calls", "service_level", Fraction(4, 5), "month", 10_000)
ANSWERED = Target("calls", "answer_rate", Fraction(19, 20), "month")
REPLIED = Target("emails", "response", Fraction(4, 5), "month", 14_400_000)


def risk(met: int, judged: int) -> Risk:
    return Risk(Share(met / judged if judged else math.nan, 0.0, 1.0, met, judged), 0)


def decided(target: Target, *values: tuple[float, float]) -> TargetDecision:
    """A target with its figure and half width in each month; over all the first's."""
    spans = tuple(
        SpanResult(f"2027-{month:02d}", value, half, verdict_on(float(target.share), value, half))
        for month, (value, half) in enumerate(values, 1)
    )
    return TargetDecision(target, Estimate(*values[0]), spans, risk(1, 1), risk(1, 1))


def decision(*targets: TargetDecision, met: int = 27, days: int = 30) -> Decision:
    return Decision(targets, risk(met, days), days, Share(1.0, 0.0, 1.0, 1, 1))


@pytest.mark.parametrize(
    ("target", "short", "line", "figure"),
    [
        (LEVEL, "80/10", "calls 80 % in 10 s", "calls in 10 s"),
        (ANSWERED, "95 % answered", "calls 95 % answered", "calls answered"),
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


def test_all_hold() -> None:
    told = headline(
        decision(decided(LEVEL, (0.831, 0.004)), decided(ANSWERED, (0.962, 0.001)), decided(REPLIED, (0.91, 0.01)))
    )
    assert told == (
        "80/10 holds: 83.1 % ± 0.4 answered in 10 s; 96.2 % answered; emails 91.0 % in 4 h; "
        "27 of 30 days meet all targets."
    )


def test_what_fails_is_told_first_and_by_how_much() -> None:
    told = headline(
        decision(decided(LEVEL, (0.831, 0.004)), decided(ANSWERED, (0.931, 0.001)), decided(REPLIED, (0.8, 0.01)))
    )
    assert told == (
        "95 % answered fails: 93.1 % ± 0.1, 1.9 points short; emails 80 % in 4 h can't be told: 80.0 % ± 1.0; "
        "80/10 holds: 83.1 % ± 0.4 answered in 10 s; 27 of 30 days meet all targets."
    )


def test_of_several_months_the_worst_is_told() -> None:
    told = headline(decision(decided(LEVEL, (0.831, 0.004), (0.712, 0.01), (0.79, 0.004)), met=0))
    assert told == (
        "80/10 fails in 2 of 3 months: 71.2 % ± 1.0 answered in 10 s in the worst, February 2027, 8.8 points short "
        "(83.1 % over all); 0 of 30 days meet all targets."
    )


def test_holding_in_every_month() -> None:
    told = headline(decision(decided(LEVEL, (0.831, 0.004), (0.812, 0.01))))
    assert told.startswith("80/10 holds in all 2 months: 81.2 % ± 1.0 answered in 10 s in the worst, February 2027 (")


def test_no_contacts() -> None:
    told = headline(decision(TargetDecision(LEVEL, Estimate(math.nan, math.nan), (), risk(0, 0), risk(0, 0))))
    assert told.startswith("80/10 can't be told: no contacts; ")


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
    found = Decision((), risk(met, of), 30, Share(1.0, 0.0, 1.0, 1, 1))
    assert days_meeting(found) == told
    assert told.startswith(f"{days_met(found)} days")


def test_one_day() -> None:
    assert days_meeting(Decision((), risk(1, 1), 1, Share(1.0, 0.0, 1.0, 1, 1))) == "1 of 1 day meets all targets"
