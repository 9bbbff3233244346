"""The fast engine: one compiled event loop over a whole horizon (rules: ``docs/engine.md``).

Three ideas carry its speed. First arrivals are drawn a day at a time, already sorted, and never enter a heap. Only
contacts that wait or will come back take a slot of the pool, so memory follows the live contacts. Statistics are
counted where a contact's fate is known, and integrals only where something changes.

From top to bottom: ``kernel`` (which event is next), ``offering`` (a contact knocks), ``matching`` and ``routing`` (who
takes what), ``steps``, ``service`` and ``in_hand`` (what agents do), ``fates`` (counts, log, what follows), ``agents``,
``live`` and ``lists`` (the memory), ``booking`` (integrals).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit

from ..common.arrival_times import draw_day, draw_returns
from ..common.by_reference import by_reference
from ..common.compiling import OPTIONS, inlined, kernel_part
from .agents import send_idle_off, send_off_as_due, set_positions
from .booking import close_interval, log_spell
from .contract import DAY_MS, NOBODY
from .duties import await_rosters, change_by_roster, set_scheduled, start_shift
from .fates import settle_unresolved
from .heaps import SUBJECT_BITS, SUBJECT_MASK, pop, pop_contact
from .live import draw_words, event_surfaced, first_attempt, leave_line, take_slot
from .matching import match
from .offering import (
    BALKS,
    WAITS,
    deflect,
    give_up,
    leave_alone,
    lose,
    not_served_at_once,
    offer,
    owe_callback,
)
from .opening import NEVER_MS
from .packed import SET_POSITIONS, SET_SCHEDULED
from .profiles import full_part, is_full
from .results import BLOCKED, BUSY, ON_DUTY, WAITING_SPELL
from .state import (
    DUTY_MS,
    FAILURE,
    IN_HAND,
    INTERVAL_END_MS,
    KNOCKING,
    N_FOLLOW_UPS,
    N_OVERFLOWS,
    N_STEPS,
    N_TIMERS,
    OWED,
    UNDECIDED,
    WAITING,
)
from .steps import step_full, step_routed

_CALENDAR, _AGENT, _ROSTER, _ARRIVAL, _FOLLOW_UP, _OVERFLOW, _PATIENCE, _CLOSE = range(8)


@kernel_part
def end_run(inp, st, out):
    """Close what is left of the horizon; contacts without a fate are unresolved."""
    while st.scalars[INTERVAL_END_MS] <= inp.horizon_end_ms:
        close_interval(inp, st, out)
    end = inp.days * DAY_MS
    for slot in range(st.pool.size):
        contact = st.pool[slot]
        if contact.state == WAITING or contact.state == IN_HAND or contact.state == OWED:
            settle_unresolved(inp, st, out, slot)
            if contact.state == WAITING and out.spells.size > 0:
                since = contact.waiting_since_ms if is_full(inp) else contact.offered_ms
                log_spell(st, out, WAITING_SPELL, contact.line, since, end, contact.offered_ms)
    if out.spells.size > 0:
        for agent in range(st.agent.size):
            if st.agent[agent].on_since_ms >= 0:
                log_spell(st, out, ON_DUTY, agent, st.agent[agent].on_since_ms, end, -1)
            if st.agent[agent].busy_since_ms >= 0:
                log_spell(st, out, BUSY, agent, st.agent[agent].busy_since_ms, end, -1)


@kernel_part
def offer_backlog(inp, key, st, out):
    """Emails that wait at the first moment; nobody is there yet."""
    for queue in range(st.queue.size):
        for k in range(inp.queue[queue].backlog):
            slot = take_slot(st)
            if st.scalars[FAILURE] != 0:
                return
            first_attempt(inp, key, st, slot, inp.first_day - 1, queue, k)
            draw_words(inp, key, st, slot)
            offer(inp, st, out, slot, 0)
            st.pool[slot].interval = -1
            not_served_at_once(inp, key, st, out, slot, 0)


@kernel_part
def draw_today(inp, key, counts, arrivals, st, day):
    """The day's first arrivals of all queues."""
    for queue in range(st.queue.size):
        st.queue[queue].upcoming = 0
        if counts[queue, day] == 0:
            continue
        shape = inp.shape_of[queue, day]
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
        if inp.queue[queue].recontact > 0.0:
            stream, contacts = inp.queue[queue].stream, counts[queue, day]
            draw_returns(key, inp.first_day + day, stream, contacts, arrivals, queue)


@kernel_part
def begin_day(inp, st, day):
    """The agents' stages change at midnight."""
    if day < inp.agent_stage.shape[0]:
        for agent in range(st.agent.size):
            st.agent[agent].stage = inp.agent_stage[day, agent]


