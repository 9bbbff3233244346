"""What an agent does when the next step comes (compiled)."""

from __future__ import annotations

from ..common.compiling import inlined, kernel_part
from .agents import finish_idle_or_leave, give_trunk_back, schedule
from .contract import NOBODY
from .in_hand import end_chats, hold, let_go, put_back, settle_in_hand
from .lists import leave_list
from .live import leave_line
from .profiles import full_part
from .routing import CALLS, next_line
from .service import serve_full
from .state import CHATS, HANDS_OVER, HOLDS, TALKS, WRAPS_UP, WRITES, WRITING


@inlined
def step_routed(inp, st, out, agent, now):
    """The agent's step in the routed kernel: what it was doing is done."""
    give_trunk_back(st, agent)
    if st.agent[agent].doing == TALKS:
        schedule(inp, st, agent, WRAPS_UP, now + st.agent[agent].after_call_ms)
    else:
        finish_idle_or_leave(inp, st, out, inp.agent_team[agent], agent, now)


@full_part()
def step_full(inp, key, st, out, agent, now):
    """The agent's step in the full kernel, where some have been overtaken."""
    record = st.agent[agent]
    if record.step_ms != now:
        return
    record.step_ms = -1
    team = inp.agent_team[agent]
    doing = record.doing
    if doing == TALKS:
        give_trunk_back(st, agent)
        schedule(inp, st, agent, WRAPS_UP, now + record.after_call_ms)
    elif doing == HANDS_OVER:
        hold(inp, st, agent, now)
    elif doing == HOLDS:
        let_go(inp, key, st, out, agent, 0, now)
    elif doing == WRITES and reply(inp, key, st, out, team, agent, now):
        schedule(inp, st, agent, WRAPS_UP, now + record.after_call_ms)
    elif doing != CHATS or end_chats(inp, key, st, out, team, agent, now):
        free(inp, key, st, out, team, agent, now)


@kernel_part
def reply(inp, key, st, out, team, agent, now):
    """The email in hand is answered; whether wrap-up follows."""
    record = st.agent[agent]
    slot = record.slot
    record.after_call_ms = st.pool[slot].after_call_ms
    leave_list(st, team, WRITING, agent)
    record.slot = NOBODY
    settle_in_hand(inp, key, st, out, slot, agent, now, now + record.after_call_ms, False)
    return record.after_call_ms > 0


@kernel_part
def free(inp, key, st, out, team, agent, now):
    """The agent has finished: back to an email put down, idle, or off duty as positions or the roster say."""
    give_trunk_back(st, agent)
    slot = st.agent[agent].paused
    if slot != NOBODY and st.team[team].on_duty <= st.team[team].positions and not st.agent[agent].to_leave:
        line = next_line(inp, st, team, CALLS, now)
        if line == NOBODY:
            st.agent[agent].paused = NOBODY
        else:
            slot = st.line[line].head
            leave_line(inp, st, out, slot, now)
        serve_full(inp, key, st, out, team, agent, slot, now)
        return
    if slot != NOBODY:
        st.agent[agent].paused = NOBODY
        put_back(inp, st, out, slot, now)
    finish_idle_or_leave(inp, st, out, team, agent, now)
