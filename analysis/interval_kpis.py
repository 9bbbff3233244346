"""Key figures of every single interval, from the sums over the replications."""

from __future__ import annotations

import numpy as np

from sim.centre.contract import Float64

from .figures import (
    CALLBACKS_AT_END,
    CALLBACKS_OWED,
    INTERVAL_RATIOS,
    MS_PER_S,
    OFFERED,
    OLDEST_AT_END,
    SCHEDULED,
    TEAM_RATIOS,
    TEAM_TOTALS,
    TOTALS,
    WAIT_LONGEST,
    WAITING,
    WAITING_AT_END,
)
from .intervals import CentreStatistics
from .moments import Moments
from .queue_kpis import Figures, channel_of
from .ratio_estimates import ratio_of_moments


def queue_interval_figures(statistics: CentreStatistics, queue: int) -> Figures:
    """Figures of a queue, each of shape (intervals,); its mean length is over the interval, open or not."""
    channel = channel_of(statistics.centre, [queue])
    contacts, lengths = statistics.contacts.row(queue), statistics.queues.row(queue)
    figures: Figures = {
        total.name: total.sum.of(contacts.totals) / (contacts.replications * total.unit)
        for total in TOTALS
        if channel in total.channels
    }
    figures["offered"] = contacts.mean(OFFERED)
    figures |= {ratio.name: ratio_of_moments(ratio, contacts) for ratio in INTERVAL_RATIOS if channel in ratio.channels}
    interval_ms = statistics.centre.engine.clock.interval_ms
    figures |= {
        "wait_longest_s": _longest_wait_s(contacts),
        "queue_mean": lengths.mean(WAITING).per(interval_ms),
        "waiting_at_end": lengths.mean(WAITING_AT_END),
        "oldest_at_end_s": OLDEST_AT_END.of(lengths.totals) / (lengths.replications * MS_PER_S),
    }
    if channel == "call":
        figures["callbacks_owed_mean"] = lengths.mean(CALLBACKS_OWED).per(interval_ms)
        figures["callbacks_at_end"] = lengths.mean(CALLBACKS_AT_END)
    return figures


def _longest_wait_s(contacts: Moments) -> Float64:
    """Undefined in intervals in which nobody came first."""
    mean_s = contacts.totals[..., WAIT_LONGEST] / (contacts.replications * MS_PER_S)
    return np.where(OFFERED.of(contacts.totals) > 0, mean_s, np.nan)


def team_interval_figures(statistics: CentreStatistics, team: int) -> Figures:
    """Figures of a team, each of shape (intervals,)."""
    times = statistics.teams.row(team)
    interval_ms = statistics.centre.engine.clock.interval_ms
    figures: Figures = {"positions_mean": SCHEDULED.of(times.totals) / (times.replications * interval_ms)}
    figures |= {total.name: total.sum.of(times.totals) / (times.replications * total.unit) for total in TEAM_TOTALS}
    return figures | {ratio.name: ratio_of_moments(ratio, times) for ratio in TEAM_RATIOS}