@kernel_part
def change_by_calendar(inp, st, out, row, now):
    """Fences and positions that change now, and shifts that start, from ``row`` on; the first row that is later."""
    while row < inp.changes.shape[0] and inp.changes[row, 0] == now:
        team, what, value = inp.changes[row, 1], inp.changes[row, 2], inp.changes[row, 3]
        if what >= 0:
            st.closed[team, what] = 1 - value
        elif what == SET_POSITIONS:
            set_positions(st, out, team, value, now)
        elif what == SET_SCHEDULED:
            set_scheduled(inp, st, out, team, value, now)
        else:
            start_shift(inp, st, out, team, value, now)
        row += 1
    return row


@inlined
def stays(inp, st, slot):
    """Whether a contact that has knocked is still there: nobody took it."""
    return st.pool[slot].state == (WAITING if is_full(inp) else KNOCKING)


@kernel_part
def next_arrival(counts, arrivals, st, day):
    """Queue and moment of the next first arrival of the day; NEVER_MS if there are no more."""
    arriving, at_ms = 0, NEVER_MS
    for queue in range(st.queue.size):
        upcoming = st.queue[queue].upcoming
        if upcoming < counts[queue, day]:
            at = day * DAY_MS + arrivals.at_ms[queue, upcoming]
            if at < at_ms:
                arriving, at_ms = queue, at
    return arriving, at_ms


@full_part()
def accept_callback(inp, key, st, out, slot, now):
    """The caller gives the trunk back and changes to the callback line; an agent who held on is free."""
    leave_line(inp, st, out, slot, now)
    queue = st.pool[slot].queue
    if inp.queue[queue].trunks >= 0:
        st.queue[queue].trunks_taken -= 1
    leave_alone(inp, key, st, out, slot, now)
    owe_callback(inp, st, out, slot, now)


