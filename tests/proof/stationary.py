"""The stationary models of one queue: a centre that never closes, with the rates of the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sim.scenario.centre import CentreScenario

from .centres import CALLS, call_queue, exponential, hyperexponential, one_team, round_the_clock, spread
from .figures import (
    Figure,
    WaitQuantile,
    column_sum,
    constant,
    contacts,
    delayed,
    named,
    named_of_team,
    ratio,
)
from .models import Model, Params
from .orbit import orbit_ms
from .units import UNIT_S, mean_wait, per_unit

MANY_DAYS = 28
"""Of a replication where many are needed: less of them is warm-up."""

_OFFERED = column_sum("first", "redial", "recontact")
_NOT_BLOCKED = column_sum("first", "redial", "recontact", minus=("blocked",))


def _hours(model: CentreScenario) -> int:
    return 24 * (model.end - model.start).days


FIGURES: dict[str, Figure] = {
    "p_wait": delayed(),
    "asa": named("asa_s"),
    "ew": named("wait_mean_s"),
    "sl": named("sl_offered"),
    "sl_offered": named("sl_offered"),
    "sl_served": named("sl_answered"),
    "sl_excl": named("sl_excl_short"),
    "sl_abok": named("sl_abandons_met"),
    "p_ab": named("abandon_rate"),
    "p_ab_after": ratio(
        contacts(column_sum("abandoned", minus=("abandoned_within",))), contacts(_OFFERED), is_share=True
    ),
    "occ": named_of_team("occupancy"),
    "wait_q90": WaitQuantile(CALLS, 0.9),
    "p_block": ratio(contacts(column_sum("blocked")), contacts(_OFFERED), is_share=True),
    "ew_accepted": named("wait_mean_s"),
    "sl_accepted": ratio(contacts(column_sum("served_within")), contacts(_NOT_BLOCKED), is_share=True),
}
"""Metrics that any queue of calls has."""


def single_queue(p: Params, handle_time: Mapping[str, Any], *, days: int = 7, **more: Any) -> Model:
    """One queue of calls with the row's rate, servers and threshold."""
    queue = call_queue({"per_hour": float(p["lam_per_h"])}, handle_time, float(p["t_s"]), **more)
    return Model(round_the_clock({"calls": queue}, one_team(int(p["n"])), days=days), FIGURES)


def erlang_c(p: Params) -> Model:
    """M/M/n."""
    return single_queue(p, exponential(float(p["aht_s"])), days=MANY_DAYS)


def erlang_a(p: Params) -> Model:
    """M/M/n+M."""
    return single_queue(p, exponential(float(p["aht_s"])), patience=exponential(float(p["patience_mean_s"])))


PATIENCE = {
    "deterministic 90s": spread("deterministic", 90),
    "Erlang2 mean 180s": spread("erlang", 180, phases=2),
    "Weibull shape 1.5 mean 180s": spread("weibull", 180, shape=1.5),
    "balk 10% if delayed else Exp 180s": exponential(180) | {"balking": 0.1},
}


def general_patience(p: Params) -> Model:
    """M/M/n+G."""
    return single_queue(p, exponential(float(p["aht_s"])), patience=PATIENCE[p["patience"]])


def phase_type_service(p: Params) -> Model:
    """M/PH/n+M, with services such as "E2 mean=600" and "H2 p=0.8,m1=400,m2=1400"."""
    kind, _, rest = p["service"].partition(" ")
    value = {name: float(number) for name, number in re.findall(r"(\w+)=([\d.]+)", rest)}
    handle_time = {
        "E2": lambda: spread("erlang", value["mean"], phases=2),
        "H2": lambda: hyperexponential(value["p"], value["m1"], value["m2"]),
    }[kind]()
    return single_queue(p, handle_time, patience=exponential(float(p["patience_mean_s"])))


def finite_trunks(p: Params) -> Model:
    """M/M/n/N; the rows have unlimited patience."""
    assert p["patience_mean_s"] == "inf"
    return single_queue(p, exponential(float(p["aht_s"])), trunks=int(p["trunks"]))


def recontacts(p: Params) -> Model:
    """Served customers who come back after a while: a Jackson network of the queue and the absent."""
    again = {"probability": float(p["recontact_p"]), "after": exponential(1800)}
    return single_queue(p, exponential(float(p["aht_s"])), days=MANY_DAYS, recontact=again)


def orbit(p: Params) -> Model:
    """Abandoned callers redial and served ones come back, both after the same exponential delay."""
    delay = exponential(float(p["retrial_delay_mean_s"]))
    model = single_queue(
        p,
        exponential(float(p["aht_s"])),
        patience=exponential(float(p["patience_mean_s"])),
        redial={"probability": float(p["p_redial"]), "after": delay, "attempts": "unlimited"},
        recontact={"probability": float(p["r_reconnect"]), "after": delay},
    )
    hours = _hours(model.scenario)
    own: dict[str, Figure] = {
        "attempts_per_h": ratio(contacts(_OFFERED), constant(hours)),
        "orbit": ratio(orbit_ms, constant(hours * 3_600_000)),
    }
    return Model(model.scenario, FIGURES | own, needs_log=True)


# --- rows in units of time ------------------------------------------------------------------------------------------


def _unlimited_patience(p: Params, handle_time: Mapping[str, Any], servers: int, threshold: float = 1.0) -> Model:
    queue = call_queue(per_unit(float(p["lam"])), handle_time, threshold * UNIT_S)
    figures = FIGURES | {"ew": mean_wait(CALLS), "P(W<=x)": named("sl_offered")}
    return Model(round_the_clock({"calls": queue}, one_team(servers)), figures)


def deterministic_service(p: Params) -> Model:
    """M/D/n."""
    return _unlimited_patience(p, spread("deterministic", UNIT_S), int(p["n"]))


def deterministic_single(p: Params) -> Model:
    """M/D/1, the distribution function of the wait."""
    return _unlimited_patience(p, spread("deterministic", UNIT_S), 1, float(p["x"]))


def erlang_service(p: Params) -> Model:
    """M/E2/n."""
    return _unlimited_patience(p, spread("erlang", UNIT_S, phases=2), int(p["n"]))


def general_single(p: Params) -> Model:
    """M/G/1: for each squared coefficient of variation another distribution."""
    scv = float(p["scv"])
    handle_time = {
        0.0: spread("deterministic", UNIT_S),
        0.5: spread("gamma", UNIT_S, cv=0.5**0.5),
        1.0: exponential(UNIT_S),
    }.get(scv, spread("lognormal", UNIT_S, cv=scv**0.5))
    return _unlimited_patience(p, handle_time, 1)


MODELS: dict[str, Callable[[Params], Model]] = {
    "Erlang-C": erlang_c,
    "Erlang-C + re-contacts of served (Jackson, any delay)": recontacts,
    "Erlang-A": erlang_a,
    "M/M/n+G": general_patience,
    "M/PH/n+M": phase_type_service,
    "M/D/n": deterministic_service,
    "M/E2/n": erlang_service,
    "M/G/1 (Pollaczek-Khinchine)": general_single,
    "M/D/1": deterministic_single,
    "Erlang-A + redial/reconnect orbit (exact CTMC)": orbit,
    "M/M/n/N(+M) finite trunks": finite_trunks,
}
"""By the tables' names."""
