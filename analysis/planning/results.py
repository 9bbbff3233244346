"""The capacity sheet as data: a row for each period (week or month), P of them; NaN where there is nothing to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from sim.centre.contract import Float64
from sim.centre.simulate import Engine
from sim.common.calendar_spans import Unit
from sim.scenario.load import LoadedScenario

from ..intervals import CentreStatistics
from ..sizing.periods import Period
from ..sizing.unit import Unit as StaffUnit
from ..targets import Target
from ..uncertainty import Share
from .off_phone import QuietTime, TrainingRow
from .variance import Variance


@dataclass(frozen=True)
class TargetRow:
    """A target's figure in every period, as simulated, (P,)."""

    target: Target
    value: Float64
    half_width: Float64


@dataclass(frozen=True)
class QueueRow:
    """A queue in every period, (P,)."""

    queue: str
    volume: Float64
    """Contacts offered."""
    aht_s: Float64
    targets: tuple[TargetRow, ...]


TIME = ("overtime_h", "time_off_h", "coach_load", "coaching_by_colleagues_h")
"""Figures of a team's people that tell of overtime, time off and coaching."""


@dataclass(frozen=True)
class TeamRow:
    """A team in every period, (P,). FTE of a team that the file gives in positions are positions."""

    team: str
    unit: StaffUnit
    asked_for: bool
    """Whether any target asks for the team."""
    required_fte: Float64
    """Experienced people, there all the period, that hold every target by simulation; NaN where no target asks for the
    team, or none would do."""
    available_fte: Float64
    """People past training, each as so much of an experienced one as gets done (proficiency), less what coaching takes
    of their time beyond that of so many experienced people."""
    payroll_fte: Float64
    """All on the payroll."""
    heads: Float64
    """People on the payroll, on average; NaN of positions, as all that follows."""
    heads_at_end: Float64
    """On the last day."""
    hires: Float64
    leavers: Float64
    in_training: Float64
    proficiency: Float64
    cost: Float64
    currency: str | None
    on_leave: Float64
    """Share of the paid time that the file has as leave; 0 where it names none."""
    time: Mapping[str, Float64] = field(default_factory=dict)
    """Of ``TIME`` what the file has any of."""

    @property
    def over_under_fte(self) -> Float64:
        """Available less required."""
        return self.available_fte - self.required_fte

    @property
    def required_payroll_fte(self) -> Float64:
        """On the payroll, with as many in training and as proficient as the team's people are in the period."""
        return self.required_fte * self.payroll_fte / self.available_fte

    @property
    def may_be_off(self) -> Float64:
        """Heads past training who may be on leave in the period: those that the file has, and what is over.

        One more away takes a person who is there as the others are who aren't on leave. NaN without heads.
        """
        past_training = self.heads - self.in_training
        over_heads = self.over_under_fte / self.available_fte * past_training
        return np.asarray(self.on_leave * past_training + over_heads * (1 - self.on_leave), np.float64)

    @property
    def planned_off(self) -> Float64:
        """Heads past training whom the file has on leave."""
        return np.asarray(self.on_leave * (self.heads - self.in_training), np.float64)


@dataclass(frozen=True)
class Shortage:
    """A period in which a team has less than it needs, and the last class that would help it."""

    team: str
    period: Period
    short_fte: float
    unit: StaffUnit
    start: date | None
    """The last Monday on which people can start who are past training when the period begins; None where the team
    doesn't hire."""
    decide_by: date | None
    heads: int | None
    """How many of them make up for what lacks, by expected numbers; None where they would come too late."""


@dataclass(frozen=True)
class QueueRatio:
    """What a queue had of what was forecast, over the periods that have been; NaN where there is nothing to compare."""

    queue: str
    volume: float
    aht: float


@dataclass(frozen=True)
class Reforecast:
    """The sheet's first periods as they were, and how the plan goes on from there."""

    periods: int
    file: str
    """Of the actuals."""
    changes: Mapping[str, Any]
    """What the file that goes on from there has in place of the scenario's own, as nested fields."""
    ratios: tuple[QueueRatio, ...]
    rebased: bool
    """Whether volumes go on by these ratios."""
    variances: tuple[Variance, ...]
    """By period and team that has heads and is asked for by a target."""


@dataclass(frozen=True)
class PlanResult:
    """The sheet, and the simulation that it rests on."""

    loaded: LoadedScenario
    over: Unit
    periods: tuple[Period, ...]
    queues: tuple[QueueRow, ...]
    teams: tuple[TeamRow, ...]
    holds: tuple[Share, ...]
    """By period: the share of the replications in which it holds every target."""
    shortages: tuple[Shortage, ...]
    """The largest first."""
    training: tuple[TrainingRow, ...]
    """Of the teams that hire or train."""
    quiet: tuple[tuple[QuietTime, ...], ...]
    """By team, the hours of the week in which most people wait for contacts."""
    statistics: CentreStatistics
    """Of the periods to come."""
    seed: int
    engine: Engine
    reforecast: Reforecast | None = None
    """What has been, of the first periods; None without actuals."""

    @property
    def actual(self) -> int:
        """How many of the periods, the first ones, have been."""
        return 0 if self.reforecast is None else self.reforecast.periods

    @cached_property
    def worst(self) -> Shortage | None:
        """The largest shortage."""
        return self.shortages[0] if self.shortages else None

    def __str__(self) -> str:
        """What ``staffsim plan`` prints."""
        from ..output.plan_text import plan_text  # it knows this class

        return plan_text(self)