def event_loop(fingerprint: str) -> Callable[..., int]:
    """The event loop, which numba compiles once for each profile and caches on disk.

    Numba's cache follows changes of the loop's own file only, but closure variables are part of its key: with the
    ``fingerprint`` of all modules that it is compiled from among them, a change anywhere compiles anew.
    """

    @njit(cache=True, nogil=True, **OPTIONS)
    def run_kernel(packed, key, counts, arrivals, state, output):
        """Simulate all days; FINE, or why there was no room.

        ``counts`` (Q, D) first contacts; ``arrivals`` buffers for a day.
        """
        if len(fingerprint) == 0:
            return -1
        inp, st, out = by_reference(packed), by_reference(state), by_reference(output)
        teams = st.team.size
        st.scalars[INTERVAL_END_MS] = inp.horizon_start_ms
        next_change = 0
        next_closing = 0
        if is_full(inp):
            await_rosters(inp, st)
        offer_backlog(inp, key, st, out)

        for day in range(inp.days):
            midnight = day * DAY_MS
            begin_day(inp, st, day)
            draw_today(inp, key, counts, arrivals, st, day)
            arriving, arrival_ms = next_arrival(counts, arrivals, st, day)
            while st.scalars[FAILURE] == 0:
                # 1. The next event, in the order of (time, kind).
                now = midnight + DAY_MS
                kind = -1
                if next_change < inp.changes.shape[0] and inp.changes[next_change, 0] < now:
                    now, kind = inp.changes[next_change, 0], _CALENDAR
                if st.scalars[N_STEPS] > 0 and (st.steps[0] >> SUBJECT_BITS) < now:
                    now, kind = st.steps[0] >> SUBJECT_BITS, _AGENT
                if is_full(inp) and st.scalars[DUTY_MS] < now:
                    now, kind = st.scalars[DUTY_MS], _ROSTER
                if arrival_ms < now:
                    now, kind = arrival_ms, _ARRIVAL
                if st.scalars[N_FOLLOW_UPS] > 0 and (st.follow_ups[0] >> SUBJECT_BITS) < now:
                    now, kind = st.follow_ups[0] >> SUBJECT_BITS, _FOLLOW_UP
                if st.scalars[N_OVERFLOWS] > 0 and (st.overflows[0] >> SUBJECT_BITS) < now:
                    now, kind = st.overflows[0] >> SUBJECT_BITS, _OVERFLOW
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
                offered = np.int64(NOBODY)  # a contact that knocks
                newcomer = np.int64(NOBODY)  # a contact that has come to a line
                team_from, team_to = 0, teams  # teams that may take a contact after it
                leaving = np.int64(NOBODY)  # team whose free agent leaves if there is nothing more to take
                agent = np.int64(NOBODY)
                if kind == _AGENT:
                    agent = st.steps[0] & SUBJECT_MASK
                    st.scalars[N_STEPS] = pop(st.steps, st.scalars[N_STEPS])
                    leaving = inp.agent_team[agent]
                    if is_full(inp):
                        step_full(inp, key, st, out, agent, now)
                    else:
                        step_routed(inp, st, out, agent, now)
                        team_from, team_to = leaving, leaving + 1
                elif kind == _ARRIVAL:
                    row = st.queue[arriving].upcoming
                    st.queue[arriving].upcoming += 1
                    offered = take_slot(st)
                    if st.scalars[FAILURE] != 0:
                        break
                    first_attempt(inp, key, st, offered, inp.first_day + day, arriving, arrivals.k[arriving, row])
                    contact = st.pool[offered]
                    contact.handle_word = arrivals.handle_word[arriving, row]
                    contact.patience_word = arrivals.patience_word[arriving, row]
                    contact.balk_word = arrivals.balk_word[arriving, row]
                    contact.return_word = arrivals.return_word[arriving, row]
                    contact.return_delay_word = arrivals.return_delay_word[arriving, row]
                    if (
                        is_full(inp)
                        and inp.deflected[arriving, day] > 0.0
                        and deflect(inp, key, st, out, offered, day, now)
                    ):
                        offered = np.int64(NOBODY)
                    arriving, arrival_ms = next_arrival(counts, arrivals, st, day)
                elif kind == _FOLLOW_UP:
                    offered = st.follow_ups[0] & SUBJECT_MASK
                    st.scalars[N_FOLLOW_UPS] = pop_contact(st.pool, st.follow_ups, st.scalars[N_FOLLOW_UPS])
                    if is_full(inp) and st.pool[offered].state == OWED:
                        owe_callback(inp, st, out, offered, now)
                        newcomer, offered = offered, np.int64(NOBODY)
                    else:
                        draw_words(inp, key, st, offered)
                elif kind == _OVERFLOW:
                    slot = st.overflows[0] & SUBJECT_MASK
                    st.scalars[N_OVERFLOWS] = pop_contact(st.pool, st.overflows, st.scalars[N_OVERFLOWS])
                    if event_surfaced(st, slot):
                        st.pool[slot].overflowed_ms = max(st.pool[slot].overflowed_ms, now - st.pool[slot].joined_ms)
                elif kind == _PATIENCE:
                    slot = st.timers[0] & SUBJECT_MASK
                    st.scalars[N_TIMERS] = pop_contact(st.pool, st.timers, st.scalars[N_TIMERS])
                    if event_surfaced(st, slot) and (not is_full(inp) or st.pool[slot].opened == 0):
                        give_up(inp, key, st, out, slot, now)
                    if not is_full(inp):
                        team_to = 0
                elif kind == _ROSTER:
                    change_by_roster(inp, st, out, now)
                elif kind == _CALENDAR:
                    next_change = change_by_calendar(inp, st, out, next_change, now)
                else:
                    queue = inp.closings[next_closing, 1]
                    next_closing += 1
                    while st.line[queue].n_waiting > 0:
                        give_up(inp, key, st, out, st.line[queue].head, now)

                # 3. A contact that knocks comes to its queue's line, or is blocked.
                if offered != NOBODY:
                    if offer(inp, st, out, offered, now):
                        newcomer = offered
                        if not is_full(inp):
                            team_to = 0
                    else:
                        lose(inp, key, st, out, offered, BLOCKED, now)
                        offered = np.int64(NOBODY)

                # 4. Agents take what they may. Who isn't served at once waits, balks, or takes a callback: then again.
                while True:
                    match(inp, key, st, out, newcomer, team_from, team_to, now)
                    if offered == NOBODY or not stays(inp, st, offered):
                        break
                    decision = not_served_at_once(inp, key, st, out, offered, now)
                    if decision == WAITS:
                        break
                    if decision == BALKS:
                        give_up(inp, key, st, out, offered, now)
                        newcomer = np.int64(NOBODY)
                    elif is_full(inp):
                        accept_callback(inp, key, st, out, offered, now)
                        newcomer = offered
                    offered = np.int64(NOBODY)
                if leaving != NOBODY:
                    send_idle_off(st, out, leaving, now)
                    if is_full(inp):
                        send_off_as_due(inp, st, out, agent, now)
            if st.scalars[FAILURE] != 0:
                return st.scalars[FAILURE]
        end_run(inp, st, out)
        return st.scalars[FAILURE]

    loop: Callable[..., int] = run_kernel
    return loop
