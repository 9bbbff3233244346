"""One agent who is waited for, and times that aren't exponential: joint and re-explaining minutes, ringing, emails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sim.scenario.centre import CentreScenario

from ..centres import call_queue, email_queue, one_team, round_the_clock, seconds, spread
from ..chains.single_server import Work, first_come, mixture, preemptive_sojourns
from ..figures import Figure, delayed, named_of_team
from ..models import Model
from ..study import Study
from ..two_classes import PREEMPTION_FIGURES
from ..units import UNIT_S, at_rate, mean_wait, per_unit
from . import calling_back
from .computed import computed
from .transferring import DESK, FRONT, HANDED_OVER, teams

DAYS = 14
PLENTY = 40
"""So many agents that none is missed."""


@dataclass(frozen=True)
class Joint:
    """Warm transfers; the first or the next agent is alone and waited for, the others are plenty."""

    lam: float
    p: float
    mu1: float
    nu: float
    mu2: float
    joint: float
    re_explain: float
    waited_for: Literal["first", "next"]


@dataclass(frozen=True)
class Ringing:
    """All who would wait are called back, some of them in vain, for a constant time."""

    lam: float
    mu: float
    reached: float
    ring: float


@dataclass(frozen=True)
class PutDown:
    """Emails of constant length are put down for calls of some spread."""

    lam1: float
    lam2: float
    mean1: float
    mean2: float
    scv1: float


class Exact(NamedTuple):
    """What is known of a case, and how it is simulated."""

    values: Mapping[str, float]
    model: Model


CASES: dict[str, Joint | Ringing | PutDown] = {
    "joint time while others wait for the first agent": Joint(0.6, 0.5, 1.0, 2.0, 1.0, 0.6, 0.0, "first"),
    "joint time while others wait for the next agent": Joint(1.0, 0.4, 1.0, 2.0, 1.0, 0.3, 0.4, "next"),
    "ringing while others wait": Ringing(0.7, 1.0, reached=0.6, ring=0.5),
    "emails of constant length put down": PutDown(0.3, 0.4, 1.0, 0.8, scv1=0.5),
}


def study(name: str) -> Study:
    """A case beside its formulas."""
    m = CASES[name]
    return computed(name, m, *_exact(m))


def _exact(m: Joint | Ringing | PutDown) -> Exact:
    if isinstance(m, Joint):
        return _joint(m)
    return _ringing(m) if isinstance(m, Ringing) else _put_down(m)


def _in_time(units: float) -> str:
    return seconds(units * UNIT_S)


def _joint(m: Joint) -> Exact:
    """Patient callers: times of handing over and of taking over are mixtures and sums."""
    handing, solving = Work.of(1 / m.nu, 1.0).longer(m.joint), Work.of(1 / m.mu1, 1.0)
    at_front = mixture(m.p, handing, solving)
    at_desk = Work.of(1 / m.mu2, 1.0).longer(m.joint + m.re_explain)
    handed_on = m.lam * m.p
    if m.waited_for == "first":
        found, held = first_come(m.lam, at_front), 0.0
        waits: dict[str, Figure] = {"p_wait": delayed((FRONT,)), "wait": mean_wait(FRONT)}
    else:
        # Plenty of agents end their talks as a Poisson stream (Mirasol 1963), and then wait with the caller.
        found = first_come(handed_on, at_desk)
        held, waits = found.wait, {metric: HANDED_OVER[metric] for metric in found._fields}
    n1, n2 = (1, PLENTY) if m.waited_for == "first" else (PLENTY, 1)
    values = found._asdict() | {
        "occ1": m.lam * (at_front.mean + m.p * held) / n1,
        "occ2": handed_on * at_desk.mean / n2,
    }
    figures = waits | {"occ1": named_of_team("occupancy", FRONT), "occ2": named_of_team("occupancy", DESK)}
    return Exact(values, Model(_transferring(m, n1, n2), figures, needs_log=True))


def _transferring(m: Joint, n1: int, n2: int) -> CentreScenario:
    transfer = {
        "after": at_rate(m.nu),
        "to": {"special": "desk"},
        "re_explain": _in_time(m.re_explain),
        "warm": {"hold": "24 h", "joint": _in_time(m.joint)},
    }
    matters = {"plain": 1 - m.p, "special": m.p}
    queues = {
        "front": call_queue(per_unit(m.lam), at_rate(m.mu1), matters=matters, transfer=transfer),
        "desk": call_queue(per_unit(0.0), at_rate(m.mu2)),
    }
    return round_the_clock(queues, teams(n1, n2), days=DAYS)


def _ringing(m: Ringing) -> Exact:
    """Who finds the agent idle is served; all others are called back in turn, which takes one time or the other."""
    served = Work.of(1 / m.mu, 1.0)
    called_back = mixture(m.reached, served, Work.of(m.ring, 0.0))
    found = first_come(m.lam, called_back, of_first=served)
    values = {
        "p_callback": found.p_wait,
        "time_to_callback": found.wait / found.p_wait,
        "pending": m.lam * found.wait,
        "occupancy": m.lam * (found.p_wait * called_back.mean + (1 - found.p_wait) * served.mean),
    }
    callback = {"above": 0, "accepted": 1.0, "reached": m.reached, "tries": 1, "ring": _in_time(m.ring)}
    queue = call_queue(per_unit(m.lam), at_rate(m.mu), callback=callback)
    figures = {metric: calling_back.FIGURES[metric] for metric in values}
    return Exact(values, Model(round_the_clock({"calls": queue}, one_team(1), days=calling_back.DAYS), figures))


def _put_down(m: PutDown) -> Exact:
    call, email = Work.of(m.mean1, m.scv1), Work.of(m.mean2, 0.0)
    sojourn1, sojourn2 = preemptive_sojourns(m.lam1, m.lam2, call, email)
    load = m.lam1 * m.mean1 + m.lam2 * m.mean2
    values = {"sojourn1": sojourn1, "sojourn2": sojourn2, "p_wait1": m.lam1 * m.mean1, "occupancy": load}
    queues = {
        "calls": call_queue(per_unit(m.lam1), spread("gamma", UNIT_S * m.mean1, cv=m.scv1**0.5)),
        "emails": email_queue(per_unit(m.lam2), spread("deterministic", UNIT_S * m.mean2)),
    }
    scenario = round_the_clock(queues, one_team(1, put_down_emails="own agent resumes"), days=DAYS)
    return Exact(values, Model(scenario, {metric: PREEMPTION_FIGURES[metric] for metric in values}))
