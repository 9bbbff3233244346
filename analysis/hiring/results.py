"""What ``hire`` answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sim.centre.contract import Float64
from sim.centre.simulate import Engine
from sim.scenario.load import LoadedScenario

from ..decision import Decision
from ..intervals import CentreStatistics
from ..uncertainty import Share


@dataclass(frozen=True)
class PlannedClass:
    """People to be hired on a day."""

    team: str
    on: date
    heads: int
    decide_by: date
    """``on`` less the team's lead time."""
    cost: float
    """Expected, over the horizon."""


@dataclass(frozen=True)
class TeamMonths:
    """A team month by month, by the plan's expected numbers, (M,)."""

    team: str
    heads: Float64
    productive: Float64
    needed: Float64
    """Productive heads that the plan was made for."""


@dataclass(frozen=True)
class Binding:
    """A limit without which hiring would cost less."""

    name: str
    saving: float


@dataclass(frozen=True)
class HireResult:
    """The cheapest plan found that holds every target every month with the probability asked."""

    loaded: LoadedScenario
    classes: tuple[PlannedClass, ...]
    months: tuple[str, ...]
    teams: tuple[TeamMonths, ...]
    cost: float
    """Of what is hired, expected."""
    currency: str | None
    asked: float
    chance: Share
    """That every month holds every target, on replications that the plan wasn't searched on."""
    chance_by_month: tuple[Share, ...]
    without: tuple[Share, ...]
    """By month, if nobody is hired but what the file's classes say."""
    decision: Decision
    statistics: CentreStatistics
    late_days: int
    late_cost: float | None
    """How much more the same costs, by the plan's arithmetic, if the first class is decided so many days after its
    latest date and nobody starts before; None if no plan then gives as many productive heads."""
    late_lacking: float
    """Productive heads that the worst month lacks then; 0 if none does."""
    late_month: str
    binding: tuple[Binding, ...]
    seed: int
    engine: Engine

    @property
    def heads(self) -> int:
        """How many are hired."""
        return sum(one.heads for one in self.classes)

    @property
    def latest_decision(self) -> date | None:
        """When the first class has to be decided; None if nobody is hired."""
        return min((one.decide_by for one in self.classes), default=None)
