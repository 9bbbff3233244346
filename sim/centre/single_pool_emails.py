"""Emails of the single pool: they wait while agents are scarce, and some senders give up for a call (compiled)."""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part
from ..common.streams import BLOCK_MORE, uniform
from .contract import DAY_MS, NOBODY
from .live import attempt_words
from .opening import NEVER_MS, moment_of_clock


@kernel_part
def _gives_up_ms(inp, key, held, segment):
    """When the sender of a waiting email gives it up for a call; NEVER_MS if at no moment before the run ends."""
    rules = inp.queue[held.queue]
    moment = NEVER_MS
    if rules.late_to_call > 0.0:
        word = attempt_words(inp, key, held.number, held.attempt, BLOCK_MORE)[1]
        if uniform(word) < rules.late_to_call:
            late = rules.threshold_ms + inp.tick_ms
            if rules.elapsed_clock:
                moment = held.offered_ms + late
            else:
                moment = moment_of_clock(inp.segments, rules.last_segment, held.clock_ms + late, segment)
    return moment if moment < inp.days * DAY_MS else NEVER_MS


@kernel_part
def join_line(inp, key, st, slot):
    """The email in the slot waits, at the end of its queue's line."""
    run, pool = st.run[0], st.pool
    held = pool[slot]
    queue = st.queue[held.queue]
    held.gives_up_ms = _gives_up_ms(inp, key, held, queue.segment)
    held.sequence = run.sequence
    run.sequence += 1
    held.next = NOBODY
    held.previous = queue.tail
    if queue.tail == NOBODY:
        queue.head = slot
    else:
        pool[queue.tail].next = slot
    queue.tail = slot
    queue.n_waiting += 1
    # Senders give up in the order of the line: who came earlier is late earlier.
    if held.gives_up_ms < NEVER_MS and queue.first_to_give_up == NOBODY:
        queue.first_to_give_up = slot
    run.waiting_emails += 1
    run.undecided += held.offered_ms < inp.horizon_end_ms
    run.look_from_ms = 0


@kernel_part
def leave_line(inp, st, slot):
    """The email in the slot waits no longer."""
    run, pool = st.run[0], st.pool
    held = pool[slot]
    queue = st.queue[held.queue]
    if queue.first_to_give_up == slot:
        other = np.int64(held.next)
        while other != NOBODY and pool[other].gives_up_ms == NEVER_MS:
            other = np.int64(pool[other].next)
        queue.first_to_give_up = other
    if held.previous == NOBODY:
        queue.head = held.next
    else:
        pool[held.previous].next = held.next
    if held.next == NOBODY:
        queue.tail = held.previous
    else:
        pool[held.next].previous = held.previous
    queue.n_waiting -= 1
    run.waiting_emails -= 1
    run.undecided -= held.offered_ms < inp.horizon_end_ms


@inlined
def next_email(inp, st):
    """Slot of the email that the idle agents in the ring may start next; NOBODY if none."""
    best = np.int64(NOBODY)
    best_rank = np.int64(0)
    for q in range(st.queue.size):
        taking = inp.taking[0, q]
        if st.queue[q].n_waiting == 0 or taking.reserve >= st.run[0].n_idle:
            continue
        head, rank = st.queue[q].head, taking.rank
        first = best == NOBODY or rank < best_rank
        if first or (rank == best_rank and st.pool[head].sequence < st.pool[best].sequence):
            best, best_rank = head, rank
    return best


@inlined
def next_to_give_up(st):
    """(moment, slot) of the waiting email that is given up first; (NEVER_MS, NOBODY) if none."""
    moment, first = NEVER_MS, np.int64(NOBODY)
    for q in range(st.queue.size):
        slot = st.queue[q].first_to_give_up
        if slot != NOBODY and st.pool[slot].gives_up_ms < moment:
            moment, first = st.pool[slot].gives_up_ms, slot
    return moment, first
