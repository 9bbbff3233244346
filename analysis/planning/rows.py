"""The rows of the capacity sheet: of each queue, and of each team, period by period."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.centre.compile import CentrePlan
from sim.centre.contract import Float64, Int64
from sim.centre.paid_hours import shrinkage_by_day
from sim.centre.paid_time import paid_time
from sim.centre.workforce_plan import coaching_of
from sim.common.calendar_spans import Unit
from sim.scenario.team import Team

from ..decision import judged_figure
from ..figures import INTERVAL_RATIOS, MS_PER_H, OFFERED, SERVICES, Ratio
from ..intervals import CentreStatistics
from ..kpis import team_figures
from ..payroll import currency, hourly_cost
from ..people_kpis import contract_hours_over, extra_hours_over, has_people, people_figures
from ..queue_kpis import Figures
from ..ratio_estimates import known, ratio_of_table
from ..risk import Verdicts
from ..spans import spans
from ..uncertainty import Estimates, Share, mean_of, share
from .results import TIME, QueueRow, TargetRow, TeamRow

LEAVE = ("paid_leave", "annual_leave", "leave", "holiday", "holidays", "vacation")
"""Reasons of shrinkage that are leave: time off that is planned, and that a leave grid is about."""
_AHT: Ratio = next(ratio for ratio in INTERVAL_RATIOS if ratio.name == "aht_s")


def queue_row(statistics: CentreStatistics, queue: int, over: Unit) -> QueueRow:
    """A queue: what was offered, how long it took, and the figures of its targets."""
    counts = statistics.contacts_over(over, [queue])[:, 0]
    name = statistics.centre.queue_names[queue]
    rows = []
    for target in statistics.targets:
        if target.queue == name:
            figure, totals = judged_figure(statistics, target, over)
            value, half_width = known(target.ratio, figure, totals)
            rows.append(TargetRow(target, value, half_width))
    return QueueRow(name, mean_of(OFFERED.of(counts)).value, ratio_of_table(_AHT, counts).value, tuple(rows))


def team_row(
    plan: CentrePlan, statistics: CentreStatistics, number: int, name: str, over: Unit, needed: Float64 | None
) -> TeamRow:
    """A team: what it needs (``needed`` heads or positions; None where no target asks), what is there, and its cost."""
    team = plan.forecast.scenario.teams[name]
    periods = len(spans(statistics.centre, over).labels)
    nothing = np.full(periods, np.nan)
    required = nothing if needed is None else needed
    if team.heads is None:
        return _of_positions(statistics, number, name, team, over, needed)
    people = _people(statistics, number, team, over)
    per_head = team.contract / team.full_time_week_ms
    days = np.diff(np.append(spans(statistics.centre, over).starts, statistics.centre.horizon_days))
    paid_h = people["heads_mean"] * (team.contract / MS_PER_H) * days / 7
    if has_people(statistics):
        paid_h = contract_hours_over(statistics, number, over)
    return TeamRow(
        team=name,
        unit="heads",
        asked_for=needed is not None,
        required_fte=required * per_head,
        available_fte=_experienced(plan, statistics, number, name, over, people) * per_head,
        payroll_fte=paid_h / (days / 7 * (team.full_time_week_ms / MS_PER_H)),
        heads=people["heads_mean"],
        heads_at_end=people["heads_at_end"],
        hires=people["hires"],
        leavers=people["leavers"],
        in_training=people["in_training"],
        proficiency=people["proficiency"],
        cost=_cost(statistics, number, team, over, paid_h, people["hires"]),
        currency=currency(team),
        on_leave=_on_leave(plan, statistics, team, over, days),
        time={name: people[name] for name in TIME if name in people},
    )


def _experienced(
    plan: CentrePlan, statistics: CentreStatistics, number: int, name: str, over: Unit, people: Mapping[str, Float64]
) -> Float64:
    """Experienced people who would have as much time for the phones as the team's, (P,): what they need is in such.

    They are the productive heads, but for what coaching takes of colleagues: of the team's people more than of so many
    experienced ones, as trainees and beginners need most of it.
    """
    team, productive = plan.forecast.scenario.teams[name], people["productive_heads"]
    coaching = coaching_of(team)
    if coaching is None or "coaching_by_colleagues_h" not in people:
        return productive
    first_day, days, starts = plan.window.start_day, plan.window.horizon_days, spans(statistics.centre, over).starts
    time, first = paid_time(team, first_day, days), plan.forecast.days.index(first_day)
    a_day = plan.forecast.serving.teams[number].open_share(plan.forecast.days)[first:][:days] / 7

    def summed(week_ms: Float64) -> Float64:
        return np.asarray(np.add.reduceat(week_ms * a_day, starts), np.float64)

    a_head = summed(time.on_the_phones * team.contract + time.extra_ms)
    there = summed(time.there)
    left = productive * a_head - people["coaching_by_colleagues_h"] * MS_PER_H
    coached_by_coaches = left / a_head
    by_colleagues = (left - coaching.coaches_ms * there) / (a_head - coaching.agent_ms * there)
    enough = coached_by_coaches * coaching.agent_ms <= coaching.coaches_ms
    return np.where(enough, coached_by_coaches, by_colleagues)


def _of_positions(
    statistics: CentreStatistics, number: int, name: str, team: Team, over: Unit, needed: Float64 | None
) -> TeamRow:
    """Of a team given in positions: those it has while anybody is scheduled; what it costs are their hours."""
    figures = team_figures(statistics, number, over)
    positions = _values(figures, "positions_mean")
    hours = _values(figures, "scheduled_h")
    nothing = np.full(positions.size, np.nan)
    return TeamRow(
        team=name,
        unit="positions",
        asked_for=needed is not None,
        required_fte=nothing if needed is None else needed,
        available_fte=positions,
        payroll_fte=positions,
        heads=nothing,
        heads_at_end=nothing,
        hires=nothing,
        leavers=nothing,
        in_training=nothing,
        proficiency=nothing,
        cost=_cost(statistics, number, team, over, hours, np.zeros(positions.size)),
        currency=currency(team),
        on_leave=nothing,
    )


def _cost(
    statistics: CentreStatistics, number: int, team: Team, over: Unit, paid_h: Float64, hires: Float64
) -> Float64:
    """Of paid hours (or of positions'), overtime and time off, hires, and contacts where these are paid.

    NaN without a cost; and by week of a team that is paid by the contact, as what it took is kept by month.
    """
    if team.cost is None:
        return np.full(paid_h.size, np.nan)
    _, overtime_pay_h, _, unpaid_h = extra_hours_over(statistics, number, over)
    per_hire = team.cost.per_hire.amount if team.cost.per_hire is not None else 0.0
    cost = (paid_h + overtime_pay_h - unpaid_h) * hourly_cost(team) + hires * per_hire
    if team.cost.per_contact is None:
        return np.asarray(cost, np.float64)
    if over != "month":
        return np.full(paid_h.size, np.nan)
    taken = SERVICES.of(statistics.services_over(over)[:, number].sum(axis=1)).mean(axis=0)
    return np.asarray(cost + taken * team.cost.per_contact.amount, np.float64)


def _people(statistics: CentreStatistics, number: int, team: Team, over: Unit) -> dict[str, Float64]:
    """People period by period; in a centre without a workforce the heads of the file, experienced."""
    figures = people_figures(statistics, number, over)
    if figures:
        return {name: figure.value for name, figure in figures.items()}
    fixed = np.full(len(spans(statistics.centre, over).labels), float(team.heads or 0))
    nobody, all_of_it = np.zeros_like(fixed), np.ones_like(fixed)
    return {
        "heads_mean": fixed,
        "heads_at_end": fixed,
        "productive_heads": fixed,
        "hires": nobody,
        "leavers": nobody,
        "in_training": nobody,
        "proficiency": all_of_it,
    }


def _on_leave(plan: CentrePlan, statistics: CentreStatistics, team: Team, over: Unit, days: Int64) -> Float64:
    """Share of the paid time: mean of each period's days."""
    taken = shrinkage_by_day(team, plan.window.start_day, plan.window.horizon_days)
    none = np.zeros(plan.window.horizon_days)
    leave = sum((share for reason, share in taken.items() if reason in LEAVE), none)
    return np.asarray(np.add.reduceat(leave, spans(statistics.centre, over).starts) / days, np.float64)


def shares_of(found: Verdicts) -> tuple[Share, ...]:
    """By period, the share of the replications in which it meets all targets."""
    return tuple(
        share(np.asarray(met, np.int64), np.asarray(judged, np.int64), independent=True)
        for met, judged in zip(found.met.T, found.judged.T, strict=True)
    )


def _values(figures: Figures, name: str) -> Float64:
    found = figures[name]
    return found.value if isinstance(found, Estimates) else found
