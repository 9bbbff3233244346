"""What follows first contacts over the days, when it will come: posts, those deflected in vain, redials, re-contacts.

The need that heads are spread by counts a redial some minutes after its first attempt, and a re-contact days after it,
in the next opening: where few first contacts come, as on a Saturday, many of those offered may be repeats. Each week is
taken as one of many that have its first contacts, deflection and holidays; ``repeat_flow`` says the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import WEEK_DAYS, Segments, opening_segments
from ..scenario.centre import CentreScenario
from .compile_days import MONDAY, Days
from .compile_deflection import deflected_shares
from .compile_durations import duration
from .contract import Float64, Int64
from .repeat_flow import AT_ONCE, CELLS, MOST_ROUNDS, NEGLIGIBLE, RepeatFlow, back, transformed
from .repeats import Repeats


def followers(
    scenario: CentreScenario, days: Days, first: Float64, repeats: Repeats, taken: Sequence[Segments]
) -> Float64:
    """Contacts offered beside first ones, (Q, days x CELLS_PER_DAY).

    ``first`` likewise are the first contacts, deflected ones included; ``repeats`` say how many follow an attempt, and
    ``taken`` are the hours of an ordinary week in which somebody takes each queue's contacts.
    """
    first = first.reshape(len(first), days.weeks, CELLS)
    share = np.repeat(deflected_shares(scenario, days), CELLS // WEEK_DAYS, axis=1).reshape(first.shape)
    deflected = first * share
    posts, returning = _deflected(scenario, deflected)
    ordinary = RepeatFlow.of(scenario, repeats, taken)
    following = np.zeros(first.shape)
    for weeks, closed in _weeks_by_holidays(days):
        hours = [
            opening_segments(scenario.opening_hours(name), MONDAY, closed[scenario.site_of(queue)])
            for name, queue in scenario.queues.items()
        ]
        flow = ordinary.open_at(hours, scenario)
        rest_of_day = flow.rest_of_day(first[:, weeks], first[:, weeks])
        due = returning[:, weeks]
        beside = posts[:, weeks] + due * flow.open_share + flow.moved(due, rest_of_day)
        come = first[:, weeks] - deflected[:, weeks] + beside
        following[:, weeks] = beside + _settled(flow, come, rest_of_day)
    return following.reshape(len(first), -1)


def _settled(flow: RepeatFlow, come: Float64, rest_of_day: Sequence[Float64]) -> Float64:
    """All redials and re-contacts, (Q, weeks, cells), that follow what comes by itself."""
    attempts, repeated = come, np.zeros_like(come)
    for _ in range(MOST_ROUNDS):
        in_time, moved, _lost = flow.repeats(attempts, rest_of_day)
        repeated = in_time + moved
        before, attempts = attempts, come + repeated + flow.transfers(attempts)
        if np.abs(attempts - before).sum() <= NEGLIGIBLE * attempts.sum():
            break
    return repeated


def _deflected(scenario: CentreScenario, deflected: Float64) -> tuple[Float64, Float64]:
    """Of the deflected: posts by the queue that answers them, and when those in vain fall due, (Q, weeks, cells)."""
    names, posts, failing = list(scenario.queues), np.zeros_like(deflected), np.zeros_like(deflected)
    for number, queue in enumerate(scenario.queues.values()):
        if queue.deflection is None:
            continue
        posted = queue.deflection.posts.share if queue.deflection.posts is not None else 0.0
        if queue.deflection.posts is not None:
            posts[names.index(queue.deflection.posts.to)] += posted * deflected[number]
        failing[number] = (1 - posted) * queue.deflection.fails * deflected[number]
    if not failing.any():
        return posts, failing
    given = [queue.deflection for queue in scenario.queues.values()]
    delays = [AT_ONCE if one is None else duration(one.after) for one in given]
    return posts, back(np.fft.rfft(failing) * transformed(delays))


def _weeks_by_holidays(days: Days) -> Iterator[tuple[Int64, Mapping[str | None, NDArray[np.bool_]]]]:
    """Weeks (numbers, ascending) that have the same days closed, and these days by site, (7,)."""
    by_site = {site: closed.reshape(days.weeks, WEEK_DAYS) for site, closed in days.closed.items()}
    patterns, pattern_of = np.unique(np.hstack(list(by_site.values())), axis=0, return_inverse=True)
    for number in range(len(patterns)):
        weeks = np.flatnonzero(pattern_of.ravel() == number)
        yield weeks, {site: closed[weeks[0]] for site, closed in by_site.items()}
