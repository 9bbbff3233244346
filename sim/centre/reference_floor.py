"""The floor of the reference engine: lines, teams, and what agents do from one step to the next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple, Protocol

import simpy

from .contract import BACK_IN_LINE, DAY_MS, FULL_SPEED, NOBODY, EngineInput
from .reference_duty import Duty
from .reference_parts import (
    AGENT,
    CHATS,
    HANDS_OVER,
    HOLDS,
    TALKS,
    WRAPS_UP,
    WRITES,
    Agent,
    Appointment,
    Attempt,
    Hours,
    Line,
)
from .reference_routing import Match, Router
from .results import WAITING_SPELL


class Work(NamedTuple):
    """What an agent has to do for an attempt that is about to be served."""

    conversation_ms: int
    after_call_ms: int
    reached: bool = True
    """Whether a customer who is called back answers."""
    holds: bool = False
    """Whether the agent stays with the customer after handing on."""


class Story(Protocol):
    """What the floor asks of, and tells, the story of a contact."""

    def work(self, attempt: Attempt, agent: Agent) -> Work:
        """What there is to do."""

    def served(self, attempt: Attempt) -> None:
        """Its fate is known: served until ``end_ms``."""

    def rings_in_vain(self, attempt: Attempt, until_ms: int) -> None:
        """The customer called back doesn't answer."""

    def expect_help(self, attempt: Attempt) -> None:
        """It waits in a line: other teams may take it when it has waited long enough."""

    def hands_over(self, attempt: Attempt, agent: Agent) -> None:
        """A conversation has begun at whose end the agent hands the contact on, and may hold on."""


