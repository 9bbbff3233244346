"""The fewest agents that meet the targets by formula: Erlang C, Erlang A, any patience."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .checks import require_not_negative, require_positive, require_share
from .durations import Duration
from .erlang import erlang_c
from .impatience import erlang_a, impatient_queue
from .performance import Performance

Formula = Literal["sl_offered", "sl_excl_short", "sl_abandons_met", "sl_answered"]
Binding = Literal["service_level", "answer_rate", "both", "none"]


@dataclass(frozen=True)
class Targets:
    """What the staff must hold in the long run; None leaves a target out. 80/10 and 95 % answered unless said."""

    service_level: float | None = 0.80
    threshold_s: float = 10.0
    formula: Formula = "sl_offered"
    answer_rate: float | None = 0.95

    def __post_init__(self) -> None:
        """Refuse targets that nothing or anything meets."""
        require_not_negative(threshold_s=self.threshold_s)
        if self.service_level is None and self.answer_rate is None:
            raise ValueError("name a service level or an answer rate")
        if self.service_level is not None:
            require_share(service_level=self.service_level)
        if self.answer_rate is not None:
            require_share(answer_rate=self.answer_rate)


@dataclass(frozen=True)
class Requirement:
    """The fewest agents: in all, and for each target by itself (None where it isn't set)."""

    agents: int
    for_service_level: int | None
    for_answer_rate: int | None

    @property
    def binding(self) -> Binding:
        """The target that needs more agents; ``none`` where nobody calls."""
        if self.agents == 0:
            return "none"
        if self.for_service_level == self.for_answer_rate:
            return "both"
        return "service_level" if self.agents == self.for_service_level else "answer_rate"


def agents_erlang_c(arrivals_per_hour: float, handle_time_s: float, targets: Targets) -> Requirement:
    """Return the fewest agents by Erlang C; nobody gives up, so any staff that keeps up answers everybody."""

    def at(agents: int) -> Performance:
        return erlang_c(arrivals_per_hour, handle_time_s, agents, targets.threshold_s)

    return _requirement(arrivals_per_hour, handle_time_s, targets, at)


def agents_erlang_a(
    arrivals_per_hour: float, handle_time_s: float, patience_mean_s: float, targets: Targets
) -> Requirement:
    """Return the fewest agents by Erlang A: callers give up after an exponential patience."""

    def at(agents: int) -> Performance:
        return erlang_a(arrivals_per_hour, handle_time_s, agents, patience_mean_s, targets.threshold_s)

    return _requirement(arrivals_per_hour, handle_time_s, targets, at)


def agents_impatient(
    arrivals_per_hour: float, handle_time_s: float, patience: Duration, targets: Targets
) -> Requirement:
    """Return the fewest agents by M/M/n+G: callers give up after a patience of any distribution."""

    def at(agents: int) -> Performance:
        return impatient_queue(arrivals_per_hour, handle_time_s, agents, patience, targets.threshold_s)

    return _requirement(arrivals_per_hour, handle_time_s, targets, at)


def _requirement(
    arrivals_per_hour: float, handle_time_s: float, targets: Targets, at: Callable[[int], Performance]
) -> Requirement:
    """Search each target by itself.

    Every figure that can be a target rises with the number of agents. In M/M/n+G one agent more multiplies the density
    of the virtual wait by exp(-mu * wait) and raises the atom at 0, so the wait falls in likelihood ratio; and each
    figure is the mean of a falling function of it, or (excl_short, answered) the odds of a shorter against a longer
    one. Staff that lets the queue grow for ever meets nothing.
    """
    require_not_negative(arrivals_per_hour=arrivals_per_hour)
    require_positive(handle_time_s=handle_time_s)
    performance = cache(at)

    def fewest(figure: str, level: float | None) -> int | None:
        if level is None:
            return None
        if arrivals_per_hour == 0:
            return 0

        def holds(agents: int) -> bool:
            figures = performance(agents)
            return math.isfinite(figures.queue_length) and getattr(figures, figure) >= level

        return _fewest(holds, guess=math.ceil(arrivals_per_hour * handle_time_s / 3600.0))

    for_service_level = fewest(targets.formula, targets.service_level)
    for_answer_rate = fewest("answer_rate", targets.answer_rate)
    return Requirement(
        agents=max(agents for agents in (for_service_level, for_answer_rate) if agents is not None),
        for_service_level=for_service_level,
        for_answer_rate=for_answer_rate,
    )


def _fewest(holds: Callable[[int], bool], guess: int) -> int:
    """Return the least n >= 1 for which ``holds``, which is false up to some n and true from there on."""
    failing, holding, step = 0, max(1, guess), 1
    while not holds(holding):
        failing, holding, step = holding, holding + step, 2 * step
    while holding - failing > 1:
        middle = (failing + holding) // 2
        failing, holding = (failing, middle) if holds(middle) else (middle, holding)
    return holding
