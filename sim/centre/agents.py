"""Where agents are: idle, at work, off duty (compiled)."""

from __future__ import annotations

from ..common.compiling import compiled, inlined
from .booking import book_duty
from .contract import NOBODY
from .heaps import pack, pop, push
from .live import follow_opening
from .opening import is_open
from .state import FAILURE, LOG_FULL, N_DUTY, N_FREE


@inlined
def to_idle(st, team, agent):
    """The agent is the last of the idle."""
    ring = st.idle.shape[1]
    at = st.team[team].idle_first + st.team[team].n_idle
    st.idle[team, at - ring if at >= ring else at] = agent
    st.team[team].n_idle += 1


@inlined
def from_idle(st, team):
    """The longest idle agent, taken from the idle."""
    first = st.team[team].idle_first
    st.team[team].idle_first = first + 1 if first + 1 < st.idle.shape[1] else 0
    st.team[team].n_idle -= 1
    return st.idle[team, first]


@compiled
def go_off_duty(st, out, team, agent, now):
    """The agent, neither idle nor busy, leaves."""
    book_duty(st, out, team, now)
    st.team[team].on_duty -= 1
    st.team[team].n_absent = push(st.absent[team], st.team[team].n_absent, agent)
    if out.log.size > 0:
        log_spell(st, out, agent, now)


@compiled
def log_spell(st, out, agent, now):
    """Note the agent's spell on duty that ends now."""
    row = st.scalars[N_DUTY]
    if row >= out.duty.size:
        st.scalars[FAILURE] = LOG_FULL
        return
    out.duty[row].agent = agent
    out.duty[row].on_ms = st.agent[agent].on_since_ms
    out.duty[row].off_ms = now
    st.scalars[N_DUTY] = row + 1


@compiled
def set_positions(st, out, team, positions, now):
    """Absent agents come, or idle ones leave; who is busy leaves when free."""
    book_duty(st, out, team, now)
    st.team[team].positions = positions
    while st.team[team].on_duty < positions:
        agent = st.absent[team, 0]
        st.team[team].n_absent = pop(st.absent[team], st.team[team].n_absent)
        st.team[team].on_duty += 1
        st.agent[agent].on_since_ms = now
        to_idle(st, team, agent)
    while st.team[team].on_duty > positions and st.team[team].n_idle > 0:
        go_off_duty(st, out, team, from_idle(st, team), now)


@compiled
def closed_queue_waits(inp, st, team, now):
    """Whether a caller waits in a queue of the team that has closed and serves those who wait."""
    for queue in range(st.queue.size):
        if st.queue[queue].n_waiting == 0 or inp.queue[queue].is_email or inp.taking[team, queue].rank < 0:
            continue
        if inp.queue[queue].send_away_at_close:
            continue
        follow_opening(inp, st, queue, now)
        if not is_open(inp.segments, inp.queue[queue].last_segment, now, st.queue[queue].segment):
            return True
    return False


@inlined
def agent_event(inp, st, out, agent, now):
    """A line is given back, or an agent is free: goes idle, or off duty if positions have fallen."""
    team = inp.agent_team[agent]
    queue = st.agent[agent].line_of
    if queue >= 0:
        st.queue[queue].lines -= 1
        st.agent[agent].line_of = NOBODY
        if st.agent[agent].wrapped_ms > now:
            st.scalars[N_FREE] = push(st.free, st.scalars[N_FREE], pack(st.agent[agent].wrapped_ms, agent))
            return
    st.team[team].n_busy -= 1
    if st.team[team].on_duty > st.team[team].positions and not closed_queue_waits(inp, st, team, now):
        go_off_duty(st, out, team, agent, now)
    else:
        to_idle(st, team, agent)
