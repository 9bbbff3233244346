"""Self-service and a community take contacts off a queue, and return some."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ..centres import call_queue, email_queue, round_the_clock, spread
from ..chains.deflection import Deflection, solve
from ..figures import Figure, column_sum, constant, contacts, delayed, named, named_of_team, ratio
from ..models import Model
from ..study import Study
from ..units import UNIT_S, at_rate, mean_wait, patience, per_unit
from .computed import computed

DAYS = 7
UNITS = constant(DAYS * 86_400 / UNIT_S)
DELAY = spread("lognormal", 5 * UNIT_S, cv=2.0)
"""Until the deflected come after all: its distribution makes no difference."""


@dataclass(frozen=True)
class Deflected(Deflection):
    """Of the deflected the share ``posted`` ask in public; of the others, the share ``returning`` come after all."""

    posted: float = 0.0


CASES = {
    "deflection": Deflected(4.0, 0.4, 0.25, 1.0, 0.5, 3),
    "deflection with posts": Deflected(4.0, 0.4, 0.5, 1.0, 0.5, 3, posted=0.3),
}

FIGURES: dict[str, Figure] = {
    "offered": ratio(contacts(column_sum("first", "returned")), UNITS),
    "solved_by_self_service": ratio(contacts(column_sum("deflected", minus=("returned",))), UNITS),
    "p_wait": delayed(),
    "p_ab": named("abandon_rate"),
    "wait": mean_wait(),
    "occupancy": named_of_team("occupancy"),
}
"""By the chain's names; posts are solved elsewhere."""


def study(name: str) -> Study:
    """A case beside its formula."""
    m = CASES[name]
    deflection: dict[str, object] = {"share": m.deflected, "fails": m.returning, "after": DELAY}
    queues = {"calls": call_queue(per_unit(m.lam), at_rate(m.mu), **patience(m.theta), deflection=deflection)}
    teams = {"agents": {"positions": m.n, "serves": ["calls"]}}
    found = solve(Deflection(m.lam, m.deflected, m.returning * (1 - m.posted), m.mu, m.theta, m.n))
    values, figures = asdict(found) | asdict(found.group), FIGURES
    if m.posted:
        deflection["posts"] = {"share": m.posted, "to": "forum"}
        queues["forum"] = email_queue(per_unit(0.0), at_rate(1.0))
        teams["advisers"] = {"positions": 5, "serves": ["forum"]}
        values["posts"] = m.lam * m.deflected * m.posted
        figures = FIGURES | {"posts": ratio(contacts(column_sum("posted"), (1,)), UNITS)}
    scenario = round_the_clock(queues, teams, days=DAYS)
    return computed(name, m, values, Model(scenario, figures, is_controlled=False))
