"""Who takes what (compiled): the rules of ``docs/engine.md``, section "What a team may take"."""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part
from .contract import FASTEST, LEAST_OCCUPIED, NOBODY
from .profiles import full_part, is_full
from .state import IDLE, WRITING

# Which lines a team looks at.
WITH_RESERVE, CHAT_LINES, CALLS = range(3)


@inlined
def may_take(inp, st, team, line):
    """Whether the team may take the first contact of a line, apart from having somebody for it."""
    taking = inp.taking[team, line]
    if st.line[line].n_waiting == 0 or taking.rank < 0 or st.closed[team, line]:
        return False
    return taking.overflow_ms == 0 or st.pool[st.line[line].head].overflowed_ms >= taking.overflow_ms


@inlined
def may_take_newcomer(inp, st, team, line):
    """Whether the team may take a contact that has come to the line now and is the first there."""
    taking = inp.taking[team, line]
    return taking.rank >= 0 and not st.closed[team, line] and taking.overflow_ms == 0


@full_part(False)
def may_take_beside_chats(inp, st, team, line):
    """Whether agents with chats in hand may take a contact of the line: a chat, while nothing of lower rank waits."""
    if not inp.queue[inp.line[line].queue].is_chat:
        return False
    rank = inp.taking[team, line].rank
    for other in range(st.line.size):
        is_chat = inp.queue[inp.line[other].queue].is_chat
        if not is_chat and inp.taking[team, other].rank < rank and may_take(inp, st, team, other):
            return False
    return True


@inlined
def score(inp, st, line, now):
    """The score of the first contact of a line."""
    waited_ms = now - st.pool[st.line[line].head].joined_ms
    return inp.line[line].score_base + inp.line[line].score_per_ms * waited_ms


@inlined
def comes_before(inp, st, team, line, other, now):
    """Whether the first contact of ``line`` is taken before that of ``other``."""
    if inp.by_score:
        mine, its = score(inp, st, line, now), score(inp, st, other, now)
        if mine != its:
            return mine > its
    else:
        mine, its = inp.taking[team, line].rank, inp.taking[team, other].rank
        if mine != its:
            return mine < its
    return st.pool[st.line[line].head].sequence < st.pool[st.line[other].head].sequence


@inlined
def next_line(inp, st, team, which, now):
    """The line whose first contact the team takes next, of those that it looks at; NOBODY if there is none."""
    best = np.int64(NOBODY)
    for line in range(st.line.size):
        if not may_take(inp, st, team, line):
            continue
        if which == WITH_RESERVE and st.lists[team, IDLE].size - 1 < inp.taking[team, line].reserve:
            continue
        if which == CALLS and not inp.line[line].interrupts:
            continue
        if which == CHAT_LINES and not may_take_beside_chats(inp, st, team, line):
            continue
        if best == NOBODY or comes_before(inp, st, team, line, best, now):
            best = np.int64(line)
    return best


@kernel_part
def occupancy(st, agent, now):
    """Busy share of an idle agent's time on duty."""
    record = st.agent[agent]
    on_duty_ms = record.worked_ms + now - record.on_since_ms
    if on_duty_ms == 0:
        return 0.0
    return np.float64(record.busy_ms) / np.float64(on_duty_ms)


@kernel_part
def least_occupied(st, team, now):
    """Of the team's idle agents the least occupied, then the longest idle."""
    best = st.lists[team, IDLE].head
    agent = best
    while agent != NOBODY:
        if occupancy(st, agent, now) < occupancy(st, best, now):
            best = agent
        agent = st.agent[agent].next
    return best


@inlined
def idle_agent(inp, st, team, now):
    """The team's idle agent who takes the next contact."""
    if inp.agents == LEAST_OCCUPIED:
        return least_occupied(st, team, now)
    return st.lists[team, IDLE].head


@kernel_part
def chat_agent(st, team):
    """Who of those with chats takes one more: fewest chats, then longest with as many; NOBODY if none.

    As many of the first as are to leave are passed over; of a rostered team those who are to leave.
    """
    to_leave = max(st.team[team].on_duty - st.team[team].positions, 0)
    for which in range(2, st.lists.shape[1]):
        if st.lists[team, which].size <= to_leave:
            to_leave -= st.lists[team, which].size
            continue
        agent = st.lists[team, which].head
        for _ in range(to_leave):
            agent = st.agent[agent].next
        while agent != NOBODY and st.agent[agent].to_leave:
            agent = st.agent[agent].next
        if agent != NOBODY:
            return agent
    return np.int64(NOBODY)


@kernel_part
def interruptible_agent(st, team, now):
    """Who of the team puts the email in hand down: the one who began last; NOBODY if none."""
    agent = st.lists[team, WRITING].tail
    while agent != NOBODY and (st.agent[agent].step_ms == now or st.agent[agent].to_leave):
        agent = st.agent[agent].previous
    return agent


@full_part(NOBODY)
def chatting_agent_for(inp, st, team, line, now):
    """Who of the team takes the first contact of the line beside the chats in hand; NOBODY if none."""
    if not inp.queue[inp.line[line].queue].is_chat or next_line(inp, st, team, CHAT_LINES, now) != line:
        return np.int64(NOBODY)
    return chat_agent(st, team)


@inlined
def suits_better(inp, st, agent, other, queue, now):
    """Whether a contact that has just joined goes to ``agent`` rather than ``other``, of different teams."""
    mine, its = inp.serving[inp.agent_team[agent], queue], inp.serving[inp.agent_team[other], queue]
    if mine.preference != its.preference:
        return mine.preference < its.preference
    if st.agent[agent].n_chats != st.agent[other].n_chats:
        return st.agent[agent].n_chats < st.agent[other].n_chats
    if st.agent[agent].n_chats == 0:
        if inp.agents == FASTEST and mine.handle_factor != its.handle_factor:
            return mine.handle_factor < its.handle_factor
        if inp.agents == LEAST_OCCUPIED and occupancy(st, agent, now) != occupancy(st, other, now):
            return occupancy(st, agent, now) < occupancy(st, other, now)
    return st.agent[agent].turn < st.agent[other].turn


@inlined
def taker(inp, st, line, now):
    """The idle or chatting agent who takes a contact that has come to the line now and is the first there."""
    best = np.int64(NOBODY)
    for team in range(st.team.size):
        if not may_take_newcomer(inp, st, team, line):
            continue
        agent = np.int64(NOBODY)
        # Before the contact came no team had an idle agent for any line: so this line is the only one.
        if st.lists[team, IDLE].size - 1 >= inp.taking[team, line].reserve:
            agent = idle_agent(inp, st, team, now)
        elif is_full(inp):
            agent = chatting_agent_for(inp, st, team, line, now)
        if agent != NOBODY and (best == NOBODY or suits_better(inp, st, agent, best, inp.line[line].queue, now)):
            best = agent
    return best


@full_part(NOBODY)
def interrupted(inp, st, line, now):
    """Who puts an email down for a contact that has just joined and is the first of its line; NOBODY if none."""
    best = np.int64(NOBODY)
    queue = inp.line[line].queue
    for team in range(st.team.size):
        if not may_take(inp, st, team, line) or next_line(inp, st, team, CALLS, now) != line:
            continue
        agent = interruptible_agent(st, team, now)
        if agent == NOBODY:
            continue
        if best != NOBODY:
            mine = inp.serving[team, queue].preference
            its = inp.serving[inp.agent_team[best], queue].preference
            if mine > its or (mine == its and st.agent[agent].turn < st.agent[best].turn):
                continue
        best = agent
    return best
