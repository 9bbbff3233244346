"""Guessing from few replications whether a staff is enough, by what it changes against one that is known better.

On common random numbers two staffs that differ by a few people see the same contacts, so that the difference between
their figures is known from far fewer replications than the figures themselves: a control variate. A guess takes the
figures of the known staff, from all its replications, and adds what the other changes on the first few.

Reference: S. Asmussen, P. W. Glynn, Stochastic Simulation (2007), sections V.2 (control variates) and V.6 (common
random numbers).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.centre.contract import CompiledCentre, Float64

from ..targets import Target
from .evidence import Evidence, Sampling, Trials
from .exchange import Lack
from .judging import margins
from .staff import Staff

FEW = 8
"""Replications that a change is guessed from."""
_ROUNDING = 1e-9


class Screen:
    """Guesses verdicts on staffs of one period. Of each staff only its figures are kept."""

    def __init__(
        self,
        trials: Trials[Staff],
        compiled: Callable[[Staff], CompiledCentre],
        targets: Sequence[Target],
        sampling: Sampling,
        tick: Callable[[], None],
    ) -> None:
        """``trials`` know the staffs that others are compared with; the rest as they were given it."""
        self._trials = trials
        self._compiled = compiled
        self._targets = targets
        self._sampling = sampling
        self._tick = tick
        self._few: dict[Staff, Float64] = {}

    def beside(self, known: Staff) -> Lack:
        """Guesses of what staffs lack, by how their figures differ from those of a ``known`` one.

        The points by which targets are missed, summed over all spans.
        """
        figures, few = margins(self._trials.statistics(known)), self._of_few(known)

        def lack(staff: Staff) -> float:
            # Where either has nothing to judge, nothing is known of a change.
            guessed = figures + np.nan_to_num(self._of_few(staff) - few)
            return float(-guessed[guessed < -_ROUNDING].sum())

        return lack

    def _of_few(self, staff: Staff) -> Float64:
        if staff not in self._few:
            evidence = Evidence(self._compiled(staff), self._targets, self._sampling, self._tick)
            self._few[staff] = margins(evidence.grown(min(FEW, self._sampling.least)))
        return self._few[staff]
