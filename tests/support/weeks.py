"""Average weeks by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from analysis.charts.queue_week import HandedIn, Level, QueueWeek, Waits
from analysis.charts.team_weeks import TeamWeek
from analysis.charts.week_profile import WeekProfile
from analysis.decision import TargetDecision
from analysis.intervals import CentreStatistics, summarise
from analysis.targets import Target
from analysis.uncertainty import Estimates
from sim.centre.results import Replication

from .counts import CALLS, HOUR_MS, blended, counts_of
from .decisions import decision

HANDED_IN = HandedIn(0, math.nan, math.nan)
LEVEL = Target("calls", "service_level", Fraction(4, 5), "month", 20_000)


def never_off(statistics: CentreStatistics) -> np.ndarray:
    """(T, D) no team keeps a holiday."""
    return np.zeros((len(statistics.centre.team_names), statistics.centre.horizon_days), bool)


def few_days(within: int, days: int = 3) -> CentreStatistics:
    """Calls at eight on each of these days, so many of 100 in time; one fewer each day."""
    centre = blended(days=days)
    contacts = {
        (CALLS, day * 24 + 8): {"first": 100, "served": 100, "served_within": within - day} for day in range(days)
    }
    return summarise(centre, [Replication(n, counts_of(centre, contacts)) for n in range(2)], (LEVEL,))


def made(
    queue: str = "calls",
    values: tuple[float, ...] = (0.9,),
    half_width: float = 0.01,
    target: float | None = 0.8,
    *,
    is_email: bool = False,
    contacts: float = 100,
    decided: tuple[TargetDecision, ...] = (),
    handed_in: HandedIn = HANDED_IN,
) -> Level:
    """A queue's level with these figures."""
    value, threshold_s = np.array(values), 14_400 if is_email else 20
    estimates = Estimates(value, np.full(value.shape, half_width))
    week = np.full(value.shape, contacts)
    return Level(queue, is_email, estimates, week, decided, handed_in, threshold_s, "sl_offered", target)


def waits(
    queue: str, seconds: tuple[float, ...], *, is_email: bool = False, contacts: float = 100, offered: float = 0
) -> Waits:
    """The waits of what was handed to a queue."""
    value, handed_in = np.array(seconds), HandedIn(2703, 15.2, 0.09)
    estimates, week = Estimates(value, np.full(value.shape, 2.0)), np.full(value.shape, contacts)
    return Waits(queue, is_email, estimates, week, (), handed_in, offered)


def team(name: str = "front", site: str = "", scheduled: float = 4, busy: float = 3) -> TeamWeek:
    """Seven slots alike, but for the second, in which half a position more is busy."""
    positions = np.full(7, float(busy))
    positions[1] += 0.5
    return TeamWeek(name, site, np.full(7, scheduled), positions, busy / scheduled if scheduled else math.nan)


def week(*queues: QueueWeek) -> WeekProfile:
    """With slots at eight on the days of the week, and the targets of its queues."""
    calls = tuple(queue for queue in queues if not queue.is_email)
    emails = tuple(queue for queue in queues if queue.is_email)
    every = decision(*(one for queue in queues for one in queue.decided))
    return WeekProfile(np.arange(7), np.full(7, 8 * HOUR_MS), HOUR_MS, calls, emails, (team(),), every, False)
