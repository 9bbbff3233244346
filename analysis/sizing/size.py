"""How many heads, or positions, meet every target: month by month, the peak month as the headline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.centre.simulate import Engine
from sim.scenario.load import LoadedScenario, load_scenario

from ..simulation import Replications
from .evidence import Sampling
from .group import LARGEST_LIMIT, GroupSearch
from .progress import Meter, Progress
from .questions import names_of, questions, refuse_no_shifts
from .results import SizeResult, TeamShifts
from .shift_costs import Scheduled, scheduled, without_shifts


def size(
    file: str | Path,
    *,
    settings: Sequence[str] = (),
    team: str | None = None,
    seed: int = 1,
    replications: Replications = "auto",
    limit: int | None = None,
    per_interval: bool = False,
    shifts: bool = False,
    engine: Engine = "fast",
    progress: Progress | None = None,
) -> SizeResult:
    """Size the staff of a scenario file; ``settings`` as on the command line ("queues.calls.handle_time.mean=9 min").

    Arguments as ``size_loaded``. Raises ScenarioError for a file that isn't right, CannotAnswerError as there.
    """
    return size_loaded(
        load_scenario(file, settings),
        team=team,
        seed=seed,
        replications=replications,
        limit=limit,
        per_interval=per_interval,
        shifts=shifts,
        engine=engine,
        progress=progress,
    )


def size_loaded(
    loaded: LoadedScenario,
    *,
    team: str | None = None,
    seed: int = 1,
    replications: Replications = "auto",
    limit: int | None = None,
    per_interval: bool = False,
    shifts: bool = False,
    engine: Engine = "fast",
    progress: Progress | None = None,
) -> SizeResult:
    """The fewest heads (positions where the file gives a team so) that meet every target, month by month.

    Of several teams those are sized together that share queues or whose queues pass contacts on: the answer is a least
    staff, from which none can be taken, not necessarily the cheapest one. With a ``team`` that team alone is sized; the
    others are as the file has them.

    Each calendar month of the horizon is sized by itself, all staffs on the same replications. ``auto`` runs at least
    30, and in the peak month as many as bring the figures that decide to +-0.5 points, 400 at most (in other months to
    +-2 points, 100 at most); teams that are sized together share that most. ``limit`` is the largest size of a team
    allowed, 10 times what the formulas ask for unless given. With ``per_interval`` positions are sized, whatever the
    file has, and the peak month also by weekday and interval.

    ScenarioError as ``questions``; CannotAnswerError, which says why, if targets can't be met within the limit.
    """
    if limit is not None and not 1 <= limit <= LARGEST_LIMIT:
        raise ValueError(f"limit must lie between 1 and {LARGEST_LIMIT} (got {limit})")
    sampling = Sampling(seed, engine, replications)
    if shifts:
        refuse_no_shifts(loaded, team)
    searches = _searches(loaded, team, sampling, per_interval=per_interval)
    again = [search.periods for search in searches if shifts and search.works_shifts]
    meter = Meter(progress, sum([*again, *(search.periods for search in searches)]))
    groups = tuple(search.answer(limit, meter) for search in searches)
    told: tuple[TeamShifts, ...] = ()
    if shifts:
        bound: dict[str, Scheduled] = {}
        for group, search in zip(groups, searches, strict=True):
            bound |= scheduled(group, search.months)
        others = _searches(without_shifts(loaded, bound), team, sampling, lead="without shifts")
        again_asked = [one for one, search in zip(others, searches, strict=True) if search.works_shifts]
        free = {one.team: one for search in again_asked for one in search.answer(limit, meter).teams}
        told = tuple(one.beside(free[name]) for name, one in bound.items())
    meter.end()
    return SizeResult(loaded, groups, seed, replications, engine, told)


def _searches(
    loaded: LoadedScenario, team: str | None, sampling: Sampling, *, per_interval: bool = False, lead: str = ""
) -> list[GroupSearch]:
    """One for each question; ``lead`` is what progress says of all of them."""
    asked = questions(loaded, team, per_interval=per_interval)
    return [
        GroupSearch(question, ", ".join(filter(None, (lead, name))), sampling, per_interval=per_interval)
        for question, name in zip(asked, names_of(asked), strict=True)
    ]
