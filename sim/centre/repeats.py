"""How much of an offered volume is repeats: the redials and re-contacts that the scenario itself predicts.

An ACD counts every attempt, so a volume read from it holds the repeats; the simulation makes its own, and must start
from first contacts alone. With offered attempts x, first contacts f and M[p, q] the repeats to queue q per attempt
offered to p, x = f + M' x. M is linear in what is counted: the answer rate at which the volumes were counted gives the
shares of an attempt that are served and abandoned. Calls about late emails are left out: how many emails are late is
for the simulation to say. So are refusals for want of a trunk, and redials lost outside the opening hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import Problem
from ..scenario.centre import CentreScenario
from ..scenario.queue import Queue

Float64 = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Repeats:
    """Predicted contacts by queue, all in the unit of the stated volumes (contacts an average week of the horizon)."""

    queue_names: tuple[str, ...]
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


class RepeatsProblem(ValueError):
    """The stated volumes and the predicted repeats contradict each other; ``problems`` has the fields and the words."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in problems))


def predicted_repeats(scenario: CentreScenario, stated: Float64) -> Repeats:
    """Split the stated volumes (Q,), each of which is offered or first as its queue's ``volume_is`` says.

    RepeatsProblem if a queue's own repeats exceed its offered volume, or if repeats breed repeats without end.
    """
    names = tuple(scenario.queues)
    queues = list(scenario.queues.values())
    redial_share = np.array([1 - 1 / attempts_per_caller(queue) for queue in queues])
    recontact_rate = np.array([_recontacts_per_attempt(queue, name, names) for name, queue in scenario.queues.items()])
    per_attempt = recontact_rate + np.diag(redial_share)
    if np.abs(np.linalg.eigvals(per_attempt)).max() >= 1 - 1e-9:
        message = "the repeats never end: a contact brings on average one more or worse; lower the re-contact shares"
        raise RepeatsProblem([Problem("queues", message)])
    known = np.array([queue.arrivals.volume_is == "offered" for queue in queues])
    offered = _solve(per_attempt, stated, known)
    redials = redial_share * offered
    recontacts_from = recontact_rate * offered[:, np.newaxis]
    repeats = redials + recontacts_from.sum(axis=0)
    first = np.where(known, offered - repeats, stated)
    tolerance = 1e-9 * offered.max(initial=0.0)
    excess = [index for index in np.flatnonzero(known) if first[index] < -tolerance]
    if excess:
        raise RepeatsProblem([_too_many(names[index], offered[index], repeats[index]) for index in excess])
    return Repeats(names, np.maximum(first, 0.0), redials, recontacts_from)


def attempts_per_caller(queue: Queue) -> float:
    """Mean attempts of a caller who redials when not answered, sum over j of (abandoned share x probability)**j.

    The sum goes to the number of redials allowed in a row.
    """
    if queue.redial is None or queue.is_email:
        return 1.0
    again = (1 - queue.counted_at_answer_rate) * queue.redial.probability
    if queue.redial.attempts is None:
        return 1 / (1 - again)
    return float(np.sum(again ** np.arange(queue.redial.attempts + 1)))


def _recontacts_per_attempt(queue: Queue, name: str, names: Sequence[str]) -> list[float]:
    """Re-contacts to each queue per attempt offered to this one."""
    if queue.recontact is None:
        return [0.0] * len(names)
    served = 1.0 if queue.is_email else queue.counted_at_answer_rate
    mix = queue.recontact.to if queue.recontact.to is not None else {name: 1.0}
    return [served * queue.recontact.probability * mix.get(target, 0.0) for target in names]


def _solve(per_attempt: Float64, stated: Float64, known: Bools) -> Float64:
    """Offered attempts: stated where known, else the solution of x = stated + per_attempt' x."""
    flow = per_attempt.T
    free = ~known
    offered = stated.copy()
    system = np.eye(int(free.sum())) - flow[np.ix_(free, free)]
    offered[free] = np.linalg.solve(system, stated[free] + flow[np.ix_(free, known)] @ stated[known])
    return offered


def _too_many(name: str, offered: float, repeats: float) -> Problem:
    return Problem(
        f"queues.{name}.arrivals",
        f"the volume, {offered:,.0f} contacts a week on average, is said to hold the repeats, but the file predicts "
        f'{repeats:,.0f} redials and re-contacts to this queue; write "volume_is: first", or lower their shares',
    )
