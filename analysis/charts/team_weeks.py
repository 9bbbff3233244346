"""The positions of teams through an average week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.centre.contract import Float64, Int64

from ..figures import BUSY, OCCUPANCY, SCHEDULED
from ..intervals import CentreStatistics
from ..sites import Site
from ..spans import intervals_a_day
from ..uncertainty import quotient
from .week_slots import Slots


@dataclass(frozen=True)
class TeamWeek:
    """A team's positions by slot."""

    team: str
    site: str
    """Empty if there aren't several."""
    scheduled: Float64
    """(S,) mean positions."""
    busy: Float64
    """(S,) mean positions on contacts; those who stay beyond their end may carry it above the scheduled ones."""
    occupancy: float
    """Over the horizon; NaN if it never has positions."""

    @property
    def busy_share(self) -> Float64:
        """(S,) of the scheduled positions those that are busy, all at most; NaN where none is scheduled."""
        return np.minimum(quotient(self.busy, self.scheduled), 1.0)


def team_weeks(
    statistics: CentreStatistics, off: NDArray[np.bool_], slots: Slots, sites: Sequence[Site]
) -> tuple[TeamWeek, ...]:
    """All teams, the busiest first.

    Positions are averaged over the days on which the team isn't ``off``, (T, D): they aren't lowered by a holiday of
    its site.
    """
    totals = statistics.teams.totals
    of_site = {team: site.name for site in sites for team in site.teams} if len(sites) > 1 else {}
    at_work = np.repeat(~off, intervals_a_day(statistics.centre), axis=1)
    interval_count_ms = statistics.replications * statistics.centre.engine.clock.interval_ms
    over_all = totals.sum(axis=1)
    occupancy = quotient(OCCUPANCY.numerator.of(over_all), OCCUPANCY.denominator.of(over_all))
    weeks = [
        TeamWeek(
            name,
            of_site.get(team, ""),
            _mean(SCHEDULED.of(totals[team]), at_work[team], slots) / interval_count_ms,
            _mean(BUSY.of(totals[team]), at_work[team], slots) / interval_count_ms,
            float(occupancy[team]),
        )
        for team, name in enumerate(statistics.centre.team_names)
    ]
    return tuple(sorted(weeks, key=lambda week: np.nan_to_num(week.occupancy), reverse=True))


def _mean(time_ms: Int64, at_work: NDArray[np.bool_], slots: Slots) -> Float64:
    """(S,) mean time (I,) over the occurrences of a slot in which the team is at work."""
    return np.asarray(slots.sums(time_ms * at_work) / np.maximum(slots.sums(at_work.astype(np.int64)), 1))
