"""The fast engine: one compiled event loop over a whole horizon (rules: ``docs/engine.md``).

Three ideas carry its speed. First arrivals are drawn a day at a time, already sorted, and never enter a heap. Only
contacts that wait or will come back take a slot of the pool, so memory follows the live contacts. Statistics are
counted where a contact's fate is known, and integrals only where something changes.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from ..common.arrival_times import draw_day
from ..common.histogram import bin_of
from ..common.streams import BLOCK_AFTER, BLOCK_MORE, BLOCK_OFFER, contact_words, duration_ms, uniform
from .contract import (
    ABANDONED,
    BLOCKED,
    CONTACT_COLUMNS,
    DAY_MS,
    DAY_SHIFT,
    FIRST,
    LATE_EMAIL,
    NO_FOLLOW_UP,
    NOBODY,
    QUEUE_SHIFT,
    RECONTACT,
    REDIAL,
    REDIAL_LOST,
    SERVED,
    UNRESOLVED,
)
from .heaps import SUBJECT_BITS, SUBJECT_MASK, pack, pop, pop_contact, push, push_contact
from .opening import NEVER_MS, is_open, moment_of_clock, next_opening_ms, open_clock_ms, segment_at
from .packed import AFTER_CALL, HANDLE, LATE_DELAY, PATIENCE, RECONTACT_DELAY, REDIAL_DELAY
from .state import (
    FAILURE,
    IN_TIMER,
    INTERVAL,
    INTERVAL_END_MS,
    LOG_FULL,
    N_DUTY,
    N_FOLLOW_UPS,
    N_FREE,
    N_LOG,
    N_SPARE,
    N_TIMERS,
    POOL_FULL,
    SEQUENCE,
    SPARE,
    TO_COME,
    UNDECIDED,
    WAITING,
)

(
    _FIRST,
    _REDIAL,
    _RECONTACT,
    _LATE_EMAIL,
    _SERVED,
    _SERVED_WITHIN,
    _SERVED_AT_ONCE,
    _ABANDONED,
    _ABANDONED_WITHIN,
    _ABANDONED_SHORT,
    _BLOCKED,
    _UNRESOLVED,
    _RESPONDED_WITHIN,
    _WAIT_SERVED,
    _WAIT_ABANDONED,
    _WAIT_LONGEST,
    _HANDLE,
    _RE_EXPLAIN,
    _RESPONSE,
    _REDIALS_LOST,
    _LOST,
) = range(len(CONTACT_COLUMNS))
_WAITING_TIME, _WAITING_AT_END, _OLDEST_AT_END = 0, 1, 2
_SCHEDULED, _OVERRUN, _BUSY, _BUSY_AT_END = 0, 1, 2, 3

_LINE_GIVEN_BACK = -2
_K_MASK = (1 << QUEUE_SHIFT) - 1
_QUEUE_MASK = (1 << (DAY_SHIFT - QUEUE_SHIFT)) - 1


# --- the pool of live contacts -----------------------------------------------------------------------------------


@njit(_nrt=False, inline="always")
def _take_slot(st):
    """A spare slot; slot 0 and FAILURE set if there is none (the run is then given up)."""
    n = st.scalars[N_SPARE] - 1
    if n < 0:
        st.scalars[FAILURE] = POOL_FULL
        return np.int64(0)
    st.scalars[N_SPARE] = n
    return np.int64(st.spare[n])


@njit(_nrt=False, inline="always")
def _give_slot(st, slot):
    st.pool[slot].state = SPARE
    st.spare[st.scalars[N_SPARE]] = slot
    st.scalars[N_SPARE] += 1


@njit(_nrt=False, inline="always")
def _words(inp, key, number, attempt, block):
    """Words of an attempt, from its contact's number: keyed by the queue and day of the first arrival."""
    queue = (number >> QUEUE_SHIFT) & _QUEUE_MASK
    return contact_words(key, number & _K_MASK, number >> DAY_SHIFT, inp.queue[queue].stream, attempt, block)


