"""What the reference engine writes down: a row an attempt, and the spells of agents and lines."""

from __future__ import annotations

import numpy as np

from .contract import HOUR_MS, EngineInput
from .reference_parts import Attempt, Hours
from .results import LOG_DTYPE, SERVED, SPELL_DTYPE, TRANSFER, UNRESOLVED


class LogWriter:
    """Rows of the log; knows which attempts have no fate yet of those offered before the horizon's end or handed on."""

    def __init__(self, engine: EngineInput, hours: list[Hours]) -> None:
        self._clock, self._q, self._satisfaction = engine.clock, engine.queues, engine.satisfaction
        self._lost_ppm, self._hours = engine.stages.lost_ppm, hours
        self._rows: list[tuple[int, ...]] = []
        self.undecided: set[Attempt] = set()

    def begin(self, attempt: Attempt) -> None:
        """The attempt is offered, or deflected."""
        if attempt.offered_ms < self._clock.horizon_end_ms and not attempt.is_transfer:
            self.undecided.add(attempt)

    def hand_on(self, attempt: Attempt, following: Attempt) -> None:
        """The attempt will be followed by a transfer, whose fate is awaited if the attempt's is."""
        if attempt in self.undecided:
            self.undecided.add(following)

    def write_unresolved(self) -> None:
        """At the end of the run: what is left without a fate."""
        for attempt in list(self.undecided):
            if attempt.offered_ms >= 0:  # else a transfer still to come
                attempt.left_ms = -1
                self.write(attempt, UNRESOLVED, 0)

    def write(self, attempt: Attempt, fate: int, follow_up: int) -> None:
        """The attempt's row, if it was offered before the horizon's end, or is handed on of such."""
        if attempt not in self.undecided:
            return
        self.undecided.remove(attempt)
        contact, served = attempt.contact, fate == SERVED
        backlog = contact.day < self._clock.first_day and attempt.number == 0
        counted = self._clock.horizon_start_ms <= attempt.offered_ms < self._clock.horizon_end_ms and not backlog
        self._rows.append(
            (
                *(contact.number, attempt.number, attempt.queue, attempt.reason, fate, counted),
                *(attempt.offered_ms, attempt.left_ms, attempt.end_ms if served else -1),
                *(attempt.free_ms if served else -1, attempt.agent if served else -1),
                *((attempt.handle_ms, attempt.re_explain_ms, attempt.joint_ms) if served else (0, 0, 0)),
                *(follow_up, contact.matter, attempt.touches, attempt.tries),
                *(attempt.callback, attempt.put_down),
                self._satisfied_ppm(attempt) if served and follow_up != TRANSFER else -1,
            )
        )

    def waited_ms(self, attempt: Attempt) -> int:
        """What the customer has waited since the contact was last offered, as satisfaction counts it."""
        if not self._q.is_email[attempt.queue]:
            return attempt.waited_ms + (0 if attempt.callback else attempt.left_ms - attempt.offered_ms)
        if self._q.elapsed_clock[attempt.queue]:
            return attempt.waited_ms + attempt.end_ms - attempt.offered_ms
        hours = self._hours[attempt.queue]
        return attempt.waited_ms + hours.clock(attempt.end_ms) - hours.clock(attempt.offered_ms)

    def _satisfied_ppm(self, attempt: Attempt) -> int:
        of, queue = self._satisfaction, attempt.entry_queue if attempt.is_transfer else attempt.queue
        if not of.rated[queue]:
            return -1
        lost = (
            self.waited_ms(attempt) * int(of.wait_ppm_per_hour[queue]) // HOUR_MS
            + int(of.transfer_ppm[queue]) * (attempt.touches - 1)
            + int(of.again_ppm[queue]) * attempt.came_back
            + int(self._lost_ppm[attempt.stage, queue])
        )
        return max(int(of.base_ppm[queue]) - lost, 0)

    def rows(self) -> np.ndarray:
        """The log, LOG_DTYPE, sorted by (contact, attempt)."""
        return np.array(sorted(self._rows), dtype=LOG_DTYPE)

    def spell_rows(self, spells: list[tuple[int, int, int, int, int]]) -> np.ndarray:
        """Spells, SPELL_DTYPE, sorted, those within the horizon's end."""
        end = self._clock.horizon_end_ms
        cut = [
            (kind, number, begin, min(to, end), offered) for kind, number, begin, to, offered in spells if begin < end
        ]
        return np.array(sorted(cut), dtype=SPELL_DTYPE)
