"""Heads spread over weeks, against brute force and the properties that a search relies on."""

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.presence import Heads
from sim.centre.presence_heads import Need, WeekGrid, spread, week_grid
from sim.common.calendar import DAY_MS, opening_segments

HOUR = 3_600_000
HALF = HOUR // 2
WEEK = 7 * DAY_MS
MONDAY = 739_985
OFFICE = [[(8 * HOUR, 18 * HOUR)]] * 5 + [[], []]


def office_grid(weeks=1, closed=()):
    hours = opening_segments(OFFICE, MONDAY, np.isin(np.arange(7 * weeks), closed))
    return week_grid(hours, HALF, weeks)


def two_humps(grid):
    """Load between about 5 and 30 erlangs, Mondays highest."""
    hour = grid.start_ms % DAY_MS / HOUR
    day = grid.start_ms % WEEK // DAY_MS
    return (30 - 3 * day) * (0.5 + 0.5 * np.sin((hour - 8) / 10 * 2 * np.pi) ** 2)


def monday_pile(grid):
    """Emails of a night until noon, on Mondays those of a weekend, and of the day: many pieces that are alike."""
    morning = grid.start_ms % DAY_MS < 12 * HOUR
    return 1.0 + np.where(morning, np.where(grid.start_ms % WEEK < DAY_MS, 16.0, 4.0), 0.0)


def brute_force(heads, available_ms, length_ms, load):
    """Positions at the greatest beta of a fine grid that fits, and what they are rounded from."""
    best = None
    for beta in np.arange(-6, 12, 0.0005):
        positions = np.clip(np.floor(load + beta * np.sqrt(load) + 0.5), 1, heads)
        if (positions * length_ms).sum() <= available_ms:
            best = positions, load + beta * np.sqrt(load)
    return best


@pytest.mark.parametrize("heads", [40, 60, 90])
def test_positions_are_load_plus_beta_root_load(heads):
    grid = office_grid()
    load = two_humps(grid)
    available_ms = heads * 24.5 * HOUR
    positions = spread(heads, np.array([available_ms]), Need(grid, load))
    expected, exact = brute_force(heads, available_ms, grid.length_ms, load)
    assert np.abs(positions - expected).max() <= 1
    # Those that are an eighth of a position or less from being rounded otherwise take turns.
    turns = np.abs(exact % 1 - 0.5) < 0.13
    assert np.array_equal(positions[~turns], expected[~turns])
    used_ms = (positions * grid.length_ms).sum()
    assert available_ms - HALF < used_ms <= available_ms


@pytest.mark.parametrize("shape", [two_humps, monday_pile])
def test_one_head_more_takes_no_position_away(shape):
    grid = office_grid()
    load = shape(grid)
    before = np.zeros(grid.week.size)
    for heads in range(1, 130):
        positions = spread(heads, np.array([heads * 24.5 * HOUR]), Need(grid, load))
        assert np.all(positions >= before)
        assert positions.max() <= heads
        if heads * 24.5 >= 50:
            assert positions.min() >= 1
        before = positions


def test_each_week_has_its_own_beta():
    grid = office_grid(weeks=2, closed=[1])
    load = two_humps(grid)
    available_ms = np.array([40 * 24.5 * HOUR * 4 / 5, 40 * 24.5 * HOUR])
    both = spread(40, available_ms, Need(grid, load))
    second = grid.week == 1
    alone = WeekGrid(grid.start_ms[second] - WEEK, grid.end_ms[second] - WEEK, grid.week[second] - 1, 1)
    assert both[second].tolist() == spread(40, available_ms[1:], Need(alone, load[second])).tolist()
    used_ms = grid.per_week(both * grid.length_ms)
    assert np.all((used_ms <= available_ms) & (used_ms > available_ms - HALF))


def test_equal_loads_share_the_odd_positions_evenly_over_the_week():
    grid = office_grid()
    positions = spread(20, np.array([9.3 * 50 * HOUR]), Need(grid, np.full(grid.week.size, 4.0)))
    assert positions.sum() == 930
    assert set(positions) == {9, 10}
    by_day = positions.reshape(5, 20).sum(axis=1)
    assert by_day.max() - by_day.min() <= 2


