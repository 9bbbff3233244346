"""The queues' parameters and sampling tables as the engines read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..common.streams import stream_id
from ..scenario import distribution as stated
from ..scenario.centre import CentreScenario
from ..scenario.handling import first_handle_shares
from ..scenario.queue import Queue
from .compile_durations import duration, recontact_delay, tables
from .contract import NOBODY, UNLIMITED, Float64, Int64, Queues, UInt8


def compile_queues(scenario: CentreScenario) -> Queues:
    """One row per queue of the scenario, in its order."""
    names = tuple(scenario.queues)
    queues = tuple(scenario.queues.values())

    def integers(value: Callable[[Queue], int]) -> Int64:
        return np.array([value(queue) for queue in queues], dtype=np.int64)

    def shares(value: Callable[[Queue], float]) -> Float64:
        return np.array([value(queue) for queue in queues], dtype=np.float64)

    def flags(value: Callable[[Queue], bool]) -> UInt8:
        return np.array([value(queue) for queue in queues], dtype=np.uint8)

    def times(value: Callable[[Queue], stated.Distribution | None]) -> Float64:
        given = [value(queue) for queue in queues]
        return tables([None if distribution is None else duration(distribution) for distribution in given])

    own_handling = np.array(list(first_handle_shares(scenario).values()))
    mixes = np.cumsum([_recontact_mix(name, queue, names) for name, queue in scenario.queues.items()], axis=1)
    return Queues(
        stream=np.array([stream_id(name) for name in names], dtype=np.uint32),
        is_email=flags(lambda queue: queue.is_email),
        is_chat=flags(lambda queue: queue.is_chat),
        trunks=integers(lambda queue: UNLIMITED if queue.trunks is None else queue.trunks),
        send_away_at_close=flags(lambda queue: queue.at_closing == "send away"),
        threshold_ms=integers(lambda queue: queue.threshold_ms),
        short_abandon_ms=integers(lambda queue: queue.short_abandon_ms),
        transfer_threshold_ms=integers(lambda queue: queue.transfer_threshold_ms),
        elapsed_clock=flags(lambda queue: queue.targets.clock == "elapsed"),
        handle=times(lambda queue: queue.handle_time) * own_handling[:, np.newaxis],
        after_call=times(lambda queue: queue.after_call_work),
        has_after_call=flags(lambda queue: queue.after_call_work is not None),
        patience=times(lambda queue: queue.patience.time if queue.patience else None),
        has_patience=flags(lambda queue: queue.patience is not None),
        balk=shares(lambda queue: queue.patience.balking if queue.patience else 0.0),
        redial=shares(lambda queue: queue.redial.probability if queue.redial else 0.0),
        redial_delay=times(lambda queue: queue.redial.after if queue.redial else None),
        redial_attempts=integers(_redial_attempts),
        recontact=shares(lambda queue: queue.recontact_probability),
        recontact_delay=tables([recontact_delay(q.recontact) if q.recontact else None for q in queues]),
        recontact_to=mixes / mixes[:, -1:],
        re_explain_ms=_nearest_tick(
            np.array([queue.recontact.re_explain if queue.recontact else 0.0 for queue in queues]), scenario.tick
        ),
        late_to_call=shares(lambda queue: queue.late_to_call.probability if queue.late_to_call else 0.0),
        late_to_call_delay=times(lambda queue: queue.late_to_call.after if queue.late_to_call else None),
        late_to_call_queue=integers(lambda queue: names.index(queue.late_to_call.to) if queue.late_to_call else NOBODY),
        backlog=integers(lambda queue: queue.backlog or 0),
    )


def _nearest_tick(times_ms: Float64, tick_ms: int) -> Int64:
    return np.asarray((times_ms / tick_ms).round() * tick_ms, np.int64)


def _redial_attempts(queue: Queue) -> int:
    if queue.redial is None:
        return 0
    return UNLIMITED if queue.redial.attempts is None else queue.redial.attempts


def _recontact_mix(name: str, queue: Queue, names: Sequence[str]) -> list[float]:
    """Shares of the queues that this one's re-contacts come back to."""
    mix = queue.recontact.to if queue.recontact and queue.recontact.to else {name: 1.0}
    return [mix.get(target, 0.0) for target in names]
