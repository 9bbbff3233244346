"""How contacts bring repeats in the quarter hours of weeks: when redials, re-contacts and transfers follow them.

- Redials follow attempts after the file's delay; those that fall outside the opening hours are lost.
- Re-contacts follow served contacts after the handle time and the file's delay. To a call queue that is closed then
  they move to its next opening and spread as first contacts do over the rest of that day (``docs/engine.md``).
- Transfers follow served contacts after the time with the agent who hands on.

Every week is taken as one of many that are alike. Approximations: every attempt is answered with the same probability,
redialled with the same, and handed on with the same; nobody waits before being served or giving up, but emails wait for
the hours in which somebody takes them; re-explaining doesn't delay a re-contact; contacts come evenly within a quarter
hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..common.calendar import DAY_MS, WEEK_DAYS, Segments
from ..common.distributions import Deterministic, Distribution
from ..scenario.centre import CentreScenario
from .compile_days import ordinary_week
from .compile_durations import duration, recontact_delay
from .contract import Float64, Int64
from .repeat_delays import delayed_shares
from .repeats import Repeats, per

CELLS_PER_DAY = 96
CELL_MS = DAY_MS // CELLS_PER_DAY
CELLS = WEEK_DAYS * CELLS_PER_DAY
_WEEK_MS = WEEK_DAYS * DAY_MS
_ALWAYS = ordinary_week([[(0, DAY_MS)]] * WEEK_DAYS)
AT_ONCE = Deterministic(0.0)

NEGLIGIBLE = 1e-6
_MOST_WEEKS = 64
"""Delays are followed this long, or until that share of them is left; the rest counts as spread over the week."""
MOST_ROUNDS = 200


@dataclass(frozen=True)
class RepeatFlow:
    """How contacts bring repeats in the cells of weeks."""

    serving: tuple[_Openings, ...]
    """By queue: when its contacts are taken up."""
    opening: tuple[_Openings, ...]
    """By queue: when it is offered repeats."""
    redials: Float64
    """(Q, 1, 1) per attempt."""
    redial_delay: NDArray[np.complex128]
    """(Q, 1, frequencies) of attempts to their redials, transformed."""
    recontacts: Float64
    """(Q, Q) per attempt, from row to column."""
    recontact_delay: NDArray[np.complex128]
    """(Q, 1, frequencies) of the start of service to the re-contact, transformed."""
    handed_on: Float64
    """(Q, Q) transfers per attempt, from row to column."""
    transfer_delay: NDArray[np.complex128]
    """(Q, 1, frequencies) of the start of service to the transfer, transformed."""

    @classmethod
    def of(cls, scenario: CentreScenario, repeats: Repeats, taken: Sequence[Segments]) -> RepeatFlow:
        """The flow of ordinary weeks.

        ``repeats`` say how many follow an attempt; ``taken`` are the hours of an ordinary week in which somebody takes
        each queue's contacts.
        """
        queues = scenario.queues
        redial = [duration(queue.redial.after) if queue.redial else AT_ONCE for queue in queues.values()]
        recontact = [recontact_delay(queue.recontact) if queue.recontact else AT_ONCE for queue in queues.values()]
        transfer = [duration(queue.transfer.after) if queue.transfer else AT_ONCE for queue in queues.values()]
        handle = [duration(queue.handle_time) for queue in queues.values()]
        attempts = repeats.attempts[:, np.newaxis]
        return cls(
            serving=tuple(
                _Openings.of(hours if queue.is_email else _ALWAYS)
                for hours, queue in zip(taken, queues.values(), strict=True)
            ),
            opening=(),
            redials=per(repeats.redials, repeats.attempts)[:, np.newaxis, np.newaxis],
            redial_delay=transformed(redial),
            recontacts=per(repeats.recontacts_from, attempts),
            recontact_delay=transformed(handle) * transformed(recontact),
            handed_on=per(repeats.transfers_from, attempts),
            transfer_delay=transformed(transfer),
        ).open_at([ordinary_week(scenario.opening_hours(name)) for name in queues], scenario)

    def open_at(self, opening: Sequence[Segments], scenario: CentreScenario) -> RepeatFlow:
        """The flow of weeks with these opening hours, by queue; emails come at any time."""
        hours = zip(scenario.queues.values(), opening, strict=True)
        return replace(
            self, opening=tuple(_Openings.of(_ALWAYS if queue.is_email else open_) for queue, open_ in hours)
        )

    @property
    def open_share(self) -> Float64:
        """(Q, 1, cells) share of each cell in which the queue is open."""
        return np.array([[hours.open_share] for hours in self.opening])

    def rest_of_day(self, first: Float64, stated: Float64) -> tuple[Float64, ...]:
        """How what is moved to an opening spreads over the rest of its day: by queue, (weeks, K, cells).

        As ``first`` contacts do, or the ``stated`` volume where there are none; both are (Q, weeks, cells).
        """
        return tuple(hours.spread(first[q], stated[q]) for q, hours in enumerate(self.opening))

    def repeats(self, attempts: Float64, rest_of_day: Sequence[Float64]) -> tuple[Float64, Float64, Float64]:
        """Repeats offered when they fall due and those moved to the next opening, (Q, weeks, cells), and redials lost.

        The lost ones are (Q, weeks). ``attempts`` (Q, weeks, cells) are in weeks that follow others alike.
        """
        redials = back(self.redials * np.fft.rfft(attempts) * self.redial_delay)
        due = back(_along(self.recontacts, np.fft.rfft(self._started(attempts)) * self.recontact_delay))
        in_time = (redials + due) * self.open_share
        return in_time, self.moved(due, rest_of_day), (redials * (1 - self.open_share)).sum(axis=2)

    def moved(self, due: Float64, rest_of_day: Sequence[Float64]) -> Float64:
        """What falls due while closed, when it comes, (Q, weeks, cells)."""
        return np.array([hours.moved(due[q], rest_of_day[q]) for q, hours in enumerate(self.opening)])

    def transfers(self, attempts: Float64) -> Float64:
        """Transfers at each queue, (Q, weeks, cells)."""
        if not self.handed_on.any():
            return np.zeros_like(attempts)
        return back(_along(self.handed_on, np.fft.rfft(self._started(attempts)) * self.transfer_delay))

    def _started(self, attempts: Float64) -> Float64:
        """The attempts when they are taken up, (Q, weeks, cells)."""
        return np.array([serving.held(contacts) for serving, contacts in zip(self.serving, attempts, strict=True)])


@dataclass(frozen=True)
class _Openings:
    """Weekly hours in the cells of a week; ``K`` openings. Contacts are (weeks, cells)."""

    open_share: Float64
    """(cells,)."""
    closed_before: Float64
    """(cells, K) share of each cell that lies in the closed time before each opening."""
    at_once: Float64
    """(K, cells) 1 in the cell of the opening."""
    later: Float64
    """(K, cells) 1 in the cells of the opening's day from it on."""

    @classmethod
    def of(cls, segments: Segments) -> _Openings:
        cell, opens = np.arange(CELLS), segments.start_ms[:, np.newaxis] // CELL_MS
        closed_from_ms = np.concatenate([segments.end_ms[-1:] - _WEEK_MS, segments.end_ms[:-1]])
        return cls(
            open_share=segments.open_between(np.arange(CELLS + 1) * CELL_MS) / CELL_MS,
            closed_before=_overlap(closed_from_ms, segments.start_ms).T / CELL_MS,
            at_once=(cell == opens).astype(np.float64),
            later=((cell >= opens) & (cell // CELLS_PER_DAY == opens // CELLS_PER_DAY)).astype(np.float64),
        )

    def held(self, contacts: Float64) -> Float64:
        """The contacts when the hours let them in: as they come or, while closed, at the next opening."""
        held: Float64 = contacts * self.open_share + contacts @ self.closed_before @ self.at_once
        return held

    def spread(self, first: Float64, stated: Float64) -> Float64:
        """Shares of the rest of each opening's day, (weeks, K, cells)."""
        spread = np.broadcast_to(self.at_once, (len(first), *self.at_once.shape))
        for profile in (stated, first):
            rest = self.later * profile[:, np.newaxis, :]
            spread = np.where(rest.any(axis=2, keepdims=True), rest, spread)
        shares: Float64 = spread / spread.sum(axis=2, keepdims=True)
        return shares

    def moved(self, due: Float64, rest_of_day: Float64) -> Float64:
        """What falls due while closed, spread over the rest of the next opening's day."""
        moved: Float64 = ((due @ self.closed_before)[:, np.newaxis, :] @ rest_of_day)[:, 0, :]
        return moved


def _overlap(start_ms: Int64, end_ms: Int64) -> Float64:
    """How much of each cell lies in each span, (K, cells); spans may begin in the week before."""
    edge_ms = np.arange(CELLS) * CELL_MS
    overlap = np.zeros((start_ms.size, CELLS))
    for cell_ms in (edge_ms, edge_ms - _WEEK_MS):
        until_ms = np.minimum(end_ms[:, np.newaxis], cell_ms + CELL_MS)
        overlap += np.maximum(until_ms - np.maximum(start_ms[:, np.newaxis], cell_ms), 0)
    return overlap


def _along(per_attempt: Float64, attempts: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """What attempts (Q, ...) of the row bring to the column's queue, (Q, ...)."""
    return np.tensordot(per_attempt.T, attempts, axes=1)


def transformed(delays: Sequence[Distribution]) -> NDArray[np.complex128]:
    """Fourier transforms of ``week_of_delays``, (Q, 1, frequencies)."""
    return np.fft.rfft(np.array([[week_of_delays(delay)] for delay in delays]))


def back(spectrum: NDArray[np.complex128]) -> Float64:
    """The weeks that were transformed; none of their contacts are negative."""
    return np.maximum(np.fft.irfft(spectrum, CELLS), 0.0)


def week_of_delays(delay: Distribution) -> Float64:
    """Of what follows contacts evenly within a cell, the share j cells later in some week, (cells,); they sum to 1."""
    weeks = 1
    while weeks < _MOST_WEEKS and delay.survival(np.asarray(float(weeks * _WEEK_MS - CELL_MS))) > NEGLIGIBLE:
        weeks *= 2
    week = delayed_shares(delay, CELL_MS, weeks * CELLS).reshape(weeks, CELLS).sum(axis=0)
    whole: Float64 = week + (1 - week.sum()) / CELLS
    return whole
