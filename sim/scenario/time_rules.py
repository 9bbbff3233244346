"""What a team's fields about its paid time demand of each other (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .base import Finding
from .contracts import Contracts
from .draft import gives, has, known
from .paid_time import MOST_WEEK_MS, Overtime, TimeOff
from .parse import HOUR_MS
from .team import Team
from .words import listed, printable, suggestion


def time_findings(team: Team) -> Iterator[Finding]:
    """What is wrong with how a team's paid time is spent, whole or draft; placed from the team."""
    yield from _whole_days(team)
    yield from _waves(team)
    for field in ("overtime", "time_off"):
        if gives(team, field) and gives(team, "positions"):
            yield Finding((field,), "needs heads: positions are there whoever fills them")
        yield from _dated_hours(team, field, known(team, field) or ())
    yield from _coaching(team)


def _whole_days(team: Team) -> Iterator[Finding]:
    """Reasons that take whole days are reasons of the shrinkage."""
    if not has(team, "shrinkage", "whole_day", "shrinkage_convention"):
        return
    reasons = team.shrinkage_by_reason
    for number, name in enumerate(team.whole_day or ()):
        if name not in reasons:
            told = f'is no reason of the shrinkage: "{printable(name)}"{suggestion(name, reasons)}'
            yield Finding(("whole_day", number), told)
    if gives(team, "whole_day") and gives(team, "positions"):
        yield Finding(("whole_day",), "needs heads: positions are there whoever fills them")
    if known(team, "shrinkage_convention") == "by presence" and not team.whole_day_reasons:
        told = "needs reasons that take whole days; name them in whole_day, such as [paid_leave, sickness]"
        yield Finding(("shrinkage_convention",), told)


def _waves(team: Team) -> Iterator[Finding]:
    """Waves are of people, and of a reason that takes whole days."""
    waves = known(team, "sickness_waves")
    if gives(team, "sickness_waves") and gives(team, "positions"):
        yield Finding(("sickness_waves",), "needs heads: positions are there whoever fills them")
    if waves is None or not has(waves, "reason") or not has(team, "shrinkage", "whole_day"):
        return
    if waves.reason not in team.whole_day_reasons:
        whole = team.whole_day_reasons
        told = (
            f"; write reason: {listed(whole)}" if whole else "; give the shrinkage by reason, such as {sickness: 6 %}"
        )
        yield Finding(
            ("sickness_waves",), f'"{waves.reason}" is no reason of the shrinkage that takes whole days{told}'
        )


def _dated_hours(team: Team, field: str, parts: Sequence[Overtime | TimeOff]) -> Iterator[Finding]:
    """Dates in order, one part at a time, and no more hours than the law, or fewer than none."""
    for number, one in enumerate(parts):
        if one.last_day < one.first_day:
            yield Finding((field, number, "until"), f"must not be before from ({one.first_day})")
        for earlier, other in enumerate(parts[:number]):
            in_order = one.first_day <= one.last_day and other.first_day <= other.last_day
            if in_order and one.first_day <= other.last_day and other.first_day <= one.last_day:
                yield Finding((field, number, "from"), f"overlaps {field}.{earlier}; give each day's hours once")
        contracts: Contracts | None = known(team, "contracts")
        if contracts is None:
            continue
        shortest, longest = (find(hours for hours, _ in contracts.shares) for find in (min, max))
        if field == "overtime" and longest + one.hours > MOST_WEEK_MS:
            week, most = (f"{ms / HOUR_MS:g} h" for ms in (longest + one.hours, MOST_WEEK_MS))
            yield Finding((field, number, "hours"), f"makes a week of {week} with the contract; the law allows {most}")
        if field == "time_off" and one.hours >= shortest:
            yield Finding(
                (field, number, "hours"), f"must leave something of the {shortest / HOUR_MS:g} h of the contract"
            )


def _coaching(team: Team) -> Iterator[Finding]:
    """Beginners and trainees are known from the ramp."""
    if gives(team, "coaching") and gives(team, "positions"):
        yield Finding(("coaching",), "needs heads: positions are there whoever fills them")
    coaching, ramp = known(team, "coaching"), known(team, "ramp")
    if coaching is None or not has(team, "ramp"):
        return
    if known(coaching, "per_beginner") and ramp is None:
        yield Finding(("coaching", "per_beginner"), "needs a ramp: it says who is a beginner")
    if known(coaching, "per_trainee") and (ramp is None or (has(ramp, "training") and not ramp.training)):
        yield Finding(("coaching", "per_trainee"), "needs a ramp with training")
