"""Running compiled code: the kernel or the recursion, memory for it, a cached compilation, more room when needed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from ..common.arrival_times import day_arrivals
from ..common.streams import random_key
from .contract import CompiledCentre, DrawnStaff, EngineInput, Int64
from .kernel import event_loop
from .packed import Packed, pack, with_staff
from .profiles import Full, Kernel, SinglePool
from .results import IntervalCounts, Replication
from .single_pool import single_pool_loop
from .single_pool_state import SinglePoolState, new_single_pool
from .state import CONTACT_DTYPE, FINE, LOG_FULL, ROUTED_CONTACT_DTYPE, State, new_output, new_state

COMPILED_MODULES = {
    "common": "arrival_times by_reference compiling histogram kernel_compiler streams",
    "centre": "agents booking columns contract duties fates heaps in_hand kernel lists live matching offering opening "
    "packed profiles records results rosters routing service single_pool single_pool_agents single_pool_attempts "
    "single_pool_counts single_pool_decisions single_pool_emails single_pool_fates single_pool_state "
    "single_pool_stretch state steps",
}
"""By package, all that compiled code is made from; constants that it reads included."""


def _source_fingerprint() -> str:
    digest = hashlib.sha256()
    for package, modules in COMPILED_MODULES.items():
        for module in modules.split():
            digest.update((Path(__file__).parents[1] / package / f"{module}.py").read_bytes())
    return digest.hexdigest()


FIRST_SLOTS = 1 << 15
"""Enough for most centres: what isn't used costs nothing, as the system gives memory when it is first touched."""
FIRST_ROWS = 4096

_FINGERPRINT = _source_fingerprint()
_run_kernel, _run_single_pool = event_loop(_FINGERPRINT), single_pool_loop(_FINGERPRINT)


def _code_for(packed: Packed) -> tuple[Callable[..., int], Callable[[EngineInput, int], State | SinglePoolState]]:
    """The compiled loop for the centre's profile, and what makes its memory."""
    if isinstance(packed.profile, SinglePool):
        return _run_single_pool, new_single_pool
    contact_dtype = CONTACT_DTYPE if isinstance(packed.profile, Full) else ROUTED_CONTACT_DTYPE
    return _run_kernel, partial(new_state, contact_dtype=contact_dtype)


class FastEngine:
    """The compiled code for one centre; remembers how much room its runs needed."""

    def __init__(self, compiled: CompiledCentre, profile: Kernel | None = None) -> None:
        """``profile`` asks for a kernel, and so for more than the simplest code that the centre allows."""
        self._compiled = compiled
        self._packed = pack(compiled, profile)
        self._loop, self._new_state = _code_for(self._packed)
        self._slots = FIRST_SLOTS
        self._rows = FIRST_ROWS

    def run(
        self,
        seed: int,
        replication: int,
        counts: Int64,
        own: DrawnStaff | None = None,
        *,
        log: bool = False,
        spells: bool = False,
    ) -> Replication:
        """One replication with ``counts`` (Q, D) first contacts; with its log, and its spells, if asked.

        It has the centre's staff unless it has its ``own``.
        """
        compiled, engine, packed = self._compiled, self._compiled.engine, self._packed
        if own is not None:
            engine = engine._replace(staff=own.staff)
            packed = with_staff(packed, engine)
        key = random_key(seed, replication)
        buffers = day_arrivals(counts.shape[0], max(int(counts.max(initial=0)), 1))
        while True:
            rows = (self._rows if log else 0, self._rows if spells else 0)
            st = self._new_state(engine, self._slots)
            out = new_output(engine, compiled.intervals, len(compiled.period_labels), *rows)
            outcome = self._loop(packed, key, counts, buffers, st, out)
            if outcome == FINE:
                break
            if outcome == LOG_FULL:
                self._rows *= 2
            else:
                self._slots *= 2
        log_rows, spell_rows = st.written()
        return Replication(
            replication,
            IntervalCounts(out.contacts, out.queues, out.teams, out.services, out.waits, out.responses),
            _sorted_log(out.log[:log_rows]) if log else None,
            _sorted_spells(out.spells[:spell_rows], engine.clock.horizon_end_ms) if spells else None,
            *(own or ()),
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
    """Compile the code that the centre needs, or load it from numba's cache, by a run of no contacts."""
    nothing = pack(compiled)._replace(days=0)
    counts = np.zeros((nothing.queue.size, 0), np.int64)
    out = new_output(compiled.engine, compiled.intervals, len(compiled.period_labels), 0, 0)
    loop, new_memory = _code_for(nothing)
    loop(nothing, random_key(0, 0), counts, day_arrivals(counts.shape[0], 1), new_memory(compiled.engine, 64), out)
