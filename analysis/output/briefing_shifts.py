"""What ``check`` tells of a team's shifts and of what a person's week of them keeps to."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.centre import CentreScenario
from sim.scenario.parse import DAY_MS, HOUR_MS, SECOND_MS
from sim.scenario.shift_weeks import longest_week
from sim.scenario.shifts import ShiftTemplate, WorkingTime
from sim.scenario.week import days_in_words, united
from sim.scenario.words import listed

from .briefing_queue import Line
from .words import counted, duration


def shift_lines(scenario: CentreScenario, name: str) -> Iterator[Line]:
    """Nothing where no shifts bind a team's heads."""
    team = scenario.teams[name]
    for shift, template in (team.shifts or {}).items():
        yield "shift", f"{shift}: {_template(template)}"
    if team.shifts is not None:
        paid_h = longest_week(team, united(scenario.team_hours(name))).paid_ms / HOUR_MS
        yield "working time", _working_time(team.working_time or WorkingTime(), paid_h)


def _template(template: ShiftTemplate) -> str:
    """``from 09:30 or 09:45, 8 h 21 (7 h 36 paid), lunch of 45 min between 12:45 and 14:45``."""
    unpaid_ms = sum(one.length for one in template.named_breaks.values() if not one.paid)
    told = f"from {_starts(template.start)}, {_time(template.length)}"
    if unpaid_ms:
        told += f" ({_time(template.length - unpaid_ms)} paid)"
    if template.days is not None:
        told += f", {days_in_words(template.days)}"
    for name, one in template.named_breaks.items():
        opens, closes = (_clock(edge) for edge in one.between)
        told += f", {'paid ' if one.paid else ''}{name} of {_time(one.length)} between {opens} and {closes}"
    return told


def _starts(starts_ms: tuple[int, ...]) -> str:
    """Of many the first, the last and how many."""
    if len(starts_ms) <= 3:
        return listed(_clock(start) for start in starts_ms)
    return f"{_clock(starts_ms[0])} to {_clock(starts_ms[-1])} ({len(starts_ms)} starts)"


def _working_time(given: WorkingTime, paid_h: float) -> str:
    told = [
        f"{counted(given.days_a_week, 'shift')} a week, {paid_h:.4g} h paid",
        "the same shift all week" if given.shift == "same all week" else "shifts may change daily",
    ]
    if given.days_off == "together":
        told.append("days off together")
    if given.rotation:
        told.append(f"{listed(given.rotation, 'and')} in turn, a week each")
    for days, every in (("Saturdays", given.saturdays), ("Sundays", given.sundays)):
        if every > 1:
            told.append(f"{days} every {every} weeks at most")
    rest = f"{_time(given.daily_rest)} of rest a day, {_time(given.weekly_rest)} a week"
    return f"{', '.join(told)}; {rest}, {given.days_in_a_row} days in a row at most"


def _time(time_ms: int) -> str:
    return duration(time_ms / SECOND_MS)


def _clock(time_ms: int) -> str:
    return f"{time_ms % DAY_MS // HOUR_MS:02d}:{time_ms % HOUR_MS // 60_000:02d}" if time_ms < DAY_MS else "24:00"
