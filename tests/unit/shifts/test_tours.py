"""Weeks that the rules allow: counted by hand, and against every week there is, checked hour by hour."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from sim.shifts.shift import HOUR_MS, WEEK_DAYS, Break, Shift, WeekRules
from sim.shifts.tours import TooManyToursError, weekly_tours

H = HOUR_MS
EVERY_DAY = tuple(range(7))
RULES = WeekRules(
    days=5,
    most_ms=40 * H,
    daily_rest_ms=11 * H,
    weekly_rest_ms=35 * H,
    days_in_a_row=6,
    same_start=True,
    days_off_together=False,
)


def shift(start_h: float, length_h: float = 8, days: tuple[int, ...] = EVERY_DAY, name: str = "day") -> Shift:
    return Shift(name, round(start_h * H), round(length_h * H), days)


def test_five_of_seven_days():
    """21 pairs of days off; 7 of them follow one another, Sunday and Monday among them."""
    assert len(weekly_tours([shift(9)], RULES)) == 21
    together = weekly_tours([shift(9)], replace(RULES, days_off_together=True))
    assert len(together) == 7
    assert (None, 0, 0, 0, 0, 0, None) in together


def test_days_in_a_row_count_around_the_week():
    assert len(weekly_tours([shift(9, 6)], replace(RULES, days=6))) == 7
    assert not weekly_tours([shift(9, 6)], replace(RULES, days=6, days_in_a_row=5))
    assert not weekly_tours([shift(9, 4)], replace(RULES, days=7))


def test_daily_rest_forbids_an_early_shift_after_a_late_one():
    """Monday to Friday, early or late each day: once late, late to the end of the week; 6 ways."""
    weekdays = (0, 1, 2, 3, 4)
    both = [shift(6, 8, weekdays, "early"), shift(14, 8, weekdays, "late")]
    free = replace(RULES, same_start=False)
    assert len(weekly_tours(both, free)) == 6
    assert len(weekly_tours(both, replace(free, daily_rest_ms=8 * H))) == 32
    assert len(weekly_tours(both, RULES)) == 2


def test_a_saturday_shift_goes_with_any_other_that_is_not_worked_then():
    """Two starts on weekdays, four of five days, and the short Saturday; without it two weeks."""
    weekdays = (0, 1, 2, 3, 4)
    all_three = [shift(8, 8, weekdays, "early"), shift(11, 8, weekdays, "late"), shift(9, 4, (5,), "saturday")]
    assert len(weekly_tours(all_three, RULES)) == 2 + 2 * 5
    assert len(weekly_tours(all_three, replace(RULES, most_ms=36 * H))) == 2 * 5


def test_a_week_is_as_long_as_the_contract_at_most_by_paid_time():
    unpaid = Break("lunch", H, paid=False, from_ms=12 * H, until_ms=14 * H)
    nine_hours = replace(shift(8, 9), breaks=(unpaid,))
    assert nine_hours.paid_ms == nine_hours.worked_ms == 8 * H
    assert weekly_tours([nine_hours], RULES)
    paid = replace(nine_hours, breaks=(replace(unpaid, paid=True),))
    assert (paid.paid_ms, paid.worked_ms) == (9 * H, 8 * H)
    assert not weekly_tours([paid], RULES)


def test_too_much_choice_is_said():
    with pytest.raises(TooManyToursError):
        weekly_tours([shift(7 + k / 4) for k in range(16)], replace(RULES, same_start=False))


def allowed(week: tuple[int | None, ...], shifts: list[Shift], rules: WeekRules) -> bool:
    """The same rules on a line of half hours, four equal weeks long."""
    at_work = np.zeros(4 * 7 * 48, dtype=np.int64)
    begins = []
    for number, day in product(range(4), range(WEEK_DAYS)):
        chosen = week[day]
        if chosen is None:
            continue
        if day not in shifts[chosen].days:
            return False
        begin = (number * 7 + day) * 48 + shifts[chosen].start_ms * 2 // H
        at_work[begin : begin + shifts[chosen].length_ms * 2 // H] += 1
        begins.append(begin)
    worked = [day for day in range(WEEK_DAYS) if week[day] is not None]
    if len(worked) != rules.days or at_work.max() > 1:
        return False
    if sum(shifts[number].paid_ms for number in week if number is not None) > rules.most_ms:
        return False
    (busy,) = np.nonzero(at_work)
    gaps = np.diff(busy)[np.diff(busy) > 1] - 1
    ends = [begin + shifts[week[begin // 48 % 7]].length_ms * 2 // H for begin in begins]  # type: ignore[index]
    between = [begin - end for begin, end in zip(begins[1:], ends, strict=False)]
    if min(between) < rules.daily_rest_ms * 2 // H or max(gaps, default=0) < rules.weekly_rest_ms * 2 // H:
        return False
    days_on = "".join("1" if week[day % 7] is not None else "0" for day in range(28))
    if max(map(len, days_on.split("0"))) > rules.days_in_a_row:
        return False
    from_work = days_on[worked[0] : worked[0] + 7]
    if rules.days_off_together and len([run for run in from_work.split("1") if run]) > 1:
        return False
    if rules.same_start:
        for one, other in product(worked, worked):
            a, b = week[one], week[other]
            if a != b and other in shifts[a].days:  # type: ignore[index]
                return False
    return True


@pytest.mark.parametrize("case", range(40))
def test_every_week_there_is_and_no_other(case):
    rng = np.random.default_rng(case)
    shifts = [
        shift(
            float(rng.integers(0, 48)) / 2,
            float(rng.integers(8, 20)) / 2,
            tuple(sorted(rng.choice(7, rng.integers(2, 8), replace=False).tolist())),
            f"s{number}",
        )
        for number in range(rng.integers(1, 4))
    ]
    rules = WeekRules(
        days=int(rng.integers(2, 7)),
        most_ms=int(rng.integers(20, 50)) * H,
        daily_rest_ms=int(rng.integers(8, 14)) * H,
        weekly_rest_ms=int(rng.integers(24, 60)) * H,
        days_in_a_row=int(rng.integers(2, 7)),
        same_start=bool(rng.integers(0, 2)),
        days_off_together=bool(rng.integers(0, 2)),
    )
    choices: list[int | None] = [None, *range(len(shifts))]
    wanted = {week for week in product(choices, repeat=7) if allowed(week, shifts, rules)}
    found = weekly_tours(shifts, rules)
    assert len(found) == len(set(found))
    assert set(found) == wanted
