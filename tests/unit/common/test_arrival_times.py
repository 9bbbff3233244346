"""A day's first arrivals against their definition (docs/engine.md, Chance), written out in numpy."""

import numpy as np
import pytest

from sim.common.arrival_times import day_arrivals, draw_day, time_of_day_from
from sim.common.calendar import DAY_MS
from sim.common.streams import random_key

HOUR = 3_600_000
SEED, REPLICATION, DAY, STREAM = 4, 2, 739_000, 0x9E3779B9
KEY = random_key(SEED, REPLICATION)
ONE_CHUNK, TWO_CHUNKS = 25_000, 25_001
"""Counts of contacts between which the way of sorting changes."""


def philox(counter, key):
    """Philox4x32-10 in Python's own integers or numpy's of 64 bits."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        low, high = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (high >> 32) ^ c1 ^ k0, high & 0xFFFFFFFF, (low >> 32) ^ c3 ^ k1, low & 0xFFFFFFFF
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c0, c1, c2, c3


def expected_day(contacts, edge_ms, cumulative, tick_ms):
    """Columns of the day: time, k, and the words of handle time, patience and balking, sorted by (time, k)."""
    k = np.arange(contacts, dtype=np.uint64)
    zeros = np.zeros_like(k)
    time_word, *others = philox((k, zeros + DAY, zeros + STREAM, zeros), (SEED, REPLICATION))
    share = (time_word + 0.5) / 2**32
    piece = np.searchsorted(cumulative[1:], share, side="left")
    part = (share - cumulative[piece]) / np.diff(cumulative)[piece]
    at_ms = edge_ms[piece] + (part * np.diff(edge_ms)[piece]).astype(np.int64)
    at_ms = np.minimum(at_ms, edge_ms[piece + 1] - 1) // tick_ms * tick_ms
    order = np.lexsort((k, at_ms))
    return [column[order] for column in (at_ms, k, *others)]


def assert_as_defined(contacts, edge_ms, cumulative, tick_ms):
    drawn = day_arrivals(queues=2, contacts=contacts)
    draw_day(KEY, DAY, STREAM, contacts, edge_ms, cumulative, tick_ms, drawn, 1)
    columns = (drawn.at_ms, drawn.k, drawn.handle_word, drawn.patience_word, drawn.balk_word)
    for column, expected in zip(columns, expected_day(contacts, edge_ms, cumulative, tick_ms), strict=True):
        np.testing.assert_array_equal(column[1], expected)


def profile(masses, edge_ms):
    cumulative = np.append(0.0, np.cumsum(masses) / np.sum(masses))
    cumulative[-1] = 1.0
    return np.asarray(edge_ms, dtype=np.int64), np.minimum(cumulative, 1.0)


def random_profile(seed):
    """Up to 150 pieces, about half of them empty."""
    rng = np.random.default_rng(seed)
    pieces = int(rng.integers(1, 150))
    masses = rng.exponential(size=pieces) * (rng.random(pieces) < 0.5)
    masses[rng.integers(pieces)] += 0.1
    return profile(masses, np.sort(rng.choice(DAY_MS + 1, pieces + 1, replace=False)))


OFFICE_HOURS = profile([3.0, 5.0, 0.0, 4.0, 1.0], np.array([8, 10, 12, 13, 16, 18]) * HOUR)


@pytest.mark.parametrize("tick_ms", [1, 7, 1000, 60_000])
@pytest.mark.parametrize("contacts", [0, 1, 2, 1000, ONE_CHUNK, TWO_CHUNKS, 300_000])
def test_a_day_is_as_defined(contacts, tick_ms):
    assert_as_defined(contacts, *OFFICE_HOURS, tick_ms)


@pytest.mark.parametrize("seed", range(60))
def test_a_day_of_any_profile_is_as_defined(seed):
    rng = np.random.default_rng([seed, 1])
    contacts = int(10 ** rng.uniform(0, 4.8))
    assert_as_defined(contacts, *random_profile(seed), int(rng.choice([1, 10, 1000, 10_000, 60_000])))


@pytest.mark.parametrize("contacts", [2, 17, 3000, TWO_CHUNKS])
def test_contacts_of_one_moment_are_in_the_order_of_k(contacts):
    rush = profile([0.0, 1.0, 0.0], [HOUR, 2 * HOUR, 2 * HOUR + 1, 3 * HOUR])
    assert_as_defined(contacts, *rush, 1)
    assert expected_day(contacts, *rush, 1)[1].tolist() == list(range(contacts))


def test_a_contact_at_the_very_end_of_a_piece_is_in_it():
    time_word, *_ = philox((3, DAY, STREAM, 0), (SEED, REPLICATION))
    cumulative = np.array([0.0, (time_word + 0.5) / 2**32, 1.0])
    drawn = day_arrivals(queues=1, contacts=5)
    draw_day(KEY, DAY, STREAM, 5, np.array([HOUR, 2 * HOUR, 3 * HOUR]), cumulative, 1, drawn, 0)
    assert drawn.at_ms[0, drawn.k[0] == 3] == 2 * HOUR - 1


def test_buffers_serve_days_of_fewer_contacts():
    drawn = day_arrivals(queues=1, contacts=500)
    for contacts in (500, 20):
        draw_day(KEY, DAY, STREAM, contacts, *OFFICE_HOURS, 1, drawn, 0)
    at_ms, k, *_ = expected_day(20, *OFFICE_HOURS, 1)
    assert drawn.at_ms[0, :20].tolist() == at_ms.tolist()
    assert drawn.k[0, :20].tolist() == k.tolist()


@pytest.mark.parametrize("from_ms", [0, 8 * HOUR, 9 * HOUR + 1, 12 * HOUR, 12 * HOUR + 1, 17 * HOUR, 18 * HOUR])
def test_what_is_left_of_a_day_keeps_its_profile(from_ms):
    """The first word of all lands at the first moment left; the median halves the mass that is left."""
    edge_ms, cumulative = OFFICE_HOURS
    before = np.interp(from_ms, edge_ms, cumulative)
    for word in (0, 2**31, 2**32 - 1):
        at_ms = time_of_day_from(edge_ms, cumulative, from_ms, word, 1)
        if from_ms >= edge_ms[-1]:
            assert at_ms == from_ms
        else:
            left = np.interp(at_ms, edge_ms, cumulative) - before
            assert left / (1 - before) == pytest.approx((word + 0.5) / 2**32, abs=1e-6)
            assert from_ms <= at_ms < edge_ms[-1]
