"""First arrivals of one queue and day, in order of time (compiled).

Contact *k* of the day comes at the inverse profile of its own uniform, so more volume adds contacts and leaves the
earlier ones where they were.

While they are put in order, contacts are *keys* of 64 bits: the upper half is what they are ordered by (the word of the
time, later the time of day itself), the lower half is k, so that of equals the lower k comes first.

Loops without branches and computed indices are kept apart from the others: the compiler turns them into vector
instructions, which draw four or eight contacts at a time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .compiling import compiled, kernel_part
from .streams import BLOCK_AFTER, BLOCK_OFFER, philox, uniform

_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)

_CHUNK = 25_000
"""About so many keys at most are sorted at once: with their buckets half a megabyte, which a core's own cache holds."""
_MAX_CHUNK_BITS = 8
"""At most 2**8 chunks a day, then they grow: keys are written to all of them by turns, and caches bear only so many."""
_SHORT_RUN = 16
"""Up to so many contacts of one time are put in the order of k by insertion."""


class DayArrivals(NamedTuple):
    """Buffers for a day's first arrivals, a row a queue, filled from column 0 on."""

    at_ms: NDArray[np.int32]
    """Milliseconds since the day's midnight."""
    k: NDArray[np.int32]
    """Rank among the day's draws: the contact's identity within the day."""
    handle_word: NDArray[np.uint32]
    patience_word: NDArray[np.uint32]
    balk_word: NDArray[np.uint32]
    return_word: NDArray[np.uint32]
    """Only of queues where customers come back, like the next."""
    return_delay_word: NDArray[np.uint32]
    keys: NDArray[np.uint64]
    """Scratch, shape (contacts,): the keys, in the end sorted."""
    spread: NDArray[np.uint64]
    """Scratch, shape (contacts,): the keys on their way, spread over buckets."""
    bucket: NDArray[np.uint32]
    """Scratch, shape (contacts,): where each bucket ends."""
    chunk: NDArray[np.uint32]
    """Scratch, shape (chunks,): where each chunk ends."""


def day_arrivals(queues: int, contacts: int) -> DayArrivals:
    """Buffers for days of up to ``contacts`` (< 2**31) first arrivals per queue."""
    shape = (queues, contacts)
    return DayArrivals(
        np.empty(shape, np.int32),
        np.empty(shape, np.int32),
        np.empty(shape, np.uint32),
        np.empty(shape, np.uint32),
        np.empty(shape, np.uint32),
        np.empty(shape, np.uint32),
        np.empty(shape, np.uint32),
        np.empty(contacts, np.uint64),
        np.empty(contacts, np.uint64),
        np.empty(contacts, np.uint32),
        np.empty(1 << _MAX_CHUNK_BITS, np.uint32),
    )


@compiled
def draw_day(key, day, stream, contacts, edge_ms, cumulative, tick_ms, out, queue):
    """Fill the queue's row of ``out`` with its first ``contacts`` contacts of the day, sorted by (time, k).

    The words of the times are sorted rather than the times: words are uniform, so they can be sorted in linear time,
    and sorted words take the pieces of the profile one after the other. Days that exceed the cache are first parted
    into chunks by their words' first bits. The other words are drawn at the end, in the order of time: drawing a block
    twice is cheaper than moving it.
    """
    keys, spread, bucket = out.keys[:contacts], out.spread[:contacts], out.bucket[:contacts]
    chunk_bits = 0
    while chunk_bits < _MAX_CHUNK_BITS and contacts >> chunk_bits > _CHUNK:
        chunk_bits += 1
    chunk = out.chunk[: 1 << chunk_bits]
    if chunk_bits == 0:
        _draw_times(key, day, stream, spread)
        chunk[0] = contacts
    else:
        _draw_times(key, day, stream, keys)
        _spread_even(keys, spread, chunk, np.int64(0))
    _sort_chunks(spread, keys, bucket, chunk, chunk_bits)
    _words_to_times(keys, edge_ms, cumulative, tick_ms)
    _order_ties(keys, spread, bucket)
    at_ms, k = out.at_ms[queue], out.k[queue]
    for i in range(contacts):
        at_ms[i] = keys[i] >> _HALF
    for i in range(contacts):
        k[i] = keys[i] & _LOWER
    _draw_others(key, day, stream, keys, out.handle_word[queue], out.patience_word[queue], out.balk_word[queue])


@kernel_part
def _draw_times(key, day, stream, keys):
    """The keys of contacts 0, 1, ... by the words of their times."""
    block = np.uint64(BLOCK_OFFER)
    for k in range(keys.size):
        word, _, _, _ = philox(np.uint64(k), np.uint64(day), np.uint64(stream), block, key[0], key[1])
        keys[k] = word << _HALF | np.uint64(k)


@kernel_part
def _draw_others(key, day, stream, keys, handle_word, patience_word, balk_word):
    """The other words of the contacts that ``keys`` are of."""
    block = np.uint64(BLOCK_OFFER)
    for i in range(keys.size):
        k = keys[i] & _LOWER
        _, handle, patience, balk = philox(k, np.uint64(day), np.uint64(stream), block, key[0], key[1])
        handle_word[i] = handle
        patience_word[i] = patience
        balk_word[i] = balk


