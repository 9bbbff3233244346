"""Whether targets hold: each judged in every span that it is promised over, with the certainty that there is.

A target holds in a span if the whole 95 % interval of its figure, a ratio of sums over the replications, reaches the
share that is promised, and fails if none of it does; in between it can't be told. It holds if it does so in every span.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from sim.centre.contract import CompiledCentre, Int64

from .intervals import CentreStatistics
from .kpis import Estimate
from .ratio_estimates import known
from .risk import Risk, chance_of_holding, risk, target_risk, verdicts
from .spans import Over, first_day, spans
from .targets import JudgedOver, Target, contacts_judged
from .uncertainty import Estimates, Share, ratio_of_sums

Verdict = Literal["holds", "fails", "unsure"]


@dataclass(frozen=True)
class SpanResult:
    """A target in one span."""

    label: str
    """As ``Spans.labels``; of an interval its start, ``2027-03-01T09:30``."""
    value: float
    half_width: float
    """Of its 95 % interval."""
    verdict: Verdict


@dataclass(frozen=True)
class TargetDecision:
    """A target over the horizon."""

    target: Target
    overall: Estimate
    """Its figure over the whole horizon."""
    spans: tuple[SpanResult, ...]
    """The spans it is judged over that had contacts."""
    met: Risk
    """Share of those spans, of every replication, that meet it."""
    days_met: Risk
    """Share of the days that meet it."""

    @property
    def verdict(self) -> Verdict:
        """``fails`` if it does in some span, ``holds`` if it does in all; ``unsure`` without any contact."""
        return joint_verdict([span.verdict for span in self.spans])

    @property
    def worst(self) -> SpanResult | None:
        """The span with the lowest figure, of those where it fails (or else is unsure) if there are such."""
        alike = [span for span in self.spans if span.verdict == self.verdict]
        return min(alike, key=lambda span: -math.inf if math.isnan(span.value) else span.value, default=None)

    def count(self, verdict: Verdict) -> int:
        """Number of spans with this verdict."""
        return sum(span.verdict == verdict for span in self.spans)


@dataclass(frozen=True)
class Decision:
    """All targets of a scenario."""

    targets: tuple[TargetDecision, ...]
    days: Risk
    """Share of the days that meet all targets."""
    days_a_replication: float
    """Days that can be judged, on average."""
    chance: Share
    """Chance that every day meets all targets."""
    months: int
    """Months of the horizon."""
    every_month: Share
    """Chance that every month meets all targets."""

    @property
    def verdict(self) -> Verdict:
        """``holds`` if all targets do, ``fails`` if one does; ``unsure`` without targets."""
        return joint_verdict([one.verdict for one in self.targets])


def joint_verdict(of_each: list[Verdict]) -> Verdict:
    """One that fails fails all; all must hold."""
    if "fails" in of_each:
        return "fails"
    return "holds" if of_each and set(of_each) == {"holds"} else "unsure"


def verdict_on(share: float, value: float, half_width: float) -> Verdict:
    """Of a figure with its interval; one that is undefined though there were contacts is not met.

    All of all contacts is all that can be had, so that a target of 100 % holds, though no interval can show it.
    """
    if math.isnan(value):
        return "fails"
    if math.isnan(half_width):
        return "unsure"
    if value - half_width >= share or value == share == 1:
        return "holds"
    return "fails" if value + half_width < share else "unsure"


def decide(statistics: CentreStatistics) -> Decision:
    """Judge the targets that the statistics were gathered for."""
    every_day, every_month = (verdicts(statistics, statistics.targets, over) for over in ("day", "month"))
    return Decision(
        tuple(decide_target(statistics, target) for target in statistics.targets),
        risk(every_day),
        float(every_day.judged.sum() / statistics.replications),
        chance_of_holding(every_day),
        len(every_month.labels),
        chance_of_holding(every_month),
    )


def decide_target(statistics: CentreStatistics, target: Target) -> TargetDecision:
    """Judge one of the targets that the statistics were gathered for."""
    share = float(target.share)
    overall = known(target.ratio, *judged_figure(statistics, target, "horizon"))
    spread, counts = judged_figure(statistics, target, target.over)
    judged_on = contacts_judged(target, counts)
    labels = span_labels(statistics.centre, target.over)
    by_span = zip(labels, *known(target.ratio, spread, counts), judged_on, strict=True)
    return TargetDecision(
        target,
        Estimate(float(overall.value[0]), float(overall.half_width[0])),
        tuple(
            SpanResult(label, float(value), float(half), verdict_on(share, float(value), float(half)))
            for label, value, half, contacts in by_span
            if contacts
        ),
        target_risk(statistics, target),
        risk(verdicts(statistics, [target], "day")),
    )


def span_labels(centre: CompiledCentre, over: Over | JudgedOver) -> tuple[str, ...]:
    """Labels of the spans of the horizon: as ``Spans.labels``, of intervals their starts, ``2027-03-01T09:30``."""
    if over != "interval":
        return spans(centre, over).labels
    begin = datetime.combine(first_day(centre), time())
    step = timedelta(milliseconds=centre.engine.clock.interval_ms)
    return tuple((begin + step * number).isoformat(timespec="minutes") for number in range(centre.intervals))


def judged_figure(statistics: CentreStatistics, target: Target, over: Over | JudgedOver) -> tuple[Estimates, Int64]:
    """The figure that the target judges in each span, and the counts of all replications, (spans, CONTACT_COLUMNS).

    Its half widths are those of the replications' spread alone.
    """
    queue = statistics.centre.queue_names.index(target.queue)
    if over == "interval":
        contacts = statistics.contacts.row(queue)
        return contacts.ratio(target.ratio), contacts.totals
    counts = statistics.contacts_over(over, [queue])[:, 0]
    figure = ratio_of_sums(target.ratio.numerator.of(counts), target.ratio.denominator.of(counts))
    return figure.per(target.ratio.unit), counts.sum(axis=0)