@pytest.mark.parametrize("heads", range(15, 40, 4))
def test_a_need_that_grows_a_little_draws_no_position_to_the_weeks_end(heads):
    """A twentieth of a per cent a day: no day has a position more all day that another lacks all day."""
    grid = office_grid()
    load = 4.0 * 1.0005 ** (grid.start_ms // DAY_MS)
    by_day = spread(heads, np.array([heads * 24.5 * HOUR]), Need(grid, load)).reshape(5, 20).sum(axis=1)
    assert by_day.max() - by_day.min() <= 4


def test_no_load_is_an_even_spread():
    grid = office_grid()
    positions = spread(20, np.array([8 * 50 * HOUR]), Need(grid, np.zeros(grid.week.size)))
    assert set(positions) == {8}


def test_an_hour_without_calls_still_has_somebody():
    grid = office_grid()
    load = two_humps(grid)
    load[5] = 0
    assert spread(30, np.array([30 * 24.5 * HOUR]), Need(grid, load))[5] == 1


def test_too_few_heads_cover_the_busiest_intervals():
    grid = office_grid()
    load = two_humps(grid)
    positions = spread(1, np.array([24.5 * HOUR]), Need(grid, load))
    assert positions.sum() == 49
    assert set(positions) == {0, 1}
    assert load[positions == 1].min() > load[positions == 0].max() - 0.5


def test_never_more_positions_than_heads():
    grid = office_grid()
    assert set(spread(3, np.array([1000 * 50.0 * HOUR]), Need(grid, two_humps(grid)))) == {3}


@pytest.mark.parametrize(("heads", "most"), [(1, 1.0), (2, 1.4), (3, 2.1), (4, 2.8)])
def test_a_fraction_at_once_is_there_in_that_part_of_the_week(heads, most):
    """Heads who are paid for the opening hours, less 30 %: they use all of it, evenly over the days and hours."""
    grid = office_grid()
    assert Heads(heads, 50 * HOUR, 50 * HOUR).weeks(np.array([0.7])).at_once == pytest.approx([most])
    positions = spread(most, np.array([most * 50.0 * HOUR]), Need(grid, two_humps(grid)))
    assert set(positions) <= {int(most), int(most) + 1}
    assert positions.sum() == pytest.approx(most * grid.week.size, abs=2)
    by_day = positions.reshape(5, 20).sum(axis=1)
    by_hour = positions.reshape(5, 20).sum(axis=0)
    assert by_day.max() - by_day.min() <= 2
    assert by_hour.max() - by_hour.min() <= 2


@pytest.mark.parametrize("shrinkage", [0.25, 0.31])
@pytest.mark.parametrize("contract_h", [35, 50, 70])
def test_one_head_more_takes_no_position_away_where_shrinkage_holds_them_back(shrinkage, contract_h):
    grid = office_grid()
    load = two_humps(grid) / 6
    before = np.zeros(grid.week.size)
    for heads in range(1, 31):
        most = max(heads * (1 - shrinkage), 1.0)
        positions = spread(most, np.array([heads * (1 - shrinkage) * contract_h * HOUR]), Need(grid, load))
        assert np.all(positions >= before)
        assert positions.max() <= np.ceil(most)
        before = positions


def test_shorter_pieces_cost_less():
    hours = opening_segments([[(8 * HOUR + HALF // 2, 18 * HOUR)]] + [[]] * 6, MONDAY, np.zeros(7, np.bool_))
    grid = week_grid(hours, HALF, 1)
    assert grid.length_ms.tolist() == [HALF // 2, *[HALF] * 19]
    positions = spread(9, np.array([3 * 9.75 * HOUR]), Need(grid, np.full(20, 2.0)))
    assert set(positions) == {3}


def test_only_the_wanted_weeks_have_pieces():
    hours = opening_segments(OFFICE, MONDAY, np.zeros(21, np.bool_))
    grid = week_grid(hours, HALF, 3)
    need = Need(grid, grid.start_ms / HOUR).of_weeks(range(1, 2))
    assert set(need.grid.week) == {1}
    assert need.grid.per_week(need.grid.length_ms).tolist() == [0, 50 * HOUR, 0]
    assert need.erlangs.min() == 168 + 8


def test_no_more_are_there_at_once_than_shrinkage_leaves(scenario):
    """A short day with a sharp peak: their hours would allow more, but 40 heads less 30 % are 28 people."""
    values = {
        "calendar.open": {"mon-fri": "09:00-12:00"},
        "queues.calls.arrivals": {
            "per_week": 3000,
            "volume_is": "first",
            "profile": {"09:00": 1, "10:00": 20, "11:00": 1},
        },
        "teams.advisers": {"heads": 40, "shrinkage": 0.3},
    }
    assert compile_centre(scenario(values)).presence().peak_positions == 28
