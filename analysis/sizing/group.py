"""Teams that have to do with each other, or one team alone, sized month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import overload

from sim.centre.compile import CentrePlan, compile_centre
from sim.common.calendar_spans import Unit
from sim.errors import CannotAnswerError

from .analytic import AnalyticAnswer, analytic_answer, requirement
from .every_month import EveryMonth
from .evidence import Sampling
from .month import MonthSearch
from .pattern import week_pattern
from .periods import laid_out
from .progress import A_REFINEMENT, Meter
from .questions import Question
from .results import EveryMonthSize, GroupSize, TeamSize, WeekPattern
from .search import settle_headline
from .staff import Staff, Staffing
from .work import TeamWork

LARGEST_LIMIT = 100_000
TIMES_ANALYTIC = 10
"""Without a limit of its own a search ends at so many times the analytic answer of the month that needs most."""
LEAST_LIMIT = 100


class GroupSearch:
    """Answers one question."""

    def __init__(
        self,
        question: Question,
        name: str,
        sampling: Sampling,
        *,
        per_interval: bool = False,
        over: Unit = "month",
        span: tuple[date, date] | None = None,
    ) -> None:
        """``name`` is what progress calls the group; empty if there is no other. Nothing is simulated yet.

        With a ``span`` only the days from the first date until before the second are sized. ``months`` are the periods,
        laid out.
        """
        self._question = question
        self._sampling = sampling
        self._per_interval = per_interval
        plan = compile_centre(question.scenario)
        if span is not None:
            plan = plan.for_period(*span)
        self._staffing = Staffing.of(plan, question.teams, as_positions=per_interval)
        self._works = [TeamWork.of(plan, team) for team in question.teams]
        self._name = name
        self.months = laid_out(plan, f"{name}, " if name else "", over)
        self._formulas = self._analytic(plan)

    @property
    def periods(self) -> int:
        """How many there are to size, each counted for each team."""
        return len(self.months) * len(self._staffing.teams)

    @property
    def works_shifts(self) -> bool:
        """Whether any of the teams that are sized works shifts."""
        return any(self._question.scenario.teams[team].shifts is not None for team in self._question.teams)

    def answer(self, limit: int | None, meter: Meter) -> GroupSize:
        """The fewest up to ``limit`` in each team. CannotAnswerError if they don't meet the targets."""
        staffing = self._staffing
        searches, most = self._searches(meter), limit or self._most()
        staffs = list(self._found(searches, most, meter))
        settle_headline(staffs, self._peak, lambda index, staff: searches[index].refine(staff, most))
        months = [
            search.answer(staff, of_month)
            for search, staff, of_month in zip(searches, staffs, self._formulas, strict=True)
        ]
        peak = self._peak(staffs)
        every_month = self._every_month(searches, staffs, peak, most, meter)
        teams = tuple(
            TeamSize(
                team=team.name,
                unit=team.unit,
                stated=team.stated,
                months=tuple(of_month[index] for of_month in months),
                peak=months[peak][index],
                pattern=self._pattern(peak, index, meter) if self._per_interval else None,
            )
            for index, team in enumerate(staffing.teams)
        )
        return GroupSize(self._question, teams, most, every_month)

    def least_staffs(self, meter: Meter) -> tuple[Staff | None, ...]:
        """The fewest of each period, as roughly as months that aren't the peak are sized; None where none would do."""
        return tuple(self._found(self._searches(meter), self._most(), meter, or_none=True))

    def _searches(self, meter: Meter) -> list[MonthSearch]:
        return [MonthSearch(month, self._staffing, self._question, self._sampling, meter) for month in self.months]

    def _starts(self) -> list[Staff]:
        return [tuple(formula.start for formula in of_month) for of_month in self._formulas]

    def _most(self) -> int:
        return min(max(TIMES_ANALYTIC * max(map(max, self._starts())), LEAST_LIMIT), LARGEST_LIMIT)

    @overload
    def _found(self, searches: Sequence[MonthSearch], most: int, meter: Meter) -> Iterator[Staff]: ...
    @overload
    def _found(
        self, searches: Sequence[MonthSearch], most: int, meter: Meter, *, or_none: bool
    ) -> Iterator[Staff | None]: ...
    def _found(
        self, searches: Sequence[MonthSearch], most: int, meter: Meter, *, or_none: bool = False
    ) -> Iterator[Staff | None]:
        """Least staffs one period after the other, each sought from the formulas as far off as they were before."""
        drift = [1.0] * len(self._staffing.teams)
        for search, start in zip(searches, self._starts(), strict=True):
            about = tuple(max(1, round(size * by)) for size, by in zip(start, drift, strict=True))
            try:
                staff = search.find(about, most)
            except CannotAnswerError:
                if not or_none:
                    raise
                yield None
            else:
                drift = [size / formula for size, formula in zip(staff, start, strict=True)]
                yield staff
            meter.finish_period(len(self._staffing.teams))

    @property
    def staffing(self) -> Staffing:
        """The teams that are sized."""
        return self._staffing

    def _every_month(
        self, searches: Sequence[MonthSearch], staffs: Sequence[Staff], peak: int, most: int, meter: Meter
    ) -> EveryMonthSize | None:
        if len(searches) == 1:
            return None
        meter.begin(f"one staff for all months{f' of {self._name}' if self._name else ''}", A_REFINEMENT)
        return EveryMonth(searches, self._staffing, most).answer(staffs, peak, self._formulas)

    def _pattern(self, month: int, team: int, meter: Meter) -> WeekPattern:
        work, agents = self._works[team], self._formulas[month][team].agents
        return week_pattern(self.months[month], work, agents, self._question.targets, self._sampling, meter)

    def _analytic(self, plan: CentrePlan) -> list[list[AnalyticAnswer]]:
        """By month and team."""
        needed = [requirement(plan, work, self._question.targets) for work in self._works]
        return [
            [
                analytic_answer(month.plan, plan, work, agents, team.unit)
                for work, agents, team in zip(self._works, needed, self._staffing.teams, strict=True)
            ]
            for month in self.months
        ]

    def _peak(self, staffs: Sequence[Staff]) -> int:
        """Index of the month that needs most, the first of such."""
        return max(range(len(staffs)), key=lambda index: self._staffing.total(staffs[index]))
