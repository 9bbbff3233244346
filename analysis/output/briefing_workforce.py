"""What ``check`` tells of a team's people over months: how they are trained, ramp up, leave and are hired."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.team import Team
from sim.scenario.workforce import MONTH_DAYS, Attrition, Hiring, Ramp

from .briefing_queue import Line
from .words import counted, exact_percent, number

_TENURES = {
    "experienced": "all past the ramp",
    "steady": "as in a team of constant size",
    "growing": "as in a team that has grown at its net growth",
}

_LEAST_IN_MONTHS, _NEARLY = 45, 0.02
"""Times are told in months from so many days on, where they are whole but for rounding to days."""


def workforce_lines(team: Team) -> Iterator[Line]:
    """Nothing where the same people are there all the time."""
    if not team.has_workforce:
        return
    yield "people", f"{number(team.heads or 0)} today, {_TENURES[team.tenure]}"
    if team.ramp is not None:
        yield "ramp", _ramp(team.ramp)
    if team.attrition is not None:
        yield "attrition", _attrition(team.attrition)
    if team.hiring is not None:
        yield "hiring", _hiring(team.hiring)


def _ramp(ramp: Ramp) -> str:
    told = f"{days_in_words(ramp.training)} of training off the phones, " if ramp.training else ""
    if ramp.nesting:
        at = ramp.nesting_at if ramp.nesting_at is not None else ramp.starts_at
        told += f"{days_in_words(ramp.nesting)} of nesting at {exact_percent(at)}, "
    told += f"then from {exact_percent(ramp.starts_at)} to full proficiency {days_in_words(ramp.full_at)} after hire"
    told += f" ({ramp.shape})"
    return told if ramp.recontact == 1 else f"{told}; re-contacts {exact_percent(ramp.recontact)} at its start"


def _attrition(attrition: Attrition) -> str:
    rate = attrition.rate
    told = f"{exact_percent(rate.share)} leave per {rate.per}"
    told += ", of average heads past training" if attrition.measure == "average heads" else ", of a cohort"
    if attrition.first_3_months != 1:
        told += f", {attrition.first_3_months:g} times as fast in their first 3 months"
    if attrition.lost_in_training:
        told += f"; {exact_percent(attrition.lost_in_training)} of the hires are lost in training"
    return f"{told}; known {days_in_words(attrition.notice)} before" if attrition.notice else told


def _hiring(hiring: Hiring) -> str:
    told = [f"{counted(one.heads, 'head')} on {one.on.isoformat()}" for one in hiring.classes]
    if hiring.net is not None:
        kept = "leavers replaced" if hiring.net >= 0 else "leavers replaced but for those"
        told.append(f"net {hiring.net:+g} a month, {kept} when a month begins")
    if hiring.replace_after is not None:
        after = f"after {days_in_words(hiring.replace_after)}" if hiring.replace_after else "at once"
        told.append(f"leavers replaced {after}")
    if hiring.class_size is not None:
        limit = f"at most {hiring.class_size} in a class"
        told.append(
            limit if hiring.trainers is None else f"{limit}, {counted(hiring.trainers, 'class', 'classes')} at a time"
        )
    return "; ".join(told) or "nobody is hired"


def days_in_words(days: int) -> str:
    """``3 weeks``, ``4 months``."""
    months = days / MONTH_DAYS
    if days > _LEAST_IN_MONTHS and abs(months - round(months)) < _NEARLY:
        return counted(round(months), "month")
    return counted(days // 7, "week") if days % 7 == 0 else counted(days, "day")
