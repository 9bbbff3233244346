"""Two classes whose waiting contacts are taken by score, base + rate x wait."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ..centres import call_queue, one_team, round_the_clock
from ..chains import priority, score
from ..chains.priority import MeanWaits
from ..figures import Figure
from ..models import Model
from ..study import Study
from ..units import at_rate, mean_time, mean_wait, per_unit
from .computed import computed

BEYOND_ALL_WAITS = 1e6


@dataclass(frozen=True)
class Scores:
    """Bases and rates of the classes."""

    base1: float
    base2: float
    rate1: float
    rate2: float
    lam1: float = 1.0
    lam2: float = 1.3
    mu: float = 1.0
    n: int = 3


CASES = {
    "equal scores": Scores(5.0, 5.0, 2.0, 2.0),
    "scores that grow at different rates": Scores(0.0, 0.0, 3.0, 1.0),
    "a base that no wait makes up for": Scores(BEYOND_ALL_WAITS, 0.0, 1.0, 1.0),
    "a base of one mean wait": Scores(1.0, 0.0, 1.0, 1.0),
}

FIGURES: dict[str, Figure] = {"ew1": mean_wait(0), "ew2": mean_wait(1)}
WAIT_OF_ALL: dict[str, Figure] = {"ew": mean_time("wait_mean_s", 0, 1)}
"""What no order of service changes."""


def study(name: str) -> Study:
    """A case beside its formula."""
    m = CASES[name]
    waits = _waits(m)
    queues = {
        "first": _queue(m.lam1, m.mu, m.base1, m.rate1),
        "second": _queue(m.lam2, m.mu, m.base2, m.rate2),
    }
    scenario = round_the_clock(queues, one_team(m.n), days=28, routing={"contacts": "score"})
    if waits is None:
        first_come = score.first_come(m.lam1, m.lam2, m.mu, m.n).ew1
        return computed(name, m, {"ew": first_come}, Model(scenario, WAIT_OF_ALL))
    return computed(name, m, asdict(waits), Model(scenario, FIGURES))


def _queue(lam: float, mu: float, base: float, rate: float) -> dict[str, object]:
    return call_queue(per_unit(lam), at_rate(mu), score={"base": base, "per_minute": rate})


def _waits(m: Scores) -> MeanWaits | None:
    """Mean waits of both classes, where they are known."""
    classes = (m.lam1, m.lam2, m.mu, m.n)
    if m.base1 != m.base2:
        return priority.one_rate(*classes) if m.base1 == BEYOND_ALL_WAITS else None
    if m.rate1 == m.rate2:
        return score.first_come(*classes)
    return score.mean_waits(*classes, m.rate1, m.rate2)
