"""Two classes of contacts: priority, pre-emption, outbound work beside calls, and groups with different skills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sim.centre.contract import DAY_MS
from sim.centre.results import Replication
from sim.scenario.centre import CentreScenario

from .centres import CALLS, EMAILS, call_queue, email_queue, one_team, round_the_clock
from .chains.n_model import NModel
from .chains.preemption import Preemption
from .figures import (
    Figure,
    OfMeans,
    Reader,
    column_sum,
    constant,
    contacts,
    delayed,
    in_unit,
    named,
    named_of_team,
    ratio,
    services,
    sum_of,
)
from .models import Model, Params
from .units import UNIT_S, at_rate, mean_time, mean_wait, patience, per_unit

# --- priority, what is begun is finished ----------------------------------------------------------------------------


def _calls_before_emails(p: Params, mu1: float, mu2: float, servers: int, threshold: float = 1.0) -> Model:
    queues = {
        "calls": call_queue(per_unit(float(p["lam1"])), at_rate(mu1), threshold * UNIT_S),
        "emails": email_queue(per_unit(float(p["lam2"])), at_rate(mu2)),
    }
    return Model(
        round_the_clock(queues, one_team(servers)),
        {"ew_class1": mean_wait(CALLS), "ew_class2": mean_wait(EMAILS), "sl_class1 t=0.05": named("sl_offered")},
    )


def priority_single(p: Params) -> Model:
    """M/M/1 with priority, not pre-emptive: the patient second class are emails."""
    return _calls_before_emails(p, float(p["mu1"]), float(p["mu2"]), 1)


def priority(p: Params) -> Model:
    """M/M/n with priority, not pre-emptive."""
    mu = float(p["mu"])
    return _calls_before_emails(p, mu, mu, int(p["n"]), threshold=0.05)


def priority_of_calls(p: Params) -> Model:
    """M/M/n+M with priority, not pre-emptive: two queues of calls."""

    def queue(number: int) -> dict[str, Any]:
        lam, theta = float(p[f"lam{number}"]), float(p[f"theta{number}"])
        return call_queue(per_unit(lam), at_rate(float(p["mu"])), **patience(theta), priority=number)

    figures: dict[str, Figure] = {"p_wait": delayed((0, 1))}
    for number in (1, 2):
        figures[f"p_ab_class{number}"] = named("abandon_rate", (number - 1,))
        figures[f"ew_class{number}"] = mean_wait(number - 1)
    return Model(round_the_clock({"first": queue(1), "second": queue(2)}, one_team(int(p["n"]))), figures)


# --- emails that are put down for calls -----------------------------------------------------------------------------

_OFFERED = column_sum("first")
_HANDLE = contacts(column_sum("handle_ms"))
_PUT_DOWN_MS = sum_of(
    contacts(column_sum("response_ms"), (EMAILS,)),
    minus=(contacts(column_sum("wait_served_ms"), (EMAILS,)), contacts(column_sum("handle_ms"), (EMAILS,))),
)

PREEMPTION_FIGURES: dict[str, Figure] = {
    "p_wait1": delayed(),
    "p_ab1": named("abandon_rate"),
    "wait1": mean_wait(CALLS),
    "sojourn1": ratio(
        in_unit(contacts(column_sum("wait_served_ms", "wait_abandoned_ms", "handle_ms")), 1000 * UNIT_S),
        contacts(_OFFERED),
    ),
    "first_wait2": mean_wait(EMAILS),
    "put_down2": ratio(in_unit(_PUT_DOWN_MS, 1000 * UNIT_S), contacts(column_sum("served"), (EMAILS,))),
    "sojourn2": mean_time("response_mean_s", EMAILS),
    "interruptions2": ratio(contacts(column_sum("put_down"), (EMAILS,)), contacts(column_sum("served"), (EMAILS,))),
    "occupancy": named_of_team("occupancy"),
}
"""By the chain's names. The second class are emails, whose response is their sojourn where a queue never closes."""


def preemption_centre(m: Preemption, *, days: int = 7) -> CentreScenario:
    """Calls, and emails that are put down for them."""
    queues = {
        "calls": call_queue(per_unit(m.lam1), at_rate(m.mu1), **patience(m.theta1)),
        "emails": email_queue(per_unit(m.lam2), at_rate(m.mu2)),
    }
    resumes = {"any": "anyone resumes", "own": "own agent resumes"}[m.resumed_by]
    return round_the_clock(queues, one_team(m.n, put_down_emails=resumes), days=days)


