"""An average week of a scenario: what the chart of service and staff shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.centre.contract import Int64

from ..decision import Decision, Verdict, decide, joint_verdict
from ..intervals import CentreStatistics
from ..queue_kpis import channel_of
from ..sites import Site
from .queue_week import QueueWeek
from .queue_weeks import queue_week
from .team_weeks import TeamWeek, team_weeks
from .week_slots import Slots, weekdays

_URGENCY: tuple[Verdict, ...] = ("holds", "unsure", "fails")


@dataclass(frozen=True)
class WeekProfile:
    """An average week. Slots are its intervals in which calls may come or staff is there, in order."""

    weekday: Int64
    """(S,) of each slot, Monday 0."""
    start_ms: Int64
    """(S,) since midnight."""
    interval_ms: int
    calls: tuple[QueueWeek, ...]
    """Calls and chats: estimates (S,)."""
    emails: tuple[QueueWeek, ...]
    """Estimates (7,), Monday first."""
    teams: tuple[TeamWeek, ...]
    """The busiest first."""
    decision: Decision
    """On all targets, over what they are judged over."""
    days_left_out: bool
    """Whether closed days of some team are left out of its positions, on a weekday that has slots."""

    @property
    def queues(self) -> tuple[QueueWeek, ...]:
        """All of them."""
        return (*self.calls, *self.emails)


def worst(profile: WeekProfile, most: int) -> WeekProfile:
    """With so many queues at most, of those that had contacts: those that are worst off, they first."""
    known = [queue for queue in profile.queues if queue.known]
    ranked = sorted(known, key=urgency, reverse=True)[:most]
    calls, emails = (tuple(queue for queue in ranked if queue.is_email == of_emails) for of_emails in (False, True))
    return replace(profile, calls=calls, emails=emails)


def urgency(queue: QueueWeek) -> tuple[int, tuple[float, float]]:
    """How badly off a queue is: by the verdict on its targets, then by its shortfall within the week."""
    verdicts = [one.verdict for one in queue.decided]
    return (_URGENCY.index(joint_verdict(verdicts)) if verdicts else -1), queue.shortfall


def week_profile(statistics: CentreStatistics, off: NDArray[np.bool_], sites: Sequence[Site] = ()) -> WeekProfile:
    """Averages over the weeks of the horizon and the replications.

    ``off`` are the days on which teams are closed, (T, D): they are left out of their positions.
    """
    centre = statistics.centre
    every = range(len(centre.queue_names))
    emails = [queue for queue in every if channel_of(centre, [queue]) == "email"]
    calls = [queue for queue in every if queue not in emails]
    slots, decision = Slots.of(statistics, calls), decide(statistics)
    return WeekProfile(
        weekday=slots.weekday,
        start_ms=slots.start_ms,
        interval_ms=centre.engine.clock.interval_ms,
        calls=tuple(queue_week(statistics, queue, slots, decision.targets) for queue in calls),
        emails=tuple(queue_week(statistics, queue, slots, decision.targets) for queue in emails),
        teams=team_weeks(statistics, off, slots, sites),
        decision=decision,
        days_left_out=bool(off[:, np.isin(weekdays(statistics), slots.weekday)].any()),
    )
