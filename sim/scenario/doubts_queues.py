"""Fields of one queue, each of them usual, that together say what is hardly meant."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding
from .distribution import mean_ms
from .queue import Queue
from .words import time_in_words

_MOST_RAISED = 3
"""Times the stated rate of re-contacts; beyond, the elasticity is hardly meant."""
_MOST_DEFLECTED = 0.9
"""Share of first contacts beyond which hardly any queue is left."""


def queue_doubts(queue: Queue) -> Iterator[Finding]:
    """The doubts about one queue, placed from it."""
    yield from _transfer(queue)
    yield from _repeats(queue)
    yield from _pressure(queue)
    yield from _always(queue)
    shares = [dated.share for dated in queue.deflection.share] if queue.deflection is not None else []
    if max(shares, default=0.0) > _MOST_DEFLECTED:
        yield Finding(
            ("deflection", "share"), f"takes {100 * max(shares):.4g} % of the first contacts away; hardly any are left"
        )


def _transfer(queue: Queue) -> Iterator[Finding]:
    """Who can't solve a matter usually sees it sooner than others solve theirs."""
    if queue.transfer is None:
        return
    after, handling = mean_ms(queue.transfer.after), mean_ms(queue.handle_time)
    if after > handling:
        yield Finding(
            ("transfer", "after"),
            f"{time_in_words(after)} on average is longer than the handle time of contacts that are solved, "
            f"{time_in_words(handling)}; it is the first agent's time alone",
        )


def _pressure(queue: Queue) -> Iterator[Finding]:
    """An elasticity that makes nearly everybody come back, or many times as many."""
    if queue.pressure is None or queue.recontact is None or not queue.recontact.probability:
        return
    stated, raised = queue.recontact.probability, queue.recontact_probability
    if raised == 1 > stated or raised > _MOST_RAISED * stated:
        yield Finding(
            ("pressure", "elasticity"),
            f"raises re-contacts from {100 * stated:.3g} % to {100 * raised:.3g} % of the served; check it and the "
            "change of the handle time",
        )


def _always(queue: Queue) -> Iterator[Finding]:
    """Targets that a single contact misses."""
    targets = queue.targets
    for field, promise in (("service_level", targets.service_level), ("response", targets.response)):
        if promise is not None and promise.share == 1:
            told = f"is missed by any contact that isn't taken within {time_in_words(promise.within_ms)}"
            yield Finding(("targets", field), f"{told}; promise less than 100 %, unless that is meant")
    if targets.answer_rate == 1 and queue.patience is not None:
        yield Finding(
            ("targets", "answer_rate"),
            "is missed by anyone who gives up; promise less than 100 %, unless that is meant",
        )


def _repeats(queue: Queue) -> Iterator[Finding]:
    recontact, redial = queue.recontact, queue.redial
    if recontact is not None and recontact.within is not None and recontact.after is not None:
        after = mean_ms(recontact.after)
        if after > recontact.within:
            yield Finding(
                ("recontact", "after"),
                f"{time_in_words(after)} on average is longer than within, {time_in_words(recontact.within)}: all "
                "who come back do so within it, so most delays would be cut",
            )
    if redial is not None and redial.probability == 1 and redial.attempts is None:
        yield Finding(
            ("redial",), "everybody who gives up tries again, without end: nobody is ever lost; give attempts a number"
        )
