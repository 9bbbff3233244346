"""When in the week repeats come, and so what an offered volume leaves to first contacts, by weekday and time of day.

An ACD counts a repeat when it is offered. Where ``volume_is: offered``, the first contacts are therefore, in each
quarter hour t of an ordinary week that follows others like it,

    first(t) = stated(t) - redials(t) - recontacts(t).

- Redials follow attempts after the file's delay; those that fall outside the opening hours are lost.
- Re-contacts follow served contacts after the handle time and the file's delay. To a call queue that is closed then
  they move to its next opening and spread as first contacts do over the rest of that day (``docs/engine.md``).

How many redials, re-contacts and transfers an attempt brings is what ``repeats`` says, and so are the week's totals but
for the lost redials: first contacts make up for these. Transfers come after the time with the agent who hands on; they
aren't offered anew, but re-contacts follow them. Where repeats exceed the stated volume of a quarter hour, no
first contacts are left there, and all others shrink alike.

Approximations: every attempt is answered with the same probability, redialled with the same, and handed on with the
same; nobody waits before being served or giving up, but emails wait for the hours in which somebody takes them;
re-explaining doesn't delay a re-contact; contacts come evenly within a quarter hour. Weeks with holidays, events or
another level have the shares of the ordinary week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
_CELLS = WEEK_DAYS * CELLS_PER_DAY
_WEEK_MS = WEEK_DAYS * DAY_MS
_ALWAYS = ordinary_week([[(0, DAY_MS)]] * WEEK_DAYS)
_AT_ONCE = Deterministic(0.0)

_NEGLIGIBLE = 1e-6
_MOST_WEEKS = 64
"""Delays are followed this long, or until that share of them is left; the rest counts as spread over the week."""
_MOST_ROUNDS = 200


def first_shares(scenario: CentreScenario, repeats: Repeats, taken: Sequence[Segments], stated: Float64) -> Float64:
    """First contacts per contact of the stated volume, (Q, 8, CELLS_PER_DAY): Monday to Sunday, and a closed day.

    ``stated`` (Q, 7, CELLS_PER_DAY) is the stated volume of an ordinary week, of any total; ``taken`` are the hours of
    that week in which somebody takes each queue's contacts. A day closed by exception has the share of the week's
    closed time. All 1 where ``volume_is: first``.
    """
    stated = stated.reshape(-1, _CELLS)
    stated = stated * per(repeats.stated, stated.sum(axis=1))[:, np.newaxis]
    first = _first_contacts(scenario, repeats, taken, stated)
    opening = [_Openings.of(ordinary_week(scenario.opening_hours(name))) for name in scenario.queues]
    open_share = np.array([hours.open_share for hours in opening])
    closed = [(contacts * (1 - open_share)).sum(axis=1) for contacts in (first, stated)]
    closed_day = np.where(closed[1] > 0, per(*closed), repeats.first_share)
    shares = per(first, stated, otherwise=1.0).reshape(-1, WEEK_DAYS, CELLS_PER_DAY)
    return np.concatenate([shares, np.tile(closed_day[:, np.newaxis, np.newaxis], (1, 1, CELLS_PER_DAY))], axis=1)


def _first_contacts(scenario: CentreScenario, repeats: Repeats, taken: Sequence[Segments], stated: Float64) -> Float64:
    """First contacts in each cell, (Q, cells): the fixed point of repeats that follow what is offered.

    Moved re-contacts spread as first contacts do, so both keep their proportion in what other repeats leave of a cell:
    that is how they are told apart in each round, which settles however many are moved.
    """
    flow = _Flow.of(scenario, repeats, taken)
    is_offered = np.array([queue.arrivals.volume_is == "offered" for queue in scenario.queues.values()])
    left = first = stated * repeats.first_share[:, np.newaxis]
    attempts = stated
    for _ in range(_MOST_ROUNDS):
        in_time, moved, lost = flow.repeats(attempts, left, stated)
        without_repeats = np.maximum(stated - in_time, 0.0) * per(left, left + moved, otherwise=1.0)
        left = np.where(is_offered[:, np.newaxis], without_repeats, stated)
        first = left * per(repeats.first + lost * is_offered, left.sum(axis=1), otherwise=1.0)[:, np.newaxis]
        before, attempts = attempts, first + in_time + moved + flow.transfers(attempts)
        if np.abs(attempts - before).sum() <= _NEGLIGIBLE * attempts.sum():
            break
    return first


@dataclass(frozen=True)
class _Flow:
    """How contacts bring repeats in the cells of a week."""

    serving: tuple[_Openings, ...]
    """By queue: when its contacts are taken up."""
    opening: tuple[_Openings, ...]
    """By queue: when it is offered repeats."""
    redials: Float64
    """(Q,) per attempt."""
    redial_delay: NDArray[np.complex128]
    """(Q, frequencies) of attempts to their redials, transformed."""
    recontacts: Float64
    """(Q, Q) per attempt, from row to column."""
    recontact_delay: NDArray[np.complex128]
    """(Q, frequencies) of the start of service to the re-contact, transformed."""
    handed_on: Float64
    """(Q, Q) transfers per attempt, from row to column."""
    transfer_delay: NDArray[np.complex128]
    """(Q, frequencies) of the start of service to the transfer, transformed."""

    @classmethod
    def of(cls, scenario: CentreScenario, repeats: Repeats, taken: Sequence[Segments]) -> _Flow:
        queues = scenario.queues
        redial = [duration(queue.redial.after) if queue.redial else _AT_ONCE for queue in queues.values()]
        recontact = [recontact_delay(queue.recontact) if queue.recontact else _AT_ONCE for queue in queues.values()]
        transfer = [duration(queue.transfer.after) if queue.transfer else _AT_ONCE for queue in queues.values()]
        handle = [duration(queue.handle_time) for queue in queues.values()]
        attempts = repeats.attempts[:, np.newaxis]
        return cls(
            serving=tuple(
                _Openings.of(hours if queue.is_email else _ALWAYS)
                for hours, queue in zip(taken, queues.values(), strict=True)
            ),
            opening=tuple(
                _Openings.of(_ALWAYS if queue.is_email else ordinary_week(scenario.opening_hours(name)))
                for name, queue in queues.items()
            ),
            redials=per(repeats.redials, repeats.attempts),
            redial_delay=_transformed(redial),
            recontacts=per(repeats.recontacts_from, attempts),
            recontact_delay=_transformed(handle) * _transformed(recontact),
            handed_on=per(repeats.transfers_from, attempts),
            transfer_delay=_transformed(transfer),
        )

    def repeats(self, attempts: Float64, first: Float64, stated: Float64) -> tuple[Float64, Float64, Float64]:
        """Repeats offered when they fall due and those moved to the next opening, (Q, cells), and redials lost, (Q,).

        The moved ones spread as ``first`` contacts do, or the ``stated`` volume where there are none.
        """
        redials = _back(self.redials[:, np.newaxis] * np.fft.rfft(attempts) * self.redial_delay)
        due = _back(self.recontacts.T @ (np.fft.rfft(self._started(attempts)) * self.recontact_delay))
        open_share = np.array([hours.open_share for hours in self.opening])
        moved = [hours.moved(due[q], first[q], stated[q]) for q, hours in enumerate(self.opening)]
        return (redials + due) * open_share, np.array(moved), (redials * (1 - open_share)).sum(axis=1)

    def transfers(self, attempts: Float64) -> Float64:
        """Transfers at each queue, (Q, cells)."""
        if not self.handed_on.any():
            return np.zeros_like(attempts)
        return _back(self.handed_on.T @ (np.fft.rfft(self._started(attempts)) * self.transfer_delay))

    def _started(self, attempts: Float64) -> Float64:
        """The attempts when they are taken up, (Q, cells)."""
        return np.array([serving.held(contacts) for serving, contacts in zip(self.serving, attempts, strict=True)])


@dataclass(frozen=True)
class _Openings:
    """Weekly hours in the cells of a week; ``K`` openings."""

    open_share: Float64
    """(cells,)."""
    start_ms: Int64
    closed_from_ms: Int64
    """(K,) when the closed time before each opening begins; negative if in the week before."""
    at_once: Float64
    """(K, cells) 1 in the cell of the opening."""
    rest_of_day: Float64
    """(K, cells) 1 in the cells of the opening's day from it on."""

    @classmethod
    def of(cls, segments: Segments) -> _Openings:
        cell, opens = np.arange(_CELLS), segments.start_ms[:, np.newaxis] // CELL_MS
        return cls(
            open_share=segments.open_between(np.arange(_CELLS + 1) * CELL_MS) / CELL_MS,
            start_ms=segments.start_ms,
            closed_from_ms=np.concatenate([segments.end_ms[-1:] - _WEEK_MS, segments.end_ms[:-1]]),
            at_once=(cell == opens).astype(np.float64),
            rest_of_day=((cell >= opens) & (cell // CELLS_PER_DAY == opens // CELLS_PER_DAY)).astype(np.float64),
        )

    def held(self, contacts: Float64) -> Float64:
        """The contacts when the hours let them in: as they come or, while closed, at the next opening. (cells,)."""
        held: Float64 = contacts * self.open_share + self._while_closed(contacts) @ self.at_once
        return held

    def moved(self, due: Float64, first: Float64, stated: Float64) -> Float64:
        """What falls due while closed, spread over the rest of the next opening's day. (cells,)."""
        spread = self.at_once
        for profile in (stated, first):
            rest = self.rest_of_day * profile
            spread = np.where(rest.any(axis=1, keepdims=True), rest, spread)
        moved: Float64 = (self._while_closed(due) / spread.sum(axis=1)) @ spread
        return moved

    def _while_closed(self, contacts: Float64) -> Float64:
        """Contacts in the closed time before each opening, (K,)."""
        edges = np.arange(-_CELLS, _CELLS + 1) * float(CELL_MS)
        before = np.concatenate([[0.0], np.cumsum(np.tile(contacts, 2))])
        contacts_closed: Float64 = np.interp(self.start_ms, edges, before) - np.interp(
            self.closed_from_ms, edges, before
        )
        return contacts_closed


def _transformed(delays: list[Distribution]) -> NDArray[np.complex128]:
    """Fourier transforms of ``week_of_delays``, (Q, frequencies)."""
    return np.fft.rfft(np.array([week_of_delays(delay) for delay in delays]))


def _back(spectrum: NDArray[np.complex128]) -> Float64:
    """The weeks that were transformed; none of their contacts are negative."""
    return np.maximum(np.fft.irfft(spectrum, _CELLS), 0.0)


def week_of_delays(delay: Distribution) -> Float64:
    """Of what follows contacts evenly within a cell, the share j cells later in some week, (cells,); they sum to 1."""
    weeks = 1
    while weeks < _MOST_WEEKS and delay.survival(np.asarray(float(weeks * _WEEK_MS - CELL_MS))) > _NEGLIGIBLE:
        weeks *= 2
    week = delayed_shares(delay, CELL_MS, weeks * _CELLS).reshape(weeks, _CELLS).sum(axis=0)
    whole: Float64 = week + (1 - week.sum()) / _CELLS
    return whole
