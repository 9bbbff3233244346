"""Agents who hold several chats at once, each of them slower the more there are."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ..centres import call_queue, chat_queue, one_team, round_the_clock, spread
from ..chains import chats_beside_calls
from ..chains.chat import Chat, sharing, solve
from ..chains.chats_beside_calls import ChatsBesideCalls
from ..figures import Figure, column_sum, contacts, delayed, in_unit, named, named_of_team, ratio
from ..models import Model
from ..study import Study
from ..units import UNIT_S, at_rate, mean_time, mean_wait, patience, per_unit
from .computed import computed

AS_MANY_AS_COME = 20
"""The most that a file may state. At the loads here an agent would have more for 2e-5 of the time."""
ONE_MS = 1000.0


@dataclass(frozen=True)
class Sharing:
    """One agent's attention shared equally: short chats and long ones of a skewed distribution."""

    lam_short: float
    lam_long: float
    work_short: float
    work_long: float
    cv_long: float


CASES: dict[str, Sharing | Chat | ChatsBesideCalls] = {
    "chats, equal shares of one agent": Sharing(0.5, 0.1, 0.4, 4.0, cv_long=1.5),
    "chats, at most 3 with one agent": Chat(1.0, 1.0, 1, speeds=(1.0, 0.6, 0.45), theta=0.3),
    "chats, fewest in hand first": Chat(4.5, 1.0, 3, speeds=(1.0, 0.8, 0.6), theta=0.2),
    "chats, one at a time": Chat(2.2, 1.0, 3, speeds=(1.0,)),
    "chats beside calls": ChatsBesideCalls(0.9, 1.0, 0.5, 2.0, 1.0, 0.4, 3, speeds=(1.0, 0.8, 0.6)),
    "chats beside calls, more patient": ChatsBesideCalls(0.5, 1.0, 0.2, 1.3, 1.0, 0.1, 2, speeds=(1.0, 0.7)),
}

_SOJOURN_MS = contacts(column_sum("wait_served_ms", "wait_abandoned_ms", "handle_ms"))

FIGURES: dict[str, Figure] = {
    "p_wait": delayed(),
    "p_ab": named("abandon_rate"),
    "wait": mean_wait(),
    "sojourn": ratio(in_unit(_SOJOURN_MS, ONE_MS * UNIT_S), contacts(column_sum("first"))),
    "handle": mean_time("aht_s"),
    "occupancy": named_of_team("occupancy"),
}
"""By the chain's names."""


def study(name: str) -> Study:
    """A case beside its chain or formula."""
    m = CASES[name]
    if isinstance(m, Sharing):
        return _sharing(name, m)
    if isinstance(m, ChatsBesideCalls):
        return _beside_calls(name, m)
    queue = chat_queue(per_unit(m.lam), at_rate(m.mu), **patience(m.theta))
    scenario = round_the_clock({"chats": queue}, one_team(m.n, chat={"speed": list(m.speeds)}))
    return computed(name, m, asdict(solve(m)), Model(scenario, FIGURES))


def _sharing(name: str, m: Sharing) -> Study:
    lam = m.lam_short + m.lam_long
    load = m.lam_short * m.work_short + m.lam_long * m.work_long
    found = sharing(lam, load / lam)
    queues = {
        "short": chat_queue(per_unit(m.lam_short), at_rate(1 / m.work_short)),
        "long": chat_queue(per_unit(m.lam_long), spread("lognormal", UNIT_S * m.work_long, cv=m.cv_long)),
    }
    speeds = [1 / chats for chats in range(1, AS_MANY_AS_COME + 1)]
    values = {
        "sojourn of short ones": found.sojourn_of(m.work_short),
        "sojourn of long ones": found.sojourn_of(m.work_long),
        "sojourn": found.sojourn,
        "occupancy": found.occupancy,
    }
    both = contacts(column_sum("handle_ms"), (0, 1))
    figures: dict[str, Figure] = {
        "sojourn of short ones": mean_time("aht_s", 0),
        "sojourn of long ones": mean_time("aht_s", 1),
        "sojourn": ratio(in_unit(both, ONE_MS * UNIT_S), contacts(column_sum("served"), (0, 1))),
        "occupancy": named_of_team("occupancy"),
    }
    scenario = round_the_clock(queues, one_team(1, chat={"speed": speeds}))
    return computed(name, m, values, Model(scenario, figures))


def _beside_calls(name: str, m: ChatsBesideCalls) -> Study:
    queues = {
        "calls": call_queue(per_unit(m.lam_call), at_rate(m.mu_call), **patience(m.theta_call)),
        "chats": chat_queue(per_unit(m.lam_chat), at_rate(m.mu_chat), **patience(m.theta_chat)),
    }
    figures: dict[str, Figure] = {"handle_chat": mean_time("aht_s", 1), "occupancy": named_of_team("occupancy")}
    for number, kind in enumerate(("call", "chat")):
        figures[f"p_wait_{kind}"] = delayed((number,))
        figures[f"p_ab_{kind}"] = named("abandon_rate", (number,))
        figures[f"wait_{kind}"] = mean_wait(number)
    scenario = round_the_clock(queues, one_team(m.n, chat={"speed": list(m.speeds)}))
    return computed(name, m, asdict(chats_beside_calls.solve(m)), Model(scenario, figures))
