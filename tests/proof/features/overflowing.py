"""Groups with different skills: who is served first, and help after a wait in its two limits."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import NamedTuple

from ..chains import overflow
from ..chains.n_model import NModel
from ..models import Model
from ..study import Study
from ..two_classes import N_MODEL_FIGURES, n_model_centre
from .computed import computed

SOME = NModel(lam1=3.0, lam2=1.5, mu11=1.0, mu12=0.8, mu22=1.1, theta1=0.7, theta2=0.5, n1=3, n2=2, first_at_2=2)


class Help(NamedTuple):
    """An N-model, and the wait after which the second group helps."""

    m: NModel
    overflow_after: str | int
    never: bool = False


CASES = {
    "overflow at once, own contacts first": Help(SOME, 0),
    "overflow at once, the others' first": Help(replace(SOME, first_at_2=1), 0),
    "agents kept for their own contacts": Help(replace(SOME, n2=3, reserve_at_2=1), 0),
    "overflow after longer than anybody waits": Help(SOME, "24 h", never=True),
}


def study(name: str) -> Study:
    """A case beside the chain of its limit."""
    m, after, never = CASES[name]
    found = overflow.never(m) if never else overflow.at_once(m)
    return computed(name, m, asdict(found), Model(n_model_centre(m, overflow_after=after), N_MODEL_FIGURES))