def _preemptive(m: Preemption) -> Model:
    sojourns = {f"et_class{number} (sojourn)": PREEMPTION_FIGURES[f"sojourn{number}"] for number in (1, 2)}
    return Model(preemption_centre(m), sojourns)


def preemptive_single(p: Params) -> Model:
    """M/M/1 with pre-emptive priority."""
    rates = {name: float(p[name]) for name in ("lam1", "lam2", "mu1", "mu2")}
    return _preemptive(Preemption(**rates, n=1, resumed_by="any"))


def preemptive(p: Params) -> Model:
    """M/M/n with pre-emptive priority."""
    mu = float(p["mu"])
    return _preemptive(Preemption(float(p["lam1"]), float(p["lam2"]), mu, mu, int(p["n"]), resumed_by="any"))


# --- the N-model ----------------------------------------------------------------------------------------------------

N_MODEL_FIGURES: dict[str, Figure] = {
    "p_ab1": named("abandon_rate", (0,)),
    "p_ab2": named("abandon_rate", (1,)),
    "ew1": mean_wait(0),
    "ew2": mean_wait(1),
    "p_wait1": delayed((0,)),
    "p_wait2": delayed((1,)),
    "occ1": named_of_team("occupancy", 0),
    "occ2": named_of_team("occupancy", 1),
    "share1_at_g2": ratio(services(1, 0), contacts(_OFFERED), is_share=True),
}
"""By the chain's names."""


def n_model_centre(m: NModel, *, overflow_after: str | int = 0, days: int = 7) -> CentreScenario:
    """A team for the first class, and one that helps it, after a wait if so stated."""
    queues = {
        "first": call_queue(per_unit(m.lam1), at_rate(m.mu11), **patience(m.theta1)),
        "second": call_queue(per_unit(m.lam2), at_rate(m.mu22), **patience(m.theta2)),
    }
    helping = {
        "preference": 2,
        "speed": m.mu12 / m.mu11,
        "overflow_after": overflow_after,
        "reserve": m.reserve_at_2,
    }
    priorities = {"first": m.first_at_2, "second": 3 - m.first_at_2}
    teams = {
        "specialists": {"positions": m.n1, "serves": {"first": {"preference": 1}}},
        "generalists": {
            "positions": m.n2,
            "serves": {
                "first": helping | {"priority": priorities["first"]},
                "second": {"preference": 1, "priority": priorities["second"]},
            },
        },
    }
    return round_the_clock(queues, teams, days=days)


def skill_routing(p: Params) -> Model:
    """The N-model, the first class first everywhere."""
    return Model(n_model_centre(NModel.of_row(p)), N_MODEL_FIGURES)


# --- outbound work without end --------------------------------------------------------------------------------------


def blend(p: Params) -> Model:
    """Calls, and outbound work that starts where more than ``reserve`` are idle: a backlog of emails."""
    days = 7
    queues = {
        "calls": call_queue(per_unit(float(p["lam"])), at_rate(float(p["mu_in"])), **patience(float(p["theta"]))),
        "outbound": email_queue({"per_hour": 0}, at_rate(float(p["mu_out"])), backlog=80_000),
    }
    figures: Mapping[str, Figure] = {
        "p_wait": delayed(),
        "p_ab": named("abandon_rate"),
        "ew": mean_wait(CALLS),
        "outbound_rate": _emails_started(1, days),
        "occ": named_of_team("occupancy"),
    }
    scenario = round_the_clock(queues, one_team(int(p["n"]), reserve=int(p["reserve"])), days=days)
    return Model(scenario, figures, needs_log=True)


def _emails_started(warm_up_days: int, days: int) -> OfMeans:
    """Emails begun within the horizon, per unit; those of the backlog are in the log only."""

    def read(replication: Replication) -> float:
        assert replication.log is not None
        start_ms = replication.log["left_queue_ms"][replication.log["queue"] == EMAILS]
        return float(((start_ms >= warm_up_days * DAY_MS) & (start_ms < (warm_up_days + days) * DAY_MS)).sum())

    reader: Reader = read
    return ratio(reader, constant(days * 86_400 / UNIT_S))


MODELS: dict[str, Callable[[Params], Model]] = {
    "M/M/1 non-preemptive priority": priority_single,
    "M/M/n non-preemptive priority": priority,
    "M/M/n+M non-preemptive priority": priority_of_calls,
    "M/M/1 preemptive-resume priority": preemptive_single,
    "M/M/n preemptive-resume priority": preemptive,
    "N-model (skill routing)": skill_routing,
    "Blend, threshold reserve (instant outbound)": blend,
}
"""By the tables' names."""
