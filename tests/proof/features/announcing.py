"""Callers who are told of a long wait: some balk, the others are more or less patient than usual."""

from __future__ import annotations

from dataclasses import asdict

from ..centres import call_queue, one_team, round_the_clock, seconds
from ..chains.announcement import Announcement, solve
from ..figures import Figure, column_sum, contacts, delayed, named_of_team, ratio
from ..models import Model
from ..study import Study
from ..units import UNIT_S, at_rate, mean_wait, patience, per_unit
from .computed import computed

CASES = {
    "announcement, balking": Announcement(2.6, 1.0, 0.5, 2, told_from=2, balks=0.4, factor=1.0),
    "announcement, less patience": Announcement(2.6, 1.0, 0.5, 2, told_from=2, balks=0.1, factor=2.0),
    "announcement, more patience": Announcement(3.2, 1.0, 0.5, 3, told_from=1, balks=0.0, factor=0.4),
}

_OFFERED = contacts(column_sum("first"))

FIGURES: dict[str, Figure] = {
    "p_wait": delayed(),
    "p_balk": ratio(contacts(column_sum("abandoned_short")), _OFFERED, is_share=True),
    "p_ab": ratio(contacts(column_sum("abandoned", minus=("abandoned_short",))), _OFFERED, is_share=True),
    "wait": mean_wait(),
    "occupancy": named_of_team("occupancy"),
}
"""By the chain's names. Only who balks has no wait at all."""


def study(name: str) -> Study:
    """A case beside its chain."""
    m = CASES[name]
    announcement = {
        "above": seconds((m.told_from + 0.5) * UNIT_S / m.mu / m.n),
        "balking": m.balks,
        "patience": 1 / m.factor,
    }
    queue = call_queue(per_unit(m.lam), at_rate(m.mu), **patience(m.theta), announcement=announcement, short_abandon=0)
    return computed(name, m, asdict(solve(m)), Model(round_the_clock({"calls": queue}, one_team(m.n)), FIGURES))
