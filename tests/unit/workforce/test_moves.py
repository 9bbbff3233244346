"""People who move between teams: by hand, by what others are drawn, and by what is to be expected."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from sim.workforce.attrition import Attrition
from sim.workforce.draws import Source, new_seats
from sim.workforce.expected import expected_of_teams
from sim.workforce.hiring import HiringPlan
from sim.workforce.people import simulate_people, simulate_teams
from sim.workforce.plan import NEVER, Kind, Known, Move, TeamPlan
from sim.workforce.ramp import RampCurve
from sim.workforce.tenure import given

STAY = Attrition((0.0,), (0.0,), training_days=20)
LEAVE = Attrition.of_average_heads(0.5, training_days=20, lost_in_training=0.1)
RAMP = RampCurve(20, 0.5, 100)
FULL, PART = 35 * 3_600_000, 28 * 3_600_000
FAMILY_ERROR = 0.001


def teams(attrition=STAY, **of_experts):
    advisers = TeamPlan("advisers", given([400, 300, 200, 90, 30]), RAMP, attrition)
    return [advisers, TeamPlan("experts", given([900]), RAMP, replace(attrition), **of_experts)]


def of(people, name):
    return getattr(people, name).tolist()


def test_the_longest_serving_past_the_ramp_go_by_hand():
    move = Move(50, "advisers", "experts", 2, training_days=14)
    advisers, experts = simulate_teams(teams(), [move], 120, 1, 0)
    assert of(advisers, "leaves_day") == [50, 50, NEVER, NEVER, NEVER]
    assert of(advisers, "moved_out") == [True, True, False, False, False]
    assert advisers.heads[[49, 50]].tolist() == [5, 3]
    assert of(experts, "hired_day") == [-900, -400, -300]
    assert of(experts, "joined_day") == [0, 50, 50]
    assert experts.heads[[49, 50, 119]].tolist() == [1, 3, 3]
    assert experts.in_training[[49, 50, 63, 64]].tolist() == [0, 2, 2, 0]
    assert experts.on_the_job[[50, 63, 64]].tolist() == [1, 1, 3]
    assert experts.productive_fte[[50, 63, 64]].tolist() == [1, 1, 3]  # their tenure goes along
    for people, moved_in, moved_out in ((advisers, 0, 2), (experts, 2, 0)):
        assert (people.hires.sum(), people.leavers.sum()) == (0, 0)
        assert (people.moves_in.sum(), people.moves_out.sum()) == (moved_in, moved_out)


def test_the_newest_past_the_ramp_go_and_no_more_than_there_are():
    newest = Move(50, "advisers", "experts", 1, who="newest")
    _, experts = simulate_teams(teams(), [newest], 120, 1, 0)
    assert of(experts, "hired_day") == [-900, -90]  # 140 days on day 50; the one of 80 days is still on the ramp
    advisers, experts = simulate_teams(teams(), [replace(newest, heads=9)], 120, 1, 0)
    assert (advisers.heads[-1], experts.heads[-1]) == (1, 5)


def test_who_moves_twice_is_in_one_team_at_a_time():
    there = Move(30, "advisers", "experts", 2, training_days=5)
    back = Move(60, "experts", "advisers", 3, training_days=5)
    advisers, experts = simulate_teams(teams(), [there, back], 100, 1, 0)
    assert (advisers.heads + experts.heads).tolist() == [6] * 100
    assert (advisers.heads[-1], experts.heads[-1]) == (6, 0)


def test_a_move_changes_nobody_s_stay():
    """Not those of others, nor their replacements', nor, at the same rates, that of those who move."""
    hiring = HiringPlan(replace_after_days=10)
    plans = [replace(plan, hiring=hiring) for plan in teams(LEAVE)]
    for replication in range(20):
        alone = [simulate_people(plan, 700, 3, replication) for plan in plans]
        moved = simulate_teams(plans, [Move(200, "advisers", "experts", 2, 14)], 700, 3, replication)
        for before, after, name in zip(alone, moved, ("advisers", "experts"), strict=True):
            stays = {
                (seat, turn): leaves
                for seat, turn, leaves in zip(before.seat, before.turn, before.leaves_day, strict=True)
            }
            for seat, turn, leaves, moved_in, moved_out in zip(
                after.seat, after.turn, after.leaves_day, after.moved_in, after.moved_out, strict=True
            ):
                if turn < 1 << 20 and not moved_out and not moved_in:
                    assert stays[seat, turn] == leaves, name
        advisers, experts = moved
        left = {
            seat: leaves
            for seat, turn, leaves in zip(alone[0].seat, alone[0].turn, alone[0].leaves_day, strict=True)
            if turn == 0
        }
        movers = advisers.seat[advisers.moved_out & (advisers.turn == 0)]
        arrived = experts.seat[experts.moved_in]
        assert set(movers) <= set(arrived)
        for seat, leaves in zip(arrived, experts.leaves_day[experts.moved_in], strict=True):
            if seat in movers:
                assert leaves == left[seat]


def test_who_moves_is_replaced_where_they_leave_from():
    """Not by the team that they moved away from."""
    plans = [
        replace(plan, hiring=HiringPlan(replace_after_days=0))
        for plan in teams(Attrition.of_average_heads(2.0, training_days=20))
    ]
    advisers, experts = simulate_teams(plans, [Move(1, "advisers", "experts", 2)], 900, 5, 1)
    assert advisers.heads[[0, 1, 899]].tolist() == [5, 3, 3]
    assert experts.heads[[0, 1, 899]].tolist() == [1, 3, 3]


