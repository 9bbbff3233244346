"""Searches over integers for the point at which a verdict flips."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Predicate = Callable[[int], bool]
Answer = TypeVar("Answer")


def fewest(enough: Predicate, start: int, most: int) -> int | None:
    """The least size from 1 to ``most`` that is enough, supposing that all larger ones are; None if ``most`` isn't.

    ``start`` is bracketed both ways with doubling steps, then bisected.
    """
    start = min(max(start, 1), most)
    failing, holding = _bracket(enough, start, most)
    if holding is None:
        return None
    while holding - failing > 1:
        middle = (failing + holding) // 2
        failing, holding = (failing, middle) if enough(middle) else (middle, holding)
    return holding


def walk(enough: Predicate, start: int, most: int) -> int | None:
    """The nearest size to ``start`` that is enough while the one below it isn't; None if ``most`` isn't enough.

    Where chance has let verdicts flip more than once there are several such sizes. 0 counts as not enough.
    """
    size = start
    if enough(size):
        while size > 1 and enough(size - 1):
            size -= 1
        return size
    while size < most:
        size += 1
        if enough(size):
            return size
    return None


def _bracket(enough: Predicate, start: int, most: int) -> tuple[int, int | None]:
    """A size that isn't enough (0: none tried) and a larger one that is, None if ``most`` isn't."""
    step = max(1, start // 50)
    if enough(start):
        holding = start
        while holding > 1:
            below = max(holding - step, 1)
            if not enough(below):
                return below, holding
            holding, step = below, 2 * step
        return 0, holding
    failing = start
    while failing < most:
        above = min(failing + step, most)
        if enough(above):
            return failing, above
        failing, step = above, 2 * step
    return failing, None


def settle_headline(
    answers: list[Answer], headline: Callable[[list[Answer]], int], refine: Callable[[int, Answer], Answer]
) -> None:
    """Refine, in place, the answer that is the headline, and whichever becomes it by that, until a refined one stays.

    ``headline`` gives the index of the answer that is it; ``refine`` is given an index and the answer found there, and
    returns the finer one.
    """
    refined: set[int] = set()
    while (index := headline(answers)) not in refined:
        refined.add(index)
        answers[index] = refine(index, answers[index])
