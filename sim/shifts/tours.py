"""The weeks that a person may work: every choice of days and shifts that the rules allow.

"Tours" are what the literature calls them (tour scheduling). Each is checked as if it were worked again and again: what
holds between Saturday and Sunday holds between Sunday and Monday.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from .shift import DAY_MS, WEEK_DAYS, WEEK_MS, Shift, WeekRules

Tour = tuple[int | None, ...]
"""For each weekday, Monday first, the number of the shift that begins then; None for a day off."""
MOST_TOURS = 20_000
"""More are not looked at: they are hardly meant, and no programme of them is solved in reasonable time."""


class TooManyToursError(ValueError):
    """The templates and rules leave too much choice."""


def weekly_tours(shifts: Sequence[Shift], rules: WeekRules) -> tuple[Tour, ...]:
    """All weeks within the rules, none if they leave no choice. TooManyToursError beyond ``MOST_TOURS``."""
    found: list[Tour] = []
    for days in combinations(range(WEEK_DAYS), rules.days):
        for tour in _tours_on(days, shifts, rules) if _days_allowed(days, rules) else ():
            found.append(tour)
            if len(found) > MOST_TOURS:
                raise TooManyToursError(f"more than {MOST_TOURS} different weeks")
    return tuple(found)


def tour_paid_ms(tour: Tour, shifts: Sequence[Shift]) -> int:
    """Paid time of a week's shifts."""
    return sum(shifts[number].paid_ms for number in tour if number is not None)


def _days_allowed(days: Sequence[int], rules: WeekRules) -> bool:
    working = [day in days for day in range(WEEK_DAYS)]
    if _longest_run(working) > rules.days_in_a_row:
        return False
    off = [not on for on in working]
    return not rules.days_off_together or _longest_run(off) == sum(off)


def _longest_run(flags: Sequence[bool]) -> int:
    """The most days one after the other, around the week's end; without end, so more than any limit, if all are."""
    if all(flags):
        return WEEK_DAYS + 1
    longest = run = 0
    for flag in [*flags, *flags]:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest


def _tours_on(days: Sequence[int], shifts: Sequence[Shift], rules: WeekRules) -> Iterator[Tour]:
    """Those of which exactly these days are worked."""
    by_day = [[number for number, shift in enumerate(shifts) if day in shift.days] for day in days]
    for chosen in _chains(days, by_day, shifts, rules):
        if _rest_at_the_end(days, chosen, shifts, rules):
            tour: list[int | None] = [None] * WEEK_DAYS
            for day, number in zip(days, chosen, strict=True):
                tour[day] = number
            yield tuple(tour)


def _chains(
    days: Sequence[int], choices: Sequence[Sequence[int]], shifts: Sequence[Shift], rules: WeekRules
) -> Iterator[tuple[int, ...]]:
    """Shifts day by day within the daily rest and the hours of a week, all the same where that is asked for."""
    chosen: list[int] = []
    least_ms = [min((shifts[number].paid_ms for number in of_day), default=0) for of_day in choices]

    def extended(paid_ms: int) -> Iterator[tuple[int, ...]]:
        place = len(chosen)
        if place == len(days):
            yield tuple(chosen)
            return
        for number in choices[place]:
            shift = shifts[number]
            if paid_ms + shift.paid_ms + sum(least_ms[place + 1 :]) > rules.most_ms:
                continue
            if place and _gap_ms(days[place - 1], shifts[chosen[-1]], days[place], shift) < rules.daily_rest_ms:
                continue
            if rules.same_start and any(
                _changes(days[place], number, *before, shifts) for before in zip(days, chosen, strict=False)
            ):
                continue
            chosen.append(number)
            yield from extended(paid_ms + shift.paid_ms)
            chosen.pop()

    return extended(0)


def _changes(day: int, number: int, other_day: int, other: int, shifts: Sequence[Shift]) -> bool:
    """Whether the shifts of two days differ though one of them could be worked on both."""
    return number != other and (other_day in shifts[number].days or day in shifts[other].days)


def _gap_ms(day: int, shift: Shift, next_day: int, following: Shift) -> int:
    """From the end of a shift to the start of a later one."""
    return next_day * DAY_MS + following.start_ms - day * DAY_MS - shift.end_ms


def _rest_at_the_end(days: Sequence[int], chosen: Sequence[int], shifts: Sequence[Shift], rules: WeekRules) -> bool:
    """Whether the rest is enough from one week into the next, and once long enough."""
    spans = [
        (day * DAY_MS + shifts[n].start_ms, day * DAY_MS + shifts[n].end_ms)
        for day, n in zip(days, chosen, strict=True)
    ]
    spans.append((spans[0][0] + WEEK_MS, spans[0][1] + WEEK_MS))
    gaps = [start - end for (_, end), (start, _) in pairwise(spans)]
    return gaps[-1] >= rules.daily_rest_ms and max(gaps) >= rules.weekly_rest_ms
