"""A hiring plan simulated: the scenario with its classes, and what becomes of the targets month by month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.centre.compile import compile_centre
from sim.centre.contract import Float64
from sim.centre.simulate import Engine, simulate
from sim.scenario.centre import CentreScenario
from sim.scenario.workforce import Hiring, HiringClass

from ..intervals import Accumulator, CentreStatistics
from ..risk import Verdicts, verdicts
from ..targets import Target, targets_of
from ..uncertainty import Share, share

_LOOK_EVERY = 10
"""Replications after which it is asked whether to go on."""

Planned = Sequence[tuple[str, date, int]]
"""Team, day and heads of each class."""


def with_plan(scenario: CentreScenario, teams: Sequence[str], plan: Planned) -> CentreScenario:
    """The scenario in which these teams hire by the plan, beside the file's own classes, and not otherwise."""
    changed = dict(scenario.teams)
    for name in teams:
        own = changed[name].hiring
        assert own is not None
        further = tuple(
            HiringClass.model_construct(on=day, heads=heads) for team, day, heads in plan if team == name and heads
        )
        decided = Hiring.model_construct(classes=(*own.classes, *further))
        changed[name] = changed[name].model_copy(update={"hiring": decided})
    return scenario.model_copy(update={"teams": type(scenario.teams)(changed)})


def simulated(
    scenario: CentreScenario,
    teams: Sequence[str],
    plan: Planned,
    seed: int,
    numbers: Sequence[int],
    engine: Engine,
    tick: Callable[[], None],
    give_up: Callable[[CentreStatistics], bool] | None = None,
) -> CentreStatistics:
    """Statistics of those replications, or of the first of them if these are reason to ``give_up``."""
    centre = compile_centre(with_plan(scenario, teams, plan)).staffed()
    found = Accumulator(centre, targets_of(scenario))
    for count, replication in enumerate(simulate(centre, seed, numbers, engine), start=1):
        tick()
        found.add(replication)
        if give_up is not None and count % _LOOK_EVERY == 0 and give_up(found.statistics()):
            break
    return found.statistics()


def failures(statistics: CentreStatistics) -> NDArray[np.bool_]:
    """Whether some month fails a target, (replications,)."""
    found = monthly(statistics)
    return np.asarray((found.judged & ~found.met).any(axis=1))


def monthly(statistics: CentreStatistics) -> Verdicts:
    """Whether each month of each replication meets all targets."""
    return verdicts(statistics, statistics.targets, "month")


def shares(found: Verdicts) -> tuple[Share, ...]:
    """By month, the share of the replications in which it meets all targets."""
    return tuple(
        share(np.asarray(met, np.int64), np.asarray(judged, np.int64), independent=True)
        for met, judged in zip(found.met.T, found.judged.T, strict=True)
    )


def failed_by_month(statistics: CentreStatistics, targets: Sequence[Target]) -> Float64:
    """(M,) share of the replications in which a month misses one of the targets."""
    found = verdicts(statistics, targets, "month")
    return np.asarray((found.judged & ~found.met).mean(axis=0), np.float64)
