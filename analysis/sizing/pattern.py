"""Positions of one team by weekday and interval: the fewest agent-intervals from which none can be taken.

One agent-interval is one position in one interval of a weekday, all through the month. There are many patterns that
can't be thinned; this one is reached from the analytic requirement by taking first where fewest contacts are missed,
which is where one position less does least harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.centre.compile import CentrePlan
from sim.centre.compile_staff import TeamStaff
from sim.centre.contract import Float64, Int64
from sim.common.calendar import WEEK_DAYS, weekdays

from ..intervals import CentreStatistics
from ..targets import Target
from .evidence import Evidence, Sampling
from .judging import all_figures, failing, met
from .periods import Month
from .progress import Meter
from .results import WeekPattern
from .search import fewest
from .trial import trial
from .work import TeamWork

_ROUNDING = 1e-9
"""Left of a load by the arithmetic; not worth a position."""
Cell = tuple[int, int]
"""Weekday and interval of the day."""


def week_pattern(
    month: Month, work: TeamWork, agents: Int64, targets: Sequence[Target], sampling: Sampling, meter: Meter
) -> WeekPattern:
    """Thin out a team's positions in a month.

    Some constant number of positions is known to meet the targets; ``agents`` (I,) is the analytic requirement by
    interval. A removal counts as possible if all targets are still met, as exact integers, on
    the same replications: the least number of ``sampling``. As many other ones then say what the pattern will hold.
    """
    plan, week = month.plan, _Week(month.plan, work)
    meter.begin(f"sizing {month.name} by weekday and interval", len(week.cells) * sampling.least)
    trials = _PatternTrials(plan, week, targets, sampling, meter.tick)
    wanted = week.mean(agents + work.email_erlangs(plan))
    pattern = trials.fill(np.ceil(wanted - _ROUNDING).astype(np.int64))
    pattern, broken = trials.thin(pattern)
    given = week.given(pattern)
    return WeekPattern(
        period=month.period,
        positions=pattern,
        agent_intervals=int(pattern.sum()),
        binding=tuple(target for target, _ in broken.most_common()),
        at=trial(trials.statistics(pattern), plan, given),
        fresh=trial(trials.fresh(pattern), plan, given),
    )


class _Week:
    """The weekdays' intervals of a period in which a team is there."""

    def __init__(self, plan: CentrePlan, work: TeamWork) -> None:
        self._team = work.hours.name
        self._weekday = weekdays(plan.window.start_day, plan.window.horizon_days)
        self._there = work.open_ms(plan).reshape(len(self._weekday), -1) > 0
        hours = self.total(self._there.ravel()) > 0
        self.cells: list[Cell] = [(int(day), int(slot)) for day, slot in np.argwhere(hours)]

    def given(self, pattern: Int64) -> Mapping[str, TeamStaff]:
        """The pattern in every interval of the period, as plans take it."""
        return {self._team: TeamStaff(curve=pattern[self._weekday].ravel())}

    def total(self, by_interval: NDArray[Any]) -> Float64:
        """Values by interval, (I,), added up by weekday and interval of the day."""
        by_day = by_interval.reshape(len(self._weekday), -1)
        total = np.zeros((WEEK_DAYS, by_day.shape[1]))
        np.add.at(total, self._weekday, by_day)
        return total

    def mean(self, by_interval: NDArray[Any]) -> Float64:
        """Means over the days on which the team is there; 0 outside its hours."""
        days = self.total(self._there.ravel())
        return self.total(np.where(self._there.ravel(), by_interval, 0)) / np.maximum(days, 1)


