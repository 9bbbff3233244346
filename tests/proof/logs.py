"""Logs and spells of one replication, and what plain Python reads off them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.centre.compile import compile_centre
from sim.centre.contract import DAY_MS
from sim.centre.results import BUSY, SERVED, WAITING_SPELL, Replication
from sim.centre.simulate import simulate
from sim.scenario.centre import CentreScenario

SEED = 11
MINUTE_MS, HOUR_MS = 60_000, 3_600_000

Moments = NDArray[np.int64]


def replicated(scenario: CentreScenario) -> Replication:
    """The first replication, with its log and spells."""
    (replication,) = simulate(compile_centre(scenario).staffed(), SEED, [0], log=True, spells=True)
    return replication


def log_and_spells(scenario: CentreScenario) -> tuple[np.ndarray, np.ndarray]:
    """Those of the first replication."""
    replication = replicated(scenario)
    assert replication.log is not None
    assert replication.spells is not None
    return replication.log, replication.spells


def served(log: np.ndarray, queue: int) -> np.ndarray:
    """A queue's contacts that were served."""
    return np.asarray(log[(log["fate"] == SERVED) & (log["queue"] == queue)])


def waits_of(spells: np.ndarray, line: int) -> np.ndarray:
    """The spells in a line."""
    waits = spells[(spells["kind"] == WAITING_SPELL) & (spells["number"] == line)]
    assert len(waits) > 1_000
    return np.asarray(waits)


def waiting_at(spells: np.ndarray, line: int, at_ms: Moments) -> NDArray[np.int64]:
    """How many wait in the line at each moment, without those who come or leave then."""
    waits = waits_of(spells, line)
    come_ms, left_ms = np.sort(waits["from_ms"]), np.sort(waits["to_ms"])
    return np.searchsorted(come_ms, at_ms, "left") - np.searchsorted(left_ms, at_ms, "right")


def most_at_once(spans: Iterable[tuple[int, int]]) -> int:
    """Of spans [from, to)."""
    steps = sorted([(end, -1) for _, end in spans] + [(start, 1) for start, _ in spans])
    return int(np.max(np.cumsum([step for _, step in steps]), initial=0))


def busy_of(spells: np.ndarray, agents: range) -> np.ndarray:
    """The busy spells of some agents."""
    number = spells["number"]
    return np.asarray(spells[(spells["kind"] == BUSY) & (number >= agents.start) & (number < agents.stop)])


def spans_with_an_idle_agent(spells: np.ndarray, agents: range) -> tuple[Moments, Moments]:
    """Beginnings and ends of the spans in which not all of the agents are busy, in order."""
    busy = busy_of(spells, agents)
    moments, place = np.unique(np.concatenate([busy["from_ms"], busy["to_ms"]]), return_inverse=True)
    change = np.bincount(place, np.repeat([1, -1], len(busy)), len(moments))
    has_idle = np.cumsum(change)[:-1] < len(agents)
    return moments[:-1][has_idle], moments[1:][has_idle]


def overlap(spans: tuple[Moments, Moments], from_ms: Moments, to_ms: Moments) -> NDArray[np.bool_]:
    """Whether each of the spans [from, to) shares time with any of ``spans``, which are in order and apart."""
    begin_ms, end_ms = spans
    following = np.searchsorted(end_ms, from_ms, "right")
    begins_ms = np.append(begin_ms, np.iinfo(np.int64).max)[following]
    return np.asarray((begins_ms < to_ms) & (from_ms < to_ms))


def open_ms_before(at_ms: Moments, opens_ms: int, closes_ms: int) -> Moments:
    """Opening time since the first midnight, where it is open every day from one time of day to the other."""
    day, time_ms = np.divmod(at_ms, DAY_MS)
    return np.asarray(day * (closes_ms - opens_ms) + np.clip(time_ms - opens_ms, 0, closes_ms - opens_ms))
