"""Running the compiled kernel: memory for it, one cached compilation, more room when a run needs it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from ..common import arrival_times, by_reference, compiling, histogram, kernel_compiler, streams
from ..common.arrival_times import day_arrivals
from ..common.streams import random_key
from . import (
    agents,
    booking,
    columns,
    contract,
    fates,
    heaps,
    in_hand,
    kernel,
    lists,
    live,
    matching,
    offering,
    opening,
    packed,
    profiles,
    results,
    routing,
    service,
    state,
    steps,
)
from .contract import CompiledCentre, Int64
from .kernel import event_loop
from .packed import pack
from .profiles import Profile
from .results import IntervalCounts, Replication
from .state import FINE, LOG_FULL, N_LOG, N_SPELLS, new_output, new_state

_COMPILED_MODULES = (
    arrival_times,
    by_reference,
    compiling,
    histogram,
    kernel_compiler,
    streams,
    agents,
    booking,
    columns,
    contract,
    fates,
    heaps,
    in_hand,
    kernel,
    lists,
    live,
    matching,
    offering,
    opening,
    packed,
    profiles,
    results,
    routing,
    service,
    state,
    steps,
)


def _source_fingerprint() -> str:
    digest = hashlib.sha256()
    for module in _COMPILED_MODULES:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()


_run_kernel = event_loop(_source_fingerprint())


class FastEngine:
    """The kernel for one compiled centre; remembers how much room its runs needed."""

    def __init__(self, compiled: CompiledCentre, profile: Profile | None = None) -> None:
        """``profile`` asks for another kernel than the simplest that the centre allows."""
        self._compiled = compiled
        self._packed = pack(compiled, profile)
        self._slots = 1024
        self._rows = 4096

    def run(
        self, seed: int, replication: int, counts: Int64, *, log: bool = False, spells: bool = False
    ) -> Replication:
        """One replication with ``counts`` (Q, D) first contacts; with its log, and its spells, if asked."""
        compiled = self._compiled
        engine = compiled.engine
        key = random_key(seed, replication)
        buffers = day_arrivals(counts.shape[0], max(int(counts.max(initial=0)), 1))
        while True:
            rows = (self._rows if log else 0, self._rows if spells else 0)
            st = new_state(engine, self._slots)
            out = new_output(engine, compiled.intervals, len(compiled.period_labels), *rows)
            outcome = _run_kernel(self._packed, key, counts, buffers, st, out)
            if outcome == FINE:
                break
            if outcome == LOG_FULL:
                self._rows *= 2
            else:
                self._slots *= 2
        return Replication(
            replication,
            IntervalCounts(out.contacts, out.queues, out.teams, out.services, out.waits, out.responses),
            _sorted_log(out.log[: st.scalars[N_LOG]]) if log else None,
            _sorted_spells(out.spells[: st.scalars[N_SPELLS]], engine.clock.horizon_end_ms) if spells else None,
        )


def _sorted_log(entries: np.ndarray) -> np.ndarray:
    """By (contact, attempt)."""
    return entries[np.lexsort((entries["attempt"], entries["contact"]))]


def _sorted_spells(spells: np.ndarray, end_ms: int) -> np.ndarray:
    """By all columns, cut at the horizon's end."""
    spells = spells[spells["from_ms"] < end_ms]
    spells["to_ms"] = np.minimum(spells["to_ms"], end_ms)
    return spells[np.lexsort([spells[name] for name in reversed(spells.dtype.names or ())])]


def compile_kernel(compiled: CompiledCentre) -> None:
    """Compile the kernel that the centre needs, or load it from numba's cache, by a run of no contacts."""
    nothing = pack(compiled)._replace(days=0)
    counts = np.zeros((nothing.queue.size, 0), np.int64)
    out = new_output(compiled.engine, compiled.intervals, len(compiled.period_labels), 0, 0)
    _run_kernel(
        nothing, random_key(0, 0), counts, day_arrivals(counts.shape[0], 1), new_state(compiled.engine, 64), out
    )
