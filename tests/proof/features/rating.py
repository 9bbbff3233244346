"""Rates by team, under pressure, and what they do to satisfaction: flows that balance, and Erlang C behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.figures import SATISFACTION
from sim.centre.results import RECONTACT, SERVED

from ..centres import call_queue, one_team, round_the_clock
from ..chains.erlang import single_queue
from ..figures import (
    Figure,
    OfMeans,
    Reader,
    column_sum,
    constant,
    contacts,
    delayed,
    logged,
    named_of_service,
    named_of_team,
    ratio,
    services,
)
from ..models import Model
from ..study import Study
from ..units import UNIT_S, at_rate, mean_time, mean_wait, per_unit
from .computed import computed

DAYS = 14
UNITS = constant(DAYS * 86_400 / UNIT_S)


@dataclass(frozen=True)
class ByTeam:
    """Two teams: what they do to handle times and to re-contacts."""

    lam: float
    mu: float
    n: tuple[int, int]
    recontact: float
    recontact_factors: tuple[float, float]
    speed_2: float
    longer_2: str
    handle_factor_2: float
    """What speed and change make of it."""


@dataclass(frozen=True)
class Pressed:
    """A cut of the handle time, and the re-contacts that answer it."""

    lam: float
    mu: float
    n: int
    recontact: float
    change: str
    factor: float
    """What the change makes of the handle time."""
    elasticity: float


@dataclass(frozen=True)
class Rated:
    """Losses of satisfaction, in points."""

    lam: float
    mu: float
    n: int
    recontact: float
    base: float
    per_minute: float
    comes_back: float
    novice: float
    novices: float


CASES: dict[str, ByTeam | Pressed | Rated] = {
    "factors of teams": ByTeam(1.8, 1.0, (2, 2), 0.2, (0.5, 1.75), 0.8, "+10 %", 1.1 / 0.8),
    "handle time cut by a share": Pressed(2.0, 1.0, 3, 0.15, "-20 %", 0.8, elasticity=1.5),
    "handle time cut by a time": Pressed(2.0, 1.0, 3, 0.15, "-15 s", 0.75, elasticity=0.5),
    "satisfaction": Rated(1.9, 1.0, 3, 0.1, base=95.0, per_minute=3.0, comes_back=6.0, novice=4.0, novices=0.25),
}
AGAIN = {"after": at_rate(1 / 30)}
"""A Jackson network of the queue and the absent: exact for any delay."""


def study(name: str) -> Study:
    """A case beside its formulas."""
    m = CASES[name]
    if isinstance(m, ByTeam):
        return _by_team(name, m)
    return _pressed(name, m) if isinstance(m, Pressed) else _rated(name, m)


def _by_team(name: str, m: ByTeam) -> Study:
    queue = call_queue(per_unit(m.lam), at_rate(m.mu), recontact={"probability": m.recontact, **AGAIN})
    own: tuple[dict[str, object], ...] = ({}, {"speed": m.speed_2, "handle_time": m.longer_2})
    teams = {
        f"team_{number}": {"positions": n, "serves": {"calls": {"recontact": factor, **terms}}}
        for number, (n, factor, terms) in enumerate(zip(m.n, m.recontact_factors, own, strict=True), start=1)
    }
    values, figures = {}, {}
    for team, factor in enumerate(m.recontact_factors):
        values[f"handle time of team {team + 1} (s)"] = UNIT_S / m.mu * (m.handle_factor_2 if team else 1)
        figures[f"handle time of team {team + 1} (s)"] = named_of_service("aht_s", team, 0)
        values[f"re-contacts of team {team + 1}"] = m.recontact * factor
        first_agent = sum(m.n[:team])
        figures[f"re-contacts of team {team + 1}"] = ratio(
            _coming_back(first_agent, first_agent + m.n[team]), services(team, 0), is_share=True
        )
    scenario = round_the_clock({"calls": queue}, teams, days=DAYS)
    return computed(name, m, values, Model(scenario, figures, needs_log=True, is_controlled=False))


def _coming_back(first_agent: int, beyond: int) -> Reader:
    """Contacts that some agents served and that come back."""

    def which(log: np.ndarray) -> np.ndarray:
        by_them = (log["agent"] >= first_agent) & (log["agent"] < beyond) & (log["fate"] == SERVED)
        return np.asarray(by_them & (log["follow_up"] == RECONTACT))

    return logged(which)


def _pressed(name: str, m: Pressed) -> Study:
    queue = call_queue(
        per_unit(m.lam),
        at_rate(m.mu),
        recontact={"probability": m.recontact, **AGAIN},
        pressure={"handle_time": m.change, "elasticity": m.elasticity},
    )
    again = m.recontact * m.factor**-m.elasticity
    offered = m.lam / (1 - again)
    found = single_queue(offered, m.mu / m.factor, m.n)
    values = {
        "offered": offered,
        "re-contacts of the served": again,
        "handle time": m.factor / m.mu,
        "p_wait": found.p_wait,
        "wait": found.wait,
        "occupancy": found.occupancy,
    }
    figures: dict[str, Figure] = {
        "offered": ratio(contacts(column_sum("first", "recontact")), UNITS),
        "re-contacts of the served": ratio(
            contacts(column_sum("recontact")), contacts(column_sum("served")), is_share=True
        ),
        "handle time": mean_time("aht_s"),
        "p_wait": delayed(),
        "wait": mean_wait(),
        "occupancy": named_of_team("occupancy"),
    }
    scenario = round_the_clock({"calls": queue}, one_team(m.n), days=DAYS)
    return computed(name, m, values, Model(scenario, figures, is_controlled=False))


def _rated(name: str, m: Rated) -> Study:
    """Losses are linear in what they are for, and no contact here loses all of its base."""
    queue = call_queue(
        per_unit(m.lam),
        at_rate(m.mu),
        recontact={"probability": m.recontact, **AGAIN},
        satisfaction={
            "base": m.base / 100,
            "per_minute": f"{m.per_minute} points",
            "comes_back": f"{m.comes_back} points",
            "novice": f"{m.novice} points",
        },
    )
    offered = m.lam / (1 - m.recontact)
    found = single_queue(offered, m.mu, m.n)
    lost = (m.per_minute * found.wait * UNIT_S / 60 + m.comes_back * m.recontact + m.novice * m.novices) / 100
    rated, sum_ppm = contacts(SATISFACTION.denominator), contacts(SATISFACTION.numerator)
    figures: dict[str, Figure] = {
        "lost": OfMeans((sum_ppm, rated), lambda means: float(m.base / 100 - means[0] / means[1] / SATISFACTION.unit)),
        "rated": ratio(rated, UNITS),
    }
    values = {"lost": lost, "rated": offered}
    team = one_team(m.n, novices=m.novices)
    scenario = round_the_clock({"calls": queue}, team, days=DAYS)
    return computed(name, m, values, Model(scenario, figures, is_controlled=False))
