"""How surely targets hold: verdicts on every day, week or month of every replication, and the shares that meet them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.centre.contract import Float64

from .intervals import CentreStatistics
from .spans import Over, spans
from .targets import Target, judge
from .uncertainty import Share, quotient, share


@dataclass(frozen=True)
class Verdicts:
    """Spans judged in every replication, (R, spans) each."""

    labels: tuple[str, ...]
    met: NDArray[np.bool_]
    judged: NDArray[np.bool_]
    """False where there was no contact: such spans are left out."""
    thin: NDArray[np.bool_]
    """Judged on fewer than ``uncertainty.FEW`` contacts."""


@dataclass(frozen=True)
class Risk:
    """Share of the spans of all replications that meet the targets; ``thin`` of them on few contacts."""

    share: Share
    thin: int


def verdicts(statistics: CentreStatistics, targets: Sequence[Target], over: Over) -> Verdicts:
    """Spans that meet all of the targets (one or several) together, whatever each is judged over itself.

    Judged are the spans in which every target's queue had contacts, so that a day on which only emails come isn't
    counted as one on which the calls' targets held; none are where one of the queues never has any.
    """
    cut = spans(statistics.centre, over)
    queues = [statistics.centre.queue_names.index(target.queue) for target in targets]
    contacts = statistics.contacts_over(over, queues)
    judged = np.full((statistics.replications, len(cut.labels)), bool(targets))
    met, thin = judged.copy(), np.zeros_like(judged)
    for place, target in enumerate(targets):
        one = judge(target, contacts[:, place])
        judged &= one.judged
        met &= one.met
        thin |= one.thin
    return Verdicts(cut.labels, judged & met, judged, judged & thin)


def share_meeting(statistics: CentreStatistics, queues: Collection[int], over: Over) -> Float64:
    """(spans,) share of the replications in which each span meets all targets of the queues; NaN where none judges."""
    names = {statistics.centre.queue_names[queue] for queue in queues}
    found = verdicts(statistics, [target for target in statistics.targets if target.queue in names], over)
    return quotient(found.met.sum(axis=0), found.judged.sum(axis=0))


def risk(verdicts: Verdicts, *, independent: bool = False) -> Risk:
    """Share of the judged spans that are met; ``independent`` as in ``uncertainty.share``."""
    met, judged = verdicts.met.sum(axis=1), verdicts.judged.sum(axis=1)
    return Risk(share(met, judged, independent=independent), int(verdicts.thin.sum()))


def target_risk(statistics: CentreStatistics, target: Target, *, independent: bool = False) -> Risk:
    """Share of the spans, of the kind that the target is judged over, that meet it.

    Raises KeyError for a target over intervals that the statistics were not gathered for.
    """
    if target.over != "interval":
        return risk(verdicts(statistics, [target], target.over), independent=independent)
    counts = statistics.interval_verdicts[target]
    return Risk(share(counts.met, counts.judged, independent=independent), int(counts.thin.sum()))


def chance_of_holding(verdicts: Verdicts) -> Share:
    """Chance that every judged span of a replication is met: replications are independent, so Wilson's interval."""
    failed = (verdicts.judged & ~verdicts.met).any(axis=1)
    judged = verdicts.judged.any(axis=1)
    return share(np.asarray(judged & ~failed, dtype=np.int64), np.asarray(judged, dtype=np.int64), independent=True)
