"""Simulating a scenario until its figures are known well enough."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from sim.centre.compile import CentrePlan, compile_centre
from sim.centre.contract import CompiledCentre
from sim.centre.results import Replication
from sim.centre.simulate import Engine, simulate
from sim.scenario.load import LoadedScenario, load_scenario

from .decision import judged_figure
from .intervals import Accumulator, CentreStatistics
from .kpis import CentreFigures, Payroll, centre_figures
from .payroll import payroll, simulated_payroll, with_contacts
from .sites import Site, sites_of
from .targets import Target, targets_of
from .uncertainty import Estimates
from .walk import Walk, fte_walk

LEAST_REPLICATIONS = 30
MOST_REPLICATIONS = 1000
DEFAULT_PRECISION = 0.005

Replications = int | Literal["auto"]
Progress = Callable[[int, int], None]
"""Called with (replications done, replications expected now)."""
LogSink = Callable[[CompiledCentre, Replication], None]
"""Called with every replication, its contact log with it."""


@dataclass(frozen=True)
class RunResult:
    """A scenario simulated: statistics, the figures of the whole horizon, and what they were made with."""

    loaded: LoadedScenario
    plan: CentrePlan
    statistics: CentreStatistics
    figures: CentreFigures
    payroll: Mapping[str, Payroll]
    """By team."""
    sites: tuple[Site, ...]
    """None if the scenario doesn't tell any apart."""
    targets: tuple[Target, ...]
    seed: int
    engine: Engine
    precise: bool
    """False if ``auto`` met its cap before the service levels were known to the precision asked."""

    @cached_property
    def walk(self) -> Walk:
        """From the contacts offered to the people on the payroll, month by month."""
        return fte_walk(self.plan, self.statistics)

    def __str__(self) -> str:
        """What ``staffsim run`` prints."""
        from .output.run_text import run_text  # it knows this class

        return run_text(self)


def run(
    file: str | Path,
    *,
    settings: Sequence[str] = (),
    seed: int = 1,
    replications: Replications = "auto",
    precision: float = DEFAULT_PRECISION,
    engine: Engine = "fast",
    progress: Progress | None = None,
) -> RunResult:
    """Simulate a scenario file; ``settings`` as on the command line ("queues.calls.handle_time.mean=9 min").

    Raises ScenarioError for a file that isn't right.
    """
    loaded = load_scenario(file, settings)
    return run_loaded(
        loaded, seed=seed, replications=replications, precision=precision, engine=engine, progress=progress
    )


def run_loaded(
    loaded: LoadedScenario,
    *,
    seed: int = 1,
    replications: Replications = "auto",
    precision: float = DEFAULT_PRECISION,
    engine: Engine = "fast",
    progress: Progress | None = None,
    log: LogSink | None = None,
) -> RunResult:
    """``run`` for a scenario that is loaded already; its contacts go to ``log`` as well, if there is one."""
    plan = compile_centre(loaded.model)
    targets = targets_of(loaded.model)
    statistics, precise = replicate(plan.staffed(), targets, seed, replications, precision, engine, progress, log)
    paid = {
        name: with_contacts(
            simulated_payroll(team, statistics, number)
            if loaded.model.has_workforce(name)
            else payroll(team, plan.presence(team=name)),
            team,
            statistics,
            number,
        )
        for number, (name, team) in enumerate(loaded.model.teams.items())
    }
    sites = sites_of(loaded.model)
    return RunResult(
        loaded=loaded,
        plan=plan,
        statistics=statistics,
        figures=centre_figures(statistics, paid, sites),
        payroll=paid,
        sites=sites,
        targets=targets,
        seed=seed,
        engine=engine,
        precise=precise,
    )


def replicate(
    centre: CompiledCentre,
    targets: Sequence[Target],
    seed: int,
    replications: Replications,
    precision: float,
    engine: Engine = "fast",
    progress: Progress | None = None,
    log: LogSink | None = None,
) -> tuple[CentreStatistics, bool]:
    """Statistics of as many replications as asked, and whether they are as precise as asked.

    ``auto`` runs LEAST_REPLICATIONS, and then as many more as the widest interval of a service level calls for (half
    widths shrink with the root of the number), up to MOST_REPLICATIONS.
    """
    accumulator = Accumulator(centre, targets)
    threads = None if log is None else 1  # logs are large: few at a time
    done = 0
    wanted = LEAST_REPLICATIONS if replications == "auto" else replications
    while True:
        for replication in simulate(centre, seed, range(done, wanted), engine, log=log is not None, threads=threads):
            accumulator.add(replication)
            if log is not None:
                log(centre, replication)
            done += 1
            if progress is not None:
                progress(done, wanted)
        statistics = accumulator.statistics()
        if replications != "auto":
            return statistics, True
        width = widest_half_width(statistics, targets)
        if not width > precision:
            return statistics, True
        if done >= MOST_REPLICATIONS:
            return statistics, False
        needed = math.ceil(done * (width / precision) ** 2 * 1.1)
        wanted = min(max(needed, done + 10), 2 * done, MOST_REPLICATIONS)


def widest_half_width(statistics: CentreStatistics, targets: Sequence[Target]) -> float:
    """The widest 95 % half width of a service level that has a target, over the horizon.

    Where no service level has one, of any figure that has; NaN without targets.
    """
    levels = [target for target in targets if target.metric == "service_level"] or targets
    widths = [float(target_estimate(statistics, target).half_width) for target in levels]
    known = [width for width in widths if not math.isnan(width)]
    return max(known, default=math.nan)


def target_estimate(statistics: CentreStatistics, target: Target) -> Estimates:
    """The figure that a target judges, over the whole horizon: a scalar estimate with its half width."""
    figure, _ = judged_figure(statistics, target, "horizon")
    return Estimates(figure.value[0], figure.half_width[0])
