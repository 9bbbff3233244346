"""Independent replications on all cores, handed back in their order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def in_order(run: Callable[[int], Result], numbers: Iterable[int], threads: int | None = None) -> Iterator[Result]:
    """``run(number)`` for all numbers, on ``threads`` threads (all cores if None), yielded in the given order.

    Only a few results are ever held, so memory doesn't grow with the number of replications. What ``run`` raises is
    raised here; closing the iterator waits for the runs under way and starts no more.
    """
    threads = threads if threads is not None else os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        waiting = iter(numbers)
        under_way: deque[Future[Result]] = deque()
        try:
            while True:
                while len(under_way) < 2 * threads:
                    number = next(waiting, None)
                    if number is None:
                        break
                    under_way.append(pool.submit(run, number))
                if not under_way:
                    return
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()