@njit(_nrt=False, inline="always")
def _follow_opening(inp, st, queue, now):
    """Bring the queue's opening segment up to now."""
    st.queue[queue].segment = segment_at(inp.segments, inp.queue[queue].last_segment, now, st.queue[queue].segment)


@njit(_nrt=False, inline="always")
def _clock_at(inp, st, queue, at_ms):
    """Opening clock of the queue, now or later."""
    record = inp.queue[queue]
    return open_clock_ms(inp.segments, record.first_segment, record.last_segment, at_ms, st.queue[queue].segment)


# --- integrals over clock time -----------------------------------------------------------------------------------


@njit(_nrt=False, inline="always")
def _book_waiting(st, out, queue, now):
    """Book the queue's waiting time up to now; called before its length changes."""
    interval = st.scalars[INTERVAL]
    if interval >= 0:
        out.queues[queue, interval, _WAITING_TIME] += st.queue[queue].n_waiting * (now - st.queue[queue].since_ms)
    st.queue[queue].since_ms = now


@njit(_nrt=False, inline="always")
def _book_duty(st, out, team, now):
    """Book the team's scheduled and overrun time up to now; called before positions or presence change."""
    interval = st.scalars[INTERVAL]
    if interval >= 0:
        elapsed = now - st.team[team].since_ms
        out.teams[team, interval, _SCHEDULED] += st.team[team].positions * elapsed
        out.teams[team, interval, _OVERRUN] += (st.team[team].on_duty - st.team[team].positions) * elapsed
    st.team[team].since_ms = now


@njit(_nrt=False)
def _book_busy(inp, out, team, start, end):
    """Book a spell of work over the intervals of the horizon that it touches."""
    start = max(start, inp.horizon_start_ms)
    end = min(end, inp.horizon_end_ms)
    while start < end:
        interval = (start - inp.horizon_start_ms) // inp.interval_ms
        until = min(end, inp.horizon_start_ms + (interval + 1) * inp.interval_ms)
        out.teams[team, interval, _BUSY] += until - start
        start = until


@njit(_nrt=False)
def _close_interval(inp, st, out):
    """At an interval's end, before the events of that moment: book all integrals, note the state, go on to the next."""
    now = st.scalars[INTERVAL_END_MS]
    interval = st.scalars[INTERVAL]
    for queue in range(st.queue.size):
        _book_waiting(st, out, queue, now)
        if interval >= 0 and st.queue[queue].n_waiting > 0:
            out.queues[queue, interval, _WAITING_AT_END] = st.queue[queue].n_waiting
            out.queues[queue, interval, _OLDEST_AT_END] = now - st.pool[st.queue[queue].head].offered_ms
    for team in range(st.team.size):
        _book_duty(st, out, team, now)
        if interval >= 0:
            out.teams[team, interval, _BUSY_AT_END] = st.team[team].n_busy
    if now < inp.horizon_end_ms:
        st.scalars[INTERVAL] = interval + 1
        st.scalars[INTERVAL_END_MS] = now + inp.interval_ms
    else:
        st.scalars[INTERVAL] = -1
        st.scalars[INTERVAL_END_MS] = NEVER_MS


# --- queues ------------------------------------------------------------------------------------------------------


@njit(_nrt=False, inline="always")
def _join_queue(st, out, slot, now):
    contact = st.pool[slot]
    queue = contact.queue
    _book_waiting(st, out, queue, now)
    contact.state = WAITING
    contact.has_timer = 0
    contact.sequence = st.scalars[SEQUENCE]
    st.scalars[SEQUENCE] += 1
    contact.next = NOBODY
    contact.previous = st.queue[queue].tail
    if st.queue[queue].tail == NOBODY:
        st.queue[queue].head = slot
    else:
        st.pool[st.queue[queue].tail].next = slot
    st.queue[queue].tail = slot
    st.queue[queue].n_waiting += 1
    st.scalars[UNDECIDED] += contact.before_end


