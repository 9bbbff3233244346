"""What becomes of a contact: offered, served, given up, coming back (compiled).

Statistics are counted here, at the moment when the fate of an attempt is known.
"""

from __future__ import annotations

import numpy as np

from ..common.compiling import compiled, inlined
from ..common.histogram import bin_of
from ..common.streams import BLOCK_AFTER, BLOCK_MORE, BLOCK_OFFER, duration_ms, uniform
from .booking import book_busy
from .columns import (
    ABANDONED_COUNT,
    ABANDONED_SHORT,
    ABANDONED_WITHIN,
    BLOCKED_COUNT,
    BUSY_MS,
    HANDLE_MS,
    LOST,
    OFFERED_BY_REASON,
    RE_EXPLAIN_MS,
    REDIALS_LOST,
    RESPONDED_WITHIN,
    RESPONSE_MS,
    SERVED_AT_ONCE,
    SERVED_COUNT,
    SERVED_WITHIN,
    WAIT_ABANDONED_MS,
    WAIT_LONGEST_MS,
    WAIT_SERVED_MS,
)
from .contract import DAY_MS, NOBODY
from .heaps import pack, push, push_contact
from .live import attempt_words, clock_at, drop, follow_opening, join_queue, leave_queue, take_slot
from .opening import NEVER_MS, is_open, moment_of_clock, next_opening_ms, segment_at
from .packed import AFTER_CALL, HANDLE, LATE_DELAY, PATIENCE, RECONTACT_DELAY, REDIAL_DELAY
from .results import ABANDONED, BLOCKED, LATE_EMAIL, NO_FOLLOW_UP, RECONTACT, REDIAL, REDIAL_LOST, SERVED
from .state import FAILURE, INTERVAL, INTERVAL_END_MS, LOG_FULL, N_FOLLOW_UPS, N_FREE, N_LOG, N_TIMERS, TO_COME


@compiled
def log_attempt(st, out, slot, fate, left_ms, end_ms, free_ms, agent, re_explain_ms, follow_up):
    """A row of the log for the attempt in the slot."""
    row = st.scalars[N_LOG]
    if row >= out.log.size:
        st.scalars[FAILURE] = LOG_FULL
        return
    contact = st.pool[slot]
    entry = out.log[row]
    entry.contact = contact.number
    entry.attempt = contact.attempt
    entry.queue = contact.queue
    entry.reason = contact.reason
    entry.fate = fate
    entry.counted = contact.interval >= 0
    entry.offered_ms = contact.offered_ms
    entry.left_queue_ms = left_ms
    entry.end_ms = end_ms
    entry.free_ms = free_ms
    entry.agent = agent
    entry.re_explain_ms = re_explain_ms
    entry.follow_up = follow_up
    st.scalars[N_LOG] = row + 1


@compiled
def come_back(inp, key, st, slot, reason, queue, due_ms, served_by):
    """Put the next attempt of the slot's contact on the agenda; what it is: its reason, or REDIAL_LOST."""
    contact = st.pool[slot]
    number, attempt = contact.number, contact.attempt + 1
    if not inp.queue[queue].is_email:
        if reason == REDIAL:
            last = inp.queue[queue].last_segment
            segment = segment_at(inp.segments, last, due_ms, st.queue[queue].segment)
            if not is_open(inp.segments, last, due_ms, segment):
                return REDIAL_LOST
        else:
            word, _, _, _ = attempt_words(inp, key, number, attempt, BLOCK_OFFER)
            due_ms = next_opening_ms(inp, queue, due_ms, word, st.queue[queue].segment)
    if due_ms >= inp.days * DAY_MS:
        return reason
    redials = contact.redials + 1 if reason == REDIAL else 0
    new = take_slot(st)
    if st.scalars[FAILURE] != 0:
        return reason
    follow_up = st.pool[new]
    follow_up.number = number
    follow_up.attempt = attempt
    follow_up.queue = queue
    follow_up.reason = reason
    follow_up.served_by = served_by
    follow_up.redials = redials
    follow_up.state = TO_COME
    st.scalars[N_FOLLOW_UPS] = push_contact(st.pool, st.follow_ups, st.scalars[N_FOLLOW_UPS], pack(due_ms, new))
    return reason


