"""Agents between contacts: coming, going, idle; and the agenda of their steps (compiled)."""

from __future__ import annotations

from ..common.compiling import inlined, kernel_part
from .booking import book_busy, book_team, log_spell
from .contract import NOBODY
from .heaps import pack, pop, push
from .lists import join_list, leave_list
from .live import follow_opening
from .opening import is_open
from .profiles import full_part, is_full
from .results import BUSY, ON_DUTY
from .state import DUTY_MS, FAILURE, IDLE, N_RETURNS, N_STEPS, POOL_FULL


@inlined
def schedule(inp, st, agent, doing, at_ms):
    """What the agent does until the next step, and when that is."""
    st.agent[agent].doing = doing
    if is_full(inp):
        st.agent[agent].step_ms = at_ms
        if st.scalars[N_STEPS] >= st.steps.size:
            st.scalars[FAILURE] = POOL_FULL
            return
    st.scalars[N_STEPS] = push(st.steps, st.scalars[N_STEPS], pack(at_ms, agent))


@inlined
def start_busy(st, out, team, agent, now):
    """The agent is busy from now on."""
    book_busy(st, out, team, 1, now)
    st.agent[agent].busy_since_ms = now


@inlined
def end_busy(st, out, team, agent, now):
    """The agent is free."""
    book_busy(st, out, team, -1, now)
    record = st.agent[agent]
    if out.spells.size > 0:
        log_spell(st, out, BUSY, agent, record.busy_since_ms, now, -1)
    record.busy_ms += now - record.busy_since_ms
    record.busy_since_ms = -1


@inlined
def be_there(st, out, team, agent, now):
    """The agent comes, and is idle."""
    book_team(st, out, team, now)
    st.team[team].on_duty += 1
    st.agent[agent].on_since_ms = now
    join_list(st, team, IDLE, agent)


@kernel_part
def be_gone(st, out, team, agent, now):
    """The agent, neither idle nor busy, leaves."""
    book_team(st, out, team, now)
    st.team[team].on_duty -= 1
    if out.spells.size > 0:
        log_spell(st, out, ON_DUTY, agent, st.agent[agent].on_since_ms, now, -1)
    st.agent[agent].on_since_ms = -1


@kernel_part
def go_off_duty(st, out, team, agent, now):
    """The agent of a team with positions, neither idle nor busy, leaves."""
    be_gone(st, out, team, agent, now)
    st.team[team].n_absent = push(st.absent[team], st.team[team].n_absent, agent)


@kernel_part
def send_idle_off(st, out, team, now):
    """While more are on duty than positions, idle agents leave, the longest idle first."""
    while st.team[team].on_duty > st.team[team].positions and st.lists[team, IDLE].size > 0:
        agent = st.lists[team, IDLE].head
        leave_list(st, team, IDLE, agent)
        go_off_duty(st, out, team, agent, now)


@kernel_part
def set_positions(st, out, team, positions, now):
    """Absent agents come, or idle ones leave; who is busy leaves when free."""
    book_team(st, out, team, now)
    st.team[team].positions = positions
    st.team[team].scheduled = positions
    while st.team[team].on_duty < positions:
        agent = st.absent[team, 0]
        st.team[team].n_absent = pop(st.absent[team], st.team[team].n_absent)
        st.agent[agent].busy_ms = 0
        be_there(st, out, team, agent, now)
    send_idle_off(st, out, team, now)


@kernel_part
def closed_queue_waits(inp, st, team, now):
    """Whether somebody waits in a line of the team whose queue has closed and serves those who wait."""
    for line in range(st.line.size):
        queue = inp.line[line].queue
        if st.line[line].n_waiting == 0 or inp.queue[queue].is_email or inp.taking[team, line].rank < 0:
            continue
        if inp.queue[queue].send_away_at_close and line == queue:
            continue
        follow_opening(inp, st, queue, now)
        if not is_open(inp.segments, inp.queue[queue].last_segment, now, st.queue[queue].segment):
            return True
    return False


@kernel_part
def rest_until(st, agent, until_ms):
    """The agent, away, is back from the break then."""
    st.roster[agent].back_ms = until_ms
    st.scalars[N_RETURNS] = push(st.returns, st.scalars[N_RETURNS], pack(until_ms, agent))
    st.scalars[DUTY_MS] = min(st.scalars[DUTY_MS], until_ms)


@full_part()
def leave_as_due(inp, st, out, agent, now):
    """The agent of a rostered team, neither idle nor busy, goes home or on the breaks that are due."""
    record, roster = st.agent[agent], st.roster[agent]
    record.to_leave = 0
    if roster.on_shift:
        record.worked_ms += now - record.on_since_ms
        rest_until(st, agent, now + roster.break_due_ms)
        roster.break_due_ms = 0
    be_gone(st, out, inp.agent_team[agent], agent, now)


@full_part()
def send_off_as_due(inp, st, out, agent, now):
    """An agent who was to leave, stayed for one more contact and took none leaves."""
    record = st.agent[agent]
    if record.to_leave and record.busy_since_ms < 0:
        leave_list(st, inp.agent_team[agent], IDLE, agent)
        leave_as_due(inp, st, out, agent, now)


@inlined
def finish_idle_or_leave(inp, st, out, team, agent, now):
    """The agent, free now, joins the idle, or leaves if positions have fallen or the roster says so."""
    end_busy(st, out, team, agent, now)
    if is_full(inp) and st.agent[agent].to_leave:
        if st.roster[agent].on_shift or not closed_queue_waits(inp, st, team, now):
            leave_as_due(inp, st, out, agent, now)
        else:
            join_list(st, team, IDLE, agent)
    elif st.team[team].on_duty > st.team[team].positions and not closed_queue_waits(inp, st, team, now):
        go_off_duty(st, out, team, agent, now)
    else:
        join_list(st, team, IDLE, agent)


@inlined
def give_trunk_back(st, agent):
    """The conversation is over."""
    queue = st.agent[agent].trunk_of
    if queue != NOBODY:
        st.queue[queue].trunks_taken -= 1
        st.agent[agent].trunk_of = NOBODY
