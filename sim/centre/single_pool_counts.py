"""Statistics and records of the single-pool recursion (compiled).

A contact's whole stay is known at once, so integrals over clock time are booked as steps, in any order: a spell that
begins in an interval adds what is left of it, one that ends takes off what is left, and ``close_books`` carries the
number that hold from one interval to the next. Until then the columns "at end" hold beginnings less ends.
"""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part
from ..common.histogram import bin_of
from .columns import (
    ABANDONED_COUNT,
    ABANDONED_SHORT,
    ABANDONED_WITHIN,
    BLOCKED_COUNT,
    BUSY_AT_END,
    BUSY_MS,
    HANDLE_MS,
    LOST,
    OFFERED_BY_REASON,
    OLDEST_AT_END_MS,
    OVERRUN_MS,
    RATED,
    RATED_WAITED_MS,
    RE_EXPLAIN_MS,
    REDIALS_LOST,
    RESPONDED_WITHIN,
    RESPONSE_MS,
    SATISFACTION_PPM,
    SCHEDULED_MS,
    SERVED_AT_ONCE,
    SERVED_COUNT,
    SERVED_WITHIN,
    SERVICE_HANDLE_MS,
    SERVICES,
    TOUCHED_ONE,
    UNRESOLVED_COUNT,
    WAIT_ABANDONED_MS,
    WAIT_LONGEST_MS,
    WAIT_SERVED_MS,
    WAITING_AT_END,
    WAITING_MS,
)
from .contract import HOUR_MS
from .live import matter_of
from .opening import NEVER_MS
from .records import write_attempt, write_spell
from .results import BLOCKED, FIRST, NO_FOLLOW_UP, SERVED, UNRESOLVED
from .single_pool_state import BEGUN
from .state import LOG_FULL

# --- intervals ----------------------------------------------------------------------------------------------------


@inlined
def interval_at(inp, at_ms):
    """Interval of the horizon in which a moment not before its start lies, or would lie if the horizon went on.

    Exact, and cheaper in doubles: the quotient of whole numbers below 2**52 isn't rounded up to the next whole one.
    """
    return np.int64(np.float64(at_ms - inp.horizon_start_ms) / np.float64(inp.interval_ms))


@inlined
def interval_end_ms(inp, interval):
    """Its end."""
    return inp.horizon_start_ms + (interval + 1) * inp.interval_ms


# --- integrals over clock time ------------------------------------------------------------------------------------


@inlined
def tell(inp, st, out, which, moment):
    """A service begins or ends (``which``: BEGUN or ENDED); of either the moments are told in order."""
    tally = st.tally[which]
    if moment >= tally.until_ms:
        turn_over(inp, st, out, which, moment)
    tally.n += 1
    tally.sum_ms += moment


@kernel_part
def turn_over(inp, st, out, which, moment):
    """Book what was told, and go on to the interval of ``moment``."""
    tally, team = st.tally[which], out.teams[0]
    step = 1 if which == BEGUN else -1
    if tally.interval < 0:  # what held before the horizon holds when it begins
        team[0, BUSY_MS] += step * tally.n * inp.interval_ms
        team[0, BUSY_AT_END] += step * tally.n
    elif tally.interval < team.shape[0]:
        team[tally.interval, BUSY_MS] += step * (tally.n * tally.until_ms - tally.sum_ms)
        team[tally.interval, BUSY_AT_END] += step * tally.n
    tally.n, tally.sum_ms = 0, 0
    tally.interval = min(interval_at(inp, moment), team.shape[0])
    tally.until_ms = interval_end_ms(inp, tally.interval) if tally.interval < team.shape[0] else NEVER_MS


@kernel_part
def book_step(inp, rows, at_ms, step, integral, at_end):
    """From ``at_ms`` on, ``step`` more spells hold: booked in two columns of its interval's row."""
    at_ms = max(at_ms, inp.horizon_start_ms)
    if at_ms < inp.horizon_end_ms:
        interval = interval_at(inp, at_ms)
        rows[interval, integral] += step * (interval_end_ms(inp, interval) - at_ms)
        rows[interval, at_end] += step


