"""The reference engine's chance: what is drawn for a contact."""

from __future__ import annotations

from ..common.streams import contact_words, duration_ms, random_key
from .contract import EngineInput, Float64
from .reference_parts import Contact


class Draws:
    """The draws of one replication, shared with the fast engine."""

    def __init__(self, engine: EngineInput, seed: int, replication: int) -> None:
        self.key = random_key(seed, replication)
        self._streams: list[int] = list(engine.queues.stream)
        self._tick_ms = engine.clock.tick_ms

    def words(self, contact: Contact, attempt: int, block: int) -> tuple[int, int, int, int]:
        """The four words of a block of one of the contact's attempts."""
        words = contact.words.get((attempt, block))
        if words is None:
            stream = self._streams[contact.origin_queue]
            words = contact_words(self.key, contact.k, contact.day, stream, attempt, block)
            contact.words[attempt, block] = words
        return words

    def duration(self, tables: Float64, queue: int, word: int, factor: float = 1.0) -> int:
        """A duration in ms from the queue's quantile table."""
        return int(duration_ms(tables[queue], word, self._tick_ms, factor))
