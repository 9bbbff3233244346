"""A staff's statistics in one month, told as a trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.centre.compile import CentrePlan
from sim.centre.compile_staff import TeamStaff
from sim.scenario.team import Team

from ..decision import decide, decide_target
from ..intervals import CentreStatistics
from ..kpis import centre_figures
from ..payroll import payroll
from ..risk import chance_of_holding, verdicts
from ..targets import Target
from .judging import all_figures, met
from .results import TeamTried, Trial
from .unit import size_of_file


def trial(
    statistics: CentreStatistics, plan: CentrePlan, given: Mapping[str, TeamStaff], beside: Sequence[Target] = ()
) -> Trial:
    """What the replications of one staff say; teams that aren't ``given`` are as in the file.

    Of the targets ``beside`` those over intervals are left out: the statistics weren't gathered for them.
    """
    teams = {name: _tried(plan, given, name, team) for name, team in plan.forecast.scenario.teams.items()}
    return Trial(
        teams=teams,
        met=met(all_figures(statistics)),
        decision=decide(statistics),
        beside=tuple(decide_target(statistics, target) for target in beside if target.over != "interval"),
        chance=chance_of_holding(verdicts(statistics, statistics.targets, "month")),
        figures=centre_figures(statistics, {name: team.payroll for name, team in teams.items()}),
        replications=statistics.replications,
    )


def _tried(plan: CentrePlan, given: Mapping[str, TeamStaff], name: str, team: Team) -> TeamTried:
    presence = plan.presence(given, team=name)
    if name in given:
        size = given[name].heads if given[name].heads is not None else given[name].positions
    else:
        size = size_of_file(team)
    return TeamTried(size, presence, payroll(team, presence))
