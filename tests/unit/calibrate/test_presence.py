"""Who was on duty, from calls made up so that the answer is known."""

import numpy as np
import pandas as pd
import pytest

from analysis.calibrate.presence import WaitingTime, mean_present, services, spells, turnaround

NOBODY_WAITS = WaitingTime.of(np.array([], dtype=np.int64), np.array([], dtype=np.int64))


def calls_of(*services_of_agents: tuple[str, int, float]) -> pd.DataFrame:
    """Answered calls as (agent, start, handle time)."""
    frame = pd.DataFrame(services_of_agents, columns=["agent", "start_s", "handle_s"])
    return frame.assign(answered=True, offered_s=frame["start_s"], wait_s=0)


def waiting(*waits: tuple[int, int]) -> WaitingTime:
    joined, left = np.array(waits, dtype=np.int64).T
    return WaitingTime.of(joined, left)


def test_waiting_time_is_the_union_of_the_waits():
    time = waiting((50, 50), (10, 20), (15, 30), (30, 35), (100, 110), (12, 14))
    assert time.start_s.tolist() == [10, 100]
    assert time.end_s.tolist() == [35, 110]


def test_waiting_before_and_left_at_a_moment():
    time = waiting((10, 20), (100, 110))
    moments = np.array([0, 10, 15, 20, 50, 105, 200])
    assert time.before(moments).tolist() == [0, 0, 5, 10, 10, 15, 20]
    assert time.left_at(moments).tolist() == [0, 10, 5, 0, 0, 5, 0]
    assert NOBODY_WAITS.before(moments).tolist() == [0] * 7
    assert NOBODY_WAITS.left_at(moments).tolist() == [0] * 7


def test_services_end_at_the_latest_with_the_next():
    served = services(calls_of(("B", 0, 60), ("A", 100, 50), ("A", 120, np.nan), ("", 0, 10)))
    assert served["start_s"].tolist() == [100, 120, 0]
    assert served["end_s"].tolist() == [120, 120, 60]
    assert (served["next_s"][1:] > 10**12).all()


def presence(served: pd.DataFrame, time: WaitingTime) -> list[tuple[int, int]]:
    return list(zip(*(moments.tolist() for moments in spells(served, time)), strict=True))


def test_an_idle_agent_stays_present():
    served = services(calls_of(("A", 0, 100), ("A", 1_500, 100)))
    assert presence(served, NOBODY_WAITS) == [(0, 1_500), (1_500, 1_600)]


@pytest.mark.parametrize(("waited", "stayed"), [(120, True), (121, False)])
def test_an_agent_who_lets_callers_wait_is_away(waited, stayed):
    served = services(calls_of(("A", 0, 100), ("A", 1_000, 100)))
    assert presence(served, waiting((200, 200 + waited)))[0] == (0, 1_000 if stayed else 100)


@pytest.mark.parametrize(("gap", "stayed"), [(1_800, True), (1_801, False)])
def test_a_long_gap_is_an_absence_though_nobody_waits(gap, stayed):
    served = services(calls_of(("A", 0, 100), ("A", 100 + gap, 100)))
    assert presence(served, NOBODY_WAITS)[0] == (0, 100 + gap if stayed else 100)


def test_waits_while_the_agent_talks_say_nothing():
    served = services(calls_of(("A", 0, 1_000), ("A", 1_100, 100)))
    assert presence(served, waiting((0, 1_000)))[0] == (0, 1_100)


def test_turnaround_counts_next_services_and_stops_watching_when_the_queue_empties():
    served = services(
        calls_of(
            ("A", 0, 100),  # takes the next after 10 s with callers waiting
            ("A", 110, 90),  # at 200 callers wait until 220, his next starts at 300: cut off at 20 s
            ("A", 300, 100),  # nobody waits at 400: not watched
            ("A", 500, 100),
        )
    )
    curve = turnaround(served, waiting((50, 150), (150, 220), (590, 630)))
    # Watched: 10 s (taken), 20 s (cut off) and, after the last service, 30 s (cut off).
    assert curve.times.tolist() == [10, 20, 30]
    assert curve.survival == pytest.approx([2 / 3] * 3)


def test_turnaround_recovers_after_call_work_of_agents_that_are_never_idle():
    rng = np.random.default_rng(11)
    work = rng.exponential(15, 2_000).round().astype(int) + 1
    starts = np.concatenate([[0], np.cumsum(100 + work)])
    served = services(calls_of(*[("A", int(start), 100.0) for start in starts]))
    times, shares = turnaround(served, waiting((0, int(starts[-1]) + 1_000))).shares_until(10_000)
    assert times @ shares == pytest.approx(work.mean())


def test_mean_present_spreads_presence_over_half_hours():
    starts, ends = np.array([900, 0, 86_400 - 1_800]), np.array([2_700, 1_800, 86_400 + 450])
    present = mean_present(starts, ends, days=2)
    assert present[0, :3].tolist() == [1.5, 0.5, 0]
    assert present[0, -1] == 1
    assert present[1, 0] == 0.25
    assert present.sum() == pytest.approx(((ends - starts) / 1_800).sum())
