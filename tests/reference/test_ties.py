"""Centres where everything happens at the same moments: what may be taken changes with events, never by the clock."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.centre.contract import FULL_SPEED, CompiledCentre
from sim.centre.results import SERVED
from sim.common.distributions import Deterministic, Gamma
from tests.support.centres import HOUR_MS, MINUTE_MS, Queue, Serves, Team, centre

from .test_engines_agree import assert_engines_agree, by_reference_engine

OPEN = ((8 * HOUR_MS, 12 * HOUR_MS),)
PROFILE = ((8 * HOUR_MS, 12 * HOUR_MS), (0.0, 1.0))
WAIT_MS = 2 * MINUTE_MS


def there(positions: int) -> tuple[tuple[int, int], ...]:
    return (8 * HOUR_MS, positions), (12 * HOUR_MS, 0)


def busy(name: str, handle_min: int, per_day: float, **more: Any) -> Queue:
    return Queue(name, Gamma(handle_min * MINUTE_MS, 1.0), per_day, hours=OPEN, profile=PROFILE, **more)


def overflow_and_transfers_to_the_head() -> CompiledCentre:
    """A desk whose contacts others may take after two minutes, and get back at the head of its line."""
    desk = busy("desk", 4, 180, patience=Deterministic(WAIT_MS))
    handed_on = {"matters": (0.4, 0.6), "transfer_to": ("", "desk"), "transfer_at_head": True}
    front = busy("front", 3, 180, transfer_after=Deterministic(MINUTE_MS), **handed_on)
    teams = [
        Team("desk", there(3), {"desk": Serves()}),
        Team("front", there(5), {"front": Serves(), "desk": Serves(2, overflow_ms=WAIT_MS)}, solves=(0,)),
    ]
    return centre([desk, front], teams=teams, tick_ms=MINUTE_MS)


def chats_by_score() -> CompiledCentre:
    """Chats beside chats, whose scores overtake those of calls as time goes by."""
    chats = busy("chats", 6, 160, chat=True, score_per_ms=2.0 / MINUTE_MS)
    calls = busy("calls", 4, 160, patience=Gamma(3 * MINUTE_MS, 1.0), score_base=5.0)
    speeds = FULL_SPEED, FULL_SPEED * 8 // 10, FULL_SPEED * 7 // 10
    teams = [
        Team("both", there(5), {"chats": Serves(), "calls": Serves()}, chat_speed=speeds),
        Team("calls", there(2), {"calls": Serves()}),
    ]
    return centre([chats, calls], teams=teams, by_score=True, tick_ms=MINUTE_MS)


@pytest.mark.parametrize("make", [overflow_and_transfers_to_the_head, chats_by_score])
def test_engines_agree_on_ties(make):
    compiled = make()
    for seed in range(12):
        assert_engines_agree(compiled, seed, None)


def test_others_help_from_the_overflow_event_on():
    compiled = overflow_and_transfers_to_the_head()
    counts = np.random.default_rng(1).poisson(compiled.volume.expected)
    log = by_reference_engine(compiled, 1, counts).log
    helped = log[(log["queue"] == 0) & (log["fate"] == SERVED) & (log["agent"] >= 3)]
    waited_ms = helped["left_queue_ms"] - helped["offered_ms"]
    assert len(helped) > 10
    assert waited_ms.min() == WAIT_MS
