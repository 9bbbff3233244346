"""Positions over time."""

from datetime import datetime

import numpy as np
import pytest

from sim.centre.compile_days import Days, Window
from sim.centre.presence import (
    Heads,
    Pieces,
    Steps,
    constant,
    from_curve,
    from_plan,
    in_steps,
    repeated,
    summary,
    together,
    total,
)
from sim.common.calendar import DAY_MS
from sim.scenario.tables import PositionPlan

HOUR = 3_600_000
MONDAY = 739_985
DAYS = Days(MONDAY, 14, {None: np.zeros(14, np.bool_)})
HOURS = DAYS.opening([[(8 * HOUR, 10 * HOUR)]] * 7, None)


def pieces(*rows):
    starts, ends, positions = zip(*rows, strict=True)
    return Pieces(np.array(starts), np.array(ends), np.array(positions))


def test_changes_are_where_positions_change():
    some = pieces((10, 20, 3), (20, 30, 3), (30, 40, 5), (50, 60, 5))
    at, positions = some.changes(0, 100)
    assert at.tolist() == [10, 30, 40, 50, 60]
    assert positions.tolist() == [3, 5, 0, 5, 0]


def test_changes_are_cut_to_the_simulated_time_and_counted_from_its_start():
    some = pieces((10, 20, 3), (20, 30, 4), (50, 60, 5))
    at, positions = some.changes(15, 55)
    assert at.tolist() == [0, 5, 15, 35]
    assert positions.tolist() == [3, 4, 0, 5]


def test_nobody_means_no_changes():
    at, positions = pieces((10, 20, 0)).changes(0, 100)
    assert at.size == positions.size == 0


def test_mean_positions():
    some = pieces((10, 20, 3), (20, 25, 4), (50, 60, 5))
    np.testing.assert_allclose(some.mean_between(np.array([0, 20, 40, 60])), [1.5, 1.0, 2.5])


def test_steps_are_cut_to_the_hours():
    steps = Steps(np.array([7 * HOUR, 9 * HOUR, 33 * HOUR]), np.array([2, 0, 6]))
    cut = in_steps(HOURS, steps)
    at, positions = cut.changes(0, 2 * DAY_MS)
    assert at.tolist() == [8 * HOUR, 9 * HOUR, 33 * HOUR, 34 * HOUR]
    assert positions.tolist() == [2, 0, 6, 0]


def test_a_constant_number_is_there_in_the_hours():
    at, positions = in_steps(HOURS, constant(4)).changes(0, DAY_MS)
    assert (at.tolist(), positions.tolist()) == ([8 * HOUR, 10 * HOUR], [4, 0])


def test_a_weekly_plan_holds_until_midnight():
    weekdays = (((6 * HOUR, 1), (9 * HOUR, 3)), *[()] * 5, ((0, 8),))
    steps = from_plan(PositionPlan(weekdays=weekdays), DAYS, Window(MONDAY, 14, 0))
    moments = np.array([5, 6, 9, 23, 24, 6 * 24, 7 * 24, 7 * 24 + 6]) * HOUR
    assert steps.at(moments).tolist() == [0, 1, 3, 3, 0, 8, 0, 1]


def test_a_dated_plan_is_literal_in_the_horizon_and_repeated_around_it():
    """A week's horizon in the second week: nothing before the first row, the last one holds to its end."""
    second = MONDAY + 7
    rows = ((datetime.fromordinal(second + 1).replace(hour=9), 5), (datetime.fromordinal(second + 3), 2))
    steps = from_plan(PositionPlan(dated=rows), DAYS, Window(second, 7, 0))
    noons = steps.at(np.arange(14) * DAY_MS + 12 * HOUR)
    assert noons.tolist() == [0, 5, 5, 2, 2, 2, 2] * 2
    assert steps.at(np.array([32, 33, 48, 71, 72]) * HOUR).tolist() == [0, 5, 5, 5, 2]


