"""How many heads, or positions, meet every target: month by month, the peak month as the headline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sim.centre.compile import compile_centre
from sim.centre.simulate import Engine
from sim.errors import Problem, ScenarioError
from sim.scenario.load import LoadedScenario, load_scenario

from ..simulation import Replications
from ..targets import Target, targets_of
from .analytic import analytic_answer, requirement
from .evidence import Sampling
from .month import MonthSearch
from .pattern import week_pattern
from .periods import Period, candidates, months_of
from .progress import Meter, Progress
from .results import SizeResult
from .search import settle_headline
from .unit import Unit, size_of_file, unit_of

LARGEST_LIMIT = 100_000
TIMES_ANALYTIC = 10
"""Without a limit of its own a search ends at so many times the analytic answer of the month that needs most."""
LEAST_LIMIT = 100


def size(
    file: str | Path,
    *,
    settings: Sequence[str] = (),
    seed: int = 1,
    replications: Replications = "auto",
    limit: int | None = None,
    per_interval: bool = False,
    engine: Engine = "fast",
    progress: Progress | None = None,
) -> SizeResult:
    """Size the staff of a scenario file; ``settings`` as on the command line ("queues.calls.handle_time.mean=9 min").

    Arguments as ``size_loaded``. Raises ScenarioError for a file that isn't right, CannotAnswerError as there.
    """
    return size_loaded(
        load_scenario(file, settings),
        seed=seed,
        replications=replications,
        limit=limit,
        per_interval=per_interval,
        engine=engine,
        progress=progress,
    )


def size_loaded(
    loaded: LoadedScenario,
    *,
    seed: int = 1,
    replications: Replications = "auto",
    limit: int | None = None,
    per_interval: bool = False,
    engine: Engine = "fast",
    progress: Progress | None = None,
) -> SizeResult:
    """The fewest heads (positions where the file gives its staff so) that meet every target, month by month.

    Each calendar month of the horizon is sized by itself, all sizes on the same replications. ``auto`` runs at least
    30, and in the peak month as many as bring the figures that decide to +-0.5 points, 400 at most (in other months to
    +-2 points, 100 at most). ``limit`` is the largest size allowed, 10 times the analytic answer unless given. With
    ``per_interval`` positions are sized, whatever the file has, and the peak month also by weekday and interval.

    ScenarioError if the file has no targets; CannotAnswerError, which says why, if they can't be met within the limit.
    """
    if limit is not None and not 1 <= limit <= LARGEST_LIMIT:
        raise ValueError(f"limit must lie between 1 and {LARGEST_LIMIT} (got {limit})")
    plan = compile_centre(loaded.model)
    targets = required_targets(loaded)
    own_unit = unit_of(loaded.model)
    unit: Unit = "positions" if per_interval else own_unit
    sampling = Sampling(seed, engine, replications)
    periods = months_of(plan)
    meter = Meter(progress, len(periods))
    searches = [MonthSearch(period, plan, unit, targets, sampling, meter) for period in periods]
    agents = requirement(plan, targets)
    analytic = [analytic_answer(search.plan, plan, agents, unit) for search in searches]
    most = limit or min(max(TIMES_ANALYTIC * max(one.start for one in analytic), LEAST_LIMIT), LARGEST_LIMIT)

    sizes: list[int] = []
    drift = 1.0
    for search, formula in zip(searches, analytic, strict=True):
        sizes.append(search.find(round(drift * formula.start), most))
        drift = sizes[-1] / formula.start
        meter.finish_period()
    settle_headline(sizes, partial(_peak, periods), lambda index, size: searches[index].refine(size, most))
    months = tuple(
        search.answer(size, formula.erlang_c, formula.erlang_a)
        for search, size, formula in zip(searches, sizes, analytic, strict=True)
    )
    peak = _peak(periods, sizes)
    pattern = None
    if per_interval:
        pattern = week_pattern(periods[peak], searches[peak].plan, analytic[peak].agents, targets, sampling, meter)
    meter.end()
    return SizeResult(
        loaded=loaded,
        unit=unit,
        stated=size_of_file(loaded.model) if unit == own_unit else None,
        months=months,
        peak=months[peak],
        pattern=pattern,
        limit=most,
        seed=seed,
        replications=replications,
        engine=engine,
    )


def required_targets(loaded: LoadedScenario) -> tuple[Target, ...]:
    """The file's targets. ScenarioError if it has none."""
    targets = targets_of(loaded.model)
    if not targets:
        message = (
            'no queue has targets, and sizing needs one; write "targets: {service_level: 80 % in 20 s}" in a queue'
        )
        raise ScenarioError(str(loaded.source), [Problem("queues", message)])
    return targets


def _peak(periods: Sequence[Period], sizes: Sequence[int]) -> int:
    """Index of the month that needs most, the first of such."""
    return max(candidates(periods), key=lambda index: sizes[index])
