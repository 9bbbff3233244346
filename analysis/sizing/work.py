"""A team's part of a centre's work, as far as it can be told without a simulation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.centre.compile import CentrePlan
from sim.centre.compile_serving import TeamHours
from sim.centre.contract import DAY_MS, Float64, Int64
from sim.centre.paid_time import mean_presence, paid_time


@dataclass(frozen=True)
class TeamWork:
    """Which queues' contacts a team takes, and how many of them. Q queues of the centre."""

    hours: TeamHours
    """When it is there."""
    share: Float64
    """(Q,) its part of each queue's work: all of a queue that nobody else serves, else by people (``Serving``)."""
    calls: NDArray[np.bool_]
    """(Q,) the calls and chats that it serves."""
    emails: NDArray[np.bool_]
    """(Q,) the emails that it serves."""
    pooled: bool
    """Whether it shares any of its queues with another team."""

    @classmethod
    def of(cls, plan: CentrePlan, team: str) -> TeamWork:
        """A team's part over the plan's horizon."""
        forecast, services = plan.forecast, plan.forecast.serving.services
        hours = forecast.team(team)
        span = np.array([_begin_ms(plan), _begin_ms(plan) + plan.window.horizon_days * DAY_MS], dtype=np.int64)
        share = np.zeros(len(services))
        for queue, of_span in forecast.serving.shares(hours.number, span[:1], span[1:]).items():
            share[queue] = 1.0 if len(services[queue]) == 1 else of_span[0]
        served = np.array([hours.number in of_queue for of_queue in services])
        is_email = forecast.queues.is_email.astype(np.bool_)
        pooled = any(len(of_queue) > 1 for of_queue in services if hours.number in of_queue)
        return cls(hours, share, served & ~is_email, served & is_email, pooled)

    def call_load(self, plan: CentrePlan) -> Float64:
        """Erlangs of each of its queues of calls and chats in each interval of the plan's horizon, (queues, I)."""
        return plan.offered_load()[self.calls] * self.share[self.calls, np.newaxis]

    def email_ms(self, plan: CentrePlan) -> float:
        """The emails' work in the plan's horizon."""
        load = plan.offered_load()[self.emails] * self.share[self.emails, np.newaxis]
        return float(load.sum()) * plan.forecast.scenario.interval

    def email_erlangs(self, plan: CentrePlan) -> float:
        """The emails' work in the plan's horizon, spread evenly over the team's hours."""
        return self.email_ms(plan) / max(int(self.open_ms(plan).sum()), 1)

    def open_ms(self, plan: CentrePlan) -> Int64:
        """The team's time in each interval of the plan's horizon, (I,)."""
        begin_ms, interval_ms = _begin_ms(plan), plan.forecast.scenario.interval
        edges: NDArray[np.int64] = np.arange(begin_ms, begin_ms + plan.window.horizon_days * DAY_MS + 1, interval_ms)
        return self.hours.hours.open_between(edges)

    def per_head_ms(self, plan: CentrePlan) -> float:
        """One head's time on the phones in the plan's horizon."""
        team, window = self.hours.team, plan.window
        ordinary_weeks = int(self.open_ms(plan).sum()) / max(self.hours.week.total_ms, 1)
        time = paid_time(team, window.start_day, window.horizon_days)
        week_ms = team.contract * float(mean_presence(time.on_the_phones)) + float(time.extra_ms.mean())
        return max(week_ms * ordinary_weeks, 1.0)


def _begin_ms(plan: CentrePlan) -> int:
    """The horizon's begin, since the forecast's first midnight."""
    return plan.forecast.days.index(plan.window.start_day) * DAY_MS
