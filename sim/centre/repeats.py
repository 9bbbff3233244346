"""What a scenario predicts of repeats and transfers, as arrays: what offered volumes hold, and what load counts.

The prediction, its equations and what it leaves out are those of ``sim.scenario.repeats``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ..scenario.centre import CentreScenario
from ..scenario.repeats import WeeklyFlow, stated_flows, stated_week, weekly_flows
from .contract import Float64, Int64


@dataclass(frozen=True)
class Repeats:
    """Contacts by queue in an ordinary week at the scenario's start."""

    queue_names: tuple[str, ...]
    stated: Float64
    """(Q,) the volume as the file gives it: of first contacts, or of all that is offered."""
    first: Float64
    """(Q,) first contacts, deflected ones included."""
    offered: Float64
    """(Q,) all attempts but transfers, which aren't offered anew."""
    redials: Float64
    """(Q,) redials after abandoning."""
    recontacts_from: Float64
    """(Q, Q) re-contacts to queue q by those whom queue p served: row p, column q."""
    transfers_from: Float64
    """(Q, Q) contacts that queue p handed on to queue q."""

    @property
    def recontacts(self) -> Float64:
        """(Q,) re-contacts to each queue."""
        return np.asarray(self.recontacts_from.sum(axis=0), np.float64)

    @property
    def attempts(self) -> Float64:
        """(Q,) all attempts, transfers included."""
        return np.asarray(self.offered + self.transfers_from.sum(axis=0), np.float64)

    @property
    def first_share(self) -> Float64:
        """(Q,) first contacts per contact of the stated volume."""
        return per(self.first, self.stated, otherwise=1.0)


def stated_repeats(scenario: CentreScenario) -> Repeats:
    """Each queue's volume, as it is stated, split into first contacts and repeats: without deflection and pressure."""
    return _repeats(scenario, stated_flows(scenario))


def expected_repeats(scenario: CentreScenario, on: date) -> Repeats:
    """What comes instead with pressure, and with deflection as it is on a day."""
    return _repeats(scenario, weekly_flows(scenario, on))


def per(part: Float64, whole: Float64 | Int64, otherwise: float = 0.0) -> Float64:
    """Their quotient; ``otherwise`` where the whole isn't more than 0."""
    quotient: Float64 = np.divide(part, whole, out=np.full(np.shape(part), otherwise), where=whole > 0)
    return quotient


def _repeats(scenario: CentreScenario, flows: Mapping[str, WeeklyFlow]) -> Repeats:
    names = tuple(scenario.queues)

    def between(by_source: Callable[[WeeklyFlow], Mapping[str, float]]) -> Float64:
        return np.array([[by_source(flows[target]).get(source, 0.0) for target in names] for source in names])

    volumes = [stated_week(scenario, name) for name in scenario.queues]
    return Repeats(
        queue_names=names,
        stated=np.array(volumes),
        first=np.maximum([flows[name].first for name in names], 0.0),
        offered=np.array([flows[name].offered for name in names]),
        redials=np.array([flows[name].redials for name in names]),
        recontacts_from=between(lambda flow: flow.recontacts),
        transfers_from=between(lambda flow: flow.transfers),
    )
