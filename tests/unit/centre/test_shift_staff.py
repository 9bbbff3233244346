"""Heads who work shifts: their positions person by person, and what makes one schedule better than another."""

from __future__ import annotations

from math import erf, exp, pi, sqrt

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.contract import DAY_MS, HOUR_MS
from sim.centre.rosters import scheduled_positions
from sim.centre.shift_staff import worth
from sim.shifts.layout import lay_out
from sim.shifts.roster import roster
from sim.shifts.shift import Shift, WeekRules

LUNCH = {"lunch": {"length": "1 h", "between": "12:00-15:00"}}
SHIFTS = {
    "early": {"start": "09:00", "length": "7 h", "breaks": LUNCH},
    "late": {"start": "09:30-10:00 every 30 min", "length": "7 h", "breaks": LUNCH},
}
TEAM = {"heads": 9, "contract": "30 h", "shrinkage": "0 %", "shifts": SHIFTS, "hours": {"mon-fri": "09:00-17:00"}}
OPEN = {"calendar.open": {"mon-fri": "09:00-17:00"}, "warm_up": "none"}


def scheduled_at(staff, moments_ms):
    """Scheduled of the only team at each moment."""
    steps = scheduled_positions(staff)
    step = np.searchsorted(steps.at_ms, moments_ms, side="right") - 1
    return np.where(step < 0, 0, steps.positions[np.maximum(step, 0)])


def drawn(plan, replication=0):
    return plan.staffed().workforce.draw(1, replication).staff


def test_without_shrinkage_positions_are_the_roster_person_by_person(scenario):
    plan = compile_centre(scenario({**OPEN, "teams.advisers": TEAM}))
    (month,) = plan.shift_months("advisers")
    people = roster(month.schedule)
    assert len(people) == 9
    assert all(len(week) == 5 for week in people)
    there = np.zeros(7 * 96, dtype=np.int64)
    for week in people:
        for planned in week:
            (lunch,) = planned.breaks
            assert 12 * HOUR_MS <= lunch.start_ms <= 14 * HOUR_MS
            quarter = planned.day * 96 + planned.shift.start_ms * 4 // HOUR_MS
            there[quarter : quarter + 28] += 1
            begin = planned.day * 96 + lunch.start_ms * 4 // HOUR_MS
            there[begin : begin + 4] -= 1
    quarters = np.arange(7 * 96) * HOUR_MS // 4
    of_hours = quarters % DAY_MS < 17 * HOUR_MS
    for week in range(3):
        found = scheduled_at(drawn(plan, week), quarters + week * 7 * DAY_MS)
        np.testing.assert_array_equal(found, np.where(of_hours, there, 0))


def test_shrinkage_takes_its_share_evenly(scenario):
    """On paper a piece has the whole number below or above its share; every weekday its share over four weeks."""
    values = {**OPEN, "horizon": "4 weeks", "start": "2027-02-01", "teams.advisers": TEAM | {"shrinkage": "28 %"}}
    plan = compile_centre(scenario(values))
    (month,) = plan.shift_months("advisers")
    layout = month.schedule.layout
    first_ms = plan.forecast.days.index(plan.window.start_day) * DAY_MS
    moments = first_ms + np.add.outer(np.arange(4) * 7 * DAY_MS, layout.start_ms)
    there, share = plan.positions_of_file[0].at(moments), 0.72 * month.schedule.on_duty
    assert np.abs(there - share).max() < 1
    for day in range(5):
        of_day = layout.start_ms // DAY_MS == day
        hours, wanted = (there[:, of_day] @ layout.length_ms[of_day]).sum(), share[of_day] @ layout.length_ms[of_day]
        assert hours / (4 * wanted) == pytest.approx(1, abs=0.02)


def test_a_closed_day_is_nobodys(scenario):
    closed = {**OPEN, "calendar.closed": ["2027-01-06"], "teams.advisers": TEAM}
    plan = compile_centre(scenario(closed))
    noons = np.arange(5) * DAY_MS + 11 * HOUR_MS
    assert (scheduled_at(drawn(plan), noons) > 0).tolist() == [True, True, False, True, True]


def test_people_who_come_bring_their_part(scenario):
    """Nine more of nine, two weeks later: twice as many in every piece of the week."""
    hiring = {"classes": [{"on": "2027-01-18", "heads": 9}]}
    values = {**OPEN, "horizon": "4 weeks", "teams.advisers": TEAM | {"hiring": hiring}}
    own = drawn(compile_centre(scenario(values)))
    moments = np.arange(96) * HOUR_MS // 4
    before, after = (scheduled_at(own, moments + day * DAY_MS) for day in (7, 14))
    assert before.max() > 3
    np.testing.assert_array_equal(after, 2 * before)


def layout_of_pieces(pieces):
    start_ms = np.arange(pieces, dtype=np.int64) * HOUR_MS
    rules = WeekRules(1, 40 * HOUR_MS, HOUR_MS, HOUR_MS, 6, same_start=True, days_off_together=False)
    return lay_out([Shift("day", 0, pieces * HOUR_MS, (0,))], rules, start_ms, start_ms + HOUR_MS)


@pytest.mark.parametrize("present", [1.0, 0.7])
def test_what_people_are_worth_is_the_waiting_they_spare(present):
    """Halfin and Whitt's share that waits, at whole numbers of people; below the load as it falls there."""
    loads, heads = np.array([3.0, 20.0, 150.0]), 300
    steps = worth(layout_of_pieces(3), loads, present, heads)
    first = 4 * 150 * sqrt(150)

    def waiting(beta):
        return 1 / (1 + beta * 0.5 * (1 + erf(beta / sqrt(2))) / (exp(-beta * beta / 2) / sqrt(2 * pi)))

    for number, load in enumerate(loads):
        people = np.cumsum([width[number] for width, _ in steps])
        value = np.cumsum([gain[number] for _, gain in steps])
        np.testing.assert_array_equal(people, np.rint(people))
        assert people.max() <= heads
        assert {1, int(load / present)} <= set(people.astype(int))
        for count, worth_of in zip(people[people > 0], value[people > 0], strict=True):
            beta = (count * present - load) / sqrt(load)
            below = sqrt(pi / 2) * sqrt(load) * min(count * present, load)
            above = load * (1 - waiting(beta)) if beta > 0 else 0
            assert worth_of == pytest.approx(first + below + above)
        slopes = [gain[number] / width[number] for width, gain in steps if width[number] > 0]
        assert (np.diff(slopes) <= 1e-9).all()


def test_somebody_is_there_whenever_a_shift_can_be(scenario):
    """Few people: rather one at either end of the day than two at noon."""
    few = compile_centre(scenario({**OPEN, "teams.advisers": TEAM | {"heads": 2}}))
    (month,) = few.shift_months("advisers")
    assert month.schedule.on_duty.min() == 1


def test_the_need_of_a_month_is_the_mean_of_its_open_days(scenario):
    """With the same volume on every weekday and none of it growing, the load itself; a closed day doesn't lower it."""
    values = {**OPEN, "teams.advisers": TEAM, "queues.emails": None, "teams.advisers.hours": {"mon-fri": "09:00-17:00"}}
    plain = compile_centre(scenario(values)).shift_months("advisers")[0]
    closed = compile_centre(scenario({**values, "calendar.closed": ["2027-01-13"]})).shift_months("advisers")[0]
    morning = plain.schedule.layout.start_ms % DAY_MS < 16 * HOUR_MS
    assert closed.need[morning] == pytest.approx(plain.need[morning], rel=1e-6)
