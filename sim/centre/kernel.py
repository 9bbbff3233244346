"""The fast engine: one compiled event loop over a whole horizon (rules: ``docs/engine.md``).

Three ideas carry its speed. First arrivals are drawn a day at a time, already sorted, and never enter a heap. Only
contacts that wait or will come back take a slot of the pool, so memory follows the live contacts. Statistics are
counted where a contact's fate is known, and integrals only where something changes.
"""

from __future__ import annotations

import numpy as np

from ..common.arrival_times import draw_day
from ..common.compiling import compiled
from .agents import agent_event, from_idle, log_spell, set_positions
from .booking import close_interval
from .columns import OFFERED_BY_REASON, UNRESOLVED_COUNT
from .contract import DAY_MS, NOBODY
from .fates import end_unserved, log_attempt, offer, set_timer, start_service
from .heaps import SUBJECT_BITS, SUBJECT_MASK, pop, pop_contact
from .live import draw_words, first_attempt, give_slot, leave_queue, next_queue, take_slot
from .results import ABANDONED, BLOCKED, NO_FOLLOW_UP, UNRESOLVED
from .state import FAILURE, IN_TIMER, INTERVAL_END_MS, N_FOLLOW_UPS, N_FREE, N_TIMERS, UNDECIDED, WAITING

_POSITIONS, _AGENT, _ARRIVAL, _FOLLOW_UP, _PATIENCE, _CLOSE = 0, 1, 3, 4, 6, 7


@compiled
def end_run(inp, st, out):
    """Close what is left of the horizon; contacts still waiting are unresolved."""
    while st.scalars[INTERVAL_END_MS] <= inp.horizon_end_ms:
        close_interval(inp, st, out)
    for queue in range(st.queue.size):
        slot = st.queue[queue].head
        while slot != NOBODY:
            contact = st.pool[slot]
            if contact.interval >= 0:
                row = out.contacts[queue, contact.interval]
                row[OFFERED_BY_REASON + contact.reason] += 1
                row[UNRESOLVED_COUNT] += 1
            if out.log.size > 0 and contact.before_end:
                log_attempt(st, out, slot, UNRESOLVED, -1, -1, -1, NOBODY, 0, NO_FOLLOW_UP)
            slot = np.int64(contact.next)
    if out.log.size > 0:
        end = inp.days * DAY_MS
        for i in range(st.scalars[N_FREE]):
            log_spell(st, out, st.free[i] & SUBJECT_MASK, end)
        for team in range(st.team.size):
            while st.team[team].n_idle > 0:
                log_spell(st, out, from_idle(st, team), end)


