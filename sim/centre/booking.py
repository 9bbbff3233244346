"""Integrals over clock time: waiting, duty and work, booked by interval; and spells, where wanted (compiled)."""

from __future__ import annotations

from ..common.compiling import inlined, kernel_part
from .columns import (
    BUSY_AT_END,
    BUSY_MS,
    CALLBACKS_AT_END,
    CALLBACKS_MS,
    OLDEST_AT_END_MS,
    OVERRUN_MS,
    SCHEDULED_MS,
    WAITING_AT_END,
    WAITING_MS,
)
from .contract import NOBODY
from .opening import NEVER_MS
from .profiles import is_full
from .records import write_spell
from .state import FAILURE, INTERVAL, INTERVAL_END_MS, LOG_FULL, N_SPELLS


@inlined
def book_waiting(inp, st, out, line, now):
    """Book the line's waiting time up to now; called before its length changes."""
    interval = st.scalars[INTERVAL]
    if interval >= 0:
        column = WAITING_MS if line < st.queue.size else CALLBACKS_MS
        queue = inp.line[line].queue
        out.queues[queue, interval, column] += st.line[line].n_waiting * (now - st.line[line].since_ms)
    st.line[line].since_ms = now


@inlined
def book_team(st, out, team, now):
    """Book the team's scheduled and overrun time up to now; called before what it schedules or its presence changes."""
    interval = st.scalars[INTERVAL]
    if interval >= 0:
        elapsed = now - st.team[team].since_ms
        row = out.teams[team, interval]
        row[SCHEDULED_MS] += st.team[team].scheduled * elapsed
        row[OVERRUN_MS] += (st.team[team].on_duty - st.team[team].scheduled) * elapsed
    st.team[team].since_ms = now


@inlined
def book_busy(st, out, team, change, now):
    """``change`` more of the team are busy from now on: book that for the rest of the interval."""
    interval = st.scalars[INTERVAL]
    if interval >= 0:
        out.teams[team, interval, BUSY_MS] += change * (st.scalars[INTERVAL_END_MS] - now)
    st.team[team].n_busy += change


@kernel_part
def close_interval(inp, st, out):
    """At an interval's end, before the events of that moment: book all integrals, note the state, go on to the next."""
    now = st.scalars[INTERVAL_END_MS]
    interval = st.scalars[INTERVAL]
    for line in range(st.line.size):
        book_waiting(inp, st, out, line, now)
        waiting = st.line[line].n_waiting
        if interval >= 0 and waiting > 0:
            queue = inp.line[line].queue
            if line < st.queue.size:
                out.queues[queue, interval, WAITING_AT_END] = waiting
                out.queues[queue, interval, OLDEST_AT_END_MS] = now - _offered_first(inp, st, line)
            else:
                out.queues[queue, interval, CALLBACKS_AT_END] = waiting
    for team in range(st.team.size):
        book_team(st, out, team, now)
        if interval >= 0:
            out.teams[team, interval, BUSY_AT_END] = st.team[team].n_busy
    if now < inp.horizon_end_ms:
        st.scalars[INTERVAL] = interval + 1
        st.scalars[INTERVAL_END_MS] = now + inp.interval_ms
        for team in range(st.team.size):
            out.teams[team, interval + 1, BUSY_MS] = st.team[team].n_busy * inp.interval_ms
    else:
        st.scalars[INTERVAL] = -1
        st.scalars[INTERVAL_END_MS] = NEVER_MS


@kernel_part
def _offered_first(inp, st, line):
    """When the longest ago offered contact of a line was offered: the first in it, unless others may go to the head."""
    slot = st.line[line].head
    oldest = st.pool[slot].offered_ms
    if is_full(inp):
        while slot != NOBODY:
            oldest = min(oldest, st.pool[slot].offered_ms)
            slot = st.pool[slot].next
    return oldest


@kernel_part
def log_spell(st, out, kind, number, from_ms, to_ms, offered_ms):
    """Note a spell."""
    row = st.scalars[N_SPELLS]
    if row >= out.spells.size:
        st.scalars[FAILURE] = LOG_FULL
        return
    write_spell(out.spells[row], kind, number, from_ms, to_ms, offered_ms)
    st.scalars[N_SPELLS] = row + 1
