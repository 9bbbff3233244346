"""Front agents hand what they can't solve to specialists: cold, at the tail or head of the line, or warm."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sim.centre.results import TRANSFER, Replication
from sim.scenario.centre import CentreScenario

from ..centres import call_queue, round_the_clock, seconds
from ..chains import transfers, warm_in_turn
from ..chains.transfers import Transfers, TransfersFigures
from ..figures import Figure, column_sum, contacts, delayed, in_unit, logged, named, named_of_team, ratio
from ..models import Model
from ..study import Study
from ..units import UNIT_S, at_rate, mean_wait, patience, per_unit
from .computed import computed

FRONT, DESK = 0, 1
"""Queues, and the teams that serve them."""


@dataclass(frozen=True)
class Minutes:
    """What taking over a contact costs: the specialists are never all busy, and no front agent is missed."""

    lam: float
    p: float
    nu: float
    mu2: float
    re_explain_s: float
    joint_s: float


CASES: dict[str, Transfers | Minutes] = {
    "transfers to the tail": Transfers(1.5, 1.0, 0.5, 2, 0.4, 2.0, 0.8, 0.3, 2, lam2=0.6, within=0.5),
    "transfers to the head": Transfers(1.5, 1.0, 0.5, 2, 0.4, 2.0, 0.8, 0.3, 2, lam2=0.6, placement="head"),
    "transfers to the tail, patient": Transfers(1.0, 1.0, 0.0, 2, 0.4, 2.0, 0.8, 0.0, 1, within=1.0),
    "warm transfers": Transfers(1.6, 1.0, 0.5, 2, 0.4, 2.0, 0.8, 0.3, 1, warm=True, within=0.3),
    "warm transfers to the head": Transfers(
        1.6, 1.0, 0.5, 2, 0.4, 2.0, 0.8, 0.3, 2, lam2=0.5, placement="head", warm=True
    ),
    "warm transfers behind direct callers": Transfers(1.6, 1.0, 0.5, 2, 0.4, 2.0, 0.8, 0.5, 2, lam2=0.5, warm=True),
    "minutes of cold transfers": Minutes(2.0, 0.5, 2.0, 1.0, re_explain_s=25.0, joint_s=0.0),
    "minutes of warm transfers": Minutes(2.0, 0.5, 2.0, 1.0, re_explain_s=25.0, joint_s=15.0),
}


def study(name: str) -> Study:
    """A case beside its chain or formula."""
    m = CASES[name]
    if isinstance(m, Minutes):
        return _minutes(name, m)
    direct = m.lam2 > 0
    figures = _figures(direct=direct, in_time=m.within > 0)
    in_turn = m.warm and direct and m.placement == "tail"
    found = warm_in_turn.solve(m) if in_turn else transfers.solve(m)
    return computed(name, m, _by_name(found), Model(_centre(m), figures, needs_log=True))


def _centre(m: Transfers) -> CentreScenario:
    # No caller waits for a day.
    warm = {"warm": {"hold": "24 h"}} if m.warm else {}
    transfer = {"after": at_rate(m.nu), "to": {"special": "desk"}, "place": m.placement, **warm}
    front = call_queue(
        per_unit(m.lam1),
        at_rate(m.mu1),
        **patience(m.theta1),
        matters={"plain": 1 - m.p, "special": m.p},
        transfer=transfer,
    )
    promised = {"targets": {"transfers": f"80 % in {seconds(m.within * UNIT_S)}"}} if m.within else {}
    desk = call_queue(per_unit(m.lam2), at_rate(m.mu2), **patience(m.theta2), **promised)
    return round_the_clock({"front": front, "desk": desk}, teams(m.n1, m.n2))


def teams(n1: int, n2: int) -> dict[str, Any]:
    """Generalists at the front, specialists at the desk."""
    return {
        "generalists": {"positions": n1, "serves": ["front"], "skills": ["plain"]},
        "specialists": {"positions": n2, "serves": ["desk"]},
    }


def _is_transfer(log: np.ndarray) -> np.ndarray:
    return np.asarray(log["reason"] == TRANSFER)


def _waited(log: np.ndarray) -> np.ndarray:
    return np.asarray(_is_transfer(log) & (log["left_queue_ms"] > log["offered_ms"]))


def _wait_units(replication: Replication) -> float:
    """Of all that were handed on, abandoned or served."""
    left, came = (logged(_is_transfer, column)(replication) for column in ("left_queue_ms", "offered_ms"))
    return (left - came) / 1000 / UNIT_S


_HANDED = contacts(column_sum("transfer"), (DESK,))
HANDED_OVER: dict[str, Figure] = {
    "p_wait": ratio(logged(_waited), _HANDED, is_share=True),
    "p_ab": named("transfer_abandon_rate", (DESK,)),
    "wait": ratio(_wait_units, _HANDED),
}
"""Of those handed over."""


def _figures(*, direct: bool, in_time: bool) -> dict[str, Figure]:
    """By the chain's names."""
    offered = contacts(column_sum("first"))
    figures: dict[str, Figure] = {
        "front.p_wait": delayed((FRONT,)),
        "front.p_ab": named("abandon_rate", (FRONT,)),
        "front.wait": mean_wait(FRONT),
        "p_handed_over": ratio(contacts(column_sum("handed_on")), offered, is_share=True),
        "p_two_agents": ratio(contacts(column_sum("touched_2"), (FRONT,)), offered, is_share=True),
        "occ1": named_of_team("occupancy", 0),
        "occ2": named_of_team("occupancy", 1),
    } | {f"handed_over.{metric}": figure for metric, figure in HANDED_OVER.items()}
    if in_time:
        figures["in_time"] = named("transfers_in_time", (DESK,))
    if direct:
        figures |= {
            "direct.p_wait": delayed((DESK,)),
            "direct.p_ab": named("abandon_rate", (DESK,)),
            "direct.wait": mean_wait(DESK),
        }
    return figures


