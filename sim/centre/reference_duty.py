"""Who is on duty, and who of them is idle, in the reference engine: ``docs/engine.md``, "Positions and agents"."""

from __future__ import annotations

from bisect import insort

import simpy

from .contract import EngineInput
from .reference_parts import Agent, Team
from .results import BUSY, ON_DUTY


class Duty:
    """Agents come and go as their team's positions change."""

    def __init__(
        self, env: simpy.Environment, engine: EngineInput, spells: list[tuple[int, int, int, int, int]]
    ) -> None:
        """``spells``: where those of duty and work are noted, as rows of SPELL_DTYPE."""
        self.env, self.spells = env, spells
        self.agents = [Agent(number, int(team)) for number, team in enumerate(engine.staff.agent_team)]
        self.teams = [
            Team(absent=[agent for agent in self.agents if agent.team == team])
            for team in range(engine.routing.rank.shape[0])
        ]
        self.turns = 0

    def set_positions(self, team: int, positions: int) -> None:
        """Absent agents come, or idle ones leave; who is busy leaves when free."""
        state = self.teams[team]
        state.positions = positions
        while state.on_duty < positions:
            agent = state.absent.pop(0)
            agent.busy_ms = 0
            self._come(agent)
        self.send_idle_off(state)

    def send_idle_off(self, team: Team) -> None:
        """While more are on duty than positions, idle agents leave, the longest idle first."""
        while team.surplus and team.idle:
            self.go_off_duty(next(iter(team.idle.values())))

    def start_work(self, agent: Agent) -> None:
        """Busy from now on, unless busy already."""
        if agent.busy_since_ms < 0:
            agent.busy_since_ms = int(self.env.now)

    def end_work(self, agent: Agent) -> None:
        """Free."""
        now = int(self.env.now)
        self.spells.append((BUSY, agent.number, agent.busy_since_ms, now, -1))
        agent.busy_ms += now - agent.busy_since_ms
        agent.busy_since_ms = -1

    def idle(self, agent: Agent) -> None:
        """To the end of the team's idle."""
        agent.turn = self.turn()
        self.teams[agent.team].idle[agent.number] = agent

    def stop_idling(self, agent: Agent) -> None:
        """Out of the team's idle."""
        del self.teams[agent.team].idle[agent.number]

    def go_off_duty(self, agent: Agent) -> None:
        """Idle or just free, the agent leaves."""
        state = self.teams[agent.team]
        state.idle.pop(agent.number, None)
        state.on_duty -= 1
        insort(state.absent, agent, key=lambda absent: absent.number)
        self.spells.append((ON_DUTY, agent.number, agent.on_since_ms, int(self.env.now), -1))
        agent.on_since_ms = -1

    def turn(self) -> int:
        """A number that grows, for whoever joins a list."""
        self.turns += 1
        return self.turns

    def end(self, end_ms: int) -> None:
        """Close all spells of duty and work."""
        for agent in self.agents:
            if agent.on_since_ms >= 0:
                self.spells.append((ON_DUTY, agent.number, agent.on_since_ms, end_ms, -1))
            if agent.busy_since_ms >= 0:
                self.spells.append((BUSY, agent.number, agent.busy_since_ms, end_ms, -1))

    def _come(self, agent: Agent) -> None:
        self.teams[agent.team].on_duty += 1
        agent.on_since_ms = int(self.env.now)
        self.idle(agent)
