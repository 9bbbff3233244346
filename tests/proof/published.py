"""The models behind the published tables.

What the tables leave unsaid stands in the guide "ContactCenters: Examples" (umontreal-simul/contactcenters,
doc/examples): occupancy is taken until closing time, without the time it takes to serve those left then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.figures import OFFERED
from sim.scenario.centre import CentreScenario

from .centres import call_queue, centre, exponential, one_team, round_the_clock, seconds
from .figures import (
    Figure,
    Intervals,
    OfMeans,
    column_sum,
    constant,
    contacts,
    delayed,
    in_unit,
    named,
    named_of_team,
    ratio,
)
from .models import Model
from .stationary import FIGURES
from .through_the_day import HOUR_S, abandonments, by_slot, clock, every

OPENS_H = 8
DAYS = 100


def day_centre(queue: Mapping[str, Any], positions: int | Mapping[str, Any], hours: int) -> CentreScenario:
    """A centre with one queue that opens every day at 8."""
    return centre(
        {"calls": queue},
        one_team(positions),
        horizon=f"{DAYS} days",
        warm_up="none",
        opening={"every day": f"{clock(OPENS_H * HOUR_S)}-{clock((OPENS_H + hours) * HOUR_S)}"},
        interval="1 h",
    )


def open_hours(hours: int) -> NDArray[np.intp]:
    """The intervals in which it is open."""
    return (24 * np.arange(DAYS)[:, np.newaxis] + OPENS_H + np.arange(hours)).ravel()


def percent(share: OfMeans) -> Figure:
    """A share in per cent."""
    return OfMeans(share.readers, lambda means: 100 * share.function(means), share.is_share)


def numbers(text: str, before: str) -> list[float]:
    """The numbers that follow some words."""
    found = re.search(rf"{before} ([\d. ]+)", text)
    assert found is not None
    return [float(number) for number in found[1].split()]


def single_queue_day(params: str) -> Model:
    """Thirteen hours with other rates and other servers each; nobody waits at the start."""
    servers, rates = [int(number) for number in numbers(params, "agents")], numbers(params, "calls/h")
    queue = call_queue(
        {"per_day": sum(rates), "profile": by_slot(OPENS_H * HOUR_S, HOUR_S, rates)},
        exponential(100),
        patience=exponential(1000) | {"balking": 0.1},
    )
    scenario = day_centre(queue, by_slot(OPENS_H * HOUR_S, HOUR_S, servers), len(rates))
    spans: dict[str, Intervals] = {"all hours": open_hours(len(rates))}
    spans |= {f"hour {hour}": every(hour, 24) for hour in range(OPENS_H, OPENS_H + len(rates))}
    figures: dict[str, Figure] = {}
    for name, at in spans.items():
        figures |= {
            f"{name} sl_excl_short 20 s %": percent(named("sl_excl_short", intervals=at)),
            f"{name} sl_abandons_met 20 s %": percent(named("sl_abandons_met", intervals=at)),
            f"{name} abandoned %": percent(named("abandon_rate", intervals=at)),
            f"{name} mean wait over offered s": named("wait_mean_s", intervals=at),
            f"{name} occupancy %": percent(named_of_team("occupancy", intervals=at)),
            f"{name} delayed %": percent(delayed(intervals=at)),
        }
    return Model(scenario, figures, samples_each=DAYS)


def eight_hour_day(params: str) -> Model:
    """Some calls a minute on a few agents, from an empty start."""
    (agents,) = (int(number) for number in re.findall(r"(\d+) agents", params))
    more: dict[str, Any] = {}
    if patience := re.search(r"patience exponential mean (\d+) min", params):
        more["patience"] = exponential(60 * float(patience[1]))
    if places := re.search(r"(\d+) waiting places", params):
        more["trunks"] = agents + int(places[1])
    (per_minute,) = (float(number) for number in re.findall(r"([\d.]+) calls/min", params))
    hours = 8
    asa = named("asa_s")
    waits_s, served = asa.readers
    figures: dict[str, Figure] = {
        "answered within 20 s per day": ratio(contacts(column_sum("served_within")), constant(DAYS)),
        "abandoned per day": ratio(contacts(column_sum("abandoned")), constant(DAYS)),
        "blocked per day": ratio(contacts(column_sum("blocked")), constant(DAYS)),
        "sl_answered": named("sl_answered"),
        "served within / (served + abandoned beyond)": named("sl_excl_short"),
        "ASA min": ratio(in_unit(waits_s, 60), served),
        "occupancy": named_of_team("occupancy", intervals=open_hours(hours)),
    }
    queue = call_queue({"per_hour": per_minute * 60}, exponential(120), **more)
    return Model(day_centre(queue, agents, hours), figures, samples_each=DAYS)


WEEKS = 20


def telethon(_: str) -> Model:
    """Four hours on five days a week; callers who have waited 2 min leave a message, those waiting at closing time go.

    The latter are not among the abandoned.
    """
    patience_s, message_s, opens_h = 120.0, 120.0, 6
    shares = (np.arange(2000) + 0.5) / 2000
    waits_s = np.minimum(-patience_s * np.log1p(-shares), message_s)
    queue = call_queue(
        {"per_hour": 50},
        exponential(600),
        60,
        patience={"distribution": "empirical", "values": [seconds(wait_s) for wait_s in waits_s]},
        trunks=24,
        at_closing="send away",
    )
    closes_h = opens_h + 4
    scenario = centre(
        {"calls": queue},
        one_team(12),
        horizon=f"{WEEKS} weeks",
        warm_up="none",
        opening={"mon-fri": f"{clock(opens_h * HOUR_S)}-{clock(closes_h * HOUR_S)}"},
        interval="1 h",
    )
    gave_up = abandonments(opens_h * HOUR_S, closes_h * HOUR_S)
    figures: dict[str, Figure] = {
        "arrivals per week": ratio(contacts(OFFERED), constant(WEEKS)),
        "abandoned + left at 2 min message per week (31.820 + 4.960)": ratio(gave_up, constant(WEEKS)),
    }
    return Model(scenario, figures, needs_log=True, samples_each=WEEKS)


def shipped_model(case: str) -> Model:
    """Erlang A by a case such as "8 agents, 78 calls/h"."""
    agents, per_hour = (int(number) for number in re.findall(r"\d+", case))
    queue = call_queue({"per_hour": per_hour}, exponential(300), patience=exponential(900))
    figures = {"abandoned": FIGURES["p_ab"], "ASA s": FIGURES["asa"], "sl_offered 20 s": FIGURES["sl_offered"]}
    return Model(round_the_clock({"calls": queue}, one_team(agents)), figures)