@kernel_part
def book_waiting(inp, rows, from_ms, until_ms):
    """A contact's time in its line, whose rows are given. The oldest at an interval's end waited there longest.

    Who joined the line earlier and still waits at an interval's end waited at all earlier ends too, back to this
    contact's arrival: nothing is left to do there.
    """
    book_step(inp, rows, from_ms, 1, WAITING_MS, WAITING_AT_END)
    book_step(inp, rows, until_ms, -1, WAITING_MS, WAITING_AT_END)
    if until_ms < inp.horizon_start_ms or from_ms >= inp.horizon_end_ms:
        return
    interval = interval_at(inp, min(until_ms, inp.horizon_end_ms)) - 1
    while interval >= 0:
        age_ms = interval_end_ms(inp, interval) - from_ms
        if age_ms <= rows[interval, OLDEST_AT_END_MS]:
            return
        rows[interval, OLDEST_AT_END_MS] = age_ms
        interval -= 1


@kernel_part
def book_duty(inp, st, out, now):
    """Book the scheduled and overrun time up to now; called before positions or presence change."""
    run, team = st.run[0], out.teams[0]
    start = max(run.duty_booked_ms, inp.horizon_start_ms)
    end = min(now, inp.horizon_end_ms)
    while start < end:
        interval = interval_at(inp, start)
        until = min(end, interval_end_ms(inp, interval))
        team[interval, SCHEDULED_MS] += run.positions * (until - start)
        team[interval, OVERRUN_MS] += (run.on_duty - run.positions) * (until - start)
        start = until
    run.duty_booked_ms = now


@kernel_part
def _carry_over(rows, interval_ms, integral, at_end):
    holding = 0
    for interval in range(rows.shape[0]):
        rows[interval, integral] += holding * interval_ms
        holding += rows[interval, at_end]
        rows[interval, at_end] = holding


@kernel_part
def close_books(inp, out):
    """Carry the spells that hold at an interval's end over to the next, and fill in the columns that others imply."""
    _carry_over(out.teams[0], inp.interval_ms, BUSY_MS, BUSY_AT_END)
    for q in range(out.queues.shape[0]):
        _carry_over(out.queues[q], inp.interval_ms, WAITING_MS, WAITING_AT_END)
        for interval in range(out.contacts.shape[1]):
            row, services = out.contacts[q, interval], out.services[0, q, inp.period[interval]]
            row[TOUCHED_ONE] = row[SERVED_COUNT]
            services[SERVICES] += row[SERVED_COUNT]
            services[SERVICE_HANDLE_MS] += row[HANDLE_MS]


# --- figures of contacts ------------------------------------------------------------------------------------------


@inlined
def satisfaction_ppm(inp, q, waited_ms, came_back):
    """Expected satisfaction of a served contact of a rated queue; ``waited_ms`` of emails is the response."""
    rates = inp.choice[q]
    lost = waited_ms * rates.wait_ppm_per_hour // HOUR_MS + rates.again_ppm * came_back + inp.stages[0, q].lost_ppm
    return max(rates.base_ppm - lost, np.int64(0))


@kernel_part
def count_at_once(inp, st, out, interval):
    """Count what the queues' calls told of themselves in the interval (-1: not counted)."""
    for q in range(st.queue.size):
        queue = st.queue[q]
        n = queue.at_once
        if interval >= 0 and n > 0:
            row = out.contacts[q, interval]
            row[OFFERED_BY_REASON + FIRST] += n
            row[SERVED_COUNT] += n
            row[SERVED_WITHIN] += n
            row[SERVED_AT_ONCE] += n
            row[HANDLE_MS] += queue.at_once_handle_ms
            out.waits[q, inp.period[interval], 0] += n
            if inp.choice[q].rated:
                row[RATED] += n
                row[SATISFACTION_PPM] += n * satisfaction_ppm(inp, q, np.int64(0), 0)
        queue.at_once, queue.at_once_handle_ms = 0, 0


