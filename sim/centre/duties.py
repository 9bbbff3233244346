"""Shifts and breaks of rostered teams' agents (compiled; full kernel only): ``docs/engine.md``, "Shifts and breaks"."""

from __future__ import annotations

from ..common.compiling import kernel_part
from .agents import be_there, leave_as_due, rest_until
from .booking import book_team
from .contract import NOBODY
from .heaps import SUBJECT_BITS, SUBJECT_MASK, pop
from .lists import leave_list
from .opening import NEVER_MS
from .profiles import full_part
from .state import DUTY_MS, IDLE, N_RETURNS, NEXT_DUTY

_AT, _AGENT, _LENGTH = range(3)  # columns of the duties


@full_part()
def await_rosters(inp, st):
    """Note when the next event of the rosters comes: a shift's end, a break, or the end of one."""
    at_ms = NEVER_MS
    if st.scalars[NEXT_DUTY] < inp.duties.shape[0]:
        at_ms = inp.duties[st.scalars[NEXT_DUTY], _AT]
    if st.scalars[N_RETURNS] > 0:
        at_ms = min(at_ms, st.returns[0] >> SUBJECT_BITS)
    st.scalars[DUTY_MS] = at_ms


@full_part()
def set_scheduled(inp, st, out, team, scheduled, now):
    """What a rostered team schedules from now on."""
    book_team(st, out, team, now)
    st.team[team].scheduled = scheduled


@full_part()
def start_shift(inp, st, out, team, agent, now):
    """The agent comes; who is busy from the shift before stays."""
    record = st.agent[agent]
    st.roster[agent].on_shift = 1
    record.to_leave = 0
    if record.on_since_ms < 0:
        record.busy_ms = 0
        record.worked_ms = 0
        be_there(st, out, team, agent, now)


@full_part()
def change_by_roster(inp, st, out, now):
    """The next event of the rosters, one of now: the lowest agent's, of one agent the duty before the return."""
    row = st.scalars[NEXT_DUTY]
    agent = st.agent.size
    if row < inp.duties.shape[0] and inp.duties[row, _AT] == now:
        agent = inp.duties[row, _AGENT]
    if st.scalars[N_RETURNS] > 0 and st.returns[0] < (now << SUBJECT_BITS | agent):
        agent = st.returns[0] & SUBJECT_MASK
        st.scalars[N_RETURNS] = pop(st.returns, st.scalars[N_RETURNS])
        end_break(inp, st, out, agent, now)
    else:
        st.scalars[NEXT_DUTY] = row + 1
        length_ms = inp.duties[row, _LENGTH]
        if length_ms > 0:
            call_to_break(inp, st, out, agent, length_ms, now)
        else:
            end_shift(inp, st, out, agent, now)
    await_rosters(inp, st)


@kernel_part
def end_shift(inp, st, out, agent, now):
    """Who is idle leaves; who is busy is to leave; who is on a break stays away."""
    roster = st.roster[agent]
    roster.on_shift = 0
    roster.break_due_ms = 0
    if roster.back_ms != NOBODY:
        roster.back_ms = NOBODY
    else:
        leave_when_free(inp, st, out, agent, now)


@kernel_part
def call_to_break(inp, st, out, agent, length_ms, now):
    """A break begins by the roster: in fact when the agent is free, and back from one before."""
    roster = st.roster[agent]
    if roster.back_ms != NOBODY:
        rest_until(st, agent, roster.back_ms + length_ms)
    else:
        roster.break_due_ms += length_ms
        leave_when_free(inp, st, out, agent, now)


@kernel_part
def leave_when_free(inp, st, out, agent, now):
    """The agent leaves now, if idle, or is to leave."""
    record = st.agent[agent]
    record.to_leave = 1
    if record.busy_since_ms < 0:
        leave_list(st, inp.agent_team[agent], IDLE, agent)
        leave_as_due(inp, st, out, agent, now)


@kernel_part
def end_break(inp, st, out, agent, now):
    """The agent is back, unless the shift is over, or another break has followed."""
    if st.roster[agent].back_ms == now:
        st.roster[agent].back_ms = NOBODY
        be_there(st, out, inp.agent_team[agent], agent, now)
