"""The compiled centre as a whole, and the plans that a search makes of it."""

from datetime import date

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.common.calendar import DAY_MS
from sim.errors import ScenarioError

HOUR = 3_600_000


def staff_at(compiled, at_ms):
    """Positions at a moment."""
    staff = compiled.engine.staff
    step = np.searchsorted(staff.at_ms, at_ms, side="right") - 1
    return int(staff.positions[step]) if step >= 0 else 0


def test_the_clock(scenario):
    compiled = compile_centre(scenario({"warm_up": "1 week", "interval": "15 min", "tick": "1 s"})).staffed()
    clock = compiled.engine.clock
    assert (clock.tick_ms, clock.interval_ms, clock.days) == (1_000, 900_000, 28)
    assert clock.first_day == date(2026, 12, 28).toordinal()
    assert (clock.horizon_start_ms, clock.horizon_end_ms) == (7 * DAY_MS, 21 * DAY_MS)
    assert (compiled.warm_up_days, compiled.horizon_days, compiled.intervals) == (7, 14, 14 * 96)


def test_names_and_periods(scenario):
    compiled = compile_centre(scenario({"start": "2027-01-25", "horizon": "8 weeks"}, emails=True)).staffed()
    assert compiled.name == "Test centre"
    assert compiled.queue_names == ("calls", "emails")
    assert compiled.team_names == ("advisers",)
    assert compiled.period_labels == ("2027-02 +7 days before", "2027-03")
    assert np.bincount(compiled.interval_period).tolist() == [35 * 48, 21 * 48]


def test_opening_hours(scenario):
    values = {"queues.emails.open": {"every day": "24 h"}, "warm_up": "none", "calendar.closed": ["2027-01-05"]}
    compiled = compile_centre(scenario(values, emails=True)).staffed()
    opening = compiled.engine.opening
    calls = slice(opening.offset[0], opening.offset[1])
    assert (opening.start_ms[calls][:3] / HOUR).tolist() == [8, 56, 80]
    assert (opening.before_ms[calls][:3] / HOUR).tolist() == [0, 10, 20]
    emails = slice(opening.offset[1], opening.offset[2])
    assert (opening.end_ms[emails] / HOUR).tolist() == [24, 21 * 24]  # closed on the 5th: two segments
    assert opening.start_ms[emails].tolist() == [0, 2 * DAY_MS]
    assert compiled.interval_open.shape == (2, 14 * 48)
    assert np.flatnonzero(compiled.interval_open[0, :48]).tolist() == list(range(16, 36))
    assert not compiled.interval_open[:, 48:96].any()


def test_ranks_and_reserve(scenario):
    other = {
        "channel": "call",
        "priority": 2,
        "arrivals": {"per_week": 10, "volume_is": "first"},
        "handle_time": "1 min",
    }
    values = {
        "queues.vip": {**other, "priority": 1},
        "queues.later": other,
        "queues.emails.priority": 1,
        "teams.advisers.reserve": 4,
    }
    routing = compile_centre(scenario(values, emails=True)).staffed().engine.routing
    assert routing.rank.tolist() == [[0, 2, 0, 1]]
    assert routing.reserve.tolist() == [[0, 4, 0, 0]]


def test_busyness(scenario):
    values = {
        "queues.calls.arrivals.busyness": "8 %",
        "queues.emails.arrivals.busyness": {"cv": "20 %", "shared": False},
    }
    volume = compile_centre(scenario(values, emails=True)).staffed().volume
    assert volume.busyness_cv.tolist() == [0.08, 0.2]
    assert volume.own_busyness.tolist() == [False, True]


def test_heads_use_the_time_that_they_have(scenario):
    """60 heads of 35 h less 30 %; the second week loses a day of five, and a fifth of the time."""
    plan = compile_centre(scenario({"calendar.closed": ["2027-01-13"]}))
    found = plan.presence()
    hours = found.positions.reshape(2, -1).sum(axis=1) / 2
    assert 0 <= 60 * 24.5 - hours[0] < 0.5
    assert 0 <= 60 * 24.5 * 4 / 5 - hours[1] < 0.5
    assert (found.heads, found.fte, found.paid_hours) == (60, 60, 60 * 35 * 2)
    assert found.peak_positions == plan.staffed().engine.staff.agent_team.size
    assert found.mean_positions == pytest.approx(hours.sum() / 90)


def test_staff_changes_tell_the_presence(scenario):
    plan = compile_centre(scenario())
    compiled, positions = plan.staffed(), plan.presence().positions
    middle = np.arange(positions.size) * 30 * 60_000 + 60_000
    assert [staff_at(compiled, at) for at in middle] == positions.tolist()
    staff = compiled.engine.staff
    assert np.all(np.diff(staff.at_ms) > 0)
    assert np.all(np.diff(staff.positions) != 0)


@pytest.mark.parametrize(
    ("choice", "monday_noon", "peak"), [({"positions": 7}, 7, 7), ({"curve": np.arange(672) % 48}, 24, 35)]
)
def test_positions_in_place_of_heads(scenario, choice, monday_noon, peak):
    plan = compile_centre(scenario({"warm_up": "1 week"}))
    compiled = plan.staffed(**choice)
    for week in range(3):
        assert staff_at(compiled, week * 7 * DAY_MS + 12 * HOUR) == monday_noon
        assert staff_at(compiled, week * 7 * DAY_MS + 18 * HOUR) == 0
    found = plan.presence(**choice)
    assert (found.heads, found.fte, found.peak_positions) == (None, None, peak)
    assert found.paid_hours == pytest.approx(found.positions.sum() / 2)


