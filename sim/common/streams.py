"""Counter-based chance: every draw is a pure function of its key (``docs/engine.md``, section Chance).

The generator is Philox4x32-10: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
SC 2011. One call gives four 32-bit words. Both engines draw through the compiled functions of this module.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .compiling import compiled, compiled_inlined, inlined

# Blocks of draws of one attempt, and what their words are for.
BLOCK_OFFER, BLOCK_AFTER, BLOCK_MORE, BLOCK_CHOICE = 0, 1, 2, 3
BLOCKS = 4
BLOCK_DEFLECTED = 1 << 31
"""Of attempt 0 only."""

# The layout of quantile tables, as ``sim.common.distributions`` makes them.
_KNOTS = 1025
_CELL_BITS = 10
_ZOOM_BITS = 5
_LEVELS = 4

_MASK32 = np.uint64(0xFFFFFFFF)
_SHIFT32 = np.uint64(32)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)

MAX_DURATION_MS = 1 << 37
"""Longer draws are cut to this (4.3 years), so that packed event keys cannot overflow."""


def stream_id(name: str) -> int:
    """32-bit FNV-1a hash of a stream's name, as an int in [0, 2**32)."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


@inlined
def philox(c0, c1, c2, c3, k0, k1):
    """Four 32-bit words (as uint64) of Philox4x32-10 at counter (c0..c3) and key (k0, k1), all uint64 < 2**32."""
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> _SHIFT32) ^ c1 ^ k0,
            product_1 & _MASK32,
            (product_0 >> _SHIFT32) ^ c3 ^ k1,
            product_0 & _MASK32,
        )
        k0 = (k0 + _WEYL_0) & _MASK32
        k1 = (k1 + _WEYL_1) & _MASK32
    return c0, c1, c2, c3


@inlined
def words_in_loop(key, k, day, stream, attempt, block):
    """As ``contact_words``, for loops that run several contacts in step."""
    return philox(
        np.uint64(k),
        np.uint64(day),
        np.uint64(stream),
        np.uint64(attempt * BLOCKS + block),
        key[0],
        key[1],
    )


@compiled
def contact_words(key, k, day, stream, attempt, block):
    """The four words of one block of an attempt; ``key`` is (seed, replication) as uint64."""
    return words_in_loop(key, k, day, stream, attempt, block)


@compiled_inlined
def uniform(word):
    """A uniform in (0, 1) from one word: the middle of its 2**-32 cell."""
    return (np.float64(word) + 0.5) * 2.0**-32


@compiled_inlined
def quantile(table, word):
    """Quantile at ``uniform(word)``, linear between the knots of ``sim.common.distributions.quantile_table``.

    A word within 2**-5 of either end is read from a block that covers only that part, and so on to 2**-20.
    """
    w = np.int64(word)
    from_end = min(w, 0xFFFFFFFF - w)
    if from_end >= 1 << (32 - _ZOOM_BITS):
        at = w >> (32 - _CELL_BITS)
        share = ((w & ((1 << (32 - _CELL_BITS)) - 1)) + 0.5) * 2.0 ** (_CELL_BITS - 32)
        return table[at] + share * (table[at + 1] - table[at])
    level = 1
    while level < _LEVELS and from_end < 1 << (32 - _ZOOM_BITS * (level + 1)):
        level += 1
    bits = 32 - _ZOOM_BITS * level
    within, block = w, level
    if w > from_end:
        within, block = w - (np.int64(1) << 32) + (np.int64(1) << bits), _LEVELS + level
    at = block * _KNOTS + (within >> (bits - _CELL_BITS))
    cell = np.int64(1) << (bits - _CELL_BITS)
    share = ((within & (cell - 1)) + 0.5) / cell
    return table[at] + share * (table[at + 1] - table[at])


@compiled_inlined
def duration_ms(table, word, tick_ms, factor=1.0):
    """A duration in ms: quantile x factor rounded up to the tick, at least one tick, at most MAX_DURATION_MS."""
    value = quantile(table, word) * factor
    if value >= MAX_DURATION_MS:
        return np.int64(MAX_DURATION_MS)
    if tick_ms != 1:  # a division takes longer than all the rest, and the run's next step waits for it
        value /= tick_ms
    ticks = np.int64(np.ceil(value))
    return max(ticks, np.int64(1)) * tick_ms


@compiled
def tries_until_reached(word, reach, most):
    """How many tries it takes until one succeeds, each with probability ``reach``; most + 1 if more than ``most``."""
    missed = 1.0
    for tries in range(1, most + 1):
        missed *= 1.0 - reach
        if uniform(word) >= missed:
            return tries
    return most + 1


@compiled
def _fill_day_uniforms(out, key, first_day, stream):
    for d in range(out.size):
        w0, w1, _, _ = contact_words(key, 0, first_day + d, stream, 0, 0)
        out[d] = (np.float64(((w0 << _SHIFT32) | w1) >> np.uint64(11)) + 0.5) * 2.0**-53


@compiled
def _fill_person_days(out, key, first_day, stream):
    for person in range(out.shape[0]):
        for d in range(out.shape[1]):
            w0, w1, _, _ = contact_words(key, person, first_day + d, stream, 0, 0)
            out[person, d, 0] = uniform(w0)
            out[person, d, 1] = uniform(w1)


def random_key(seed: int, replication: int) -> tuple[np.uint64, np.uint64]:
    """The generator's key; both numbers in [0, 2**32), or ValueError."""
    for name, value in (("seed", seed), ("replication", replication)):
        if not 0 <= value < 2**32:
            raise ValueError(f"{name} must be between 0 and {2**32 - 1} (got {value})")
    return np.uint64(seed), np.uint64(replication)


def day_uniforms(seed: int, replication: int, name: str, first_day: int, days: int) -> NDArray[np.float64]:
    """Uniforms in (0, 1) of 53 bits for stream ``name``, one a day from ``first_day`` on, shape (days,)."""
    out = np.empty(days)
    _fill_day_uniforms(out, random_key(seed, replication), first_day, stream_id(name))
    return out


def person_day_uniforms(
    seed: int, replication: int, name: str, people: int, first_day: int, days: int
) -> NDArray[np.float64]:
    """Two uniforms in (0, 1) of 32 bits for each person and day of stream ``name``, shape (people, days, 2)."""
    out = np.empty((people, days, 2))
    _fill_person_days(out, random_key(seed, replication), first_day, stream_id(name))
    return out