@compiled
def end_unserved(inp, key, st, out, slot, fate, now):
    """Abandoned or blocked: count, log, redial or (emails) call. The contact is out of its queue already."""
    contact = st.pool[slot]
    queue = contact.queue
    follow_up = NO_FOLLOW_UP
    if inp.queue[queue].is_email:
        _, _, word, _ = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
        due_ms = now + duration_ms(inp.tables[LATE_DELAY, queue], word, inp.tick_ms)
        target = inp.queue[queue].late_to_call_queue
        follow_up = come_back(inp, key, st, slot, LATE_EMAIL, target, due_ms, contact.served_by)
    elif inp.queue[queue].redial > 0.0:
        decision, delay, _, _ = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_AFTER)
        may = inp.queue[queue].redial_attempts < 0 or contact.redials < inp.queue[queue].redial_attempts
        if may and uniform(decision) < inp.queue[queue].redial:
            due_ms = now + duration_ms(inp.tables[REDIAL_DELAY, queue], delay, inp.tick_ms)
            follow_up = come_back(inp, key, st, slot, REDIAL, queue, due_ms, contact.served_by)
    if inp.queue[queue].trunks >= 0 and fate == ABANDONED:
        st.queue[queue].lines -= 1
    interval = contact.interval
    if interval >= 0:
        row = out.contacts[queue, interval]
        row[OFFERED_BY_REASON + contact.reason] += 1
        if fate == BLOCKED:
            row[BLOCKED_COUNT] += 1
        else:
            wait = now - contact.offered_ms
            row[ABANDONED_COUNT] += 1
            row[ABANDONED_WITHIN] += wait <= inp.queue[queue].threshold_ms
            row[ABANDONED_SHORT] += wait <= inp.queue[queue].short_abandon_ms
            row[WAIT_ABANDONED_MS] += wait
            row[WAIT_LONGEST_MS] = max(row[WAIT_LONGEST_MS], wait)
        row[REDIALS_LOST] += follow_up == REDIAL_LOST
        row[LOST] += follow_up <= 0
    if out.log.size > 0 and contact.before_end:
        log_attempt(st, out, slot, fate, now, -1, -1, NOBODY, 0, follow_up)
    drop(st, slot)


