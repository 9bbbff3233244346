"""What an agent does when the next step comes (compiled)."""

from __future__ import annotations

from ..common.compiling import inlined, kernel_part
from .agents import finish_idle_or_leave, give_trunk_back, schedule
from .contract import NOBODY
from .in_hand import end_chats, hold, let_go, put_back, settle_in_hand
from .lists import leave_list
from .live import leave_line
from .profiles import is_full
from .routing import CALLS, next_line
from .service import serve_full
from .state import CHATS, HANDS_OVER, HOLDS, TALKS, WRAPS_UP, WRITES, WRITING


@inlined
def step(inp, key, st, out, agent, now):
    """The agent's step: what it was doing is done."""
    if is_full(inp):
        step_full(inp, key, st, out, agent, now)
        return
    give_trunk_back(st, agent)
    if st.agent[agent].doing == TALKS:
        schedule(inp, st, agent, WRAPS_UP, now + st.agent[agent].after_call_ms)
    else:
        finish_idle_or_leave(inp, st, out, inp.agent_team[agent], agent, now)


@kernel_part
def step_full(inp, key, st, out, agent, now):
    """``step`` in the full kernel, where some have been overtaken."""
    record = st.agent[agent]
    if record.step_ms != now:
        return
    record.step_ms = -1
    team = inp.agent_team[agent]
    doing = record.doing
    if doing == TALKS:
        give_trunk_back(st, agent)
        schedule(inp, st, agent, WRAPS_UP, now + record.after_call_ms)
    elif doing == WRITES:
        reply(inp, key, st, out, team, agent, now)
    elif doing == CHATS:
        if end_chats(inp, key, st, out, team, agent, now):
            free(inp, key, st, out, team, agent, now)
    elif doing == HANDS_OVER:
        hold(inp, st, agent, now)
    elif doing == HOLDS:
        let_go(inp, key, st, out, agent, 0, now)
    else:
        free(inp, key, st, out, team, agent, now)


@kernel_part
def reply(inp, key, st, out, team, agent, now):
    """The email in hand is answered."""
    slot = st.agent[agent].slot
    after_call_ms = st.pool[slot].after_call_ms
    leave_list(st, team, WRITING, agent)
    st.agent[agent].slot = NOBODY
    settle_in_hand(inp, key, st, out, slot, agent, now, now + after_call_ms, False)
    if after_call_ms > 0:
        schedule(inp, st, agent, WRAPS_UP, now + after_call_ms)
    else:
        free(inp, key, st, out, team, agent, now)


@kernel_part
def free(inp, key, st, out, team, agent, now):
    """The agent has finished: back to an email put down, idle, or off duty if positions have fallen."""
    give_trunk_back(st, agent)
    paused = st.agent[agent].paused
    if paused != NOBODY:
        if st.team[team].on_duty <= st.team[team].positions:
            line = next_line(inp, st, team, CALLS, now)
            if line == NOBODY:
                st.agent[agent].paused = NOBODY
                serve_full(inp, key, st, out, team, agent, paused, now)
            else:
                slot = st.line[line].head
                leave_line(inp, st, out, slot, now)
                serve_full(inp, key, st, out, team, agent, slot, now)
            return
        st.agent[agent].paused = NOBODY
        put_back(inp, st, out, paused, now)
    finish_idle_or_leave(inp, st, out, team, agent, now)
