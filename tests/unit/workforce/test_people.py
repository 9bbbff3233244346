"""What holds for everybody's dates, whatever the plan; and the draws that they come from."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as tried
from hypothesis import strategies as st

from sim.common.streams import contact_words, random_key, stream_id, uniform
from sim.workforce.attrition import Attrition
from sim.workforce.draws import BLOCK_PERSON, MOST_DAYS, MOST_HEADS, Source, new_seats
from sim.workforce.hiring import HiringPlan
from sim.workforce.people import simulate_people
from sim.workforce.plan import TeamPlan
from sim.workforce.ramp import RampCurve
from sim.workforce.tenure import given
from tests.support.random_teams import HORIZON_DAYS, team_plans

SEEDS = st.integers(0, 2**32 - 1)


def dates(found):
    """Dates of everybody, by seat and turn."""
    keys = zip(found.seat.tolist(), found.turn.tolist(), strict=True)
    return dict(zip(keys, zip(found.hired_day.tolist(), found.leaves_day.tolist(), strict=True), strict=True))


def simulated(plan, seed=1, days=HORIZON_DAYS):
    return simulate_people(plan, days, seed, 0)


@tried(team_plans(), SEEDS)
def test_accounts_agree(plan, seed):
    found = simulated(plan, seed)
    before = np.concatenate([[plan.tenure_days.size], found.heads[:-1]])
    np.testing.assert_array_equal(found.heads, before + found.hires - found.leavers)
    np.testing.assert_array_equal(found.heads, found.in_training + found.on_the_job)
    assert found.leavers[0] == 0
    for day in (0, 60, HORIZON_DAYS - 1):
        tenure = found.tenure_days(day)
        there = (tenure >= 0) & (found.leaves_day > day)
        assert found.heads[day] == there.sum()
        assert found.in_training[day] == (there & (day < found.trained_day)).sum()
        proficiency = found.proficiency(day)
        np.testing.assert_array_equal(proficiency, np.where(there, plan.ramp.proficiency(tenure), 0.0))
        assert found.productive_fte[day] == pytest.approx(proficiency.sum())
        assert found.productive_fte[day] <= found.on_the_job[day] + 1e-9


@tried(team_plans(), SEEDS)
def test_dates_are_in_order(plan, seed):
    found = simulated(plan, seed)
    n = plan.tenure_days.size
    assert found.today == n
    np.testing.assert_array_equal(found.hired_day[:n], -plan.tenure_days)
    np.testing.assert_array_equal(found.seat[:n], np.arange(n))
    assert np.all(np.diff(found.hired_day) >= 0)
    assert np.all(found.hired_day[n:] >= 0)
    assert np.all(found.leaves_day > np.maximum(found.hired_day, 0))
    np.testing.assert_array_equal(found.trained_day, found.hired_day + plan.ramp.training_days)
    np.testing.assert_array_equal(found.lost_in_training, found.leaves_day <= found.trained_day)
    if plan.attrition.lost_in_training == 0:
        assert not found.lost_in_training.any()
    assert len(dates(found)) == found.seat.size


@tried(team_plans(feedback=False), SEEDS, st.integers(0, 130), st.integers(1, 9))
def test_another_class_leaves_everybody_else_as_they_are(plan, seed, day, heads):
    before = dates(simulated(plan, seed))
    classes = tuple(sorted([*plan.hiring.classes, (day, heads)], key=lambda one: one[0]))
    after = dates(simulated(replace(plan, hiring=replace(plan.hiring, classes=classes)), seed))
    assert before.items() <= after.items()
    new = [key for key in after if key not in before]
    assert len([turn for _, turn in new if turn == 0]) == (heads if day < HORIZON_DAYS else 0)


@tried(team_plans(), SEEDS, st.integers(1, HORIZON_DAYS))
def test_a_longer_horizon_only_adds(plan, seed, days):
    short, long = simulated(plan, seed, days), simulated(plan, seed)
    for name in ("heads", "in_training", "on_the_job", "hires", "leavers"):
        np.testing.assert_array_equal(getattr(short, name), getattr(long, name)[:days], err_msg=name)
    np.testing.assert_allclose(short.productive_fte, long.productive_fte[:days], atol=1e-12)
    assert dates(short).items() <= dates(long).items()


@tried(team_plans(), SEEDS)
def test_caps_are_respected(plan, seed):
    found, hiring = simulated(plan, seed), plan.hiring
    days = np.flatnonzero(found.hires)
    if hiring.class_size is not None:
        most = hiring.class_size * (hiring.trainers or 1)
        assert np.all(found.hires <= most)
        if hiring.trainers is not None:
            assert np.all(found.in_training[days] <= most)
    if hiring.start_days is not None:
        assert {*days.tolist()} <= {*hiring.start_days, *(day for day, _ in hiring.classes)}


@tried(team_plans(), SEEDS)
def test_a_target_of_growth_is_reached_where_nothing_holds_it_up(plan, seed):
    hiring = replace(
        plan.hiring, net_per_month=2.0, month_starts=(0, 31, 59, 90), class_size=None, trainers=None, start_days=None
    )
    hiring = replace(hiring, replace_after_days=None)
    found = simulated(replace(plan, hiring=hiring), seed)
    for month, day in enumerate(hiring.month_starts):
        assert found.heads[day] >= plan.tenure_days.size + 2 * month
        if found.heads[day] > plan.tenure_days.size + 2 * month:
            assert found.hires[day] == sum(heads for at, heads in hiring.classes if at == day)


def test_a_person_s_dates_come_from_the_words_of_its_seat_and_turn():
    attrition = Attrition((0, 60), (2.0, 1.0), training_days=30, lost_in_training=0.2)
    hiring = HiringPlan(((9, 5),), replace_after_days=12, notice_days=7, notice_share=0.4)
    plan = TeamPlan("north", given([700, 300, 50, 10]), RampCurve(30, 0.5, 90), attrition, hiring)
    found = simulate_people(plan, 700, 7, 3)
    key, stream, by_key = random_key(7, 3), stream_id("north/people"), dates(found)
    assert found.turn.max() > 1
    for (seat, turn), (hired, leaves) in by_key.items():
        words = contact_words(key, seat, 0, stream, turn, BLOCK_PERSON)
        known = max(-hired, 0)
        remaining = float(attrition.remaining_days(known, uniform(words[0])))
        assert leaves == max(hired, 0) + np.ceil(remaining)
        if (seat, turn + 1) in by_key:
            notice = 7 if uniform(words[1]) < 0.4 and leaves > hired + 30 else 0
            assert by_key[seat, turn + 1][0] == leaves + 12 - notice


def test_teams_replications_and_seeds_differ_and_repeat():
    plan = TeamPlan("a", given([200] * 50), RampCurve(0, 1.0, 0), Attrition.of_average_heads(1.0))
    leaves = [
        simulate_people(one, 50, seed, replication).leaves_day.tolist()
        for one, seed, replication in ((plan, 1, 0), (plan, 1, 1), (plan, 2, 0), (replace(plan, name="b"), 1, 0))
    ]
    assert len({tuple(row) for row in leaves}) == 4
    assert simulate_people(plan, 50, 1, 0).leaves_day.tolist() == leaves[0]


def test_seats_have_numbers_of_their_own_that_fit_into_a_word():
    ends = [
        new_seats(day, source, first, 1)[0]
        for day in (0, 1, MOST_DAYS - 1)
        for source in (Source.CLASS, Source.GROWTH)
        for first in (0, MOST_HEADS - 1)
    ]
    assert len(set(ends)) == len(ends)
    assert ends == sorted(ends)
    assert ends[0] >= MOST_HEADS
    assert ends[-1] == 2**32 - 1


def test_nobody_at_all():
    found = simulate_people(TeamPlan("none", given([]), RampCurve(0, 1.0, 0), Attrition.of_average_heads(1.0)), 5, 1, 0)
    assert found.seat.size == 0
    np.testing.assert_array_equal(found.heads, np.zeros(5))
    np.testing.assert_array_equal(found.productive_fte, np.zeros(5))
