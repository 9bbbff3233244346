"""Callbacks, offered to those who would wait long."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from analysis.figures import CALLBACKS_OWED
from sim.scenario.centre import CentreScenario

from ..centres import call_queue, one_team, round_the_clock, seconds
from ..chains.callback import Callback, solve
from ..figures import (
    Figure,
    column_sum,
    constant,
    contacts,
    delayed,
    in_unit,
    logged,
    named,
    named_of_team,
    queue_clock,
    ratio,
    sum_of,
    team_clock,
)
from ..models import Model
from ..study import Study
from ..through_the_day import BUSY
from ..units import UNIT_S, at_rate, mean_time, mean_wait, patience, per_unit
from .computed import computed

DAYS = 7
MOMENT_S = 0.001
"""A ring so short that its distribution, constant here and exponential in the chain, makes no difference."""


@dataclass(frozen=True)
class SeveralTries:
    """Customers who are hard to reach: what becomes of callbacks doesn't depend on who waits for what."""

    lam: float
    mu: float
    n: int
    accepted: float
    reached: float
    tries: int
    ring_s: float


CASES: dict[str, Callback | SeveralTries] = {
    "callbacks, all reached": Callback(1.8, 1.0, 0.4, 2, offered_from=1, p=0.6),
    "callbacks at any wait, some never reached": Callback(
        3.0, 1.0, 0.5, 3, offered_from=0, p=0.5, reached=0.7, ring=UNIT_S / MOMENT_S
    ),
    "callbacks, patient callers": Callback(1.6, 1.0, 0.0, 2, offered_from=2, p=0.8),
    "callbacks, several tries": SeveralTries(2.4, 1.0, 3, 0.6, reached=0.4, tries=3, ring_s=20.0),
}

_OFFERED = contacts(column_sum("first"))
_LOST = column_sum("callbacks", minus=("callbacks_reached",))

FIGURES: dict[str, Figure] = {
    "p_wait": delayed(),
    "p_ab": ratio(
        contacts(column_sum("abandoned", "callbacks_reached", minus=("callbacks",))), _OFFERED, is_share=True
    ),
    "p_callback": named("callback_share"),
    "served_live": ratio(contacts(column_sum("served", minus=("callbacks_reached",))), _OFFERED, is_share=True),
    "wait": mean_wait(),
    "p_callback_lost": ratio(contacts(_LOST), _OFFERED, is_share=True),
    "pending": ratio(queue_clock(CALLBACKS_OWED), constant(DAYS * 86_400_000)),
    "time_to_callback": mean_time("callback_mean_s"),
    "occupancy": named_of_team("occupancy"),
}
"""By the chain's names."""


def study(name: str) -> Study:
    """A case beside its chain or formula."""
    m = CASES[name]
    if isinstance(m, Callback):
        return computed(name, m, asdict(solve(m)), Model(_centre(m), FIGURES))
    return _several_tries(name, m)


def _centre(m: Callback) -> CentreScenario:
    announced_s = (m.offered_from + 0.5) * UNIT_S / m.mu / m.n
    callback = {"above": seconds(announced_s), "accepted": m.p, "reached": m.reached, "tries": 1}
    callback["ring"] = seconds(UNIT_S / m.ring)
    queue = call_queue(per_unit(m.lam), at_rate(m.mu), **patience(m.theta), callback=callback)
    return round_the_clock({"calls": queue}, one_team(m.n), days=DAYS)


def _several_tries(name: str, m: SeveralTries) -> Study:
    callback = {
        "above": 0,
        "accepted": m.accepted,
        "reached": m.reached,
        "tries": m.tries,
        "again_after": "5 min",
        "ring": seconds(m.ring_s),
    }
    queue = call_queue(per_unit(m.lam), at_rate(m.mu), callback=callback)
    accepted = contacts(column_sum("callbacks"))
    tries = logged(lambda log: np.ones(len(log), np.bool_), "tries")
    rings = sum_of(tries, minus=(contacts(column_sum("callbacks_reached")),))
    ringing_ms = sum_of(team_clock(BUSY), minus=(contacts(column_sum("handle_ms")),))
    missed = 1 - m.reached
    values = {
        "lost of the accepted": missed**m.tries,
        "tries of each": (1 - missed**m.tries) / m.reached,
        "agents' time on a try in vain (s)": m.ring_s,
        "accepted of those who wait": m.accepted,
    }
    waiting = sum_of(_OFFERED, minus=(contacts(column_sum("served_at_once")),))
    figures: dict[str, Figure] = {
        "lost of the accepted": ratio(contacts(_LOST), accepted, is_share=True),
        "tries of each": ratio(tries, accepted),
        "agents' time on a try in vain (s)": ratio(in_unit(ringing_ms, 1000), rings),
        "accepted of those who wait": ratio(accepted, waiting, is_share=True),
    }
    scenario = round_the_clock({"calls": queue}, one_team(m.n), days=DAYS)
    return computed(name, m, values, Model(scenario, figures, needs_log=True, is_controlled=False))
