"""From the scenario's distributions to those that give tables and loads."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..common.distributions import (
    TABLE_SIZE,
    Deterministic,
    Distribution,
    Empirical,
    Gamma,
    Hyperexponential,
    Lognormal,
    Truncated,
    Weibull,
    quantile_table,
)
from ..errors import Problem, ScenarioError
from ..scenario import distribution as stated
from ..scenario.centre import CentreScenario
from ..scenario.queue import Recontact
from .contract import Float64


def duration(given: stated.Distribution) -> Distribution:
    """The distribution that a scenario states."""
    match given:
        case stated.Lognormal():
            return Lognormal(given.mean, given.cv)
        case stated.Exponential():
            return Gamma(given.mean, 1.0)
        case stated.Gamma():
            return Gamma(given.mean, given.shape_parameter)
        case stated.Erlang():
            return Gamma(given.mean, float(given.phases))
        case stated.Deterministic():
            return Deterministic(given.mean)
        case stated.Weibull():
            return Weibull(given.mean, given.shape)
        case stated.Hyperexponential():
            return Hyperexponential(given.p, given.mean_1, given.mean_2)
        case stated.Empirical():
            return Empirical(given.durations_ms)


def recontact_delay(recontact: Recontact) -> Distribution:
    """Delay until a re-contact, cut to the window over which their share was measured, if one is given.

    ValueError if the delay practically never lies within the window.
    """
    delay = duration(recontact.delay)
    return delay if recontact.within is None else Truncated(delay, recontact.within)


def tables(distributions: Sequence[Distribution | None]) -> Float64:
    """Quantile tables, (Q, TABLE_SIZE); zeros where there is no distribution."""
    return np.array([np.zeros(TABLE_SIZE) if d is None else quantile_table(d) for d in distributions])


def on_tick(duration_ms: float, tick_ms: int) -> int:
    """A stated time rounded up to the tick, as the engines do with drawn ones."""
    return math.ceil(duration_ms / tick_ms) * tick_ms


def refuse_impossible_delays(scenario: CentreScenario) -> None:
    """ScenarioError for queues whose re-contacts could practically never come within their window."""
    problems = []
    for name, queue in scenario.queues.items():
        if queue.recontact is not None:
            try:
                recontact_delay(queue.recontact)
            except ValueError:
                message = "is practically always longer than within, so nobody would come back"
                problems.append(Problem(f"queues.{name}.recontact.after", message))
    if problems:
        raise ScenarioError(scenario.name, problems)
