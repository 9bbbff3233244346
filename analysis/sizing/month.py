"""The fewest heads, or positions, of one month: of one team, or of several that have to do with each other."""

from __future__ import annotations

from collections.abc import Sequence

from sim.centre.contract import CompiledCentre
from sim.errors import CannotAnswerError

from ..targets import Target
from .analytic import AnalyticAnswer
from .binding import binding_targets
from .evidence import COARSE, FINE, Precision, Sampling, Trials
from .exchange import Exchange, Lack, halving, mends_most
from .groups import queues_around
from .judging import all_figures, failing
from .periods import Month, Period
from .progress import A_REFINEMENT, Meter
from .questions import Question
from .reasons import why_not
from .results import MonthSize, Trial
from .screening import Screen
from .search import fewest
from .staff import Proportions, Staff, Staffing, changed
from .thinning import taken_away, thinned
from .trial import trial


class MonthSearch:
    """Sizes one month, first roughly enough, then more finely if it turns out to be the headline.

    All teams are scaled together, as the formulas let them stand to each other, until every target holds; then as many
    are taken away as can be, the dearest team first, and people exchanged between teams until neither makes the staff
    cheaper. One team alone is at that point as soon as it is scaled.
    """

    def __init__(self, month: Month, staffing: Staffing, question: Question, sampling: Sampling, meter: Meter) -> None:
        """Nothing is simulated yet."""
        self._month = month
        self._beside = question.beside
        self._staffing = staffing
        self._meter = meter
        self._trials = Trials(self._compiled, question.targets, sampling, meter.tick)
        self._told: dict[Staff, Trial] = {}
        self._screen = Screen(self._trials, self._compiled, question.targets, sampling, meter.tick)

    def find(self, start: Staff, limit: int) -> Staff:
        """A least staff that meets every target. CannotAnswerError if ``limit`` in each team don't.

        ``start`` is about what is needed: where the search begins.
        """
        self._meter.begin(f"sizing {self._month.name}")
        staff = taken_away(self._trials.roughly, self._scaled(start, limit), self._staffing.dearest_first)
        exchange = Exchange(self._staffing, self._screen.beside, self._trials.roughly, limit)
        return self._settle(exchange.cheaper(staff, halving(staff)), limit, COARSE)

    def refine(self, staff: Staff, limit: int) -> Staff:
        """The same from more replications, from what was found before."""
        self._meter.begin(f"sizing {self._month.name}, the peak, more finely", A_REFINEMENT)
        return self._settle(staff, limit, FINE)

    def exactly(self, staff: Staff) -> bool:
        """Whether a staff meets every target, on as many replications as the month's own answer."""
        return self._trials.exactly(staff)

    def roughly(self, staff: Staff) -> bool:
        """The same, from as few replications as make that clear."""
        return self._trials.roughly(staff)

    def lack(self, known: Staff) -> Lack:
        """What other staffs seem to miss the targets by, guessed beside a known one."""
        return self._screen.beside(known)

    def mended(self, staff: Staff, limit: int) -> Staff:
        """The staff, with as many more as make it exactly enough; CannotAnswerError if none are within the limit."""
        while not self._trials.exactly(staff):
            staff = self._more(staff, limit)
        return staff

    def answer(self, staff: Staff, formulas: Sequence[AnalyticAnswer]) -> tuple[MonthSize, ...]:
        """The sizes found, team by team, with their neighbours."""
        return tuple(self.of_team(index, staff, formula) for index, formula in enumerate(formulas))

    def of_team(self, index: int, staff: Staff, formula: AnalyticAnswer) -> MonthSize:
        """One of the teams of a staff that is enough."""
        at, size, one_fewer = self.trial(staff), staff[index], changed(staff, index, -1)
        below = self.trial(one_fewer) if size > 1 else None
        maybe_fewer = () if below is None or not below.doubtful else (size - 1,)
        maybe_more = (size + 1,) if self.may_need_more(index, staff) else ()
        return MonthSize(
            period=self._month.period,
            size=size,
            alternatives=(*maybe_fewer, size, *maybe_more),
            binding=() if below is None else self._binding(staff, one_fewer),
            below=below,
            at=at,
            above=self.trial(changed(staff, index, +1)) if len(staff) == 1 else None,
            erlang_c=formula.erlang_c,
            erlang_a=formula.erlang_a,
        )

    def may_need_more(self, index: int, staff: Staff) -> bool:
        """Whether it can't be told if a staff is enough, and one more in a team may help."""
        at = self.trial(staff)
        return at.doubtful and self._may_help(index, at.unsure)

    def trial(self, staff: Staff) -> Trial:
        """What the replications of a staff say."""
        if staff not in self._told:
            given = self._staffing.given(staff)
            self._told[staff] = trial(self._trials.statistics(staff), self._month.plan, given, self._beside)
        return self._told[staff]

    @property
    def period(self) -> Period:
        """The month."""
        return self._month.period

    def _binding(self, staff: Staff, one_fewer: Staff) -> tuple[Target, ...]:
        return binding_targets(self._trials.statistics(staff), self._trials.statistics(one_fewer))

    def _may_help(self, index: int, targets: Sequence[Target]) -> bool:
        """Whether one more in a team may bring one of these targets about."""
        around = queues_around(self._month.plan.forecast.scenario, self._staffing.teams[index].name)
        return any(target.queue in around for target in targets)

    def _scaled(self, start: Staff, limit: int) -> Staff:
        """The start scaled until it is enough, or ``limit`` in every team if no such staff is."""
        proportions = Proportions.of(start)
        level = fewest(lambda level: self._trials.roughly(proportions.at(level)), max(start), limit)
        if level is not None:
            return proportions.at(level)
        most = (limit,) * len(start)
        if not self._trials.roughly(most):
            raise self._cannot_answer(most)
        return most

    def _settle(self, staff: Staff, limit: int, precision: Precision) -> Staff:
        """The staff, and that nobody can be taken from it, confirmed at the full number of replications."""
        self._trials.sharpen(staff, precision.shared(len(staff)))
        self._told.clear()
        exchange = Exchange(self._staffing, self._screen.beside, self._trials.roughly, limit)
        staff = self.mended(exchange.cheaper(self.mended(staff, limit), (1,)), limit)
        staff = thinned(self._trials.exactly, staff, self._staffing.dearest_first)
        neighbours = [changed(staff, index, by) for index in range(len(staff)) for by in (-1, +1)]
        self._trials.keep_only({staff, *neighbours})
        return staff

    def _more(self, staff: Staff, limit: int) -> Staff:
        """One more in a team that serves the queue whose target fails by most: where that mends most for its cost.

        In each such team if it mends nothing in any. CannotAnswerError at the limit.
        """
        (worst, *_) = failing(all_figures(self._trials.statistics(staff)))
        serving = self._month.plan.forecast.scenario.serving(worst.queue)
        there = [team.name in serving for team in self._staffing.teams]
        helping = [
            index
            for index, (size, serves) in enumerate(zip(staff, there, strict=True))
            if size < limit and (serves or not any(there))
        ]
        if not helping:
            raise self._cannot_answer(staff)
        in_each = tuple(size + (index in helping) for index, size in enumerate(staff))
        if len(helping) == 1:
            return in_each
        larger = (changed(staff, index, +1) for index in helping)
        return mends_most(self._staffing, self._screen.beside(staff), staff, larger) or in_each

    def _cannot_answer(self, staff: Staff) -> CannotAnswerError:
        statistics = self._trials.statistics_so_far(staff)
        return CannotAnswerError(why_not(statistics, self._month.plan, self._staffing, staff, self._month.period))

    def _compiled(self, staff: Staff) -> CompiledCentre:
        return self._month.plan.staffed(self._staffing.given(staff))
