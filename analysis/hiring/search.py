"""The search for a hiring plan that holds the targets every month with the probability asked.

A programme on expected numbers gives the cheapest classes for the productive heads that each month is thought to need.
They are simulated; months that miss too often need more, and the programme is solved again, until the simulation holds.
Then single heads are taken out and hired later as long as it does, and what is left is proven on fresh replications.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from scipy.stats import betabinom

from sim.centre.compile import compile_centre
from sim.centre.contract import Float64, Int64
from sim.centre.simulate import Engine
from sim.errors import CannotAnswerError
from sim.scenario.centre import CentreScenario

from ..intervals import CentreStatistics
from ..payroll import currency
from ..risk import chance_of_holding
from ..sizing.analytic import analytic_answer, requirement
from ..sizing.groups import queues_around
from ..sizing.periods import laid_out
from ..sizing.progress import Progress
from ..sizing.search import fewest
from ..sizing.work import TeamWork
from ..targets import targets_of
from ..uncertainty import share
from .answer import Found, why_not
from .outlook import outlook
from .programme import cheapest, least_lacking
from .proof import Planned, failed_by_month, failures, monthly, simulated

SEARCHED_ON = 40
"""Replications on which plans are tried."""
_RESERVE = 0.45
"""Of what is left to certainty, what plans must have beyond the chance asked: its lower bound is what is claimed."""
_LIKELY = 6
"""Replications of those on which plans failed so far that a plan is tried on first."""
_FAR_OFF = 0.3
"""The first replications are enough where the chance falls short by so much."""
PROVEN_ON = 200
"""Others, on which the plan that is told is proven."""
_FIRST_FRESH = 100_000
"""Number of the first of those."""
_UNLIKELY = 0.05
"""Proofs whose chance to succeed has fallen below this are given up."""
_CAUTION = 0.94
"""Of the formulas' productive heads, where the search begins."""
_USUAL = 1_200
"""Replications that a search usually takes, for the time left."""
_MOST_ROUNDS, _MOST_PROOFS = 60, 20
_SAME, _ROUNDING = 0.05, 1e-4
"""Productive heads: needs that differ by less are alike, and what lacks is known so well."""
_FAR, _FAR_STEP = 0.5, 0.015
"""A month that misses in more of the replications than this needs such a share more heads at once, not one."""


