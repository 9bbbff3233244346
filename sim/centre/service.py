"""An agent serves a contact (compiled).

In the routed kernel a service is settled when it begins: nothing can change it. In the full kernel emails that may be
put down, chats, and conversations whose agent then holds on stay in hand, and are settled when they end (``in_hand``).
"""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part
from ..common.streams import BLOCK_MORE, duration_ms
from .agents import schedule, start_busy
from .contract import DAY_MS, NOBODY, NOT_PUT_DOWN
from .fates import settle_served, settle_unserved
from .heaps import pack, push_contact
from .in_hand import add_chat, begin_holding, let_go, put_down, settle_in_hand, write
from .lists import leave_list
from .live import attempt_words, drop, leave_line
from .opening import is_open, segment_at
from .packed import AFTER_CALL, HANDLE, TRANSFER_TIME
from .profiles import full_part, is_full
from .results import ABANDONED, TRANSFER
from .state import IDLE, N_FOLLOW_UPS, OWED, TALKS, WAITING, WRAPS_UP


@inlined
def begin(inp, key, st, out, team, agent, slot, now):
    """The agent, in a list of the team, takes the contact, first of its line or knocking there."""
    if st.pool[slot].state == WAITING:
        leave_line(inp, st, out, slot, now)
    if is_full(inp):
        if st.agent[agent].slot != NOBODY:
            put_down(inp, st, out, team, agent, now)
        elif st.agent[agent].n_chats == 0:
            leave_list(st, team, IDLE, agent)
        serve_full(inp, key, st, out, team, agent, slot, now)
    else:
        leave_list(st, team, IDLE, agent)
        serve_to_the_end(inp, key, st, out, team, agent, slot, now)


@inlined
def serve_to_the_end(inp, key, st, out, team, agent, slot, now):
    """A service that nothing can change, by an agent who was idle."""
    contact = st.pool[slot]
    queue = contact.queue
    start_busy(st, out, team, agent, now)
    re_explain = re_explaining(st, slot, agent)
    factor = inp.stages[st.agent[agent].stage, queue].handle_factor
    end = now + duration_ms(inp.tables[HANDLE, queue], contact.handle_word, inp.tick_ms, factor) + re_explain
    free = end + after_call(inp, key, st, slot)
    talk(inp, st, agent, queue, end, free, True)
    settle_served(inp, key, st, out, slot, agent, now, end, free, free - now, re_explain, False)
    drop(st, slot)


@inlined
def re_explaining(st, slot, agent):
    """Time to say again what another agent knows already."""
    contact = st.pool[slot]
    if contact.served_by == NOBODY or contact.served_by == agent:
        return np.int64(0)
    return contact.owed_ms


@inlined
def after_call(inp, key, st, slot):
    """How long the agent wraps up after the attempt."""
    contact = st.pool[slot]
    if not inp.queue[contact.queue].has_after_call:
        return np.int64(0)
    _, _, _, word = attempt_words(inp, key, contact.number, contact.attempt, BLOCK_MORE)
    return duration_ms(inp.tables[AFTER_CALL, contact.queue], word, inp.tick_ms)


@inlined
def talk(inp, st, agent, queue, end, free, on_line):
    """The agent's steps in a conversation until ``end`` with wrap-up until ``free``; the trunk is free at its end."""
    st.agent[agent].trunk_of = NOBODY
    if on_line and inp.queue[queue].trunks >= 0:
        st.agent[agent].trunk_of = queue
        if free > end:
            st.agent[agent].after_call_ms = free - end
            schedule(inp, st, agent, TALKS, end)
            return
    schedule(inp, st, agent, WRAPS_UP, free)


# --- in the full kernel -----------------------------------------------------------------------------------------------