@njit(_nrt=False, inline="always")
def _leave_queue(st, out, slot, now):
    """Out of the queue; the slot stays until ``_drop``."""
    contact = st.pool[slot]
    queue = contact.queue
    _book_waiting(st, out, queue, now)
    if contact.previous == NOBODY:
        st.queue[queue].head = contact.next
    else:
        st.pool[contact.previous].next = contact.next
    if contact.next == NOBODY:
        st.queue[queue].tail = contact.previous
    else:
        st.pool[contact.next].previous = contact.previous
    st.queue[queue].n_waiting -= 1
    st.scalars[UNDECIDED] -= contact.before_end


@njit(_nrt=False, inline="always")
def _drop(st, slot):
    """The contact's attempt is over: give the slot back, now or when its patience event surfaces."""
    if st.pool[slot].has_timer:
        st.pool[slot].state = IN_TIMER
    else:
        _give_slot(st, slot)


@njit(_nrt=False, inline="always")
def _next_queue(inp, st, team):
    """Queue from which the team's next idle agent takes a contact; NOBODY if none may be started."""
    best = np.int64(NOBODY)
    for queue in range(st.queue.size):
        if st.queue[queue].n_waiting == 0:
            continue
        rank = inp.taking[team, queue].rank
        if rank < 0 or st.team[team].n_idle - 1 < inp.taking[team, queue].reserve:
            continue
        if best != NOBODY:
            best_rank = inp.taking[team, best].rank
            if rank > best_rank:
                continue
            if rank == best_rank and st.pool[st.queue[queue].head].sequence > st.pool[st.queue[best].head].sequence:
                continue
        best = np.int64(queue)
    return best


# --- fates -------------------------------------------------------------------------------------------------------


@njit(_nrt=False)
def _log(st, out, slot, fate, left_ms, end_ms, free_ms, agent, re_explain_ms, follow_up):
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


@njit(_nrt=False)
def _come_back(inp, key, st, slot, reason, queue, due_ms, served_by):
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
            word, _, _, _ = _words(inp, key, number, attempt, BLOCK_OFFER)
            due_ms = next_opening_ms(inp, queue, due_ms, word, st.queue[queue].segment)
    if due_ms >= inp.days * DAY_MS:
        return reason
    redials = contact.redials + 1 if reason == REDIAL else 0
    new = _take_slot(st)
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


@njit(_nrt=False)
def _end_unserved(inp, key, st, out, slot, fate, now):
    """Abandoned or blocked: count, log, redial or (emails) call. The contact is out of its queue already."""
    contact = st.pool[slot]
    queue = contact.queue
    follow_up = NO_FOLLOW_UP
    if inp.queue[queue].is_email:
        _, _, word, _ = _words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
        due_ms = now + duration_ms(inp.tables[LATE_DELAY, queue], word, inp.tick_ms)
        target = inp.queue[queue].late_to_call_queue
        follow_up = _come_back(inp, key, st, slot, LATE_EMAIL, target, due_ms, contact.served_by)
    elif inp.queue[queue].redial > 0.0:
        decision, delay, _, _ = _words(inp, key, contact.number, contact.attempt, BLOCK_AFTER)
        may = inp.queue[queue].redial_attempts < 0 or contact.redials < inp.queue[queue].redial_attempts
        if may and uniform(decision) < inp.queue[queue].redial:
            due_ms = now + duration_ms(inp.tables[REDIAL_DELAY, queue], delay, inp.tick_ms)
            follow_up = _come_back(inp, key, st, slot, REDIAL, queue, due_ms, contact.served_by)
    if inp.queue[queue].trunks >= 0 and fate == ABANDONED:
        st.queue[queue].lines -= 1
    interval = contact.interval
    if interval >= 0:
        row = out.contacts[queue, interval]
        row[_FIRST + contact.reason] += 1
        if fate == BLOCKED:
            row[_BLOCKED] += 1
        else:
            wait = now - contact.offered_ms
            row[_ABANDONED] += 1
            row[_ABANDONED_WITHIN] += wait <= inp.queue[queue].threshold_ms
            row[_ABANDONED_SHORT] += wait <= inp.queue[queue].short_abandon_ms
            row[_WAIT_ABANDONED] += wait
            row[_WAIT_LONGEST] = max(row[_WAIT_LONGEST], wait)
        row[_REDIALS_LOST] += follow_up == REDIAL_LOST
        row[_LOST] += follow_up <= 0
    if out.log.size > 0 and contact.before_end:
        _log(st, out, slot, fate, now, -1, -1, NOBODY, 0, follow_up)
    _drop(st, slot)


