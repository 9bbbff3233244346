"""Replications reduced to statistics as they come: memory does not grow with replications x intervals.

Per interval only sums over the replications are kept (with the products that intervals of ratios need), per day the
counts of every replication. All counts are exact integers, whatever the order in which replications are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from sim.centre.contract import CompiledCentre, Int64
from sim.centre.results import CONTACT_COLUMNS, QUEUE_COLUMNS, TEAM_COLUMNS, Replication
from sim.common.histogram import BINS

from .figures import (
    CALLBACKS_AT_END,
    CALLBACKS_OWED,
    INTERVAL_RATIOS,
    OFFERED,
    OLDEST_AT_END,
    TEAM_RATIOS,
    TRANSFER_WAIT,
    WAIT_LONGEST,
    WAITING,
    WAITING_AT_END,
)
from .moments import Moments, MomentSums
from .spans import Folding, Over, intervals_a_day, spans
from .targets import Target, judge, require_measured

DAY_QUEUE_COLUMNS = (*QUEUE_COLUMNS, "oldest_ms")
"""Per queue and day: waiting time, the state at the day's end, and the oldest at the end of any interval."""
OLDEST = DAY_QUEUE_COLUMNS.index("oldest_ms")

CONTACT_FOLDING = Folding(maxima=(WAIT_LONGEST,))
QUEUE_FOLDING = Folding(maxima=(OLDEST,), lasts=(*WAITING_AT_END.plus, *OLDEST_AT_END.plus, *CALLBACKS_AT_END.plus))
TEAM_FOLDING = Folding(lasts=(TEAM_COLUMNS.index("busy_at_end"),))

_LENGTHS = (WAITING, WAITING_AT_END, CALLBACKS_OWED, CALLBACKS_AT_END)


class IntervalVerdicts(NamedTuple):
    """A target's verdicts on the intervals of every replication."""

    met: Int64
    """(R,) intervals that met the target, of those judged."""
    judged: Int64
    thin: Int64


@dataclass(frozen=True)
class CentreStatistics:
    """What R replications of a centre say. Q queues, T teams, I intervals, D days of the horizon, P months."""

    centre: CompiledCentre
    targets: tuple[Target, ...]
    numbers: Int64
    """(R,) numbers of the replications, ascending: axis 0 of all that is kept per replication."""
    contacts: Moments
    """(Q, I, CONTACT_COLUMNS); the longest wait is summed over replications as everything else."""
    queues: Moments
    """(Q, I, QUEUE_COLUMNS)."""
    teams: Moments
    """(T, I, TEAM_COLUMNS)."""
    contacts_by_day: Int64
    """(R, Q, D, CONTACT_COLUMNS)."""
    queues_by_day: Int64
    """(R, Q, D, DAY_QUEUE_COLUMNS)."""
    teams_by_day: Int64
    """(R, T, D, TEAM_COLUMNS)."""
    services: Int64
    """(R, T, Q, P, SERVICE_COLUMNS)."""
    wait_histogram: Int64
    """(Q, P, BINS), all replications together."""
    response_histogram: Int64
    interval_verdicts: Mapping[Target, IntervalVerdicts]
    """Of the targets judged over intervals."""
    people_by_day: Int64 | None = None
    """(R, T, D, PEOPLE_COLUMNS); None in a centre without a workforce."""

    @property
    def replications(self) -> int:
        """How many replications were added."""
        return len(self.numbers)

    def contacts_over(self, over: Over, queues: Sequence[int]) -> Int64:
        """Contact counts of some queues by day, week, month or for the horizon: (R, queues, spans, CONTACT_COLUMNS)."""
        return CONTACT_FOLDING.fold(self.contacts_by_day[:, queues], spans(self.centre, over).starts)

    def queues_over(self, over: Over, queues: Sequence[int]) -> Int64:
        """Queue lengths: (R, queues, spans, DAY_QUEUE_COLUMNS)."""
        return QUEUE_FOLDING.fold(self.queues_by_day[:, queues], spans(self.centre, over).starts)

    def teams_over(self, over: Over, teams: Sequence[int]) -> Int64:
        """Teams' times: (R, teams, spans, TEAM_COLUMNS)."""
        return TEAM_FOLDING.fold(self.teams_by_day[:, teams], spans(self.centre, over).starts)

    def services_over(self, over: Literal["month", "horizon"]) -> Int64:
        """Who served what, by period of arrival: (R, T, Q, spans, SERVICE_COLUMNS)."""
        return self.services if over == "month" else self.services.sum(axis=-2, keepdims=True)


