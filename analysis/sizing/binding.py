"""Which targets bind: what one fewer in a team costs, beyond what chance may have done."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

from sim.centre.contract import Float64, Int64

from ..intervals import CentreStatistics
from ..targets import Target, judge
from ..uncertainty import CONFIDENCE, quotient
from .judging import all_figures, failing


def binding_targets(at: CentreStatistics, below: CentreStatistics) -> tuple[Target, ...]:
    """The targets that fail with the staff ``below`` because of the people whom it lacks, by most first.

    ``at`` and ``below`` are the answer and one fewer in a team, on the same replications. Where several teams are sized
    together a target may lie so near to what is asked that it fails whatever is changed: it binds only if its figure
    falls by more than chance in a span where it fails. Where none does, all that fail are told.
    """
    failed = failing(all_figures(below))
    return tuple(target for target in failed if _falls(at, below, target)) or failed


def _falls(at: CentreStatistics, below: CentreStatistics, target: Target) -> bool:
    """Whether the target's figure is lower ``below`` in a span where it fails, at 95 % confidence, pair by pair.

    The difference of two ratios of sums on common random numbers: the delta method on both, replication by replication
    (S. Asmussen, P. W. Glynn, Stochastic Simulation, 2007, sections III.4 and V.6). Of targets over intervals no counts
    are kept by replication; they are taken to fall.
    """
    if target.over == "interval" or at.replications < 2:
        return True
    before, after = _counts(at, target), _counts(below, target)
    ratio_before, residual_before = _linearised(before, target)
    ratio_after, residual_after = _linearised(after, target)
    residual, replications = residual_after - residual_before, at.replications
    error = np.sqrt((residual * residual).sum(axis=0) / (replications * (replications - 1)))
    verdict = judge(target, after.sum(axis=0))
    fails = verdict.judged & ~verdict.met
    falls = ratio_before - ratio_after > stdtrit(replications - 1, (1 + CONFIDENCE) / 2) * error
    undefined = np.isnan(ratio_after) & ~np.isnan(ratio_before)
    return bool((fails & (falls | undefined)).any())


def _counts(statistics: CentreStatistics, target: Target) -> Int64:
    """Of the target's queue, by replication and span, (R, spans, CONTACT_COLUMNS)."""
    assert target.over != "interval"
    queue = statistics.centre.queue_names.index(target.queue)
    return statistics.contacts_over(target.over, [queue])[:, 0]


def _linearised(counts: Int64, target: Target) -> tuple[Float64, Float64]:
    """The ratio of sums in each span, (spans,), and each replication's share of its error, (R, spans)."""
    numerator, denominator = target.ratio.numerator.of(counts), target.ratio.denominator.of(counts)
    ratio = quotient(numerator.sum(axis=0), denominator.sum(axis=0))
    return ratio, quotient(numerator - ratio * denominator, denominator.mean(axis=0))
