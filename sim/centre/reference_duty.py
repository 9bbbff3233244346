"""Who is on duty, and who of them is idle, in the reference engine: ``docs/engine.md``, "Positions and agents"."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable

import numpy as np
import simpy

from .contract import EngineInput
from .reference_parts import ROSTER, Agent, Appointment, Team
from .results import BUSY, ON_DUTY


class Duty:
    """Agents come and go: as their team's positions change, or by shifts and breaks of their own."""

    def __init__(
        self,
        env: simpy.Environment,
        engine: EngineInput,
        spells: list[tuple[int, int, int, int, int]],
        take_contacts: Callable[[], None],
    ) -> None:
        """``spells``: where those of duty and work are noted, as rows of SPELL_DTYPE; ``take_contacts`` is called when
        an agent is back from a break."""
        self.env, self.spells = env, spells
        self.agents = [Agent(number, int(team)) for number, team in enumerate(engine.staff.agent_team)]
        self.teams = [
            Team(absent=[agent for agent in self.agents if agent.team == team])
            for team in range(engine.routing.rank.shape[0])
        ]
        self.turns = 0
        self.take_contacts = take_contacts
        for team in np.flatnonzero(engine.staff.rosters.team):
            self.teams[team].rostered = True
            self.teams[team].absent = []

    # --- positions ----------------------------------------------------------------------------------------------

    def set_positions(self, team: int, positions: int) -> None:
        """Absent agents come, or idle ones leave; who is busy leaves when free."""
        state = self.teams[team]
        state.positions = positions
        while state.on_duty < positions:
            self._come(state.absent.pop(0))
        self.send_idle_off(state)

    def send_idle_off(self, team: Team) -> None:
        """While more are on duty than positions, idle agents leave, the longest idle first."""
        while team.surplus and team.idle:
            self.go_off_duty(next(iter(team.idle.values())))

    def go_off_duty(self, agent: Agent) -> None:
        """Idle or just free, an agent of a team with positions leaves."""
        self._leave(agent)
        insort(self.teams[agent.team].absent, agent, key=lambda absent: absent.number)

    # --- shifts and breaks --------------------------------------------------------------------------------------

    def start_shift(self, agent: Agent) -> None:
        """The agent comes; who is busy from the shift before stays."""
        agent.on_shift, agent.is_to_leave = True, False
        if agent.on_since_ms < 0:
            self._come(agent)

    def end_shift(self, agent: Agent) -> None:
        """Who is idle leaves; who is busy is to leave; who is on a break stays away."""
        agent.on_shift, agent.back = False, None
        agent.breaks_due_ms.clear()
        if agent.busy_since_ms >= 0:
            agent.is_to_leave = True
        elif agent.on_since_ms >= 0:
            self._leave(agent)

    def call_to_break(self, agent: Agent, length_ms: int) -> None:
        """A break begins by the roster: in fact when the agent is free, and back from one before."""
        agent.breaks_due_ms.append(length_ms)
        if agent.busy_since_ms >= 0:
            agent.is_to_leave = True
        elif agent.back is None:
            self._begin_break(agent)

    def leave_as_due(self, agent: Agent) -> None:
        """Free, the agent goes home or on the break that is due."""
        agent.is_to_leave = False
        if agent.on_shift:
            self._begin_break(agent)
        else:
            self._leave(agent)

    def _begin_break(self, agent: Agent) -> None:
        agent.worked_ms += int(self.env.now) - agent.on_since_ms
        self._leave(agent)
        self._rest(agent)

    def _rest(self, agent: Agent) -> None:
        over_ms = int(self.env.now) + agent.breaks_due_ms.pop(0)
        agent.back = back = Appointment(self.env, over_ms, ROSTER, agent.number, attempt=1)
        back.callbacks.append(lambda _: self._return(agent, back))

    def _return(self, agent: Agent, back: Appointment) -> None:
        """The break is over, unless the shift was over before."""
        if agent.back is not back:
            return
        if agent.breaks_due_ms:
            self._rest(agent)
            return
        agent.back = None
        self._be_there(agent)
        self.take_contacts()

    # --- both ---------------------------------------------------------------------------------------------------

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
        agent.busy_ms = agent.worked_ms = 0
        self._be_there(agent)

    def _be_there(self, agent: Agent) -> None:
        self.teams[agent.team].on_duty += 1
        agent.on_since_ms = int(self.env.now)
        self.idle(agent)

    def _leave(self, agent: Agent) -> None:
        team = self.teams[agent.team]
        team.idle.pop(agent.number, None)
        team.on_duty -= 1
        self.spells.append((ON_DUTY, agent.number, agent.on_since_ms, int(self.env.now), -1))
        agent.on_since_ms = -1
