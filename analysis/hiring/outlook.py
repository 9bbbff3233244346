"""What a scenario's teams are without new hires, and what a head hired in any class would give: expected numbers.

Nothing is simulated here. Months are those of the horizon, as ``calendar_spans`` cuts it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from sim.centre.contract import Float64, Int64
from sim.centre.paid_time import paid_time
from sim.centre.workforce_plan import team_moves, team_plan
from sim.common.calendar_spans import calendar_spans
from sim.scenario.centre import CentreScenario
from sim.scenario.team import Team
from sim.workforce.expected import ExpectedPath, expected_of_class, expected_of_teams
from sim.workforce.hiring import HiringPlan
from sim.workforce.plan import TeamPlan

from ..class_effects import gets_done
from ..figures import MS_PER_H
from ..payroll import hourly_cost
from .programme import HireClass, Programme

_MONDAY = 0


@dataclass(frozen=True)
class Outlook:
    """The teams that may hire, over the horizon's months."""

    teams: tuple[str, ...]
    start: date
    months: tuple[str, ...]
    starts: Int64
    """(M,) first day of each month, from the horizon's first."""
    days: int
    classes: tuple[HireClass, ...]
    productive: Float64
    heads: Float64
    places: tuple[tuple[Int64, float], ...]
    most_heads: Float64
    budget: float

    def programme(self, needed: Float64) -> Programme:
        """With so many productive heads needed, (T, M)."""
        return Programme(self.classes, self.productive, self.heads, needed, self.most_heads, self.places, self.budget)

    def allows(self, hires: Int64) -> bool:
        """Whether so many hires in each class keep all limits."""
        programme = self.programme(np.zeros_like(self.productive))
        return (
            all(one.allows(count) for count, one in zip(hires.tolist(), self.classes, strict=True))
            and all(int(hires[together].sum()) <= places for together, places in self.places)
            and bool(
                (programme.on_payroll(hires) <= np.maximum(self.most_heads[:, np.newaxis], self.heads) + 1e-6).all()
            )
            and programme.cost(hires) <= self.budget
        )

    def later(self, days: int) -> Outlook:
        """The same if nobody can start within the first ``days``: those classes are taken out."""
        kept = [number for number, one in enumerate(self.classes) if one.day >= days]
        place = {number: at for at, number in enumerate(kept)}
        places = []
        for together, room in self.places:
            left = np.array([place[number] for number in together.tolist() if number in place], np.int64)
            if left.size:
                places.append((left, room))
        return replace(self, classes=tuple(self.classes[number] for number in kept), places=tuple(places))

    def day(self, number: int) -> date:
        """A day of the horizon."""
        return self.start + timedelta(days=number)


def outlook(scenario: CentreScenario, teams: tuple[str, ...]) -> Outlook:
    """Of the teams that may hire: today's people and the classes that the file has, and what else may be hired.

    New classes start on the first Monday that the team's lead time leaves, and on the first one of each month after it.
    """
    start = scenario.start
    days = scenario.end.toordinal() - start.toordinal()
    spans = calendar_spans(start.toordinal(), days, "month")
    starts = np.array([span.first_day - start.toordinal() for span in spans], np.int64)
    everybody = [name for name in scenario.teams if name in teams or scenario.has_workforce(name)]
    everyones = {name: without_policies(team_plan(scenario, name)) for name in everybody}
    paths = expected_of_teams(list(everyones.values()), team_moves(scenario), days)
    path_of = dict(zip(everyones, paths, strict=True))
    plans = [everyones[name] for name in teams]
    classes: list[HireClass] = []
    places: list[tuple[Int64, float]] = []
    productive, heads = np.zeros((len(teams), starts.size)), np.zeros((len(teams), starts.size))
    for number, (name, plan) in enumerate(zip(teams, plans, strict=True)):
        path = path_of[name]
        productive[number] = _monthly(gets_done(scenario.teams[name], path, start.toordinal()), starts, days)
        heads[number] = _monthly(path.heads, starts, days)
        own = _classes(scenario, name, number, plan, path, starts, days)
        places += _places(scenario, name, plan, own, len(classes))
        classes += own
    return Outlook(
        teams=teams,
        start=start,
        months=tuple(span.label for span in spans),
        starts=starts,
        days=days,
        classes=tuple(classes),
        productive=productive,
        heads=heads,
        places=tuple(places),
        most_heads=np.array([_limit(scenario, name) for name in teams]),
        budget=_budget(scenario, teams),
    )


