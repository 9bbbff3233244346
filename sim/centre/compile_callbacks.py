"""What callers are told who must wait, and the callbacks that they are offered instead."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..scenario.centre import CentreScenario
from ..scenario.waiting import Announcement, Callback
from .compile_durations import on_tick
from .compile_routing import callback_lines
from .contract import NO_LIMIT_MS, Announcements, Callbacks, Float64, Int64


def compile_announcements(scenario: CentreScenario, work_ms: Float64) -> Announcements:
    """Announcements of every queue; ``work_ms`` (Q,) is the mean work of a contact, after-call work included."""
    balking = [queue.patience.balking if queue.patience is not None else 0.0 for queue in scenario.queues.values()]
    given = [queue.announcement for queue in scenario.queues.values()]

    def balk(announcement: Announcement | None, otherwise: float) -> float:
        return otherwise if announcement is None or announcement.balking is None else announcement.balking

    return Announcements(
        mean_handle_ms=np.maximum(work_ms.round(), scenario.tick).astype(np.int64),
        above_ms=np.array([NO_LIMIT_MS if one is None else one.above for one in given], dtype=np.int64),
        balk=np.array([balk(*each) for each in zip(given, balking, strict=True)]),
        patience_factor=np.array([1.0 if one is None else one.patience for one in given]),
    )


def compile_callbacks(scenario: CentreScenario) -> Callbacks:
    """Callbacks of every queue. One that offers none would have nobody accept."""
    given = [queue.callback for queue in scenario.queues.values()]

    def integers(value: Callable[[Callback], int], otherwise: int) -> Int64:
        return np.array([otherwise if one is None else value(one) for one in given], dtype=np.int64)

    def times(value: Callable[[Callback], int]) -> Int64:
        return integers(lambda one: on_tick(value(one), scenario.tick), scenario.tick)

    return Callbacks(
        line=callback_lines(scenario),
        above_ms=integers(lambda one: one.above, NO_LIMIT_MS),
        accept=np.array([0.0 if one is None else one.accepted for one in given]),
        reach=np.array([1.0 if one is None else one.reached for one in given]),
        tries=integers(lambda one: one.tries, 1),
        ring_ms=times(lambda one: one.ring),
        again_ms=times(lambda one: one.again_after),
    )