@full_part()
def serve_full(inp, key, st, out, team, agent, slot, now):
    """All kinds of service; the agent begins the contact or resumes it."""
    contact = st.pool[slot]
    queue = contact.queue
    if st.agent[agent].busy_since_ms < 0:
        start_busy(st, out, team, agent, now)
    if contact.held_by != NOBODY:
        holder = np.int64(contact.held_by)
        contact.joint_ms = inp.choice[st.pool[st.agent[holder].slot].queue].joint_ms
        let_go(inp, key, st, out, holder, contact.joint_ms, now)
    if not contact.opened or contact.callback:
        contact.left_ms = now
    contact.opened = 1
    if contact.callback and rings_in_vain(inp, key, st, out, agent, slot, now):
        return
    resumed = contact.remaining_ms >= 0
    conversation = contact.remaining_ms
    if not resumed:
        conversation = conversation_ms(inp, key, st, agent, slot)
        contact.handle_ms = conversation + contact.after_call_ms
    contact.served_by = agent
    contact.stage = st.agent[agent].stage
    end = now + conversation
    if inp.queue[queue].is_chat:
        add_chat(inp, st, team, agent, slot, conversation, now)
    elif inp.queue[queue].is_email and inp.put_down[team] != NOT_PUT_DOWN:
        contact.remaining_ms = conversation
        write(inp, st, team, agent, slot, now)
    elif holds_on(inp, st, slot, end):
        begin_holding(inp, key, st, agent, slot, end)
    else:
        talk(inp, st, agent, queue, end, end + contact.after_call_ms, not contact.callback)
        settle_in_hand(inp, key, st, out, slot, agent, end, end + contact.after_call_ms, False)


@kernel_part
def conversation_ms(inp, key, st, agent, slot):
    """How long the agent talks or writes, wrap-up apart, which is noted; and whether the contact is handed on."""
    contact = st.pool[slot]
    queue = contact.queue
    contact.touches += 1
    contact.re_explain_ms = contact.owed_ms if contact.reason == TRANSFER else re_explaining(st, slot, agent)
    contact.after_call_ms = after_call(inp, key, st, slot)
    stage = st.agent[agent].stage
    table, factor = HANDLE, inp.stages[stage, queue].handle_factor
    if not inp.solves[stage, contact.matter] and inp.hand_to[queue, contact.matter] != NOBODY:
        contact.hands_to = inp.hand_to[queue, contact.matter]
        table, factor = TRANSFER_TIME, 1.0
    handle = duration_ms(inp.tables[table, queue], contact.handle_word, inp.tick_ms, factor)
    return handle + contact.re_explain_ms + contact.joint_ms


@kernel_part
def holds_on(inp, st, slot, end):
    """Whether the agent holds on after handing the contact on at ``end``: not if the next queue is closed then."""
    contact = st.pool[slot]
    to = contact.hands_to
    if to == NOBODY or inp.choice[contact.queue].hold_ms == 0 or end >= inp.days * DAY_MS:
        return False
    if inp.queue[contact.queue].is_email or inp.queue[contact.queue].is_chat:
        return False
    last = inp.queue[to].last_segment
    return is_open(inp.segments, last, end, segment_at(inp.segments, last, end, st.queue[to].segment))


@full_part(True)
def rings_in_vain(inp, key, st, out, agent, slot, now):
    """One more try to call the customer back; True if nobody answers: another try, or the end of it."""
    contact = st.pool[slot]
    choice, queue = inp.choice[contact.queue], contact.queue
    contact.tries += 1
    if contact.tries >= contact.tries_needed:
        return False
    until = now + choice.ring_ms
    st.agent[agent].trunk_of = NOBODY
    schedule(inp, st, agent, WRAPS_UP, until)
    again = until + choice.again_ms
    last = inp.queue[queue].last_segment
    segment = segment_at(inp.segments, last, again, st.queue[queue].segment)
    if contact.tries < choice.tries and is_open(inp.segments, last, again, segment):
        contact.state = OWED
        if again < inp.days * DAY_MS:
            st.scalars[N_FOLLOW_UPS] = push_contact(st.pool, st.follow_ups, st.scalars[N_FOLLOW_UPS], pack(again, slot))
        return True
    settle_unserved(inp, key, st, out, slot, ABANDONED, until)
    drop(st, slot)
    return True
