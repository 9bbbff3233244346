"""An average week of a scenario: what the chart of service and staff shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.centre.contract import Float64, Int64
from sim.centre.results import TEAM_COLUMNS

from ..figures import MS_PER_S, RESPONSE_IN_TIME, SCHEDULED, SERVICE_LEVELS, ColumnSum, Ratio
from ..intervals import CentreStatistics
from ..moments import Moments, pairs
from ..queue_kpis import channel_of
from ..ratio_estimates import ratio_of_moments, ratio_of_table
from ..spans import first_day, intervals_a_day
from ..targets import Target
from ..uncertainty import Estimates

Number = TypeVar("Number", Int64, Float64)

WEEK_DAYS = 7
BUSY = ColumnSum((TEAM_COLUMNS.index("busy_ms"),))


@dataclass(frozen=True)
class Level:
    """A queue's service level by slot, or its share of emails replied to in time by weekday of arrival."""

    queue: str
    is_email: bool
    threshold_s: float
    figure: str
    """Its name in ``docs/figures.md``."""
    estimates: Estimates
    target: float | None
    """The share that is promised."""

    @property
    def low(self) -> Float64:
        """Lower bounds of the intervals: a share ends at 0."""
        return np.maximum(self.estimates.value - self.estimates.half_width, 0.0)

    @property
    def high(self) -> Float64:
        """Upper bounds of the intervals: a share ends at 1."""
        return np.minimum(self.estimates.value + self.estimates.half_width, 1.0)

    @property
    def short(self) -> NDArray[np.bool_]:
        """Where the figure stays below its target, whole interval and all; nowhere without a target."""
        if self.target is None:
            return np.zeros(self.estimates.value.shape, dtype=np.bool_)
        return np.asarray(self.estimates.value + self.estimates.half_width < self.target)

    @property
    def known(self) -> int:
        """Slots that had contacts."""
        return int(np.count_nonzero(~np.isnan(self.estimates.value)))

    @property
    def shortfall(self) -> tuple[float, float]:
        """How badly off the queue is: the share of its slots that are short, then by how much the lowest is.

        Below any other without a target or contacts.
        """
        if self.target is None or not self.known:
            return 0.0, -np.inf
        return np.count_nonzero(self.short) / self.known, self.target - float(np.nanmin(self.estimates.value))


@dataclass(frozen=True)
class WeekProfile:
    """An average week. Slots are its intervals in which calls may come or staff is there, in order."""

    weekday: Int64
    """(S,) of each slot, Monday 0."""
    start_ms: Int64
    """(S,) since midnight."""
    interval_ms: int
    calls: tuple[Level, ...]
    """Estimates (S,)."""
    scheduled: Float64
    """(S,) mean positions of all teams together."""
    busy: Float64
    """(S,) mean positions on contacts; those who stay beyond their end may carry it above the scheduled ones."""
    emails: tuple[Level, ...]
    """Estimates (7,), Monday first."""
    days_left_out: bool
    """Whether closed days of some team are left out of its positions, on a weekday that has slots."""


@dataclass(frozen=True)
class _Slots:
    """How the intervals of the horizon fall into the slots of a week."""

    intervals: Int64
    """(N,) those that count: intervals in which nothing may happen, as on holidays, don't."""
    slot: Int64
    """(N,) the slot of each."""
    count: int
    """S."""

    def sums(self, values: Number) -> Number:
        """(I, ...) values added by slot, (S, ...)."""
        added = np.zeros((self.count, *values.shape[1:]), dtype=values.dtype)
        np.add.at(added, self.slot, values[self.intervals])
        return added


def worst(profile: WeekProfile, most: int) -> WeekProfile:
    """With so many queues at most, of those that had contacts: those that are worst off, they first."""
    known = [level for level in (*profile.calls, *profile.emails) if level.known]
    ranked = sorted(known, key=lambda level: level.shortfall, reverse=True)[:most]
    calls, emails = (tuple(level for level in ranked if level.is_email == of_emails) for of_emails in (False, True))
    return replace(profile, calls=calls, emails=emails)


