"""What is told of a hiring plan, or of why there is none."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from sim.centre.contract import Float64, Int64
from sim.centre.simulate import Engine
from sim.scenario.centre import CentreScenario
from sim.scenario.load import LoadedScenario
from sim.scenario.words import listed

from ..decision import decide
from ..intervals import CentreStatistics
from ..output.words import counted, number, percent, span_name
from ..payroll import currency
from ..risk import chance_of_holding
from .outlook import Outlook
from .programme import Programme, cheapest, least_lacking
from .proof import failed_by_month, monthly, shares
from .results import Binding, HireResult, PlannedClass, TeamMonths

LATE_DAYS = 28
_LITTLE = 0.05
"""Heads that aren't worth a word."""


@dataclass(frozen=True)
class Found:
    """A plan, and the simulations that it rests on."""

    outlook: Outlook
    asked: float
    needed: Float64
    """(T, M) productive heads that it was made for."""
    hires: Int64
    """In each class of the outlook."""
    proof: CentreStatistics
    nobody: CentreStatistics
    """If nobody is hired but by the file's own classes."""


def answer(loaded: LoadedScenario, found: Found, seed: int, engine: Engine) -> HireResult:
    """What is told of a plan that was found."""
    of, hires, proof, nobody = found.outlook, found.hires, found.proof, found.nobody
    needed = found.needed
    first = min((one.day for one, count in zip(of.classes, hires, strict=True) if count), default=0)
    met = of.programme(needed).reached(hires)
    enough = failed_by_month(nobody, nobody.targets) == 0
    reached = np.minimum(np.minimum(needed, met), np.where(enough, of.productive, np.inf))
    programme = of.programme(reached)
    cost = programme.cost(hires)
    late = of.later(first + LATE_DAYS).programme(reached)
    late_hires = cheapest(late)
    lacking = np.zeros_like(needed) if late_hires is not None else late.lacking(least_lacking(late))
    heads = programme.on_payroll(hires)
    return HireResult(
        loaded=loaded,
        classes=tuple(_planned(loaded.model, of, hires)),
        months=of.months,
        teams=tuple(TeamMonths(name, heads[at], met[at], reached[at]) for at, name in enumerate(of.teams)),
        cost=cost,
        currency=currency(loaded.model.teams[of.teams[0]]),
        asked=found.asked,
        chance=chance_of_holding(monthly(proof)),
        chance_by_month=shares(monthly(proof)),
        without=shares(monthly(nobody)),
        decision=decide(proof),
        statistics=proof,
        late_days=LATE_DAYS,
        late_cost=None if late_hires is None else late.cost(late_hires) - cost,
        late_lacking=float(lacking.max(initial=0.0)),
        late_month=of.months[int(lacking.max(axis=0).argmax())],
        binding=tuple(_binding(programme, cost)),
        seed=seed,
        engine=engine,
    )


def _planned(scenario: CentreScenario, of: Outlook, hires: Int64) -> Iterator[PlannedClass]:
    for one, count in zip(of.classes, hires.tolist(), strict=True):
        if count:
            name = of.teams[one.team]
            hiring = scenario.teams[name].hiring
            assert hiring is not None
            on = of.day(one.day)
            yield PlannedClass(name, on, count, on - timedelta(days=hiring.lead_time), one.cost * count)


def why_not(of: Outlook, needed: Float64, best: CentreStatistics, asked: float, money: str | None) -> str:
    """How far the best plan gets, the month that misses most often, which limit stands in the way and by how much.

    ``money``: the currency of the budget.
    """
    failed, chance = failed_by_month(best, best.targets), chance_of_holding(monthly(best))
    month = int(failed.argmax())
    programme = of.programme(needed)
    nearest = least_lacking(programme)
    have, lack = programme.reached(nearest)[:, month], programme.lacking(nearest)[:, month]
    heads = listed(
        [
            f"{number(float(at_most), 1)} productive heads"
            + (f" of {name}" if len(of.teams) > 1 else "")
            + (f" where {number(float(at_most + more), 1)} may do" if more > _LITTLE else "")
            for name, at_most, more in zip(of.teams, have, lack, strict=True)
        ],
        "and",
    )
    text = (
        f"no hiring within the limits is sure to hold every target every month at {percent(asked)}: the best "
        f"plan found holds in {percent(chance.value)} of {counted(best.replications, 'replication')}, which proves "
        f"{percent(chance.low)}; "
        f"{span_name(of.months[month])} misses most often, in {percent(float(failed[month]))}, with "
        f"at most {heads}"
    )
    gives = [
        f"{name} ({_asks(name, programme, hires, money)})"
        for name, other in _relaxed(programme)
        if (hires := cheapest(other)) is not None
    ]
    if gives:
        return f"{text}; {' or '.join(gives)} stands in the way"
    return f"{text}; who can still be hired is trained and ramped up too late: ask for less, or meet it otherwise"


def _relaxed(programme: Programme) -> Iterator[tuple[str, Programme]]:
    """The programme without each of the limits that it has."""
    if any(np.isfinite(one.most) for one in programme.classes):
        classes = tuple(replace(one, most=np.inf) for one in programme.classes)
        yield "class_size", replace(programme, classes=classes, places=())
    if any(one.least > 1 for one in programme.classes):
        classes = tuple(replace(one, least=1) for one in programme.classes)
        yield "least_class_size", replace(programme, classes=classes)
    if programme.places:
        yield "trainers", replace(programme, places=())
    if np.isfinite(programme.most_heads).any():
        yield "most_heads", replace(programme, most_heads=np.full_like(programme.most_heads, np.inf))
    if np.isfinite(programme.budget):
        yield "budget", replace(programme, budget=np.inf)


def _asks(name: str, programme: Programme, hires: Int64, money: str | None) -> str:
    """What a limit would have to be, by a plan that goes beyond it, and what it is."""
    classes = list(zip(programme.classes, hires.tolist(), strict=True))
    if name == "budget":
        unit = "h" if money is None else money
        return f"{number(programme.cost(hires))} {unit} in place of {number(programme.budget)} {unit}"
    if name == "most_heads":
        over = (programme.on_payroll(hires) - programme.most_heads[:, np.newaxis]).max(axis=1)
        team = int(over.argmax())
        most = programme.most_heads[team]
        return f"{math.ceil(most + over[team])} in place of {most:.0f}"
    if name == "least_class_size":
        fewest = min((count for one, count in classes if 0 < count < one.least), default=1)
        return f"{fewest} in place of {max(one.least for one in programme.classes)}"
    crowds = [(int(hires[together].sum()), places) for together, places in programme.places]
    if name == "class_size":
        crowds += [(count, one.most) for one, count in classes]
    most, places = max(crowds, key=lambda crowd: crowd[0] - crowd[1])
    return f"{most} people in training at a time, with places for {places:.0f}"


def _binding(programme: Programme, cost: float) -> Iterator[Binding]:
    """The limits without which as many productive heads cost less."""
    for name, other in _relaxed(programme):
        hires = cheapest(other)
        if hires is not None and other.cost(hires) < cost * (1 - 1e-6):
            yield Binding(name, cost - other.cost(hires))
