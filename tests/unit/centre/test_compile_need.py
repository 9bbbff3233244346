"""What teams are needed for, against weeks by hand."""

import numpy as np
import pytest

from analysis.figures import RESPONSE_IN_TIME
from sim.centre.compile import compile_centre
from sim.centre.compile_load import OfferedLoad
from sim.centre.compile_need import team_need
from sim.centre.compile_serving import Service, Serving, TeamHours
from sim.centre.presence_heads import week_grid
from sim.centre.simulate import simulate
from sim.common.calendar import DAY_MS, opening_segments

HOUR = 3_600_000
HALF = HOUR // 2
WEEK = 7 * DAY_MS
MONDAY = 739_985
OFFICE = [[(8 * HOUR, 18 * HOUR)]] * 5 + [[], []]
WEEKS = 3


def laid_out(hours, closed=()):
    return opening_segments(hours, MONDAY, np.isin(np.arange(7 * WEEKS), closed))


ALL_DAY = laid_out(OFFICE)
MORNING = laid_out([[(8 * HOUR, 12 * HOUR)]] * 5 + [[], []])


def load_of(calls, emails):
    """Constant erlangs of calls, and so many emails of six minutes a day in each week, evenly round the clock."""
    edge_ms = np.arange(0, WEEKS * WEEK + 1, HALF).astype(np.float64)
    emails = np.repeat(np.asarray(emails, np.float64) / 48, 7 * 48)
    return OfferedLoad(
        edge_ms=edge_ms,
        before=np.array([calls * edge_ms, 0 * edge_ms]),
        work_ms=np.array([1.0, 0.1 * HOUR]),
        contacts=np.array([np.zeros(emails.size), emails]),
    )


def team(number, hours):
    return TeamHours(number, str(number), None, week=hours, hours=hours)


def service(hours, *, fence=None, helps_out=False):
    return Service(week=hours, hours=hours, fence=fence, helps_out=helps_out)


def needed(load, serving, team, reply_ms):
    """Erlangs in each piece of the team's hours, and that grid."""
    grid = week_grid(serving.teams[team].hours, HALF, WEEKS)
    return team_need(grid, load, serving, team, {1: reply_ms}).erlangs, grid


def test_the_need_is_the_calls_load_and_the_emails_of_a_weeks_hours():
    """Emails of a hundred a day until Sunday of the second week, then none: as many after a week as before it."""
    serving = Serving((team(0, ALL_DAY),), ({0: service(ALL_DAY)}, {0: service(ALL_DAY)}), np.array([0.3]))
    erlangs, grid = needed(load_of(1.0, [100, 100, 0]), serving, 0, 50 * HOUR)
    np.testing.assert_allclose(erlangs[grid.week == 1], 1 + 70 / 50, rtol=1e-5)
    assert ((erlangs - 1) * grid.length_ms).sum() == pytest.approx(140 * HOUR, rel=1e-5)


def test_a_queue_without_a_response_target_is_even(scenario):
    plan = compile_centre(scenario({"queues.calls.arrivals.per_week": 0}, emails=True))
    need = plan.forecast.needs[0].of_weeks(range(1, 3))
    np.testing.assert_allclose(need.erlangs, 700 * 8 / 60 / 50, rtol=1e-4)


TARGET = {
    "queues.calls.arrivals.per_week": 0,
    "queues.emails.targets": {"response": "90 % in 4 h", "over": "month"},
}


@pytest.mark.parametrize(("clock", "within", "hours"), [("opening hours", "4 h", 4), ("elapsed", "24 h", 10)])
def test_what_comes_while_nobody_is_there_is_needed_when_they_come(scenario, clock, within, hours):
    """700 emails of 8 min round the clock: those of 62 h until Monday, and of 14 h of a night, in so many hours."""
    values = {**TARGET, "queues.emails.targets": {"response": f"50 % in {within}", "clock": clock}}
    need = compile_centre(scenario(values, emails=True)).forecast.needs[0].of_weeks(range(1, 2))
    rate = 700 * 8 / 60 / 168
    by_hand = np.full((5, 20), rate)
    by_hand[:, : 2 * hours] += rate * 14 / hours
    by_hand[0, : 2 * hours] += rate * (62 - 14) / hours
    np.testing.assert_allclose(need.erlangs.reshape(5, 20), by_hand, rtol=0.01)


def test_all_work_is_needed_once(scenario):
    """Through a week in which the centre is closed, and holidays."""
    closed = [f"2027-01-{day}" for day in (11, 12, 13, 14, 15, 19)]
    values = {**TARGET, "calendar.closed": closed, "horizon": "5 weeks"}
    forecast = compile_centre(scenario(values, emails=True)).forecast
    need = forecast.needs[0]
    work_ms = forecast.load.contacts[1].sum() * forecast.load.work_ms[1]
    since_friday = 700 * 8 / 60 / 168 * (54 + 4 / 2)  # on average what comes within 4 h of closing has half of it left
    found_ms = (need.erlangs * need.grid.length_ms).sum()
    assert found_ms == pytest.approx(work_ms - since_friday * HOUR, rel=1e-3)


