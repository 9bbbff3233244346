"""The repeats that a scenario predicts, queue by queue: what ``volume_is: offered`` backs out, and what load counts.

The prediction, its equations and what it leaves out are those of ``sim.scenario.repeats``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..scenario.centre import CentreScenario
from ..scenario.repeats import recontact_shares, redial_share, weekly_flows
from .contract import Float64


@dataclass(frozen=True)
class Repeats:
    """Contacts by queue in an ordinary week at the scenario's start."""

    queue_names: tuple[str, ...]
    stated: Float64
    """(Q,) the volume as the file gives it: of first contacts, or of all that is offered."""
    first: Float64
    """(Q,) first contacts."""
    redials: Float64
    """(Q,) redials after abandoning."""
    recontacts_from: Float64
    """(Q, Q) re-contacts to queue q by those whom queue p served: row p, column q."""

    @property
    def recontacts(self) -> Float64:
        """(Q,) re-contacts to each queue."""
        return np.asarray(self.recontacts_from.sum(axis=0), np.float64)

    @property
    def offered(self) -> Float64:
        """(Q,) all attempts."""
        return self.first + self.redials + self.recontacts

    @property
    def first_share(self) -> Float64:
        """(Q,) first contacts per contact of the stated volume."""
        return np.divide(self.first, self.stated, out=np.ones_like(self.first), where=self.stated > 0)

    @property
    def offered_per_stated(self) -> Float64:
        """(Q,) attempts per contact of the stated volume: 1 where that counts them all."""
        return np.divide(self.offered, self.stated, out=np.ones_like(self.offered), where=self.stated > 0)


def predicted_repeats(scenario: CentreScenario) -> Repeats:
    """Split each queue's volume into first contacts, redials and re-contacts."""
    names, queues = tuple(scenario.queues), tuple(scenario.queues.values())
    flows = weekly_flows(scenario)
    offered = np.array([flows[name].offered for name in names])
    repeats = np.array([flows[name].repeats for name in names])
    shares = [recontact_shares(name, queue) for name, queue in scenario.queues.items()]
    recontacts_from = np.array([[to.get(name, 0.0) for name in names] for to in shares]) * offered[:, np.newaxis]
    first = np.maximum(offered - repeats, 0.0)
    counts_first = np.array([queue.arrivals.volume_is == "first" for queue in queues])
    return Repeats(
        queue_names=names,
        stated=np.where(counts_first, first, offered),
        first=first,
        redials=np.array([redial_share(queue) for queue in queues]) * offered,
        recontacts_from=recontacts_from,
    )
