"""``plan``: the rolling capacity sheet of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from sim.centre.compile import compile_centre
from sim.centre.simulate import Engine
from sim.common.calendar_spans import Unit
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.parse import Span

from ..risk import verdicts
from ..simulation import Replications, replicate
from ..sizing.evidence import Sampling
from ..sizing.periods import periods_of
from ..sizing.progress import Progress
from ..targets import targets_of
from .off_phone import quiet_times, training_row
from .requirement import required
from .results import PlanResult
from .rows import queue_row, shares_of, team_row
from .shortage import shortages

DEFAULT_WEEKS = 13
SIMULATED = 40
"""Replications of the sheet's figures, unless told otherwise."""
DEFAULT = Sampling(1, "fast", "auto")


def load_for_plan(
    file: str | Path, settings: Sequence[str] = (), weeks: int | None = None, months: int | None = None
) -> LoadedScenario:
    """The scenario, with a longer horizon where the span asked for goes beyond its own.

    ScenarioError as ``load_scenario``: also where what the file gives by date (volumes, positions) ends before that.
    """
    loaded = load_scenario(file, settings)
    start = loaded.model.start
    asked = asked_end(start, weeks, months)
    if asked is None or asked <= loaded.model.end:
        return loaded
    return load_scenario(file, (*settings, f"horizon={(asked - start).days} days"))


def plan(
    file: str | Path,
    *,
    settings: Sequence[str] = (),
    weeks: int | None = None,
    months: int | None = None,
    seed: int = 1,
    replications: Replications = "auto",
    engine: Engine = "fast",
    progress: Progress | None = None,
) -> PlanResult:
    """The sheet of a scenario file; arguments as ``plan_loaded``."""
    loaded = load_for_plan(file, settings, weeks, months)
    sampling = Sampling(seed, engine, replications)
    return plan_loaded(loaded, weeks=weeks, months=months, sampling=sampling, progress=progress)


def plan_loaded(
    loaded: LoadedScenario,
    *,
    weeks: int | None = None,
    months: int | None = None,
    sampling: Sampling = DEFAULT,
    progress: Progress | None = None,
) -> PlanResult:
    """The sheet of the first ``weeks`` or ``months``: of 13 weeks, or the horizon if it is shorter, unless told.

    What is there is simulated, with its people; what is needed is sized, each period by itself. ``auto`` simulates
    40 replications and sizes as ``size`` does. ValueError if both are given, or if they go beyond the horizon.
    """
    over: Unit = "month" if months is not None else "week"
    return sheet(loaded, over, (loaded.model.start, _end(loaded, weeks, months)), sampling, progress)


def sheet(
    loaded: LoadedScenario, over: Unit, span: tuple[date, date], sampling: Sampling, progress: Progress | None
) -> PlanResult:
    """The sheet of the days from the first date until before the second, which lie within the horizon."""
    scenario = loaded.model
    part = compile_centre(scenario).for_period(*span)
    report = None if progress is None else partial(progress, "simulating the plan")
    count = SIMULATED if sampling.replications == "auto" else sampling.replications
    targets = targets_of(scenario)
    statistics, _ = replicate(part.staffed(), targets, sampling.seed, count, 1.0, sampling.engine, report)
    needed = required(loaded, over, span, sampling, progress)
    periods = periods_of(part, over)
    teams = tuple(
        team_row(part, statistics, number, name, over, needed.get(name)) for number, name in enumerate(scenario.teams)
    )
    return PlanResult(
        loaded=loaded,
        over=over,
        periods=periods,
        queues=tuple(queue_row(statistics, queue, over) for queue in range(len(scenario.queues))),
        teams=teams,
        holds=shares_of(verdicts(statistics, statistics.targets, over)),
        shortages=shortages(scenario, periods, teams),
        training=tuple(
            row
            for number, (name, team) in enumerate(scenario.teams.items())
            if (row := training_row(statistics, number, name, team, over)) is not None
        ),
        quiet=tuple(quiet_times(statistics, number) for number in range(len(teams))),
        statistics=statistics,
        seed=sampling.seed,
        engine=sampling.engine,
    )


def _end(loaded: LoadedScenario, weeks: int | None, months: int | None) -> date:
    """The first day after the sheet."""
    scenario = loaded.model
    asked = asked_end(scenario.start, weeks, months)
    if asked is None:
        return min(weeks_end(scenario.start, DEFAULT_WEEKS), scenario.end)
    if asked > scenario.end:
        raise ValueError("the span asked for goes beyond the scenario's horizon")
    return asked


def asked_end(start: date, weeks: int | None, months: int | None) -> date | None:
    """The first day after so many weeks or months of the calendar, that of the start counted; None if none is given."""
    if weeks is not None and months is not None:
        raise ValueError("give weeks or months, one of the two")
    if months is not None:
        return Span(months, "month").end(start.replace(day=1))
    return None if weeks is None else weeks_end(start, weeks)


def weeks_end(start: date, weeks: int) -> date:
    """The first day after so many weeks of the calendar, that of the start counted."""
    return Span(weeks, "week").end(start - timedelta(days=start.weekday()))
