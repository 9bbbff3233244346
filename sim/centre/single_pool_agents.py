"""The agents of the single pool: who is free next, who is on duty (compiled).

A tournament tree holds every agent's key, ``(moment, kind, agent)`` in one int64: the moment from which the agent is
free, and whether it then joins the idle by coming on duty (kind 0) or by finishing a contact (kind 1). The least key is
the longest idle agent, or if nobody is idle the next one to become free. Giving an agent a new key replays its matches
up to the root: a minimum a level, no branch that depends on data.

While emails wait, agents who become free are moved from the tree to a ring, so that they can be counted.
"""

from __future__ import annotations

from ..common.compiling import inlined, kernel_part
from .contract import NOBODY
from .heaps import pop, push
from .opening import NEVER_MS
from .results import ON_DUTY
from .single_pool_counts import book_duty, log_spell, tell
from .single_pool_state import ABSENT_KEY, BEGUN, ENDED

COMES, FINISHES = 0, 1

_AT, _POSITIONS = 0, 3  # columns of the calendar's changes, which are all of the team's positions


@inlined
def key_of(st, at_ms, kind, agent):
    """The key of an agent free from ``at_ms`` on, which is below 2**39."""
    bits = st.run[0].key_bits
    return (at_ms << bits) | (kind << (bits - 1)) | agent


@inlined
def next_free_ms(st):
    """Moment from which the agent of the least key is free; beyond all others if there is none."""
    return st.tree[1] >> st.run[0].key_bits


@inlined
def take_next(inp, st, out):
    """The agent of the least key, whose work is over then; to be given another key."""
    tell(inp, st, out, ENDED, next_free_ms(st))
    return st.tree[1] & ((st.tree.size >> 1) - 1)


@inlined
def set_key(st, agent, key):
    """The agent has this key from now on."""
    i = (st.tree.size >> 1) + agent
    st.tree[i] = key
    while i > 1:
        key = min(key, st.tree[i ^ 1])
        i >>= 1
        st.tree[i] = key


@kernel_part
def next_to_idle(inp, st, out):
    """Take the agent of the least key out of the tree: it is the last of the idle in the ring."""
    run = st.run[0]
    agent = take_next(inp, st, out)
    set_key(st, agent, ABSENT_KEY)
    at = run.idle_first + run.n_idle
    ring = st.idle.size
    st.idle[at - ring if at >= ring else at] = agent
    run.n_idle += 1


@kernel_part
def free_agents_to_idle(inp, st, out):
    """The next agent to become free joins the idle in the ring; those who come on duty together join together."""
    run = st.run[0]
    now = next_free_ms(st)
    next_to_idle(inp, st, out)
    run.idle_since_ms = now
    run.starting = 1
    while st.tree[1] < key_of(st, now, FINISHES, 0):
        next_to_idle(inp, st, out)


@inlined
def from_idle(st):
    """The first of the idle, taken from the ring."""
    run = st.run[0]
    first = run.idle_first
    run.idle_first = first + 1 if first + 1 < st.idle.size else 0
    run.n_idle -= 1
    return st.idle[first]


@inlined
def leaving(st):
    """Whether more agents are on duty than there are positions: the next to become free leave."""
    return st.run[0].on_duty > st.run[0].positions


@inlined
def next_change_ms(inp, st):
    """When the positions change next."""
    row = st.run[0].next_change
    return inp.changes[row, _AT] if row < inp.changes.shape[0] else NEVER_MS


@inlined
def look_ahead(inp, st):
    """Note from when on more than arrivals has to be looked at: at once if agents leave or emails wait."""
    at_once = leaving(st) or st.run[0].waiting_emails > 0
    st.run[0].look_from_ms = 0 if at_once else next_change_ms(inp, st)


@kernel_part
def go_off_duty(inp, st, out, agent, now):
    """The agent, not busy, leaves."""
    run = st.run[0]
    book_duty(inp, st, out, now)
    run.on_duty -= 1
    run.n_absent = push(st.absent, run.n_absent, agent)
    set_key(st, agent, ABSENT_KEY)
    log_spell(st, out, ON_DUTY, agent, st.on_since_ms[agent], now, NOBODY)
    st.on_since_ms[agent] = NOBODY
    look_ahead(inp, st)


@kernel_part
def change_positions(inp, st, out):
    """The next change: absent agents come, or idle ones leave; who is busy leaves when free."""
    run = st.run[0]
    now = inp.changes[run.next_change, _AT]
    book_duty(inp, st, out, now)
    run.positions = inp.changes[run.next_change, _POSITIONS]
    run.next_change += 1
    while run.on_duty < run.positions:
        agent = st.absent[0]
        run.n_absent = pop(st.absent, run.n_absent)
        run.on_duty += 1
        st.on_since_ms[agent] = now
        tell(inp, st, out, BEGUN, now)  # as if at work until now: its first key's moment ends that
        set_key(st, agent, key_of(st, now, COMES, agent))
    while leaving(st) and (run.n_idle > 0 or next_free_ms(st) < now):
        agent = from_idle(st) if run.n_idle > 0 else take_next(inp, st, out)
        go_off_duty(inp, st, out, agent, now)
    look_ahead(inp, st)
