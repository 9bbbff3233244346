"""Key figures of a centre from its statistics: per queue, per kind of queue, over all, and per team.

Figures are returned by the names that ``docs/figures.md`` explains: durations in the unit of the name's ending, shares
from 0 to 1, NaN where undefined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.centre.contract import DAY_MS, CompiledCentre, Float64, Int64

from .figures import (
    ANSWER_RATE,
    CUSTOMER_RATIOS,
    MS_PER_S,
    OLDEST_AT_END,
    RATIOS,
    SCHEDULED,
    TEAM_RATIOS,
    TEAM_TOTALS,
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
from .spans import Folding, Over, Spans, intervals_a_day, spans
from .uncertainty import Estimates, mean_of, quotient, ratio_of_sums

Figures = dict[str, Estimates | Float64]
"""Figures by name, of one shape; bare values where there is no interval (percentiles, what the scenario fixes)."""

_TOGETHER = Folding(maxima=(*OLDEST_AT_END.plus, OLDEST))
"""Lengths of several queues as those of one."""


@dataclass(frozen=True)
class Payroll:
    """What a team is on paper, over the horizon; None where the scenario doesn't say."""

    heads: int | None = None
    """People on the payroll."""
    fte: float | None = None
    """Contract hours over the full-time week."""
    paid_h: float | None = None
    cost: float | None = None
    """In the scenario's currency."""


class Estimate(NamedTuple):
    """One figure and the half width of its 95 % interval, NaN where there is none."""

    value: float
    half_width: float


@dataclass(frozen=True)
class CentreFigures:
    """All figures over the horizon, by name."""

    queues: dict[str, dict[str, Estimate]]
    totals: dict[str, dict[str, Estimate]]
    """``all`` queues, and, where there are such, ``calls`` and ``emails``."""
    teams: dict[str, dict[str, Estimate]]


def centre_figures(statistics: CentreStatistics, payroll: Mapping[str, Payroll] | None = None) -> CentreFigures:
    """Every figure of the horizon; ``payroll`` by team, without it heads, hours and cost are NaN."""
    centre = statistics.centre
    paid = {name: (payroll or {}).get(name, Payroll()) for name in centre.team_names}
    every = range(len(centre.queue_names))
    kinds = {
        "calls": [q for q in every if not _is_email(centre, q)],
        "emails": [q for q in every if _is_email(centre, q)],
    }
    totals = {"all": queue_figures(statistics, every, "horizon") | _whole_centre_figures(statistics, paid.values())}
    totals |= {kind: queue_figures(statistics, queues, "horizon") for kind, queues in kinds.items() if queues}
    return CentreFigures(
        queues={
            name: _only(queue_figures(statistics, [queue], "horizon")) for queue, name in enumerate(centre.queue_names)
        },
        totals={name: _only(figures) for name, figures in totals.items()},
        teams={
            name: _only(team_figures(statistics, team, "horizon") | _payroll_figures(paid[name]))
            for team, name in enumerate(centre.team_names)
        },
    )


def queue_figures(statistics: CentreStatistics, queues: Sequence[int], over: Over) -> Figures:
    """Figures of some queues taken together, each of shape (spans,): those that make sense for their channels.

    Percentiles are there for months and the horizon.
    """
    cut = spans(statistics.centre, over)
    contacts = statistics.contacts_over(over)[:, queues].swapaxes(1, 2)
    together = CONTACT_FOLDING.fold(contacts, np.zeros(1, dtype=np.int64))[..., 0, :]
    channel = channel_of(statistics.centre, queues)
    figures = _ratios_and_totals(together, (*TOTALS, *RATIOS), channel)
    if channel == "mixed":
        return figures
    figures["wait_longest_s"] = mean_of(together[..., WAIT_LONGEST]).per(MS_PER_S)
    figures |= _length_figures(statistics, queues, over, _counted_ms(statistics.centre, queues, cut))
    if over in ("month", "horizon"):
        figures |= _percentile_figures("wait", statistics.wait_histogram, queues, over)
        if channel == "email":
            figures |= _percentile_figures("response", statistics.response_histogram, queues, over)
    return figures


def team_figures(statistics: CentreStatistics, team: int, over: Over) -> Figures:
    """Figures of a team, each of shape (spans,)."""
    cut = spans(statistics.centre, over)
    times = statistics.teams_over(over)[:, team]
    scheduled = SCHEDULED.of(statistics.teams.totals[team]) > 0
    staffed_ms = _sum_by_span(statistics.centre, scheduled, cut) * statistics.centre.engine.clock.interval_ms
    return {
        "positions_mean": quotient(SCHEDULED.of(times[0]), staffed_ms),
        "positions_peak": _positions_peak(statistics.centre, team, cut),
    } | _ratios_and_totals(times, (*TEAM_TOTALS, *TEAM_RATIOS), "mixed")


