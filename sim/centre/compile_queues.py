"""The queues' parameters and sampling tables as the engines read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..common.distributions import TABLE_SIZE, Distribution, quantile_table
from ..common.streams import stream_id
from ..scenario import distribution as stated
from ..scenario.centre import CentreScenario
from ..scenario.handling import first_handle_shares
from ..scenario.queue import Queue
from .compile_durations import duration, recontact_delay
from .contract import NOBODY, UNLIMITED, Float64, Int64, Queues, UInt8
from .repeats import Repeats


def compile_queues(scenario: CentreScenario, repeats: Repeats) -> Queues:
    """One row per queue of the scenario, in its order."""
    names = tuple(scenario.queues)
    queues = tuple(scenario.queues.values())

    def integers(value: Callable[[Queue], int]) -> Int64:
        return np.array([value(queue) for queue in queues], dtype=np.int64)

    def shares(value: Callable[[Queue], float]) -> Float64:
        return np.array([value(queue) for queue in queues], dtype=np.float64)

    def flags(value: Callable[[Queue], bool]) -> UInt8:
        return np.array([value(queue) for queue in queues], dtype=np.uint8)

    def tables(value: Callable[[Queue], stated.Distribution | None]) -> Float64:
        given = [value(queue) for queue in queues]
        return _tables([None if distribution is None else duration(distribution) for distribution in given])

    first_handle = np.array(list(first_handle_shares(scenario).values()))
    return Queues(
        stream=np.array([stream_id(name) for name in names], dtype=np.uint32),
        is_email=flags(lambda queue: queue.is_email),
        trunks=integers(lambda queue: UNLIMITED if queue.trunks is None else queue.trunks),
        send_away_at_close=flags(lambda queue: queue.at_closing == "send away"),
        threshold_ms=integers(lambda queue: queue.threshold_ms),
        short_abandon_ms=integers(lambda queue: queue.short_abandon_ms),
        elapsed_clock=flags(lambda queue: queue.targets.clock == "elapsed"),
        handle=tables(lambda queue: queue.handle_time) * first_handle[:, np.newaxis],
        after_call=tables(lambda queue: queue.after_call_work),
        has_after_call=flags(lambda queue: queue.after_call_work is not None),
        patience=tables(lambda queue: queue.patience.time if queue.patience else None),
        has_patience=flags(lambda queue: queue.patience is not None),
        balk=shares(lambda queue: queue.patience.balking if queue.patience else 0.0),
        redial=shares(lambda queue: queue.redial.probability if queue.redial else 0.0),
        redial_delay=tables(lambda queue: queue.redial.after if queue.redial else None),
        redial_attempts=integers(_redial_attempts),
        recontact=shares(lambda queue: queue.recontact.probability if queue.recontact else 0.0),
        recontact_delay=_tables([recontact_delay(q.recontact) if q.recontact else None for q in queues]),
        recontact_to=np.array([_cumulative_mix(name, queue, names) for name, queue in scenario.queues.items()]),
        re_explain_ms=mean_re_explain_ms(scenario, repeats).round().astype(np.int64),
        late_to_call=shares(lambda queue: queue.late_to_call.probability if queue.late_to_call else 0.0),
        late_to_call_delay=tables(lambda queue: queue.late_to_call.after if queue.late_to_call else None),
        late_to_call_queue=integers(lambda queue: names.index(queue.late_to_call.to) if queue.late_to_call else NOBODY),
        backlog=integers(lambda queue: queue.backlog or 0),
    )


def mean_re_explain_ms(scenario: CentreScenario, repeats: Repeats) -> Float64:
    """Time to re-explain in a re-contact *to* each queue, (Q,).

    A file gives it by the queue that the re-contacts come *from*. Where a queue gets them from several, it is the mean
    over the predicted re-contacts; 0 where none is predicted.
    """
    given = np.array([queue.recontact.re_explain if queue.recontact else 0 for queue in scenario.queues.values()])
    total = repeats.recontacts
    return np.divide(given @ repeats.recontacts_from, total, out=np.zeros_like(total), where=total > 0)


def _tables(distributions: Sequence[Distribution | None]) -> Float64:
    """Quantile tables, (Q, TABLE_SIZE); zeros where there is no distribution."""
    return np.array([np.zeros(TABLE_SIZE) if d is None else quantile_table(d) for d in distributions])


def _redial_attempts(queue: Queue) -> int:
    if queue.redial is None:
        return 0
    return UNLIMITED if queue.redial.attempts is None else queue.redial.attempts


def _cumulative_mix(name: str, queue: Queue, names: Sequence[str]) -> Float64:
    """Cumulative shares of the queues that this one's re-contacts come back to; the last is 1."""
    mix = queue.recontact.to if queue.recontact and queue.recontact.to else {name: 1.0}
    cumulative = np.cumsum([mix.get(target, 0.0) for target in names])
    shares: Float64 = cumulative / cumulative[-1]
    return shares
