"""Key figures of a centre from its statistics: per queue, team and site, and together.

Figures are returned by the names that ``docs/figures.md`` explains: durations in the unit of the name's ending, shares
from 0 to 1, NaN where undefined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

import numpy as np

from sim.centre.contract import DAY_MS, Float64, Int64
from sim.centre.rosters import scheduled_positions

from .figures import ANSWER_RATE, SCHEDULED, SERVICE_FIGURES, SERVICES, TEAM_RATIOS, TEAM_TOTALS
from .intervals import CentreStatistics
from .people_kpis import people_figures
from .queue_kpis import Figures, centre_ratios, queue_figures, ratios_and_totals, time_of
from .sites import ALL, TEAMS, Site, queues_by_kind
from .spans import Over, Spans, intervals_a_day, spans
from .uncertainty import Estimates, at_least_binomial, quotient, ratio_of_sums


@dataclass(frozen=True)
class Payroll:
    """What a team is on paper, over the horizon; None where the scenario doesn't say."""

    heads: float | None = None
    """People on the payroll, on average over the horizon where they change."""
    fte: float | None = None
    """Contract hours over the full-time week."""
    paid_h: float | None = None
    cost: float | None = None
    currency: str | None = None
    """Of the cost, ``EUR``."""
    overtime_h: float | None = None
    """In the paid hours, and below in the cost; None without any in the file, and so for the time off."""
    overtime_cost: float | None = None
    time_off_h: float | None = None
    time_off_saving: float | None = None


EXTRA = ("overtime_h", "overtime_cost", "time_off_h", "time_off_saving")
"""Names of the figures of overtime and time off, where there are any."""
MONEY = ("cost", "cost_per_contact", "overtime_cost", "time_off_saving")
"""Names of the figures that are in a currency."""


class Estimate(NamedTuple):
    """One figure and the half width of its 95 % interval, NaN where there is none."""

    value: float
    half_width: float


Number = TypeVar("Number", int, float)

OfEach = dict[str, dict[str, Estimate]]
"""Figures by name of each of several things, by its name."""


@dataclass(frozen=True)
class Currencies:
    """What costs are in; None where there are none, or not all in one."""

    centre: str | None
    """Of all teams together."""
    teams: Mapping[str, str | None]
    sites: Mapping[str, str | None]


@dataclass(frozen=True)
class CentreFigures:
    """All figures over the horizon, by name."""

    queues: OfEach
    totals: OfEach
    """``all`` queues, where there are such ``calls``, ``chats`` and ``emails``, and all ``teams``."""
    teams: OfEach
    services: dict[str, OfEach]
    """By team and queue, of those that the team served at all."""
    sites: dict[str, OfEach]
    """The totals of each site."""
    currencies: Currencies


def centre_figures(
    statistics: CentreStatistics, payroll: Mapping[str, Payroll] | None = None, sites: Sequence[Site] = ()
) -> CentreFigures:
    """Every figure of the horizon; ``payroll`` by team, without it heads, hours and cost are NaN."""
    centre = statistics.centre
    paid = [(payroll or {}).get(name, Payroll()) for name in centre.team_names]
    queues, teams = range(len(centre.queue_names)), range(len(centre.team_names))
    return CentreFigures(
        queues={
            name: _only(queue_figures(statistics, [queue], "horizon")) for queue, name in enumerate(centre.queue_names)
        },
        totals=_totals(statistics, queues, teams, paid),
        teams={
            name: _only(team_figures(statistics, team, "horizon") | _payroll_figures(paid[team]))
            for team, name in enumerate(centre.team_names)
        },
        services={
            team: {queue: _only(figures) for queue, figures in of_team.items()}
            for team, of_team in services(statistics, "horizon").items()
        },
        sites={site.name: _totals(statistics, site.queues, site.teams, paid) for site in sites},
        currencies=Currencies(
            together(paid).currency,
            {name: payroll.currency for name, payroll in zip(centre.team_names, paid, strict=True)},
            {site.name: together(paid[team] for team in site.teams).currency for site in sites},
        ),
    )


def figures_together(
    statistics: CentreStatistics, queues: Sequence[int], teams: Sequence[int], over: Over
) -> dict[str, Figures]:
    """Figures of queues and teams that belong together, by kind as ``CentreFigures.totals``, each of shape (spans,).

    Nothing is said of queues, or of teams, where there are none.
    """
    by_kind = queues_by_kind(statistics.centre, queues)
    parts = {kind: queue_figures(statistics, members, over) for kind, members in by_kind.items()}
    if ALL in parts:
        parts[ALL] |= centre_ratios(statistics, queues, over)
    return parts | ({TEAMS: staff_figures(statistics, teams, over)} if teams else {})


def staff_figures(statistics: CentreStatistics, teams: Sequence[int], over: Over) -> Figures:
    """Figures of some teams taken together, each of shape (spans,)."""
    centre = statistics.centre
    cut = spans(centre, over)
    times = statistics.teams_over(over, teams).sum(axis=1)
    staffed = SCHEDULED.of(statistics.teams.totals[list(teams)]).sum(axis=0) > 0
    return {
        "positions_mean": quotient(SCHEDULED.of(times).mean(axis=0), time_of(centre, staffed, cut)),
        "positions_peak": _positions_peak(statistics, teams, cut),
    } | ratios_and_totals(times, (*TEAM_TOTALS, *TEAM_RATIOS), "mixed")


def team_figures(statistics: CentreStatistics, team: int, over: Over) -> Figures:
    """Figures of a team, each of shape (spans,); what it served is there for months and the horizon."""
    figures = staff_figures(statistics, [team], over) | people_figures(statistics, team, over)
    if over in ("month", "horizon"):
        served = statistics.services_over(over)[:, team].sum(axis=1)
        figures |= ratios_and_totals(served, SERVICE_FIGURES, "mixed")
    return figures


