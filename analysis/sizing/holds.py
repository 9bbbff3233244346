"""The reverse question: what volume, and what service, the file's own staff holds."""

from __future__ import annotations

from collections.abc import Sequence

from sim.centre.compile import CentrePlan, compile_centre
from sim.centre.contract import CompiledCentre
from sim.centre.simulate import Engine
from sim.scenario.load import LoadedScenario

from ..simulation import Replications
from ..targets import Target
from .evidence import COARSE, Sampling, Trials
from .judging import all_figures, failing
from .periods import Period, candidates, months_of
from .progress import Meter, Progress
from .results import HoldsResult, MonthHeld, SizeResult
from .search import fewest, walk
from .size import required_targets
from .trial import trial
from .unit import size_of_file, unit_of

STEPS = 200
"""Volumes are tried in steps of 1/200 of the file's."""
LARGEST = 10
"""Times the file's volume at most."""


def holds(
    loaded: LoadedScenario,
    *,
    seed: int = 1,
    replications: Replications = "auto",
    engine: Engine = "fast",
    progress: Progress | None = None,
    sized: SizeResult | None = None,
) -> HoldsResult:
    """What the file's own staff holds in each calendar month: every figure, and the largest volume that meets targets.

    All volumes, those of the warm-up included, are multiplied alike, on common random numbers; heads are spread over
    the week by the need that this makes. Replications as in ``size_loaded`` for months other than the peak. ``sized``,
    what sizing the same file found, only tells the search where to begin. ScenarioError if the file has no targets.
    """
    targets = required_targets(loaded)
    plan = compile_centre(loaded.model)
    periods = months_of(plan)
    meter = Meter(progress, len(periods))
    sampling = Sampling(seed, engine, replications)
    searches = [VolumeSearch(period, plan, targets, sampling, meter) for period in periods]

    too_many: list[int] = []
    for search, start in zip(searches, _starts(sized, len(periods)), strict=True):
        too_many.append(search.find(start))
        meter.finish_period()
    months = tuple(search.answer(steps) for search, steps in zip(searches, too_many, strict=True))
    meter.end()
    unit, stated = unit_of(loaded.model), size_of_file(loaded.model)
    return HoldsResult(
        loaded,
        unit,
        stated,
        months,
        months[min(candidates(periods), key=lambda index: too_many[index])],
        seed,
        replications,
        engine,
    )


def _starts(sized: SizeResult | None, months: int) -> list[int]:
    """Where to begin in each month: what is held is about the file's share of the staff that its volume needs."""
    if sized is None or sized.stated is None:
        return [STEPS] * months
    return [round(STEPS * sized.stated / month.size) for month in sized.months]


class VolumeSearch:
    """Finds the smallest volume of one month, in steps, that the file's staff does not hold."""

    def __init__(
        self, period: Period, plan: CentrePlan, targets: Sequence[Target], sampling: Sampling, meter: Meter
    ) -> None:
        """``plan`` is that of the whole horizon."""
        self._period = period
        self._plan = plan.for_period(period.start, period.end)
        self._meter = meter
        self._stated = size_of_file(plan.forecast.scenario)
        self._trials = Trials(self._compiled, targets, sampling, meter.tick)

    def find(self, start: int) -> int:
        """Steps of the smallest volume that fails, sought from ``start``; one more than the most if none does."""
        self._meter.begin(f"volume that {self._period.label} holds")
        return self._settle(fewest(lambda steps: not self._trials.roughly(steps), start, STEPS * LARGEST))

    def answer(self, steps: int) -> MonthHeld:
        """What was found, with the figures at the file's own volume."""
        fails = steps <= STEPS * LARGEST
        return MonthHeld(
            period=self._period,
            volume=(steps - 1) / STEPS if fails else None,
            binding=failing(all_figures(self._trials.statistics(steps))) if fails else (),
            at=trial(self._trials.statistics(STEPS), self._plan, self._plan.presence(), self._stated),
        )

    def _settle(self, steps: int | None) -> int:
        most = STEPS * LARGEST
        if steps is not None and steps <= most:
            self._trials.sharpen(steps, COARSE)
            steps = walk(lambda steps: not self._trials.exactly(steps), steps, most)
        found = most + 1 if steps is None else steps
        self._trials.keep_only({found - 1, found, STEPS})
        return found

    def _compiled(self, steps: int) -> CompiledCentre:
        return self._plan.scaled(steps / STEPS).staffed()
