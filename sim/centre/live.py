"""The live contacts: their pool, their queues, and the integrals of waiting (compiled)."""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined
from ..common.streams import BLOCK_OFFER, contact_words
from .booking import book_waiting
from .contract import NOBODY
from .opening import open_clock_ms, segment_at
from .results import DAY_SHIFT, FIRST, QUEUE_SHIFT
from .state import FAILURE, IN_TIMER, N_SPARE, POOL_FULL, SEQUENCE, SPARE, UNDECIDED, WAITING

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
def attempt_words(inp, key, number, attempt, block):
    """Words of an attempt, from its contact's number: keyed by the queue and day of the first arrival."""
    queue = (number >> QUEUE_SHIFT) & _QUEUE_MASK
    return contact_words(key, number & _K_MASK, number >> DAY_SHIFT, inp.queue[queue].stream, attempt, block)


@inlined
def draw_words(inp, key, st, slot):
    """Draw the words that an attempt is offered with: handle time, patience, balking."""
    contact = st.pool[slot]
    words = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_OFFER)
    _, contact.handle_word, contact.patience_word, contact.balk_word = words


@inlined
def first_attempt(st, slot, day, queue, k):
    """The slot holds a new contact, about to be offered for the first time; its words are yet to come."""
    contact = st.pool[slot]
    contact.number = (day << DAY_SHIFT) | (queue << QUEUE_SHIFT) | k
    contact.attempt = 0
    contact.queue = queue
    contact.reason = FIRST
    contact.served_by = NOBODY
    contact.redials = 0


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
def join_queue(st, out, slot, now):
    """To the end of the contact's queue."""
    contact = st.pool[slot]
    queue = contact.queue
    book_waiting(st, out, queue, now)
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


@inlined
def leave_queue(st, out, slot, now):
    """Out of the queue; the slot stays until ``_drop``."""
    contact = st.pool[slot]
    queue = contact.queue
    book_waiting(st, out, queue, now)
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


@inlined
def drop(st, slot):
    """The contact's attempt is over: give the slot back, now or when its patience event surfaces."""
    if st.pool[slot].has_timer:
        st.pool[slot].state = IN_TIMER
    else:
        give_slot(st, slot)


@inlined
def next_queue(inp, st, team):
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
