"""What ``check`` tells of a team's people over months: how they are trained, ramp up, leave and are hired."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sim.scenario.agents import AgentsTable
from sim.scenario.centre import CentreScenario
from sim.scenario.moves import Move
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


def workforce_lines(scenario: CentreScenario, name: str) -> Iterator[Line]:
    """Nothing where the same people are there all the time."""
    if not scenario.has_workforce(name):
        return
    team = scenario.teams[name]
    if team.agents is None:
        yield "people", f"{number(team.heads or 0)} today, {_TENURES[team.tenure]}"
    else:
        yield "people", _agents(team.agents, scenario.end)
    if team.ramp is not None:
        yield "ramp", _ramp(team.ramp)
    if team.skills is not None and any(team.skills.values()):
        since = {
            days: f"{days_in_words(days)} after hire" if days else "from the start" for days in team.skills.values()
        }
        yield "learning", ", ".join(f"{matter} {since[days]}" for matter, days in team.skills.items())
    if team.attrition is not None:
        yield "attrition", _attrition(team.attrition)
    if team.hiring is not None:
        yield "hiring", _hiring(team.hiring)
    for move in scenario.moves:
        if name in (move.from_team, move.to):
            yield "moves", _move(move, name)


def _agents(agents: AgentsTable, end: date) -> str:
    """How many the file has, and what of them; never who."""
    today, coming = agents.today, [row for row in agents.to_come if row.hired < end]
    told = [f"{number(len(today))} today, from {agents.source}"]
    told += [f"{number(len(coming))} to come within the horizon"] if coming else []
    later = len(agents.to_come) - len(coming)
    told += [f"{number(later)} only after it"] if later else []
    leaving = sum(row.last_day is not None and row.last_day < end for row in (*today, *coming))
    told += [f"{number(leaving)} known to leave within it"] if leaving else []
    told += [f"{number(agents.gone)} gone before it"] if agents.gone else []
    own = sum(row.skills is not None for row in (*today, *coming))
    told += [f"{number(own)} with skills of their own"] if own else []
    return ", ".join(told)


def _move(move: Move, name: str) -> str:
    where = f"to {move.to}" if move.from_team == name else f"from {move.from_team}"
    told = f"{counted(move.heads, 'head')} {where} on {move.on.isoformat()}, the {move.who} past the ramp"
    return (
        f"{told}, after {days_in_words(move.training)} of training there" if move.training and move.to == name else told
    )


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
