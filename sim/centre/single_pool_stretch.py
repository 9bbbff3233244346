"""Stretches of calls that all find an idle agent, in a short loop of their own (compiled).

Most calls of a well-staffed centre do nothing but keep an agent busy for a while. What the long way through
``single_pool`` does for such a call comes down to a new key for an agent and four sums.
"""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part
from .heaps import SUBJECT_BITS
from .single_pool_agents import FINISHES, key_of, set_key
from .single_pool_state import AHEAD, AHEAD_MASK, BEGUN, ENDED


@inlined
def stretch_end_ms(inp, st, q, interval_end_ms):
    """Up to when nothing but first attempts of queue ``q`` can come, in this interval; 0 if they need more care."""
    run = st.run[0]
    if run.n_idle > 0 or inp.queue[q].is_email or inp.queue[q].trunks >= 0:
        return np.int64(0)
    until = min(interval_end_ms, run.look_from_ms, st.tally[BEGUN].until_ms)
    for other in range(st.queue.size):
        if other != q:
            until = min(until, st.queue[other].next_ms)
    if run.n_follow_ups > 0:
        until = min(until, st.follow_ups[0] >> SUBJECT_BITS)
    return until


@kernel_part
def serve_stretch(st, q, count, until_ms):
    """Serve the queue's calls offered before ``until_ms`` while each finds an agent and won't come back; their number.

    They are told to the queue (``at_once``), and counted when the interval is over.
    """
    queue, begun, ended = st.queue[q], st.tally[BEGUN], st.tally[ENDED]
    ahead = st.ahead[q * AHEAD : (q + 1) * AHEAD]
    bits, mask = st.run[0].key_bits, (st.tree.size >> 1) - 1
    ended_until_ms = ended.until_ms
    row = queue.next_row
    last = min(count, (row | AHEAD_MASK) + 1)
    begun_ms = ended_ms = handled_ms = np.int64(0)
    while row < last:
        held = ahead[row & AHEAD_MASK]
        now, free_ms = held.offered_ms, st.tree[1] >> bits
        if now >= until_ms or free_ms > now or free_ms >= ended_until_ms or held.returns:
            break
        agent = st.tree[1] & mask
        busy_ms = held.handle_ms + held.after_call_ms
        set_key(st, agent, key_of(st, now + busy_ms, FINISHES, agent))
        begun_ms += now
        ended_ms += free_ms
        handled_ms += busy_ms
        row += 1
    served = row - queue.next_row
    begun.n += served
    begun.sum_ms += begun_ms
    ended.n += served
    ended.sum_ms += ended_ms
    queue.at_once += served
    queue.at_once_handle_ms += handled_ms
    queue.next_row = row
    return served
