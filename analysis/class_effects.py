"""What a hiring class takes before it gives: its trainees and beginners are coached, in part by colleagues.

Expected numbers: of today's people as they leave and of the dated classes, each through training and ramp. Nothing is
simulated, and growth and replacements are left aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sim.centre.contract import HOUR_MS, Float64
from sim.centre.paid_time import paid_time
from sim.centre.workforce_plan import coaching_of, team_plan
from sim.scenario.centre import CentreScenario
from sim.scenario.team import Team
from sim.workforce.expected import ExpectedPath, expected_of_class, expected_of_classes, expected_of_today

_NOTHING_H = 0.05
"""Hours a week that are told as none."""


@dataclass(frozen=True)
class ClassEffect:
    """A dated class, and what it does to the work that the team gets done in a week."""

    start: date
    heads: int
    takes_h: float
    """The most hours a week by which there are fewer than without it, before it helps; 0 if there never are."""
    helps_from: date | None
    """The first day on which there are more than without it; None if that lies beyond the horizon."""
    full_on: date | None
    """The day on which it is fully proficient; None likewise."""
    full_heads: float | None
    """How many experienced people it is worth then, leavers gone."""


def class_effects(scenario: CentreScenario, name: str) -> Iterator[ClassEffect]:
    """Of each class that starts within the horizon, in the order of their days.

    Hours are those of experienced people on the phones, in a week without closed days: productive heads × their hours
    on the phones, less what colleagues give in place of coaches.
    """
    team, plan = scenario.teams[name], team_plan(scenario, name)
    days, first_day = (scenario.end - scenario.start).days, scenario.start.toordinal()
    time = paid_time(team, first_day, days)
    head_h = (time.on_the_phones * team.contract + time.extra_ms) / HOUR_MS
    today, classes = expected_of_today(plan, days), plan.hiring.classes
    for number, (day, heads) in enumerate(classes):
        others = today + expected_of_classes(plan, (*classes[:number], *classes[number + 1 :]), days)
        own = expected_of_class(plan, day, float(heads), days)
        gained_h = (gets_done(team, others + own, first_day) - gets_done(team, others, first_day)) * head_h
        helps = np.flatnonzero(gained_h > _NOTHING_H)
        before = gained_h[day : int(helps[0]) if helps.size else days]
        taken_h = -float(before.min(initial=0.0))
        full_day = day + plan.ramp.full_after_days
        yield ClassEffect(
            start=scenario.start + timedelta(days=day),
            heads=heads,
            takes_h=taken_h if taken_h > _NOTHING_H else 0.0,
            helps_from=scenario.start + timedelta(days=int(helps[0])) if helps.size else None,
            full_on=scenario.start + timedelta(days=full_day) if full_day < days else None,
            full_heads=float(own.productive_fte[full_day]) if full_day < days else None,
        )


def gets_done(team: Team, path: ExpectedPath, first_day: int) -> Float64:
    """Productive heads on each day from ``first_day`` (ordinal) on, (D,), less those whose time goes to coaching."""
    coaching = coaching_of(team)
    if coaching is None:
        return path.productive_fte
    time = paid_time(team, first_day, path.heads.size)
    experienced = path.on_the_job - path.beginners
    coached = time.coached(coaching, path.in_training, path.beginners, experienced, team.contract)
    return path.productive_fte - coached.colleagues_ms / (time.on_the_phones * team.contract)
