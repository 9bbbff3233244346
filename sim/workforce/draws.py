"""Chance in a team: every draw is a pure function of whose it is (``docs/engine.md``, section Chance).

A person is known by seat and turn: the seat has a number of its own that no other hire shifts, the turn counts who
held it before (today's heads and those hired for new seats have turn 0, whoever replaces them 1, and so on). So
neither more hires nor other leavers change what is drawn for anybody.

Who replaces somebody who had come from another team is drawn by the leaver's seat with a turn of its own beyond all
others, so that moves shift nobody's draws.

| stream | k | day | attempt | block | word 0 | word 1 | word 2 |
|---|---|---|---|---|---|---|---|
| ``TEAM/people`` | seat | 0 | turn | 2^31 + 1 | tenure | gives notice? | contract of a hire |
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from ..common.streams import contact_words, random_key, stream_id, uniform

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]

BLOCK_PERSON = (1 << 31) + 1

_DAY_BITS = 20
_SOURCE_BITS = 19
MOST_DAYS = (1 << (32 - _DAY_BITS)) - 1
"""A horizon may have as many days, so that a seat's number fits into a word."""
MOST_HEADS = 1 << _SOURCE_BITS
"""As many heads may a team have today, and new seats a day."""


class Source(IntEnum):
    """Why a seat was created."""

    CLASS = 0
    GROWTH = 1


_TURNS = 1 << 20
"""Fewer turns than these has a seat."""
_ORIGINS = 509


def moved_turn(from_team: str, turn: int) -> int:
    """Turn of somebody from another team, beyond those of the team's own people in a seat of the same number."""
    return turn % _TURNS + (1 + stream_id(f"{from_team}/people") % _ORIGINS) * _TURNS


def new_seats(day: int, source: Source, first: int, count: int) -> Int64:
    """Numbers (count,) of seats created on a day, of which there were ``first`` before by that source.

    Today's heads have the seats from 0 on; these are all above them, ascending by day.
    """
    if first + count > MOST_HEADS:
        raise ValueError(f"no more than {MOST_HEADS} heads can be hired on a day (got {first + count})")
    if not 0 <= day < MOST_DAYS:
        raise ValueError(f"hires must come on days from 0 to {MOST_DAYS - 1} (got {day})")
    return ((day + 1) << _DAY_BITS) + (int(source) << _SOURCE_BITS) + first + np.arange(count, dtype=np.int64)


class PersonDraws:
    """The draws of one team in one replication."""

    def __init__(self, team: str, seed: int, replication: int) -> None:
        self._key = random_key(seed, replication)
        self._stream = stream_id(f"{team}/people")

    def uniforms(self, seat: Int64, turn: Int64) -> tuple[Float64, Float64, Float64]:
        """Uniforms in (0, 1) of persons (m,), each (m,): for the tenure, for whether they give notice, for the
        contract that they are hired with."""
        drawn = np.empty((3, seat.size))
        for i, (k, attempt) in enumerate(zip(seat.tolist(), turn.tolist(), strict=True)):
            tenure, notice, contract, _ = contact_words(self._key, k, 0, self._stream, attempt, BLOCK_PERSON)
            drawn[:, i] = uniform(tenure), uniform(notice), uniform(contract)
        return drawn[0], drawn[1], drawn[2]
