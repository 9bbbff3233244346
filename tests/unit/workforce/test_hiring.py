"""Hiring policies by hand, in teams that nobody leaves unless said."""

import math

import numpy as np
import pytest

from sim.workforce.attrition import Attrition
from sim.workforce.draws import MOST_HEADS, Source, new_seats
from sim.workforce.hiring import HiringPlan
from sim.workforce.people import NEVER, simulate_people
from sim.workforce.plan import TeamPlan
from sim.workforce.ramp import RampCurve
from sim.workforce.tenure import given

NOBODY_LEAVES = Attrition.of_average_heads(0)


def people(hiring, *, heads=3, days=100, training_days=0, attrition=NOBODY_LEAVES, replication=0):
    attrition = Attrition(attrition.edges_days, attrition.rates_per_year, training_days)
    plan = TeamPlan("team", given([500] * heads), RampCurve(training_days, 1.0, training_days), attrition, hiring)
    return simulate_people(plan, days, 1, replication)


def hires(found):
    return {int(day): int(found.hires[day]) for day in np.flatnonzero(found.hires)}


def test_classes_come_on_their_days():
    found = people(HiringPlan(((5, 2), (5, 1), (40, 4), (200, 9))), training_days=20)
    assert hires(found) == {5: 3, 40: 4}
    np.testing.assert_array_equal(found.hired_day, [-500] * 3 + [5] * 3 + [40] * 4)
    np.testing.assert_array_equal(found.trained_day[3:], [25] * 3 + [60] * 4)
    assert np.all(found.leaves_day == NEVER)
    assert not found.lost_in_training.any()
    np.testing.assert_array_equal(found.in_training[[4, 5, 24, 25, 40, 59, 60]], [0, 3, 3, 0, 4, 4, 0])
    np.testing.assert_array_equal(found.on_the_job[[24, 25, 59, 60]], [3, 6, 6, 10])
    np.testing.assert_array_equal(found.heads[[4, 5, 40]], [3, 6, 10])


def test_a_class_too_large_is_spread_over_days():
    assert hires(people(HiringPlan(((5, 10),), class_size=4))) == {5: 4, 6: 4, 7: 2}


def test_without_room_people_wait_until_training_is_over():
    hiring = HiringPlan(((5, 10), (6, 1)), class_size=4, trainers=1)
    assert hires(people(hiring, training_days=10)) == {5: 4, 15: 4, 25: 3}
    two = HiringPlan(((5, 10), (6, 1)), class_size=4, trainers=2)
    found = people(two, training_days=10)
    assert hires(found) == {5: 8, 15: 3}
    # Who was due first starts first: the class of day 6 comes last.
    assert found.seat[-1] == new_seats(6, Source.CLASS, 0, 1)[0]


def test_people_start_on_start_days_and_with_classes():
    hiring = HiringPlan(((5, 10), (30, 1)), class_size=4, start_days=(12,))
    assert hires(people(hiring)) == {5: 4, 12: 4, 30: 3}
    assert hires(people(HiringPlan(((5, 10), (30, 1)), class_size=4, start_days=()))) == {5: 4, 30: 4}


def test_growth_hires_what_is_missing_to_the_path():
    # Targets 3, 5.5 -> 6, 8, 10.5 -> 11; the class of day 40 is in the way of the third.
    hiring = HiringPlan(((40, 1),), net_per_month=2.5, month_starts=(0, 31, 59, 90))
    assert hires(people(hiring)) == {31: 3, 40: 1, 59: 1, 90: 3}
    # The first month has begun before the horizon does: the first start in it counts.
    assert hires(people(HiringPlan(net_per_month=2, month_starts=(10, 41)))) == {10: 2, 41: 2}
    assert hires(people(HiringPlan(net_per_month=-2, month_starts=(10, 41)))) == {}


def test_growth_counts_those_who_are_on_the_way():
    # Room for one a day from the class of day 30 on: on day 31 four are still to come, so only one is missing.
    hiring = HiringPlan(((30, 5),), net_per_month=6, month_starts=(31,), class_size=1)
    assert hires(people(hiring)) == dict.fromkeys(range(30, 36), 1)
    # All three are away before the month begins, and are replaced later.
    gone = Attrition((0, 501, 502), (0.0, 1e5, 0.0))
    hiring = HiringPlan(net_per_month=2, month_starts=(31,), replace_after_days=40)
    assert hires(people(hiring, attrition=gone, days=100)) == {31: 2, 42: 3}
    # So are they if the horizon ends before.
    assert hires(people(hiring, attrition=gone, days=35)) == {31: 2}


