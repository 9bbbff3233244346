"""What ``size --shifts`` tells, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ..sizing.results import MonthSize, SizeResult, TeamShifts, TeamSize
from .shift_rows import clock, duty_counts
from .shift_text import shifts_sentence


def shifts_data(result: SizeResult) -> dict[str, Any]:
    """By team whose heads work shifts."""
    sized = {team.team: team for team in result.teams}
    return {one.team: _team(one, sized[one.team]) for one in result.shifts}


def _team(one: TeamShifts, bound: TeamSize) -> dict[str, Any]:
    return {
        "headline": shifts_sentence(one, bound),
        "covering": one.covering,
        "hours_a_week": asdict(one.hours),
        "months": [
            {
                "month": month.label,
                "heads": size.size,
                "without_shifts": _without(free),
                "schedule": [
                    {
                        "shift": (shift := month.schedule.layout.shifts[number]).template,
                        "start": clock(shift.start_ms),
                        "end": clock(shift.end_ms),
                        "by_weekday": list(counts),
                    }
                    for number, counts in duty_counts(month)
                ],
            }
            for month, size, free in zip(one.months, bound.months, one.free.months, strict=True)
        ],
    }


def _without(free: MonthSize) -> dict[str, Any]:
    return {"heads": free.size, "alternatives": list(free.alternatives)}
