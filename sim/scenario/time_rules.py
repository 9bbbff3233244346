"""What a team's fields about its paid time demand of each other (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Finding
from .draft import gives, has, known
from .team import Team
from .words import listed, printable, suggestion


def time_findings(team: Team) -> Iterator[Finding]:
    """What is wrong with how a team's paid time is spent, whole or draft; placed from the team."""
    yield from _whole_days(team)
    yield from _waves(team)


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
