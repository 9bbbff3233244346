"""A contact knocks: it is deflected, blocked, or joins its line; and what it does if nobody takes it (compiled)."""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part
from ..common.streams import (
    BLOCK_CHOICE,
    BLOCK_DEFLECTED,
    BLOCK_MORE,
    duration_ms,
    tries_until_reached,
    uniform,
)
from .contract import DAY_MS, NO_LIMIT_MS, NOBODY
from .fates import come_back, settle_deflected, settle_unserved
from .heaps import pack, push_contact
from .in_hand import let_go
from .live import attempt_words, clock_at, drop, expect_help, follow_opening, join_head, join_line, leave_line
from .opening import NEVER_MS, moment_of_clock
from .packed import FAIL_DELAY, PATIENCE
from .profiles import full_part, is_full
from .results import ABANDONED, NO_FOLLOW_UP, POSTED, RETURNED, TRANSFER
from .state import INTERVAL, KNOCKING, N_TIMERS, UNDECIDED

WAITS, BALKS, ACCEPTS_CALLBACK = range(3)


@full_part(False)
def deflect(inp, key, st, out, slot, day, now):
    """Whether a first contact is deflected; then it is settled, and what follows is on the agenda."""
    contact = st.pool[slot]
    queue = contact.queue
    _, _, word, _ = attempt_words(inp, key, contact.number, 0, BLOCK_CHOICE)
    if uniform(word) >= inp.deflected[queue, day]:
        return False
    contact.offered_ms = now
    contact.interval = st.scalars[INTERVAL]
    posts, fails, delay, _ = attempt_words(inp, key, contact.number, 0, BLOCK_DEFLECTED)
    follow_up = NO_FOLLOW_UP
    if uniform(posts) < inp.choice[queue].post:
        follow_up = POSTED
        come_back(inp, key, st, slot, POSTED, inp.choice[queue].post_queue, now, NOBODY)
    elif uniform(fails) < inp.choice[queue].fail:
        follow_up = RETURNED
        due_ms = now + duration_ms(inp.tables[FAIL_DELAY, queue], delay, inp.tick_ms)
        come_back(inp, key, st, slot, RETURNED, queue, due_ms, NOBODY)
    settle_deflected(inp, st, out, slot, follow_up, now)
    drop(st, slot)
    return True


@inlined
def offer(inp, st, out, slot, now):
    """The contact knocks and 1 is returned, or finds no trunk and 0 is returned.

    In the full kernel it joins its queue's line at once; in the routed one only if nobody takes it.
    """
    contact = st.pool[slot]
    queue = contact.queue
    contact.offered_ms = now
    contact.joined_ms = now
    contact.overflowed_ms = 0
    contact.interval = st.scalars[INTERVAL]
    contact.events = 0
    if not is_full(inp) or contact.reason != TRANSFER:
        contact.before_end = now < inp.horizon_end_ms
        st.scalars[UNDECIDED] += contact.before_end
    if inp.queue[queue].trunks >= 0:
        if st.queue[queue].trunks_taken >= inp.queue[queue].trunks:
            return 0
        st.queue[queue].trunks_taken += 1
    if inp.queue[queue].is_email:
        follow_opening(inp, st, queue, now)
        contact.clock_ms = clock_at(inp, st, queue, now)
    contact.state = KNOCKING
    contact.line = queue
    if is_full(inp):
        if contact.at_head:
            join_head(inp, st, out, slot, queue, now)
        else:
            join_line(inp, st, out, slot, queue, now)
    return 1


