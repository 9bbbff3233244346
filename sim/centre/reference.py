"""The reference engine: SimPy, a process per contact, written to be read (rules: ``docs/engine.md``).

Start reading at ``_Simulation.life``, the story of one contact; ``reference_floor`` has the agents,
``reference_routing`` who takes what, and ``reference_follow_ups`` what follows an attempt. The fast engine must give
the same log, row for row; only the draws are shared with it, everything else is independent.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from ..common.arrival_times import day_arrivals, draw_day
from ..common.streams import BLOCK_CHOICE, BLOCK_MORE, BLOCK_OFFER, tries_until_reached, uniform
from .contract import DAY_MS, NO_LIMIT_MS, NOBODY, SHIFT_END, SHIFT_START, CompiledCentre, Int64, Opening
from .reference_draws import Draws
from .reference_floor import Floor, Work
from .reference_follow_ups import FollowUps
from .reference_log import LogWriter
from .reference_parts import (
    ARRIVAL,
    CALENDAR,
    CLOSE,
    FOLLOW_UP,
    OVERFLOW,
    PATIENCE,
    ROSTER,
    Agent,
    Appointment,
    Attempt,
    Contact,
    Hours,
    plain_queues,
)
from .results import ABANDONED, BLOCKED, SERVED, TRANSFER

_WENT_ON_HOLD = -1
"""Outcome of an attempt: handed on, while its agent holds on and the service isn't over."""


