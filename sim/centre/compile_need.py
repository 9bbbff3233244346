"""What teams are needed for: the load of their calls and chats, and their emails' work between arrival and due time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..common.calendar import DAY_MS, WEEK_DAYS
from ..scenario.centre import CentreScenario
from ..scenario.queue import Queue
from .compile_days import joined, ordinary_week
from .compile_load import OfferedLoad
from .compile_serving import Service, Serving
from .contract import Float64
from .due_work import erlangs_until_due, longest_until_due
from .presence import WEEK_MS
from .presence_heads import Need, WeekGrid

_ELAPSED = ordinary_week([[(0, DAY_MS)]] * WEEK_DAYS)


def reply_windows(scenario: CentreScenario, serving: Serving) -> tuple[Mapping[int, int], ...]:
    """For each team, by email queue that it serves: how much of its hours for the queue a reply may take, in ms.

    With a response target the most of these hours that lie between any moment of an ordinary week and the last at which
    a reply to an email of then is in time, by the queue's clock, but no more than a week's; without one, a week's.
    """
    windows: list[dict[int, int]] = [{} for _ in serving.teams]
    for number, ((name, queue), services) in enumerate(zip(scenario.queues.items(), serving.services, strict=True)):
        for team, service in services.items() if queue.is_email else ():
            windows[team][number] = _reply_window_ms(scenario, name, queue, service)
    return tuple(windows)


def _reply_window_ms(scenario: CentreScenario, name: str, queue: Queue, service: Service) -> int:
    response = queue.targets.response
    if response is None:
        return longest_until_due(service.week, _ELAPSED, WEEK_MS)
    clock = _ELAPSED if queue.targets.clock == "elapsed" else ordinary_week(scenario.opening_hours(name))
    return longest_until_due(service.week, clock, response.within_ms)


def team_need(grid: WeekGrid, load: OfferedLoad, serving: Serving, team: int, reply_ms: Mapping[int, int]) -> Need:
    """Of each queue that the team serves, its share of the people who do (see ``compile_serving``).

    Calls and chats: of their offered load then. Emails, those in ``reply_ms``: of the work that comes in a week, each
    email's evenly over so much of the team's hours for them from its arrival on (see ``due_work``).
    """
    erlangs = np.zeros(grid.week.size)
    of_weeks = _shares_of_weeks(serving, team, grid.weeks)
    for queue, share in serving.shares(team, grid.start_ms, grid.end_ms).items():
        if queue not in reply_ms:
            erlangs += share * load.of(queue, grid.start_ms, grid.end_ms)
            continue
        work_ms = load.contacts[queue].reshape(grid.weeks, -1) * load.work_ms[queue] * of_weeks[queue][:, np.newaxis]
        hours = serving.services[queue][team].hours
        erlangs += erlangs_until_due(work_ms.ravel(), load.edge_ms, hours, reply_ms[queue], grid.start_ms, grid.end_ms)
    return Need(grid, erlangs)


def _shares_of_weeks(serving: Serving, team: int, weeks: int) -> dict[int, Float64]:
    """By queue: the team's share of the people in each week, (weeks,); where nobody is there, that of the next week."""
    week_ms = np.arange(weeks + 1, dtype=np.int64) * WEEK_MS
    shares = serving.shares(team, week_ms[:-1], week_ms[1:])
    for queue, share in shares.items():
        hours = joined([service.hours for service in serving.services[queue].values()])
        anybody = np.where(hours.open_between(week_ms) > 0, np.arange(weeks), weeks - 1)
        shares[queue] = share[np.minimum.accumulate(anybody[::-1])[::-1]]
    return shares
