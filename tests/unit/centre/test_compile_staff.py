"""Several teams, each staffed as its file says or otherwise."""

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.compile_staff import TeamStaff, compile_staff
from sim.centre.presence import Pieces
from sim.common.calendar import DAY_MS

HOUR = 3_600_000

TEAMS = {
    "warm_up": "none",
    "teams": {
        "front": {"heads": 40, "serves": ["calls"]},
        "blended": {"heads": 25, "contract": "28 h", "full_time_week": "35 h", "shrinkage": "20 %"},
        "evening": {
            "positions": {"mon-fri": {"13:00": 4, "16:00": 6}},
            "hours": {"mon-fri": "13:00-18:00"},
            "serves": {"calls": {"overflow_after": "30 s"}},
        },
    },
}


@pytest.fixture
def plan(scenario):
    return compile_centre(scenario(TEAMS, emails=True))


def staff_at(compiled, team, at_ms):
    """Positions of a team at a moment."""
    staff = compiled.engine.staff
    own = np.flatnonzero((staff.team == team) & (staff.at_ms <= at_ms))
    return int(staff.positions[own[-1]]) if own.size else 0


def test_changes_are_merged_in_order_of_time_and_team():
    pieces = [
        Pieces(np.array([10, 20]), np.array([20, 30]), np.array([2, 3])),
        Pieces(np.array([20]), np.array([40]), np.array([5])),
        Pieces(*[np.empty(0, np.int64)] * 3),
        Pieces(np.array([0]), np.array([10]), np.array([1])),
    ]
    staff = compile_staff(pieces, 0, 100)
    assert staff.at_ms.tolist() == [0, 10, 10, 20, 20, 30, 40]
    assert staff.team.tolist() == [3, 0, 3, 0, 1, 0, 1]
    assert staff.positions.tolist() == [1, 2, 0, 3, 5, 0, 0]
    assert staff.agent_team.tolist() == [0] * 3 + [1] * 5 + [3]


def test_every_team_has_its_own_presence(plan):
    front, blended, evening = (plan.presence(team=team) for team in ("front", "blended", "evening"))
    assert (front.heads, front.fte, front.paid_hours) == (40, 40, 2 * 40 * 35)
    assert (blended.heads, blended.fte, blended.paid_hours) == (25, 20, 2 * 25 * 28)
    assert front.positions.sum() / 2 == pytest.approx(2 * 40 * 35 * 0.7, abs=1)
    assert blended.positions.sum() / 2 == pytest.approx(2 * 25 * 28 * 0.8, abs=1)
    assert (evening.heads, evening.fte, evening.peak_positions) == (None, None, 6)
    assert evening.mean_positions == pytest.approx((3 * 4 + 2 * 6) / 5)


def test_the_whole_is_the_sum(plan):
    parts = [plan.presence(team=team) for team in ("front", "blended", "evening")]
    whole = plan.presence()
    np.testing.assert_array_equal(whole.positions, sum(part.positions for part in parts))
    assert whole.paid_hours == sum(part.paid_hours for part in parts)
    assert whole.heads is None
    assert whole.peak_positions == whole.positions.max()
    assert whole.mean_positions == pytest.approx(whole.positions.sum() / 2 / 100)
    with_heads = plan.presence({"evening": TeamStaff(heads=8)})
    assert (with_heads.heads, with_heads.fte) == (73, 68)


def test_staff_changes_tell_the_presence(plan):
    compiled = plan.staffed()
    for number, team in enumerate(("front", "blended", "evening")):
        positions = plan.presence(team=team).positions
        middle = np.arange(positions.size) * 30 * 60_000 + 60_000
        assert [staff_at(compiled, number, at) for at in middle[:336]] == positions[:336].tolist()
    assert np.bincount(compiled.engine.staff.agent_team).tolist() == [
        plan.presence(team=team).peak_positions for team in ("front", "blended", "evening")
    ]


