"""Key figures of queues by day, week, month or over the horizon: of one queue, or of several taken together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.centre.contract import CompiledCentre, Float64, Int64

from .figures import (
    CALLBACKS_AT_END,
    CALLBACKS_OWED,
    CENTRE_RATIOS,
    MS_PER_S,
    OFFERED,
    OLDEST_AT_END,
    RATIOS,
    TOTALS,
    WAIT_LONGEST,
    WAITING,
    WAITING_AT_END,
    Channel,
    Ratio,
    Total,
)
from .intervals import CONTACT_FOLDING, OLDEST, CentreStatistics
from .percentiles import PERCENTS, percentiles_ms
from .ratio_estimates import ratio_of_table
from .spans import Folding, Over, Spans, intervals_a_day, spans
from .uncertainty import Estimates, mean_of, ratio_of_sums

Figures = dict[str, Estimates | Float64]
"""Figures by name, of one shape; bare values where there is no interval (percentiles, what the scenario fixes)."""

_TOGETHER = Folding(maxima=(*OLDEST_AT_END.plus, OLDEST))
"""Lengths of several queues as those of one."""


def queue_figures(statistics: CentreStatistics, queues: Sequence[int], over: Over) -> Figures:
    """Figures of some queues taken together, each of shape (spans,): those that make sense for their channels.

    Percentiles are there for months and the horizon.
    """
    cut = spans(statistics.centre, over)
    contacts = statistics.contacts_over(over, queues).swapaxes(1, 2)
    together = CONTACT_FOLDING.fold(contacts, np.zeros(1, dtype=np.int64))[..., 0, :]
    channel = channel_of(statistics.centre, queues)
    figures = ratios_and_totals(together, (*TOTALS, *RATIOS), channel)
    if channel == "mixed":
        return figures
    figures["wait_longest_s"] = _longest_wait(together).per(MS_PER_S)
    figures |= _length_figures(statistics, queues, over, _counted_ms(statistics.centre, queues, cut))
    if over in ("month", "horizon"):
        figures |= _percentile_figures("wait", statistics.wait_histogram, queues, over)
        if channel == "email":
            figures |= _percentile_figures("response", statistics.response_histogram, queues, over)
    return figures


def centre_ratios(statistics: CentreStatistics, queues: Sequence[int], over: Over) -> Figures:
    """Figures per customer and per contact handed on, (spans,), of queues among which customers come back."""
    return ratios_and_totals(statistics.contacts_over(over, queues).sum(axis=1), CENTRE_RATIOS, "mixed")


def ratios_and_totals(table: Int64, definitions: Iterable[Ratio | Total], channel: Channel) -> Figures:
    """The figures so defined, from a table (R, spans, columns)."""
    return {
        one.name: ratio_of_table(one, table) if isinstance(one, Ratio) else mean_of(one.sum.of(table)).per(one.unit)
        for one in definitions
        if channel in one.channels
    }


def channel_of(centre: CompiledCentre, queues: Sequence[int]) -> Channel:
    """What the queues have in common."""
    flags = centre.engine.queues
    channels: set[Channel] = {
        "email" if flags.is_email[queue] else "chat" if flags.is_chat[queue] else "call" for queue in queues
    }
    return channels.pop() if len(channels) == 1 else "mixed"


def time_of(centre: CompiledCentre, counted: NDArray[np.bool_], cut: Spans) -> Int64:
    """Time of the intervals (I,) that are counted, in each span."""
    counts: Int64 = np.add.reduceat(counted.astype(np.int64), cut.starts * intervals_a_day(centre))
    return counts * centre.engine.clock.interval_ms


def _longest_wait(contacts: Int64) -> Estimates:
    """Of counts (R, spans, CONTACT_COLUMNS), in ms; undefined in spans in which nobody came first."""
    value, half_width = mean_of(contacts[..., WAIT_LONGEST])
    came = OFFERED.of(contacts).any(axis=0)
    return Estimates(np.where(came, value, np.nan), np.where(came, half_width, np.nan))


def _length_figures(statistics: CentreStatistics, queues: Sequence[int], over: Over, counted_ms: Int64) -> Figures:
    lengths = statistics.queues_over(over, queues).swapaxes(1, 2)
    together = _TOGETHER.fold(lengths, np.zeros(1, dtype=np.int64))[..., 0, :]

    def mean_length(length_ms: Int64) -> Estimates:
        return ratio_of_sums(length_ms, np.broadcast_to(counted_ms, length_ms.shape))

    figures: Figures = {
        "queue_mean": mean_length(WAITING.of(together)),
        "waiting_at_end": mean_of(WAITING_AT_END.of(together)),
        "oldest_at_end_s": mean_of(OLDEST_AT_END.of(together)).per(MS_PER_S),
        "oldest_s": mean_of(together[..., OLDEST]).per(MS_PER_S),
    }
    if channel_of(statistics.centre, queues) == "call":
        figures["callbacks_owed_mean"] = mean_length(CALLBACKS_OWED.of(together))
        figures["callbacks_at_end"] = mean_of(CALLBACKS_AT_END.of(together))
    return figures


def _percentile_figures(of: str, histogram: Int64, queues: Sequence[int], over: Over) -> Figures:
    by_month = histogram[queues].sum(axis=0)
    found_s = percentiles_ms(by_month if over == "month" else by_month.sum(axis=0, keepdims=True)) / MS_PER_S
    return {f"{of}_p{percent}_s": found_s[:, place] for place, percent in enumerate(PERCENTS)}


def _counted_ms(centre: CompiledCentre, queues: Sequence[int], cut: Spans) -> Int64:
    """Clock time over which the mean queue length is taken: emails wait round the clock, callers while it is open."""
    if channel_of(centre, queues) == "email":
        return time_of(centre, np.ones(centre.intervals, dtype=np.bool_), cut)
    return time_of(centre, np.asarray(centre.interval_open[queues].any(axis=0), dtype=np.bool_), cut)