def test_a_curve_is_repeated_by_weekday():
    curve = np.repeat([1, 2, 3], 2)
    steps = from_curve(curve, 12 * HOUR, DAYS, Window(MONDAY + 5, 3, 0))  # Saturday to Monday
    assert steps.at(np.arange(14) * DAY_MS).tolist() == [3, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 1, 2]


def test_no_steps_are_nobody():
    assert Steps(np.empty(0, np.int64), np.empty(0, np.int64)).at(np.array([5])).tolist() == [0]
    nothing = repeated(Steps(np.empty(0, np.int64), np.empty(0, np.int64)), DAYS, Window(MONDAY, 7, 0))
    assert nothing.at(np.array([3 * DAY_MS])).tolist() == [0]


def test_heads_fte_and_positions_are_three_things():
    heads = Heads(count=10, contract_ms=28 * HOUR, full_time_week_ms=35 * HOUR)
    assert heads.fte == 8
    weeks = heads.weeks(np.array([0.75, 0.05]))
    assert weeks.week_ms.tolist() == [210 * HOUR, 14 * HOUR]
    assert weeks.at_once.tolist() == [7.5, 1]
    some = pieces((8 * HOUR, 9 * HOUR, 6), (9 * HOUR, 10 * HOUR, 3), (32 * HOUR, 34 * HOUR, 9))
    found = summary(heads, some, 0, 7 * DAY_MS, HOUR)
    assert (found.heads, found.fte, found.paid_hours) == (10, 8, 280)
    assert found.positions[[7, 8, 9, 10, 32]].tolist() == [0, 6, 3, 0, 9]
    assert found.mean_positions == pytest.approx(27 / 4)
    assert found.peak_positions == 9
    assert summary(heads, some, 0, DAY_MS, HOUR).peak_positions == 6


def test_positions_without_heads_are_paid_by_the_hour():
    found = summary(None, pieces((8 * HOUR, 10 * HOUR, 6)), 0, DAY_MS, HOUR)
    assert (found.heads, found.fte, found.paid_hours) == (None, None, 12)


def test_teams_add_up():
    """Seven and three people from 8 to 9 h, three more from 9 to 10 h: nine heads' hours and the positions' own."""
    heads = Heads(count=9, contract_ms=35 * HOUR, full_time_week_ms=35 * HOUR)
    parts = [pieces((8 * HOUR, 9 * HOUR, 7)), pieces((8 * HOUR, 10 * HOUR, 3))]
    week = [(0, 7 * DAY_MS, HOUR)] * 2
    teams = [summary(heads, part, *span) for part, span in zip(parts, week, strict=True)]
    found = total(teams, parts, 0, 7 * DAY_MS)
    assert found.positions[[7, 8, 9, 10]].tolist() == [0, 10, 3, 0]
    assert (found.heads, found.fte, found.paid_hours) == (18, 18, 2 * 9 * 35)
    assert found.peak_positions == 10
    assert found.mean_positions == pytest.approx(13 / 2)
    mixed = [teams[0], summary(None, parts[1], *week[1])]
    found = total(mixed, parts, 0, 7 * DAY_MS)
    assert (found.heads, found.fte, found.paid_hours) == (None, None, 9 * 35 + 6)


def test_the_peak_of_all_is_that_of_a_moment():
    parts = [pieces((10, 20, 5)), pieces((15, 30, 4), (40, 50, 8))]
    both = together(parts)
    assert both.at(np.array([9, 10, 15, 19, 20, 30, 40, 50])).tolist() == [0, 5, 9, 9, 4, 0, 8, 0]
    assert both.positions.max() == 9


def test_nobody_in_no_pieces():
    assert pieces((10, 20, 0)).at(np.array([5, 15])).tolist() == [0, 0]
    nothing = Pieces(*[np.empty(0, np.int64)] * 3)
    assert nothing.at(np.array([5])).tolist() == [0]
    assert together([nothing, nothing]).positions.tolist() == []