@pytest.mark.parametrize("by_name", [True, False])
def test_one_team_may_be_staffed_otherwise(plan, by_name):
    before = plan.staffed()
    compiled = (
        plan.staffed({"blended": TeamStaff(positions=7)}) if by_name else plan.staffed(team="blended", positions=7)
    )
    noon = 12 * HOUR
    assert staff_at(compiled, 1, noon) == 7
    assert [staff_at(compiled, team, noon) for team in (0, 2)] == [staff_at(before, team, noon) for team in (0, 2)]
    assert compiled.engine.queues is before.engine.queues


def test_several_teams_may_be_staffed_otherwise(plan):
    compiled = plan.staffed({"evening": TeamStaff(curve=np.arange(672) % 48)}, team="front", positions=3)
    at = 15 * HOUR
    assert [staff_at(compiled, team, at) for team in (0, 2)] == [3, 30]
    assert plan.presence({"evening": TeamStaff(positions=2)}, team="evening").peak_positions == 2


def test_trying_other_heads_hardly_moves_the_other_teams_heads(plan):
    """Their part of the shared work has another size, but much the same shape."""
    before, after = (plan.presence(staff, team="front") for staff in ({}, {"blended": TeamStaff(heads=90)}))
    assert before.paid_hours == after.paid_hours
    assert np.abs(before.positions - after.positions).max() <= 1


def test_one_head_more_takes_no_position_away(plan):
    before = plan.presence(team="blended", heads=1).positions
    for heads in range(2, 60):
        after = plan.presence(team="blended", heads=heads).positions
        assert np.all(after >= before)
        before = after


def test_what_cant_be_told_is_refused(plan):
    with pytest.raises(ValueError, match="several teams"):
        plan.staffed(heads=3)
    with pytest.raises(ValueError, match="no team 'back'"):
        plan.presence(team="back")
    with pytest.raises(ValueError, match="no team 'back'"):
        plan.staffed({"back": TeamStaff(heads=3)})
    with pytest.raises(ValueError, match="two staffs"):
        plan.staffed({"front": TeamStaff(heads=3)}, team="front", positions=2)
    with pytest.raises(ValueError, match="one of the three"):
        TeamStaff(heads=3, positions=2)


def test_a_centre_of_one_team_needs_no_name(scenario):
    plan = compile_centre(scenario())
    assert plan.presence(heads=12).heads == plan.presence({"advisers": TeamStaff(heads=12)}).heads == 12
    assert plan.presence(team="advisers", heads=12).heads == 12


def test_a_centre_of_one_team_is_staffed_by_all_of_its_need(scenario):
    """Figures of a centre of one team: nothing of them depends on what several bring."""
    values = {
        "queues.calls.arrivals": {
            "per_week": 5000,
            "days": {"mon": 26, "tue": 20, "wed-fri": 18},
            "profile": {"08:00": 1, "10:00": 3, "12:00": 2, "14:00": 2.5, "17:00": 1},
        },
        "queues.calls.recontact": {
            "probability": 0.12,
            "within": "7 days",
            "re_explain": "3 min",
            "to": {"calls": 0.8, "emails": 0.2},
        },
    }
    plan = compile_centre(scenario(values, emails=True))
    positions = plan.presence().positions.reshape(14, 48)[:, 16:36]
    monday = [21, 23, 23, 23, 41, 42, 42, 42, 36, 34, 34, 34, 39, 39, 40, 39, 40, 39, 26, 23]
    friday = [18, 19, 20, 19, 33, 35, 35, 35, 29, 28, 28, 28, 31, 31, 31, 32, 31, 32, 22, 19]
    assert positions[[0, 11]].tolist() == [monday, friday]
    assert positions.sum() == 5880
    compiled = plan.staffed()
    expected = [1138.5456063524277, 934.437908496001, 826.2331808277198, 823.3354607185066, 821.4478436053441, 0, 0]
    assert compiled.volume.expected[0, 7:14] == pytest.approx(expected, rel=1e-12)
    assert compiled.engine.staff.agent_team.tolist() == [0] * 42


# --- how heads are spread over the day ----------------------------------------------------------------------------


