"""The integer programmes against closed forms, a textbook, explicit set covering and every schedule there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement, product
from math import ceil

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from sim.shifts.layout import WeekLayout, lay_out
from sim.shifts.programme import CannotCoverError, WeekSchedule, best_fit, fewest_heads
from sim.shifts.shift import DAY_MS, HOUR_MS, Break, Shift, WeekRules

H = HOUR_MS
QUARTER = H // 4
EVERY_DAY = tuple(range(7))
RULES = WeekRules(5, 40 * H, 11 * H, 35 * H, 6, same_start=True, days_off_together=False)
ONE_DAY = replace(RULES, days=1)


def a_day_each(rules: WeekRules = RULES) -> WeekLayout:
    """One shift a day, and one piece."""
    days = np.arange(7, dtype=np.int64) * DAY_MS + 8 * H
    return lay_out([Shift("day", 8 * H, 8 * H, EVERY_DAY)], rules, days, days + 8 * H)


def test_days_off_of_the_textbook():
    """The post office of W. L. Winston's Operations Research (two days off together): 23 people, 22 1/3 in parts."""
    found = fewest_heads(a_day_each(replace(RULES, days_off_together=True)), np.array([17.0, 13, 15, 19, 14, 16, 11]))
    assert found.schedule.heads == 23
    assert found.linear_bound == pytest.approx(67 / 3)