@njit(_nrt=False, inline="always")
def _start_service(inp, key, st, out, team, agent, slot, now):
    """An idle agent takes the contact at the head of a queue: its whole future is known and counted here."""
    _leave_queue(st, out, slot, now)
    contact = st.pool[slot]
    queue = contact.queue
    tick = inp.tick_ms
    re_explain = np.int64(0)
    if contact.served_by != NOBODY and contact.served_by != agent:
        re_explain = inp.queue[queue].re_explain_ms
    end = now + duration_ms(inp.tables[HANDLE, queue], contact.handle_word, tick) + re_explain
    free = end
    if inp.queue[queue].has_after_call:
        _, _, _, word = _words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
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
        out.teams[team, st.scalars[INTERVAL], _BUSY] += free - now
    else:
        _book_busy(inp, out, team, now, free)

    follow_up = NO_FOLLOW_UP
    if inp.queue[queue].recontact > 0.0:
        _, _, decision, delay = _words(inp, key, contact.number, contact.attempt, BLOCK_AFTER)
        if uniform(decision) < inp.queue[queue].recontact:
            word, _, _, _ = _words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
            target = 0
            while inp.recontact_to[queue, target] < uniform(word):
                target += 1
            due_ms = end + duration_ms(inp.tables[RECONTACT_DELAY, queue], delay, tick)
            follow_up = _come_back(inp, key, st, slot, RECONTACT, target, due_ms, agent)

    interval = contact.interval
    if interval >= 0:
        wait = now - contact.offered_ms
        row = out.contacts[queue, interval]
        row[_FIRST + contact.reason] += 1
        row[_SERVED] += 1
        row[_SERVED_WITHIN] += wait <= inp.queue[queue].threshold_ms
        row[_SERVED_AT_ONCE] += wait == 0
        row[_WAIT_SERVED] += wait
        row[_WAIT_LONGEST] = max(row[_WAIT_LONGEST], wait)
        row[_HANDLE] += free - now
        row[_RE_EXPLAIN] += re_explain
        out.waits[queue, inp.period[interval], bin_of(wait)] += 1
        if inp.queue[queue].is_email:
            response = end - contact.offered_ms
            if not inp.queue[queue].elapsed_clock:
                response = _clock_at(inp, st, queue, end) - contact.clock_ms
            row[_RESPONSE] += response
            row[_RESPONDED_WITHIN] += response <= inp.queue[queue].threshold_ms
            out.responses[queue, inp.period[interval], bin_of(response)] += 1
    if out.log.size > 0 and contact.before_end:
        _log(st, out, slot, SERVED, now, end, free, agent, re_explain, follow_up)
    _drop(st, slot)


# --- offering a contact ------------------------------------------------------------------------------------------


@njit(_nrt=False, inline="always")
def _offer(inp, st, out, slot, now):
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
        _follow_opening(inp, st, queue, now)
        contact.clock_ms = _clock_at(inp, st, queue, now)
    _join_queue(st, out, slot, now)
    return 1


@njit(_nrt=False)
def _set_timer(inp, key, st, slot, now):
    """Patience of a contact that was not served at once; 1 if it gives up right now (balks), else 0."""
    contact = st.pool[slot]
    queue = contact.queue
    deadline = NEVER_MS
    if inp.queue[queue].is_email:
        if inp.queue[queue].late_to_call > 0.0:
            _, word, _, _ = _words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
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


