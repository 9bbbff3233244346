"""Announcements and callbacks, as the engines read them."""

import pytest

from sim.centre.compile import compile_centre
from sim.centre.contract import NO_LIMIT_MS, NOBODY

SECOND = 1_000
MINUTE = 60 * SECOND


def engine(scenario, values, **added):
    return compile_centre(scenario(values, **added)).staffed().engine


def test_what_a_plain_file_leaves_unsaid(scenario):
    plain = engine(scenario, {"queues.calls.patience": {"mean": "4 min", "balking": "3 %"}}, emails=True)
    assert plain.announcements.above_ms.tolist() == [NO_LIMIT_MS] * 2
    assert plain.announcements.balk.tolist() == [0.03, 0]
    assert plain.announcements.patience_factor.tolist() == [1, 1]
    assert plain.callbacks.line.tolist() == [NOBODY] * 2
    assert plain.callbacks.above_ms.tolist() == [NO_LIMIT_MS] * 2
    assert plain.callbacks.accept.tolist() == [0, 0]


def test_announcements(scenario):
    values = {
        "queues.calls.patience": {"mean": "4 min", "balking": "3 %"},
        "queues.calls.announcement": {"above": "1 min", "balking": "5 %", "patience": "150 %"},
        "queues.chats.announcement": {"above": "30 s", "patience": "80 %"},
        "queues.chats.patience": {"mean": "2 min", "balking": "2 %"},
    }
    found = engine(scenario, values, chats=True).announcements
    assert (found.above_ms / SECOND).tolist() == [60, 30]
    assert found.balk.tolist() == [0.05, 0.02]
    assert found.patience_factor.tolist() == [1.5, 0.8]


@pytest.mark.parametrize(("tick", "expected"), [("1 ms", 3 * MINUTE + 30 * SECOND), ("10 min", 10 * MINUTE)])
def test_the_announced_wait_counts_the_whole_work(scenario, tick, expected):
    """At least a tick, so that it grows with the number waiting."""
    values = {
        "tick": tick,
        "interval": "10 min",
        "queues.calls.handle_time": "3 min",
        "queues.calls.after_call_work": "30 s",
    }
    assert engine(scenario, values).announcements.mean_handle_ms.tolist() == [expected]


def test_callbacks(scenario):
    values = {
        "tick": "1 min",
        "queues.calls.callback": {
            "above": "90 s",
            "accepted": "40 %",
            "reached": "85 %",
            "tries": 4,
            "again_after": "20 min",
            "ring": "30 s",
        },
        "queues.desk.callback": {"above": 0, "accepted": "50 %"},
    }
    found = engine(scenario, values, emails=True, desk=True).callbacks
    assert found.line.tolist() == [3, NOBODY, 4]
    assert (found.above_ms[[0, 2]] / SECOND).tolist() == [90, 0]
    assert found.accept.tolist() == [0.4, 0, 0.5]
    assert found.reach.tolist() == [0.85, 1, 1]
    assert found.tries[[0, 2]].tolist() == [4, 3]
    assert (found.ring_ms[[0, 2]] / SECOND).tolist() == [60, 60]  # up to the tick
    assert (found.again_ms[[0, 2]] / MINUTE).tolist() == [20, 30]
