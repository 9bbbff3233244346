"""Groups with different skills: who is served first, and help after a wait."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import NamedTuple

from ..centres import seconds
from ..chains import overflow
from ..chains.limited_wait import LimitedWait, solve
from ..chains.n_model import NModel
from ..models import Model
from ..study import Study
from ..two_classes import N_MODEL_FIGURES, n_model_centre
from ..units import UNIT_S
from .computed import computed

SOME = NModel(lam1=3.0, lam2=1.5, mu11=1.0, mu12=0.8, mu22=1.1, theta1=0.7, theta2=0.5, n1=3, n2=2, first_at_2=2)


class Help(NamedTuple):
    """An N-model, and the wait after which the second group helps."""

    m: NModel
    overflow_after: str | int
    never: bool = False


class HelpOfPlenty(NamedTuple):
    """Help after a wait by a group of which no server is missed: contacts leave their own group's line."""

    m: LimitedWait
    n2: int = 30
    mu12: float = 0.8


CASES: dict[str, Help | HelpOfPlenty] = {
    "overflow at once, own contacts first": Help(SOME, 0),
    "overflow at once, the others' first": Help(replace(SOME, first_at_2=1), 0),
    "agents kept for their own contacts": Help(replace(SOME, n2=3, reserve_at_2=1), 0),
    "overflow after longer than anybody waits": Help(SOME, "24 h", never=True),
    "overflow after a wait, to plenty": HelpOfPlenty(LimitedWait(3.0, 1.0, 3, limit=0.5, theta=0.7)),
    "overflow after a wait, patient callers": HelpOfPlenty(LimitedWait(2.8, 1.0, 2, limit=1.0)),
}


def study(name: str) -> Study:
    """A case beside the chain of its limit."""
    case = CASES[name]
    if isinstance(case, HelpOfPlenty):
        return _of_plenty(name, case)
    m, after, never = case
    found = overflow.never(m) if never else overflow.at_once(m)
    return computed(name, m, asdict(found), Model(n_model_centre(m, overflow_after=after), N_MODEL_FIGURES))


def _of_plenty(name: str, case: HelpOfPlenty) -> Study:
    m = case.m
    found = solve(m)
    values = {
        "p_wait1": found.p_wait,
        "p_ab1": found.p_ab,
        "ew1": found.wait,
        "share1_at_g2": found.p_limit,
        "occ1": found.occupancy,
        "occ2": m.lam * found.p_limit / case.mu12 / case.n2,
    }
    centre = n_model_centre(
        NModel(m.lam, 0.0, m.mu, case.mu12, 1.0, m.theta, 0.0, m.n, case.n2), overflow_after=seconds(m.limit * UNIT_S)
    )
    return computed(name, m, values, Model(centre, {metric: N_MODEL_FIGURES[metric] for metric in values}))
