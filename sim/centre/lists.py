"""Lists of agents in the order in which they joined: idle, writing, with so many chats (compiled).

Doubly linked through the agents' records, so that joining, leaving and finding the first take the same time however
long a list is. An agent is in one list of its team at most.
"""

from __future__ import annotations

from ..common.compiling import inlined
from .contract import NOBODY
from .state import TURN


@inlined
def join_list(st, team, which, agent):
    """To the end of the list."""
    of, record = st.lists[team, which], st.agent[agent]
    record.turn = st.scalars[TURN]
    st.scalars[TURN] += 1
    record.next = NOBODY
    record.previous = of.tail
    if of.tail == NOBODY:
        of.head = agent
    else:
        st.agent[of.tail].next = agent
    of.tail = agent
    of.size += 1


@inlined
def leave_list(st, team, which, agent):
    """Out of the list that it is in."""
    of, record = st.lists[team, which], st.agent[agent]
    if record.previous == NOBODY:
        of.head = record.next
    else:
        st.agent[record.previous].next = record.next
    if record.next == NOBODY:
        of.tail = record.previous
    else:
        st.agent[record.next].previous = record.previous
    of.size -= 1
