"""What sizing answers."""

from __future__ import annotations

from dataclasses import dataclass

from sim.centre.contract import Int64
from sim.centre.presence import PresenceSummary
from sim.centre.simulate import Engine
from sim.scenario.load import LoadedScenario

from ..decision import Decision
from ..kpis import CentreFigures, Payroll
from ..simulation import Replications
from ..targets import Target
from ..uncertainty import Share
from .periods import Period
from .unit import Unit


@dataclass(frozen=True)
class Trial:
    """One staff simulated in one month."""

    size: int | None
    """Heads or positions; None for positions by interval."""
    presence: PresenceSummary
    """Its positions, mean, peak and by interval."""
    payroll: Payroll
    """Its heads, FTE, paid hours and cost."""
    met: bool
    """Whether every target is met in every span it is judged over, by the ratios of sums, compared as integers."""
    decision: Decision
    """Each target's figure with its interval, by span and over the month; ``days``: the share that meet all targets."""
    chance: Share
    """Share of the replications in which the month meets all targets."""
    figures: CentreFigures
    replications: int

    @property
    def doubtful(self) -> bool:
        """Whether ``met`` may be chance: a target lies within the 95 % interval of a figure, and none surely fails."""
        of_each = [one.verdict for one in self.decision.targets if one.spans]
        return "unsure" in of_each and "fails" not in of_each


@dataclass(frozen=True)
class MonthSize:
    """The fewest heads, or positions, of one calendar month."""

    period: Period
    size: int
    alternatives: tuple[int, ...]
    """Sizes that can't be told apart from the answer, itself among them: "171 or 172"."""
    binding: tuple[Target, ...]
    """The targets that one fewer fails, by most first; empty if 1 is enough."""
    below: Trial | None
    """One fewer; None if 1 is enough."""
    at: Trial
    above: Trial
    erlang_c: int | None
    """The analytic answers in the same unit; None where undefined."""
    erlang_a: int | None


@dataclass(frozen=True)
class WeekPattern:
    """Positions by weekday and interval from which none can be taken, of one calendar month."""

    period: Period
    positions: Int64
    """(7, intervals a day), Monday first; 0 outside the team's hours."""
    agent_intervals: int
    """Positions of the pattern, summed: one is one position in one interval of a weekday, all through the month."""
    binding: tuple[Target, ...]
    """The targets that a removal fails, the most frequent first."""
    at: Trial
    """On the replications that the pattern was searched on."""
    fresh: Trial
    """On as many others: what it may be expected to hold."""


@dataclass(frozen=True)
class SizeResult:
    """The fewest heads, or positions, that meet every target, month by month."""

    loaded: LoadedScenario
    unit: Unit
    stated: int | None
    """What the file itself has, in that unit; None where it gives positions by interval or in another unit."""
    months: tuple[MonthSize, ...]
    peak: MonthSize
    """The headline: the month that needs most, the first of such; of the months with a whole week, if there are any."""
    pattern: WeekPattern | None
    """Of the peak month, if asked for."""
    limit: int
    """The largest size that was allowed."""
    seed: int
    replications: Replications
    engine: Engine

    def __str__(self) -> str:
        """What ``staffsim size`` prints, but for the reverse question."""
        from ..output.size_text import size_text  # it knows this class

        return size_text(self)


@dataclass(frozen=True)
class MonthHeld:
    """What the file's own staff holds in one calendar month."""

    period: Period
    volume: float | None
    """The largest factor on all volumes, in steps of 0.005, at which all targets are met: 0 if at none, None if even
    at 10."""
    binding: tuple[Target, ...]
    """The targets that fail one step above, by most first."""
    at: Trial
    """At the file's volume."""


@dataclass(frozen=True)
class HoldsResult:
    """What the file's own staff holds, month by month."""

    loaded: LoadedScenario
    unit: Unit
    stated: int | None
    months: tuple[MonthHeld, ...]
    tightest: MonthHeld
    """The headline: the month that holds the smallest factor, chosen as in ``SizeResult.peak``."""
    seed: int
    replications: Replications
    engine: Engine