class Accumulator:
    """Takes in replications one at a time; ``statistics`` may be asked for at any point."""

    def __init__(self, centre: CompiledCentre, targets: Sequence[Target] = ()) -> None:
        """For one centre and its targets. Raises ValueError for a target that the centre's counts can't judge."""
        self._centre = centre
        self._targets = tuple(targets)
        queue_of = {target: require_measured(target, centre) for target in targets}
        self._over_intervals = {target: queue for target, queue in queue_of.items() if target.over == "interval"}
        queues, teams = len(centre.queue_names), len(centre.team_names)
        table = (queues, centre.intervals)
        self._contacts = MomentSums([*INTERVAL_RATIOS, TRANSFER_WAIT], [OFFERED], (*table, len(CONTACT_COLUMNS)))
        self._queues = MomentSums([], _LENGTHS, (*table, len(QUEUE_COLUMNS)))
        self._teams = MomentSums(TEAM_RATIOS, [], (teams, centre.intervals, len(TEAM_COLUMNS)))
        self._waits = np.zeros((queues, len(centre.period_labels), BINS), dtype=np.int64)
        self._responses = np.zeros_like(self._waits)
        self._kept: dict[int, _Kept] = {}

    def add(self, replication: Replication) -> None:
        """Take in a replication. Raises ValueError if its number was added before."""
        if replication.number in self._kept:
            raise ValueError(f"replication {replication.number} was added before")
        counts = replication.counts
        self._contacts.add(counts.contacts)
        self._queues.add(counts.queues)
        self._teams.add(counts.teams)
        self._waits += counts.wait_histogram
        self._responses += counts.response_histogram
        days = np.arange(0, self._centre.intervals, intervals_a_day(self._centre))
        queues = np.concatenate([counts.queues, counts.queues[..., OLDEST_AT_END.plus]], axis=-1)
        self._kept[replication.number] = _Kept(
            CONTACT_FOLDING.fold(counts.contacts, days),
            QUEUE_FOLDING.fold(queues, days),
            TEAM_FOLDING.fold(counts.teams, days),
            counts.services.copy(),
            [
                [int(verdict.sum()) for verdict in judge(target, counts.contacts[queue])]
                for target, queue in self._over_intervals.items()
            ],
            replication.people,
        )

    def statistics(self) -> CentreStatistics:
        """What has been added so far. Raises ValueError if nothing has."""
        if not self._kept:
            raise ValueError("no replication was added")
        numbers = sorted(self._kept)
        kept = [self._kept[number] for number in numbers]
        people = [one.people for one in kept if one.people is not None]
        verdicts = np.array([one.verdicts for one in kept], dtype=np.int64).reshape(len(kept), -1, 3)
        return CentreStatistics(
            centre=self._centre,
            targets=self._targets,
            numbers=np.array(numbers),
            contacts=self._contacts.moments(len(kept)),
            queues=self._queues.moments(len(kept)),
            teams=self._teams.moments(len(kept)),
            contacts_by_day=np.stack([one.contacts for one in kept]),
            queues_by_day=np.stack([one.queues for one in kept]),
            teams_by_day=np.stack([one.teams for one in kept]),
            services=np.stack([one.services for one in kept]),
            wait_histogram=self._waits.copy(),
            response_histogram=self._responses.copy(),
            interval_verdicts={
                target: IntervalVerdicts(*verdicts[:, place].T) for place, target in enumerate(self._over_intervals)
            },
            people_by_day=np.stack(people) if people else None,
        )


def summarise(
    centre: CompiledCentre, replications: Iterable[Replication], targets: Sequence[Target] = ()
) -> CentreStatistics:
    """The statistics of replications, each dropped as soon as it is added."""
    accumulator = Accumulator(centre, targets)
    for replication in replications:
        accumulator.add(replication)
    return accumulator.statistics()


class _Kept(NamedTuple):
    """What is kept of one replication."""

    contacts: Int64
    queues: Int64
    teams: Int64
    services: Int64
    verdicts: list[list[int]]
    """Met, judged and thin intervals for every target judged over intervals."""
    people: Int64 | None
