"""Integrals over clock time: waiting, duty and work, booked by interval (compiled)."""

from __future__ import annotations

from ..common.compiling import compiled, inlined
from .columns import BUSY_AT_END, BUSY_MS, OLDEST_AT_END_MS, OVERRUN_MS, SCHEDULED_MS, WAITING_AT_END, WAITING_MS
from .opening import NEVER_MS
from .state import INTERVAL, INTERVAL_END_MS


@inlined
def book_waiting(st, out, queue, now):
    """Book the queue's waiting time up to now; called before its length changes."""
    interval = st.scalars[INTERVAL]
    if interval >= 0:
        out.queues[queue, interval, WAITING_MS] += st.queue[queue].n_waiting * (now - st.queue[queue].since_ms)
    st.queue[queue].since_ms = now


@inlined
def book_duty(st, out, team, now):
    """Book the team's scheduled and overrun time up to now; called before positions or presence change."""
    interval = st.scalars[INTERVAL]
    if interval >= 0:
        elapsed = now - st.team[team].since_ms
        out.teams[team, interval, SCHEDULED_MS] += st.team[team].positions * elapsed
        out.teams[team, interval, OVERRUN_MS] += (st.team[team].on_duty - st.team[team].positions) * elapsed
    st.team[team].since_ms = now


@compiled
def book_busy(inp, out, team, start, end):
    """Book a spell of work over the intervals of the horizon that it touches."""
    start = max(start, inp.horizon_start_ms)
    end = min(end, inp.horizon_end_ms)
    while start < end:
        interval = (start - inp.horizon_start_ms) // inp.interval_ms
        until = min(end, inp.horizon_start_ms + (interval + 1) * inp.interval_ms)
        out.teams[team, interval, BUSY_MS] += until - start
        start = until


@compiled
def close_interval(inp, st, out):
    """At an interval's end, before the events of that moment: book all integrals, note the state, go on to the next."""
    now = st.scalars[INTERVAL_END_MS]
    interval = st.scalars[INTERVAL]
    for queue in range(st.queue.size):
        book_waiting(st, out, queue, now)
        if interval >= 0 and st.queue[queue].n_waiting > 0:
            out.queues[queue, interval, WAITING_AT_END] = st.queue[queue].n_waiting
            out.queues[queue, interval, OLDEST_AT_END_MS] = now - st.pool[st.queue[queue].head].offered_ms
    for team in range(st.team.size):
        book_duty(st, out, team, now)
        if interval >= 0:
            out.teams[team, interval, BUSY_AT_END] = st.team[team].n_busy
    if now < inp.horizon_end_ms:
        st.scalars[INTERVAL] = interval + 1
        st.scalars[INTERVAL_END_MS] = now + inp.interval_ms
    else:
        st.scalars[INTERVAL] = -1
        st.scalars[INTERVAL_END_MS] = NEVER_MS