def test_a_file_with_positions(scenario):
    constant = scenario({"teams.advisers": {"positions": 9, "hours": {"mon-fri": "09:00-12:00"}}})
    found = compile_centre(constant).presence()
    assert np.flatnonzero(found.positions[:48]).tolist() == list(range(18, 24))
    assert found.mean_positions == found.peak_positions == 9
    weekly = scenario({"teams.advisers": {"positions": {"mon": {"08:10": 4, "12:00": 6}, "tue-fri": {"00:00": 5}}}})
    found = compile_centre(weekly).presence()
    np.testing.assert_allclose(found.positions[[15, 16, 17, 24, 35, 36]], [0, 4 * 20 / 30, 4, 6, 6, 0])
    np.testing.assert_allclose(found.positions[48 + np.array([15, 16, 35, 36])], [0, 5, 5, 0])


def test_heads_may_be_tried_where_the_file_has_positions(scenario):
    plan = compile_centre(scenario({"teams.advisers": {"positions": 9}}))
    assert plan.presence(heads=12).heads == 12
    assert plan.presence().heads is None


def test_one_way_of_staffing_at_a_time(scenario):
    with pytest.raises(ValueError, match="one of the three"):
        compile_centre(scenario()).staffed(heads=3, positions=2)


def test_more_heads_leave_all_else_as_it_is(scenario):
    plan = compile_centre(scenario(emails=True))
    before, after = plan.staffed(heads=60), plan.staffed(heads=61)
    assert before.engine.queues is after.engine.queues
    assert before.engine.arrivals.edge_ms is after.engine.arrivals.edge_ms
    np.testing.assert_array_equal(before.volume.expected, after.volume.expected)
    assert np.all(plan.presence(heads=61).positions >= plan.presence(heads=60).positions)


def test_scaling_is_as_if_the_file_said_so(scenario):
    scaled = compile_centre(scenario(emails=True)).scaled(1.2).scaled(1.25)
    values = {"queues.calls.arrivals.per_week": 7500, "queues.emails.arrivals.per_week": 1050}
    said = compile_centre(scenario(values, emails=True))
    np.testing.assert_allclose(scaled.staffed().volume.expected, said.staffed().volume.expected)
    np.testing.assert_array_equal(scaled.presence().positions, said.presence().positions)


def test_a_period_by_itself_is_a_part_of_the_whole(scenario):
    values = {"horizon": "10 weeks", "queues.calls.arrivals.growth": "5 % per month", "calendar.country": "FR"}
    plan = compile_centre(scenario(values, emails=True))
    whole, start = plan.staffed(), date(2027, 1, 4)
    part = plan.for_period(date(2027, 2, 3), date(2027, 3, 3))
    february = part.staffed()
    first = (date(2027, 2, 3) - start).days
    assert (february.warm_up_days, february.horizon_days) == (7, 28)
    assert february.engine.clock.first_day == date(2027, 1, 27).toordinal()
    same_days = slice(first, first + february.engine.clock.days)
    np.testing.assert_array_equal(february.volume.expected, whole.volume.expected[:, same_days])
    intervals = slice(first * 48, (first + 28) * 48)
    np.testing.assert_array_equal(part.presence().positions, plan.presence().positions[intervals])
    np.testing.assert_array_equal(february.interval_open, whole.interval_open[:, intervals])
    assert february.period_labels == ("2027-02 +2 days after",)


@pytest.mark.parametrize(("start", "end"), [((2027, 1, 3), (2027, 1, 5)), ((2027, 1, 10), (2027, 1, 19))])
def test_a_period_outside_the_horizon_is_refused(scenario, start, end):
    with pytest.raises(ValueError, match="within the horizon"):
        compile_centre(scenario()).for_period(date(*start), date(*end))


@pytest.mark.parametrize(
    "positions",
    [{"sat": {"00:00": 5}}, {"mon-fri": {"00:00": 5, "08:00": 0}}, {"mon-fri": {"18:00": 5}}],
    ids=["another day", "before opening", "after closing"],
)
def test_a_staff_that_never_meets_the_calls_is_refused(scenario, positions):
    values = {"teams.advisers": {"positions": positions, "hours": {"mon-sat": "06:00-20:00"}}}
    with pytest.raises(ScenarioError, match=r'teams\.advisers\.positions: nobody is there for "calls"'):
        compile_centre(scenario(values))


def test_every_queue_that_nobody_serves_is_named(scenario):
    values = {
        "queues.calls.open": {"mon-fri": "08:00-18:00", "sat": "08:00-12:00"},
        "teams.advisers": {"positions": {"sun": {"06:00": 5}}, "hours": {"every day": "24 h"}},
    }
    with pytest.raises(ScenarioError) as refused:
        compile_centre(scenario({**values, "calendar.closed": ["2027-01-10", "2027-01-17"]}, emails=True))
    assert len(refused.value.problems) == 2
    with pytest.raises(ScenarioError) as refused:
        compile_centre(scenario(values, emails=True))  # emails wait for Sunday
    assert len(refused.value.problems) == 1


def test_a_period_of_closed_days_needs_nobody(scenario):
    weekend = compile_centre(scenario()).for_period(date(2027, 1, 9), date(2027, 1, 11))
    assert weekend.staffed().volume.expected[0, 0] == 0
    assert weekend.presence().peak_positions == 0
    assert weekend.presence().mean_positions == 0


def test_a_24_hour_centre_is_one_segment(scenario):
    compiled = compile_centre(scenario({"calendar.open": {"every day": "24 h"}})).staffed()
    opening = compiled.engine.opening
    assert (opening.start_ms.tolist(), opening.end_ms.tolist()) == ([0], [28 * DAY_MS])
