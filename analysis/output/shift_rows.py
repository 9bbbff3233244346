"""Schedules as rows, for CSV and frames: how many work which shift when, and the week of every person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sim.centre.compile_days import MONDAY
from sim.centre.shift_staff import ShiftMonth
from sim.shifts.roster import PlannedShift, roster
from sim.shifts.shift import DAY_MS, HOUR_MS, MINUTE_MS, WEEK_DAYS

from ..sizing.results import TeamShifts
from .trial_data import Row
from .words import WEEKDAYS


def schedule_rows(teams: tuple[TeamShifts, ...]) -> list[Row]:
    """A row for each team, month, weekday and shift that anybody works."""
    return [
        {
            "team": team.team,
            "month": month.label,
            "weekday": WEEKDAYS[duty.day].lower(),
            "shift": (shift := layout.shifts[duty.shift]).template,
            "start": clock(shift.start_ms),
            "end": clock(shift.end_ms),
            "heads": int(heads),
        }
        for team in teams
        for month in team.months
        for layout in (month.schedule.layout,)
        for duty, heads in zip(layout.duties, month.schedule.duty_people, strict=True)
        if heads
    ]


def roster_rows(teams: tuple[TeamShifts, ...]) -> list[Row]:
    """A row for each team, month, person of the schedule and day that the person works; week by week in turn."""
    return [
        {"team": team.team, "month": month.label, "week": week, "person": person, **_planned(planned)}
        for team in teams
        for month in team.months
        for week, people in _weeks(month)
        for person, planned_week in enumerate(people, start=1)
        for planned in planned_week
    ]


def _weeks(month: ShiftMonth) -> Iterator[tuple[str | None, list[tuple[PlannedShift, ...]]]]:
    """Each week of the month, by its Monday, with everybody's shifts; None for all of them if people keep theirs."""
    weeks = roster(month.schedule)
    if month.schedule.layout.turns is None:
        yield None, list(weeks)
        return
    following = {
        one: after
        for circuit in month.schedule.circuits
        for one, after in zip(circuit, (*circuit[1:], circuit[0]), strict=True)
    }
    place = list(range(len(weeks)))
    monday = month.first_day - (month.first_day - MONDAY) % WEEK_DAYS
    for first_day in range(monday, month.first_day + month.days, WEEK_DAYS):
        in_month = [
            tuple(one for one in weeks[at] if 0 <= first_day + one.day - month.first_day < month.days) for at in place
        ]
        yield date.fromordinal(first_day).isoformat(), in_month
        place = [following[at] for at in place]


def duty_counts(month: ShiftMonth) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The number of each shift that is worked, and how many have it on each weekday, Monday first."""
    layout, people = month.schedule.layout, month.schedule.duty_people
    for number in range(len(layout.shifts)):
        counts = [0] * len(WEEKDAYS)
        for duty, heads in zip(layout.duties, people.tolist(), strict=True):
            if duty.shift == number:
                counts[duty.day] = heads
        if any(counts):
            yield number, tuple(counts)


def clock(time_ms: int) -> str:
    """``08:30``; of the next day, too."""
    return f"{time_ms % DAY_MS // HOUR_MS:02d}:{time_ms % HOUR_MS // MINUTE_MS:02d}"


def _planned(planned: PlannedShift) -> Row:
    breaks = [f"{one.name} {clock(one.start_ms)}-{clock(one.start_ms + one.length_ms)}" for one in planned.breaks]
    return {
        "weekday": WEEKDAYS[planned.day].lower(),
        "shift": planned.shift.template,
        "start": clock(planned.shift.start_ms),
        "end": clock(planned.shift.end_ms),
        "breaks": "; ".join(breaks),
    }