def hourly(plan, team):
    """Monday's positions by hour."""
    return plan.presence(team=team).positions[:48].reshape(24, 2).mean(axis=1)


def test_a_team_with_hours_for_emails_has_more_people_then(scenario):
    """Flat calls for 50 hours, and emails whose work falls into 20 of them: L + beta sqrt(L) each, by hand."""
    teams = {"advisers": {"heads": 60, "serves": {"calls": {}, "emails": {"hours": {"mon-fri": "14:00-18:00"}}}}}
    values = {"teams": teams, "queues.calls.arrivals.per_week": 4000, "queues.emails.arrivals.per_week": 1000}
    positions = hourly(compile_centre(scenario(values, emails=True)), "advisers")
    calls, emails = 4000 * 6 / 60 / 50, 1000 * 8 / 60 / 20
    needs = np.array([calls, calls + emails])
    beta = (60 * 24.5 / 50 - needs @ [0.6, 0.4]) / (np.sqrt(needs) @ [0.6, 0.4])
    np.testing.assert_allclose([positions[11], positions[15]], needs + beta * np.sqrt(needs), atol=0.8)


def test_heads_of_two_equal_teams_are_spread_alike(scenario):
    profile = {"08:00": 1, "10:00": 3, "12:00": 2}
    values = {
        "queues.calls.arrivals.profile": profile,
        "teams": {"one": {"heads": 30}, "other": {"heads": 30}, "third": {"heads": 60}},
    }
    plan = compile_centre(scenario(values, emails=True))
    one, other, third = (plan.presence(team=team).positions for team in ("one", "other", "third"))
    np.testing.assert_array_equal(one, other)
    alone = compile_centre(scenario({**values, "teams": {"all": {"heads": 120}}}, emails=True)).presence().positions
    assert np.abs(one + other + third - alone).max() <= 4
    assert np.corrcoef(third, alone)[0, 1] > 0.98


def test_shares_are_those_of_the_staff_that_is_tried(scenario):
    """As if the file had it. The morning's calls come to two teams, the afternoon's at the desk to the second alone."""
    values = {
        "queues.desk.arrivals": {"per_week": 500, "volume_is": "first", "profile": {"08:00": 0, "13:00": 1}},
        "queues.calls.arrivals.profile": {"08:00": 1, "13:00": 0},
        "teams": {"one": {"heads": 30, "serves": ["calls"]}, "two": {"heads": 30}},
    }
    as_in_file = compile_centre(scenario(values, desk=True))
    tried = as_in_file.staffed({"one": TeamStaff(heads=90)}).engine.staff
    values["teams"]["one"]["heads"] = 90
    written = compile_centre(scenario(values, desk=True)).staffed().engine.staff
    for tried_changes, written_changes in zip(tried, written, strict=True):
        np.testing.assert_array_equal(tried_changes, written_changes)
    before = as_in_file.staffed().engine.staff
    morning_of_two = [
        changes.positions[(changes.team == 1) & (changes.at_ms % DAY_MS < 13 * HOUR)] for changes in (before, tried)
    ]
    assert morning_of_two[0].max() > morning_of_two[1].max() + 2


def test_shares_follow_who_is_there(scenario):
    """The morning's calls come to two teams, the desk's to the second alone; its shape doesn't follow its size."""
    values = {
        "queues.desk.arrivals": {"per_week": 500, "volume_is": "first", "profile": {"08:00": 0, "13:00": 1}},
        "queues.calls.arrivals.profile": {"08:00": 1, "13:00": 0},
        "teams": {"one": {"heads": 30, "serves": ["calls"]}, "two": {"heads": 30}},
    }
    plan = compile_centre(scenario(values, desk=True))
    need = plan.forecast.needs[1]
    at = need.grid.start_ms - plan.forecast.days.index(plan.window.start_day) * DAY_MS
    morning, afternoon = (float(need.erlangs[at == hour * HOUR][0]) for hour in (11, 16))
    assert morning == pytest.approx(0.5 * 200 * 6 / 60, rel=0.01)
    assert afternoon == pytest.approx(20 * 12 / 60, rel=0.01)
