"""The reference engine: SimPy, a process per contact, written to be read (rules: ``docs/engine.md``).

Start reading at ``_Simulation.life``, the story of one contact. The fast engine must give the same log, row for row;
only the draws are shared with it, everything else is independent.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterable
from typing import Any

import numpy as np
import simpy

from ..common.arrival_times import day_arrivals, draw_day, time_of_day_from
from ..common.streams import (
    BLOCK_AFTER,
    BLOCK_MORE,
    BLOCK_OFFER,
    contact_words,
    duration_ms,
    random_key,
    uniform,
)
from .contract import DAY_MS, NOBODY, CompiledCentre, Float64, Int64
from .reference_parts import (
    AGENT,
    ARRIVAL,
    CLOSE,
    FOLLOW_UP,
    PATIENCE,
    POSITIONS,
    Appointment,
    Contact,
    Hours,
    Line,
    Team,
)
from .results import (
    ABANDONED,
    BLOCKED,
    DUTY_DTYPE,
    LATE_EMAIL,
    LOG_DTYPE,
    NO_FOLLOW_UP,
    RECONTACT,
    REDIAL,
    REDIAL_LOST,
    SERVED,
    UNRESOLVED,
)


class _Simulation:
    def __init__(self, compiled: CompiledCentre, seed: int, replication: int, counts: Int64) -> None:
        engine = compiled.engine
        self.clock, self.q, self.staff, self.arrivals = engine.clock, engine.queues, engine.staff, engine.arrivals
        self.key = random_key(seed, replication)
        self.counts = counts
        self.env = simpy.Environment(initial_time=0)
        opening = engine.opening
        self.queues = []
        for queue in range(self.q.stream.size):
            rows = slice(opening.offset[queue], opening.offset[queue + 1])
            self.queues.append(
                Line(
                    Hours(
                        opening.start_ms[rows].tolist(), opening.end_ms[rows].tolist(), opening.before_ms[rows].tolist()
                    )
                )
            )
        self.teams = [
            Team(absent=np.flatnonzero(self.staff.agent_team == team).tolist())
            for team in range(self.staff.rank.shape[0])
        ]
        self.on_since_ms: dict[int, int] = {}
        self.log: list[tuple[int, ...]] = []
        self.duty: list[tuple[int, int, int]] = []
        self.joined = 0
        self.line_held: dict[int, int] = {}
        self.undecided = 0

    # --- the story of a contact ---------------------------------------------------------------------------------

    def life(self, contact: Contact) -> Generator[simpy.Event, Any, None]:
        """All attempts of one contact, from its first arrival on."""
        while True:
            fate, agent = yield from self.attempt(contact)
            follow_up = self.after_service(contact, agent) if fate == SERVED else self.after_refusal(contact, fate)
            if follow_up is None:
                return
            due_ms, contact.queue, contact.reason = follow_up
            contact.redials = contact.redials + 1 if contact.reason == REDIAL else 0
            contact.attempt += 1
            yield Appointment(self.env, due_ms, FOLLOW_UP, contact.number, contact.attempt)

    def attempt(self, contact: Contact) -> Generator[simpy.Event, Any, tuple[int, int]]:
        """Offered, and then served, blocked or gone: (fate, agent)."""
        now, queue = int(self.env.now), self.queues[contact.queue]
        contact.offered_ms = now
        trunks = self.q.trunks[contact.queue]
        if trunks >= 0:
            if queue.lines_taken >= trunks:
                return BLOCKED, NOBODY
            queue.lines_taken += 1
        contact.outcome = self.env.event()
        contact.sequence = self.joined
        self.joined += 1
        self.undecided += self.before_end(contact)
        queue.waiting[contact.number] = contact
        for team in range(len(self.teams)):
            self.take_contacts(team)
        if not contact.outcome.triggered:
            patience = self.patience_ends(contact)
            if patience == now:
                self.give_up(contact)
            elif patience is not None and patience < self.clock.days * DAY_MS:
                timer = Appointment(self.env, patience, PATIENCE, contact.number, contact.attempt)
                attempt = contact.attempt
                timer.callbacks.append(lambda _: self.out_of_patience(contact, attempt))
        fate, agent = yield contact.outcome
        self.undecided -= self.before_end(contact)
        return fate, agent

    def patience_ends(self, contact: Contact) -> int | None:
        """When the contact gives up: now if it balks, None if never."""
        now, queue = int(self.env.now), contact.queue
        if self.q.is_email[queue]:
            word = self.words(contact, BLOCK_MORE)[1]
            if not uniform(word) < self.q.late_to_call[queue]:
                return None
            late_ms = int(self.q.threshold_ms[queue]) + self.clock.tick_ms
            if self.q.elapsed_clock[queue]:
                return now + late_ms
            hours = self.queues[queue].hours
            return hours.moment(hours.clock(now) + late_ms)
        _, _, patience, balk = self.words(contact, BLOCK_OFFER)
        if uniform(balk) < self.q.balk[queue]:
            return now
        if not self.q.has_patience[queue]:
            return None
        return now + self.duration(self.q.patience, queue, patience)

    def out_of_patience(self, contact: Contact, attempt: int) -> None:
        if contact.attempt == attempt and not contact.outcome.triggered:
            self.give_up(contact)

    def give_up(self, contact: Contact) -> None:
        queue = self.queues[contact.queue]
        del queue.waiting[contact.number]
        if self.q.trunks[contact.queue] >= 0:
            queue.lines_taken -= 1
        contact.outcome.succeed((ABANDONED, NOBODY))

    def after_service(self, contact: Contact, agent: int) -> tuple[int, int, int] | None:
        """Hold the agent, log the service; (due, queue, reason) of the re-contact if there will be one."""
        now, queue = int(self.env.now), contact.queue
        handle = self.words(contact, BLOCK_OFFER)[1]
        re_explain_ms = 0
        if contact.served_by not in (NOBODY, agent):
            re_explain_ms = int(self.q.re_explain_ms[queue])
        end_ms = now + self.duration(self.q.handle, queue, handle) + re_explain_ms
        free_ms = end_ms
        if self.q.has_after_call[queue]:
            free_ms += self.duration(self.q.after_call, queue, self.words(contact, BLOCK_MORE)[3])
        self.then(Appointment(self.env, free_ms, AGENT, agent), lambda: self.free_agent(agent))
        if self.q.trunks[queue] >= 0:
            if end_ms < free_ms:
                self.then(Appointment(self.env, end_ms, AGENT, agent), lambda: self.give_line_back(queue))
            else:
                self.line_held[agent] = queue

        contact.served_by = agent
        follow_up = None
        _, _, comes_back, delay = self.words(contact, BLOCK_AFTER)
        if uniform(comes_back) < self.q.recontact[queue]:
            share = uniform(self.words(contact, BLOCK_MORE)[0])
            target = int(np.searchsorted(self.q.recontact_to[queue], share))
            due_ms = end_ms + self.duration(self.q.recontact_delay, queue, delay)
            follow_up = (self.next_opening(contact, target, due_ms), target, RECONTACT)
        self.write(contact, SERVED, now, end_ms, free_ms, agent, re_explain_ms, RECONTACT if follow_up else 0)
        return follow_up

    def after_refusal(self, contact: Contact, fate: int) -> tuple[int, int, int] | None:
        """Log an unserved attempt; (due, queue, reason) of the redial or call that follows, if any."""
        now, queue = int(self.env.now), contact.queue
        follow_up = None
        what = NO_FOLLOW_UP
        if self.q.is_email[queue]:
            target = int(self.q.late_to_call_queue[queue])
            due_ms = now + self.duration(self.q.late_to_call_delay, queue, self.words(contact, BLOCK_MORE)[2])
            follow_up, what = (self.next_opening(contact, target, due_ms), target, LATE_EMAIL), LATE_EMAIL
        else:
            redials, delay, _, _ = self.words(contact, BLOCK_AFTER)
            attempts = self.q.redial_attempts[queue]
            if uniform(redials) < self.q.redial[queue] and (attempts < 0 or contact.redials < attempts):
                due_ms = now + self.duration(self.q.redial_delay, queue, delay)
                what = REDIAL_LOST
                if self.queues[queue].hours.is_open(due_ms):
                    follow_up, what = (due_ms, queue, REDIAL), REDIAL
        self.write(contact, fate, now, -1, -1, NOBODY, 0, what)
        return follow_up

    def next_opening(self, contact: Contact, queue: int, due_ms: int) -> int:
        """When a follow-up due at ``due_ms`` is offered: emails then, calls when the queue is open."""
        hours = self.queues[queue].hours
        if self.q.is_email[queue] or hours.is_open(due_ms):
            return due_ms
        segment = hours.segment(due_ms)
        if segment == len(hours.start_ms):
            return self.clock.days * DAY_MS
        start = hours.start_ms[segment]
        day = start // DAY_MS
        shape = self.arrivals.shape_of[queue, day]
        if shape < 0:
            return start
        word = self.words(contact, BLOCK_OFFER, contact.attempt + 1)[0]
        edge_ms, cumulative = self.shape(shape)
        midnight = day * DAY_MS
        return midnight + int(time_of_day_from(edge_ms, cumulative, start - midnight, word, self.clock.tick_ms))

    # --- the agents ---------------------------------------------------------------------------------------------

    def take_contacts(self, team: int) -> None:
        """Idle agents of the team take waiting contacts as long as the rules allow."""
        state = self.teams[team]
        while state.idle:
            queue = self.next_queue(team)
            if queue is None:
                return
            agent = state.idle.popleft()
            _, contact = self.queues[queue].waiting.popitem(last=False)
            contact.outcome.succeed((SERVED, agent))

    def next_queue(self, team: int) -> int | None:
        """Queue of lowest rank, then longest wait, among those whose reserve stays idle."""
        left_idle = len(self.teams[team].idle) - 1
        candidates = [
            (self.staff.rank[team, number], queue.first().sequence, number)
            for number, queue in enumerate(self.queues)
            if queue.waiting and self.staff.rank[team, number] >= 0 and left_idle >= self.staff.reserve[team, number]
        ]
        return min(candidates)[2] if candidates else None

    def free_agent(self, agent: int) -> None:
        """The agent has finished: idle, or off duty if positions have fallen meanwhile."""
        team = int(self.staff.agent_team[agent])
        state = self.teams[team]
        if agent in self.line_held:
            self.give_line_back(self.line_held.pop(agent))
        if state.on_duty > state.positions and not self.closed_queue_waits(team):
            self.go_off_duty(team, agent)
        else:
            state.idle.append(agent)
        self.take_contacts(team)

    def give_line_back(self, queue: int) -> None:
        self.queues[queue].lines_taken -= 1

    def closed_queue_waits(self, team: int) -> bool:
        """Whether a caller waits in a closed queue of the team that serves those who wait at closing time."""
        return any(
            queue.waiting
            and self.staff.rank[team, number] >= 0
            and not self.q.is_email[number]
            and not self.q.send_away_at_close[number]
            and not queue.hours.is_open(int(self.env.now))
            for number, queue in enumerate(self.queues)
        )

    def go_off_duty(self, team: int, agent: int) -> None:
        state = self.teams[team]
        state.on_duty -= 1
        heapq.heappush(state.absent, agent)
        self.duty.append((agent, self.on_since_ms.pop(agent), int(self.env.now)))

    def set_positions(self, team: int, positions: int) -> None:
        """Absent agents come, or idle ones leave; who is busy leaves when free."""
        state = self.teams[team]
        state.positions = positions
        while state.on_duty < positions:
            agent = heapq.heappop(state.absent)
            state.on_duty += 1
            self.on_since_ms[agent] = int(self.env.now)
            state.idle.append(agent)
        while state.on_duty > positions and state.idle:
            self.go_off_duty(team, state.idle.popleft())
        self.take_contacts(team)

    # --- what happens by the calendar ---------------------------------------------------------------------------

    def positions_change(self) -> Generator[simpy.Event, Any, None]:
        for at_ms, team, positions in zip(self.staff.at_ms, self.staff.team, self.staff.positions, strict=True):
            yield Appointment(self.env, int(at_ms), POSITIONS, int(team))
            self.set_positions(int(team), int(positions))

    def first_arrivals(self) -> Generator[simpy.Event, Any, None]:
        buffers = day_arrivals(self.counts.shape[0], max(int(self.counts.max(initial=0)), 1))
        for d in range(self.clock.days):
            today: list[tuple[int, int, int]] = []
            for queue, count in enumerate(self.counts[:, d]):
                if count == 0:
                    continue
                edge_ms, cumulative = self.shape(self.arrivals.shape_of[queue, d])
                day, stream, tick = self.clock.first_day + d, self.q.stream[queue], self.clock.tick_ms
                draw_day(self.key, day, stream, count, edge_ms, cumulative, tick, buffers, queue)
                times, ranks = buffers.at_ms[queue, :count].tolist(), buffers.k[queue, :count].tolist()
                today += [(d * DAY_MS + at, queue, k) for at, k in zip(times, ranks, strict=True)]
            for at_ms, queue, k in sorted(today):
                contact = Contact(queue, self.clock.first_day + d, k, queue)
                yield Appointment(self.env, at_ms, ARRIVAL, contact.number)
                self.env.process(self.life(contact))

    def send_away(self, queue: int) -> Generator[simpy.Event, Any, None]:
        for end_ms in self.queues[queue].hours.end_ms:
            yield Appointment(self.env, end_ms, CLOSE, queue)
            for contact in list(self.queues[queue].waiting.values()):
                self.give_up(contact)

    def run(self) -> None:
        for queue, backlog in enumerate(self.q.backlog.tolist()):
            for k in range(backlog):
                self.env.process(self.life(Contact(queue, self.clock.first_day - 1, k, queue)))
        self.env.process(self.positions_change())
        self.env.process(self.first_arrivals())
        for closing in np.flatnonzero(self.q.send_away_at_close).tolist():
            self.env.process(self.send_away(closing))
        end_ms = self.clock.days * DAY_MS
        while self.env.peek() < end_ms:
            if self.env.peek() >= self.clock.horizon_end_ms and self.undecided == 0:
                break
            self.env.step()
        for line in self.queues:
            for contact in line.waiting.values():
                self.write(contact, UNRESOLVED, -1, -1, -1, NOBODY, 0, NO_FOLLOW_UP)
        self.duty += [(agent, on_ms, end_ms) for agent, on_ms in self.on_since_ms.items()]

    # --- tools --------------------------------------------------------------------------------------------------

    def then(self, event: simpy.Event, action: Callable[[], None]) -> None:
        event.callbacks.append(lambda _: action())

    def before_end(self, contact: Contact) -> bool:
        return contact.offered_ms < self.clock.horizon_end_ms

    def words(self, contact: Contact, block: int, attempt: int | None = None) -> tuple[int, int, int, int]:
        """The four words of a block of the contact's present attempt, or of the one named."""
        attempt = contact.attempt if attempt is None else attempt
        stream = self.q.stream[contact.origin_queue]
        words: tuple[int, int, int, int] = contact_words(self.key, contact.k, contact.day, stream, attempt, block)
        return words

    def duration(self, tables: Float64, queue: int, word: int) -> int:
        return int(duration_ms(tables[queue], word, self.clock.tick_ms))

    def shape(self, shape: int) -> tuple[Int64, Float64]:
        rows = slice(self.arrivals.offset[shape], self.arrivals.offset[shape + 1])
        return self.arrivals.edge_ms[rows], self.arrivals.cumulative[rows]

    def write(
        self,
        contact: Contact,
        fate: int,
        left_ms: int,
        end_ms: int,
        free_ms: int,
        agent: int,
        re_explain_ms: int,
        follow_up: int,
    ) -> None:
        if not self.before_end(contact):
            return
        backlog = contact.day < self.clock.first_day and contact.attempt == 0
        counted = contact.offered_ms >= self.clock.horizon_start_ms and not backlog
        what = (contact.number, contact.attempt, contact.queue, contact.reason, fate, counted)
        when = (contact.offered_ms, left_ms, end_ms, free_ms)
        self.log.append((*what, *when, agent, re_explain_ms, follow_up))


def _sorted(rows: Iterable[tuple[int, ...]], dtype: np.dtype[Any]) -> np.ndarray:
    return np.array(sorted(rows), dtype=dtype)


def run_reference(
    compiled: CompiledCentre, seed: int, replication: int, counts: Int64
) -> tuple[np.ndarray, np.ndarray]:
    """One replication with ``counts`` (Q, D) first contacts: its log (LOG_DTYPE, sorted by contact and attempt) and
    its spells on duty within the horizon (DUTY_DTYPE, sorted by agent and start)."""
    simulation = _Simulation(compiled, seed, replication, counts)
    simulation.run()
    end_ms = compiled.engine.clock.horizon_end_ms
    duty = [(agent, on_ms, min(off_ms, end_ms)) for agent, on_ms, off_ms in simulation.duty if on_ms < end_ms]
    return _sorted(simulation.log, LOG_DTYPE), _sorted(duty, DUTY_DTYPE)
