"""Two groups of different speed share a queue: who of the idle agents takes a contact."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import NamedTuple

from ..centres import call_queue, round_the_clock
from ..chains.fastest import TwoSpeeds, solve
from ..figures import Figure, delayed, named, named_of_team, ratio, services, sum_of
from ..models import Model
from ..study import Study
from ..units import at_rate, mean_wait, patience, per_unit
from .computed import computed


class Choice(NamedTuple):
    """A chain, and how a file says so."""

    m: TwoSpeeds
    agents: str = "longest idle"
    preferences: tuple[int, int] = (1, 1)


_FASTEST = TwoSpeeds(lam=2.2, mu1=1.2, mu2=0.5, n1=2, n2=2, rule="group_1", theta=0.3)
_LEAST_OCCUPIED = "least occupied"

CASES = {
    "fastest first": Choice(_FASTEST, "fastest first"),
    "preferred team, the faster": Choice(_FASTEST, preferences=(1, 2)),
    "preferred team, the slower": Choice(
        replace(_FASTEST, rule="group_2", theta=0.0), "fastest first", preferences=(2, 1)
    ),
    "longest idle of two teams": Choice(replace(_FASTEST, rule="longest_idle")),
    # No rule of the chain: what is known of it is that all end equally occupied.
    "least occupied": Choice(replace(_FASTEST, theta=0.0), _LEAST_OCCUPIED),
}

FIGURES: dict[str, Figure] = {
    "p_wait": delayed(),
    "p_ab": named("abandon_rate"),
    "wait": mean_wait(),
    "occ1": named_of_team("occupancy", 0),
    "occ2": named_of_team("occupancy", 1),
    "share_served_by_1": ratio(services(0, 0), sum_of(services(0, 0), services(1, 0)), is_share=True),
}
"""By the chain's names."""


def study(name: str) -> Study:
    """A case beside its chain or formula."""
    m, agents, preferences = CASES[name]
    queue = call_queue(per_unit(m.lam), at_rate(m.mu1), **patience(m.theta))
    teams = {
        team: {"positions": n, "serves": {"calls": {"preference": preference, "speed": speed}}}
        for team, n, preference, speed in zip(
            ("one", "two"), (m.n1, m.n2), preferences, (1.0, m.mu2 / m.mu1), strict=True
        )
    }
    values = _equally_occupied(m) if agents == _LEAST_OCCUPIED else asdict(solve(m))
    figures = {metric: figure for metric, figure in FIGURES.items() if metric in values}
    scenario = round_the_clock({"calls": queue}, teams, routing={"agents": agents})
    return computed(name, m, values, Model(scenario, figures))


def _equally_occupied(m: TwoSpeeds) -> dict[str, float]:
    """Of patient callers."""
    most = m.n1 * m.mu1 + m.n2 * m.mu2
    return {"occ1": m.lam / most, "occ2": m.lam / most, "share_served_by_1": m.n1 * m.mu1 / most}
