"""Results of runs that never were: scenarios with made-up counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from analysis.intervals import summarise
from analysis.kpis import Payroll, centre_figures
from analysis.simulation import RunResult
from analysis.sites import sites_of
from analysis.targets import targets_of
from sim.centre.compile import compile_centre
from sim.centre.results import Replication
from sim.scenario.centre import CentreScenario
from sim.scenario.load import LoadedScenario
from tests.support.counts import (
    HOUR_MS,
    Counted,
    counted_centre,
    counts_of,
    in_months,
    random_replications,
)

Tree = dict[str, Any]


def queue(**fields: Any) -> Tree:
    return {"channel": "call", "arrivals": {"per_week": 100}, "handle_time": "5 min", **fields}


def tree(**fields: Any) -> Tree:
    return {"kind": "centre", "name": "Care", "start": "2027-01-04", "horizon": "42 days", "interval": "1 h", **fields}


TWO_SITES = tree(
    sites={
        "france": {"currency": "EUR", "language": "fr"},
        "switzerland": {"currency": "CHF", "language": "de"},
    },
    queues={
        "calls": queue(
            site="france",
            satisfaction={"base": "97 %"},
            targets={"service_level": "80 % in 20 s", "satisfaction": "90 %"},
        ),
        "emails": queue(site="france", channel="email", targets={"response": "80 % in 4 h"}),
        "anrufe": queue(site="switzerland", targets={"service_level": "80 % in 10 s", "answer_rate": "60 %"}),
        "chats": queue(site="switzerland", channel="chat"),
    },
    teams={
        "advisers": {
            "site": "france", "serves": ["calls", "emails"], "heads": 12, "cost": {"loaded_per_hour": "30 EUR"},
        },
        "berater": {
            "site": "switzerland", "serves": ["anrufe", "chats"], "heads": 7, "cost": {"loaded_per_hour": "60 CHF"},
        },
    },
)  # fmt: skip
PLAIN = tree(
    queues={
        "calls": queue(targets={"service_level": "80 % in 20 s"}),
        "emails": queue(channel="email"),
    },
    teams={"advisers": {"heads": 12}},
)


def made_up(tree: Tree, replications: Sequence[Replication] | None, paid: dict[str, Payroll]) -> RunResult:
    """A run of the scenario with these replications, or with random ones of everything that there is."""
    scenario = CentreScenario.model_validate(tree)
    queues = [
        Counted(name, model.channel, model.threshold_ms, rated=model.satisfaction is not None)
        for name, model in scenario.queues.items()
    ]
    changes = [(8 * HOUR_MS, team, 4 + 2 * team) for team in range(len(scenario.teams))]
    centre = in_months(counted_centre(queues, changes, teams=tuple(scenario.teams), days=42))
    targets, sites = targets_of(scenario), sites_of(scenario)
    statistics = summarise(centre, replications or random_replications(centre, 5), targets)
    return RunResult(
        loaded=LoadedScenario(scenario, Path("care.yaml"), tree, (), ()),
        plan=compile_centre(scenario),
        statistics=statistics,
        figures=centre_figures(statistics, paid, sites),
        payroll=paid,
        sites=sites,
        targets=targets,
        seed=1,
        engine="fast",
        precise=True,
    )


@pytest.fixture(scope="session")
def two_sites() -> RunResult:
    """Calls and emails of one country, calls and chats of another with money of its own; everything happens."""
    paid = {
        "advisers": Payroll(12, 12.0, 2_000.0, 60_000.0, "EUR"),
        "berater": Payroll(7, 6.5, 1_500.0, 90_000.0, "CHF"),
    }
    return made_up(TWO_SITES, None, paid)


@pytest.fixture(scope="session")
def plain() -> RunResult:
    """Calls and emails of one team; nobody is called back, handed on, deflected or rated."""
    centre = in_months(counted_centre([Counted("calls"), Counted("emails", "email")], [(0, 0, 4)], days=42))
    calls = {"first": 90, "redial": 10, "served": 80, "served_within": 70, "abandoned": 20, "handle_ms": 24_000_000,
             "wait_served_ms": 1_600_000, "touched_1": 80, "lost": 20}  # fmt: skip
    emails = {"first": 50, "served": 50, "responded_within": 45, "response_ms": 180_000_000, "handle_ms": 18_000_000,
              "touched_1": 50}  # fmt: skip
    counts = counts_of(centre, {(0, 10): calls, (1, 10): emails}, services={(0, 0): (80, 1), (0, 1): (50, 1)})
    counts.teams[0, 8:18, 0] = 4 * HOUR_MS
    return made_up(PLAIN, [Replication(n, counts) for n in range(3)], {"advisers": Payroll(12, 12.0, 2_000.0)})


@pytest.fixture(scope="session")
def desk() -> RunResult:
    """Calls, and a desk that gets 20 of them handed on and no others: 17 are solved, 2 hang up, 1 is blocked."""
    made = tree(queues={"calls": queue(), "desk": queue()}, teams={"advisers": {"heads": 12}})
    centre = in_months(counted_centre([Counted("calls"), Counted("desk")], [(0, 0, 4)], days=42))
    calls = {"first": 100, "served": 90, "abandoned": 10, "handed_on": 20, "touched_1": 70, "touched_2": 14,
             "touched_more": 3}  # fmt: skip
    handed_in = {"transfer": 20, "transfer_served": 17, "transfer_abandoned": 2, "transfer_blocked": 1,
                 "transfer_wait_ms": 17 * 90_000, "handle_ms": 17 * 600_000}  # fmt: skip
    counts = counts_of(centre, {(0, 10): calls, (1, 10): handed_in})
    paid = {"advisers": Payroll(12, 12.0, 2_000.0)}
    return made_up(made, [Replication(n, counts) for n in range(3)], paid)