@pytest.mark.parametrize("case", range(30))
def test_days_off_in_closed_form(case):
    """Any two days off: max(max n, ceil(sum n / 5)) (R. N. Burns, M. W. Carter, "Work force size and single shift
    schedules with variable demands", Management Science 31, 1985). Of W people who work every k-th Saturday and Sunday
    W / k may be there then; W do if that is enough, and all days together have room for five days of each."""
    rng = np.random.default_rng(case)
    wanted = rng.integers(0, 30, 7)
    free = max(wanted.max(), ceil(wanted.sum() / 5))
    assert fewest_heads(a_day_each(), wanted.astype(float)).schedule.heads == free
    every = np.array([1, 1, 1, 1, 1, *rng.integers(1, 4, 2)])
    turns = fewest_heads(a_day_each(replace(RULES, every=tuple(every.tolist()))), wanted.astype(float))
    enough = next(w for w in range(free, 999) if (w // every >= wanted).all() and (w // every).sum() >= 5 * w)
    assert turns.schedule.heads == enough


def shifts_of_a_day(rng: np.random.Generator) -> list[Shift]:
    """With none, one or two breaks whose windows don't overlap."""
    shifts = []
    for number in range(rng.integers(2, 5)):
        start, length = 8 * H + int(rng.integers(0, 9)) * QUARTER, int(rng.integers(16, 24)) * QUARTER
        lunch = Break("lunch", 2 * QUARTER, False, start + 5 * QUARTER, start + (8 + int(rng.integers(0, 4))) * QUARTER)
        pause = Break("pause", QUARTER, True, lunch.until_ms, lunch.until_ms + int(rng.integers(1, 4)) * QUARTER)
        shifts.append(Shift(f"s{number}", start, length, (0,), (lunch, pause)[: rng.integers(0, 3)]))
    return shifts


def explicit_columns(shifts: list[Shift]) -> Iterator[np.ndarray]:
    """Who is there in each quarter hour of the day, for every shift and every choice of its breaks (Dantzig)."""
    for shift in shifts:
        for begins in product(*(one.starts_ms for one in shift.breaks)):
            column = np.zeros(96)
            column[shift.start_ms // QUARTER : shift.end_ms // QUARTER] = 1
            for one, begin in zip(shift.breaks, begins, strict=True):
                column[begin // QUARTER : (begin + one.length_ms) // QUARTER] = 0
            yield column


@pytest.mark.parametrize("case", range(30))
def test_breaks_by_count_are_as_good_as_by_person(case):
    """Aykin's programme and Dantzig's, which has a column for each choice of breaks, need the same number."""
    rng = np.random.default_rng(100 + case)
    shifts = shifts_of_a_day(rng)
    columns = np.array(list(explicit_columns(shifts))).T
    able = columns.max(axis=1) > 0
    wanted = np.where(able, rng.integers(0, 7, 96), 0)
    by_person = milp(np.ones(columns.shape[1]), integrality=1, constraints=LinearConstraint(columns, wanted, np.inf))
    quarters = np.arange(96, dtype=np.int64) * QUARTER
    layout = lay_out(shifts, ONE_DAY, quarters, quarters + QUARTER)
    found = fewest_heads(layout, wanted.astype(float))
    assert found.schedule.heads == round(by_person.fun)
    assert found.linear_bound <= found.bound + 1e-6 <= found.schedule.heads + 1e-5
    assert (found.schedule.on_duty >= wanted).all()
    assert (found.schedule.on_duty == painted(found.schedule)).all()


def painted(schedule: WeekSchedule) -> np.ndarray:
    """People on duty by quarter hour of Monday, painted shift by shift."""
    day, layout = np.zeros(96), schedule.layout
    for people, tour in zip(schedule.people, layout.tours, strict=True):
        if tour[0] is not None:
            shift = layout.shifts[tour[0]]
            day[shift.start_ms // QUARTER : shift.end_ms // QUARTER] += people
    for people, one in zip(schedule.breaks, layout.break_starts, strict=True):
        length = layout.shifts[layout.duties[one.duty].shift].breaks[one.place].length_ms
        day[one.start_ms // QUARTER : (one.start_ms + length) // QUARTER] -= people
    return day


def test_everybody_has_every_break():
    rng = np.random.default_rng(7)
    shifts = [one for one in shifts_of_a_day(rng) if one.breaks]
    quarters = np.arange(96, dtype=np.int64) * QUARTER
    layout = lay_out(shifts, ONE_DAY, quarters, quarters + QUARTER)
    able = layout.duty_covers.sum(axis=1) > 0
    schedule = fewest_heads(layout, np.where(able, 3.0, 0.0)).schedule
    for duty, people in enumerate(schedule.duty_people):
        for place in range(len(layout.shifts[layout.duties[duty].shift].breaks)):
            begun = [n for n, one in zip(schedule.breaks, layout.break_starts, strict=True) if one[:2] == (duty, place)]
            assert sum(begun) == people


def test_a_moment_that_no_shift_covers():
    layout = a_day_each()
    with pytest.raises(CannotCoverError) as raised:
        fewest_heads(lay_out(layout.shifts, RULES, np.array([0, 8 * H]), np.array([H, 9 * H])), np.array([2.0, 2.0]))
    assert raised.value.pieces.tolist() == [0]


@pytest.mark.parametrize("case", range(15))
def test_the_best_fit_of_all_schedules_there_are(case):
    """Every way in which a few people may work and have their breaks, valued one by one."""
    rng = np.random.default_rng(200 + case)
    shifts = shifts_of_a_day(rng)[:3]
    heads = int(rng.integers(1, 4))
    quarters = np.arange(96, dtype=np.int64) * QUARTER
    layout = lay_out(shifts, ONE_DAY, quarters, quarters + QUARTER)
    first, second = rng.uniform(2, 3, 96), rng.uniform(0, 2, 96)
    worth = [(np.ones(96), first), (np.ones(96), second)]
    values = np.array([np.zeros(96), first, first + second, first + second])
    columns = np.array(list(explicit_columns(shifts)))
    best = max(
        values[np.minimum(columns[list(chosen)].sum(axis=0), 3).astype(int), np.arange(96)].sum()
        for chosen in combinations_with_replacement(range(len(columns)), heads)
    )
    schedule = best_fit(layout, heads, worth)
    assert schedule.heads == heads
    found = values[np.minimum(painted(schedule), 3).astype(int), np.arange(96)].sum()
    assert best * (1 - 1.1e-4) <= found <= best + 1e-9


def test_nights_go_on_in_the_next_day_and_week():
    """From 22:00 to 06:00 every night: on Monday morning those of Sunday."""
    hours = np.arange(168, dtype=np.int64) * H
    night = Shift("night", 22 * H, 8 * H, EVERY_DAY, (Break("meal", H, False, 25 * H, 27 * H),))
    layout = lay_out([night], RULES, hours, hours + H)
    wanted = np.where((hours // H) % 24 == 0, 2.0, 0.0)
    schedule = fewest_heads(layout, layout.at(hours, hours + H, wanted)).schedule
    assert schedule.heads == ceil(7 * 2 / 5)
    there = schedule.on_duty
    assert (there[layout.start_ms % DAY_MS == 0] >= 2).all()
    assert not there[(layout.start_ms % DAY_MS >= 6 * H) & (layout.start_ms % DAY_MS < 22 * H)].any()


def test_the_solver_says_nothing(capfd):
    """It would be on stdout, among the answer: round the clock with few people, where it has much to branch on."""
    hours = np.arange(168, dtype=np.int64) * H
    day = [
        Shift(
            name,
            start * H,
            8 * H + H // 2,
            EVERY_DAY,
            (Break("meal", H // 2, False, (start + 3) * H, (start + 6) * H),),
        )
        for name, start in (("early", 6), ("late", 14), ("night", 22))
    ]
    layout = lay_out(day, replace(RULES, days_off_together=True, every=(1, 1, 1, 1, 1, 2, 2)), hours, hours + H)
    pieces = layout.start_ms.size
    worth = [
        (np.ones(pieces), np.full(pieces, 9.0)),
        (np.ones(pieces), np.full(pieces, 1.0 + (layout.start_ms % 5) / 10)),
    ]
    assert best_fit(layout, 12, worth).heads == 12
    assert capfd.readouterr() == ("", "")
