"""What is known exactly of a replication's input, before chance: what the file states of contacts, work and repeats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.centre.compile_durations import duration
from sim.centre.contract import CompiledCentre
from sim.centre.results import CONTACT_COLUMNS, Replication
from sim.scenario.centre import CentreScenario

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class Inputs:
    """Means of queues (Q,), and of teams' services of queues (T, Q)."""

    first: Float64
    """First contacts offered in the horizon."""
    deflected: Float64
    """First contacts that aren't."""
    returned: Float64
    """Of these, those who come after all."""
    service_ms: Float64
    """(T, Q) time of an agent on a contact; NaN where it depends on what else goes on."""
    redial: Float64
    """Probability that an unanswered caller redials, without bound."""
    recontact: Float64
    """(T, Q, Q) probability that a contact which the team served comes back, to each queue."""

    @classmethod
    def of(cls, scenario: CentreScenario, compiled: CompiledCentre) -> Inputs:
        """The scenario's."""
        horizon = slice(compiled.warm_up_days, compiled.warm_up_days + compiled.horizon_days)
        expected = compiled.volume.expected[:, horizon]
        deflected = expected * compiled.engine.deflection.share[:, horizon]
        queues = scenario.queues.values()
        return cls(
            (expected - deflected).sum(axis=1),
            deflected.sum(axis=1),
            deflected.sum(axis=1) * [_share_returning(scenario, name) for name in scenario.queues],
            np.array([[_service_ms(scenario, team, name) for name in scenario.queues] for team in scenario.teams]),
            np.array([queue.redial.probability if queue.redial else 0.0 for queue in queues]),
            np.array([[_recontact(scenario, team, name) for name in scenario.queues] for team in scenario.teams]),
        )

    def excess(self, replication: Replication) -> Float64:
        """First contacts, work and repeats beyond what is expected of them; means 0."""
        totals = dict(zip(CONTACT_COLUMNS, replication.counts.contacts.sum(axis=1).T, strict=True))
        services, handle_ms = np.moveaxis(replication.counts.services.sum(axis=2), -1, 0)
        known = np.isfinite(self.service_ms)
        return np.concatenate(
            [
                totals["first"] - self.first,
                totals["deflected"] - self.deflected,
                totals["returned"] - self.returned,
                (handle_ms - np.where(known, self.service_ms, 0.0) * services)[known],
                totals["redial"] - self.redial * (totals["abandoned"] + totals["blocked"]),
                totals["recontact"] - np.einsum("tq,tqr->r", services, self.recontact),
            ]
        )


def _share_returning(scenario: CentreScenario, name: str) -> float:
    deflection = scenario.queues[name].deflection
    if deflection is None:
        return 0.0
    posted = deflection.posts.share if deflection.posts is not None else 0.0
    return (1 - posted) * deflection.fails


def _service_ms(scenario: CentreScenario, team: str, name: str) -> float:
    """Mean time of a team's agent on a queue's contact; of chats and transfers it depends on what else goes on."""
    queue = scenario.queues[name]
    transfers = [other.transfer for other in scenario.queues.values() if other.transfer is not None]
    takes_over = any(
        name in transfer.to.values() and (transfer.re_explain or transfer.warm is not None) for transfer in transfers
    )
    if queue.is_chat or queue.transfer is not None or takes_over or name not in scenario.served_by(team):
        return np.nan
    after_call_ms = duration(queue.after_call_work).mean_ms if queue.after_call_work is not None else 0.0
    factor = queue.pressure_factor * scenario.terms(team, name).handle_factor
    return float(duration(queue.handle_time).mean_ms * factor + after_call_ms)


def _recontact(scenario: CentreScenario, team: str, name: str) -> list[float]:
    queue = scenario.queues[name]
    if queue.recontact is None or name not in scenario.served_by(team):
        return [0.0] * len(scenario.queues)
    to = queue.recontact.to if queue.recontact.to is not None else {name: 1.0}
    probability = queue.recontact_probability * scenario.terms(team, name).recontact
    return [probability * to.get(other, 0.0) for other in scenario.queues]