class Floor:
    """Who waits and who works."""

    def __init__(self, env: simpy.Environment, engine: EngineInput, hours: list[Hours], story: Story) -> None:
        self.env, self.story, self.hours = env, story, hours
        self.clock, self.q, self.routing, self.transfers = (
            engine.clock,
            engine.queues,
            engine.routing,
            engine.transfers,
        )
        self.spells: list[tuple[int, int, int, int, int]] = []
        self.duty = Duty(env, engine, self.spells, self.take_contacts)
        self.agents, self.teams = self.duty.agents, self.duty.teams
        self.lines = [Line() for _ in self.routing.line_queue]
        self.router = Router(engine, self.teams, self.lines)
        self.stages: list[list[int]] = engine.staff.agent_stage.tolist()
        self.trunks_taken = [0] * len(self.q.stream)
        self.joined = 0
        self.chat_speed = self.routing.chat_speed.tolist()
        self.chat_most = self.routing.chat_most.tolist()

    # --- lines --------------------------------------------------------------------------------------------------

    def join(self, attempt: Attempt, line: int, *, at_head: bool = False) -> None:
        """Into the line, without anybody taking it yet."""
        attempt.joined_ms, attempt.overflowed_ms = int(self.env.now), 0
        self._put(attempt, line, at_head)

    def _put(self, attempt: Attempt, line: int, at_head: bool) -> None:
        self.joined += 1
        attempt.line, attempt.order = line, -self.joined if at_head else self.joined
        attempt.waiting_since_ms = int(self.env.now)
        self.lines[line].join(attempt, at_head)

    def leave(self, attempt: Attempt) -> None:
        """Out of its line."""
        now = int(self.env.now)
        self.lines[attempt.line].leave(attempt)
        if now > attempt.waiting_since_ms:
            self.spells.append((WAITING_SPELL, attempt.line, attempt.waiting_since_ms, now, attempt.offered_ms))

    def offer(self, attempt: Attempt) -> None:
        """A contact that has joined is taken by the team that suits it best, and then teams take what they may."""
        match = self.router.taker(attempt, int(self.env.now))
        if match is not None:
            self.begin(match)
        self.take_contacts()

    def take_contacts(self) -> None:
        """Teams take waiting contacts as long as the rules allow."""
        now, router = int(self.env.now), self.router
        taken = True
        while taken:
            taken = False
            for team in range(len(self.teams)):
                while match := router.next_match(team, now) or router.next_interruption(team, now):
                    self.begin(match)
                    taken = True

    # --- the agents' work ---------------------------------------------------------------------------------------

    def begin(self, match: Match) -> None:
        """The agent takes the first contact of the line."""
        agent, now = match.agent, int(self.env.now)
        attempt = self.lines[match.line].first
        self.leave(attempt)
        if agent.contact is not None:
            self._put_down(agent)
        elif not agent.chats:
            self.duty.stop_idling(agent)
        self._serve(agent, attempt, now)

    def _serve(self, agent: Agent, attempt: Attempt, now: int) -> None:
        self.duty.start_work(agent)
        self._join_holder(attempt)
        resumed = attempt.remaining_ms >= 0
        if not attempt.opened or attempt.callback:
            attempt.left_ms = now
        attempt.opened = True
        attempt.agent = agent.number
        attempt.stage = self._stage(agent, now)
        work = Work(attempt.remaining_ms, attempt.after_call_ms) if resumed else self.story.work(attempt, agent)
        end_ms = now + work.conversation_ms
        if not work.reached:
            self.story.rings_in_vain(attempt, end_ms)
            self._schedule(agent, WRAPS_UP, end_ms)
            return
        attempt.contact.served_by = agent.number
        if self.q.is_chat[attempt.queue]:
            self._add_chat(agent, attempt, work.conversation_ms)
        elif self._may_be_put_down(agent, attempt):
            agent.contact = attempt
            attempt.remaining_ms, attempt.after_call_ms = work.conversation_ms, work.after_call_ms
            if not resumed:
                attempt.handle_ms = work.conversation_ms + work.after_call_ms
            self._write(agent)
        else:
            self._talk(agent, attempt, end_ms, work)

    def _stage(self, agent: Agent, now: int) -> int:
        """How experienced the agent is today."""
        today = min(now // DAY_MS, len(self.stages) - 1)
        return self.stages[today][agent.number]

    def _talk(self, agent: Agent, attempt: Attempt, end_ms: int, work: Work) -> None:
        """A conversation that nothing interrupts: all that follows is known."""
        attempt.end_ms = end_ms
        agent.after_call_ms = work.after_call_ms
        has_trunk = self.q.trunks[attempt.queue] >= 0 and not attempt.callback
        agent.trunk_of = attempt.queue if has_trunk else NOBODY
        if work.holds:
            agent.contact = attempt
            self._schedule(agent, HANDS_OVER, end_ms)
            self.story.hands_over(attempt, agent)
            return
        attempt.free_ms = end_ms + work.after_call_ms
        if attempt.remaining_ms < 0:
            attempt.handle_ms = attempt.free_ms - attempt.left_ms
        if has_trunk and work.after_call_ms:
            self._schedule(agent, TALKS, end_ms)
        else:
            self._schedule(agent, WRAPS_UP, attempt.free_ms)
        self.story.served(attempt)

    def _may_be_put_down(self, agent: Agent, attempt: Attempt) -> bool:
        return bool(self.router.puts_down[agent.team] and self.q.is_email[attempt.queue])

    def _schedule(self, agent: Agent, doing: int, at_ms: int) -> None:
        agent.doing, agent.step_ms = doing, at_ms
        appointment = Appointment(self.env, at_ms, AGENT, agent.number)
        agent.appointment = appointment
        appointment.callbacks.append(lambda _: self._step(agent, appointment))

    def _step(self, agent: Agent, appointment: Appointment) -> None:
        """What the agent was doing is done."""
        if agent.appointment is not appointment:
            return
        agent.appointment = None
        now = int(self.env.now)
        steps: dict[int, Callable[[Agent, int], None]] = {
            TALKS: self._wrap_up,
            WRAPS_UP: self._free,
            WRITES: self._reply,
            CHATS: self._end_chats,
            HANDS_OVER: self._hold,
            HOLDS: self._hold_no_longer,
        }
        steps[agent.doing](agent, now)

    def _wrap_up(self, agent: Agent, now: int) -> None:
        self._give_trunk_back(agent)
        self._schedule(agent, WRAPS_UP, now + agent.after_call_ms)

    def _give_trunk_back(self, agent: Agent) -> None:
        if agent.trunk_of != NOBODY:
            self.trunks_taken[agent.trunk_of] -= 1
            agent.trunk_of = NOBODY

    def _free(self, agent: Agent, now: int) -> None:
        """The agent has finished: back to an email put down, idle, or off duty as positions or the roster say."""
        self._give_trunk_back(agent)
        team = self.teams[agent.team]
        if agent.paused is not None:
            paused, agent.paused = agent.paused, None
            if team.surplus or agent.is_to_leave:
                self._put_back(paused)
            else:
                line = self.router.next_call(agent.team, now)
                if line is None:
                    self._serve(agent, paused, now)
                else:
                    agent.paused = paused
                    attempt = self.lines[line].first
                    self.leave(attempt)
                    self._serve(agent, attempt, now)
                self.take_contacts()
                return
        self.duty.end_work(agent)
        if agent.is_to_leave and (agent.on_shift or not self._closed_queue_waits(agent.team, now)):
            self.duty.leave_as_due(agent)
        elif team.surplus and not self._closed_queue_waits(agent.team, now):
            self.duty.go_off_duty(agent)
        else:
            self.duty.idle(agent)
        self.take_contacts()
        self.duty.send_idle_off(team)
        if agent.is_to_leave and agent.number in team.idle:
            self.duty.leave_as_due(agent)

    # --- transfers whose first agent holds on -------------------------------------------------------------------

    def _hold(self, agent: Agent, now: int) -> None:
        """The conversation is over; the agent stays with the customer, who comes to the next line this moment."""
        assert agent.contact is not None
        self._give_trunk_back(agent)
        self._schedule(agent, HOLDS, now + int(self.transfers.hold_ms[agent.contact.queue]))

    def _join_holder(self, attempt: Attempt) -> None:
        """The next agent has come; whoever holds stays for the joint time."""
        holder = attempt.held_by
        if holder is not None:
            assert holder.contact is not None
            attempt.joint_ms = int(self.transfers.joint_ms[holder.contact.queue])
            self.let_go(holder, attempt.joint_ms)

    def _hold_no_longer(self, agent: Agent, _: int) -> None:
        self.let_go(agent, 0)

    def let_go(self, agent: Agent, together_ms: int) -> None:
        """The agent who holds has so much time left with the customer, and then wraps up."""
        attempt, handed_on = agent.contact, agent.holds_for
        assert attempt is not None
        assert handed_on is not None
        agent.contact = agent.holds_for = handed_on.held_by = None
        attempt.free_ms = int(self.env.now) + together_ms + agent.after_call_ms
        attempt.handle_ms = attempt.free_ms - attempt.left_ms
        self._schedule(agent, WRAPS_UP, attempt.free_ms)
        self.story.served(attempt)

    # --- emails that may be put down ----------------------------------------------------------------------------

    def _write(self, agent: Agent) -> None:
        """Begin the email in hand, or go on with it."""
        assert agent.contact is not None
        agent.turn = self.duty.turn()
        self.teams[agent.team].writing[agent.number] = agent
        self._schedule(agent, WRITES, int(self.env.now) + agent.contact.remaining_ms)

    def _put_down(self, agent: Agent) -> None:
        """The email in hand waits, for its agent or at the head of its line."""
        email, now = agent.contact, int(self.env.now)
        assert email is not None
        agent.contact = None
        del self.teams[agent.team].writing[agent.number]
        email.remaining_ms = agent.step_ms - now
        email.put_down += 1
        if self.routing.put_down[agent.team] == BACK_IN_LINE:
            self._put_back(email)
        else:
            agent.paused = email

    def _put_back(self, email: Attempt) -> None:
        self._put(email, email.queue, at_head=True)
        self.story.expect_help(email)

    def _reply(self, agent: Agent, now: int) -> None:
        """The reply is complete."""
        email = agent.contact
        assert email is not None
        agent.contact = None
        del self.teams[agent.team].writing[agent.number]
        email.end_ms, email.free_ms = now, now + email.after_call_ms
        self.story.served(email)
        if email.after_call_ms:
            self._schedule(agent, WRAPS_UP, email.free_ms)
        else:
            self._free(agent, now)

    # --- chats --------------------------------------------------------------------------------------------------

    def _add_chat(self, agent: Agent, attempt: Attempt, handle_ms: int) -> None:
        self._progress(agent)
        agent.chats.append((attempt, [handle_ms * FULL_SPEED]))
        self._go_on_chatting(agent)

    def _end_chats(self, agent: Agent, now: int) -> None:
        """Those whose work is done end."""
        self._progress(agent)
        done = [attempt for attempt, units in agent.chats if units[0] <= 0]
        agent.chats = [(attempt, units) for attempt, units in agent.chats if units[0] > 0]
        for attempt in done:
            attempt.end_ms = attempt.free_ms = now
            attempt.handle_ms = now - attempt.left_ms
            if self.q.trunks[attempt.queue] >= 0:
                self.trunks_taken[attempt.queue] -= 1
            self.story.served(attempt)
        if agent.chats:
            self._go_on_chatting(agent)
            self.take_contacts()
        else:
            self._leave_chat_lists(agent)
            self._free(agent, now)

    def _progress(self, agent: Agent) -> None:
        """The chats in hand up to now."""
        now = int(self.env.now)
        if agent.chats:
            done = (now - agent.chats_since_ms) * self.chat_speed[agent.team][len(agent.chats)]
            for _, units in agent.chats:
                units[0] -= done
        agent.chats_since_ms = now

    def _go_on_chatting(self, agent: Agent) -> None:
        """When the next chat is done, and whether the agent may take more."""
        count = len(agent.chats)
        self._leave_chat_lists(agent)
        if count < self.chat_most[agent.team]:
            agent.turn = self.duty.turn()
            self.teams[agent.team].chatting.setdefault(count, OrderedDict())[agent.number] = agent
        left = max(min(units[0] for _, units in agent.chats), 0)
        step = self.chat_speed[agent.team][count] * self.clock.tick_ms
        self._schedule(agent, CHATS, int(self.env.now) + -(-left // step) * self.clock.tick_ms)

    def _leave_chat_lists(self, agent: Agent) -> None:
        for level in self.teams[agent.team].chatting.values():
            level.pop(agent.number, None)

    # --- the calendar -------------------------------------------------------------------------------------------

    def set_fence(self, team: int, line: int, is_open: bool) -> None:
        """From now on the team takes the line's contacts, or doesn't."""
        state = self.teams[team]
        state.closed_lines = state.closed_lines - {line} if is_open else state.closed_lines | {line}

    def end(self, end_ms: int) -> None:
        """Close all spells."""
        self.duty.end(end_ms)
        for number, line in enumerate(self.lines):
            for attempt in line.waiting.values():
                self.spells.append((WAITING_SPELL, number, attempt.waiting_since_ms, end_ms, attempt.offered_ms))

    def _closed_queue_waits(self, team: int, now: int) -> bool:
        """Whether somebody waits in a line of the team whose queue has closed and serves those who wait."""
        return any(
            self.lines[line].waiting
            and not self.q.is_email[queue]
            and not (self.q.send_away_at_close[queue] and line == queue)
            and not self.hours[queue].is_open(now)
            for line in self.router.served[team]
            for queue in (self.router.queue[line],)
        )
