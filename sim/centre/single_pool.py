"""The fast engine's second path: one team whose calls are decided when they are offered (rules: ``docs/engine.md``).

The recursion of J. Kiefer and J. Wolfowitz, "On the theory of queues with many servers" (1955): where calls are taken
in the order in which they are offered, the agent of the next call is the one free first, so a call's fate is known the
moment it is offered, waiting or not. There is no line of calls, no patience event and no agenda of agents, only the
moments from which they are free. Emails wait in lines: whoever becomes free before the next call may take one, if
enough agents stay idle for calls.

From top to bottom: ``single_pool`` (who is offered next, what happens before), ``decisions`` (who takes it), ``fates``
(what comes of it), ``stretch`` (the short cut for calls in quiet times), ``attempts`` (draws), ``emails`` (their
lines), ``agents`` (who is free, who is there), ``counts`` (figures, log), ``state`` (the memory), each with the prefix
``single_pool_``. ``single_pool_choice`` says which centres come here.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit

from ..common.arrival_times import draw_day
from ..common.by_reference import by_reference
from ..common.compiling import OPTIONS, inlined, kernel_part
from .columns import BUSY_AT_END, BUSY_MS
from .contract import DAY_MS, NOBODY
from .heaps import SUBJECT_BITS, SUBJECT_MASK, pop_contact
from .opening import NEVER_MS, segment_at
from .results import ABANDONED, ON_DUTY, SERVED, UNRESOLVED
from .single_pool_agents import (
    change_positions,
    free_agents_to_idle,
    from_idle,
    go_off_duty,
    leaving,
    look_ahead,
    next_change_ms,
    next_free_ms,
    take_next,
)
from .single_pool_attempts import draw_attempt, give_slot, offer_backlog, take_slot, to_next_arrival, upcoming
from .single_pool_counts import (
    book_duty,
    book_step,
    close_books,
    count_at_once,
    interval_at,
    interval_end_ms,
    log_spell,
    turn_over,
)
from .single_pool_decisions import decide_call, decide_email
from .single_pool_emails import join_line, leave_line, next_email, next_to_give_up
from .single_pool_fates import settle
from .single_pool_state import BEGUN, ENDED
from .single_pool_stretch import serve_stretch, stretch_end_ms


@kernel_part
def begin_day(inp, key, st, counts, arrivals, day):
    """Draw the day's first arrivals, and bring the opening segments up to it."""
    for q in range(st.queue.size):
        rules, queue, count = inp.queue[q], st.queue[q], counts[q, day]
        queue.segment = segment_at(inp.segments, rules.last_segment, day * DAY_MS - 1, queue.segment)
        if count > 0:
            shape = inp.shape_of[q, day]
            lo, hi = inp.shape_rows[shape], inp.shape_rows[shape + 1]
            edge_ms, cumulative, absolute_day = inp.edge_ms[lo:hi], inp.cumulative[lo:hi], inp.first_day + day
            draw_day(key, absolute_day, rules.stream, count, edge_ms, cumulative, inp.tick_ms, arrivals, q)
        queue.next_row = 0
        to_next_arrival(inp, key, st, arrivals, count, q, day)


@inlined
def next_offered(st, until):
    """(moment, queue, whether it is a follow-up) of the contact offered next; (``until``, NOBODY, False) if none."""
    now, q = until, np.int64(NOBODY)
    for other in range(st.queue.size):
        if st.queue[other].next_ms < now:
            now, q = st.queue[other].next_ms, np.int64(other)
    follows = st.run[0].n_follow_ups > 0 and (st.follow_ups[0] >> SUBJECT_BITS) < now
    if follows:
        now = st.follow_ups[0] >> SUBJECT_BITS
        q = st.pool[st.follow_ups[0] & SUBJECT_MASK].queue
    return now, q, follows


# --- before the next contact is offered ---------------------------------------------------------------------------


@kernel_part
def settle_email(inp, key, st, out, slot, fate, agent, moment):
    """The email in the slot waits no longer."""
    leave_line(inp, st, slot)
    settle(inp, key, st, out, st.pool[slot], fate, agent, moment)
    give_slot(st, slot)
    look_ahead(inp, st)


@kernel_part
def email_before(inp, key, st, out, until, patience_until):
    """Whether a waiting email leaves its line before the next contact is offered; then the first to do so has left.

    Till then, all else has happened: positions changed and agents became free before ``until``. Emails are started
    before then, and given up before ``patience_until``.
    """
    run = st.run[0]
    while True:
        if run.starting:
            slot = next_email(inp, st)
            if slot != NOBODY:
                agent = from_idle(st)
                run.starting = run.n_idle > 0
                settle_email(inp, key, st, out, slot, SERVED, agent, run.idle_since_ms)
                return True
            run.starting = 0
        free_ms, gives_up_ms, given_up = NEVER_MS, NEVER_MS, np.int64(NOBODY)
        if run.waiting_emails > 0:
            gives_up_ms, given_up = next_to_give_up(st)
        if run.waiting_emails > 0 or leaving(st):
            free_ms = next_free_ms(st)
        change_ms = next_change_ms(inp, st)
        if gives_up_ms < min(change_ms, free_ms, patience_until):
            settle_email(inp, key, st, out, given_up, ABANDONED, np.int64(NOBODY), gives_up_ms)
            return True
        if min(change_ms, free_ms) >= until:
            return False
        if change_ms <= free_ms:
            change_positions(inp, st, out)
        elif leaving(st):
            go_off_duty(inp, st, out, take_next(inp, st, out), free_ms)
        else:
            free_agents_to_idle(inp, st, out)


