"""A staff's statistics in one month, told as a trial."""

from __future__ import annotations

from sim.centre.compile import CentrePlan
from sim.centre.presence import PresenceSummary

from ..decision import decide
from ..intervals import CentreStatistics
from ..kpis import centre_figures
from ..payroll import payroll
from ..risk import chance_of_holding, verdicts
from .judging import all_figures, met
from .results import Trial


def trial(statistics: CentreStatistics, plan: CentrePlan, presence: PresenceSummary, size: int | None) -> Trial:
    """What the replications of one staff say."""
    ((name, team),) = plan.forecast.scenario.teams.items()
    paid = payroll(team, presence)
    return Trial(
        size=size,
        presence=presence,
        payroll=paid,
        met=met(all_figures(statistics)),
        decision=decide(statistics),
        chance=chance_of_holding(verdicts(statistics, statistics.targets, "month")),
        figures=centre_figures(statistics, {name: paid}),
        replications=statistics.replications,
    )
