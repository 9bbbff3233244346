"""Every row of exact_values.csv that has a chain or a closed form here."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache

import pytest

from tests.proof.chains import blend, n_model, orbit, preemption, priority
from tests.proof.chains.erlang import single_queue
from tests.proof.rows import Row, exact_rows

Params = Mapping[str, str]


def erlang(p: Params) -> dict[str, float]:
    theta = 1 / float(p["patience_mean_s"]) if "patience_mean_s" in p else 0.0
    found = single_queue(float(p["lam_per_h"]) / 3600, 1 / float(p["aht_s"]), int(p["n"]), theta)
    return {"p_wait": found.p_wait, "p_ab": found.p_ab, "ew": found.wait, "occ": found.occupancy}


def routing(p: Params) -> dict[str, float]:
    return asdict(n_model.solve(n_model.NModel.of_row(p)))


def blended(p: Params) -> dict[str, float]:
    rates = {name: float(p[name]) for name in ("lam", "mu_in", "mu_out", "theta")}
    return asdict(blend.solve(blend.Blend(**rates, n=int(p["n"]), reserve=int(p["reserve"]))))


def redials(p: Params) -> dict[str, float]:
    model = orbit.Orbit(
        lam=float(p["lam_per_h"]) / 3600,
        mu=1 / float(p["aht_s"]),
        theta=1 / float(p["patience_mean_s"]),
        n=int(p["n"]),
        p_redial=float(p["p_redial"]),
        r_reconnect=float(p["r_reconnect"]),
        gamma=1 / float(p["retrial_delay_mean_s"]),
        t=float(p["t_s"]),
    )
    found = asdict(orbit.solve(model))
    return found | {"attempts_per_h": found["attempts"] * 3600}


def by_class(waits: priority.MeanWaits) -> dict[str, float]:
    return {"ew_class1": waits.ew1, "ew_class2": waits.ew2}


def two_rates(p: Params) -> list[float]:
    return [float(p[name]) for name in ("lam1", "lam2", "mu1", "mu2")]


def one_rate(p: Params) -> tuple[float, float, float, int]:
    return float(p["lam1"]), float(p["lam2"]), float(p["mu"]), int(p["n"])


def priority_single(p: Params) -> dict[str, float]:
    return by_class(priority.one_server(*two_rates(p)))


def priority_many(p: Params) -> dict[str, float]:
    within = priority.served_within_1(*one_rate(p), 0.05)
    return by_class(priority.one_rate(*one_rate(p))) | {"sl_class1 t=0.05": within}


def priority_impatient(p: Params) -> dict[str, float]:
    rates = {name: float(p[name]) for name in ("lam1", "lam2", "mu", "theta1", "theta2")}
    found = priority.solve(priority.Impatient(**rates, n=int(p["n"])))
    return {
        "p_ab_class1": found.p_ab1,
        "p_ab_class2": found.p_ab2,
        "ew_class1": found.ew1,
        "ew_class2": found.ew2,
        "p_wait": found.p_wait,
    }


def sojourns(of_1: float, of_2: float) -> dict[str, float]:
    return {"et_class1 (sojourn)": of_1, "et_class2 (sojourn)": of_2}


def preemptive_single(p: Params) -> dict[str, float]:
    return sojourns(*preemption.one_server_sojourns(*two_rates(p)))


def preemptive_many(p: Params) -> dict[str, float]:
    return sojourns(*preemption.one_rate_sojourns(*one_rate(p)))


MODELS: dict[str, Callable[[Params], dict[str, float]]] = {
    "Erlang-C": erlang,
    "Erlang-A": erlang,
    "N-model (skill routing)": routing,
    "Blend, threshold reserve (instant outbound)": blended,
    "Erlang-A + redial/reconnect orbit (exact CTMC)": redials,
    "M/M/1 non-preemptive priority": priority_single,
    "M/M/n non-preemptive priority": priority_many,
    "M/M/n+M non-preemptive priority": priority_impatient,
    "M/M/1 preemptive-resume priority": preemptive_single,
    "M/M/n preemptive-resume priority": preemptive_many,
}
OF_ERLANG = {"p_wait", "p_ab", "ew", "occ"}
"""What other models are compared with."""


@cache
def figures(model: str, params: str) -> dict[str, float]:
    return MODELS[model](dict(part.split("=", 1) for part in params.split(";")))


ROWS = [
    row for row in exact_rows() if row.model in MODELS and (row.metric in OF_ERLANG or MODELS[row.model] is not erlang)
]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.id} {row.model} {row.metric}" for row in ROWS])
def test_row(row: Row) -> None:
    # Values are printed with 10 digits or more.
    assert figures(row.model, row.params)[row.metric] == pytest.approx(row.value, rel=1e-8)