def without_policies(plan: TeamPlan) -> TeamPlan:
    """The plan with its dated classes alone: what is decided; replacing and growing is what ``hire`` decides."""
    return replace(plan, hiring=HiringPlan(classes=plan.hiring.classes))


def _classes(
    scenario: CentreScenario,
    name: str,
    team: int,
    plan: TeamPlan,
    there: ExpectedPath,
    starts: Int64,
    days: int,
) -> list[HireClass]:
    """Classes that may be hired beside who is ``there`` anyway."""
    model = scenario.teams[name]
    hiring = model.hiring
    assert hiring is not None
    per_day = model.contract / 7 / MS_PER_H * hourly_cost(model)
    per_hire = model.cost.per_hire.amount if model.cost is not None and model.cost.per_hire is not None else 0.0
    extra = paid_time(model, scenario.start.toordinal(), days).paid_extra(np.ones(days))
    extra_per_day = (extra.overtime_pay_ms - extra.unpaid_ms) / MS_PER_H * hourly_cost(model)
    confirmed = {day: 0 for day, _ in plan.hiring.classes}
    for day, heads in plan.hiring.classes:
        confirmed[day] += heads
    found = []
    for day in _mondays(scenario.start, days, hiring.lead_time):
        path = expected_of_class(plan, day, 1.0, days)
        room = np.inf if hiring.class_size is None else hiring.class_size * (hiring.trainers or 1)
        found.append(
            HireClass(
                team=team,
                day=day,
                productive=_monthly(_gained(model, there, path, scenario.start), starts, days),
                heads=_monthly(path.heads, starts, days),
                cost=float(path.contract_heads.sum()) * per_day + float(path.on_the_job @ extra_per_day) + per_hire,
                most=max(room - confirmed.get(day, 0), 0.0),
                least=max((hiring.least_class_size or 1) - confirmed.get(day, 0), 1),
            )
        )
    return found


def _gained(team: Team, there: ExpectedPath, head: ExpectedPath, start: date) -> Float64:
    """Productive heads that one more head hired in a class adds on each day, (D,); fewer while colleagues coach it.

    Where coaches still have time for who is there, as if they had for all who are hired, too.
    """
    if team.coaching is None:
        return head.productive_fte
    first_day = start.toordinal()
    return gets_done(team, there + head, first_day) - gets_done(team, there, first_day)


def _places(
    scenario: CentreScenario, name: str, plan: TeamPlan, own: list[HireClass], first: int
) -> list[tuple[Int64, float]]:
    """Where trainers are limited: at the start of every class all that are in training then have places."""
    hiring = scenario.teams[name].hiring
    assert hiring is not None
    if hiring.trainers is None or hiring.class_size is None:
        return []
    training = plan.ramp.training_days
    found = []
    for one in own:
        together = [at for at, other in enumerate(own) if one.day - training < other.day <= one.day]
        taken = sum(heads for day, heads in plan.hiring.classes if one.day - training < day <= one.day)
        room = max(hiring.trainers * hiring.class_size - taken, 0)
        found.append((np.array(together, np.int64) + first, float(room)))
    return found


def _mondays(start: date, days: int, earliest: int) -> list[int]:
    """The first Monday from a day of the horizon on, and the first ones of the months after it; days of the horizon."""
    mondays = [day for day in range(earliest, days) if (start + timedelta(days=day)).weekday() == _MONDAY]
    return [day for place, day in enumerate(mondays) if place == 0 or (start + timedelta(days=day)).day <= 7]


def _monthly(by_day: Float64, starts: Int64, days: int) -> Float64:
    """Means over the months, (M,)."""
    return np.asarray(np.add.reduceat(by_day[:days], starts) / np.diff(np.append(starts, days)), np.float64)


def _limit(scenario: CentreScenario, name: str) -> float:
    hiring = scenario.teams[name].hiring
    return float(hiring.most_heads) if hiring is not None and hiring.most_heads is not None else np.inf


def _budget(scenario: CentreScenario, teams: tuple[str, ...]) -> float:
    """The sum of the teams' budgets; inf if any has none."""
    given = [hiring.budget for name in teams if (hiring := scenario.teams[name].hiring) is not None]
    return sum(money.amount for money in given if money is not None) if all(given) and given else np.inf