# --- agents ------------------------------------------------------------------------------------------------------


@njit(_nrt=False, inline="always")
def _to_idle(st, team, agent):
    ring = st.idle.shape[1]
    at = st.team[team].idle_first + st.team[team].n_idle
    st.idle[team, at - ring if at >= ring else at] = agent
    st.team[team].n_idle += 1


@njit(_nrt=False, inline="always")
def _from_idle(st, team):
    first = st.team[team].idle_first
    st.team[team].idle_first = first + 1 if first + 1 < st.idle.shape[1] else 0
    st.team[team].n_idle -= 1
    return st.idle[team, first]


@njit(_nrt=False)
def _go_off_duty(st, out, team, agent, now):
    _book_duty(st, out, team, now)
    st.team[team].on_duty -= 1
    st.team[team].n_absent = push(st.absent[team], st.team[team].n_absent, agent)
    if out.log.size > 0:
        _log_spell(st, out, agent, now)


@njit(_nrt=False)
def _log_spell(st, out, agent, now):
    row = st.scalars[N_DUTY]
    if row >= out.duty.size:
        st.scalars[FAILURE] = LOG_FULL
        return
    out.duty[row].agent = agent
    out.duty[row].on_ms = st.agent[agent].on_since_ms
    out.duty[row].off_ms = now
    st.scalars[N_DUTY] = row + 1


@njit(_nrt=False)
def _set_positions(st, out, team, positions, now):
    _book_duty(st, out, team, now)
    st.team[team].positions = positions
    while st.team[team].on_duty < positions:
        agent = st.absent[team, 0]
        st.team[team].n_absent = pop(st.absent[team], st.team[team].n_absent)
        st.team[team].on_duty += 1
        st.agent[agent].on_since_ms = now
        _to_idle(st, team, agent)
    while st.team[team].on_duty > positions and st.team[team].n_idle > 0:
        _go_off_duty(st, out, team, _from_idle(st, team), now)


@njit(_nrt=False)
def _closed_queue_waits(inp, st, team, now):
    """Whether a caller waits in a queue of the team that has closed and serves those who wait."""
    for queue in range(st.queue.size):
        if st.queue[queue].n_waiting == 0 or inp.queue[queue].is_email or inp.taking[team, queue].rank < 0:
            continue
        if inp.queue[queue].send_away_at_close:
            continue
        _follow_opening(inp, st, queue, now)
        if not is_open(inp.segments, inp.queue[queue].last_segment, now, st.queue[queue].segment):
            return True
    return False


@njit(_nrt=False, inline="always")
def _agent_event(inp, st, out, agent, now):
    """A line is given back, or an agent is free: goes idle, or off duty if positions have fallen."""
    team = inp.agent_team[agent]
    queue = st.agent[agent].line_of
    if queue >= 0:
        st.queue[queue].lines -= 1
        st.agent[agent].line_of = NOBODY
        if st.agent[agent].wrapped_ms > now:
            st.scalars[N_FREE] = push(st.free, st.scalars[N_FREE], pack(st.agent[agent].wrapped_ms, agent))
            return
    st.team[team].n_busy -= 1
    if st.team[team].on_duty > st.team[team].positions and not _closed_queue_waits(inp, st, team, now):
        _go_off_duty(st, out, team, agent, now)
    else:
        _to_idle(st, team, agent)


# --- the loop ----------------------------------------------------------------------------------------------------

_POSITIONS, _AGENT, _ARRIVAL, _FOLLOW_UP, _PATIENCE, _CLOSE = 0, 1, 3, 4, 6, 7


