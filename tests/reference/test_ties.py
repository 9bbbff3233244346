"""Centres where everything happens at the same moments: what may be taken changes with events, never by the clock."""

from __future__ import annotations

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


def overflow_and_transfers_to_the_head() -> CompiledCentre:
    """A desk whose contacts others may take after two minutes, and get back at the head of its line."""
    desk = Queue(
        "desk", Gamma(4 * MINUTE_MS, 1.0), per_day=180, hours=OPEN, profile=PROFILE, patience=Deterministic(WAIT_MS)
    )
    front = Queue(
        "front",
        Gamma(3 * MINUTE_MS, 1.0),
        per_day=180,
        hours=OPEN,
        profile=PROFILE,
        matters=(0.4, 0.6),
        transfer_to=("", "desk"),
        transfer_at_head=True,
        transfer_after=Deterministic(MINUTE_MS),
    )
    teams = [
        Team("desk", there(3), {"desk": Serves()}),
        Team("front", there(5), {"front": Serves(), "desk": Serves(2, overflow_ms=WAIT_MS)}, solves=(0,)),
    ]
    return centre([desk, front], teams=teams, tick_ms=MINUTE_MS)


def chats_by_score() -> CompiledCentre:
    """Chats beside chats, whose scores overtake those of calls as time goes by."""
    chats = Queue(
        "chats",
        Gamma(6 * MINUTE_MS, 1.0),
        per_day=160,
        chat=True,
        hours=OPEN,
        profile=PROFILE,
        score_per_ms=2.0 / MINUTE_MS,
    )
    calls = Queue(
        "calls",
        Gamma(4 * MINUTE_MS, 1.0),
        per_day=160,
        hours=OPEN,
        profile=PROFILE,
        patience=Gamma(3 * MINUTE_MS, 1.0),
        score_base=5.0,
    )
    teams = [
        Team(
            "both",
            there(5),
            {"chats": Serves(), "calls": Serves()},
            chat_speed=(FULL_SPEED, FULL_SPEED * 8 // 10, FULL_SPEED * 7 // 10),
        ),
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
