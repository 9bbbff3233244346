"""N-model: group 1 serves class 1 only, group 2 serves both.

State: contacts of class 1 at group 1 and at group 2, of class 2 at group 2, waiting of class 1 and of class 2.
An arriving contact of class 1 goes to group 1 if it has an idle server, else to group 2; nobody waits beside an idle
server that could serve. A freed server of group 1 takes class 1; one of group 2 takes the class ``first_at_2`` if it
waits, else the other. What is begun is finished. Those who wait abandon at theta of their class. Group 2 may keep
servers for class 2: it takes class 1 only if ``reserve_at_2`` of its servers stay idle, beside which class 1 may wait.

Gans, Koole and Mandelbaum, "Telephone call centers", 2003, section 5 (skills-based routing; the name N).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .ctmc import stationary

Class = Literal[1, 2]


@dataclass(frozen=True)
class NModel:
    """Rates mu<class><group>; theta 0 is unlimited patience; n1 may be 0."""

    lam1: float
    lam2: float
    mu11: float
    mu12: float
    mu22: float
    theta1: float
    theta2: float
    n1: int
    n2: int
    first_at_2: Class = 1
    reserve_at_2: int = 0

    @classmethod
    def of_row(cls, p: Mapping[str, str]) -> NModel:
        """Return the model of a table's row, in which group 2 takes the first class first."""
        assert p["policy"] == "g2_serves_1_first"
        rates = {name: float(p[name]) for name in ("lam1", "lam2", "mu11", "mu12", "mu22", "theta1", "theta2")}
        return cls(**rates, n1=int(p["n1"]), n2=int(p["n2"]), first_at_2=1)


@dataclass(frozen=True)
class NModelFigures:
    """By class 1 and 2: abandoned, mean wait of the offered, not served at once; by group 1 and 2: share busy."""

    p_ab1: float
    p_ab2: float
    ew1: float
    ew2: float
    p_wait1: float
    p_wait2: float
    occ1: float
    occ2: float
    share1_at_g2: float
    """Served there, of the offered of class 1."""


class State(NamedTuple):
    """How many of each class are where."""

    one_at_1: int = 0
    one_at_2: int = 0
    two_at_2: int = 0
    one_waits: int = 0
    two_wait: int = 0


def solve(m: NModel) -> NModelFigures:
    """Return the exact figures."""

    def full_1(s: State) -> bool:
        return s.one_at_1 == m.n1

    def full_2(s: State) -> bool:
        return s.one_at_2 + s.two_at_2 == m.n2

    def helps(s: State) -> bool:
        return m.n2 - s.one_at_2 - s.two_at_2 > m.reserve_at_2

    def group_2_takes(s: State) -> State:
        """Return the state after a server of group 2, freed in ``s``, has taken who waits."""
        if s.one_waits and helps(s) and (m.first_at_2 == 1 or not s.two_wait):
            return s._replace(one_at_2=s.one_at_2 + 1, one_waits=s.one_waits - 1)
        if s.two_wait:
            return s._replace(two_at_2=s.two_at_2 + 1, two_wait=s.two_wait - 1)
        return s

    def transitions(s: State) -> Iterator[tuple[State, float]]:
        if not full_1(s):
            yield s._replace(one_at_1=s.one_at_1 + 1), m.lam1
        elif helps(s):
            yield s._replace(one_at_2=s.one_at_2 + 1), m.lam1
        else:
            yield s._replace(one_waits=s.one_waits + 1), m.lam1
        if full_2(s):
            yield s._replace(two_wait=s.two_wait + 1), m.lam2
        else:
            yield s._replace(two_at_2=s.two_at_2 + 1), m.lam2
        if s.one_waits:
            yield s._replace(one_waits=s.one_waits - 1), s.one_at_1 * m.mu11 + s.one_waits * m.theta1
        elif s.one_at_1:
            yield s._replace(one_at_1=s.one_at_1 - 1), s.one_at_1 * m.mu11
        if s.one_at_2:
            yield group_2_takes(s._replace(one_at_2=s.one_at_2 - 1)), s.one_at_2 * m.mu12
        if s.two_at_2:
            yield group_2_takes(s._replace(two_at_2=s.two_at_2 - 1)), s.two_at_2 * m.mu22
        if s.two_wait:
            yield s._replace(two_wait=s.two_wait - 1), s.two_wait * m.theta2

    found = stationary(State(), transitions, lambda s: (s.one_waits, s.two_wait))
    wait_1 = found.mean(lambda s: s.one_waits) / m.lam1
    wait_2 = found.mean(lambda s: s.two_wait) / m.lam2
    return NModelFigures(
        p_ab1=m.theta1 * wait_1,
        p_ab2=m.theta2 * wait_2,
        ew1=wait_1,
        ew2=wait_2,
        p_wait1=found.mean(lambda s: full_1(s) and not helps(s)),
        p_wait2=found.mean(full_2),
        occ1=found.mean(lambda s: s.one_at_1) / m.n1 if m.n1 else math.nan,
        occ2=found.mean(lambda s: s.one_at_2 + s.two_at_2) / m.n2,
        share1_at_g2=m.mu12 * found.mean(lambda s: s.one_at_2) / m.lam1,
    )