def services(statistics: CentreStatistics, over: Literal["month", "horizon"]) -> dict[str, dict[str, Figures]]:
    """Who served what, by team and queue, each figure of shape (spans,); only queues that a team served at all."""
    centre = statistics.centre
    table = statistics.services_over(over)
    by_all = SERVICES.of(table.sum(axis=1))
    found: dict[str, dict[str, Figures]] = {}
    for team, name in enumerate(centre.team_names):
        served = np.flatnonzero(SERVICES.of(table[:, team]).any(axis=(0, 2)))
        found[name] = {
            centre.queue_names[queue]: ratios_and_totals(table[:, team, queue], SERVICE_FIGURES, "mixed")
            | {"share_of_queue": _share_of(SERVICES.of(table[:, team, queue]), by_all[:, queue])}
            for queue in served
        }
    return found


def _share_of(some: Int64, contacts: Int64) -> Estimates:
    """Contacts that are some of all of them, (R, spans) -> (spans,)."""
    return at_least_binomial(ratio_of_sums(some, contacts), contacts.sum(axis=0))


def together(payroll: Iterable[Payroll]) -> Payroll:
    """Several teams on paper: sums of what is known of all of them, of money in one currency."""
    teams = list(payroll)
    currencies = {team.currency for team in teams}
    alike = len(currencies) == 1
    return Payroll(
        heads=_sum(team.heads for team in teams),
        fte=_sum(team.fte for team in teams),
        paid_h=_sum(team.paid_h for team in teams),
        cost=_sum(team.cost for team in teams) if alike else None,
        currency=currencies.pop() if alike else None,
        **{name: _extra(teams, name) for name in EXTRA if alike or name not in MONEY},
    )


def _extra(teams: Sequence[Payroll], name: str) -> float | None:
    """Sum over those of the teams that have any; None if none has."""
    known = [value for team in teams if (value := getattr(team, name)) is not None]
    return sum(known) if known else None


def _totals(
    statistics: CentreStatistics, queues: Sequence[int], teams: Sequence[int], paid: Sequence[Payroll]
) -> OfEach:
    """Figures of queues and teams that belong together, with what the teams cost; ``paid`` of every team there is."""
    payroll = together(paid[team] for team in teams)
    parts = figures_together(statistics, queues, teams, "horizon")
    if TEAMS in parts:
        parts[TEAMS] |= _payroll_figures(payroll)
    if ALL in parts:
        parts[ALL]["cost_per_contact"] = _cost_per_contact(statistics, queues, payroll)
    return {name: _only(figures) for name, figures in parts.items()}


def _cost_per_contact(statistics: CentreStatistics, queues: Sequence[int], payroll: Payroll) -> Estimates:
    served = ANSWER_RATE.numerator.of(statistics.contacts_over("horizon", queues).sum(axis=1))
    return ratio_of_sums(np.full(served.shape, np.nan if payroll.cost is None else payroll.cost), served)


def _payroll_figures(payroll: Payroll) -> Figures:
    named = {"heads": payroll.heads, "fte": payroll.fte, "paid_h": payroll.paid_h, "cost": payroll.cost}
    named |= {name: value for name in EXTRA if (value := getattr(payroll, name)) is not None}
    return {name: np.array([np.nan if value is None else value], dtype=np.float64) for name, value in named.items()}


def _sum(values: Iterable[Number | None]) -> Number | None:
    """None if any is, or if there are none."""
    known = list(values)
    found = [value for value in known if value is not None]
    return sum(found[1:], found[0]) if found and len(found) == len(known) else None


def _only(figures: Figures) -> dict[str, Estimate]:
    """Figures of one span as plain floats."""
    return {
        name: Estimate(float(one.value[0]), float(one.half_width[0]))
        if isinstance(one, Estimates)
        else Estimate(float(one[0]), np.nan)
        for name, one in figures.items()
    }


def _positions_peak(statistics: CentreStatistics, teams: Sequence[int], cut: Spans) -> Float64:
    """Most positions of the teams at any moment of each span; with a workforce in any interval, on average."""
    centre = statistics.centre
    if centre.workforce is not None:
        scheduled_ms = SCHEDULED.of(statistics.teams.totals[list(teams)]).sum(axis=0) / statistics.replications
        peaks = np.maximum.reduceat(scheduled_ms, cut.starts * intervals_a_day(centre))
        return np.asarray(peaks / centre.engine.clock.interval_ms, np.float64)
    steps, clock = scheduled_positions(centre.engine.staff), centre.engine.clock
    rise = np.zeros(steps.at_ms.size, dtype=np.int64)
    for team in teams:
        rows = np.flatnonzero(steps.team == team)
        rise[rows] = np.diff(steps.positions[rows], prepend=0)
    at_ms, last = np.unique(steps.at_ms[::-1], return_index=True)
    # What holds from each moment on; row -1, in force before the first change, is the one appended: no positions.
    positions = np.append(np.cumsum(rise)[steps.at_ms.size - 1 - last], 0)
    edges_ms = np.append(clock.horizon_start_ms + cut.starts * DAY_MS, clock.horizon_end_ms)
    in_force = np.searchsorted(at_ms, edges_ms[:-1], side="right") - 1
    until = np.searchsorted(at_ms, edges_ms[1:], side="left")
    rows_of = [[first, *range(first + 1, last)] for first, last in zip(in_force, until, strict=True)]
    return np.array([positions[rows].max() for rows in rows_of], dtype=np.float64)