class _PatternTrials:
    """Patterns tried on common random numbers."""

    def __init__(
        self, plan: CentrePlan, week: _Week, targets: Sequence[Target], sampling: Sampling, tick: Callable[[], None]
    ) -> None:
        self._plan = plan
        self._week = week
        self._targets = targets
        self._sampling = sampling
        self._tick = tick
        self._tried: dict[bytes, Evidence] = {}

    def fresh(self, pattern: Int64) -> CentreStatistics:
        """Statistics of a pattern from replications on which none was tried."""
        number = self._sampling.least
        return self._evidence(pattern, first=number).grown(number)

    def fill(self, pattern: Int64) -> Int64:
        """The pattern with positions added, where most contacts are missed, until all targets are met."""
        while not met(all_figures(statistics := self.statistics(pattern))):
            missed = self._missed(statistics)
            order = sorted(self._week.cells, key=lambda cell: (-missed[cell], cell))
            pattern = _changed(pattern, order[: self._additions(pattern, order)], +1)
            self._tried.clear()
        return pattern

    def thin(self, pattern: Int64) -> tuple[Int64, Counter[Target]]:
        """The pattern with positions taken until none can be, and how often which target forbade it in the end."""
        missed = self._missed(self.statistics(pattern))
        failed_at: dict[Cell, int] = {}  # last failure, against this pattern or a fuller one: longest ago is tried next
        settled: dict[Cell, tuple[Target, ...]] = {}  # failed against this very pattern
        for attempt in count(1):
            cells = [cell for cell in self._week.cells if pattern[cell] > 0 and cell not in settled]
            if not cells:
                break
            order = sorted(cells, key=lambda cell: (failed_at.get(cell, 0), missed[cell], cell))
            hopeful = sum(cell not in failed_at for cell in order)
            number = self._removable(pattern, order[: max(hopeful, 1)])
            if number:
                pattern = _changed(pattern, order[:number], -1)
                missed = self._missed(self.statistics(pattern))
                settled.clear()
            else:
                tried = self._remembered(_changed(pattern, order[:1], -1)).grown(1)
                settled[order[0]] = failing(all_figures(tried))
                failed_at[order[0]] = attempt
            self._tried.clear()
        return pattern, Counter(target for targets in settled.values() for target in targets)

    def _additions(self, pattern: Int64, order: Sequence[Cell]) -> int:
        """How many of the first cells must get one more for the targets to be met; all, if that isn't enough."""

        def meets(number: int) -> bool:
            return self._meets(_changed(pattern, order[:number], +1))

        return fewest(meets, len(order) // 4, len(order)) or len(order)

    def _removable(self, pattern: Int64, order: Sequence[Cell]) -> int:
        """How many of the first cells can be thinned by one together."""

        def fails(number: int) -> bool:
            return not self._meets(_changed(pattern, order[:number], -1))

        least = fewest(fails, 1, len(order))
        return len(order) if least is None else least - 1

    def _meets(self, pattern: Int64) -> bool:
        """Whether all targets are met: failure may be told from few replications, success takes all of them."""
        return self._remembered(pattern).meets(self._sampling.least) and met(all_figures(self.statistics(pattern)))

    def statistics(self, pattern: Int64) -> CentreStatistics:
        """Statistics of a pattern from the replications on which all are tried."""
        return self._remembered(pattern).grown(self._sampling.least)

    def _remembered(self, pattern: Int64) -> Evidence:
        key = pattern.tobytes()
        if key not in self._tried:
            self._tried[key] = self._evidence(pattern)
        return self._tried[key]

    def _evidence(self, pattern: Int64, first: int = 0) -> Evidence:
        centre = self._plan.staffed(self._week.given(pattern))
        return Evidence(centre, self._targets, self._sampling, self._tick, first)

    def _missed(self, statistics: CentreStatistics) -> Float64:
        """Contacts short of each target, by cell of their arrival, (7, intervals a day)."""
        missed = np.zeros(statistics.centre.intervals)
        for target in self._targets:
            contacts = statistics.contacts.totals[statistics.centre.queue_names.index(target.queue)]
            good = target.ratio.numerator.of(contacts) / target.ratio.unit
            missed += target.ratio.denominator.of(contacts) - good
        return self._week.total(missed)


def _changed(pattern: Int64, cells: Sequence[Cell], by: int) -> Int64:
    changed = pattern.copy()
    for cell in cells:
        changed[cell] += by
    return changed
