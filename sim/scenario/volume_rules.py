"""Limits of the volumes: what a centre can have, what the engines can number, and what repeats leave of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from .arrivals import Arrivals, Event
from .base import Finding
from .centre import CentreScenario
from .dates import horizon_dates, queue_hours
from .draft import has
from .handling import first_handle_shares
from .linear import UnsettledError
from .parse import DAY_MS, Growth
from .quantities import MOST_PER_WEEK
from .repeats import stated_flows, stated_week, weekly_flows, weekly_volume
from .week import WeekHours

MOST_PER_DAY = 250_000_000
"""The engines number 2^28 contacts a queue and day."""
MOST_IN_HORIZON = 1_000_000_000
"""Some minutes of simulation for each replication."""

_DAYS_IN = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
_DAYS_IN_WEEK = 7
_RAREST_DRAW = 33 * math.log(2)
"""-log of the smallest tail that a draw of 32 bits reaches."""
_VOLUME_FIELDS = ("per_week", "per_day", "per_hour", "customers", "file", "growth", "seasonality", "events")
_CUSTOMERS_FIELDS = ("at_start", "growth", "contacts", "contacts_growth")


def peak_findings(scenario: CentreScenario, arrivals: Arrivals, hours: WeekHours) -> Iterator[Finding]:
    """Volumes beyond what a centre can have, placed from the arrivals; ``hours`` are the queue's."""
    peak = _peak_week(scenario, arrivals, hours)
    if peak is None:
        return
    if peak > MOST_PER_WEEK:
        yield Finding((), f"reaches {peak:.2g} contacts a week at its peak; at most {MOST_PER_WEEK:,} are taken")
    elif has(arrivals, "busyness") and arrivals.busyness is not None and has(arrivals.busyness, "cv"):
        busiest = peak * _busiest_factor(arrivals.busyness.cv)
        if busiest > MOST_PER_DAY:
            yield Finding(
                ("busyness",),
                f"may bring {busiest:.2g} contacts on a day; at most {MOST_PER_DAY:,} can be told apart, so lower it "
                "or the volume",
            )


def total_findings(scenario: CentreScenario) -> Iterator[Finding]:
    """More contacts in the horizon than can be simulated in reasonable time."""
    dates = horizon_dates(scenario)
    if not dates or not has(scenario, "queues"):
        return
    total = 0.0
    for queue in scenario.queues.values():
        hours = queue_hours(scenario, queue)
        if hours is not None and has(queue, "arrivals"):
            peak = _peak_week(scenario, queue.arrivals, hours) or 0.0
            total += min(peak, MOST_PER_WEEK) * len(dates) / _DAYS_IN_WEEK  # more is told at its queue
    if total > MOST_IN_HORIZON:
        yield Finding(
            ("queues",),
            f"bring up to {total:.2g} contacts within the horizon; at most {MOST_IN_HORIZON:,} can be simulated, so "
            "shorten the horizon or lower the volumes",
        )


def volume_findings(scenario: CentreScenario) -> list[Finding]:
    """Where the repeats that the rates predict leave no room for first contacts; for a scenario sound otherwise."""
    try:
        stated = stated_flows(scenario)
        weekly_flows(scenario)
    except UnsettledError:
        message = "every contact brings back at least another, so no volume holds; lower the re-contact or redial rates"
        return [Finding(("queues",), message)]
    overfull = [
        Finding(
            ("queues", name, "arrivals"),
            f"the repeats that the rates predict ({stated[name].repeats:.0f} a week) leave no first contacts in the "
            f"volume ({stated[name].offered:.0f}); lower the re-contact or redial rates, or write volume_is: first",
        )
        for name, queue in scenario.queues.items()
        if stated[name].first <= 0 < stated_week(scenario, name)
    ]
    return overfull or [
        Finding(
            ("queues", name, "handle_time"),
            "the re-explaining that the rates predict takes as long on average; shorten re_explain, or write "
            "handle_time_is: first",
        )
        for name, share in first_handle_shares(scenario).items()
        if share <= 0
    ]


def _peak_week(scenario: CentreScenario, arrivals: Arrivals, hours: WeekHours) -> float | None:
    """Contacts of the busiest week before chance: growth, seasons, events together; None where they can't be told."""
    dates = horizon_dates(scenario)
    if not dates or not has(arrivals, *_VOLUME_FIELDS):
        return None
    if arrivals.customers is not None and not has(arrivals.customers, *_CUSTOMERS_FIELDS):
        return None
    weeks: defaultdict[tuple[int, int], float] = defaultdict(float)
    if arrivals.by_interval is not None:
        for start, volume in arrivals.by_interval.rows:
            weeks[start.isocalendar()[:2]] += volume
        level = max(weeks.values(), default=0.0)
    elif arrivals.by_period is not None:
        for period, volume in arrivals.by_period.rows:
            weeks[period.first_day.isocalendar()[:2]] += volume * _DAYS_IN_WEEK / max(period.days, _DAYS_IN_WEEK)
        level = max(weeks.values(), default=0.0)
    else:
        level = weekly_volume(arrivals, hours)
    level *= max(math.prod(_grown(growth, len(dates)) for growth in arrivals.growths), 1.0)
    if arrivals.seasonality is not None:
        level *= max(arrivals.seasonality)
    return level * _strongest(arrivals.events)


def _strongest(events: Sequence[Event]) -> float:
    """The largest factor by which events raise a day together, their ramps and decays taken at full effect."""
    factors: dict[int, float] = {}
    for event in events:
        last = event.last_day.toordinal() + -(-event.decay // DAY_MS)
        for day in range(event.first_day.toordinal(), last + 1) if event.volume > 1 else ():
            factors[day] = factors.get(day, 1.0) * event.volume
    return max(factors.values(), default=1.0)


def _grown(growth: Growth, days: int) -> float:
    periods = days / _DAYS_IN[growth.per]
    return float((1 + growth.rate) ** periods) if periods * growth.rate < 700 else float("inf")


def _busiest_factor(cv: float) -> float:
    """A factor that no day's busyness exceeds: Chernoff's bound of the gamma distribution of mean 1 at the rarest draw.

    With shape k = 1 / cv², P(X >= x) <= (x exp(1 - x))^k; x is where that equals the rarest draw's tail.
    """
    if cv == 0:
        return 1.0
    exponent = _RAREST_DRAW * cv**2
    low, high = 1.0, 2 * exponent + 10  # x - 1 - ln x >= exponent there
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if middle - 1 - math.log(middle) < exponent else (low, middle)
    return high
