"""From a compiled centre to its replications, by either engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

import numpy as np

from ..common.arrivals import draw_counts
from ..common.replicate import in_order
from ..common.streams import day_uniforms
from .contract import CompiledCentre, DrawnStaff, Int64
from .results import Replication

Engine = Literal["fast", "reference"]


def first_contacts(compiled: CompiledCentre, seed: int, replication: int) -> Int64:
    """Number of first contacts per queue and day of one replication, shape (Q, D)."""
    clock = compiled.engine.clock

    def uniforms(stream: str) -> np.ndarray:
        return day_uniforms(seed, replication, stream, clock.first_day, clock.days)

    return draw_counts(
        compiled.volume,
        np.array([uniforms(f"{name}/volume") for name in compiled.queue_names]),
        uniforms("/busyness"),
        np.array([uniforms(f"{name}/busyness") for name in compiled.queue_names]),
    )


def with_own_staff(compiled: CompiledCentre, own: DrawnStaff) -> CompiledCentre:
    """The centre as one of its replications is staffed."""
    return replace(compiled, engine=compiled.engine._replace(staff=own.staff))


def simulate(
    compiled: CompiledCentre,
    seed: int,
    replications: Iterable[int],
    engine: Engine = "fast",
    *,
    log: bool = False,
    spells: bool = False,
    threads: int | None = None,
) -> Iterator[Replication]:
    """Replications of the given numbers, in their order; with contact log and spells if asked.

    A replication depends on the compiled centre, the seed and its number, and on nothing else: not on the engine, the
    threads, or which other replications run.
    """
    if engine == "reference":
        from .reduce import reduce_log  # the reference engine is rarely used: SimPy is loaded only for it
        from .reference import run_reference

        def run(number: int) -> Replication:
            own = None if compiled.workforce is None else compiled.workforce.draw(seed, number)
            staffed = compiled if own is None else with_own_staff(compiled, own)
            rows, found = run_reference(staffed, seed, number, first_contacts(compiled, seed, number))
            counts = reduce_log(rows, found, staffed)
            return Replication(number, counts, rows if log else None, found if spells else None, *(own or ()))

        threads = 1
    else:
        from .fast import FastEngine

        fast = FastEngine(compiled)

        def run(number: int) -> Replication:
            own = None if compiled.workforce is None else compiled.workforce.draw(seed, number)
            return fast.run(seed, number, first_contacts(compiled, seed, number), own, log=log, spells=spells)

    return in_order(run, replications, threads)
