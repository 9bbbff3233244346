"""One staff for all months: the peak month's if it holds in the others, else the cheapest that is found to.

Of several teams the months may need different mixes: what is the cheapest staff in the peak month may be too few of one
team in another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from sim.errors import CannotAnswerError

from .analytic import AnalyticAnswer
from .exchange import Exchange, Lack, halving
from .month import MonthSearch
from .results import EveryMonthSize, MonthSize
from .staff import Staff, Staffing, changed
from .thinning import taken_away, thinned


class EveryMonth:
    """Looks for a staff that is enough in every month, on the replications of each month's own answer."""

    def __init__(self, searches: Sequence[MonthSearch], staffing: Staffing, most: int) -> None:
        """``searches`` have found their months' staffs; ``most`` people in each team."""
        self._searches = tuple(searches)
        self._strictest_first = list(searches)
        self._strict: list[MonthSearch] = []
        self._staffing = staffing
        self._most = most

    def answer(
        self, staffs: Sequence[Staff], peak: int, formulas: Sequence[Sequence[AnalyticAnswer]]
    ) -> EveryMonthSize:
        """The staff of the ``peak`` month if it is enough in all, else another one; of one team nothing else is tried.

        ``staffs`` are those found for the months, ``formulas`` by month and team.
        """
        staff = staffs[peak]
        if len(staff) > 1 and not self._exactly(staff):
            with suppress(CannotAnswerError):  # then the months that fail are told
                staff = self._least(staffs)
        of_peak = staff == staffs[peak]
        return EveryMonthSize(
            teams=self._searches[peak].answer(staff, formulas[peak])
            if of_peak
            else tuple(self._of_team(index, staff, peak, formulas) for index in range(len(staff))),
            of_peak=of_peak,
            failing=tuple((one.period, one.trial(staff)) for one in self._searches if not one.exactly(staff)),
        )

    def _of_team(self, index: int, staff: Staff, peak: int, formulas: Sequence[Sequence[AnalyticAnswer]]) -> MonthSize:
        month = self._binding_month(index, staff, peak)
        size = self._searches[month].of_team(index, staff, formulas[month][index])
        if any(search.may_need_more(index, staff) for search in self._searches):
            return replace(size, alternatives=tuple(dict.fromkeys((*size.alternatives, size.size + 1))))
        return size

    def _binding_month(self, index: int, staff: Staff, peak: int) -> int:
        """A month in which one fewer in a team fails, surely if there is such a month; else the peak."""
        fewer = changed(staff, index, -1)
        if not fewer[index]:
            return peak
        months = [peak, *(month for month in range(len(self._searches)) if month != peak)]
        fails = [month for month in months if not self._searches[month].exactly(fewer)]
        surely = [month for month in fails if not self._searches[month].trial(fewer).doubtful]
        return next(iter([*surely, *fails]), peak)

    def _least(self, staffs: Sequence[Staff]) -> Staff:
        """A least staff that is enough in every month; CannotAnswerError if none is found within the limit.

        From the most of each team in any month people are taken away, and exchanged, as in one month.
        """
        staff = self._mended(tuple(map(max, zip(*staffs, strict=True))))
        staff = taken_away(self._roughly, staff, self._staffing.dearest_first)
        exchange = Exchange(self._staffing, self._lack, self._roughly, self._most)
        staff = self._mended(exchange.cheaper(staff, halving(staff)))
        return thinned(self._exactly, staff, self._staffing.dearest_first)

    def _mended(self, staff: Staff) -> Staff:
        """Enough in every month: with more where one of them lacks somebody, until none does."""
        while not self._exactly(staff):
            for search in self._searches:
                staff = search.mended(staff, self._most)
        return staff

    def _roughly(self, staff: Staff) -> bool:
        return self._in_all(staff, MonthSearch.roughly)

    def _exactly(self, staff: Staff) -> bool:
        return self._in_all(staff, MonthSearch.exactly)

    def _in_all(self, staff: Staff, enough: Callable[[MonthSearch, Staff], bool]) -> bool:
        """Whether it is enough in all months; the one that failed last is asked first."""
        for place, search in enumerate(self._strictest_first):
            if not enough(search, staff):
                self._strictest_first.insert(0, self._strictest_first.pop(place))
                self._strict += [] if search in self._strict else [search]
                return False
        return True

    def _lack(self, known: Staff) -> Lack:
        """What staffs seem to miss the targets by, in all the months together that any staff has failed so far."""
        lacks = [search.lack(known) for search in self._strict]
        return lambda staff: sum(lack(staff) for lack in lacks)