def _by_name(found: TransfersFigures) -> dict[str, float]:
    values: dict[str, float] = {}
    for name, value in asdict(found).items():
        if isinstance(value, dict):
            values |= {f"{name}.{metric}": number for metric, number in value.items()}
        else:
            values[name] = value
    return values


def _minutes(name: str, m: Minutes) -> Study:
    """Handle times add up: the next agent's by re-explaining and the joint time, the first one's by the latter."""
    transfer: dict[str, Any] = {
        "after": at_rate(m.nu),
        "to": {"special": "desk"},
        "re_explain": seconds(m.re_explain_s),
    }
    if m.joint_s:
        transfer["warm"] = {"hold": "1 h", "joint": seconds(m.joint_s)}
    front = call_queue(per_unit(m.lam), at_rate(1.0), matters={"plain": 1 - m.p, "special": m.p}, transfer=transfer)
    desk = call_queue(per_unit(0.0), at_rate(m.mu2))
    first, following = UNIT_S / m.nu + m.joint_s, m.re_explain_s + m.joint_s
    values = {
        "first agent's time (s)": first,
        "next agent's time (s)": UNIT_S / m.mu2 + following,
        "time that a transfer costs (s)": first + following,
        "handed on": m.p,
        "solved by one": 1 - m.p,
    }
    front_ms = contacts(column_sum("handed_on_ms"), (FRONT,))
    figures: dict[str, Figure] = {
        "first agent's time (s)": ratio(in_unit(front_ms, 1000), contacts(column_sum("handed_on"), (FRONT,))),
        "next agent's time (s)": named("aht_s", (DESK,)),
        "time that a transfer costs (s)": ratio(
            in_unit(contacts(column_sum("handed_on_ms"), (FRONT, DESK)), 1000),
            contacts(column_sum("handed_on"), (FRONT, DESK)),
        ),
        "handed on": named("handed_on_share", (FRONT,)),
        "solved by one": named("solved_by_1_share", (FRONT,)),
    }
    plenty = math.ceil(10 * m.lam / min(1.0, m.mu2) + 20)
    scenario = round_the_clock({"front": front, "desk": desk}, teams(plenty, plenty))
    return computed(name, m, values, Model(scenario, figures, is_controlled=False))
