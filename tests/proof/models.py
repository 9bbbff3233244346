"""What a set of rows is simulated by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.scenario.centre import CentreScenario

from .figures import Figure

Params = Mapping[str, str]
"""A row's parameters by name."""


@dataclass(frozen=True)
class Model:
    """The scenario of some parameters, and a figure for every metric."""

    scenario: CentreScenario
    figures: Mapping[str, Figure]
    needs_log: bool = False
    is_controlled: bool = True
    """Whether what is known exactly of the input sharpens the estimates; not where the figures are that input."""
    samples_each: int = 1
    """How many replications of a published program (days or weeks) one replication is worth."""