@njit(_nrt=False)
def _end_run(inp, st, out):
    """Close what is left of the horizon; contacts still waiting are unresolved."""
    while st.scalars[INTERVAL_END_MS] <= inp.horizon_end_ms:
        _close_interval(inp, st, out)
    for queue in range(st.queue.size):
        slot = st.queue[queue].head
        while slot != NOBODY:
            contact = st.pool[slot]
            if contact.interval >= 0:
                row = out.contacts[queue, contact.interval]
                row[_FIRST + contact.reason] += 1
                row[_UNRESOLVED] += 1
            if out.log.size > 0 and contact.before_end:
                _log(st, out, slot, UNRESOLVED, -1, -1, -1, NOBODY, 0, NO_FOLLOW_UP)
            slot = np.int64(contact.next)
    if out.log.size > 0:
        end = inp.days * DAY_MS
        for i in range(st.scalars[N_FREE]):
            _log_spell(st, out, st.free[i] & SUBJECT_MASK, end)
        for team in range(st.team.size):
            while st.team[team].n_idle > 0:
                _log_spell(st, out, _from_idle(st, team), end)


@njit(_nrt=False)
def run_kernel(inp, key, counts, arrivals, st, out):
    """Simulate all days; FINE, or why there was no room.

    ``counts`` (Q, D) first contacts; ``arrivals`` buffers for a day.
    """
    queues = st.queue.size
    teams = st.team.size
    st.scalars[INTERVAL_END_MS] = inp.horizon_start_ms
    next_change = 0
    next_closing = 0
    offered = np.int64(NOBODY)

    for queue in range(queues):
        for k in range(inp.queue[queue].backlog):
            slot = _take_slot(st)
            contact = st.pool[slot]
            contact.number = ((inp.first_day - 1) << DAY_SHIFT) | (queue << QUEUE_SHIFT) | k
            contact.attempt = 0
            contact.queue = queue
            contact.reason = FIRST
            contact.served_by = NOBODY
            contact.redials = 0
            _, contact.handle_word, contact.patience_word, contact.balk_word = _words(
                inp, key, contact.number, 0, BLOCK_OFFER
            )
            if st.scalars[FAILURE] != 0:
                return st.scalars[FAILURE]
            _offer(inp, st, out, slot, 0)
            contact.interval = -1
            _set_timer(inp, key, st, slot, 0)

    for day in range(inp.days):
        midnight = day * DAY_MS
        for queue in range(queues):
            st.queue[queue].upcoming = 0
            shape = inp.shape_of[queue, day]
            if counts[queue, day] > 0:
                lo, hi = inp.shape_rows[shape], inp.shape_rows[shape + 1]
                draw_day(
                    key,
                    inp.first_day + day,
                    inp.queue[queue].stream,
                    counts[queue, day],
                    inp.edge_ms[lo:hi],
                    inp.cumulative[lo:hi],
                    inp.tick_ms,
                    arrivals,
                    queue,
                )
        while True:
            # 1. The next event, in the order of (time, kind).
            now = midnight + DAY_MS
            kind = -1
            if next_change < inp.changes.shape[0] and inp.changes[next_change, 0] < now:
                now, kind = inp.changes[next_change, 0], _POSITIONS
            if st.scalars[N_FREE] > 0 and (st.free[0] >> SUBJECT_BITS) < now:
                now, kind = st.free[0] >> SUBJECT_BITS, _AGENT
            arriving = 0
            for queue in range(queues):
                if st.queue[queue].upcoming < counts[queue, day]:
                    at = midnight + arrivals.at_ms[queue, st.queue[queue].upcoming]
                    if at < now:
                        now, kind, arriving = at, _ARRIVAL, queue
            if st.scalars[N_FOLLOW_UPS] > 0 and (st.follow_ups[0] >> SUBJECT_BITS) < now:
                now, kind = st.follow_ups[0] >> SUBJECT_BITS, _FOLLOW_UP
            if st.scalars[N_TIMERS] > 0 and (st.timers[0] >> SUBJECT_BITS) < now:
                now, kind = st.timers[0] >> SUBJECT_BITS, _PATIENCE
            if next_closing < inp.closings.shape[0] and inp.closings[next_closing, 0] < now:
                now, kind = inp.closings[next_closing, 0], _CLOSE
            if kind == -1:
                break
            while st.scalars[INTERVAL_END_MS] <= now:
                _close_interval(inp, st, out)
            if now >= inp.horizon_end_ms and st.scalars[UNDECIDED] == 0:
                _end_run(inp, st, out)
                return st.scalars[FAILURE]

            # 2. What it does.
            offered = np.int64(NOBODY)
            team_from, team_to = 0, 0  # teams that may take a contact after it
            if kind == _AGENT:
                agent = st.free[0] & SUBJECT_MASK
                st.scalars[N_FREE] = pop(st.free, st.scalars[N_FREE])
                _agent_event(inp, st, out, agent, now)
                team_from = inp.agent_team[agent]
                team_to = team_from + 1
            elif kind == _ARRIVAL:
                row = st.queue[arriving].upcoming
                st.queue[arriving].upcoming += 1
                offered = _take_slot(st)
                contact = st.pool[offered]
                contact.number = (
                    ((inp.first_day + day) << DAY_SHIFT) | (arriving << QUEUE_SHIFT) | arrivals.k[arriving, row]
                )
                contact.attempt = 0
                contact.queue = arriving
                contact.reason = FIRST
                contact.served_by = NOBODY
                contact.redials = 0
                contact.handle_word = arrivals.handle_word[arriving, row]
                contact.patience_word = arrivals.patience_word[arriving, row]
                contact.balk_word = arrivals.balk_word[arriving, row]
            elif kind == _FOLLOW_UP:
                offered = st.follow_ups[0] & SUBJECT_MASK
                st.scalars[N_FOLLOW_UPS] = pop_contact(st.pool, st.follow_ups, st.scalars[N_FOLLOW_UPS])
                contact = st.pool[offered]
                _, contact.handle_word, contact.patience_word, contact.balk_word = _words(
                    inp, key, contact.number, contact.attempt, BLOCK_OFFER
                )
            elif kind == _PATIENCE:
                slot = st.timers[0] & SUBJECT_MASK
                st.scalars[N_TIMERS] = pop_contact(st.pool, st.timers, st.scalars[N_TIMERS])
                st.pool[slot].has_timer = 0
                if st.pool[slot].state == IN_TIMER:
                    _give_slot(st, slot)
                else:
                    _leave_queue(st, out, slot, now)
                    _end_unserved(inp, key, st, out, slot, ABANDONED, now)
            elif kind == _POSITIONS:
                team_from = inp.changes[next_change, 1]
                team_to = team_from + 1
                _set_positions(st, out, team_from, inp.changes[next_change, 2], now)
                next_change += 1
            else:
                queue = inp.closings[next_closing, 1]
                next_closing += 1
                while st.queue[queue].n_waiting > 0:
                    slot = st.queue[queue].head
                    _leave_queue(st, out, slot, now)
                    _end_unserved(inp, key, st, out, slot, ABANDONED, now)

            # 3. A contact that knocks joins its queue, or is blocked.
            if offered != NOBODY:
                if _offer(inp, st, out, offered, now):
                    team_from, team_to = 0, teams
                else:
                    _end_unserved(inp, key, st, out, offered, BLOCKED, now)
                    offered = np.int64(NOBODY)

            # 4. Idle agents take what they may.
            for team in range(team_from, team_to):
                while st.team[team].n_idle > 0:
                    queue = _next_queue(inp, st, team)
                    if queue == NOBODY:
                        break
                    agent = _from_idle(st, team)
                    _start_service(inp, key, st, out, team, agent, st.queue[queue].head, now)

            # 5. Who was not served at once balks or waits.
            if offered != NOBODY and st.pool[offered].state == WAITING and _set_timer(inp, key, st, offered, now):
                _leave_queue(st, out, offered, now)
                _end_unserved(inp, key, st, out, offered, ABANDONED, now)

            if st.scalars[FAILURE] != 0:
                return st.scalars[FAILURE]
    _end_run(inp, st, out)
    return st.scalars[FAILURE]
