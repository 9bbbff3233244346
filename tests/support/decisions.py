"""Decisions made by hand."""

from __future__ import annotations

import math
from fractions import Fraction

from analysis.decision import Decision, SpanResult, TargetDecision, verdict_on
from analysis.kpis import Estimate
from analysis.risk import Risk
from analysis.targets import Target
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
    return Decision(targets, risk(met, days), days, Share(1.0, 0.0, 1.0, 1, 1), 1, Share(1.0, 0.0, 1.0, 1, 1))
