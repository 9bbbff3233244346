"""Whether a staff meets its targets: exactly, or so clearly that more replications would not change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from sim.centre.contract import Float64, Int64

from ..decision import judged_figure
from ..intervals import CentreStatistics
from ..targets import Target, judge
from ..uncertainty import CONFIDENCE, Estimates

Bools = NDArray[np.bool_]

CHANCE_OF_ERROR = 1e-3
"""A figure is clear of its target if, were it the target, one of the spans would lie so far off by this chance only."""
LEAST_TO_BE_CLEAR = 4
"""With fewer replications nothing is clear."""


@dataclass(frozen=True)
class SpanFigures:
    """A target's figure in each span that it is judged over and that had contacts, (spans,)."""

    target: Target
    estimates: Estimates
    """NaN where there were contacts but the formula kept none."""
    met: Bools
    """Exact comparison of the sums over the replications."""
    clear: Bools
    """Whether the figure is so far off the target that more replications wouldn't change the verdict."""

    @property
    def margin(self) -> Float64:
        """Figure less target; below every other where the figure is undefined."""
        return _margin(self.target, self.estimates.value)


def span_figures(statistics: CentreStatistics, target: Target) -> SpanFigures:
    """A target's figures, by ratios of sums over the replications."""
    estimates, totals = judged_figure(statistics, target, target.over)
    verdict = judge(target, totals)
    judged = verdict.judged
    chosen = Estimates(estimates.value[judged], estimates.half_width[judged])
    clear = _clear(target, chosen, target.ratio.denominator.of(totals)[judged], statistics.replications)
    return SpanFigures(target, chosen, verdict.met[judged], clear)


def _margin(target: Target, value: Float64) -> Float64:
    """Figure less target; below every other where the figure is undefined."""
    return np.nan_to_num(value - float(target.share), nan=-1.0)


def _clear(target: Target, estimates: Estimates, contacts: Int64, replications: int) -> Bools:
    """Whether figures of so many contacts are clear of their target.

    They must be so by Student's t over the replications, and as binomial shares if the figure were the target:
    contacts go together, if anything, so that a sample that varies less (not at all, above all) isn't to be trusted.
    The chance of error is split over the spans (Bonferroni).
    """
    if replications < LEAST_TO_BE_CLEAR:
        return np.zeros(contacts.size, dtype=np.bool_)
    share, upper = float(target.share), 1 - CHANCE_OF_ERROR / 2 / max(contacts.size, 1)
    widening = stdtrit(replications - 1, upper) / stdtrit(replications - 1, (1 + CONFIDENCE) / 2)
    binomial = ndtri(upper) * np.sqrt(share * (1 - share) / np.maximum(contacts, 1))
    clear: Bools = np.abs(estimates.value - share) > np.maximum(widening * estimates.half_width, binomial)
    return clear


def all_figures(statistics: CentreStatistics) -> tuple[SpanFigures, ...]:
    """Figures of every target that the statistics were gathered for."""
    return tuple(span_figures(statistics, target) for target in statistics.targets)


def margins(statistics: CentreStatistics) -> Float64:
    """Figures less targets in all spans, one target after the other; NaN where a span has nothing to judge.

    Of one period the same length whatever the staff, so that staffs compare.
    """
    parts = []
    for target in statistics.targets:
        estimates, totals = judged_figure(statistics, target, target.over)
        parts.append(np.where(judge(target, totals).judged, _margin(target, estimates.value), np.nan))
    return np.concatenate(parts)


def met(figures: Iterable[SpanFigures]) -> bool:
    """Whether every target is met in every span."""
    return all(bool(one.met.all()) for one in figures)


def clear_verdict(statistics: CentreStatistics) -> bool | None:
    """Whether all targets are met, if that is clear: all spans clearly meet theirs, or one clearly fails; else None."""
    figures = all_figures(statistics)
    if any(bool((one.clear & ~one.met).any()) for one in figures):
        return False
    if all(bool((one.clear & one.met).all()) for one in figures):
        return True
    return None


def failing(figures: Iterable[SpanFigures]) -> tuple[Target, ...]:
    """The targets that are not met, the one that fails by most first."""
    missed = [one for one in figures if not one.met.all()]
    return tuple(one.target for one in sorted(missed, key=lambda one: float(one.margin.min())))


def widest(figures: Iterable[SpanFigures]) -> float:
    """The widest half width among the figures that decide: of each target, of the span that comes nearest to failing.

    0 where there is none.
    """
    widths = [float(one.estimates.half_width[np.argmin(one.margin)]) for one in figures if one.margin.size]
    return max((width for width in widths if not np.isnan(width)), default=0.0)