class _Simulation:
    def __init__(self, compiled: CompiledCentre, seed: int, replication: int, counts: Int64) -> None:
        self.engine = engine = compiled.engine._replace(queues=plain_queues(compiled.engine.queues))
        self.clock, self.q, self.arrivals = engine.clock, engine.queues, engine.arrivals
        self.counts = counts
        self.env = simpy.Environment(initial_time=0)
        self.hours = _hours(engine.opening)
        self.floor = Floor(self.env, engine, self.hours, self)
        self.log = LogWriter(engine, self.hours)
        self.draws = Draws(engine, seed, replication)
        self.follow_ups = FollowUps(engine, self.hours, self.draws, self.log)
        self.end_ms = self.clock.days * DAY_MS
        self.matters: list[list[float]] = engine.transfers.matter.tolist()
        """By queue, the shares of the matters, added up."""
        self.overflow_ms = [
            sorted({int(wait) for wait, rank in zip(waits, ranks, strict=True) if wait > 0 and rank >= 0})
            for waits, ranks in zip(engine.routing.overflow_ms.T, engine.routing.rank.T, strict=True)
        ]

    # --- the story of a contact ---------------------------------------------------------------------------------

    def life(self, contact: Contact, *, backlog: bool = False) -> Generator[simpy.Event, Any, None]:
        """All attempts of one contact, from its first arrival on."""
        matter = uniform(self.draws.words(contact, 0, BLOCK_CHOICE)[3])
        contact.matter = bisect_left(self.matters[contact.origin_queue], matter)
        attempt: Attempt | None = Attempt(contact, 0, contact.origin_queue)
        while attempt is not None:
            attempt.offered_ms = int(self.env.now)
            self.log.begin(attempt)
            if attempt.number == 0 and not backlog and self.follow_ups.is_deflected(contact):
                following = self.follow_ups.after_deflection(attempt)
            else:
                fate = yield from self.attempt(attempt)
                following = self.following(attempt, fate)
            if following is not None:
                yield Appointment(self.env, following.due_ms, FOLLOW_UP, contact.number, following.number)
            attempt = following

    def following(self, attempt: Attempt, fate: int) -> Attempt | None:
        """Log the attempt, if its service is over, and return the next one."""
        if fate == _WENT_ON_HOLD:
            return attempt.outcome.value[1]  # type: ignore[no-any-return]
        if fate == SERVED:
            return self.follow_ups.after_service(attempt)
        if not attempt.callback:
            attempt.left_ms = int(self.env.now)
        return self.follow_ups.after_refusal(attempt, fate)

    def attempt(self, attempt: Attempt) -> Generator[simpy.Event, Any, int]:
        """Offered, and then served, blocked or gone: its fate."""
        attempt.outcome = self.env.event()
        now, queue = attempt.offered_ms, attempt.queue
        trunks = self.q.trunks[queue]
        if trunks >= 0:
            if self.floor.trunks_taken[queue] >= trunks:
                self.leave_alone(attempt)
                return BLOCKED
            self.floor.trunks_taken[queue] += 1
        self.floor.join(attempt, queue, at_head=attempt.at_head)
        self.floor.offer(attempt)
        if not attempt.opened:
            self.not_served_at_once(attempt, now)
        outcome = yield attempt.outcome
        return int(outcome[0])

    def not_served_at_once(self, attempt: Attempt, now: int) -> None:
        """The attempt balks, accepts a callback, or waits as long as its patience."""
        queue = attempt.queue
        if self.q.is_email[queue]:
            self.wait(attempt, self.late_at(attempt, now))
            return
        told, callbacks = self.engine.announcements, self.engine.callbacks
        announced_ms = self.announced_ms(queue)
        accepted, tries, _, _ = self.draws.words(attempt.contact, attempt.number, BLOCK_CHOICE)
        offers = callbacks.line[queue] != NOBODY and announced_ms > callbacks.above_ms[queue]
        if offers and uniform(accepted) < callbacks.accept[queue]:
            attempt.callback = True
            attempt.tries_needed = tries_until_reached(tries, callbacks.reach[queue], callbacks.tries[queue])
            self.floor.leave(attempt)
            if self.q.trunks[queue] >= 0:
                self.floor.trunks_taken[queue] -= 1
            self.leave_alone(attempt)
            self.owe_callback(attempt)
            return
        _, _, patience, balk = self.draws.words(attempt.contact, attempt.number, BLOCK_OFFER)
        is_told = announced_ms > told.above_ms[queue]
        if uniform(balk) < (told.balk if is_told else self.q.balk)[queue]:
            self.give_up(attempt)
            self.floor.take_contacts()
        elif self.q.has_patience[queue]:
            factor = told.patience_factor[queue] if is_told else 1.0
            self.wait(attempt, now + self.draws.duration(self.q.patience, queue, patience, factor))
        else:
            self.wait(attempt, None)

    def announced_ms(self, queue: int) -> int:
        """The wait that a caller is told who has joined the queue."""
        on_duty = sum(team.on_duty for team in self.floor.router.teams_of(queue))
        if on_duty == 0:
            return NO_LIMIT_MS
        waiting = len(self.floor.lines[queue].waiting)
        return waiting * int(self.engine.announcements.mean_handle_ms[queue]) // on_duty

    def late_at(self, attempt: Attempt, now: int) -> int | None:
        """When an email's sender gives it up, if ever."""
        queue = attempt.queue
        if not uniform(self.draws.words(attempt.contact, attempt.number, BLOCK_MORE)[1]) < self.q.late_to_call[queue]:
            return None
        late_ms = int(self.q.threshold_ms[queue]) + self.clock.tick_ms
        if self.q.elapsed_clock[queue]:
            return now + late_ms
        hours = self.hours[queue]
        return hours.moment(hours.clock(now) + late_ms)

    def wait(self, attempt: Attempt, until_ms: int | None) -> None:
        """In the line until served, or until the given moment; other teams may help out meanwhile."""
        contact, number = attempt.contact, attempt.number
        if until_ms is not None and until_ms < self.end_ms:
            timer = Appointment(self.env, until_ms, PATIENCE, contact.number, number)
            timer.callbacks.append(lambda _: self.out_of_patience(attempt))
        self.expect_help(attempt)

    def expect_help(self, attempt: Attempt) -> None:
        """When the attempt has waited long enough in its line, other teams may take it."""
        contact, number = attempt.contact, attempt.number
        for wait_ms in self.overflow_ms[attempt.line]:
            at_ms = attempt.joined_ms + wait_ms
            if at_ms <= self.env.now:
                attempt.overflowed_ms = max(attempt.overflowed_ms, wait_ms)
            elif at_ms < self.end_ms:
                overflow = Appointment(self.env, at_ms, OVERFLOW, contact.number, number)
                overflow.callbacks.append(lambda _: self.overflow(attempt))

    def overflow(self, attempt: Attempt) -> None:
        """The attempt has waited long enough for some other team."""
        attempt.overflowed_ms = max(attempt.overflowed_ms, int(self.env.now) - attempt.joined_ms)
        self.floor.take_contacts()

    def out_of_patience(self, attempt: Attempt) -> None:
        if not attempt.opened and not attempt.outcome.triggered:
            self.give_up(attempt)
            self.floor.take_contacts()

    def give_up(self, attempt: Attempt) -> None:
        self.floor.leave(attempt)
        if self.q.trunks[attempt.queue] >= 0:
            self.floor.trunks_taken[attempt.queue] -= 1
        self.leave_alone(attempt)
        attempt.outcome.succeed((ABANDONED,))

    def leave_alone(self, attempt: Attempt) -> None:
        """The customer is not on the line any more: whoever held on is free."""
        if attempt.held_by is not None:
            self.floor.let_go(attempt.held_by, 0)

    # --- callbacks ----------------------------------------------------------------------------------------------

    def owe_callback(self, attempt: Attempt) -> None:
        self.floor.join(attempt, int(self.engine.callbacks.line[attempt.queue]))
        self.expect_help(attempt)
        self.floor.offer(attempt)

    def rings_in_vain(self, attempt: Attempt, until_ms: int) -> None:
        """The customer called back doesn't answer: another try, or the end of it."""
        callbacks, queue = self.engine.callbacks, attempt.queue
        again_ms = until_ms + int(callbacks.again_ms[queue])
        if attempt.tries < callbacks.tries[queue] and self.hours[queue].is_open(again_ms):
            if again_ms < self.end_ms:
                again = Appointment(self.env, again_ms, FOLLOW_UP, attempt.contact.number, attempt.number)
                again.callbacks.append(lambda _: self.owe_callback(attempt))
            return
        attempt.left_ms = until_ms
        attempt.outcome.succeed((ABANDONED,))

    # --- service ------------------------------------------------------------------------------------------------

    def work(self, attempt: Attempt, agent: Agent) -> Work:
        """What the agent has to do for an attempt that it begins."""
        queue, contact, transfers = attempt.queue, attempt.contact, self.engine.transfers
        if attempt.callback:
            attempt.tries += 1
            if attempt.tries < attempt.tries_needed:
                return Work(int(self.engine.callbacks.ring_ms[queue]), 0, reached=False)
        word = self.draws.words(contact, attempt.number, BLOCK_OFFER)[1]
        if attempt.is_transfer or contact.served_by not in (NOBODY, agent.number):
            attempt.re_explain_ms = attempt.owed_ms
        attempt.touches += 1
        lacks_skill = not self.engine.stages.solves[attempt.stage, contact.matter]
        if lacks_skill and transfers.to[queue, contact.matter] != NOBODY:
            attempt.handed_to = int(transfers.to[queue, contact.matter])
            handle_ms = self.draws.duration(transfers.after, queue, word)
        else:
            factor = self.engine.stages.handle_factor[attempt.stage, queue]
            handle_ms = self.draws.duration(self.q.handle, queue, word, factor)
        after_call_ms = 0
        if self.q.has_after_call[queue]:
            word = self.draws.words(contact, attempt.number, BLOCK_MORE)[3]
            after_call_ms = self.draws.duration(self.q.after_call, queue, word)
        conversation_ms = handle_ms + attempt.re_explain_ms + attempt.joint_ms
        return Work(conversation_ms, after_call_ms, holds=self.holds(attempt, int(self.env.now) + conversation_ms))

    def holds(self, attempt: Attempt, end_ms: int) -> bool:
        """Whether the agent stays with the customer after handing on: not if it can't be handed on right then."""
        queue = attempt.queue
        if attempt.handed_to == NOBODY or self.engine.transfers.hold_ms[queue] == 0:
            return False
        if self.q.is_email[queue] or self.q.is_chat[queue] or end_ms >= self.end_ms:
            return False
        return self.hours[attempt.handed_to].is_open(end_ms)

    def hands_over(self, attempt: Attempt, agent: Agent) -> None:
        """The conversation at whose end the agent holds on has begun: the next attempt is known."""
        following = self.follow_ups.handed_on(attempt)
        following.held_by, agent.holds_for = agent, following
        attempt.outcome.succeed((_WENT_ON_HOLD, following))

    def served(self, attempt: Attempt) -> None:
        """The service is over, or can't be interrupted any more."""
        if attempt.outcome.triggered:  # handed on before, by an agent who then held on
            self.log.write(attempt, SERVED, TRANSFER)
        else:
            attempt.outcome.succeed((SERVED,))

    # --- what happens by the calendar ---------------------------------------------------------------------------

    def calendar(self) -> Generator[simpy.Event, Any, None]:
        """Fences and positions change, shifts start."""
        staff, fences = self.engine.staff, self.engine.routing.fences
        starts = staff.rosters.what == SHIFT_START
        shift_at_ms, shift_agent = staff.rosters.at_ms[starts], staff.rosters.agent[starts]
        for at_ms in np.unique(np.concatenate([staff.at_ms, fences.at_ms, shift_at_ms])).tolist():
            yield Appointment(self.env, at_ms, CALENDAR)
            for row in np.flatnonzero(fences.at_ms == at_ms):
                self.floor.set_fence(int(fences.team[row]), int(fences.line[row]), bool(fences.open[row]))
            for row in np.flatnonzero(staff.at_ms == at_ms):
                self.floor.duty.set_positions(int(staff.team[row]), int(staff.positions[row]))
            for agent in sorted(shift_agent[shift_at_ms == at_ms].tolist()):
                self.floor.duty.start_shift(self.floor.agents[agent])
            self.floor.take_contacts()

    def roster(self) -> Generator[simpy.Event, Any, None]:
        """Shifts end, breaks begin."""
        rosters, duty = self.engine.staff.rosters, self.floor.duty
        rows = sorted(zip(*(column.tolist() for column in rosters[1:]), strict=True))
        for at_ms, number, what, length_ms in rows:
            if what == SHIFT_START:
                continue
            yield Appointment(self.env, at_ms, ROSTER, number)
            agent = self.floor.agents[number]
            if what == SHIFT_END:
                duty.end_shift(agent)
            else:
                duty.call_to_break(agent, length_ms)
            self.floor.take_contacts()

    def first_arrivals(self) -> Generator[simpy.Event, Any, None]:
        buffers = day_arrivals(self.counts.shape[0], max(int(self.counts.max(initial=0)), 1))
        for d in range(self.clock.days):
            today: list[tuple[int, int, int]] = []
            for queue, count in enumerate(self.counts[:, d]):
                if count == 0:
                    continue
                edge_ms, cumulative = self.arrivals.shape(self.arrivals.shape_of[queue, d])
                day, stream, tick = self.clock.first_day + d, self.q.stream[queue], self.clock.tick_ms
                draw_day(self.draws.key, day, stream, count, edge_ms, cumulative, tick, buffers, queue)
                times, ranks = buffers.at_ms[queue, :count].tolist(), buffers.k[queue, :count].tolist()
                today += [(d * DAY_MS + at, queue, k) for at, k in zip(times, ranks, strict=True)]
            for at_ms, queue, k in sorted(today):
                contact = Contact(queue, self.clock.first_day + d, k)
                yield Appointment(self.env, at_ms, ARRIVAL, contact.number)
                self.env.process(self.life(contact))

    def send_away(self, queue: int) -> Generator[simpy.Event, Any, None]:
        for end_ms in self.hours[queue].end_ms:
            yield Appointment(self.env, end_ms, CLOSE, queue)
            for attempt in list(self.floor.lines[queue].waiting.values()):
                self.give_up(attempt)
            self.floor.take_contacts()

    def run(self) -> None:
        for queue, backlog in enumerate(self.q.backlog):
            for k in range(backlog):
                self.env.process(self.life(Contact(queue, self.clock.first_day - 1, k), backlog=True))
        self.env.process(self.calendar())
        self.env.process(self.roster())
        self.env.process(self.first_arrivals())
        for closing in np.flatnonzero(self.q.send_away_at_close).tolist():
            self.env.process(self.send_away(closing))
        while (at_ms := self.env.peek()) < self.end_ms:
            if at_ms >= self.clock.horizon_end_ms and not self.log.undecided:
                break
            self.env.step()
        self.log.write_unresolved()
        self.floor.end(self.end_ms)


def _hours(opening: Opening) -> list[Hours]:
    hours = []
    for start, end in zip(opening.offset[:-1], opening.offset[1:], strict=True):
        rows = slice(start, end)
        hours.append(Hours(*(of[rows].tolist() for of in (opening.start_ms, opening.end_ms, opening.before_ms))))
    return hours


def run_reference(
    compiled: CompiledCentre, seed: int, replication: int, counts: Int64
) -> tuple[np.ndarray, np.ndarray]:
    """One replication with ``counts`` (Q, D) first contacts: its log and its spells, as in ``Replication``."""
    simulation = _Simulation(compiled, seed, replication, counts)
    simulation.run()
    return simulation.log.rows(), simulation.log.spell_rows(simulation.floor.spells)
