"""Chats: an agent works on several at once.

``sharing``: one agent, any number of chats, each at 1/k of the agent's speed when k are in hand (M/G/1 processor
sharing). The number in hand is geometric and the mean time in hand of a chat with work x is x / (1 - load): neither
depends on the distribution of work (Kleinrock, "Queueing Systems" II, section 4.4).

``solve``: n agents with at most c chats each and one queue, first come, first served; a chat goes to an agent with the
fewest in hand, and waits if all have c. A chat ends at rate mu * speeds[k - 1] while its agent has k in hand; work is
exponential. State: how many agents have 0, 1, ... c chats; chats waiting. One agent: limited processor sharing, a
birth-death chain (Avi-Itzhak and Halfin, "Expected response times in a non-symmetric time sharing queue", 1988).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .ctmc import stationary


@dataclass(frozen=True)
class SharingFigures:
    """One agent, any number of chats."""

    sojourn: float
    in_hand: float
    occupancy: float

    def p_in_hand(self, chats: int) -> float:
        """Share of time with this number in hand."""
        return (1 - self.occupancy) * self.occupancy**chats

    def sojourn_of(self, work: float) -> float:
        """Mean time in hand of a chat with this work."""
        return work / (1 - self.occupancy)


def sharing(lam: float, mean_work: float) -> SharingFigures:
    """Return the exact figures; raises ValueError if the agent can't keep up."""
    load = lam * mean_work
    if load >= 1:
        raise ValueError(f"one agent can't keep up with a load of {load}")
    return SharingFigures(mean_work / (1 - load), load / (1 - load), load)


@dataclass(frozen=True)
class Chat:
    """Chats at lam, mean work 1/mu at speed 1; theta 0 is unlimited patience (of those who wait)."""

    lam: float
    mu: float
    n: int
    speeds: tuple[float, ...]
    """Of each chat, with 1, 2, ... c in hand: as many as an agent may have."""
    theta: float = 0.0


@dataclass(frozen=True)
class ChatFigures:
    """Shares and means of all offered, unless said otherwise."""

    p_wait: float
    p_ab: float
    wait: float
    """In the queue."""
    sojourn: float
    """Waiting and in hand."""
    handle: float
    """In hand, of the served."""
    in_hand: float
    """Mean chats of an agent."""
    occupancy: float
    """Share of agents with a chat at least."""


class State(NamedTuple):
    """Agents by their number of chats, from 0; chats waiting."""

    agents: tuple[int, ...]
    waiting: int = 0


def solve(m: Chat) -> ChatFigures:
    """Return the exact figures."""
    most = len(m.speeds)

    def moved(s: State, from_chats: int, to_chats: int) -> State:
        agents = list(s.agents)
        agents[from_chats] -= 1
        agents[to_chats] += 1
        return s._replace(agents=tuple(agents))

    def all_full(s: State) -> bool:
        return s.agents[most] == m.n

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        if all_full(s):
            yield s._replace(waiting=s.waiting + 1), m.lam
        else:
            fewest = next(chats for chats, agents in enumerate(s.agents) if agents)
            yield moved(s, fewest, fewest + 1), m.lam
        if s.waiting:
            yield s._replace(waiting=s.waiting - 1), m.n * most * m.mu * m.speeds[-1] + s.waiting * m.theta
            return
        for chats, (agents, speed) in enumerate(zip(s.agents[1:], m.speeds, strict=True), start=1):
            if agents:
                yield moved(s, chats, chats - 1), agents * chats * m.mu * speed

    found = stationary(State((m.n,) + (0,) * most), transitions, lambda s: (s.waiting,))
    wait = found.mean(lambda s: s.waiting) / m.lam
    p_ab = m.theta * wait
    in_hand = found.mean(lambda s: sum(chats * agents for chats, agents in enumerate(s.agents)))
    return ChatFigures(
        p_wait=found.mean(all_full),
        p_ab=p_ab,
        wait=wait,
        sojourn=wait + in_hand / m.lam,
        handle=in_hand / (m.lam * (1 - p_ab)),
        in_hand=in_hand / m.n,
        occupancy=1 - found.mean(lambda s: s.agents[0]) / m.n,
    )