def test_fewer_heads_with_the_pile_where_it_is(scenario):
    """A centre of emails round the clock, closed at night and at weekends: heads spread evenly do far worse."""
    values = {
        "queues": {
            "emails": {
                "channel": "email",
                "arrivals": {"per_week": 700, "volume_is": "first"},
                "handle_time": "12 min",
                "targets": {"response": "90 % in 4 h", "over": "month"},
            }
        },
        "calendar.open": {"mon-fri": "09:00-18:00"},
        "horizon": "4 weeks",
        "teams.advisers": {"heads": 20, "contract": "35 h per week", "shrinkage": 0.3},
    }
    by_need = compile_centre(scenario(values))
    even = compile_centre(scenario({**values, "queues": without_target(values["queues"])}))

    def fewest(plan):
        heads = 10
        while in_time(by_need, plan.presence(heads=heads).positions) < 0.9:
            heads += 1
        return heads

    assert fewest(by_need) < 0.9 * fewest(even)


def without_target(queues):
    return {name: {**queue, "targets": {}} for name, queue in queues.items()}


def in_time(plan, positions):
    """Share of the emails replied to within the target, with these positions."""
    centre = plan.staffed(curve=positions.astype(np.int64))
    contacts = sum(one.counts.contacts.sum(axis=(0, 1)) for one in simulate(centre, 1, range(8)))
    return RESPONSE_IN_TIME.numerator.of(contacts) / RESPONSE_IN_TIME.denominator.of(contacts)


def test_teams_share_the_need_by_their_people_who_are_there():
    """Six people all day and two until noon: three quarters of the morning's calls, and then all of them.

    Of the emails, 70 hours of work a week, by the hours that each team has for them: 6 x 50 to 2 x 20.
    """
    both = {0: service(ALL_DAY), 1: service(MORNING)}
    serving = Serving((team(0, ALL_DAY), team(1, MORNING)), (both, both), np.array([6.0, 2.0]))
    load = load_of(12.0, [100] * 3)
    emails = 70 * np.array([300, 40]) / 340
    first, grid = needed(load, serving, 0, 50 * HOUR)
    calls = np.where(grid.start_ms % DAY_MS < 12 * HOUR, 9.0, 12.0)
    np.testing.assert_allclose((first - calls)[grid.week == 1], emails[0] / 50, rtol=1e-4)
    second, grid = needed(load, serving, 1, 20 * HOUR)
    np.testing.assert_allclose(second[grid.week == 1], 3.0 + emails[1] / 20, rtol=1e-4)


def test_what_comes_in_a_week_without_anybody_is_shared_by_the_people_of_the_next():
    closed = range(7, 14)
    both = {0: service(laid_out(OFFICE, closed)), 1: service(laid_out(OFFICE, [*closed, *range(14, 19)]))}
    teams = (team(0, both[0].hours), team(1, both[1].hours))
    serving, load = Serving(teams, (both, both), np.array([3.0, 1.0])), load_of(0.0, [100, 100, 0])
    first, grid = needed(load, serving, 0, 4 * HOUR)
    assert (first * grid.length_ms)[grid.week == 2].sum() > 70 * HOUR
    second, grid = needed(load, serving, 1, 4 * HOUR)
    total = (first.sum() + second.sum()) * HALF
    assert total == pytest.approx((140 - 0.25 * 70 / 168 * 56) * HOUR, rel=1e-4)


def test_who_helps_out_counts_where_there_is_nobody_else():
    services = {0: service(MORNING), 1: service(ALL_DAY, helps_out=True)}
    teams = (team(0, MORNING), team(1, ALL_DAY))
    serving, load = Serving(teams, (services, services), np.array([1.0, 50.0])), load_of(12.0, [100] * 3)
    helpers, grid = needed(load, serving, 1, 50 * HOUR)
    np.testing.assert_allclose(helpers, np.where(grid.start_ms % DAY_MS < 12 * HOUR, 0.0, 12.0))
    own, grid = needed(load, serving, 0, 20 * HOUR)
    np.testing.assert_allclose(own[grid.week == 1], 12.0 + 70 / 20, rtol=1e-4)


def test_emails_are_needed_in_the_hours_that_a_team_has_for_them():
    """From 14:10 on, and each within 2 h of them: until 16:10 what came since they ended is needed beside the rest."""
    afternoon = laid_out([[(14 * HOUR + HOUR // 6, 18 * HOUR)]] * 5 + [[], []])
    services = ({0: service(ALL_DAY)}, {0: service(afternoon, fence=afternoon)})
    serving = Serving((team(0, ALL_DAY),), services, np.array([4.0]))
    erlangs, grid = needed(load_of(0.0, [100] * 3), serving, 0, 2 * HOUR)
    inside = grid.week == 1
    by_day = (erlangs * grid.length_ms)[inside].reshape(5, 20) / HOUR
    assert by_day[:, :12].max() == 0
    rate = 10 / 24
    pile = np.array([3 * 24 - (4 - 1 / 6), *[24 - (4 - 1 / 6)] * 4]) * rate
    # What comes in these hours is spread over them and the next day's first: at its own rate at any time.
    np.testing.assert_allclose(by_day[:, 12:17].sum(axis=1), pile + (2 + 1 / 3) * rate, rtol=0.02)
    np.testing.assert_allclose(by_day[:, 17:], rate / 2, rtol=0.02)
