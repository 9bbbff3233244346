"""Every row of exact_values.csv is computed and compared, or its model is listed in LEFT_OUT with the reason."""

import ast
import csv
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from scipy.special import gammainc

from analysis import theory
from sim.common import distributions

Params = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    id: str
    model: str
    params: str
    metric: str
    value: float
    method: str

    @property
    def named(self) -> Params:
        return dict(part.split("=", 1) for part in self.params.split(";"))


def read_rows() -> list[Row]:
    with Path(__file__).with_name("exact_values.csv").open(encoding="utf-8", newline="") as file:
        return [
            Row(r["id"], r["model"], r["params"], r["metric"], float(r["value"]), r["method"])
            for r in csv.DictReader(file)
        ]


ROWS = read_rows()

# Values are printed with 12 digits, those found with double arithmetic with 10.
TOLERANCE = {
    "closed form (mp 40 digits)": 1e-11,
    "closed form": 1e-11,
    "integral formula (Zeltyn-Mandelbaum), mp quadrature": 1e-11,
    "birth-death + tagged chain, double": 1e-9,
    "Gauss-Legendre over exact Erlang-A": 1e-9,
    "N(t)~Poisson(m(t))": 1e-9,
    "exact integer, verified at n and n-1 in mp": 0.0,
}

LEFT_OUT = {
    "M/PH/n+M": "no formula for handle times that aren't exponential; checked by simulation",
    "M/D/n": "no formula for handle times that aren't exponential; checked by simulation",
    "M/E2/n": "no formula for handle times that aren't exponential; checked by simulation",
    "M/G/1 (Pollaczek-Khinchine)": "no formula for handle times that aren't exponential; checked by simulation",
    "M/D/1": "no formula for handle times that aren't exponential; checked by simulation",
    "M/D/n (Lee-Longton/Allen-Cunneen approx)": "an approximation",
    "M/E2/n (Boxma-Cohen-Huffels/Kimura approx)": "an approximation",
    "M/E2/n (Allen-Cunneen approx)": "an approximation",
    "GI/G/n Kingman-type upper bound (M/E2/10)": "a bound",
    "M/M/1 non-preemptive priority": "the formula is for one handle time; checked by simulation",
    "M/M/1 preemptive-resume priority": "a call is never put down for another",
    "M/M/n preemptive-resume priority": "a call is never put down for another",
    "M/M/n+M non-preemptive priority": "a two-dimensional Markov chain; checked by simulation",
    "Erlang-A + redials/reconnects, long-delay fixed point": "a limit, not an exact value",
    "Erlang-A + redial/reconnect orbit (exact CTMC)": "a two-dimensional Markov chain; checked by simulation",
    "N-model (skill routing)": "several teams; no formula",
    "Blend, threshold reserve (instant outbound)": "outbound calls; no formula",
    "Mt/M/nt+M day A": "a transient Markov chain; checked by simulation",
    "turnover: productive share of positions": "workforce, not queueing; belongs to hiring",
    "turnover: average proficiency (exp tenure, exp learning)": "workforce, not queueing; belongs to hiring",
    "turnover: average proficiency (hyperexp tenure)": "workforce, not queueing; belongs to hiring",
    "turnover: attrition definitions": "workforce, not queueing; belongs to hiring",
}

PATIENCE: dict[str, theory.Duration] = {
    "deterministic 90s": distributions.Deterministic(90_000),
    "Erlang2 mean 180s": distributions.Gamma(180_000, shape=2),
    "Weibull shape 1.5 mean 180s": distributions.Weibull(180_000, shape=1.5),
    "balk 10% if delayed else Exp 180s": theory.Balking(0.1, theory.Exponential(180_000)),
}


def figures(performance: theory.Performance) -> dict[str, float]:
    """Under the names of the table."""
    return {
        "p_wait": performance.p_wait,
        "p_block": performance.p_block,
        "p_ab": performance.p_abandon,
        "p_ab_after": performance.p_abandon_after,
        "ew": performance.mean_wait_s,
        "ew_accepted": performance.mean_wait_s,
        "asa": performance.asa_s,
        "sl": performance.sl_offered,
        "sl_offered": performance.sl_offered,
        "sl_excl": performance.sl_excl_short,
        "sl_abok": performance.sl_abandons_met,
        "sl_served": performance.sl_answered,
        "sl_accepted": performance.sl_offered / (1 - performance.p_block),
        "occ": performance.occupancy,
    }


def queue_arguments(p: Params) -> tuple[float, float, int]:
    return float(p["lam_per_h"]), float(p["aht_s"]), int(p["n"])


def erlang_c(p: Params) -> dict[str, float]:
    q90 = theory.erlang_c_wait_quantile_s(*queue_arguments(p), 0.9)
    return figures(theory.erlang_c(*queue_arguments(p), float(p["t_s"]))) | {"wait_q90": q90}


def recontacts(p: Params) -> dict[str, float]:
    return figures(theory.erlang_c_with_recontacts(*queue_arguments(p), float(p["recontact_p"]), float(p["t_s"])))


def erlang_a(p: Params) -> dict[str, float]:
    return figures(theory.erlang_a(*queue_arguments(p), float(p["patience_mean_s"]), float(p["t_s"])))


