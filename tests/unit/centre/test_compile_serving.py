"""Who serves what when."""

import numpy as np

from sim.centre.compile import compile_centre
from sim.common.calendar import DAY_MS

HOUR = 3_600_000

TEAMS = {
    "teams": {
        "office": {"heads": 40},  # 24.5 h of 50 each: 19.6 people
        "late": {"positions": {"mon-fri": {"12:00": 3, "16:00": 9}}, "hours": {"mon-fri": "12:00-18:00"}},
        "help": {"positions": 5, "serves": {"calls": {"overflow_after": "1 min"}}, "hours": {"mon-sun": "06:00-20:00"}},
        "writers": {"positions": 7, "serves": {"emails": {"hours": {"mon-fri": "14:00-16:00"}}}},
    }
}


def spans(segments, hours=24):
    """Monday's spans, in hours."""
    monday = segments.start_ms < hours * HOUR
    return list(zip(segments.start_ms[monday] / HOUR, segments.end_ms[monday] / HOUR, strict=True))


def test_people_are_the_mean_positions_of_the_file(scenario):
    serving = compile_centre(scenario(TEAMS, emails=True)).forecast.serving
    np.testing.assert_allclose(serving.people, [40 * 24.5 / 50, (4 * 3 + 2 * 9) / 6, 5, 7])


def test_hours_are_those_of_the_team_and_its_own_for_the_queue(scenario):
    serving = compile_centre(scenario(TEAMS, emails=True)).forecast.serving
    calls, emails = serving.services
    assert list(calls) == [0, 1, 2]
    assert list(emails) == [0, 1, 3]
    assert [service.helps_out for service in calls.values()] == [False, False, True]
    assert spans(emails[3].hours) == spans(emails[3].week) == [(14, 16)]
    assert spans(serving.week_of(0)) == [(6, 20)]
    assert spans(serving.week_of(1)) == [(8, 18)]
    assert list(serving.fences()) == [(3, 1)]


def test_fences_dont_know_of_holidays(scenario):
    serving = compile_centre(scenario({**TEAMS, "calendar.closed": ["2027-01-05"]}, emails=True)).forecast.serving
    days = compile_centre(scenario({**TEAMS, "calendar.closed": ["2027-01-05"]}, emails=True)).forecast.days
    holiday = days.index(739_986) * DAY_MS
    noon_to_four = np.array([holiday + 12 * HOUR, holiday + 16 * HOUR])
    assert serving.services[1][3].hours.open_between(noon_to_four).tolist() == [0]
    assert serving.fences()[3, 1].open_between(noon_to_four).tolist() == [2 * HOUR]


def test_the_people_who_are_there_share_the_work(scenario):
    plan = compile_centre(scenario(TEAMS, emails=True))
    serving, monday = plan.forecast.serving, plan.forecast.days.index(739_985) * DAY_MS
    starts = monday + np.array([7, 10, 13, 19]) * HOUR
    shares = np.array([serving.shares(team, starts, starts + HOUR)[0] for team in (0, 1, 2)])
    np.testing.assert_allclose(shares[:, 0], [0, 0, 1])  # who helps out, while nobody else is there
    np.testing.assert_allclose(shares[:, 1], [1, 0, 0])
    np.testing.assert_allclose(shares[:, 2], np.array([19.6, 5, 0]) / 24.6)
    np.testing.assert_allclose(shares[:, 3], [0, 0, 1])
    half = serving.shares(3, starts[1:2], starts[1:2] + 5 * HOUR)[1]  # 10 to 15 h: one hour of five, beside the others
    np.testing.assert_allclose(half, [7 * 1 / (7 * 1 + 19.6 * 5 + 5 * 3)])


def test_a_team_that_the_file_leaves_empty_can_be_tried(scenario):
    """Positions on Saturdays only, when it isn't there: it has no share of the work; heads are spread all the same."""
    empty = {"positions": {"sat": {"00:00": 5}}, "hours": {"mon-fri": "08:00-18:00"}}
    plan = compile_centre(scenario({"teams": {"some": {"heads": 40}, "empty": empty}}))
    assert plan.presence(team="empty").peak_positions == 0
    monday = np.array([plan.forecast.days.index(739_985) * DAY_MS + 9 * HOUR])
    assert 0 < plan.forecast.serving.shares(1, monday, monday + HOUR)[0][0] < 1e-9
    assert plan.presence(team="empty", heads=10).positions[16:36].min() >= 4
