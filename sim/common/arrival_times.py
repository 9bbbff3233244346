"""First arrivals of one queue and day, in order of time (compiled).

Contact *k* of the day comes at the inverse profile of its own uniform, so more volume adds contacts and leaves the
earlier ones where they were.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .compiling import compiled
from .streams import BLOCK_OFFER, contact_words, uniform


class DayArrivals(NamedTuple):
    """Buffers for a day's first arrivals, a row a queue, filled from column 0 on."""

    at_ms: NDArray[np.int64]
    """Milliseconds since the day's midnight."""
    k: NDArray[np.int64]
    """Rank among the day's draws: the contact's identity within the day."""
    handle_word: NDArray[np.uint32]
    patience_word: NDArray[np.uint32]
    balk_word: NDArray[np.uint32]
    words: NDArray[np.uint32]
    """Scratch, shape (contacts, 4)."""
    bucket: NDArray[np.int64]
    """Scratch, shape (contacts + 1,)."""


def day_arrivals(queues: int, contacts: int) -> DayArrivals:
    """Buffers for days of up to ``contacts`` first arrivals per queue."""
    shape = (queues, contacts)
    return DayArrivals(
        np.empty(shape, np.int64),
        np.empty(shape, np.int64),
        np.empty(shape, np.uint32),
        np.empty(shape, np.uint32),
        np.empty(shape, np.uint32),
        np.empty((contacts, 4), np.uint32),
        np.empty(contacts + 1, np.int64),
    )


@compiled
def draw_day(key, day, stream, contacts, edge_ms, cumulative, tick_ms, out, queue):
    """Fill the queue's row of ``out`` with its first ``contacts`` contacts of the day, sorted by (time, k).

    The words of the times are sorted rather than the times: uniform words spread evenly over as many buckets as there
    are contacts, and sorted words walk the profile once.
    """
    words, bucket, order, at_ms = out.words, out.bucket, out.k[queue], out.at_ms[queue]
    for k in range(contacts):
        w0, w1, w2, w3 = contact_words(key, k, day, stream, 0, BLOCK_OFFER)
        words[k, 0], words[k, 1], words[k, 2], words[k, 3] = w0, w1, w2, w3
    bucket[: contacts + 1] = 0
    for k in range(contacts):
        bucket[((np.int64(words[k, 0]) * contacts) >> 32) + 1] += 1
    for b in range(contacts):
        bucket[b + 1] += bucket[b]
    for k in range(contacts):
        b = (np.int64(words[k, 0]) * contacts) >> 32
        order[bucket[b]] = k
        bucket[b] += 1
    for i in range(1, contacts):
        k = order[i]
        j = i
        while j > 0 and words[order[j - 1], 0] > words[k, 0]:
            order[j] = order[j - 1]
            j -= 1
        order[j] = k
    piece = 0
    for i in range(contacts):
        share = uniform(words[order[i], 0])
        while cumulative[piece + 1] < share:
            piece += 1
        at_ms[i] = _within_piece(edge_ms, cumulative, piece, share, tick_ms)
    for i in range(1, contacts):  # rounding makes ties: those are in the order of k
        at, k = at_ms[i], order[i]
        j = i
        while j > 0 and at_ms[j - 1] == at and order[j - 1] > k:
            order[j] = order[j - 1]
            j -= 1
        order[j] = k
    for i in range(contacts):
        k = order[i]
        out.handle_word[queue, i] = words[k, 1]
        out.patience_word[queue, i] = words[k, 2]
        out.balk_word[queue, i] = words[k, 3]


@compiled
def _within_piece(edge_ms, cumulative, piece, share, tick_ms):
    """Time of day, on the tick, at which the profile reaches ``share`` inside its piece."""
    start, end = edge_ms[piece], edge_ms[piece + 1]
    part = (share - cumulative[piece]) / (cumulative[piece + 1] - cumulative[piece])
    at = start + np.int64(part * (end - start))
    return min(at, end - 1) // tick_ms * tick_ms


@compiled
def time_of_day_from(edge_ms, cumulative, from_ms, word, tick_ms):
    """Time of day drawn from what the profile has left from ``from_ms`` on; ``from_ms`` if it has nothing left."""
    pieces = edge_ms.size - 1
    before = 0.0
    if from_ms >= edge_ms[pieces]:
        before = 1.0
    elif from_ms > edge_ms[0]:
        piece = 0
        while edge_ms[piece + 1] <= from_ms:
            piece += 1
        part = (from_ms - edge_ms[piece]) / (edge_ms[piece + 1] - edge_ms[piece])
        before = cumulative[piece] + part * (cumulative[piece + 1] - cumulative[piece])
    if before >= 1.0:
        return from_ms
    share = before + uniform(word) * (1.0 - before)
    piece = 0
    while cumulative[piece + 1] < share:
        piece += 1
    return max(_within_piece(edge_ms, cumulative, piece, share, tick_ms), from_ms)
