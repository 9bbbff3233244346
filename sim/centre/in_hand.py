"""Services that may change while they last: chats, emails put down, agents who hold on (compiled; full kernel only).

A contact in hand keeps its slot (IN_HAND). Its agent knows it as ``slot`` (a reply, or a conversation whose agent will
hold on), as ``paused`` (an email put down) or as one of ``chats``. Steps that were scheduled for the agent and are
overtaken stay in the heap: a step counts only if it comes at the agent's ``step_ms``.
"""

from __future__ import annotations

import numpy as np

from ..common.compiling import kernel_part
from .agents import give_trunk_back, schedule
from .contract import BACK_IN_LINE, FULL_SPEED, NOBODY
from .fates import come_back, response_of, settle_served, waited_so_far
from .lists import join_list, leave_list
from .live import drop, expect_help, join_head
from .profiles import full_part
from .results import TRANSFER
from .state import (
    CHATS,
    HANDS_OVER,
    HOLDS,
    IN_HAND,
    UNDECIDED,
    WRAPS_UP,
    WRITES,
    WRITING,
)


@kernel_part
def settle_in_hand(inp, key, st, out, slot, agent, end, free, handed_on):
    """The service of a contact in hand is over: ``settle_served``, and the slot is given back."""
    contact = st.pool[slot]
    if contact.hands_to != NOBODY and not handed_on:
        hand_on(inp, key, st, slot, agent, end)
        handed_on = True
    settle_served(
        inp, key, st, out, slot, agent, contact.left_ms, end, free, contact.handle_ms, contact.re_explain_ms, handed_on
    )
    drop(st, slot)


@kernel_part
def hand_on(inp, key, st, slot, agent, end):
    """Put the transfer that follows on the agenda; its slot, NOBODY if it won't come."""
    contact = st.pool[slot]
    new = come_back(inp, key, st, slot, TRANSFER, contact.hands_to, end, agent)
    if new != NOBODY:
        following = st.pool[new]
        following.before_end = contact.before_end
        st.scalars[UNDECIDED] += contact.before_end
        following.touches = contact.touches
        wait = contact.left_ms - contact.offered_ms
        following.waited_ms = waited_so_far(inp, st, slot, wait, response_of(inp, st, slot, end))
        following.entry_queue, following.entry_interval = contact.queue, contact.interval
        if contact.reason == TRANSFER:
            following.entry_queue, following.entry_interval = contact.entry_queue, contact.entry_interval
        following.owed_ms = inp.choice[contact.queue].transfer_re_explain_ms
        following.at_head = inp.choice[contact.queue].at_head
    return new


# --- holding on -------------------------------------------------------------------------------------------------------


@kernel_part
def begin_holding(inp, key, st, agent, slot, end):
    """A conversation until ``end``, after which the agent holds on with the customer until the next agent begins."""
    contact, record = st.pool[slot], st.agent[agent]
    new = hand_on(inp, key, st, slot, agent, end)
    if new == NOBODY:
        return
    st.pool[new].held_by = agent
    contact.state = IN_HAND
    contact.end_ms = end
    record.slot = slot
    record.holds_for = new
    record.trunk_of = NOBODY
    if inp.queue[contact.queue].trunks >= 0 and not contact.callback:
        record.trunk_of = contact.queue
    schedule(inp, st, agent, HANDS_OVER, end)


@kernel_part
def hold(inp, st, agent, now):
    """The conversation is over: the agent holds on."""
    give_trunk_back(st, agent)
    queue = st.pool[st.agent[agent].slot].queue
    schedule(inp, st, agent, HOLDS, now + inp.choice[queue].hold_ms)


@full_part()
def let_go(inp, key, st, out, agent, together_ms, now):
    """The agent who holds on has so much time left with the customer, and then wraps up."""
    record = st.agent[agent]
    slot = record.slot
    contact = st.pool[slot]
    st.pool[record.holds_for].held_by = NOBODY
    record.slot = NOBODY
    record.holds_for = NOBODY
    free = now + together_ms + contact.after_call_ms
    contact.handle_ms = free - contact.left_ms
    schedule(inp, st, agent, WRAPS_UP, free)
    settle_in_hand(inp, key, st, out, slot, agent, contact.end_ms, free, True)


