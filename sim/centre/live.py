"""The live contacts: their pool and the lines that they wait in (compiled)."""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part
from ..common.streams import BLOCK_AFTER, BLOCK_CHOICE, BLOCK_OFFER, contact_words, uniform
from .booking import book_waiting, log_spell
from .contract import NOBODY
from .heaps import pack, push_contact
from .opening import open_clock_ms, segment_at
from .profiles import full_part, is_full
from .results import DAY_SHIFT, FIRST, QUEUE_SHIFT, WAITING_SPELL
from .state import FAILURE, IN_AGENDA, N_OVERFLOWS, N_SPARE, POOL_FULL, SEQUENCE, SPARE, WAITING

_K_MASK = (1 << QUEUE_SHIFT) - 1
_QUEUE_MASK = (1 << (DAY_SHIFT - QUEUE_SHIFT)) - 1


@inlined
def take_slot(st):
    """A spare slot; slot 0 and FAILURE set if there is none (the run is then given up)."""
    n = st.scalars[N_SPARE] - 1
    if n < 0:
        st.scalars[FAILURE] = POOL_FULL
        return np.int64(0)
    st.scalars[N_SPARE] = n
    return np.int64(st.spare[n])


@inlined
def give_slot(st, slot):
    """The slot is spare again."""
    st.pool[slot].state = SPARE
    st.spare[st.scalars[N_SPARE]] = slot
    st.scalars[N_SPARE] += 1


@inlined
def drop(st, slot):
    """The contact's attempt is over: give the slot back, now or when its last event surfaces."""
    if st.pool[slot].events > 0:
        st.pool[slot].state = IN_AGENDA
    else:
        give_slot(st, slot)


@kernel_part
def event_surfaced(st, slot):
    """A patience or overflow event of the contact has come; whether the contact is still there."""
    contact = st.pool[slot]
    contact.events -= 1
    if contact.state != IN_AGENDA:
        return True
    if contact.events == 0:
        give_slot(st, slot)
    return False


@inlined
def origin_queue(number):
    """Queue of the contact's first arrival."""
    return (number >> QUEUE_SHIFT) & _QUEUE_MASK


@inlined
def attempt_words(inp, key, number, attempt, block):
    """Words of an attempt, from its contact's number: keyed by the queue and day of the first arrival."""
    stream = inp.queue[origin_queue(number)].stream
    return contact_words(key, number & _K_MASK, number >> DAY_SHIFT, stream, attempt, block)


@kernel_part
def matter_of(inp, key, number):
    """The matter of a contact."""
    matter = np.int64(0)
    if inp.matter.shape[1] > 1:
        _, _, _, word = attempt_words(inp, key, number, 0, BLOCK_CHOICE)
        while inp.matter[origin_queue(number), matter] < uniform(word):
            matter += 1
    return matter


@kernel_part
def draw_words(inp, key, st, slot):
    """Draw the words that an attempt is offered with: handle time, patience, balking, and whether it comes back."""
    contact = st.pool[slot]
    words = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_OFFER)
    _, contact.handle_word, contact.patience_word, contact.balk_word = words
    if inp.queue[contact.queue].recontact > 0.0:
        words = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_AFTER)
        _, _, contact.return_word, contact.return_delay_word = words


@inlined
def first_attempt(inp, key, st, slot, day, queue, k):
    """The slot holds a new contact, about to be offered for the first time; its words are yet to come."""
    contact = st.pool[slot]
    contact.number = (day << DAY_SHIFT) | (queue << QUEUE_SHIFT) | k
    contact.attempt = 0
    contact.queue = queue
    contact.reason = FIRST
    contact.served_by = NOBODY
    contact.owed_ms = 0
    contact.redials = 0
    if is_full(inp):
        clear_attempt(st, slot)
        contact.waited_ms = 0
        contact.touches = 0
        contact.came_back = 0
        contact.matter = matter_of(inp, key, contact.number)


@kernel_part
def clear_attempt(st, slot):
    """What the full kernel keeps of an attempt, as it is before anything has happened to it."""
    contact = st.pool[slot]
    contact.remaining_ms = -1
    contact.joint_ms = 0
    contact.held_by = NOBODY
    contact.hands_to = NOBODY
    contact.tries = 0
    contact.put_down = 0
    contact.callback = 0
    contact.opened = 0
    contact.at_head = 0


@inlined
def follow_opening(inp, st, queue, now):
    """Bring the queue's opening segment up to now."""
    st.queue[queue].segment = segment_at(inp.segments, inp.queue[queue].last_segment, now, st.queue[queue].segment)


@inlined
def clock_at(inp, st, queue, at_ms):
    """Opening clock of the queue, now or later."""
    record = inp.queue[queue]
    return open_clock_ms(inp.segments, record.first_segment, record.last_segment, at_ms, st.queue[queue].segment)


@inlined
def join_line(inp, st, out, slot, line, now):
    """To the end of the line."""
    contact, of = st.pool[slot], st.line[line]
    book_waiting(inp, st, out, line, now)
    contact.state = WAITING
    contact.line = line
    contact.sequence = st.scalars[SEQUENCE]
    st.scalars[SEQUENCE] += 1
    contact.next = NOBODY
    contact.previous = of.tail
    if of.tail == NOBODY:
        of.head = slot
    else:
        st.pool[of.tail].next = slot
    of.tail = slot
    of.n_waiting += 1
    if is_full(inp):
        contact.waiting_since_ms = now


@full_part()
def join_head(inp, st, out, slot, line, now):
    """To the head of the line: longer waiting than all who wait now."""
    contact, of = st.pool[slot], st.line[line]
    book_waiting(inp, st, out, line, now)
    contact.state = WAITING
    contact.line = line
    contact.sequence = -st.scalars[SEQUENCE]
    st.scalars[SEQUENCE] += 1
    contact.previous = NOBODY
    contact.next = of.head
    if of.head == NOBODY:
        of.tail = slot
    else:
        st.pool[of.head].previous = slot
    of.head = slot
    of.n_waiting += 1
    contact.waiting_since_ms = now


@inlined
def leave_line(inp, st, out, slot, now):
    """Out of the line; the slot stays until ``drop``."""
    contact = st.pool[slot]
    line = contact.line
    of = st.line[line]
    book_waiting(inp, st, out, line, now)
    if contact.previous == NOBODY:
        of.head = contact.next
    else:
        st.pool[contact.previous].next = contact.next
    if contact.next == NOBODY:
        of.tail = contact.previous
    else:
        st.pool[contact.next].previous = contact.previous
    of.n_waiting -= 1
    if out.spells.size > 0:
        since = contact.waiting_since_ms if is_full(inp) else contact.offered_ms
        if now > since:
            log_spell(st, out, WAITING_SPELL, line, since, now, contact.offered_ms)


@kernel_part
def expect_help(inp, st, slot, now):
    """When the contact has waited long enough in its line, other teams may take it: put that on the agenda."""
    contact = st.pool[slot]
    for i in range(inp.overflows.shape[1]):
        wait_ms = inp.overflows[contact.line, i]
        if wait_ms == NOBODY:
            return
        at_ms = contact.joined_ms + wait_ms
        if at_ms <= now:
            contact.overflowed_ms = max(contact.overflowed_ms, wait_ms)
            continue
        if st.scalars[N_OVERFLOWS] >= st.overflows.size:
            st.scalars[FAILURE] = POOL_FULL
            return
        contact.events += 1
        st.scalars[N_OVERFLOWS] = push_contact(st.pool, st.overflows, st.scalars[N_OVERFLOWS], pack(at_ms, slot))