@compiled
def run_kernel(inp, key, counts, arrivals, st, out):
    """Simulate all days; FINE, or why there was no room.

    ``counts`` (Q, D) first contacts; ``arrivals`` buffers for a day.
    """
    queues = st.queue.size
    teams = st.team.size
    st.scalars[INTERVAL_END_MS] = inp.horizon_start_ms
    next_change = 0
    next_closing = 0
    offered = np.int64(NOBODY)

    for queue in range(queues):
        for k in range(inp.queue[queue].backlog):
            slot = take_slot(st)
            if st.scalars[FAILURE] != 0:
                return st.scalars[FAILURE]
            first_attempt(st, slot, inp.first_day - 1, queue, k)
            draw_words(inp, key, st, slot)
            offer(inp, st, out, slot, 0)
            st.pool[slot].interval = -1
            set_timer(inp, key, st, slot, 0)

    for day in range(inp.days):
        midnight = day * DAY_MS
        for queue in range(queues):
            st.queue[queue].upcoming = 0
            shape = inp.shape_of[queue, day]
            if counts[queue, day] > 0:
                lo, hi = inp.shape_rows[shape], inp.shape_rows[shape + 1]
                draw_day(
                    key,
                    inp.first_day + day,
                    inp.queue[queue].stream,
                    counts[queue, day],
                    inp.edge_ms[lo:hi],
                    inp.cumulative[lo:hi],
                    inp.tick_ms,
                    arrivals,
                    queue,
                )
        while True:
            # 1. The next event, in the order of (time, kind).
            now = midnight + DAY_MS
            kind = -1
            if next_change < inp.changes.shape[0] and inp.changes[next_change, 0] < now:
                now, kind = inp.changes[next_change, 0], _POSITIONS
            if st.scalars[N_FREE] > 0 and (st.free[0] >> SUBJECT_BITS) < now:
                now, kind = st.free[0] >> SUBJECT_BITS, _AGENT
            arriving = 0
            for queue in range(queues):
                if st.queue[queue].upcoming < counts[queue, day]:
                    at = midnight + arrivals.at_ms[queue, st.queue[queue].upcoming]
                    if at < now:
                        now, kind, arriving = at, _ARRIVAL, queue
            if st.scalars[N_FOLLOW_UPS] > 0 and (st.follow_ups[0] >> SUBJECT_BITS) < now:
                now, kind = st.follow_ups[0] >> SUBJECT_BITS, _FOLLOW_UP
            if st.scalars[N_TIMERS] > 0 and (st.timers[0] >> SUBJECT_BITS) < now:
                now, kind = st.timers[0] >> SUBJECT_BITS, _PATIENCE
            if next_closing < inp.closings.shape[0] and inp.closings[next_closing, 0] < now:
                now, kind = inp.closings[next_closing, 0], _CLOSE
            if kind == -1:
                break
            while st.scalars[INTERVAL_END_MS] <= now:
                close_interval(inp, st, out)
            if now >= inp.horizon_end_ms and st.scalars[UNDECIDED] == 0:
                end_run(inp, st, out)
                return st.scalars[FAILURE]

            # 2. What it does.
            offered = np.int64(NOBODY)
            team_from, team_to = 0, 0  # teams that may take a contact after it
            if kind == _AGENT:
                agent = st.free[0] & SUBJECT_MASK
                st.scalars[N_FREE] = pop(st.free, st.scalars[N_FREE])
                agent_event(inp, st, out, agent, now)
                team_from = inp.agent_team[agent]
                team_to = team_from + 1
            elif kind == _ARRIVAL:
                row = st.queue[arriving].upcoming
                st.queue[arriving].upcoming += 1
                offered = take_slot(st)
                if st.scalars[FAILURE] != 0:
                    return st.scalars[FAILURE]
                first_attempt(st, offered, inp.first_day + day, arriving, arrivals.k[arriving, row])
                contact = st.pool[offered]
                contact.handle_word = arrivals.handle_word[arriving, row]
                contact.patience_word = arrivals.patience_word[arriving, row]
                contact.balk_word = arrivals.balk_word[arriving, row]
            elif kind == _FOLLOW_UP:
                offered = st.follow_ups[0] & SUBJECT_MASK
                st.scalars[N_FOLLOW_UPS] = pop_contact(st.pool, st.follow_ups, st.scalars[N_FOLLOW_UPS])
                draw_words(inp, key, st, offered)
            elif kind == _PATIENCE:
                slot = st.timers[0] & SUBJECT_MASK
                st.scalars[N_TIMERS] = pop_contact(st.pool, st.timers, st.scalars[N_TIMERS])
                st.pool[slot].has_timer = 0
                if st.pool[slot].state == IN_TIMER:
                    give_slot(st, slot)
                else:
                    leave_queue(st, out, slot, now)
                    end_unserved(inp, key, st, out, slot, ABANDONED, now)
            elif kind == _POSITIONS:
                team_from = inp.changes[next_change, 1]
                team_to = team_from + 1
                set_positions(st, out, team_from, inp.changes[next_change, 2], now)
                next_change += 1
            else:
                queue = inp.closings[next_closing, 1]
                next_closing += 1
                while st.queue[queue].n_waiting > 0:
                    slot = st.queue[queue].head
                    leave_queue(st, out, slot, now)
                    end_unserved(inp, key, st, out, slot, ABANDONED, now)

            # 3. A contact that knocks joins its queue, or is blocked.
            if offered != NOBODY:
                if offer(inp, st, out, offered, now):
                    team_from, team_to = 0, teams
                else:
                    end_unserved(inp, key, st, out, offered, BLOCKED, now)
                    offered = np.int64(NOBODY)

            # 4. Idle agents take what they may.
            for team in range(team_from, team_to):
                while st.team[team].n_idle > 0:
                    queue = next_queue(inp, st, team)
                    if queue == NOBODY:
                        break
                    agent = from_idle(st, team)
                    start_service(inp, key, st, out, team, agent, st.queue[queue].head, now)

            # 5. Who was not served at once balks or waits.
            if offered != NOBODY and st.pool[offered].state == WAITING and set_timer(inp, key, st, offered, now):
                leave_queue(st, out, offered, now)
                end_unserved(inp, key, st, out, offered, ABANDONED, now)

            if st.scalars[FAILURE] != 0:
                return st.scalars[FAILURE]
    end_run(inp, st, out)
    return st.scalars[FAILURE]