def impatient_queue(p: Params) -> dict[str, float]:
    return figures(theory.impatient_queue(*queue_arguments(p), PATIENCE[p["patience"]], float(p["t_s"])))


def uncertain_rate(p: Params) -> dict[str, float]:
    return figures(
        theory.erlang_a_uncertain_rate(
            float(p["lam_mean_per_h"]),
            float(p["cv_rate"]),
            float(p["aht_s"]),
            int(p["n"]),
            float(p["patience_mean_s"]),
            float(p["t_s"]),
        )
    )


def finite_trunks(p: Params) -> dict[str, float]:
    return figures(
        theory.finite_trunks(*queue_arguments(p), int(p["trunks"]), float(p["t_s"]), float(p["patience_mean_s"]))
    )


def priority(p: Params) -> dict[str, float]:
    rates = [3600 * float(p["lam1"]), 3600 * float(p["lam2"])]
    first, second = theory.priority_mean_waits_s(rates, 1 / float(p["mu"]), int(p["n"]))
    level = theory.priority_first_class_service_level(rates, 1 / float(p["mu"]), int(p["n"]), 0.05)
    return {"ew_class1": first, "ew_class2": second, "sl_class1 t=0.05": level}


def sinusoid(p: Params) -> dict[str, float]:
    kind, settings = p["service"].split("{")
    value = {name: float(number) for name, number in ast.literal_eval("{" + settings).items()}
    kinds: dict[str, Callable[[], theory.Duration]] = {
        "exp": lambda: theory.Exponential(1000 * value["mean"]),
        "det": lambda: distributions.Deterministic(1000 * value["mean"]),
        "h2": lambda: distributions.Hyperexponential(value["p"], 1000 * value["m1"], 1000 * value["m2"]),
    }
    handle_time = kinds[kind]()
    period_s = 3600 * float(p["period_h"])
    load = theory.sinusoidal_load(float(p["lam_bar_per_h"]), float(p["amp_per_h"]), period_s, handle_time)
    return {
        "m(t=2.5h)": float(load.at(2.5 * 3600)),
        "m(t=5h)": float(load.at(5 * 3600)),
        "peak lag": load.lag_s,
    }


def poisson_tail(p: Params) -> dict[str, float]:
    """With theta = mu everyone present leaves at the same rate: the number present is that of unlimited staff."""
    assert p["lam"] == "100+20 sin t"
    load = theory.sinusoidal_load(100 * 3600, 20 * 3600, 2 * math.pi, theory.Exponential(1000 / float(p["mu"])))
    times = {"t=0": 0.0, "t=pi/2": math.pi / 2, "t=pi": math.pi, "t=3pi/2": 3 * math.pi / 2}
    return {f"P(N(t)>=s) {name}": float(gammainc(int(p["s"]), load.at(t))) for name, t in times.items()}


def staff_erlang_c(p: Params) -> dict[str, float]:
    return {"n": theory.agents_erlang_c(float(p["lam_per_h"]), float(p["aht_s"]), theory.Targets(0.8, 10.0)).agents}


def staff_erlang_a(p: Params) -> dict[str, float]:
    needed = theory.agents_erlang_a(
        float(p["lam_per_h"]), float(p["aht_s"]), float(p["patience_mean_s"]), theory.Targets(0.8, 10.0)
    )
    assert (needed.for_service_level, needed.for_answer_rate) == (int(p["n_for_sl"]), int(p["n_for_answer"]))
    return {"n": needed.agents}


COMPUTED: dict[str, Callable[[Params], dict[str, float]]] = {
    "Erlang-C": erlang_c,
    "Erlang-C + re-contacts of served (Jackson, any delay)": recontacts,
    "Erlang-A": erlang_a,
    "M/M/n+G": impatient_queue,
    "Erlang-A, Gamma-distributed rate (call-weighted)": uncertain_rate,
    "M/M/n/N(+M) finite trunks": finite_trunks,
    "M/M/n non-preemptive priority": priority,
    "Mt/G/inf sinusoid (EMW)": sinusoid,
    "FMMW sinusoid Mt/M/st+M theta=mu (exact Poisson)": poisson_tail,
    "Garnett function P(W>0)": lambda p: {
        "limit": theory.garnett_p_wait(float(p["beta"]), 1 / float(p["mu"]), 1 / float(p["theta"]))
    },
    "Halfin-Whitt P(W>0)": lambda p: {"limit": theory.halfin_whitt_p_wait(float(p["beta"]))},
    "min staff 80/10 Erlang-C": staff_erlang_c,
    "min staff 80/10 & answer>=95% Erlang-A": staff_erlang_a,
}

COMPARED = [row for row in ROWS if row.model in COMPUTED]


@pytest.mark.parametrize("row", COMPARED, ids=[f"{row.id}-{row.model}-{row.metric}" for row in COMPARED])
def test_row(row: Row) -> None:
    computed = COMPUTED[row.model](row.named)[row.metric]
    assert computed == pytest.approx(row.value, rel=TOLERANCE[row.method], abs=0.0)


def test_every_row_is_compared_or_left_out_with_a_reason() -> None:
    models = {row.model for row in ROWS}
    assert models == COMPUTED.keys() | LEFT_OUT.keys()
    assert not COMPUTED.keys() & LEFT_OUT.keys()
    assert all(LEFT_OUT.values())
    assert len(ROWS) == 392
