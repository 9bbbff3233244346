"""A team's templates and working time as ``sim.shifts`` takes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..shifts.shift import Break, Shift, WeekRules
from ..shifts.tours import weekly_tours
from .parse import DAY_MS
from .shifts import ShiftBreak, ShiftTemplate, WorkingTime
from .team import Team
from .week import WeekHours

_SATURDAY, _SUNDAY = 5, 6


def shifts_of(team: Team, hours: WeekHours) -> tuple[Shift, ...]:
    """Every template with each of its starts; ``hours`` are those in which the team is there."""
    return tuple(shift for name, one in (team.shifts or {}).items() for shift in shifts_of_template(name, one, hours))


def shifts_of_template(name: str, template: ShiftTemplate, hours: WeekHours) -> Iterator[Shift]:
    """The template with each of its starts, on the days on which the team is there."""
    days = tuple(day for day in (range(7) if template.days is None else template.days) if hours[day])
    for start_ms in template.start:
        breaks = [_break(key, one, start_ms, start_ms + template.length) for key, one in template.named_breaks.items()]
        yield Shift(name, start_ms, template.length, days, tuple(sorted(breaks, key=lambda one: one.from_ms)))


def _break(name: str, one: ShiftBreak, start_ms: int, end_ms: int) -> Break:
    """A break in what of its window lies within the shift; a window before the start is that of the next day."""
    opens, closes = one.between
    if closes <= start_ms:
        opens, closes = opens + DAY_MS, closes + DAY_MS
    return Break(name, one.length, one.paid, max(opens, start_ms), min(closes, end_ms))


def week_rules(team: Team) -> WeekRules:
    """What a person's week keeps to."""
    given = team.working_time if team.working_time is not None else WorkingTime()
    every = [1] * 7
    every[_SATURDAY], every[_SUNDAY] = given.saturdays, given.sundays
    return WeekRules(
        days=given.days_a_week,
        most_ms=min(round(team.contract), given.hours_a_week),
        daily_rest_ms=given.daily_rest,
        weekly_rest_ms=given.weekly_rest,
        days_in_a_row=given.days_in_a_row,
        same_start=given.shift == "same all week",
        days_off_together=given.days_off == "together",
        every=tuple(every),
        rotation=given.rotation,
    )


@dataclass(frozen=True)
class LongestWeek:
    """The most that a person's week of shifts may have."""

    paid_ms: int
    worked_ms: int
    """Without any breaks."""


def longest_week(team: Team, hours: WeekHours) -> LongestWeek:
    """Of a sound team with shifts."""
    shifts = shifts_of(team, hours)
    weeks = [
        [shifts[number] for number in tour if number is not None] for tour in weekly_tours(shifts, week_rules(team))
    ]
    return LongestWeek(
        max(sum(shift.paid_ms for shift in week) for week in weeks),
        max(sum(shift.worked_ms for shift in week) for week in weeks),
    )
