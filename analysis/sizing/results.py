"""What sizing answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.centre.contract import Int64
from sim.centre.presence import PresenceSummary
from sim.centre.shift_staff import ShiftMonth
from sim.centre.simulate import Engine
from sim.scenario.load import LoadedScenario

from ..decision import Decision, TargetDecision
from ..kpis import CentreFigures, Payroll
from ..simulation import Replications
from ..targets import Target
from ..uncertainty import Share
from .periods import Period
from .questions import Question
from .unit import Unit


@dataclass(frozen=True)
class TeamTried:
    """A team as it was in a trial."""

    size: int | None
    """Heads or positions; None for positions by interval."""
    presence: PresenceSummary
    """Its positions, mean, peak and by interval."""
    payroll: Payroll
    """Its heads, FTE, paid hours and cost."""


@dataclass(frozen=True)
class Trial:
    """One staff simulated in one month."""

    teams: Mapping[str, TeamTried]
    """All that were there, those that aren't sized among them."""
    met: bool
    """Whether every target is met in every span it is judged over, by the ratios of sums, compared as integers."""
    decision: Decision
    """Each target's figure with its interval, by span and over the month; ``days``: the share that meet all targets."""
    beside: tuple[TargetDecision, ...]
    """What became of targets that weren't judged (``Question.beside``)."""
    chance: Share
    """Share of the replications in which the month meets all targets."""
    figures: CentreFigures
    replications: int

    @property
    def doubtful(self) -> bool:
        """Whether ``met`` may be chance: a target lies within the 95 % interval of a figure, and none surely fails."""
        return bool(self.unsure) and all(one.verdict != "fails" for one in self.decision.targets if one.spans)

    @property
    def unsure(self) -> tuple[Target, ...]:
        """The targets of which it can't be told whether they hold."""
        return tuple(one.target for one in self.decision.targets if one.spans and one.verdict == "unsure")


@dataclass(frozen=True)
class MonthSize:
    """The fewest heads, or positions, of a team in one calendar month."""

    period: Period
    size: int
    alternatives: tuple[int, ...]
    """Sizes that can't be told apart from the answer, itself among them: "171 or 172"."""
    binding: tuple[Target, ...]
    """The targets that fail because of one fewer, by most first (``binding_targets``); empty if 1 is enough."""
    below: Trial | None
    """One fewer, all other teams being as in ``at``; None if 1 is enough."""
    at: Trial
    """The answer; of teams that are sized together, the same trial for all of them."""
    above: Trial | None
    """One more; None where several teams are sized together."""
    erlang_c: int | None
    """The analytic answers in the same unit; None where undefined."""
    erlang_a: int | None


@dataclass(frozen=True)
class WeekPattern:
    """A team's positions by weekday and interval from which none can be taken, of one calendar month."""

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
class TeamSize:
    """The fewest heads, or positions, of a team, month by month."""

    team: str
    unit: Unit
    stated: int | None
    """What the file itself has, in that unit; None where it gives positions by interval or in another unit."""
    months: tuple[MonthSize, ...]
    peak: MonthSize
    """The headline: of the month in which its group needs most."""
    pattern: WeekPattern | None
    """Of the peak month, if asked for."""


@dataclass(frozen=True)
class EveryMonthSize:
    """A staff for all months of a horizon."""

    teams: tuple[MonthSize, ...]
    """Team by team, each in a month in which one fewer fails."""
    of_peak: bool
    """Whether it is the one found for the peak month."""
    failing: tuple[tuple[Period, Trial], ...]
    """Months in which it isn't enough all the same: none, but by a chance that more people don't mend."""


@dataclass(frozen=True)
class GroupSize:
    """Teams that were sized together: a least staff that meets their targets, month by month."""

    question: Question
    teams: tuple[TeamSize, ...]
    limit: int
    """The largest size of a team that was allowed."""
    every_month: EveryMonthSize | None
    """None if the horizon is one month."""

    @property
    def headline(self) -> tuple[MonthSize, ...]:
        """What is needed of each team: that holds every month, where the peak month's staff doesn't."""
        if self.every_month is None or self.every_month.of_peak:
            return tuple(team.peak for team in self.teams)
        return self.every_month.teams

    @property
    def peak(self) -> Period:
        """The month that needs most, the first of such."""
        return self.teams[0].peak.period

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The answer's, month by month."""
        return tuple(month.at for month in self.teams[0].months)

    @property
    def replications(self) -> int:
        """Of the peak month."""
        return self.teams[0].peak.at.replications


@dataclass(frozen=True)
class WeekHours:
    """Paid hours of all heads in an ordinary week, and what becomes of them."""

    contract: float
    not_rostered: float
    """Of the contract, that the chosen weeks of shifts don't fill."""
    paid_breaks: float
    outside: float
    """Of shifts, when the team isn't there."""
    shrinkage: float
    positions: float
    """What is left on the phones."""


@dataclass(frozen=True)
class TeamShifts:
    """The schedules of a team that was sized, and what they cost."""

    team: str
    months: tuple[ShiftMonth, ...]
    """Of as many heads as each month needs."""
    peak: ShiftMonth
    """That of the headline's month."""
    hours: WeekHours
    """Of the peak's schedule."""
    covering: int | None
    """Heads whose shifts cover what the Erlang formula asks for in every interval of the peak; None without one."""
    free: TeamSize
    """The team sized as if its heads were there whenever they are needed."""


@dataclass(frozen=True)
class SizeResult:
    """How many are needed to meet every target, group by group."""

    loaded: LoadedScenario
    groups: tuple[GroupSize, ...]
    seed: int
    replications: Replications
    engine: Engine
    shifts: tuple[TeamShifts, ...] = ()
    """Of the teams whose heads work shifts, if asked for."""

    @property
    def teams(self) -> tuple[TeamSize, ...]:
        """All teams that were sized."""
        return tuple(team for group in self.groups for team in group.teams)

    @property
    def only(self) -> TeamSize:
        """The team that was sized. ValueError if there are several."""
        (team,) = self.teams
        return team

    @property
    def peak(self) -> MonthSize:
        """The headline of the team that was sized. ValueError if there are several."""
        return self.only.peak

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
class GroupHeld:
    """What the file's own staff of a group holds, month by month."""

    question: Question
    months: tuple[MonthHeld, ...]
    tightest: MonthHeld
    """The headline: the month that holds the smallest factor, chosen as ``GroupSize.peak``."""


@dataclass(frozen=True)
class HoldsResult:
    """What the file's own staff holds, group by group."""

    loaded: LoadedScenario
    groups: tuple[GroupHeld, ...]
    seed: int
    replications: Replications
    engine: Engine