# --- a contact is offered -----------------------------------------------------------------------------------------


@inlined
def offer(inp, key, st, out, held, slot):
    """The attempt is offered, all that came before it being decided. Its fate is settled, unless it is an email that
    waits: then it keeps its ``slot``, or takes one if that is NOBODY, as it is of first attempts."""
    if inp.queue[held.queue].is_email:
        fate, agent, moment = np.int64(SERVED), decide_email(inp, st, out, held), held.offered_ms
        if agent == NOBODY:
            if slot == NOBODY:
                slot = take_slot(st)
                st.pool[slot] = held
            join_line(inp, key, st, slot)
            return
    else:
        fate, agent, moment = decide_call(inp, st, out, held)
    settle(inp, key, st, out, held, fate, agent, moment)
    if slot != NOBODY:
        give_slot(st, slot)


@inlined
def offer_next(inp, key, st, out, q, follows, now, interval):
    """The contact that is next is offered: a follow-up, or the queue's next first attempt."""
    slot = np.int64(NOBODY)
    held = upcoming(st, q)
    if follows:
        run = st.run[0]
        slot = st.follow_ups[0] & SUBJECT_MASK
        run.n_follow_ups = pop_contact(st.pool, st.follow_ups, run.n_follow_ups)
        held = st.pool[slot]
        held.offered_ms = now
        draw_attempt(inp, key, held)
    held.interval = interval
    offer(inp, key, st, out, held, slot)


@kernel_part
def end_run(inp, key, st, out):
    """Emails that still wait are unresolved; close the books. What the run came to."""
    run = st.run[0]
    end = inp.days * DAY_MS
    for q in range(st.queue.size):
        while st.queue[q].n_waiting > 0:
            settle_email(inp, key, st, out, st.queue[q].head, UNRESOLVED, np.int64(NOBODY), NEVER_MS)
    book_duty(inp, st, out, inp.horizon_end_ms)
    turn_over(inp, st, out, BEGUN, end)
    turn_over(inp, st, out, ENDED, end)
    for agent in range(st.on_since_ms.size):
        free_ms = st.tree[(st.tree.size >> 1) + agent] >> run.key_bits
        book_step(inp, out.teams[0], free_ms, -1, BUSY_MS, BUSY_AT_END)
        if st.on_since_ms[agent] != NOBODY:
            log_spell(st, out, ON_DUTY, agent, st.on_since_ms[agent], end, NOBODY)
    close_books(inp, out)
    return run.failure


def single_pool_loop(fingerprint: str) -> Callable[..., int]:
    """The recursion, which numba compiles once and caches on disk (``fingerprint``: as of ``kernel.event_loop``)."""

    @njit(cache=True, nogil=True, **OPTIONS)
    def run_single_pool(packed, key, counts, arrivals, state, output):
        """Simulate all days; FINE, or why there was no room. Arguments as of ``kernel.run_kernel``."""
        if len(fingerprint) == 0:
            return -1
        inp, st, out = by_reference(packed), by_reference(state), by_reference(output)
        run = st.run[0]
        unrecorded = out.log.size + out.spells.size == 0
        offer_backlog(inp, key, st)
        interval = np.int64(-1)
        interval_end = inp.horizon_start_ms
        for day in range(inp.days):
            begin_day(inp, key, st, counts, arrivals, day)
            while run.failure == 0:
                # 1. Who is offered next, and what happens before; that may put another contact first.
                now, q, follows = next_offered(st, (day + 1) * DAY_MS)
                if run.look_from_ms <= now and email_before(inp, key, st, out, now + (q != NOBODY), now):
                    continue
                # 2. The interval that it is offered in.
                if now >= interval_end:
                    count_at_once(inp, st, out, interval)
                    if now < inp.horizon_end_ms:
                        interval = interval_at(inp, now)
                        interval_end = interval_end_ms(inp, interval)
                    elif run.undecided > 0:
                        interval = np.int64(-1)
                    else:
                        return end_run(inp, key, st, out)
                if q == NOBODY:
                    break
                # 3. The contact, or at once a stretch of calls that all find an agent.
                served = np.int64(0)
                if unrecorded and not follows:
                    until = stretch_end_ms(inp, st, q, interval_end)
                    if now < until:
                        served = serve_stretch(st, q, counts[q, day], until)
                if served == 0:
                    offer_next(inp, key, st, out, q, follows, now, interval)
                    st.queue[q].next_row += not follows
                if not follows:
                    to_next_arrival(inp, key, st, arrivals, counts[q, day], q, day)
            if run.failure != 0:
                return run.failure
        return end_run(inp, key, st, out)

    loop: Callable[..., int] = run_single_pool
    return loop
