"""What ``check`` tells of a team's paid time: who is away, who is there, and what is left for the phones."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.paid_time import Coaching, Overtime, SicknessWaves, TimeOff
from sim.scenario.parse import HOUR_MS, SECOND_MS
from sim.scenario.team import Team
from sim.scenario.words import listed

from .briefing_queue import Line
from .briefing_workforce import days_in_words
from .words import counted, day, duration, exact_percent, number, percent


def time_lines(team: Team) -> Iterator[Line]:
    """Nothing where the file tells nothing of what the paid time is spent on."""
    if team.heads is None:
        return
    if team.whole_day_reasons:
        yield "time", _absence(team)
    if team.sickness_waves is not None:
        yield "waves", _waves(team.sickness_waves)
    if team.coaching is not None:
        yield "coaching", _coaching(team, team.coaching)
    for more in team.overtime:
        yield "overtime", f"{_dated(more)}, at {exact_percent(more.pay)} of the pay"
    for fewer in team.time_off:
        yield "time off", f"{_dated(fewer)}, {exact_percent(fewer.pay)} of it paid"


def _absence(team: Team) -> str:
    """``30 of 226 are away on an average day (paid_leave, sickness); of the 196 there 8.1 % of the time is …``."""
    assert team.heads is not None
    away, off = (sum(shares) / 12 for shares in (team.monthly_absence, team.monthly_shrinkage))
    told = (
        f"of {number(team.heads)} heads {number(team.heads * away, 1)} are away on an average day "
        f"({listed(team.whole_day_reasons, 'and')}), {number(team.heads * (1 - away), 1)} are there"
    )
    inside = [name for name in team.shrinkage_by_reason if name not in team.whole_day_reasons]
    if not inside:
        return told
    gone = (off - away) / (1 - away)
    on_the_phones = number(team.heads * (1 - off), 1)
    return f"{told}, {percent(gone)} of their time off the phones ({listed(inside, 'and')}): as many as {on_the_phones}"


def _coaching(team: Team, coaching: Coaching) -> str:
    """``3 h a week of each beginner; 14 coaches, who have 147.0 h a week, less absence; what is beyond is …``."""
    wanted = (
        ("trainee", coaching.per_trainee),
        ("beginner", coaching.per_beginner),
        ("experienced agent", coaching.per_agent),
    )
    takes = listed((f"{duration(ms / SECOND_MS)} a week of each {who}" for who, ms in wanted if ms), "and")
    if not coaching.coaches:
        return f"{takes}, given by experienced colleagues"
    hours = coaching.coaches * coaching.time * team.contract / HOUR_MS
    who = f"{counted(coaching.coaches, 'coach', 'coaches')}, who {'has' if coaching.coaches == 1 else 'have'}"
    return (
        f"{takes}; {who} {number(hours, 1)} h a week, less absence; what is beyond is given by experienced colleagues"
    )


def _dated(part: Overtime | TimeOff) -> str:
    """``3 h a week of each who is there, from 1 March until 31 May 2027``."""
    whom = "each who is there" if part.share == 1 else f"{exact_percent(part.share)} of those there"
    return f"{part.hours / HOUR_MS:g} h a week of {whom}, from {day(part.first_day)} until {day(part.last_day)}"


def _waves(waves: SicknessWaves) -> str:
    fading = f"of an excess half is left after {days_in_words(waves.lasting)}" if waves.lasting else "each by itself"
    return f"weeks of {waves.reason} vary by {exact_percent(waves.cv)} around its mean, {fading}; a site's teams alike"