@kernel_part
def draw_returns(key, day, stream, contacts, out, queue):
    """Fill in what decides whether the customers of a day drawn come back after the first attempt, and when."""
    k, return_word, delay_word = out.k[queue], out.return_word[queue], out.return_delay_word[queue]
    block = np.uint64(BLOCK_AFTER)
    for i in range(contacts):
        _, _, decision, delay = philox(np.uint64(k[i]), np.uint64(day), np.uint64(stream), block, key[0], key[1])
        return_word[i] = decision
        delay_word[i] = delay


@kernel_part
def _sort_chunks(spread, keys, bucket, chunk, chunk_bits):
    """Sort ``spread``, parted into chunks by the first ``chunk_bits`` bits, to ``keys``."""
    first = np.int64(0)
    for c in range(chunk.size):
        end = np.int64(chunk[c])
        _sort_even(spread[first:end], keys[first:end], bucket[first:end], chunk_bits)
        first = end


@kernel_part
def _sort_even(source, target, bucket, shared_bits):
    """Write the keys of ``source`` to ``target``, sorted.

    All begin with the same ``shared_bits`` bits, and what follows is about uniform. With as many buckets as keys few
    keys share one: exchanging neighbours once, which the compiler does without branches, leaves little to insert.
    """
    _spread_even(source, target, bucket, shared_bits)
    for i in range(1, target.size):
        one, other = target[i - 1], target[i]
        target[i - 1] = min(one, other)
        target[i] = max(one, other)
    _sort_nearly_sorted(target)


@kernel_part
def _spread_even(source, target, bucket, shared_bits):
    """Write the keys of ``source`` to ``target`` by buckets, equal parts of the range of the 32 bits after the shared.

    ``bucket`` counts the keys of each, then holds where the next one goes, and so on return where each bucket ends.
    Within a bucket keys stay in their order.
    """
    buckets = np.uint64(bucket.size)
    shared = np.uint64(shared_bits)
    bucket[:] = 0
    for i in range(source.size):
        bucket[((source[i] << shared >> _HALF) * buckets) >> _HALF] += 1
    place = np.uint32(0)
    for b in range(bucket.size):
        count = bucket[b]
        bucket[b] = place
        place += count
    for i in range(source.size):
        b = ((source[i] << shared >> _HALF) * buckets) >> _HALF
        target[bucket[b]] = source[i]
        bucket[b] += 1


@kernel_part
def _sort_nearly_sorted(keys):
    """Insertion sort: fast if few keys are out of place, and these not far."""
    for i in range(1, keys.size):
        key = keys[i]
        if key < keys[i - 1]:
            j = i
            while j > 0 and keys[j - 1] > key:
                keys[j] = keys[j - 1]
                j -= 1
            keys[j] = key


@kernel_part
def _words_to_times(keys, edge_ms, cumulative, tick_ms):
    """Replace the word in each of the sorted keys by its time of day, on the tick."""
    first = 0
    for piece in range(edge_ms.size - 1):
        start, end = edge_ms[piece], edge_ms[piece + 1]
        before, after = cumulative[piece], cumulative[piece + 1]
        beyond = _first_beyond(keys, first, after)
        in_piece = keys[first:beyond]
        for i in range(in_piece.size):
            at = _within_piece(start, end, before, after, uniform(in_piece[i] >> _HALF))
            in_piece[i] = np.uint64(at) << _HALF | (in_piece[i] & _LOWER)
        first = beyond
    if tick_ms > 1:
        tick = np.uint64(tick_ms)
        for i in range(keys.size):
            keys[i] -= (keys[i] >> _HALF) % tick << _HALF


@kernel_part
def _first_beyond(keys, first, share):
    """Index of the first of the sorted ``keys``, from ``first`` on, whose word has a uniform above ``share``."""
    end = keys.size
    while first < end:
        middle = (first + end) >> 1
        if uniform(keys[middle] >> _HALF) <= share:
            first = middle + 1
        else:
            end = middle
    return first


@kernel_part
def _order_ties(keys, spread, bucket):
    """Put keys of equal times, which rounding to the tick makes, in the order of k."""
    first = 0
    for i in range(1, keys.size):
        if keys[i] >> _HALF != keys[i - 1] >> _HALF:
            if i - first > 1:
                _order_run(keys[first:i], spread[first:i], bucket[first:i], keys.size)
            first = i
    if keys.size - first > 1:
        _order_run(keys[first:], spread[first:], bucket[first:], keys.size)


@kernel_part
def _order_run(run, spread, bucket, contacts):
    """Sort keys of one time: many as words are sorted, each k below ``contacts`` being as likely among them."""
    if run.size <= _SHORT_RUN:
        _sort_nearly_sorted(run)
        return
    k_bits = 0
    while contacts >> k_bits > 0:
        k_bits += 1
    for i in range(run.size):
        spread[i] = run[i]
    _sort_even(spread, run, bucket, 64 - k_bits)  # shared: the time, and the zeros that every k begins with


@kernel_part
def _within_piece(start, end, before, after, share):
    """Time of day at which a profile that goes from ``before`` to ``after`` between two edges reaches ``share``."""
    part = (share - before) / (after - before)
    at = start + np.int64(part * (end - start))
    return min(at, end - 1)


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
    at = _within_piece(edge_ms[piece], edge_ms[piece + 1], cumulative[piece], cumulative[piece + 1], share)
    return max(at // tick_ms * tick_ms, from_ms)
