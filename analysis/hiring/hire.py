"""``hire``: whom to hire when, so that targets hold month after month."""

from __future__ import annotations

from pathlib import Path

from sim.centre.simulate import Engine
from sim.errors import Problem, ScenarioError
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.team import Team

from ..payroll import currency
from ..sizing.progress import Progress
from ..targets import targets_of
from .answer import answer
from .results import HireResult
from .search import PlanSearch


def hire(
    file: str | Path,
    *,
    settings: tuple[str, ...] = (),
    probability: float = 0.9,
    seed: int = 1,
    engine: Engine = "fast",
    progress: Progress | None = None,
) -> HireResult:
    """The plan for a scenario file; arguments as ``hire_loaded``."""
    return hire_loaded(
        load_scenario(file, settings), probability=probability, seed=seed, engine=engine, progress=progress
    )


def hire_loaded(
    loaded: LoadedScenario,
    *,
    probability: float = 0.9,
    seed: int = 1,
    engine: Engine = "fast",
    progress: Progress | None = None,
) -> HireResult:
    """The cheapest hiring plan found that holds every target every month with the ``probability``.

    Teams with ``hiring`` in the file may hire, but for those that are paid by the contact; the classes that they have
    are kept, their growth and replacements are not: the plan takes their place. What is claimed is the lower end of the
    95 % interval on fresh replications. ScenarioError if no team may hire or there are no targets, CannotAnswerError,
    which says what is missing, if no plan within the limits does.
    """
    scenario = loaded.model
    teams = tuple(
        name for name, team in scenario.teams.items() if team.hiring is not None and not _paid_by_contact(team)
    )
    if not teams:
        message = 'no team may hire; write "hiring: {lead_time: 6 weeks}" in a team of heads'
        raise ScenarioError(str(loaded.source), [Problem("teams", message)])
    if not targets_of(scenario):
        raise ScenarioError(str(loaded.source), [Problem("queues", "no queue has targets, and a plan needs one")])
    paid = {currency(scenario.teams[name]) for name in teams}
    if len(paid) > 1:
        message = (
            "the teams that may hire have costs in several currencies, or some have none, so that plans don't compare"
        )
        raise ScenarioError(str(loaded.source), [Problem("teams", f"{message}; leave hiring to those of one")])
    search = PlanSearch(scenario, teams, probability, seed, engine, progress)
    return answer(loaded, search.found(), seed, engine)


def _paid_by_contact(team: Team) -> bool:
    """Whether its people cost nothing by themselves, so that plans that hire there wouldn't compare."""
    return team.cost is not None and team.cost.per_contact is not None