def _ratios_and_totals(table: Int64, definitions: Iterable[Ratio | Total], channel: Channel) -> Figures:
    """The figures so defined, from a table (R, spans, columns)."""
    return {
        one.name: (
            ratio_of_sums(one.numerator.of(table), one.denominator.of(table))
            if isinstance(one, Ratio)
            else mean_of(one.sum.of(table))
        ).per(one.unit)
        for one in definitions
        if channel in one.channels
    }


def _length_figures(statistics: CentreStatistics, queues: Sequence[int], over: Over, counted_ms: Int64) -> Figures:
    lengths = statistics.queues_over(over)[:, queues].swapaxes(1, 2)
    together = _TOGETHER.fold(lengths, np.zeros(1, dtype=np.int64))[..., 0, :]
    waiting_ms = WAITING.of(together)
    return {
        "queue_mean": ratio_of_sums(waiting_ms, np.broadcast_to(counted_ms, waiting_ms.shape)),
        "waiting_at_end": mean_of(WAITING_AT_END.of(together)),
        "oldest_at_end_s": mean_of(OLDEST_AT_END.of(together)).per(MS_PER_S),
        "oldest_s": mean_of(together[..., OLDEST]).per(MS_PER_S),
    }


def _percentile_figures(of: str, histogram: Int64, queues: Sequence[int], over: Over) -> Figures:
    by_month = histogram[queues].sum(axis=0)
    found_s = percentiles_ms(by_month if over == "month" else by_month.sum(axis=0, keepdims=True)) / MS_PER_S
    return {f"{of}_p{percent}_s": found_s[:, place] for place, percent in enumerate(PERCENTS)}


def _whole_centre_figures(statistics: CentreStatistics, payroll: Iterable[Payroll]) -> Figures:
    contacts = statistics.contacts_over("horizon").sum(axis=1)
    served = ANSWER_RATE.numerator.of(contacts)
    cost = sum(np.nan if team.cost is None else team.cost for team in payroll)
    return _ratios_and_totals(contacts, CUSTOMER_RATIOS, "mixed") | {
        "cost_per_contact": ratio_of_sums(np.full(served.shape, cost), served)
    }


def _payroll_figures(payroll: Payroll) -> Figures:
    named = {"heads": payroll.heads, "fte": payroll.fte, "paid_h": payroll.paid_h, "cost": payroll.cost}
    return {name: np.array([np.nan if value is None else value], dtype=np.float64) for name, value in named.items()}


def _only(figures: Figures) -> dict[str, Estimate]:
    """Figures of one span as plain floats."""
    return {
        name: Estimate(float(one.value[0]), float(one.half_width[0]))
        if isinstance(one, Estimates)
        else Estimate(float(one[0]), np.nan)
        for name, one in figures.items()
    }


def _is_email(centre: CompiledCentre, queue: int) -> bool:
    return bool(centre.engine.queues.is_email[queue])


def channel_of(centre: CompiledCentre, queues: Sequence[int]) -> Channel:
    """What the queues have in common."""
    emails = [_is_email(centre, queue) for queue in queues]
    return "email" if all(emails) else "mixed" if any(emails) else "call"


def _counted_ms(centre: CompiledCentre, queues: Sequence[int], cut: Spans) -> Int64:
    """Clock time over which the mean queue length is taken: emails wait round the clock, callers while it is open."""
    open_to_callers = centre.interval_open[queues].sum(axis=0) > 0
    counted = open_to_callers if channel_of(centre, queues) == "call" else np.ones_like(open_to_callers)
    return _sum_by_span(centre, counted, cut) * centre.engine.clock.interval_ms


def _sum_by_span(centre: CompiledCentre, of_interval: NDArray[np.bool_], cut: Spans) -> Int64:
    counts: Int64 = np.add.reduceat(of_interval.astype(np.int64), cut.starts * intervals_a_day(centre))
    return counts


def _positions_peak(centre: CompiledCentre, team: int, cut: Spans) -> Float64:
    """Most positions at any moment of each span."""
    staff, clock = centre.engine.staff, centre.engine.clock
    rows = staff.team == team
    at_ms, positions = staff.at_ms[rows], np.append(staff.positions[rows], 0)
    edges_ms = np.append(clock.horizon_start_ms + cut.starts * DAY_MS, clock.horizon_end_ms)
    in_force = np.searchsorted(at_ms, edges_ms[:-1], side="right") - 1
    until = np.searchsorted(at_ms, edges_ms[1:], side="left")
    # Row -1, in force before the team's first change, is the one appended: no positions.
    rows_of = [[first, *range(first + 1, last)] for first, last in zip(in_force, until, strict=True)]
    return np.array([positions[rows].max() for rows in rows_of], dtype=np.float64)
