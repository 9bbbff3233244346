"""What an offered volume leaves to first contacts, by weekday and time of day.

An ACD counts a repeat when it is offered. Where ``volume_is: offered``, the first contacts are therefore, in each
quarter hour t of an ordinary week that follows others like it,

    first(t) = stated(t) - redials(t) - recontacts(t),

which come when ``repeat_flow`` says. How many redials, re-contacts and transfers an attempt brings is what ``repeats``
says, and so are the week's totals but for the lost redials: first contacts make up for these. Transfers aren't offered
anew, but re-contacts follow them. Where repeats exceed the stated volume of a quarter hour, no first contacts are left
there, and all others shrink alike.

Weeks with holidays, events or another level have the shares of the ordinary week.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..common.calendar import WEEK_DAYS, Segments
from ..scenario.centre import CentreScenario
from .compile_days import ordinary_week
from .contract import Float64
from .repeat_flow import CELL_MS, CELLS, CELLS_PER_DAY, MOST_ROUNDS, NEGLIGIBLE, RepeatFlow
from .repeats import Repeats, per


def first_shares(scenario: CentreScenario, repeats: Repeats, taken: Sequence[Segments], stated: Float64) -> Float64:
    """First contacts per contact of the stated volume, (Q, 8, CELLS_PER_DAY): Monday to Sunday, and a closed day.

    ``stated`` (Q, 7, CELLS_PER_DAY) is the stated volume of an ordinary week, of any total; ``taken`` are the hours of
    that week in which somebody takes each queue's contacts. A day closed by exception has the share of the week's
    closed time. All 1 where ``volume_is: first``.
    """
    stated = stated.reshape(-1, CELLS)
    stated = stated * per(repeats.stated, stated.sum(axis=1))[:, np.newaxis]
    first = _first_contacts(scenario, repeats, taken, stated)
    opening = [ordinary_week(scenario.opening_hours(name)) for name in scenario.queues]
    open_share = np.array([hours.open_between(np.arange(CELLS + 1) * CELL_MS) / CELL_MS for hours in opening])
    closed = [(contacts * (1 - open_share)).sum(axis=1) for contacts in (first, stated)]
    closed_day = np.where(closed[1] > 0, per(*closed), repeats.first_share)
    shares = per(first, stated, otherwise=1.0).reshape(-1, WEEK_DAYS, CELLS_PER_DAY)
    return np.concatenate([shares, np.tile(closed_day[:, np.newaxis, np.newaxis], (1, 1, CELLS_PER_DAY))], axis=1)


def _first_contacts(scenario: CentreScenario, repeats: Repeats, taken: Sequence[Segments], stated: Float64) -> Float64:
    """First contacts in each cell, (Q, cells): the fixed point of repeats that follow what is offered.

    Moved re-contacts spread as first contacts do, so both keep their proportion in what other repeats leave of a cell:
    that is how they are told apart in each round, which settles however many are moved.
    """
    flow = RepeatFlow.of(scenario, repeats, taken)
    is_offered = np.array([queue.arrivals.volume_is == "offered" for queue in scenario.queues.values()])[:, np.newaxis]
    stated = stated[:, np.newaxis, :]
    left = first = stated * repeats.first_share[:, np.newaxis, np.newaxis]
    attempts = stated
    for _ in range(MOST_ROUNDS):
        in_time, moved, lost = flow.repeats(attempts, flow.rest_of_day(left, stated))
        without_repeats = np.maximum(stated - in_time, 0.0) * per(left, left + moved, otherwise=1.0)
        left = np.where(is_offered[..., np.newaxis], without_repeats, stated)
        wanted = repeats.first[:, np.newaxis] + lost * is_offered
        first = left * per(wanted, left.sum(axis=2), otherwise=1.0)[..., np.newaxis]
        before, attempts = attempts, first + in_time + moved + flow.transfers(attempts)
        if np.abs(attempts - before).sum() <= NEGLIGIBLE * attempts.sum():
            break
    return first[:, 0, :]
