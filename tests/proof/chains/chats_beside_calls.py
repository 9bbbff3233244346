"""Agents who take calls and, several at once, chats; calls go first.

A call takes an idle agent or waits. A chat goes to an idle agent, else to one of those with the fewest chats if these
are not yet the most, else it waits; but while a call waits nobody with chats takes another: so agents run out of chats
and take the calls. A chat ends at rate mu_chat * speeds[k - 1] while its agent has k in hand. What is begun is
finished; those who wait abandon at theta of their kind.

State: agents by their number of chats, from 0, those with a call left out; calls waiting; chats waiting. Agents with a
call are the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .ctmc import stationary


@dataclass(frozen=True)
class ChatsBesideCalls:
    """Calls at lam_call, mu_call, theta_call; chats likewise, at speed 1; n agents."""

    lam_call: float
    mu_call: float
    theta_call: float
    lam_chat: float
    mu_chat: float
    theta_chat: float
    n: int
    speeds: tuple[float, ...]
    """Of each chat, with 1, 2, ... in hand."""


@dataclass(frozen=True)
class ChatsBesideCallsFigures:
    """Of all offered of a kind; share of agents with a call or chat."""

    p_wait_call: float
    p_ab_call: float
    wait_call: float
    p_wait_chat: float
    p_ab_chat: float
    wait_chat: float
    handle_chat: float
    """Mean time in hand of the served."""
    occupancy: float


class State(NamedTuple):
    """Agents by their number of chats; who waits."""

    agents: tuple[int, ...]
    calls_wait: int = 0
    chats_wait: int = 0


def solve(m: ChatsBesideCalls) -> ChatsBesideCallsFigures:
    """Return the exact figures."""
    most = len(m.speeds)

    def moved(s: State, from_chats: int | None, to_chats: int | None) -> State:
        """Return the state with one agent changed; None is an agent with a call."""
        agents = list(s.agents)
        if from_chats is not None:
            agents[from_chats] -= 1
        if to_chats is not None:
            agents[to_chats] += 1
        return s._replace(agents=tuple(agents))

    def takes_chat(s: State) -> int | None:
        """Return how many chats the agent has who would take the next."""
        if s.agents[0]:
            return 0
        if s.calls_wait:
            return None
        return next((chats for chats in range(1, most) if s.agents[chats]), None)

    def settled(s: State) -> State:
        """Return the state after all have taken what they may."""
        while True:
            if s.calls_wait and s.agents[0]:
                s = moved(s, 0, None)._replace(calls_wait=s.calls_wait - 1)
            elif s.chats_wait and (chats := takes_chat(s)) is not None:
                s = moved(s, chats, chats + 1)._replace(chats_wait=s.chats_wait - 1)
            else:
                return s

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        yield settled(s._replace(calls_wait=s.calls_wait + 1)), m.lam_call
        yield settled(s._replace(chats_wait=s.chats_wait + 1)), m.lam_chat
        calls = m.n - sum(s.agents)
        if calls:
            yield settled(moved(s, None, 0)), calls * m.mu_call
        for chats, (agents, speed) in enumerate(zip(s.agents[1:], m.speeds, strict=True), start=1):
            if agents:
                yield settled(moved(s, chats, chats - 1)), agents * chats * m.mu_chat * speed
        if s.calls_wait:
            yield settled(s._replace(calls_wait=s.calls_wait - 1)), s.calls_wait * m.theta_call
        if s.chats_wait:
            yield settled(s._replace(chats_wait=s.chats_wait - 1)), s.chats_wait * m.theta_chat

    start = State((m.n,) + (0,) * most)
    found = stationary(start, transitions, lambda s: (s.calls_wait, s.chats_wait))
    wait_call = found.mean(lambda s: s.calls_wait) / m.lam_call
    wait_chat = found.mean(lambda s: s.chats_wait) / m.lam_chat
    in_hand = found.mean(lambda s: sum(chats * agents for chats, agents in enumerate(s.agents)))
    p_ab_chat = m.theta_chat * wait_chat
    return ChatsBesideCallsFigures(
        p_wait_call=found.mean(lambda s: s.agents[0] == 0),
        p_ab_call=m.theta_call * wait_call,
        wait_call=wait_call,
        p_wait_chat=found.mean(lambda s: takes_chat(s) is None),
        p_ab_chat=p_ab_chat,
        wait_chat=wait_chat,
        handle_chat=in_hand / (m.lam_chat * (1 - p_ab_chat)),
        occupancy=1 - found.mean(lambda s: s.agents[0]) / m.n,
    )
