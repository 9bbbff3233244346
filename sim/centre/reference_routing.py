"""Who takes what, in the reference engine: the rules of ``docs/engine.md``, section "What a team may take"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .contract import FASTEST, LEAST_OCCUPIED, NOT_PUT_DOWN, EngineInput
from .reference_parts import Agent, Attempt, Line, Team


class Match(NamedTuple):
    """An agent who would take the first contact of a line."""

    agent: Agent
    line: int


class Router:
    """Reads teams and lines and says who takes what next; changes nothing."""

    def __init__(self, engine: EngineInput, teams: list[Team], lines: list[Line]) -> None:
        routing, queues = engine.routing, engine.queues
        self.teams, self.lines = teams, lines
        self.rank, self.reserve, self.overflow_ms = (
            table.tolist() for table in (routing.rank, routing.reserve, routing.overflow_ms)
        )
        self.preference, self.handle_factor = routing.preference.tolist(), routing.handle_factor.tolist()
        self.by_score, self.agents = routing.by_score, routing.agents
        self.score_base, self.score_per_ms = routing.score_base.tolist(), routing.score_per_ms.tolist()
        self.puts_down = [choice != NOT_PUT_DOWN for choice in routing.put_down]
        self.queue = routing.line_queue.tolist()
        self.is_chat = [bool(queues.is_chat[queue]) for queue in self.queue]
        self.interrupts = [
            line < len(queues.stream) and not queues.is_email[queue] and not queues.is_chat[queue]
            for line, queue in enumerate(self.queue)
        ]
        """Lines for whose contacts emails are put down."""
        self.served = [[line for line, rank in enumerate(ranks) if rank >= 0] for ranks in self.rank]

    def next_match(self, team: int, now: int) -> Match | None:
        """What the team takes next by case 1 or 2."""
        state = self.teams[team]
        if not state.idle and not any(state.chatting.values()):
            return None
        candidates = self._lines(team)
        if not candidates:
            return None
        may_start = [line for line in candidates if len(state.idle) - 1 >= self.reserve[team][line]]
        if may_start:
            return Match(self._idle_agent(state, now), self._best(team, may_start, now))
        ranks = self.rank[team]
        others = min((ranks[line] for line in candidates if not self.is_chat[line]), default=None)
        chats = [line for line in candidates if self.is_chat[line] and (others is None or ranks[line] <= others)]
        agent = self._chat_agent(state)
        return Match(agent, self._best(team, chats, now)) if chats and agent is not None else None

    def next_interruption(self, team: int, now: int) -> Match | None:
        """What the team takes next by case 3."""
        state = self.teams[team]
        if not self.puts_down[team] or not state.writing:
            return None
        writing = [agent for agent in reversed(state.writing.values()) if agent.step_ms > now and not agent.is_to_leave]
        line = self.next_call(team, now)
        return Match(writing[0], line) if writing and line is not None else None

    def next_call(self, team: int, now: int) -> int | None:
        """Line for whose first contact the team would put an email down."""
        calls = [line for line in self._lines(team) if self.interrupts[line]]
        return self._best(team, calls, now) if calls else None

    def taker(self, attempt: Attempt, now: int) -> Match | None:
        """Who takes a contact that has just joined; None if nobody, or if it isn't the first of its line."""
        line = attempt.line
        if self.lines[line].first is not attempt:
            return None
        teams = range(len(self.teams))
        takers = [match for team in teams if (match := self.next_match(team, now)) and match.line == line]
        if takers:
            return min(takers, key=lambda match: self._suitability(match, now))
        takers = [match for team in teams if (match := self.next_interruption(team, now)) and match.line == line]
        queue = self.queue[line]
        return min(takers, key=lambda m: (self.preference[m.agent.team][queue], -m.agent.turn), default=None)

    def teams_of(self, line: int) -> Iterable[Team]:
        """Teams that serve the line now."""
        return (
            state
            for team, state in enumerate(self.teams)
            if self.rank[team][line] >= 0 and line not in state.closed_lines
        )

    def _lines(self, team: int) -> list[int]:
        """Lines whose first contact the team may take, if it has somebody for it."""
        lines, overflow_ms, closed = self.lines, self.overflow_ms[team], self.teams[team].closed_lines
        return [
            line
            for line in self.served[team]
            if lines[line].waiting and line not in closed and lines[line].first.overflowed_ms >= overflow_ms[line]
        ]

    def _best(self, team: int, lines: Iterable[int], now: int) -> int:
        def place(line: int) -> tuple[float, int]:
            first = self.lines[line].first
            if self.by_score:
                return -(self.score_base[line] + self.score_per_ms[line] * (now - first.joined_ms)), first.order
            return self.rank[team][line], first.order

        return min(lines, key=place)

    def _idle_agent(self, state: Team, now: int) -> Agent:
        if self.agents == LEAST_OCCUPIED:
            return min(state.idle.values(), key=lambda agent: (agent.occupancy(now), agent.turn))
        return next(iter(state.idle.values()))

    @staticmethod
    def _chat_agent(state: Team) -> Agent | None:
        """Fewest chats, then longest with as many; those who are to leave are passed over."""
        levels = sorted(state.chatting.items())
        agents = [agent for _, level in levels for agent in level.values() if not agent.is_to_leave]
        return agents[state.surplus] if len(agents) > state.surplus else None

    def _suitability(self, match: Match, now: int) -> tuple[float, ...]:
        agent, queue = match.agent, self.queue[match.line]
        policy = 0.0
        if not agent.chats and self.agents == FASTEST:
            policy = self.handle_factor[agent.team][queue]
        elif not agent.chats and self.agents == LEAST_OCCUPIED:
            policy = agent.occupancy(now)
        return self.preference[agent.team][queue], len(agent.chats), policy, agent.turn
