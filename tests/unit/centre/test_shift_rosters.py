"""People who work shifts, one by one: absence by chance, meetings in the shift, and both engines with them."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from sim.centre.compile import compile_centre
from sim.centre.contract import BREAK, DAY_MS, HOUR_MS, SHIFT_END, SHIFT_START
from sim.centre.shift_rosters import as_spells
from sim.centre.simulate import simulate

MINUTE_MS = HOUR_MS // 60
LUNCH = {"lunch": {"length": "1 h", "between": "12:00-15:00"}}
DAY = {"day": {"start": "09:00", "length": "8 h", "breaks": LUNCH}}
TEAM = {"heads": 12, "contract": "35 h", "shrinkage": {"sickness": "0 %"}, "shifts": DAY}
OPEN = {"calendar.open": {"mon-fri": "09:00-17:00"}, "warm_up": "none"}
DAYS = 14


def rosters(scenario, replication=0, values=None, **team):
    compiled = compile_centre(scenario({**OPEN, "teams.advisers": TEAM | team} | (values or {}))).staffed()
    return compiled.workforce.draw(1, replication).staff.rosters


def started(one, people=12):
    """(people, days of the horizon) whether each has a shift."""
    found = np.zeros((people, DAYS), dtype=np.bool_)
    starts = (one.what == SHIFT_START) & (one.at_ms < DAYS * DAY_MS)
    found[one.agent[starts], one.at_ms[starts] // DAY_MS] = True
    return found


def test_whole_days_are_lost_by_their_share(scenario):
    """120 replications x 10 working days x 12 people at 20 %: within 4 standard errors, over all and on any weekday."""
    there = np.array([started(rosters(scenario, number, shrinkage={"sickness": "20 %"})) for number in range(120)])
    working = there[:, :, [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]]
    assert not there[:, :, [5, 6, 12, 13]].any()
    shares = [working.mean(), *working.mean(axis=(0, 1))]
    for share, size in zip(shares, [working.size, *[120 * 12] * 10], strict=True):
        assert abs(share - 0.8) < 4 * sqrt(0.8 * 0.2 / size)
    together = working.sum(axis=1)
    assert together.var() == pytest.approx(12 * 0.8 * 0.2, rel=0.2)


def test_a_meeting_is_one_stretch_of_the_shift(scenario):
    """10 % of 7 h are 42 min: from 09:00 to 17:00 less lunch and 42 min, whether the two touch or not."""
    one = rosters(scenario, shrinkage={"meetings": "10 %"})
    assert started(one)[:, [0, 1, 2, 3, 4]].all()
    for agent in range(12):
        own = one.agent == agent
        for day in range(5):
            of_day = own & (one.at_ms // DAY_MS == day)
            (start,), (end,) = (one.at_ms[of_day & (one.what == what)] for what in (SHIFT_START, SHIFT_END))
            lengths = one.length_ms[of_day & (one.what == BREAK)]
            assert 1 <= lengths.size <= 3
            assert end - start - lengths.sum() == 7 * HOUR_MS - 42 * MINUTE_MS


def test_absence_and_meetings_together_leave_what_the_file_says(scenario):
    """Additive: 20 % of the hours away and 10 % in meetings leave 70 % on the phones."""
    total, full = 0, 12 * 5 * 7 * HOUR_MS
    shrinkage = {"sickness": "20 %", "meetings": "10 %"}
    for number in range(60):
        one = rosters(scenario, number, shrinkage=shrinkage)
        week = one.at_ms < 7 * DAY_MS
        sign = (one.what == SHIFT_END).astype(np.int64) - (one.what == SHIFT_START)
        total += int((one.at_ms * sign - one.length_ms)[week].sum())
    assert total / (60 * full) == pytest.approx(0.7, abs=4 * 0.7 / 0.8 * sqrt(0.16 / (60 * 60)))


def test_one_head_more_leaves_the_days_of_the_others_as_they_were(scenario):
    few, more = (started(rosters(scenario, 3, heads=heads, shrinkage={"sickness": "30 %"}), 13) for heads in (12, 13))
    np.testing.assert_array_equal(few[:12], more[:12])
    assert more[12].any()


@pytest.mark.parametrize("working_time", [{}, {"working_time": {"rotation": ["early", "late"]}}])
def test_both_engines_give_the_same_log(scenario, working_time):
    """With shifts that overlap, breaks, meetings and absence, leavers and emails, on a tick of 1 s."""
    values = {
        **OPEN,
        "tick": "1 s",
        "horizon": "3 days",
        "queues.calls.arrivals": {"per_week": 1500, "volume_is": "first"},
        "teams.advisers": TEAM
        | {
            "shrinkage": {"sickness": "20 %", "meetings": "10 %"},
            "shifts": {"early": DAY["day"], "late": DAY["day"] | {"start": "09:30"}},
            "attrition": {"rate": "300 % per year"},
            **working_time,
        },
    }
    compiled = compile_centre(scenario(values, emails=True)).staffed()
    (fast,), (slow,) = (list(simulate(compiled, 1, [5], engine, log=True)) for engine in ("fast", "reference"))
    assert len(fast.log) > 800
    np.testing.assert_array_equal(fast.log, slow.log)


def test_people_take_turns(scenario):
    """Half of them begin at 09:00 in one week and at 09:30 in the next, whatever the month; the others the other way.

    Without it everybody keeps a shift for a month.
    """
    shifts = {"early": DAY["day"], "late": DAY["day"] | {"start": "09:30", "length": "7 h 30 min"}}
    for rotation in ([], ["early", "late"]):
        team = {"shifts": shifts, "working_time": {"rotation": rotation}}
        one = rosters(scenario, values={"horizon": "2 weeks"}, **team)
        starts = (one.what == SHIFT_START) & (one.at_ms < DAYS * DAY_MS)
        times = np.zeros((12, DAYS), np.int64)
        times[one.agent[starts], one.at_ms[starts] // DAY_MS] = one.at_ms[starts] % DAY_MS // MINUTE_MS
        weeks = times.reshape(12, 2, 7)[:, :, :5]
        assert (weeks == weeks[:, :, :1]).all()
        changes = weeks[:, 0, 0] != weeks[:, 1, 0]
        assert changes.all() if rotation else not changes.any()
        if rotation:
            assert sorted(weeks[:, 0, 0].tolist()) == [540] * 6 + [570] * 6


def test_nobody_begins_before_the_day_before_is_over():
    """Two people, three days: the first one's second day begins at the end of the night before, and is lost alone."""
    start = np.array([[[22, 25], [30, 33], [54, 57]], [[22, 25], [31, 33], [54, 57]]]) * HOUR_MS
    end = np.array([[[24, 30], [32, 36], [56, 60]], [[24, 30], [32, 36], [56, 60]]]) * HOUR_MS
    shifts, breaks = as_spells(start, end, np.ones(start.shape, np.bool_))
    assert (shifts.agent.tolist(), (shifts.start_ms // HOUR_MS).tolist()) == ([0, 0, 1, 1, 1], [22, 54, 22, 31, 54])
    assert (breaks.start_ms // HOUR_MS).tolist() == [24, 56, 24, 32, 56]
    assert (breaks.end_ms // HOUR_MS).tolist() == [25, 57, 25, 33, 57]
