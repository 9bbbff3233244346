"""Work that may wait, against sums over single pieces of it and weeks by hand."""

import numpy as np
import pytest

from sim.centre.due_work import erlangs_until_due, longest_until_due
from sim.common.calendar import DAY_MS, opening_segments

HOUR = 3_600_000
HALF = HOUR // 2
WEEK = 7 * DAY_MS
MONDAY = 739_985
OFFICE = [[(9 * HOUR, 18 * HOUR)]] * 5 + [[], []]
ALWAYS = [[(0, DAY_MS)]] * 7


def laid_out(hours, weeks=1, closed=()):
    return opening_segments(hours, MONDAY, np.isin(np.arange(7 * weeks), closed))


def half_hours(hours, weeks):
    """Starts and ends of those in which anybody is there."""
    start_ms = np.arange(0, weeks * WEEK, HALF)
    there = hours.open_between(np.append(start_ms, weeks * WEEK)) > 0
    return start_ms[there], start_ms[there] + HALF


def one_by_one(work_ms, edge_ms, hours, within_ms, start_ms, end_ms):
    """Each piece of work by itself, in ten parts that come one after the other."""
    needed = np.zeros(start_ms.size)
    at_start, at_end = hours.open_before(start_ms), hours.open_before(end_ms)
    for cell in np.flatnonzero(work_ms):
        length = (edge_ms[cell + 1] - edge_ms[cell]) / 10
        for part in range(10):
            comes = hours.open_before(np.array([edge_ms[cell] + (part + 0.5) * length]).astype(np.int64))[0]
            by = [np.clip((at - comes) / within_ms, 0, 1) for at in (at_start, at_end)]
            needed += work_ms[cell] / 10 * (by[1] - by[0])
    return needed / (end_ms - start_ms)


@pytest.mark.parametrize("within_h", [1, 4, 9, 20])
def test_the_need_is_the_sum_of_all_pieces_of_work(within_h):
    hours = laid_out(OFFICE, closed=[2])
    edge_ms = np.arange(0, WEEK + 1, HALF // 6).astype(np.float64)
    work_ms = np.random.default_rng(7).integers(0, 3, edge_ms.size - 1) * 60_000.0
    found = erlangs_until_due(work_ms, edge_ms, hours, int(within_h * HOUR), *half_hours(hours, 1))
    expected = one_by_one(work_ms, edge_ms, hours, within_h * HOUR, *half_hours(hours, 1))
    np.testing.assert_allclose(found, expected, atol=0.002)
    assert found.sum() == pytest.approx(expected.sum(), rel=1e-5)


@pytest.mark.parametrize("within_h", [1, 4, 45])
def test_work_is_conserved(within_h):
    """Round the clock for eight weeks, with a week of holidays: all of it but what is not yet due at the end."""
    hours = laid_out(OFFICE, 8, [*range(21, 28), 37])
    edge_ms = np.linspace(0, 8 * WEEK, 8 * 7 * 288 + 1)
    work_ms = np.full(edge_ms.size - 1, 60_000.0)
    work_ms[-2 * 7 * 288 :] = 0.0
    erlangs = erlangs_until_due(work_ms, edge_ms, hours, within_h * HOUR, *half_hours(hours, 8))
    assert erlangs.sum() * HALF == pytest.approx(work_ms.sum(), rel=1e-6)


def test_a_weekends_pile_lies_on_monday():
    """An erlang round the clock, due in 4 h: 63 h of it by one on Monday, 15 h on other days, and what comes then."""
    hours = laid_out(OFFICE, 2)
    edge_ms = np.linspace(0, 2 * WEEK, 2 * 7 * 288 + 1)
    erlangs = erlangs_until_due(np.full(4032, 300_000.0), edge_ms, hours, 4 * HOUR, *half_hours(hours, 2))
    second_week = erlangs[90:].reshape(5, 18)
    by_hand = np.ones((5, 18))
    by_hand[:, :8] = 15 / 4 + 1
    by_hand[0, :8] = 63 / 4 + 1
    # What comes from two o'clock on is spread over the evening and the next morning: an erlang at any time.
    np.testing.assert_allclose(second_week, by_hand, atol=1e-3)


def test_within_a_weeks_hours_an_even_week_is_even():
    hours = laid_out(OFFICE, 3)
    edge_ms = np.linspace(0, 3 * WEEK, 3 * 7 * 288 + 1)
    erlangs = erlangs_until_due(np.full(6048, 300_000.0), edge_ms, hours, 45 * HOUR, *half_hours(hours, 3))
    np.testing.assert_allclose(erlangs[90:], 168 / 45, rtol=1e-5)


def test_it_goes_on_across_a_holiday():
    """What comes on a closed Wednesday is Thursday's; what comes late on Tuesday is needed on both sides of it."""
    hours = laid_out(OFFICE, closed=[2])
    edge_ms = np.arange(0, WEEK + 1, HALF).astype(np.float64)
    work_ms = np.zeros(edge_ms.size - 1)
    work_ms[48 + 34] = HOUR  # Tuesday, 17:00 to 17:30
    work_ms[2 * 48 + 24] = HOUR  # Wednesday at noon
    start_ms, end_ms = half_hours(hours, 1)
    erlangs = erlangs_until_due(work_ms, edge_ms, hours, 2 * HOUR, start_ms, end_ms)
    tuesday = (start_ms // DAY_MS == 1) & (erlangs > 0)
    thursday = (start_ms // DAY_MS == 3) & (erlangs > 0)
    np.testing.assert_allclose(erlangs[tuesday], [0.25, 0.5])
    np.testing.assert_allclose(erlangs[thursday], [1.0, 1.0, 0.75, 0.5])
    assert erlangs.sum() * HALF == 2 * HOUR


@pytest.mark.parametrize(
    ("hours", "clock", "within_h", "longest_h"),
    [
        (OFFICE, OFFICE, 4, 4),
        (OFFICE, OFFICE, 100, 45),
        (OFFICE, ALWAYS, 4, 4),  # elapsed
        (OFFICE, ALWAYS, 24, 9),
        (OFFICE, ALWAYS, 72, 27),
        (OFFICE, ALWAYS, 7 * 24, 45),
        (ALWAYS, ALWAYS, 30, 30),
        ([[(14 * HOUR, 18 * HOUR)]] * 5 + [[], []], OFFICE, 9, 4),  # a fence
        ([[(8 * HOUR, 20 * HOUR)]] * 5 + [[], []], OFFICE, 1, 4),  # open 9-18 h: due from 18 h on by 9 h, so 3 h more
        (OFFICE, OFFICE, 0.01, 1 / 12),
        ([[]] * 7, OFFICE, 4, 1 / 12),
    ],
)
def test_how_much_of_the_hours_a_reply_may_take(hours, clock, within_h, longest_h):
    found = longest_until_due(laid_out(hours), laid_out(clock), int(within_h * HOUR))
    assert found == pytest.approx(longest_h * HOUR, abs=1)
