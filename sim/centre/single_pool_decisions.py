"""Who takes what in the single pool, and when (compiled)."""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part
from ..common.streams import duration_ms, uniform
from .contract import DAY_MS, NOBODY
from .heaps import pop, push
from .opening import NEVER_MS, is_open, open_clock_ms, segment_at
from .packed import END, PATIENCE
from .results import ABANDONED, BLOCKED, SERVED, UNRESOLVED
from .single_pool_agents import (
    change_positions,
    from_idle,
    go_off_duty,
    leaving,
    next_change_ms,
    next_free_ms,
    next_to_idle,
    take_next,
)

# --- calls --------------------------------------------------------------------------------------------------------


@inlined
def decide_call(inp, st, out, held):
    """(fate, agent, moment) of a call that is offered, all that came before it being decided."""
    rules = inp.queue[held.queue]
    fate, agent, moment = np.int64(SERVED), np.int64(NOBODY), held.offered_ms
    if rules.trunks >= 0 and not _finds_trunk(inp, st, held.queue, moment):
        fate = np.int64(BLOCKED)
    elif st.run[0].n_idle > 0:
        agent = from_idle(st)
    elif next_free_ms(st) <= moment:
        agent = take_next(inp, st, out)
    elif rules.balk > 0.0 and uniform(np.uint64(held.balk_word)) < rules.balk:
        fate = np.int64(ABANDONED)
    else:
        fate, agent, moment = _wait(inp, st, out, held)
        if fate != SERVED and rules.trunks >= 0:
            hold_trunk(st, held.queue, min(moment, inp.days * DAY_MS), 1)
    return fate, agent, moment


@kernel_part
def _wait(inp, st, out, held):
    """(fate, agent, moment) of a call that nobody takes at once: served by the first agent to be free who stays."""
    fate, agent, moment = np.int64(ABANDONED), np.int64(NOBODY), _gives_up_ms(inp, st, held)
    end_ms = inp.days * DAY_MS
    if moment >= end_ms:
        fate, moment = np.int64(UNRESOLVED), NEVER_MS
    last_ms = min(moment, end_ms - 1)
    while agent == NOBODY:
        change_ms, free_ms = next_change_ms(inp, st), next_free_ms(st)
        if min(change_ms, free_ms) > last_ms:
            break
        if change_ms <= free_ms:
            change_positions(inp, st, out)
            continue
        free = take_next(inp, st, out)
        if leaving(st) and not _stays_for(inp, st, held.queue, free_ms):
            go_off_duty(inp, st, out, free, free_ms)
        else:
            fate, agent, moment = np.int64(SERVED), free, free_ms
    return fate, agent, moment


@inlined
def _gives_up_ms(inp, st, held):
    """When a caller who waits loses patience or is sent away; NEVER_MS if neither happens."""
    rules = inp.queue[held.queue]
    gives_up = NEVER_MS
    if rules.has_patience:
        word = np.uint64(held.patience_word)
        patience = duration_ms(inp.tables[PATIENCE, held.queue], word, inp.tick_ms, 1.0)
        gives_up = held.offered_ms + patience
    if rules.send_away_at_close:
        # The first segment that ends at the call's own moment or later.
        last = rules.last_segment
        segment = segment_at(inp.segments, last, held.offered_ms - 1, st.queue[held.queue].segment)
        if segment < last:
            gives_up = min(gives_up, inp.segments[segment, END])
    return gives_up


@inlined
def _stays_for(inp, st, q, now):
    """Whether an agent who is to leave stays for a waiting caller, whose queue has closed and serves those waiting."""
    rules = inp.queue[q]
    segment = segment_at(inp.segments, rules.last_segment, now, st.queue[q].segment)
    return rules.send_away_at_close == 0 and not is_open(inp.segments, rules.last_segment, now, segment)


@kernel_part
def hold_trunk(st, q, until_ms, by_caller):
    """A call holds its trunk until an agent is done with it, or (``by_caller`` 1) its caller has waited in vain."""
    queue = st.queue[q]
    queue.trunks_taken = push(st.trunks[q], queue.trunks_taken, 2 * until_ms + by_caller)


@kernel_part
def _finds_trunk(inp, st, q, now):
    """Whether a trunk is free now. Agents give them back before the calls of the moment come, callers after."""
    queue = st.queue[q]
    while queue.trunks_taken > 0 and st.trunks[q, 0] <= 2 * now:
        queue.trunks_taken = pop(st.trunks[q], queue.trunks_taken)
    return queue.trunks_taken < inp.queue[q].trunks


# --- emails -------------------------------------------------------------------------------------------------------


@inlined
def decide_email(inp, st, out, held):
    """The agent who starts an email the moment it is offered; NOBODY if it has to wait."""
    run, rules = st.run[0], inp.queue[held.queue]
    segment = st.queue[held.queue].segment
    held.clock_ms = open_clock_ms(inp.segments, rules.first_segment, rules.last_segment, held.offered_ms, segment)
    reserve = inp.taking[0, held.queue].reserve
    while run.n_idle < reserve and next_free_ms(st) <= held.offered_ms:
        next_to_idle(inp, st, out)
    agent = np.int64(NOBODY)
    idle = run.n_idle + (next_free_ms(st) <= held.offered_ms)
    if idle > reserve:  # which they aren't if another email of the queue waits
        agent = from_idle(st) if run.n_idle > 0 else take_next(inp, st, out)
    return agent
