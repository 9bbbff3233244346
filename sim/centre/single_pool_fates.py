"""What becomes of an attempt in the single pool once its fate is known: service, follow-up, figures (compiled)."""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part
from ..common.streams import BLOCK_AFTER, BLOCK_MORE, BLOCK_OFFER, duration_ms, uniform
from .columns import WAITING_MS
from .contract import DAY_MS, NOBODY
from .heaps import pack, push_contact
from .live import attempt_words
from .opening import NEVER_MS, is_open, next_opening_ms, open_clock_ms, segment_at
from .packed import LATE_DELAY, RECONTACT_DELAY, REDIAL_DELAY
from .results import (
    BUSY,
    LATE_EMAIL,
    NO_FOLLOW_UP,
    RECONTACT,
    REDIAL,
    REDIAL_LOST,
    SERVED,
    UNRESOLVED,
    WAITING_SPELL,
)
from .single_pool_agents import FINISHES, key_of, set_key
from .single_pool_attempts import take_slot
from .single_pool_counts import (
    book_waiting,
    count_served,
    count_unserved,
    interval_end_ms,
    log_attempt,
    log_spell,
    satisfaction_ppm,
    tell,
)
from .single_pool_decisions import hold_trunk
from .single_pool_state import BEGUN


@inlined
def _follow_up_of(inp, key, held, fate, left_ms, end_ms):
    """(reason, queue, moment) of the attempt that should follow; NO_FOLLOW_UP if none does."""
    q = held.queue
    rules = inp.queue[q]
    reason, target, due_ms = np.int64(NO_FOLLOW_UP), q, NEVER_MS
    if fate == SERVED:
        if held.returns:
            share = uniform(attempt_words(inp, key, held.number, held.attempt, BLOCK_MORE)[0])
            target = np.int64(0)
            while inp.recontact_to[q, target] < share:
                target += 1
            due_ms = end_ms + duration_ms(inp.tables[RECONTACT_DELAY, q], np.uint64(held.return_word), inp.tick_ms, 1.0)
            reason = np.int64(RECONTACT)
    elif fate == UNRESOLVED:
        pass
    elif rules.is_email:
        delay = attempt_words(inp, key, held.number, held.attempt, BLOCK_MORE)[2]
        target = rules.late_to_call_queue
        due_ms = left_ms + duration_ms(inp.tables[LATE_DELAY, q], delay, inp.tick_ms, 1.0)
        reason = np.int64(LATE_EMAIL)
    elif rules.redial > 0.0 and (rules.redial_attempts < 0 or held.redials < rules.redial_attempts):
        decision, delay, _, _ = attempt_words(inp, key, held.number, held.attempt, BLOCK_AFTER)
        if uniform(decision) < rules.redial:
            due_ms = left_ms + duration_ms(inp.tables[REDIAL_DELAY, q], delay, inp.tick_ms, 1.0)
            reason = np.int64(REDIAL)
    return reason, target, due_ms


@kernel_part
def _come_back(inp, key, st, held, reason, q, due_ms, served_by):
    """Put the contact's next attempt on the agenda; its reason, or REDIAL_LOST."""
    if inp.queue[q].is_email == 0:
        segment = segment_at(inp.segments, inp.queue[q].last_segment, due_ms, st.queue[q].segment)
        if not is_open(inp.segments, inp.queue[q].last_segment, due_ms, segment):
            if reason == REDIAL:
                return np.int64(REDIAL_LOST)
            word = attempt_words(inp, key, held.number, held.attempt + 1, BLOCK_OFFER)[0]
            due_ms = next_opening_ms(inp, q, due_ms, word, segment)
    if due_ms < inp.days * DAY_MS:
        run = st.run[0]
        slot = take_slot(st)
        if run.failure == 0:
            following = st.pool[slot]
            following.number = held.number
            following.attempt = held.attempt + 1
            following.queue = q
            following.reason = reason
            following.served_by = served_by
            following.owed_ms = inp.queue[held.queue].re_explain_ms if reason == RECONTACT else held.owed_ms
            following.redials = held.redials + 1 if reason == REDIAL else 0
            following.came_back = held.came_back if reason == REDIAL else 1
            run.n_follow_ups = push_contact(st.pool, st.follow_ups, run.n_follow_ups, pack(due_ms, slot))
    return reason


@inlined
def _response_ms(inp, st, held, end_ms):
    """An email's response on its queue's clock; 0 for a call."""
    rules = inp.queue[held.queue]
    if rules.is_email == 0:
        return np.int64(0)
    if rules.elapsed_clock:
        return end_ms - held.offered_ms
    segment = st.queue[held.queue].segment
    return open_clock_ms(inp.segments, rules.first_segment, rules.last_segment, end_ms, segment) - held.clock_ms


@kernel_part
def settle(inp, key, st, out, held, fate, agent, left_ms):
    """The attempt's wait is over: served by the agent from ``left_ms`` on, given up then, or never resolved (NEVER_MS).

    Its whole future is known here and counted.
    """
    q, interval = held.queue, np.int64(held.interval)
    wait_ms = left_ms - held.offered_ms
    # 1. The agent's work.
    re_explain, end, free = np.int64(0), np.int64(-1), np.int64(-1)
    served_by = np.int64(held.served_by)
    if fate == SERVED:
        if served_by != NOBODY and served_by != agent:
            re_explain = held.owed_ms
        end = left_ms + held.handle_ms + re_explain
        free = end + held.after_call_ms
        set_key(st, agent, key_of(st, free, FINISHES, agent))
        served_by = agent
        tell(inp, st, out, BEGUN, left_ms)
        if inp.queue[q].trunks >= 0:
            hold_trunk(st, q, end, 0)
    # 2. What follows.
    follow_up, target, due_ms = _follow_up_of(inp, key, held, fate, left_ms, end)
    if follow_up != NO_FOLLOW_UP:
        follow_up = _come_back(inp, key, st, held, follow_up, target, due_ms, served_by)
    # 3. Figures.
    if wait_ms > 0:
        if interval >= 0 and left_ms < interval_end_ms(inp, interval):
            out.queues[q, interval, WAITING_MS] += wait_ms
        else:
            book_waiting(inp, out.queues[q], held.offered_ms, left_ms)
    ppm = np.int64(-1)
    if fate == SERVED:
        response_ms = _response_ms(inp, st, held, end)
        if inp.choice[q].rated:
            waited_ms = response_ms if inp.queue[q].is_email else wait_ms
            ppm = satisfaction_ppm(inp, q, waited_ms, np.int64(held.came_back))
        if interval >= 0:
            count_served(inp, out, held, wait_ms, free - left_ms, re_explain, response_ms, ppm)
    elif interval >= 0:
        count_unserved(inp, out, held, fate, wait_ms, follow_up)
    # 4. Records.
    if out.log.size + out.spells.size > 0:
        log_attempt(inp, key, st, out, held, fate, left_ms, end, free, agent, re_explain, follow_up, ppm)
        if wait_ms > 0:
            log_spell(st, out, WAITING_SPELL, q, held.offered_ms, left_ms, held.offered_ms)
        if fate == SERVED:
            log_spell(st, out, BUSY, agent, left_ms, free, NOBODY)
