"""The generator against its authors' vectors, and durations against the quantile they round."""

import numpy as np
import pytest

from sim.common.distributions import Deterministic, Lognormal, quantile_table
from sim.common.streams import BLOCKS, MAX_DURATION_MS, contact_words, duration_ms, quantile, random_key

MINUTE = 60_000.0
ONES = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("key", "counter", "words"),
    [
        ((0, 0), (0, 0, 0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((ONES, ONES), (ONES, ONES, ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0xA4093822, 0x299F31D0),
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_as_published(key, counter, words):
    """Known answers of philox4x32-10 in the Random123 library, file kat_vectors."""
    k, day, stream, last = counter
    attempt, block = divmod(last, BLOCKS)
    assert contact_words(random_key(*key), k, day, stream, attempt, block) == words


@pytest.mark.parametrize("tick_ms", [1, 7, 1000, 60_000])
def test_a_duration_is_the_quantile_rounded_up_to_the_tick(tick_ms):
    table = quantile_table(Lognormal(MINUTE, 2.0))
    words = np.random.default_rng(1).integers(0, 2**32, 2000, dtype=np.uint32)
    for word in [0, ONES, *words.tolist()]:
        drawn = duration_ms(table, word, tick_ms)
        assert drawn % tick_ms == 0
        assert drawn == max(np.ceil(quantile(table, word) / tick_ms), 1) * tick_ms


def test_no_duration_is_beyond_what_an_event_key_holds():
    table = quantile_table(Deterministic(2.0 * MAX_DURATION_MS))
    assert duration_ms(table, 0, 1) == MAX_DURATION_MS
