"""Heaps of packed events (compiled): of agents with four children to a place, of contacts with two.

An event is one int64, ``(time_ms << 24) | subject``. In a heap of agents the subject is the agent's number, so that
plain comparison gives the engine's order. In a heap of contacts it is a pool slot, which means nothing: events of the
same moment are compared by contact number and attempt. A slot must not change its contact while it is in a heap.
"""

from __future__ import annotations

import numpy as np

from ..common.compiling import inlined, kernel_part

SUBJECT_BITS = 24
SUBJECT_MASK = (1 << SUBJECT_BITS) - 1


@inlined
def pack(at_ms, subject):
    """The event's int64; needs 0 <= at_ms < 2**39 and 0 <= subject < 2**24."""
    return (np.int64(at_ms) << SUBJECT_BITS) | np.int64(subject)


@inlined
def _rise(heap, i, event):
    """Put the event into the hole at ``i``, or above it where it belongs."""
    while i > 0:
        parent = (i - 1) >> 2
        if heap[parent] <= event:
            break
        heap[i] = heap[parent]
        i = parent
    heap[i] = event


@inlined
def push(heap, size, event):
    """Add an event to a heap of ``size`` events; the new size."""
    _rise(heap, size, event)
    return size + 1


@inlined
def pop(heap, size):
    """Take the first event off; the new size. The event is read before, as ``heap[0]``.

    The hole sinks to a leaf along the smallest children and the last event rises from there (Wegener's bottom-up
    heapsort): the last event nearly always belongs near the bottom, so this saves a comparison a level. With four
    children to a place there are half as many levels, and who is the smallest of four is found without a branch.
    """
    size -= 1
    event = heap[size]
    i = 0
    child = 1
    while child + 3 < size:
        one = child + (heap[child + 1] < heap[child])
        other = child + 2 + (heap[child + 3] < heap[child + 2])
        child = other if heap[other] < heap[one] else one
        heap[i] = heap[child]
        i = child
        child = 4 * i + 1
    if child < size:
        smallest = child
        for j in range(child + 1, size):
            if heap[j] < heap[smallest]:
                smallest = j
        heap[i] = heap[smallest]
        i = smallest
    _rise(heap, i, event)
    return size


@kernel_part
def _before_at_once(pool, a, b):
    """Whether event ``a`` comes before ``b``, of the same moment."""
    x, y = pool[a & SUBJECT_MASK], pool[b & SUBJECT_MASK]
    if x.number != y.number:
        return x.number < y.number
    return x.attempt < y.attempt


@inlined
def _before(pool, a, b):
    """Whether event ``a`` comes before ``b``. Moments are seldom equal, so there is hardly a branch to foretell."""
    before = a < b
    if (a ^ b) <= SUBJECT_MASK:
        before = _before_at_once(pool, a, b)
    return before


@inlined
def _rise_contact(pool, heap, i, event):
    """``_rise`` in a heap of contacts."""
    while i > 0:
        parent = (i - 1) >> 1
        if not _before(pool, event, heap[parent]):
            break
        heap[i] = heap[parent]
        i = parent
    heap[i] = event


@kernel_part
def push_contact(pool, heap, size, event):
    """``push`` for a heap of contacts."""
    _rise_contact(pool, heap, size, event)
    return size + 1


@kernel_part
def pop_contact(pool, heap, size):
    """``pop`` for a heap of contacts."""
    size -= 1
    event = heap[size]
    i = 0
    child = 1
    while child + 1 < size:
        child += _before(pool, heap[child + 1], heap[child])
        heap[i] = heap[child]
        i = child
        child = 2 * i + 1
    if child < size:
        heap[i] = heap[child]
        i = child
    _rise_contact(pool, heap, i, event)
    return size
