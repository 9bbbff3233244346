"""The reference engine's rules of what follows an attempt (``docs/engine.md``, a contact's life, step 4)."""

from __future__ import annotations

import numpy as np

from ..common.arrival_times import time_of_day_from
from ..common.streams import BLOCK_AFTER, BLOCK_CHOICE, BLOCK_DEFLECTED, BLOCK_MORE, BLOCK_OFFER, uniform
from .contract import DAY_MS, NOBODY, EngineInput
from .reference_draws import Draws
from .reference_log import LogWriter
from .reference_parts import Attempt, Contact, Hours
from .results import (
    DEFLECTED,
    LATE_EMAIL,
    NO_FOLLOW_UP,
    POSTED,
    RECONTACT,
    REDIAL,
    REDIAL_LOST,
    RETURNED,
    SERVED,
    TRANSFER,
)


class FollowUps:
    """Logs attempts that are over and says which attempt of the contact follows."""

    def __init__(self, engine: EngineInput, hours: list[Hours], draws: Draws, log: LogWriter) -> None:
        self.engine, self.q, self.arrivals = engine, engine.queues, engine.arrivals
        self.hours, self.draws, self.log = hours, draws, log

    def after_service(self, attempt: Attempt) -> Attempt | None:
        """What follows a service: a transfer, a re-contact or nothing."""
        queue, contact = attempt.queue, attempt.contact
        following = None
        if attempt.handed_to != NOBODY:
            following = self.handed_on(attempt)
        else:
            _, _, comes_back, delay = self.draws.words(contact, attempt.number, BLOCK_AFTER)
            factor = self.engine.stages.recontact_factor[attempt.stage, queue]
            if uniform(comes_back) < self.q.recontact[queue] * factor:
                share = uniform(self.draws.words(contact, attempt.number, BLOCK_MORE)[0])
                target = int(np.searchsorted(self.q.recontact_to[queue], share))
                due_ms = attempt.end_ms + self.draws.duration(self.q.recontact_delay, queue, delay)
                following = self._next_attempt(attempt, RECONTACT, target, due_ms)
        self.log.write(attempt, SERVED, NO_FOLLOW_UP if following is None else following.reason)
        return following

    def handed_on(self, attempt: Attempt) -> Attempt:
        """The transfer that follows an attempt, which is not logged yet."""
        transfers, queue = self.engine.transfers, attempt.queue
        following = self._next_attempt(attempt, TRANSFER, attempt.handed_to, attempt.end_ms)
        following.touches, following.came_back = attempt.touches, attempt.came_back
        following.waited_ms = self.log.waited_ms(attempt)
        following.entry_queue = attempt.entry_queue if attempt.is_transfer else queue
        following.owed_ms = int(transfers.re_explain_ms[queue])
        following.at_head = bool(transfers.at_head[queue])
        self.log.hand_on(attempt, following)
        return following

    def after_refusal(self, attempt: Attempt, fate: int) -> Attempt | None:
        """What follows an attempt that ended unserved, at its ``left_ms``: a redial, a late email's call or nothing."""
        queue, contact = attempt.queue, attempt.contact
        following = None
        what = NO_FOLLOW_UP
        if self.q.is_email[queue]:
            what, target = LATE_EMAIL, int(self.q.late_to_call_queue[queue])
            delay = self.draws.words(contact, attempt.number, BLOCK_MORE)[2]
            due_ms = attempt.left_ms + self.draws.duration(self.q.late_to_call_delay, queue, delay)
            following = self._next_attempt(attempt, LATE_EMAIL, target, due_ms)
        elif not attempt.callback:
            redials, delay, _, _ = self.draws.words(contact, attempt.number, BLOCK_AFTER)
            attempts = self.q.redial_attempts[queue]
            if uniform(redials) < self.q.redial[queue] and (attempts < 0 or attempt.redials < attempts):
                due_ms = attempt.left_ms + self.draws.duration(self.q.redial_delay, queue, delay)
                what = REDIAL_LOST
                if self.hours[queue].is_open(due_ms):
                    what, following = REDIAL, self._next_attempt(attempt, REDIAL, queue, due_ms)
                    following.redials = attempt.redials + 1
                    following.came_back = attempt.came_back
        self.log.write(attempt, fate, what)
        return following

    def is_deflected(self, contact: Contact) -> bool:
        """Whether a first contact is deflected instead of offered."""
        share = self.engine.deflection.share[contact.origin_queue, contact.day - self.engine.clock.first_day]
        return share > 0 and bool(uniform(self.draws.words(contact, 0, BLOCK_CHOICE)[2]) < share)

    def after_deflection(self, attempt: Attempt) -> Attempt | None:
        """What follows a deflected contact: a post, the contact after all or nothing."""
        queue, deflection = attempt.queue, self.engine.deflection
        posts, fails, delay, _ = self.draws.words(attempt.contact, 0, BLOCK_DEFLECTED)
        following = None
        if uniform(posts) < deflection.post[queue]:
            following = self._next_attempt(attempt, POSTED, int(deflection.post_queue[queue]), attempt.offered_ms)
        elif uniform(fails) < deflection.fail[queue]:
            due_ms = attempt.offered_ms + self.draws.duration(deflection.fail_delay, queue, delay)
            following = self._next_attempt(attempt, RETURNED, queue, due_ms)
        attempt.left_ms = attempt.offered_ms
        self.log.write(attempt, DEFLECTED, NO_FOLLOW_UP if following is None else following.reason)
        return following

    def _next_attempt(self, attempt: Attempt, reason: int, queue: int, due_ms: int) -> Attempt:
        """The contact's next attempt, offered when due or, but for redials, within the queue's next opening."""
        if reason != REDIAL:
            due_ms = self._next_opening(attempt.contact, attempt.number + 1, queue, due_ms)
        following = Attempt(attempt.contact, attempt.number + 1, queue, reason, due_ms)
        following.came_back = reason in (RECONTACT, LATE_EMAIL, RETURNED)
        if reason == RECONTACT:
            following.owed_ms = int(self.q.re_explain_ms[attempt.queue])
        elif reason in (REDIAL, LATE_EMAIL):
            following.owed_ms = attempt.owed_ms
        return following

    def _next_opening(self, contact: Contact, attempt: int, queue: int, due_ms: int) -> int:
        """When a follow-up due at ``due_ms`` is offered: emails then, others when the queue is open."""
        hours, clock = self.hours[queue], self.engine.clock
        if self.q.is_email[queue] or hours.is_open(due_ms):
            return due_ms
        segment = hours.segment(due_ms)
        if segment == len(hours.start_ms):
            return clock.days * DAY_MS
        start = hours.start_ms[segment]
        day = start // DAY_MS
        shape = self.arrivals.shape_of[queue, day]
        if shape < 0:
            return start
        word = self.draws.words(contact, attempt, BLOCK_OFFER)[0]
        edge_ms, cumulative = self.arrivals.shape(shape)
        midnight = day * DAY_MS
        return midnight + int(time_of_day_from(edge_ms, cumulative, start - midnight, word, clock.tick_ms))