@inlined
def not_served_at_once(inp, key, st, out, slot, now):
    """What the contact, in its line now, does: WAITS (its events are on the agenda then), BALKS or ACCEPTS_CALLBACK."""
    contact = st.pool[slot]
    queue = contact.queue
    if not is_full(inp):
        join_line(inp, st, out, slot, queue, now)
    deadline = NEVER_MS
    if inp.queue[queue].is_email:
        if inp.queue[queue].late_to_call > 0.0:
            deadline = late_at(inp, key, st, slot, now)
    else:
        balk, factor = inp.queue[queue].balk, 1.0
        if is_full(inp):
            choice = inp.choice[queue]
            announced = announced_ms(inp, st, queue)
            offers = choice.callback_line != NOBODY and announced > choice.callback_above_ms
            if offers and accepts_callback(inp, key, st, slot):
                return ACCEPTS_CALLBACK
            if announced > choice.told_above_ms:
                balk, factor = choice.told_balk, choice.told_patience
        if balk > 0.0 and uniform(contact.balk_word) < balk:
            return BALKS
        if inp.queue[queue].has_patience:
            deadline = now + duration_ms(inp.tables[PATIENCE, queue], contact.patience_word, inp.tick_ms, factor)
    if deadline < inp.days * DAY_MS:
        contact.events += 1
        st.scalars[N_TIMERS] = push_contact(st.pool, st.timers, st.scalars[N_TIMERS], pack(deadline, slot))
    expect_help(inp, st, slot, now)
    return WAITS


@kernel_part
def late_at(inp, key, st, slot, now):
    """When an email's sender gives it up; NEVER_MS if never."""
    contact = st.pool[slot]
    queue = contact.queue
    _, word, _, _ = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
    if uniform(word) >= inp.queue[queue].late_to_call:
        return NEVER_MS
    late = inp.queue[queue].threshold_ms + inp.tick_ms
    if inp.queue[queue].elapsed_clock:
        return now + late
    last = inp.queue[queue].last_segment
    return moment_of_clock(inp.segments, last, contact.clock_ms + late, st.queue[queue].segment)


@full_part(NO_LIMIT_MS)
def announced_ms(inp, st, queue):
    """The wait that a caller is told who has joined the queue."""
    on_duty = np.int64(0)
    for team in range(st.team.size):
        if inp.taking[team, queue].rank >= 0 and not st.closed[team, queue]:
            on_duty += st.team[team].on_duty
    if on_duty == 0:
        return np.int64(NO_LIMIT_MS)
    return st.line[queue].n_waiting * inp.choice[queue].mean_handle_ms // on_duty


@full_part(False)
def accepts_callback(inp, key, st, slot):
    """Whether the caller accepts; then it is known, too, which try will reach the customer."""
    contact = st.pool[slot]
    choice = inp.choice[contact.queue]
    accepted, tries, _, _ = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_CHOICE)
    if uniform(accepted) >= choice.accept:
        return False
    contact.callback = 1
    contact.tries_needed = tries_until_reached(tries, choice.reach, choice.tries)
    return True


@full_part()
def owe_callback(inp, st, out, slot, now):
    """The contact joins the callback line."""
    contact = st.pool[slot]
    contact.joined_ms = now
    contact.overflowed_ms = 0
    join_line(inp, st, out, slot, inp.choice[contact.queue].callback_line, now)
    expect_help(inp, st, slot, now)


@full_part()
def leave_alone(inp, key, st, out, slot, now):
    """The customer is not on the line any more: an agent who held on is free."""
    holder = st.pool[slot].held_by
    if holder != NOBODY:
        let_go(inp, key, st, out, np.int64(holder), 0, now)


@kernel_part
def lose(inp, key, st, out, slot, fate, now):
    """The customer leaves unserved: blocked, or abandoned after having left the line."""
    contact = st.pool[slot]
    if fate == ABANDONED and inp.queue[contact.queue].trunks >= 0:
        st.queue[contact.queue].trunks_taken -= 1
    leave_alone(inp, key, st, out, slot, now)
    settle_unserved(inp, key, st, out, slot, fate, now)
    drop(st, slot)


@kernel_part
def give_up(inp, key, st, out, slot, now):
    """The customer leaves the line and is gone."""
    leave_line(inp, st, out, slot, now)
    lose(inp, key, st, out, slot, ABANDONED, now)