# --- emails that may be put down --------------------------------------------------------------------------------------


@kernel_part
def write(inp, st, team, agent, slot, now):
    """Begin the reply, or go on with it."""
    st.pool[slot].state = IN_HAND
    st.agent[agent].slot = slot
    join_list(st, team, WRITING, agent)
    schedule(inp, st, agent, WRITES, now + st.pool[slot].remaining_ms)


@full_part()
def put_down(inp, st, out, team, agent, now):
    """The email in hand waits, for its agent or at the head of its line."""
    record = st.agent[agent]
    slot = record.slot
    leave_list(st, team, WRITING, agent)
    record.slot = NOBODY
    st.pool[slot].remaining_ms = record.step_ms - now
    st.pool[slot].put_down += 1
    if inp.put_down[team] == BACK_IN_LINE:
        put_back(inp, st, out, slot, now)
    else:
        record.paused = slot


@kernel_part
def put_back(inp, st, out, slot, now):
    """An email put down goes back to the head of its line."""
    join_head(inp, st, out, slot, st.pool[slot].queue, now)
    expect_help(inp, st, slot, now)


# --- chats ------------------------------------------------------------------------------------------------------------


@kernel_part
def progress(inp, st, team, agent, now):
    """Bring the work left of the agent's chats up to now."""
    record = st.agent[agent]
    count = record.n_chats
    if count > 0:
        done = (now - record.chats_since_ms) * inp.chat_speed[team, count]
        for i in range(count):
            st.pool[st.chats[agent, i]].units -= done
    record.chats_since_ms = now


@kernel_part
def go_on_chatting(inp, st, team, agent, now):
    """When the next of the agent's chats is done; and the agent may take more, if there is room."""
    record = st.agent[agent]
    count = record.n_chats
    if count < inp.chat_most[team]:
        join_list(st, team, 1 + count, agent)
    left = st.pool[st.chats[agent, 0]].units
    for i in range(1, count):
        left = min(left, st.pool[st.chats[agent, i]].units)
    a_tick = inp.chat_speed[team, count] * inp.tick_ms
    ticks = (max(left, np.int64(0)) + a_tick - 1) // a_tick
    schedule(inp, st, agent, CHATS, now + ticks * inp.tick_ms)


@kernel_part
def leave_chat_list(inp, st, team, agent):
    """Out of the list of those who may take more chats."""
    count = st.agent[agent].n_chats
    if 0 < count < inp.chat_most[team]:
        leave_list(st, team, 1 + count, agent)


@kernel_part
def add_chat(inp, st, team, agent, slot, handle_ms, now):
    """One more chat in hand."""
    progress(inp, st, team, agent, now)
    leave_chat_list(inp, st, team, agent)
    st.pool[slot].state = IN_HAND
    st.pool[slot].units = handle_ms * FULL_SPEED
    st.chats[agent, st.agent[agent].n_chats] = slot
    st.agent[agent].n_chats += 1
    go_on_chatting(inp, st, team, agent, now)


@kernel_part
def end_chats(inp, key, st, out, team, agent, now):
    """The chats whose work is done end; whether the agent has none left."""
    progress(inp, st, team, agent, now)
    leave_chat_list(inp, st, team, agent)
    kept = 0
    for i in range(st.agent[agent].n_chats):
        slot = np.int64(st.chats[agent, i])
        contact = st.pool[slot]
        if contact.units > 0:
            st.chats[agent, kept] = slot
            kept += 1
            continue
        if inp.queue[contact.queue].trunks >= 0:
            st.queue[contact.queue].trunks_taken -= 1
        contact.handle_ms = now - contact.left_ms
        settle_in_hand(inp, key, st, out, slot, agent, now, now, False)
    st.agent[agent].n_chats = kept
    if kept > 0:
        go_on_chatting(inp, st, team, agent, now)
    return kept == 0
