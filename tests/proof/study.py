"""A scenario simulated until the rows that it is to be compared with are known well enough."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.figures import OFFERED
from sim.centre.compile import compile_centre
from sim.centre.simulate import simulate

from .estimates import Estimate, controlled, plain
from .figures import Figure
from .inputs import Inputs
from .models import Model
from .rows import NORMAL_95, Row

Float64 = NDArray[np.float64]

PILOT = 40
"""Replications before the number needed is estimated."""
SHARE_ERROR, RELATIVE_ERROR = 0.001, 0.005
"""Largest standard error of shares (0.1 point), and of times and counts relative to their value."""
BESIDE_PUBLISHED = 0.5
"""Largest standard error relative to that of a published estimate."""
MOST_GROWTH = 20
"""Replications added at a time, relative to those there are."""


@dataclass(frozen=True, eq=False)
class Study:
    """A model and the rows that it answers."""

    model: Model
    figures: Mapping[Row, Figure]

    @property
    def name(self) -> str:
        """What is simulated, and how."""
        return f"{self.first.model} ({self.first.params})"

    @property
    def first(self) -> Row:
        """The first of its rows."""
        return next(iter(self.figures))

    @property
    def seed(self) -> int:
        """Its own, so that studies are independent of each other."""
        return zlib.crc32((self.first.id or self.name).encode())


@dataclass(frozen=True)
class Finding:
    """A row beside its simulation."""

    row: Row
    estimate: Estimate
    row_error: float
    """Standard error of the row's own value; 0 if it is exact."""
    largest_error: float
    """Standard error that the simulation may have."""

    @property
    def score(self) -> float:
        """Standard normal if simulation and row agree."""
        return self.estimate.score(self.row.value, self.row_error)

    @property
    def is_inside(self) -> bool:
        """Whether the simulation lies in the row's 95 % interval, in the digits that are printed."""
        low, high = self.row.interval or (
            self.row.value - NORMAL_95 * self.row_error,
            self.row.value + NORMAL_95 * self.row_error,
        )
        simulated = self.estimate.value if self.row.digits is None else round(self.estimate.value, self.row.digits)
        return low <= simulated <= high


@dataclass(frozen=True)
class Proof:
    """What a study found, and with what effort."""

    study: Study
    findings: tuple[Finding, ...]
    input_scores: tuple[float, ...]
    """Scores of what is known exactly: first contacts, work and repeats."""
    replications: int
    contacts: int


def prove(study: Study) -> Proof:
    """Simulate as many replications as the rows' largest standard errors ask for."""
    compiled = compile_centre(study.model.scenario).staffed()
    inputs = Inputs.of(study.model.scenario, compiled)
    kept: list[list[Float64]] = []
    controls: list[Float64] = []
    contacts = 0
    wanted = PILOT
    while True:
        for replication in simulate(compiled, study.seed, range(len(kept), wanted), log=study.model.needs_log):
            kept.append([figure.read(replication) for figure in study.figures.values()])
            controls.append(inputs.excess(replication))
            contacts += int(OFFERED.of(replication.counts.contacts).sum())
        known = np.array(controls)
        findings = tuple(
            _finding(study, row, figure, np.array([one[place] for one in kept]), known)
            for place, (row, figure) in enumerate(study.figures.items())
        )
        shortfall = max(finding.estimate.standard_error / finding.largest_error for finding in findings)
        if shortfall <= 1:
            scores = tuple(_mean(excess).score(0.0) for excess in known.T if excess.any())
            return Proof(study, findings, scores, len(kept), contacts)
        wanted = len(kept) + math.ceil(len(kept) * min(1.05 * shortfall**2 - 1, MOST_GROWTH))


def _mean(values: Float64) -> Estimate:
    return plain(float(values.mean()), values - values.mean())


def _finding(study: Study, row: Row, figure: Figure, kept: Float64, controls: Float64) -> Finding:
    linearised = figure.linearised(kept)
    estimate = controlled(*linearised, controls) if study.model.is_controlled else plain(*linearised)
    if row.replications is None:
        largest = SHARE_ERROR if figure.is_share else RELATIVE_ERROR * abs(row.value)
        return Finding(row, estimate, row.rounding, largest)
    if row.interval is not None:
        own = (row.interval[1] - row.interval[0]) / 2 / NORMAL_95
    else:
        samples = len(kept) * study.model.samples_each
        own = plain(*linearised).standard_error * math.sqrt(samples / row.replications)
    return Finding(row, estimate, math.hypot(own, row.rounding), BESIDE_PUBLISHED * own)