@inlined
def count_served(inp, out, held, wait_ms, handle_ms, re_explain_ms, response_ms, ppm):
    """Count a served attempt in its interval's row and its queue's histograms of the period."""
    q, interval = held.queue, held.interval
    rules, row, period = inp.queue[q], out.contacts[q, interval], inp.period[interval]
    row[OFFERED_BY_REASON + held.reason] += 1
    row[SERVED_COUNT] += 1
    row[SERVED_WITHIN] += wait_ms <= rules.threshold_ms
    row[SERVED_AT_ONCE] += wait_ms == 0
    row[WAIT_SERVED_MS] += wait_ms
    row[WAIT_LONGEST_MS] = max(row[WAIT_LONGEST_MS], wait_ms)
    row[HANDLE_MS] += handle_ms
    row[RE_EXPLAIN_MS] += re_explain_ms
    out.waits[q, period, bin_of(wait_ms)] += 1
    if rules.is_email:
        row[RESPONSE_MS] += response_ms
        row[RESPONDED_WITHIN] += response_ms <= rules.threshold_ms
        out.responses[q, period, bin_of(response_ms)] += 1
    if ppm >= 0:
        row[RATED] += 1
        row[SATISFACTION_PPM] += ppm
        row[RATED_WAITED_MS] += response_ms if rules.is_email else wait_ms


@kernel_part
def count_unserved(inp, out, held, fate, wait_ms, follow_up):
    """Count an abandoned, blocked or unresolved attempt in its interval's row."""
    rules, row = inp.queue[held.queue], out.contacts[held.queue, held.interval]
    row[OFFERED_BY_REASON + held.reason] += 1
    if fate == UNRESOLVED:
        row[UNRESOLVED_COUNT] += 1
        return
    row[LOST] += follow_up <= NO_FOLLOW_UP
    row[REDIALS_LOST] += follow_up < NO_FOLLOW_UP
    if fate == BLOCKED:
        row[BLOCKED_COUNT] += 1
        return
    row[ABANDONED_COUNT] += 1
    row[ABANDONED_WITHIN] += wait_ms <= rules.threshold_ms
    row[ABANDONED_SHORT] += wait_ms <= rules.short_abandon_ms
    row[WAIT_ABANDONED_MS] += wait_ms
    row[WAIT_LONGEST_MS] = max(row[WAIT_LONGEST_MS], wait_ms)


# --- log and spells -----------------------------------------------------------------------------------------------


@kernel_part
def log_attempt(inp, key, st, out, held, fate, left_ms, end_ms, free_ms, agent, re_explain_ms, follow_up, ppm):
    """A row of the log for the attempt, if the log is wanted and it was offered before the horizon's end."""
    run = st.run[0]
    if out.log.size == 0 or held.offered_ms >= inp.horizon_end_ms:
        return
    if run.n_log >= out.log.size:
        run.failure = LOG_FULL
        return
    entry = out.log[run.n_log]
    run.n_log += 1
    handle_ms = free_ms - left_ms if fate == SERVED else 0
    if fate == UNRESOLVED:
        left_ms = -1
    write_attempt(entry, held, fate, left_ms, end_ms, free_ms, agent, handle_ms, re_explain_ms, follow_up, ppm)
    entry.matter = matter_of(inp, key, held.number)
    entry.touches = fate == SERVED


@kernel_part
def log_spell(st, out, kind, number, from_ms, to_ms, offered_ms):
    """Note a spell, if spells are wanted."""
    run = st.run[0]
    if out.spells.size == 0:
        return
    if run.n_spells >= out.spells.size:
        run.failure = LOG_FULL
        return
    write_spell(out.spells[run.n_spells], kind, number, from_ms, to_ms, offered_ms)
    run.n_spells += 1
