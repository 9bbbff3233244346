"""Attempts in the single pool before their fate is known: their slots, and what they need drawn (compiled)."""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part, stay_apart
from ..common.streams import BLOCK_AFTER, BLOCK_MORE, BLOCK_OFFER, duration_ms, uniform, words_in_loop
from .contract import DAY_MS, NOBODY
from .live import attempt_words
from .opening import NEVER_MS
from .packed import AFTER_CALL, HANDLE
from .results import FIRST, contact_number
from .single_pool_emails import join_line
from .single_pool_state import AHEAD, AHEAD_MASK
from .state import POOL_FULL

_number_of = inlined(contact_number)


@inlined
def take_slot(st):
    """A slot that nobody uses; slot 0 and a failure noted if there is none (the run is then given up)."""
    run = st.run[0]
    if run.n_spare > 0:
        run.n_spare -= 1
        return np.int64(st.spare[run.n_spare])
    if run.n_used == st.pool.size:
        run.failure = POOL_FULL
        return np.int64(0)
    run.n_used += 1
    return run.n_used - 1


@inlined
def give_slot(st, slot):
    """The slot is spare again."""
    run = st.run[0]
    st.spare[run.n_spare] = slot
    run.n_spare += 1


@inlined
def upcoming(st, q):
    """The queue's next first attempt."""
    return st.ahead[q * AHEAD + (st.queue[q].next_row & AHEAD_MASK)]


@kernel_part
def draw_ahead(inp, key, arrivals, st, q, day, row, end_row):
    """Fill in the queue's first attempts of the day from ``row`` on, AHEAD of them at most.

    Many at a time and one thing after the other: simple loops that run several contacts in step.
    """
    stay_apart()
    rules, stage = inp.queue[q], inp.stages[0, q]
    until = min(row + AHEAD, end_row)
    ahead = st.ahead[q * AHEAD : (q + 1) * AHEAD]
    absolute_day = inp.first_day + day
    factor = stage.handle_factor
    for i in range(row, until):
        held = ahead[i & AHEAD_MASK]
        held.number = _number_of(absolute_day, q, np.int64(arrivals.k[q, i]))
        held.offered_ms = day * DAY_MS + arrivals.at_ms[q, i]
        word = np.uint64(arrivals.handle_word[q, i])
        held.handle_ms = duration_ms(inp.tables[HANDLE, q], word, inp.tick_ms, factor)
        held.patience_word = arrivals.patience_word[q, i]
        held.balk_word = arrivals.balk_word[q, i]
    if rules.has_after_call:
        for i in range(row, until):
            words = words_in_loop(key, arrivals.k[q, i], absolute_day, rules.stream, 0, BLOCK_MORE)
            ahead[i & AHEAD_MASK].after_call_ms = duration_ms(inp.tables[AFTER_CALL, q], words[3], inp.tick_ms, 1.0)
    if rules.recontact > 0.0:
        share = rules.recontact * stage.recontact_factor
        for i in range(row, until):
            words = words_in_loop(key, arrivals.k[q, i], absolute_day, rules.stream, 0, BLOCK_AFTER)
            ahead[i & AHEAD_MASK].returns = uniform(words[2]) < share
            ahead[i & AHEAD_MASK].return_word = words[3]


@inlined
def to_next_arrival(inp, key, st, arrivals, count, q, day):
    """The queue's ``next_row`` has moved on: note when its next first arrival of the day comes."""
    queue = st.queue[q]
    queue.next_ms = NEVER_MS
    if queue.next_row < count:
        if queue.next_row & AHEAD_MASK == 0:
            draw_ahead(inp, key, arrivals, st, q, day, queue.next_row, count)
        queue.next_ms = upcoming(st, q).offered_ms


@kernel_part
def draw_attempt(inp, key, held):
    """Fill in a later attempt, whose contact, number of attempt and queue are known."""
    q = held.queue
    rules, stage = inp.queue[q], inp.stages[0, q]
    _, handle_word, held.patience_word, held.balk_word = attempt_words(inp, key, held.number, held.attempt, BLOCK_OFFER)
    held.handle_ms = duration_ms(inp.tables[HANDLE, q], handle_word, inp.tick_ms, stage.handle_factor)
    held.after_call_ms = 0
    held.returns = 0
    if rules.has_after_call:
        word = attempt_words(inp, key, held.number, held.attempt, BLOCK_MORE)[3]
        held.after_call_ms = duration_ms(inp.tables[AFTER_CALL, q], word, inp.tick_ms, 1.0)
    if rules.recontact > 0.0:
        _, _, decision, held.return_word = attempt_words(inp, key, held.number, held.attempt, BLOCK_AFTER)
        held.returns = uniform(decision) < rules.recontact * stage.recontact_factor


@kernel_part
def offer_backlog(inp, key, st):
    """Emails that wait at time 0."""
    for q in range(st.queue.size):
        for k in range(inp.queue[q].backlog):
            slot = take_slot(st)
            if st.run[0].failure != 0:
                return
            held = st.pool[slot]
            held.number = _number_of(inp.first_day - 1, q, k)
            held.queue = q
            held.attempt = 0
            held.reason = FIRST
            held.came_back = 0
            held.served_by = NOBODY
            held.owed_ms = 0
            held.redials = 0
            held.offered_ms = 0
            held.clock_ms = 0
            held.interval = -1
            draw_attempt(inp, key, held)
            join_line(inp, key, st, slot)
