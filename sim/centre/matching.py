"""Which waiting contact goes to which agent, after an event (compiled)."""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined
from .contract import NOBODY
from .profiles import full_part, is_full
from .routing import (
    CALLS,
    CHAT_LINES,
    WITH_RESERVE,
    chat_agent,
    idle_agent,
    interrupted,
    interruptible_agent,
    next_line,
    taker,
)
from .service import begin
from .state import IDLE, WRITING


@inlined
def taker_of_newcomer(inp, st, slot, now):
    """Who takes a contact that has come to its line now, if it is the first there; NOBODY if nobody does."""
    line = np.int64(st.pool[slot].line)
    if st.line[line].n_waiting > 0 and st.line[line].head != slot:
        return np.int64(NOBODY)
    agent = taker(inp, st, line, now)
    if is_full(inp) and agent == NOBODY and inp.line[line].interrupts:
        agent = interrupted(inp, st, line, now)
    return agent


@full_part((NOBODY, NOBODY))
def next_without_idle(inp, st, team, now):
    """Agent and line of what the team takes next beside chats, or by putting an email down; NOBODY if nothing."""
    line = next_line(inp, st, team, CHAT_LINES, now)
    if line != NOBODY:
        agent = chat_agent(st, team)
        if agent != NOBODY:
            return agent, line
    if st.lists[team, WRITING].size > 0:
        line = next_line(inp, st, team, CALLS, now)
        if line != NOBODY:
            return interruptible_agent(st, team, now), line
    return np.int64(NOBODY), np.int64(NOBODY)


@inlined
def next_match(inp, st, team, now):
    """Agent and line of what the team takes next; NOBODY if nothing."""
    agent, line = np.int64(NOBODY), np.int64(NOBODY)
    if st.lists[team, IDLE].size > 0:
        line = next_line(inp, st, team, WITH_RESERVE, now)
        if line != NOBODY:
            agent = idle_agent(inp, st, team, now)
    if is_full(inp) and agent == NOBODY:
        agent, line = next_without_idle(inp, st, team, now)
    return agent, line


@inlined
def match(inp, key, st, out, newcomer, team_from, team_to, now):
    """Waiting contacts are taken until no rule allows more.

    First whoever suits the contact in slot ``newcomer`` best takes it, if one has come. Then the teams from
    ``team_from`` until before ``team_to`` take in their order what they may; in the full kernel again, until none does.
    """
    agent, slot = np.int64(NOBODY), newcomer
    if newcomer != NOBODY:
        agent = taker_of_newcomer(inp, st, newcomer, now)
    team = team_from
    taken = False
    while True:
        while agent == NOBODY and team < team_to:
            agent, line = next_match(inp, st, team, now)
            if agent == NOBODY:
                team += 1
            else:
                slot = st.line[line].head
        if agent == NOBODY:
            if is_full(inp) and taken:
                team, taken = team_from, False
                continue
            break
        begin(inp, key, st, out, inp.agent_team[agent], agent, slot, now)
        taken = True
        agent = np.int64(NOBODY)
