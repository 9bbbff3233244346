"""Heads spread over weeks, against brute force and the properties that a search relies on."""

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.compile_load import OfferedLoad
from sim.centre.compile_serving import Service, Serving, TeamHours
from sim.centre.presence import Heads
from sim.centre.presence_heads import Need, WeekGrid, spread, team_need, week_grid
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


def brute_force(heads, available_ms, length_ms, load):
    """Positions at the greatest beta of a fine grid that fits."""
    best = None
    for beta in np.arange(-6, 12, 0.0005):
        positions = np.clip(np.floor(load + beta * np.sqrt(load) + 0.5), 1, heads)
        if (positions * length_ms).sum() <= available_ms:
            best = positions
    return best


@pytest.mark.parametrize("heads", [40, 60, 90])
def test_positions_are_load_plus_beta_root_load(heads):
    grid = office_grid()
    load = two_humps(grid)
    available_ms = heads * 24.5 * HOUR
    positions = spread(heads, np.array([available_ms]), Need(grid, load))
    expected = brute_force(heads, available_ms, grid.length_ms, load)
    # The fine grid stops a little short of the greatest beta, and ties there are shared.
    assert np.all((positions - expected >= 0) & (positions - expected <= 1))
    assert (positions - expected).sum() <= 3
    used_ms = (positions * grid.length_ms).sum()
    assert available_ms - HALF < used_ms <= available_ms


def test_one_head_more_takes_no_position_away():
    grid = office_grid()
    load = two_humps(grid)
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
    assert load[positions == 1].min() >= load[positions == 0].max()


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


# --- the need -----------------------------------------------------------------------------------------------------


def load_of(calls, emails, weeks):
    """Constant erlangs of calls, and so many emails of six minutes a day in each week."""
    end = weeks * WEEK
    return OfferedLoad(
        edge_ms=np.array([0.0, end]),
        before=np.array([[0.0, calls * end], [0.0, 0.0]]),
        work_ms=np.array([1.0, 0.1 * HOUR]),
        contacts_per_day=np.array([np.full(7 * weeks, 77.0), np.repeat(np.asarray(emails, np.float64), 7)]),
    )


def team(number, hours):
    return TeamHours(number, str(number), None, week=hours, hours=hours)


def service(hours, *, fence=None, helps_out=False):
    return Service(week=hours, hours=hours, fence=fence, helps_out=helps_out)


IS_EMAIL = np.array([False, True])


def test_the_need_is_the_calls_load_and_the_weeks_emails_evenly():
    hours = opening_segments(OFFICE, MONDAY, np.isin(np.arange(14), [8, 9]))
    grid = week_grid(hours, HALF, 2)
    load = OfferedLoad(
        edge_ms=np.array([0.0, 12 * HOUR, 2 * WEEK]),
        before=np.array([[0.0, 12.0 * HOUR, 12.0 * HOUR], [0.0, 5.0, 9.0]]),
        work_ms=np.array([1.0, 0.1 * HOUR]),
        contacts_per_day=np.array([np.full(14, 77.0), [*np.full(7, 100.0), *np.full(7, 60.0)]]),
    )
    serving = Serving((team(0, hours),), ({0: service(hours)}, {0: service(hours)}), np.array([0.3]))
    emails = np.where(grid.week == 0, 70 / 50, 42 / 30)
    calls = np.where(grid.start_ms < 12 * HOUR, 1.0, 0.0)
    np.testing.assert_allclose(team_need(grid, load, serving, 0, IS_EMAIL).erlangs, calls + emails)


def test_teams_share_the_need_by_their_people_who_are_there():
    """Six people all day and two until noon: three quarters of the morning's calls, and then all of them.

    Of the emails, 70 hours of work a week, by the hours that each team has for them: 6 x 50 to 2 x 20.
    """
    morning = opening_segments([[(8 * HOUR, 12 * HOUR)]] * 5 + [[], []], MONDAY, np.zeros(7, np.bool_))
    grid = office_grid()
    all_day = opening_segments(OFFICE, MONDAY, np.zeros(7, np.bool_))
    both = {0: service(all_day), 1: service(morning)}
    teams = (team(0, all_day), team(1, morning))
    serving, load = Serving(teams, (both, both), np.array([6.0, 2.0])), load_of(12.0, [100], 1)
    is_morning = grid.start_ms % DAY_MS < 12 * HOUR
    emails = 70 * np.array([300, 40]) / 340
    first = team_need(grid, load, serving, 0, IS_EMAIL).erlangs
    np.testing.assert_allclose(first, np.where(is_morning, 9.0, 12.0) + emails[0] / 50)
    second = team_need(week_grid(morning, HALF, 1), load, serving, 1, IS_EMAIL).erlangs
    np.testing.assert_allclose(second, 3.0 + emails[1] / 20)


def test_who_helps_out_counts_where_there_is_nobody_else():
    morning = opening_segments([[(8 * HOUR, 12 * HOUR)]] * 5 + [[], []], MONDAY, np.zeros(7, np.bool_))
    grid = office_grid()
    all_day = opening_segments(OFFICE, MONDAY, np.zeros(7, np.bool_))
    services = {0: service(morning), 1: service(all_day, helps_out=True)}
    teams = (team(0, morning), team(1, all_day))
    serving, load = Serving(teams, (services, services), np.array([1.0, 50.0])), load_of(12.0, [100], 1)
    helpers = team_need(grid, load, serving, 1, IS_EMAIL).erlangs
    np.testing.assert_allclose(helpers, np.where(grid.start_ms % DAY_MS < 12 * HOUR, 0.0, 12.0))
    own = team_need(week_grid(morning, HALF, 1), load, serving, 0, IS_EMAIL).erlangs
    np.testing.assert_allclose(own, 12.0 + 70 / 20)


def test_emails_are_needed_in_the_hours_that_a_team_has_for_them():
    """From 14:10 on: a piece in which the hours begin has its part."""
    afternoon = opening_segments([[(14 * HOUR + HOUR // 6, 18 * HOUR)]] * 5 + [[], []], MONDAY, np.zeros(7, np.bool_))
    grid = office_grid()
    all_day = opening_segments(OFFICE, MONDAY, np.zeros(7, np.bool_))
    services = ({0: service(all_day)}, {0: service(afternoon, fence=afternoon)})
    serving = Serving((team(0, all_day),), services, np.array([4.0]))
    erlangs = team_need(grid, load_of(0.0, [100], 1), serving, 0, IS_EMAIL).erlangs
    rate = 70 / (5 * (4 - 1 / 6))
    time_of_day = grid.start_ms % DAY_MS / HOUR
    np.testing.assert_allclose(
        erlangs, np.select([time_of_day < 14, time_of_day == 14], [0.0, rate * 2 / 3], rate), atol=1e-12
    )
    assert (erlangs * grid.length_ms).sum() == pytest.approx(70 * HOUR)


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