def test_other_rates_count_from_the_move_on():
    """Nobody leaves the first team; those moved leave by the second's rates: S(t + d) / S(t)."""
    heads, rate = 4_000, Attrition.of_average_heads(0.8, training_days=20)
    plans = [TeamPlan("a", np.full(heads, 300), RAMP, STAY), TeamPlan("b", given([]), RAMP, rate)]
    _, joined = simulate_teams(plans, [Move(0, "a", "b", heads)], 300, 9, 0)
    day = np.arange(300)
    truth = rate.survival(300 + day) / rate.survival(300)
    there = joined.heads / heads
    assert np.abs(there - truth).max() <= math.sqrt(math.log(2 / FAMILY_ERROR) / (2 * heads))


def test_means_are_the_expected_paths():
    """Moves of fewer than are sure to be there, a known leaver, part-timers and a class."""
    kinds = (Kind(FULL), Kind(PART))
    advisers = TeamPlan(
        "advisers",
        given([900, 800, 700, 600, 500, 400, 300, 60]),
        RAMP,
        LEAVE,
        HiringPlan(((30, 4),)),
        kinds=kinds,
        hired_kinds=(0.5, 0.5),
        head_ms=float(FULL),
        known={0: Known(1), 1: Known(0, leaves_day=90), 2: Known(1), 5: Known(1)},
    )
    experts = TeamPlan("experts", given([1_000]), RAMP, Attrition.of_average_heads(0.3, training_days=20))
    moves = [Move(60, "advisers", "experts", 2, 14)]
    expected = expected_of_teams([advisers, experts], moves, 250)
    days, replications = [0, 29, 45, 59, 60, 73, 74, 89, 90, 150, 249], 400
    names = ("heads", "in_training", "on_the_job", "productive_fte")
    truth = np.array([[getattr(path, name)[days] for name in names] for path in expected])
    drawn = np.array(
        [
            [
                [getattr(people, name)[days] for name in names]
                for people in simulate_teams([advisers, experts], moves, 250, 13, r)
            ]
            for r in range(replications)
        ]
    )
    half_width = (
        stats.t.ppf(1 - FAMILY_ERROR / (2 * truth.size), replications - 1)
        * drawn.std(axis=0, ddof=1)
        / math.sqrt(replications)
    )
    # Who moves is taken from the longest-serving who are there: expected numbers take parts of those who may not be.
    slack = np.where(np.array(days) >= 60, 0.03, 0.0)
    assert np.all(np.abs(drawn.mean(axis=0) - truth) <= half_width + slack + 1e-9)


def test_known_leavers_and_hires_by_hand():
    (seat,) = new_seats(40, Source.CLASS, 0, 1).tolist()
    plan = TeamPlan(
        "team",
        given([500, 400]),
        RAMP,
        STAY,
        HiringPlan(((40, 1), (40, 2))),
        kinds=(Kind(FULL), Kind(PART)),
        hired_kinds=(1.0,),
        head_ms=float(FULL),
        known={1: Known(0, leaves_day=25), seat: Known(1, leaves_day=80)},
    )
    found = simulate_people(plan, 120, 1, 0)
    assert found.heads[[24, 25, 40, 79, 80]].tolist() == [2, 1, 4, 4, 3]
    assert found.kind.tolist() == [0, 0, 1, 0, 0]
    assert found.contracts_ms[[0, 40]].tolist() == [2 * FULL, 3 * FULL + PART]
    assert found.hours_on_the_job[[39, 60]].tolist() == [1, pytest.approx(3.8)]
    assert found.leavers.sum() == 2


def test_a_team_that_there_is_for_some_days():
    hiring = HiringPlan(((5, 1), (30, 2)), replace_after_days=0)
    plan = TeamPlan("team", given([50, 40]), RAMP, LEAVE, hiring, first_day=10, end_day=70)
    found = simulate_people(plan, 100, 2, 0)
    assert found.heads[[9, 10, 29, 30, 69, 70, 99]].tolist() == [0, 2, 2, 4, 4, 0, 0]
    assert (found.today, found.hires[30], found.hires[:30].sum()) == (2, 2, 0)
    assert found.tenure_days(10)[:2].tolist() == [50, 40]


def test_hires_have_the_contracts_of_the_mix():
    """Two in five part-time, within a binomial's band."""
    plan = TeamPlan(
        "team", given([]), RAMP, STAY, HiringPlan(((0, 2_000),)), (Kind(FULL), Kind(PART)), (0.6, 0.4), FULL
    )
    part = int((simulate_people(plan, 5, 8, 0).kind == 1).sum())
    low, high = stats.binom.interval(1 - FAMILY_ERROR, 2_000, 0.4)
    assert low <= part <= high


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"hired_kinds": (0.5,)}, "hired_kinds must be shares"),
        ({"hired_kinds": (0.5, 0.5)}, "hired_kinds must be shares"),
        ({"known": {0: Known(3)}}, "a kind that there isn't"),
        ({"first_day": 9, "end_day": 9}, "a day or more"),
    ],
)
def test_parts_that_don_t_fit(parts, message):
    with pytest.raises(ValueError, match=message):
        TeamPlan("team", given([5]), RAMP, STAY, **parts)