class PlanSearch:
    """Answers one question."""

    def __init__(
        self,
        scenario: CentreScenario,
        teams: tuple[str, ...],
        probability: float,
        seed: int,
        engine: Engine,
        progress: Progress | None,
    ) -> None:
        """Of the ``teams`` that may hire. Nothing is simulated yet."""
        self._scenario, self._teams = scenario, teams
        self._asked, self._seed, self._engine, self._progress = probability, seed, engine, progress
        self._outlook = outlook(scenario, teams)
        self._helps = _helping(scenario, teams)
        self._failures = np.zeros(SEARCHED_ON, np.int64)
        self._done = 0
        self._stage = ""

    def found(self) -> Found:
        """The plan, proven. CannotAnswerError if there is none."""
        needed, hires = self._holding(self._about())
        hires = self._thinned(hires)
        needed = np.minimum(needed, self._outlook.programme(needed).reached(hires))
        for block in range(_MOST_PROOFS):
            self._begin("proving the plan on fresh replications")
            first = _FIRST_FRESH + block * PROVEN_ON
            proof = self._simulate(hires, range(first, first + PROVEN_ON), self._hopeless)
            if proof.replications == PROVEN_ON and chance_of_holding(monthly(proof)).low >= self._asked:
                return Found(self._outlook, self._asked, needed, hires, proof, self._nobody)
            before = needed
            raised = self._raised(needed, hires, proof)
            needed = self._attainable(raised)
            another = cheapest(self._outlook.programme(needed))
            if another is None or np.allclose(needed, before, atol=_SAME):
                raise CannotAnswerError(self._why_not(raised, proof))
            hires = another
        raise CannotAnswerError(f"{_MOST_PROOFS} plans held on the replications searched on, and none on fresh ones")

    # --- the search -------------------------------------------------------------------------------------------------

    def _about(self) -> Float64:
        """About as many productive heads as each month needs, (T, M).

        No more than there are where nobody has to be hired; elsewhere a little less than the formulas say, for what is
        too little is found out.
        """
        had = self._outlook.productive
        failed = failed_by_month(self._nobody, self._nobody.targets)
        enough = failed <= (1 - self._asked) / (2 * max(int(np.count_nonzero(failed)), 1))
        return np.where(enough, np.minimum(self._formulas(), had), np.maximum(_CAUTION * self._formulas(), had + 1))

    @cached_property
    def _nobody(self) -> CentreStatistics:
        """What becomes of the targets if nobody is hired but by the file's own classes."""
        self._begin("what would be without hiring")
        return self._simulate(np.zeros(len(self._outlook.classes), np.int64), range(SEARCHED_ON))

    def _formulas(self) -> Float64:
        """Productive heads that Erlang's formulas ask for in each month, (T, M)."""
        plan = compile_centre(self._scenario)
        works = [TeamWork.of(plan, team) for team in self._teams]
        of_team = [requirement(plan, work, targets_of(self._scenario)) for work in works]
        return np.array(
            [
                [analytic_answer(month.plan, plan, work, agents, "heads").start for month in laid_out(plan)]
                for work, agents in zip(works, of_team, strict=True)
            ],
            dtype=np.float64,
        )

    def _holding(self, needed: Float64) -> tuple[Float64, Int64]:
        """Needs, raised until the cheapest plan for them holds on the replications of the search, and that plan.

        Where the limits leave nothing to raise, a plan that holds with just the chance asked is left to the proof.
        """
        before, statistics = np.zeros_like(needed), None
        hires = np.zeros(len(self._outlook.classes), np.int64)
        for attempt in range(_MOST_ROUNDS):
            attainable = self._attainable(needed)
            if np.allclose(attainable, before, atol=_SAME):
                if statistics is not None and chance_of_holding(monthly(statistics)).value >= self._asked:
                    return before, hires
                raise CannotAnswerError(self._why_not(needed, statistics))
            needed = before = attainable
            found = cheapest(self._outlook.programme(needed))
            assert found is not None  # it is attainable
            hires = found
            self._begin(f"hiring plan {attempt + 1}")
            statistics = self._tried(hires)
            if self._holds(statistics):
                return needed, hires
            needed = self._raised(needed, hires, statistics)
        raise CannotAnswerError(f"{_MOST_ROUNDS} plans were tried, each with more heads, and none holds every month")

    def _attainable(self, needed: Float64) -> Float64:
        """What is needed, less what lacks with the best that the limits allow."""
        programme = self._outlook.programme(needed)
        if cheapest(programme) is not None:
            return needed
        return np.asarray(needed - programme.lacking(least_lacking(programme)) - _ROUNDING, np.float64)

    def _raised(self, needed: Float64, hires: Int64, statistics: CentreStatistics) -> Float64:
        """More productive heads in the months that miss too often, in teams that serve what fails there.

        The need counts from what the plan had there: where that was more than was asked for, still more is needed.
        """
        failed = failed_by_month(statistics, statistics.targets)
        allowed = (1 - self._asked) / max(int(np.count_nonzero(failed)), 1)
        had = np.maximum(needed, self._outlook.programme(needed).reached(hires))
        raised = needed.copy()
        for month in np.flatnonzero(failed > allowed / 2):
            missed = [target for target in statistics.targets if failed_by_month(statistics, [target])[month] > 0]
            teams = {team for target in missed for team in self._helps[target.queue]}
            for team in teams or set(range(len(self._teams))):
                step = max(1.0, round(_FAR_STEP * had[team, month])) if failed[month] > _FAR else 1.0
                raised[team, month] = had[team, month] + step
        return raised

    def _thinned(self, hires: Int64) -> Int64:
        """As few in each class as the plan holds with, and as late, the dearest class first."""
        hires = hires.copy()
        self._begin("taking out who isn't needed")
        order = np.argsort([-one.cost for one in self._outlook.classes], kind="stable").tolist()
        for place in order:
            hires[place] = self._fewest(hires, place)
        self._begin("hiring later what can wait")
        for place in order:
            hires = self._postponed(hires, place)
        return hires

    def _postponed(self, hires: Int64, place: int) -> Int64:
        """As many of a class as can start with the team's next one instead, if that is cheaper."""
        classes = self._outlook.classes
        own = classes[place]
        after = [at for at, one in enumerate(classes) if one.team == own.team and one.day > own.day]
        if not hires[place] or not after or classes[after[0]].cost >= own.cost:
            return hires

        def moved(count: int) -> Int64:
            other = hires.copy()
            other[place] -= count
            other[after[0]] += count
            return other

        others = [other for count in range(1, int(hires[place]) + 1) if self._outlook.allows(other := moved(count))]
        if not others or not self._still_holds(others[0]):
            return hires
        if len(others) == 1:
            return others[0]
        failing = fewest(lambda at: not self._still_holds(others[at]), 1, len(others) - 1)
        return others[-1 if failing is None else failing - 1]

    def _fewest(self, hires: Int64, place: int) -> int:
        """How few of a class are enough, all others being as they are."""

        def enough(count: int) -> bool:
            fewer = hires.copy()
            fewer[place] = count
            return self._still_holds(fewer)

        most, least = int(hires[place]), self._outlook.classes[place].least
        if most == 0 or not enough(most - 1 if most > least else 0):
            return most
        if most <= least or enough(0):
            return 0
        return max(fewest(enough, most - 2, most - 1) or most - 1, least)

    def _tried(self, hires: Int64) -> CentreStatistics:
        """The plan on the replications of the search: on the first few of them if these show that it is far off."""
        return self._simulate(hires, range(SEARCHED_ON), self._far_off)

    def _far_off(self, so_far: CentreStatistics) -> bool:
        return chance_of_holding(monthly(so_far)).value < self._asked - _FAR_OFF

    def _holds(self, statistics: CentreStatistics) -> bool:
        return chance_of_holding(monthly(statistics)).value >= self._enough

    def _still_holds(self, hires: Int64) -> bool:
        """Whether a plan holds on the replications of the search, of which those that failed most often come first.

        Plans that don't hold are found out by a few of them.
        """
        order = np.argsort(-self._failures, kind="stable")
        failed = 0
        for part in (np.sort(order[:_LIKELY]), np.sort(order[_LIKELY:])):
            fails = failures(self._simulate(hires, part.tolist()))
            self._failures[part] += fails
            failed += int(fails.sum())
            if 1 - failed / SEARCHED_ON < self._enough:
                return False
        return True

    def _hopeless(self, so_far: CentreStatistics) -> bool:
        """Whether so many of the first replications of a proof fail that it will hardly succeed.

        How many of the others fail is beta-binomial, with Jeffreys' prior: Gelman et al., "Bayesian Data Analysis"
        (3rd ed., 2013), section 2.4.
        """
        failed = int(failures(so_far).sum())
        others = PROVEN_ON - so_far.replications
        succeeds = betabinom.cdf(self._may_fail - failed, others, failed + 0.5, so_far.replications - failed + 0.5)
        return bool(succeeds < _UNLIKELY)

    @cached_property
    def _may_fail(self) -> int:
        """In how many replications a plan may fail that is proven nevertheless; -1 if it may not at all, nor hold."""
        ones = np.ones(PROVEN_ON, np.int64)
        proven = [
            share((np.arange(PROVEN_ON) >= failed).astype(np.int64), ones, independent=True).low >= self._asked
            for failed in range(PROVEN_ON + 1)
        ]
        return sum(proven) - 1

    @property
    def _enough(self) -> float:
        """Share of the replications of the search in which a plan must hold."""
        return self._asked + _RESERVE * (1 - self._asked)

    def _why_not(self, needed: Float64, best: CentreStatistics | None) -> str:
        money = currency(self._scenario.teams[self._teams[0]])
        return why_not(self._outlook, needed, self._nobody if best is None else best, self._asked, money)

    # --- simulation -------------------------------------------------------------------------------------------------

    def _plan(self, hires: Int64) -> Planned:
        return [
            (self._teams[one.team], self._outlook.day(one.day), int(count))
            for one, count in zip(self._outlook.classes, hires, strict=True)
            if count
        ]

    def _simulate(
        self, hires: Int64, numbers: Sequence[int], give_up: Callable[[CentreStatistics], bool] | None = None
    ) -> CentreStatistics:
        plan, engine = self._plan(hires), self._engine
        return simulated(self._scenario, self._teams, plan, self._seed, numbers, engine, self._tick, give_up)

    def _begin(self, stage: str) -> None:
        self._stage = stage

    def _tick(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._stage, self._done, max(self._done + PROVEN_ON, _USUAL))


def _helping(scenario: CentreScenario, teams: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """By queue, the teams that may hire and have to do with it."""
    return {
        queue: tuple(at for at, name in enumerate(teams) if queue in queues_around(scenario, name))
        for queue in scenario.queues
    }
