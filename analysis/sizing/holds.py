"""The reverse question: what volume, and what service, the file's own staff holds."""

from __future__ import annotations

from collections.abc import Sequence

from sim.centre.compile import compile_centre
from sim.centre.contract import CompiledCentre
from sim.centre.simulate import Engine
from sim.scenario.load import LoadedScenario

from ..simulation import Replications
from ..targets import Target
from .evidence import COARSE, Sampling, Trials
from .judging import all_figures, failing
from .periods import Month, laid_out
from .progress import Meter, Progress
from .questions import Question, names_of, questions
from .results import GroupHeld, GroupSize, HoldsResult, MonthHeld, SizeResult
from .search import fewest, walk
from .trial import trial

STEPS = 200
"""Volumes are tried in steps of 1/200 of the file's."""
LARGEST = 10
"""Times the file's volume at most."""


def holds(
    loaded: LoadedScenario,
    *,
    team: str | None = None,
    seed: int = 1,
    replications: Replications = "auto",
    engine: Engine = "fast",
    progress: Progress | None = None,
    sized: SizeResult | None = None,
) -> HoldsResult:
    """What the file's own staff holds in each calendar month: every figure, and the largest volume that meets targets.

    Group by group, judged by the targets that sizing (the ``team`` alone) is judged by. All volumes of a group, those
    of the warm-up included, are multiplied alike, on common random numbers; heads are spread over the week by the need
    that this makes. Replications as in ``size_loaded`` for months other than the peak. ``sized``, what sizing the same
    file found, only tells the search where to begin. ScenarioError as ``questions``.
    """
    asked = questions(loaded, team)
    sampling = Sampling(seed, engine, replications)
    months = [
        laid_out(compile_centre(question.scenario), f"{name}, " if name else "")
        for question, name in zip(asked, names_of(asked), strict=True)
    ]
    meter = Meter(progress, sum(len(of_group) for of_group in months))
    known = [None] * len(asked) if sized is None else sized.groups
    groups = tuple(
        _held(question, of_group, sampling, meter, found)
        for question, of_group, found in zip(asked, months, known, strict=True)
    )
    meter.end()
    return HoldsResult(loaded, groups, seed, replications, engine)


def _held(
    question: Question, months: Sequence[Month], sampling: Sampling, meter: Meter, sized: GroupSize | None
) -> GroupHeld:
    """Of one group."""
    searches = [VolumeSearch(month, question.targets, sampling, meter) for month in months]
    too_many: list[int] = []
    for search, start in zip(searches, _starts(sized, len(months)), strict=True):
        too_many.append(search.find(start))
        meter.finish_period()
    held = tuple(search.answer(steps) for search, steps in zip(searches, too_many, strict=True))
    tightest = min(range(len(held)), key=lambda index: too_many[index])
    return GroupHeld(question, held, held[tightest])


def _starts(sized: GroupSize | None, months: int) -> list[int]:
    """Where to begin in each month.

    What is held is about the file's share of the staff that its volume needs, in the team that has least of it.
    """
    if sized is None:
        return [STEPS] * months
    shares = [
        [team.stated / month.size for month in team.months] for team in sized.teams if team.stated is not None
    ] or [[1.0] * months]
    return [round(STEPS * min(of_month)) for of_month in zip(*shares, strict=True)]


class VolumeSearch:
    """Finds the smallest volume of one month, in steps, that the file's staff does not hold."""

    def __init__(self, month: Month, targets: Sequence[Target], sampling: Sampling, meter: Meter) -> None:
        """Nothing is simulated yet."""
        self._month = month
        self._meter = meter
        self._trials = Trials(self._compiled, targets, sampling, meter.tick)

    def find(self, start: int) -> int:
        """Steps of the smallest volume that fails, sought from ``start``; one more than the most if none does."""
        self._meter.begin(f"what the file's own staff holds in {self._month.name}")
        return self._settle(fewest(lambda steps: not self._trials.roughly(steps), start, STEPS * LARGEST))

    def answer(self, steps: int) -> MonthHeld:
        """What was found, with the figures at the file's own volume."""
        fails = steps <= STEPS * LARGEST
        return MonthHeld(
            period=self._month.period,
            volume=(steps - 1) / STEPS if fails else None,
            binding=failing(all_figures(self._trials.statistics(steps))) if fails else (),
            at=trial(self._trials.statistics(STEPS), self._month.plan, {}),
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
        return self._month.plan.scaled(steps / STEPS).staffed()
