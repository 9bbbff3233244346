"""Schedules as rows, for CSV and frames: how many work which shift when, and the week of every person."""

from __future__ import annotations

from collections.abc import Iterator

from sim.centre.shift_staff import ShiftMonth
from sim.shifts.roster import PlannedShift, roster
from sim.shifts.shift import DAY_MS, HOUR_MS, MINUTE_MS

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
    """A row for each team, month, person of the schedule and day that the person works."""
    return [
        {"team": team.team, "month": month.label, "person": person, **_planned(planned)}
        for team in teams
        for month in team.months
        for person, week in enumerate(roster(month.schedule), start=1)
        for planned in week
    ]


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