def week_profile(statistics: CentreStatistics, off: NDArray[np.bool_]) -> WeekProfile:
    """Averages over the weeks of the horizon and the replications.

    A team's positions are averaged over the days on which it isn't ``off``, (T, D): a holiday of its site doesn't
    lower the line where other sites are open. The half widths of service levels take the same slot of different weeks
    as independent; those of emails take nothing but replications so.
    """
    centre = statistics.centre
    a_day, interval_ms = intervals_a_day(centre), centre.engine.clock.interval_ms
    every = range(len(centre.queue_names))
    emails = [queue for queue in every if channel_of(centre, [queue]) == "email"]
    calls = [queue for queue in every if queue not in emails]
    scheduled = SCHEDULED.of(statistics.teams.totals)
    live = (scheduled > 0).any(axis=0) | centre.interval_open[calls].any(axis=0)
    place = (first_day(centre).weekday() * a_day + np.arange(centre.intervals)) % (WEEK_DAYS * a_day)
    places, slot = np.unique(place[live], return_inverse=True)
    slots = _Slots(np.flatnonzero(live), slot, places.size)
    at_work = np.repeat(~off, a_day, axis=1)
    interval_count_ms = statistics.replications * interval_ms
    return WeekProfile(
        weekday=places // a_day,
        start_ms=places % a_day * interval_ms,
        interval_ms=interval_ms,
        calls=tuple(_service_level(statistics, queue, slots) for queue in calls),
        scheduled=_positions(scheduled, at_work, slots) / interval_count_ms,
        busy=_positions(BUSY.of(statistics.teams.totals), at_work, slots) / interval_count_ms,
        emails=tuple(_response(statistics, queue) for queue in emails),
        days_left_out=bool((~at_work)[:, np.isin(place, places)].any()),
    )


def _positions(time_ms: Int64, at_work: NDArray[np.bool_], slots: _Slots) -> Float64:
    """(S,) mean time (T, I) of each team over the occurrences of a slot in which it is at work, all teams added."""
    summed = slots.sums((time_ms * at_work).T)
    occurrences = slots.sums(at_work.T.astype(np.int64))
    return np.asarray((summed / np.maximum(occurrences, 1)).sum(axis=1))


def _service_level(statistics: CentreStatistics, queue: int, slots: _Slots) -> Level:
    target = _target(statistics, queue, "service_level")
    ratio = SERVICE_LEVELS[target.formula if target else "sl_offered"]
    contacts = statistics.contacts.row(queue)
    products = {pair: slots.sums(contacts.products[pair]) for pair in pairs(ratio)}
    by_slot = Moments(statistics.replications, slots.sums(contacts.totals), products)
    return _level(statistics, queue, ratio, ratio_of_moments(ratio, by_slot), target)


def _response(statistics: CentreStatistics, queue: int) -> Level:
    by_day = statistics.contacts_by_day[:, queue]
    weekday = (first_day(statistics.centre).weekday() + np.arange(by_day.shape[1])) % WEEK_DAYS
    counts = np.stack([by_day[:, weekday == day].sum(axis=1) for day in range(WEEK_DAYS)], axis=1)
    ratio = RESPONSE_IN_TIME
    return _level(statistics, queue, ratio, ratio_of_table(ratio, counts), _target(statistics, queue, "response"))


def _level(
    statistics: CentreStatistics, queue: int, ratio: Ratio, estimates: Estimates, target: Target | None
) -> Level:
    return Level(
        statistics.centre.queue_names[queue],
        channel_of(statistics.centre, [queue]) == "email",
        int(statistics.centre.engine.queues.threshold_ms[queue]) / MS_PER_S,
        ratio.name,
        estimates,
        None if target is None else float(target.share),
    )


def _target(statistics: CentreStatistics, queue: int, metric: str) -> Target | None:
    name = statistics.centre.queue_names[queue]
    return next((one for one in statistics.targets if (one.queue, one.metric) == (name, metric)), None)
