"""How many days are simulated before the horizon and dropped, and how many after it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ..common.calendar import DAY_MS, WEEK_DAYS, WeekHours, merged_segments
from ..scenario.centre import CentreScenario
from ..scenario.chains import LONGEST_CHAINS_DAYS, mean_delay_ms, repeat_share, settling_ms
from .compile_durations import duration, recontact_delay

DRAIN_DAYS = 7
"""Days laid out after the horizon, in which its last contacts find their fate; the engines stop when they have."""

_MISSING = 0.025
"""Share of what is offered that may be missing at the start, as its chains of repeats would have begun earlier."""
_LONGEST_CHAINS_MS = LONGEST_CHAINS_DAYS * DAY_MS
_NEGLIGIBLE = 1e-3
"""Share of redials that may come back after the shortest night before redials are taken to cross it."""


def warm_up_days(scenario: CentreScenario) -> int:
    """Days to simulate before the horizon: those the scenario gives, or for ``auto`` what its memory needs.

    0 where nothing crosses midnight; else whole weeks, at least one and at least three mean delays of what brings
    contacts back, and where many come back again and again, until few are missing. Midnight is crossed by emails
    (unless their backlog is given), by queues open at midnight, by what moves to the next opening if the queue is
    closed (re-contacts, calls about late emails, deflected contacts that fail, transfers), and by redials and further
    tries to call back that outlast the shortest night.
    """
    if scenario.warm_up != "auto":
        return scenario.warm_up
    delays_ms = list(_crossing_delays_ms(scenario))
    emails = any(queue.is_email and queue.backlog is None for queue in scenario.queues.values())
    awake = any(shortest_night_ms(scenario.opening_hours(name)) == 0 for name in scenario.queues)
    if not (delays_ms or emails or awake):
        return 0
    chains_ms = min(settling_ms(repeat_share(scenario), mean_delay_ms(scenario), _MISSING), _LONGEST_CHAINS_MS)
    weeks = math.ceil(max(3 * max(delays_ms, default=0.0), chains_ms) / (WEEK_DAYS * DAY_MS))
    return WEEK_DAYS * max(weeks, 1)


def shortest_night_ms(week: WeekHours) -> int:
    """Shortest closed time around a midnight of an ordinary week; 0 if the queue is open at one."""
    spans = [(day * DAY_MS + start, day * DAY_MS + end) for day, hours in enumerate(week) for start, end in hours]
    if not spans:
        return WEEK_DAYS * DAY_MS
    start_ms, end_ms = np.array(spans, dtype=np.int64).T
    two_weeks = [np.concatenate([times, times + WEEK_DAYS * DAY_MS]) for times in (start_ms, end_ms)]
    segments = merged_segments(*two_weeks)
    if np.any(segments.start_ms // DAY_MS != (segments.end_ms - 1) // DAY_MS):
        return 0
    closing, opening = segments.end_ms[:-1], segments.start_ms[1:]
    crossing = (closing - 1) // DAY_MS != opening // DAY_MS
    return int((opening - closing)[crossing].min())


def _crossing_delays_ms(scenario: CentreScenario) -> Iterator[float]:
    """Mean delays of the follow-ups that may come on a later day."""
    for name, queue in scenario.queues.items():
        night_ms = shortest_night_ms(scenario.opening_hours(name))
        if queue.recontact_probability > 0:
            assert queue.recontact is not None
            yield recontact_delay(queue.recontact).mean_ms
        if queue.late_to_call is not None and queue.late_to_call.probability > 0:
            yield duration(queue.late_to_call.after).mean_ms
        if queue.deflection is not None and queue.deflection.fails > 0:
            yield duration(queue.deflection.after).mean_ms
        if queue.transfer is not None:
            yield duration(queue.transfer.after).mean_ms
        if queue.redial is not None and queue.redial.probability > 0:
            delay = duration(queue.redial.after)
            if float(delay.survival(np.asarray(night_ms, np.float64))) > _NEGLIGIBLE:
                yield delay.mean_ms
        if queue.callback is not None and queue.callback.tries > 1 and queue.callback.again_after >= night_ms:
            yield queue.callback.again_after
