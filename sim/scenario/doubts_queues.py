"""Fields of one queue, each of them usual, that together say what is hardly meant."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding
from .distribution import mean_ms
from .queue import Queue
from .words import time_in_words

_MOST_DEFLECTED = 0.9
"""Share of first contacts beyond which hardly any queue is left."""


def queue_doubts(queue: Queue) -> Iterator[Finding]:
    """The doubts about one queue, placed from it."""
    yield from _transfer(queue)
    yield from _repeats(queue)
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
