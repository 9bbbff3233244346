"""What statistics say of the queues through an average week."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.centre.contract import Float64, Int64

from ..decision import TargetDecision
from ..figures import (
    MS_PER_S,
    OFFERED,
    RESPONSE_IN_TIME,
    SERVICE_LEVELS,
    TRANSFER_ABANDON_RATE,
    TRANSFER_WAIT,
    TRANSFERRED_IN,
    ColumnSum,
    Ratio,
)
from ..intervals import CentreStatistics
from ..queue_kpis import channel_of
from ..ratio_estimates import ratio_of_moments, ratio_of_table
from ..uncertainty import Estimates, quotient
from .queue_week import HandedIn, Level, QueueWeek, Waits
from .week_slots import WEEK_DAYS, Slots, weekdays

_OF_TIME = ("service_level", "response")
"""Metrics whose share is drawn."""


def queue_week(
    statistics: CentreStatistics, queue: int, slots: Slots, decided: Sequence[TargetDecision] = ()
) -> QueueWeek:
    """A queue's level; or, if it has none promised and more is handed to it than is offered, how long that waits.

    ``decided`` are the decisions on all targets. Half widths of calls take the same slot of different weeks as
    independent; those of emails take nothing but replications so.
    """
    name = statistics.centre.queue_names[queue]
    own = tuple(one for one in decided if one.target.queue == name)
    target = next((one.target for one in own if one.target.metric in _OF_TIME), None)
    of_horizon = statistics.contacts.totals[queue].sum(axis=0)
    mean = of_horizon / statistics.replications
    is_email = channel_of(statistics.centre, [queue]) == "email"
    handed_in = HandedIn(
        float(TRANSFERRED_IN.of(of_horizon) / statistics.replications),
        _overall(TRANSFER_WAIT, of_horizon),
        _overall(TRANSFER_ABANDON_RATE, of_horizon),
    )
    if target is None and TRANSFERRED_IN.of(of_horizon) > OFFERED.of(of_horizon):
        figure, contacts = _by_slot(statistics, queue, TRANSFER_WAIT, TRANSFERRED_IN, slots)
        return Waits(name, is_email, figure, contacts, own, handed_in, offered=float(OFFERED.of(mean)))
    ratio = RESPONSE_IN_TIME if is_email else SERVICE_LEVELS[target.formula if target else "sl_offered"]
    figure, contacts = _by_slot(statistics, queue, ratio, OFFERED, slots)
    return Level(
        name,
        is_email,
        figure,
        contacts,
        own,
        handed_in,
        int(statistics.centre.engine.queues.threshold_ms[queue]) / MS_PER_S,
        ratio.name,
        None if target is None else float(target.share),
    )


def _overall(ratio: Ratio, totals: Int64) -> float:
    return float(quotient(ratio.numerator.of(totals), ratio.denominator.of(totals))) / ratio.unit


def _by_slot(
    statistics: CentreStatistics, queue: int, ratio: Ratio, of: ColumnSum, slots: Slots
) -> tuple[Estimates, Float64]:
    """The ratio by slot, of emails by weekday; and how many contacts there are ``of`` that kind, in one week."""
    if channel_of(statistics.centre, [queue]) != "email":
        by_slot = slots.moments(ratio, statistics.contacts.row(queue))
        weeks = slots.occurrences * statistics.replications
        return ratio_of_moments(ratio, by_slot), of.of(by_slot.totals) / weeks
    by_day, weekday = statistics.contacts_by_day[:, queue], weekdays(statistics)
    counts = np.stack([by_day[:, weekday == day].sum(axis=1) for day in range(WEEK_DAYS)], axis=1)
    weeks = np.bincount(weekday, minlength=WEEK_DAYS) * statistics.replications
    return ratio_of_table(ratio, counts), of.of(counts.sum(axis=0)) / np.maximum(weeks, 1)
