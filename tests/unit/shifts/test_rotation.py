"""Turns from week to week: closed forms, and every circuit walked hour by hour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from sim.shifts.layout import WeekLayout, lay_out
from sim.shifts.programme import WeekSchedule, best_fit, fewest_heads
from sim.shifts.rotation import template_of, turns_of
from sim.shifts.shift import DAY_MS, HOUR_MS, WEEK_MS, Shift, WeekRules
from sim.shifts.tours import weekly_tours

H = HOUR_MS
WORKDAYS, EVERY_DAY = (0, 1, 2, 3, 4), tuple(range(7))
RULES = WeekRules(5, 40 * H, 11 * H, 35 * H, 6, same_start=True, days_off_together=False, rotation=("early", "late"))


def shift(name: str, start_h: int, days: tuple[int, ...] = EVERY_DAY) -> Shift:
    return Shift(name, start_h * H, 8 * H, days)


SEVEN_DAYS = (shift("early", 6), shift("early", 7), shift("late", 13), shift("late", 15))


def by_the_hour(shifts: tuple[Shift, ...], rules: WeekRules) -> WeekLayout:
    starts = np.array([day * DAY_MS + hour * H for day in range(7) for hour in range(6, 23)])
    return lay_out(shifts, rules, starts, starts + H)


def weeks_of(schedule: WeekSchedule) -> list[tuple[int | None, ...]]:
    """Of every person, in the order of the tours."""
    tours = zip(schedule.people.tolist(), schedule.layout.tours, strict=True)
    return [tour for people, tour in tours for _ in range(people)]


def check_circuits(schedule: WeekSchedule, rules: WeekRules) -> None:
    """Each is walked several times around: rest, days in a row, free days and turns, all but the told in turn."""
    layout, weeks = schedule.layout, weeks_of(schedule)
    circuits = schedule.circuits
    assert sorted(person for circuit in circuits for person in circuit) == list(range(schedule.heads))
    out_of_turn = 0
    for circuit in circuits:
        walked = [weeks[person] for _ in range(6) for person in circuit]
        spans = [
            (week * WEEK_MS + day * DAY_MS + layout.shifts[n].start_ms, week * WEEK_MS + day * DAY_MS)
            for week, tour in enumerate(walked)
            for day, n in enumerate(tour)
            if n is not None
        ]
        gaps = [after - start - 8 * H for (start, _), (after, _) in pairwise(spans)]
        assert min(gaps) >= rules.daily_rest_ms
        working = "".join("0" if n is None else "1" for tour in walked for n in tour)
        assert "1" * (rules.days_in_a_row + 1) not in working
        for day, every in enumerate(rules.every):
            worked = [week for week, tour in enumerate(walked) if tour[day] is not None]
            assert all(after - one >= every for one, after in pairwise(worked))
        names = [template_of(tour, layout.shifts, rules.rotation) for tour in walked[: len(circuit) + 1]]
        out_of_turn += sum(one == after for one, after in pairwise(names))
    if len(set(rules.rotation)) == len(rules.rotation) == 2:
        assert out_of_turn == schedule.out_of_turn


@pytest.mark.parametrize("heads", [1, 2, 7, 12, 25, 40])
@pytest.mark.parametrize("every", [(1, 1, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 3, 2)])
def test_everybody_can_walk_the_circuits(heads: int, every: tuple[int, ...]) -> None:
    rules = replace(RULES, every=every)
    layout = by_the_hour(SEVEN_DAYS, rules)
    rng = np.random.default_rng(heads)
    pieces = layout.start_ms.size
    worth = [(np.full(pieces, float(max(1, heads // 5))), rng.uniform(0.5, 1, pieces) * gain) for gain in (1.0, 0.4)]
    schedule = best_fit(layout, heads, worth)
    assert schedule.heads == heads
    check_circuits(schedule, rules)
    assert schedule.out_of_turn == heads % 2
    names = [template_of(week, layout.shifts, rules.rotation) for week in weeks_of(schedule)]
    assert abs(names.count("early") - names.count("late")) == heads % 2


@pytest.mark.parametrize("case", range(20))
def test_equal_numbers_in_closed_form(case: int) -> None:
    """Early and late cover hours of their own: of each as many as the one that needs more, or one fewer of the other.

    Two weeks early and one late: twice as many early.
    """
    rng = np.random.default_rng(case)
    shifts = (shift("early", 6, WORKDAYS), shift("late", 14, WORKDAYS))
    early, late = (int(n) for n in rng.integers(0, 20, 2))
    days = np.arange(5, dtype=np.int64) * DAY_MS
    starts = np.sort(np.concatenate([days + 6 * H, days + 14 * H]))
    wanted = np.tile([float(early), float(late)], 5)
    fewest = fewest_heads(lay_out(shifts, RULES, starts, starts + 8 * H), wanted)
    assert fewest.schedule.heads == 2 * max(early, late) - (early != late)
    check_circuits(fewest.schedule, RULES)
    thrice = replace(RULES, rotation=("early", "early", "late"))
    of_three = fewest_heads(lay_out(shifts, thrice, starts, starts + 8 * H), wanted).schedule
    enough = next(
        heads
        for heads in range(200)
        for sizes in [[(heads + place) // 3 for place in range(3)]]
        if any(size >= late and heads - size >= early for size in sizes)
    )
    assert of_three.heads == enough
    check_circuits(of_three, thrice)


def test_saturdays_in_turn() -> None:
    """One shift: nobody works two of three Saturdays, and a third of the heads may work each."""
    rules = replace(RULES, every=(1, 1, 1, 1, 1, 3, 1), rotation=("day",))
    shifts = (shift("day", 9, (0, 1, 2, 3, 4, 5)),)
    days = np.arange(6, dtype=np.int64) * DAY_MS + 9 * H
    layout = lay_out(shifts, rules, days, days + 8 * H)
    for saturday, heads in ((1, 3), (2, 6), (3, 9)):
        wanted = np.array([1.0, 1, 1, 1, 1, saturday])
        schedule = fewest_heads(layout, wanted).schedule
        assert schedule.heads == heads
        assert sum(week[5] is not None for week in weeks_of(schedule)) == saturday
        check_circuits(schedule, rules)


def test_where_nobody_can_go_on() -> None:
    """Wednesday to Sunday, then Monday to Friday: ten days in a row."""
    shifts = (shift("early", 6, WORKDAYS), shift("late", 13, (2, 3, 4, 5, 6)))
    turns = turns_of(weekly_tours(shifts, RULES), shifts, RULES)
    assert not turns.lasting
    assert turns_of(weekly_tours(shifts, more := replace(RULES, days_in_a_row=7)), shifts, more).lasting is False
    late = (shift("early", 6, WORKDAYS), shift("late", 13, (1, 2, 3, 4, 5)))
    assert turns_of(weekly_tours(late, RULES), late, RULES).lasting
    night = replace(RULES, weekly_rest_ms=38 * H)  # Monday's is 37 h, from Saturday 21:00 on 33 h
    assert not turns_of(weekly_tours(late, night), late, night).lasting


def test_the_template_of_a_week() -> None:
    """The Saturday shift goes with both; a week of another shift is of none."""
    shifts = (shift("early", 6, WORKDAYS), shift("late", 13, WORKDAYS), shift("saturday", 9, (5,)))
    assert template_of((0, 0, None, 0, 0, 2, None), shifts, ("early", "late")) == "early"
    assert template_of((1, 1, 1, 1, None, 2, None), shifts, ("early", "late")) == "late"
    assert template_of((1, 1, 1, 1, 1, None, None), shifts, ("early",)) is None
    assert template_of((0, 0, 1, 0, 0, None, None), shifts, ("early", "late")) is None