@inlined
def start_service(inp, key, st, out, team, agent, slot, now):
    """An idle agent takes the contact at the head of a queue: its whole future is known and counted here."""
    leave_queue(st, out, slot, now)
    contact = st.pool[slot]
    queue = contact.queue
    tick = inp.tick_ms
    re_explain = np.int64(0)
    if contact.served_by != NOBODY and contact.served_by != agent:
        re_explain = inp.queue[queue].re_explain_ms
    end = now + duration_ms(inp.tables[HANDLE, queue], contact.handle_word, tick) + re_explain
    free = end
    if inp.queue[queue].has_after_call:
        _, _, _, word = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
        free += duration_ms(inp.tables[AFTER_CALL, queue], word, tick)

    # The agent's agenda; with a trunk limit the line is given back before the wrap-up.
    st.agent[agent].line_of = NOBODY
    next_step = free
    if inp.queue[queue].trunks >= 0:
        st.agent[agent].line_of = queue
        st.agent[agent].wrapped_ms = free
        next_step = end
    st.scalars[N_FREE] = push(st.free, st.scalars[N_FREE], pack(next_step, agent))
    st.team[team].n_busy += 1
    if st.scalars[INTERVAL] >= 0 and free <= st.scalars[INTERVAL_END_MS]:
        out.teams[team, st.scalars[INTERVAL], BUSY_MS] += free - now
    else:
        book_busy(inp, out, team, now, free)

    follow_up = NO_FOLLOW_UP
    if inp.queue[queue].recontact > 0.0:
        _, _, decision, delay = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_AFTER)
        if uniform(decision) < inp.queue[queue].recontact:
            word, _, _, _ = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
            target = 0
            while inp.recontact_to[queue, target] < uniform(word):
                target += 1
            due_ms = end + duration_ms(inp.tables[RECONTACT_DELAY, queue], delay, tick)
            follow_up = come_back(inp, key, st, slot, RECONTACT, target, due_ms, agent)

    interval = contact.interval
    if interval >= 0:
        wait = now - contact.offered_ms
        row = out.contacts[queue, interval]
        row[OFFERED_BY_REASON + contact.reason] += 1
        row[SERVED_COUNT] += 1
        row[SERVED_WITHIN] += wait <= inp.queue[queue].threshold_ms
        row[SERVED_AT_ONCE] += wait == 0
        row[WAIT_SERVED_MS] += wait
        row[WAIT_LONGEST_MS] = max(row[WAIT_LONGEST_MS], wait)
        row[HANDLE_MS] += free - now
        row[RE_EXPLAIN_MS] += re_explain
        out.waits[queue, inp.period[interval], bin_of(wait)] += 1
        if inp.queue[queue].is_email:
            response = end - contact.offered_ms
            if not inp.queue[queue].elapsed_clock:
                response = clock_at(inp, st, queue, end) - contact.clock_ms
            row[RESPONSE_MS] += response
            row[RESPONDED_WITHIN] += response <= inp.queue[queue].threshold_ms
            out.responses[queue, inp.period[interval], bin_of(response)] += 1
    if out.log.size > 0 and contact.before_end:
        log_attempt(st, out, slot, SERVED, now, end, free, agent, re_explain, follow_up)
    drop(st, slot)


@inlined
def offer(inp, st, out, slot, now):
    """The contact knocks: it joins its queue and 1 is returned, or finds no trunk and 0 is returned."""
    contact = st.pool[slot]
    queue = contact.queue
    contact.offered_ms = now
    contact.interval = st.scalars[INTERVAL]
    contact.before_end = now < inp.horizon_end_ms
    contact.has_timer = 0
    if inp.queue[queue].trunks >= 0:
        if st.queue[queue].lines >= inp.queue[queue].trunks:
            return 0
        st.queue[queue].lines += 1
    if inp.queue[queue].is_email:
        follow_opening(inp, st, queue, now)
        contact.clock_ms = clock_at(inp, st, queue, now)
    join_queue(st, out, slot, now)
    return 1


@compiled
def set_timer(inp, key, st, slot, now):
    """Patience of a contact that was not served at once; 1 if it gives up right now (balks), else 0."""
    contact = st.pool[slot]
    queue = contact.queue
    deadline = NEVER_MS
    if inp.queue[queue].is_email:
        if inp.queue[queue].late_to_call > 0.0:
            _, word, _, _ = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
            if uniform(word) < inp.queue[queue].late_to_call:
                late = inp.queue[queue].threshold_ms + inp.tick_ms
                if inp.queue[queue].elapsed_clock:
                    deadline = now + late
                else:
                    last = inp.queue[queue].last_segment
                    deadline = moment_of_clock(inp.segments, last, contact.clock_ms + late, st.queue[queue].segment)
    else:
        if inp.queue[queue].balk > 0.0 and uniform(contact.balk_word) < inp.queue[queue].balk:
            return 1
        if inp.queue[queue].has_patience:
            deadline = now + duration_ms(inp.tables[PATIENCE, queue], contact.patience_word, inp.tick_ms)
    if deadline < inp.days * DAY_MS:
        contact.has_timer = 1
        st.scalars[N_TIMERS] = push_contact(st.pool, st.timers, st.scalars[N_TIMERS], pack(deadline, slot))
    return 0
