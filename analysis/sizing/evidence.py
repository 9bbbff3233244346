"""What replications say of what is tried: gathered little by little, on common random numbers.

Every staff, or volume, is run with the same seed and the same replication numbers, so that what differs between two of
them is the staff (or the volume) alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sim.centre.contract import CompiledCentre
from sim.centre.simulate import Engine, simulate

from ..intervals import Accumulator, CentreStatistics
from ..simulation import LEAST_REPLICATIONS, Replications
from ..targets import Target
from .judging import LEAST_TO_BE_CLEAR, all_figures, clear_verdict, met, widest


@dataclass(frozen=True)
class Precision:
    """How well ``auto`` finds the figures that decide."""

    half_width: float
    most_replications: int

    def shared(self, teams: int) -> Precision:
        """For a staff of so many teams, of which as many are tried one smaller: with replications shared among them."""
        return Precision(self.half_width, self.most_replications // teams)


FINE = Precision(0.005, 400)
"""Of the headline."""
COARSE = Precision(0.02, 100)
"""Of all other periods."""


@dataclass(frozen=True)
class Sampling:
    """How replications are made, and how many."""

    seed: int
    engine: Engine
    replications: Replications

    @property
    def least(self) -> int:
        """Full number of replications to begin with."""
        return LEAST_REPLICATIONS if self.replications == "auto" else self.replications


class Evidence:
    """The replications of one compiled centre, as many as were asked for so far."""

    def __init__(
        self,
        centre: CompiledCentre,
        targets: Sequence[Target],
        sampling: Sampling,
        tick: Callable[[], None],
        first: int = 0,
    ) -> None:
        """Replications are numbered from ``first`` on; ``tick`` is called after each."""
        self._centre = centre
        self._sampling = sampling
        self._tick = tick
        self._first = first
        self._done = 0
        self._accumulator = Accumulator(centre, targets)
        self._statistics: CentreStatistics | None = None

    def grown(self, replications: int) -> CentreStatistics:
        """Statistics of at least so many replications; those that are missing are run."""
        if self._statistics is None or self._done < replications:
            numbers = range(self._first + self._done, self._first + replications)
            for replication in simulate(self._centre, self._sampling.seed, numbers, self._sampling.engine):
                self._accumulator.add(replication)
                self._tick()
            self._done = replications
            self._statistics = self._accumulator.statistics()
        return self._statistics

    def meets(self, full: int) -> bool:
        """Whether all targets are met: from as few replications as make that clear, else exactly on the full number."""
        replications = LEAST_TO_BE_CLEAR
        while replications < full:
            verdict = clear_verdict(self.grown(replications))
            if verdict is not None:
                return verdict
            replications *= 2
        return met(all_figures(self.grown(full)))


Tried = TypeVar("Tried", bound=Hashable)
"""What tells the trials apart: a staff, or a volume."""


class Trials(Generic[Tried]):
    """What is tried in one period. The full number of replications is the same for all of it."""

    def __init__(
        self,
        compiled: Callable[[Tried], CompiledCentre],
        targets: Sequence[Target],
        sampling: Sampling,
        tick: Callable[[], None],
    ) -> None:
        """``compiled`` gives the period's centre as it is tried."""
        self._compiled = compiled
        self._targets = targets
        self._sampling = sampling
        self._tick = tick
        self._tried: dict[Tried, Evidence] = {}
        self.replications = sampling.least
        """The full number."""

    def statistics(self, tried: Tried) -> CentreStatistics:
        """Statistics at the full number of replications."""
        return self._evidence(tried).grown(self.replications)

    def statistics_so_far(self, tried: Tried) -> CentreStatistics:
        """Statistics at the number of replications that the verdict took."""
        return self._evidence(tried).grown(1)

    def roughly(self, tried: Tried) -> bool:
        """Whether all targets are met, from as few replications as make that clear."""
        return self._evidence(tried).meets(self.replications)

    def exactly(self, tried: Tried) -> bool:
        """Whether all targets are met by the ratios of sums over the full number of replications."""
        return met(all_figures(self.statistics(tried)))

    def sharpen(self, tried: Tried, precision: Precision) -> None:
        """Raise the full number, if it is ``auto``, until the deciding figures are known well enough."""
        if self._sampling.replications != "auto":
            return
        while self.replications < precision.most_replications:
            width = widest(all_figures(self.statistics(tried)))
            if width <= precision.half_width:
                return
            needed = math.ceil(1.1 * self.replications * (width / precision.half_width) ** 2)
            self.replications = min(needed, 2 * self.replications, precision.most_replications)

    def keep_only(self, kept: Collection[Tried]) -> None:
        """Forget what was found of all others: memory is for those that are reported."""
        self._tried = {tried: evidence for tried, evidence in self._tried.items() if tried in kept}

    def _evidence(self, tried: Tried) -> Evidence:
        if tried not in self._tried:
            self._tried[tried] = Evidence(self._compiled(tried), self._targets, self._sampling, self._tick)
        return self._tried[tried]
