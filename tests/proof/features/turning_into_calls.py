"""Emails that aren't answered in time turn into calls."""

from __future__ import annotations

from ..centres import EMAILS, call_queue, email_queue, round_the_clock, seconds, spread
from ..chains.limited_wait import LimitedWait, solve
from ..figures import Figure, column_sum, constant, contacts, delayed, named, named_of_team, ratio
from ..models import Model
from ..study import Study
from ..units import UNIT_S, at_rate, mean_wait, per_unit
from .computed import computed

DAYS = 7
PLENTY = 40
"""So many agents for the calls that none is missed."""
CALLS_MU = 1.0

CASES = {
    "late emails all turn into calls": LimitedWait(2.6, 1.0, 2, limit=1.5),
    "late emails, of which a share turns into calls": LimitedWait(2.2, 1.0, 2, limit=0.8, share=0.4),
}


def study(name: str) -> Study:
    """A case beside the formula: who gives up does so after a constant time, unless an agent has opened the email."""
    m = CASES[name]
    found = solve(m)
    late_to_call = {"probability": m.share, "to": "calls", "after": spread("lognormal", 5 * UNIT_S, cv=2.0)}
    queues = {
        "calls": call_queue(per_unit(0.0), at_rate(CALLS_MU)),
        "emails": email_queue(
            per_unit(m.lam),
            at_rate(m.mu),
            targets={"response": f"80 % in {seconds(m.limit * UNIT_S)}"},
            late_to_call=late_to_call,
        ),
    }
    teams = {
        "callers": {"positions": PLENTY, "serves": ["calls"]},
        "writers": {"positions": m.n, "serves": ["emails"]},
    }
    values = {
        "p_wait": found.p_wait,
        "given up": found.p_limit,
        "wait": found.wait,
        "calls": m.lam * found.p_limit,
        "occupancy": found.occupancy,
        "occupancy by their calls": m.lam * found.p_limit / CALLS_MU / PLENTY,
    }
    figures: dict[str, Figure] = {
        "p_wait": delayed((EMAILS,)),
        "given up": named("abandon_rate", (EMAILS,)),
        "wait": mean_wait(EMAILS),
        "calls": ratio(contacts(column_sum("late_email")), constant(DAYS * 86_400 / UNIT_S)),
        "occupancy": named_of_team("occupancy", 1),
        "occupancy by their calls": named_of_team("occupancy", 0),
    }
    return computed(name, m, values, Model(round_the_clock(queues, teams, days=DAYS), figures))
