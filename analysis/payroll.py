"""What a team is on paper over a horizon: heads, FTE, paid hours and what they cost."""

from __future__ import annotations

from dataclasses import replace

from sim.centre.paid_time import ExtraHours
from sim.centre.presence import PresenceSummary
from sim.scenario.team import Team

from .figures import MS_PER_H, SERVICES
from .intervals import CentreStatistics
from .kpis import Payroll
from .people_kpis import extra_hours, hires, mean_contract_ms, mean_heads

_WEEKS_A_YEAR = 365.25 / 7


def payroll(team: Team, presence: PresenceSummary) -> Payroll:
    """Payroll of a team whose presence over the horizon is ``presence``; cost in the currency of the file.

    A year's cost is that of a full-time week's hours all year, so it is proportional to the paid hours. What is paid by
    the contact takes a simulation (``with_contacts``): it is None here.
    """
    by_hours = team.cost is not None and team.cost.per_contact is None
    cost = presence.paid_hours * hourly_cost(team) if by_hours else None
    paper = Payroll(presence.heads, presence.fte, presence.paid_hours, cost, currency(team))
    return _with_extra(team, paper, presence.extra)


def simulated_payroll(team: Team, statistics: CentreStatistics, number: int) -> Payroll:
    """Payroll of a team by its simulated people, where they come and go.

    Everybody on the payroll is paid, in training too; ``per_hire`` is paid for each who starts.
    """
    heads = mean_heads(statistics, number)
    weeks = statistics.centre.horizon_days / 7
    contract_ms = mean_contract_ms(statistics, number)
    paid_h = heads * contract_ms / MS_PER_H * weeks
    cost = None
    if team.cost is not None:
        per_hire = team.cost.per_hire.amount if team.cost.per_hire is not None else 0.0
        cost = paid_h * hourly_cost(team) + hires(statistics, number) * per_hire
    simulated = Payroll(heads, heads * contract_ms / team.full_time_week_ms, paid_h, cost, currency(team))
    return _with_extra(team, simulated, extra_hours(statistics, number))


def with_contacts(paid: Payroll, team: Team, statistics: CentreStatistics, number: int) -> Payroll:
    """The payroll with what the team is paid for the contacts that it took, if it is paid by these."""
    if team.cost is None or team.cost.per_contact is None:
        return paid
    taken = SERVICES.of(statistics.services_over("horizon")[:, number].sum(axis=1)).mean()
    return replace(paid, cost=(paid.cost or 0.0) + float(taken) * team.cost.per_contact.amount)


def _with_extra(team: Team, contract: Payroll, extra: ExtraHours) -> Payroll:
    """With overtime, and less the time off that isn't paid, on top of the contract's hours."""
    if contract.paid_h is None or not (team.overtime or team.time_off):
        return contract
    paid_h = contract.paid_h + extra.overtime_h - extra.unpaid_h
    paid = replace(contract, paid_h=paid_h, overtime_h=extra.overtime_h, time_off_h=extra.time_off_h)
    if contract.cost is None:
        return paid
    overtime, saved = (hours * hourly_cost(team) for hours in (extra.overtime_pay_h, extra.unpaid_h))
    return replace(paid, cost=contract.cost + overtime - saved, overtime_cost=overtime, time_off_saving=saved)


def hourly_cost(team: Team) -> float:
    """What a paid hour costs: 1 where the team states no cost, so that hours are counted, 0 if it is paid by the
    contact."""
    if team.cost is None:
        return 1.0
    if team.cost.per_contact is not None:
        return 0.0
    if team.cost.loaded_per_hour is not None:
        return team.cost.loaded_per_hour.amount
    assert team.cost.loaded_per_year is not None
    return team.cost.loaded_per_year.amount / (team.full_time_week_ms / MS_PER_H * _WEEKS_A_YEAR)


def currency(team: Team) -> str | None:
    """Of the team's cost; None without one."""
    if team.cost is None:
        return None
    return team.cost.pay.currency