def gaps(found):
    """Days from each leaver's first day away to the replacement's hire, by (seat, turn) of the leaver."""
    keys = list(zip(found.seat.tolist(), found.turn.tolist(), strict=True))
    assert len(set(keys)) == len(keys)
    hired = dict(zip(keys, found.hired_day.tolist(), strict=True))
    left = dict(zip(keys, found.leaves_day.tolist(), strict=True))
    assert all((seat, turn - 1) in left for seat, turn in keys if turn)
    return {(seat, turn): hired[seat, turn + 1] - left[seat, turn] for seat, turn in keys if (seat, turn + 1) in hired}


def test_replacements_take_the_seats_of_leavers():
    found = people(HiringPlan(replace_after_days=15), heads=40, days=300, attrition=Attrition((0,), (4.0,)))
    assert set(gaps(found).values()) == {15}
    assert len(gaps(found)) == np.count_nonzero(found.leaves_day + 15 < 300) > 100
    assert set(found.seat.tolist()) == set(range(40))


def test_who_is_replaced_at_once_leaves_no_gap():
    found = people(HiringPlan(replace_after_days=0), heads=40, days=300, attrition=Attrition((0,), (4.0,)))
    np.testing.assert_array_equal(found.heads, np.full(300, 40))


@pytest.mark.parametrize(("notice_days", "gap"), [(10, 5), (15, 0), (90, 0)])
def test_notice_shortens_the_gap_but_not_below_nothing(notice_days, gap):
    hiring = HiringPlan(replace_after_days=15, notice_days=notice_days, notice_share=0.5)
    assert set(gaps(people(hiring, heads=40, days=300, attrition=Attrition((0,), (4.0,)))).values()) == {15, gap}


def test_who_is_lost_in_training_gives_no_notice():
    attrition = Attrition((0,), (0.0,), training_days=30, lost_in_training=0.999999)
    hiring = HiringPlan(((0, 50),), replace_after_days=20, notice_days=20)
    found = simulate_people(TeamPlan("team", given([]), RampCurve(30, 1.0, 30), attrition, hiring), 300, 1, 0)
    assert found.lost_in_training.all()
    assert set(gaps(found).values()) == {20}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"classes": ((9, 1), (3, 1))}, r"days of classes must be 0 or more and ascend \(got 9, 3\)"),
        ({"classes": ((-1, 1),)}, "days of classes must be 0 or more"),
        ({"classes": ((1, -1),)}, "a class must have 0 heads or more"),
        ({"month_starts": (3, 3), "net_per_month": 1}, "days of month_starts must be 0 or more and ascend"),
        ({"start_days": (3, 1)}, "days of start_days must be 0 or more and ascend"),
        ({"net_per_month": math.inf, "month_starts": (0,)}, "net_per_month must be finite"),
        ({"net_per_month": 1}, "give both or neither"),
        ({"month_starts": (0,)}, "give both or neither"),
        ({"notice_share": 1.5}, "notice_share must be between 0 and 1"),
        ({"notice_days": -1}, "notice_days must be 0 or more"),
        ({"replace_after_days": -1}, "replace_after_days must be 0 or more"),
        ({"class_size": 0}, "class_size must be 1 or more"),
        ({"trainers": 0, "class_size": 3}, "trainers must be 1 or more"),
        ({"trainers": 2}, "trainers need a class_size"),
    ],
)
def test_what_cannot_be_is_refused(values, message):
    with pytest.raises(ValueError, match=message):
        HiringPlan(**values)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"tenure_days": np.array([1, 2])}, "longest-serving first"),
        ({"tenure_days": np.array([2, -1])}, "longest-serving first"),
        ({"tenure_days": np.array([2.5])}, "whole days"),
        ({"tenure_days": np.zeros(MOST_HEADS + 1, np.int64)}, "no more than 524288 heads"),
        ({"ramp": RampCurve(9, 1.0, 9)}, "the ramp has 9 days of training, attrition 0"),
    ],
)
def test_parts_that_do_not_fit_are_refused(values, message):
    parts = {"tenure_days": given([1]), "ramp": RampCurve(0, 1.0, 0), "attrition": NOBODY_LEAVES}
    with pytest.raises(ValueError, match=message):
        TeamPlan("team", **(parts | values))


def test_horizons_and_hires_out_of_range_are_refused():
    for days in (0, 4096):
        with pytest.raises(ValueError, match="days must be between 1 and 4095"):
            people(HiringPlan(), days=days)
    with pytest.raises(ValueError, match="no more than 524288 heads can be hired on a day"):
        people(HiringPlan(((1, MOST_HEADS), (1, 1))))
    with pytest.raises(ValueError, match="replication must be between"):
        people(HiringPlan(), replication=-1)
    with pytest.raises(ValueError, match="hires must come on days from 0"):
        new_seats(4095, Source.CLASS, 0, 1)
