"""Targets as data, and their exact comparison with counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.centre.contract import CompiledCentre, Int64
from sim.scenario.centre import CentreScenario

from .figures import (
    ANSWER_RATE,
    OFFERED,
    RATED,
    RESPONSE_IN_TIME,
    SATISFACTION,
    SERVICE_LEVELS,
    TRANSFERRED_IN,
    TRANSFERS_IN_TIME,
    Ratio,
)
from .uncertainty import FEW

Metric = Literal["service_level", "answer_rate", "response", "transfers", "satisfaction"]
Formula = Literal["sl_offered", "sl_excl_short", "sl_abandons_met", "sl_answered"]
JudgedOver = Literal["month", "week", "day", "interval"]
ResponseClock = Literal["opening hours", "elapsed"]

_FINEST_SHARE = 10**8
"""Shares are read as the nearest fraction with a denominator up to this: 0.833 is 833/1000, not the binary one."""

_RATIOS = {
    "answer_rate": ANSWER_RATE,
    "response": RESPONSE_IN_TIME,
    "transfers": TRANSFERS_IN_TIME,
    "satisfaction": SATISFACTION,
}


@dataclass(frozen=True)
class Target:
    """At least ``share`` of a queue's contacts (of satisfaction: their mean), in every span that it is judged over."""

    queue: str
    metric: Metric
    share: Fraction
    over: JudgedOver = "month"
    threshold_ms: int | None = None
    """The wait (service level, transfers) or response time (response); None for the others."""
    formula: Formula = "sl_offered"
    """Of the service level."""
    clock: ResponseClock = "opening hours"
    """Of the response."""

    @property
    def ratio(self) -> Ratio:
        """The figure that is judged."""
        if self.metric == "service_level":
            return SERVICE_LEVELS[self.formula]
        return _RATIOS[self.metric]


class Judgement(NamedTuple):
    """Verdicts on periods, elementwise."""

    met: NDArray[np.bool_]
    judged: NDArray[np.bool_]
    """False where the period had no contact to judge."""
    thin: NDArray[np.bool_]
    """Judged on fewer than ``uncertainty.FEW`` contacts."""


def targets_of(scenario: CentreScenario) -> tuple[Target, ...]:
    """The targets of all queues, in the order of the file."""
    targets = []
    for queue, model in scenario.queues.items():
        promised = model.targets
        if promised.service_level is not None:
            level = promised.service_level
            targets.append(
                Target(
                    queue,
                    "service_level",
                    exact_share(level.share),
                    promised.over,
                    level.within_ms,
                    formula=promised.formula,
                )
            )
        if promised.answer_rate is not None:
            targets.append(Target(queue, "answer_rate", exact_share(promised.answer_rate), promised.over))
        if promised.response is not None:
            response = promised.response
            targets.append(
                Target(
                    queue,
                    "response",
                    exact_share(response.share),
                    promised.over,
                    response.within_ms,
                    clock=promised.clock,
                )
            )
        if promised.transfers is not None:
            taken = promised.transfers
            targets.append(Target(queue, "transfers", exact_share(taken.share), promised.over, taken.within_ms))
        if promised.satisfaction is not None:
            targets.append(Target(queue, "satisfaction", exact_share(promised.satisfaction), promised.over))
    return tuple(targets)


def exact_share(share: float) -> Fraction:
    """The share that a file's number means: 0.8 is 4/5."""
    return Fraction(share).limit_denominator(_FINEST_SHARE)


def judge(target: Target, contacts: Int64) -> Judgement:
    """Whether counts (..., CONTACT_COLUMNS) of the target's queue meet it, compared as integers.

    Periods without contacts to judge are left out. A period with contacts of which the formula keeps none (0/0: nobody
    answered, under ``sl_answered``) is not met: nothing shows that it was.
    """
    judged_on = contacts_judged(target, contacts)
    good, of_all = target.ratio.numerator.of(contacts), target.ratio.denominator.of(contacts)
    reached = _at_least(good, target.share * target.ratio.unit, of_all)
    judged = judged_on > 0
    return Judgement(judged & (of_all > 0) & reached, judged, judged & (judged_on < FEW))


def contacts_judged(target: Target, contacts: Int64) -> Int64:
    """On how many contacts of counts (..., CONTACT_COLUMNS) a period is judged.

    All that are offered, or of transfers handed on to it; of satisfaction those rated, or if there are none all that
    are offered again: nothing shows that they were satisfied.
    """
    if target.metric == "transfers":
        return TRANSFERRED_IN.of(contacts)
    offered = OFFERED.of(contacts)
    if target.metric != "satisfaction":
        return offered
    rated = RATED.of(contacts)
    return np.where(rated == 0, offered, rated)


def _at_least(good: Int64, share: Fraction, of_all: Int64) -> NDArray[np.bool_]:
    """Elementwise ``good >= share * of_all``, in Python's integers where the products may not fit into 64 bits."""
    if share > 1:  # parts per million
        good, of_all = good.astype(object), of_all.astype(object)
    return np.asarray(good * share.denominator >= share.numerator * of_all, dtype=np.bool_)


def require_measured(target: Target, centre: CompiledCentre) -> int:
    """Index of the target's queue.

    Raises ValueError if the queue is unknown, counts another threshold or clock, or isn't rated.
    """
    if target.queue not in centre.queue_names:
        raise ValueError(f"no queue is named {target.queue!r}")
    queue = centre.queue_names.index(target.queue)
    queues = centre.engine.queues
    counted_ms = (queues.transfer_threshold_ms if target.metric == "transfers" else queues.threshold_ms)[queue]
    if target.threshold_ms not in (None, counted_ms):
        raise ValueError(f"{target.queue}: counted within {counted_ms} ms, not {target.threshold_ms} ms")
    if target.metric == "response" and (target.clock == "elapsed") != bool(queues.elapsed_clock[queue]):
        raise ValueError(f"{target.queue}: responses are not counted on the clock of {target.clock}")
    if target.metric == "satisfaction" and not centre.engine.satisfaction.rated[queue]:
        raise ValueError(f"{target.queue}: its contacts aren't rated")
    return queue
