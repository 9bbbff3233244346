"""What a team is on paper over a horizon: heads, FTE, paid hours and what they cost."""

from __future__ import annotations

from sim.centre.presence import PresenceSummary
from sim.scenario.team import Team

from .kpis import Payroll

_WEEKS_A_YEAR = 365.25 / 7
_HOUR_MS = 3_600_000


def payroll(team: Team, presence: PresenceSummary) -> Payroll:
    """Payroll of a team whose presence over the horizon is ``presence``; cost in the currency of the file.

    A year's cost is that of a full-time week's hours all year, so it is proportional to the paid hours.
    """
    cost = None
    if team.cost is not None:
        if team.cost.loaded_per_hour is not None:
            per_hour = team.cost.loaded_per_hour.amount
        else:
            assert team.cost.loaded_per_year is not None
            per_hour = team.cost.loaded_per_year.amount / (team.full_time_week_ms / _HOUR_MS * _WEEKS_A_YEAR)
        cost = presence.paid_hours * per_hour
    return Payroll(presence.heads, presence.fte, presence.paid_hours, cost, currency(team))


def currency(team: Team) -> str | None:
    """Of the team's cost; None without one."""
    if team.cost is None:
        return None
    stated = team.cost.loaded_per_hour or team.cost.loaded_per_year
    return None if stated is None else stated.currency
