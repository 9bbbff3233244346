"""The fewest heads, or positions, of one month."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sim.centre.compile import CentrePlan
from sim.errors import CannotAnswerError

from ..targets import Target
from .evidence import COARSE, FINE, Precision, Sampling, Trials
from .judging import all_figures, failing
from .periods import Period
from .progress import A_REFINEMENT, Meter
from .reasons import why_not
from .results import MonthSize, Trial
from .search import fewest, walk
from .trial import trial
from .unit import Unit, presence, staffed


class MonthSearch:
    """Sizes one month, first roughly enough, then more finely if it turns out to be the headline."""

    def __init__(
        self, period: Period, plan: CentrePlan, unit: Unit, targets: Sequence[Target], sampling: Sampling, meter: Meter
    ) -> None:
        """``plan`` is that of the whole horizon."""
        self.period = period
        self.plan = plan.for_period(period.start, period.end)
        self._unit = unit
        self._meter = meter
        self._trials = Trials(partial(staffed, self.plan, unit), targets, sampling, meter.tick)

    def find(self, start: int, limit: int) -> int:
        """The fewest up to ``limit`` that meet every target. CannotAnswerError if that many don't."""
        self._meter.begin(f"sizing {self.period.label}")
        size = fewest(self._trials.roughly, start, limit)
        return self._settle(size, limit, COARSE)

    def refine(self, size: int, limit: int) -> int:
        """The same from more replications, from what was found before."""
        self._meter.begin(f"sizing {self.period.label}, the peak, more finely", A_REFINEMENT)
        return self._settle(size, limit, FINE)

    def answer(self, size: int, erlang_c: int | None, erlang_a: int | None) -> MonthSize:
        """The size found, with its neighbours."""
        below = self._trial(size - 1) if size > 1 else None
        at, above = self._trial(size), self._trial(size + 1)
        maybe_fewer = () if below is None or not below.doubtful else (size - 1,)
        maybe_more = (size + 1,) if at.doubtful else ()
        binding = () if below is None else failing(all_figures(self._trials.statistics(size - 1)))
        return MonthSize(
            period=self.period,
            size=size,
            alternatives=(*maybe_fewer, size, *maybe_more),
            binding=binding,
            below=below,
            at=at,
            above=above,
            erlang_c=erlang_c,
            erlang_a=erlang_a,
        )

    def _settle(self, size: int | None, limit: int, precision: Precision) -> int:
        """The size and the one below it confirmed at the full number of replications."""
        if size is not None:
            self._trials.sharpen(size, precision)
            size = walk(self._trials.exactly, size, limit)
        if size is None:
            statistics = self._trials.statistics_so_far(limit)
            raise CannotAnswerError(why_not(statistics, self.plan, self._unit, limit, self.period))
        self._trials.keep_only({size - 1, size, size + 1})
        return size

    def _trial(self, size: int) -> Trial:
        return trial(self._trials.statistics(size), self.plan, presence(self.plan, self._unit, size), size)
