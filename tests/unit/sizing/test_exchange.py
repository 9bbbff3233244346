"""Sizing of several teams finds the cheapest staff, as trying all of them does."""

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import pytest

from analysis.sizing import size_loaded
from analysis.sizing.evidence import Evidence, Sampling
from analysis.sizing.judging import all_figures, met
from analysis.sizing.staff import Staffing
from analysis.targets import targets_of
from sim.centre.compile import compile_centre
from sim.scenario.load import LoadedScenario

Scenario = Callable[..., LoadedScenario]

REPLICATIONS = 5
CHATS = {
    "channel": "chat",
    "arrivals": {"per_day": 180},
    "handle_time": "6 min",
    "patience": "3 min",
    "targets": {"service_level": "70 % in 30 s"},
}
HELPS_OUT = {
    "front": {"serves": ["calls"], "positions": 6},
    "desk": {"serves": {"chats": {}, "calls": {"overflow_after": "10 s"}}, "positions": 6},
}
SPECIALISTS = {
    "front": {"serves": ["calls"], "positions": 2},
    "desk": {"serves": ["chats"], "positions": 9},
    "all": {"serves": {"calls": {"preference": 2}, "chats": {"preference": 2, "speed": "85 %"}}, "positions": 6},
}
PRICES = {"front": 20, "desk": 30, "all": 26}


def priced(teams: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: {**team, "cost": {"loaded_per_hour": f"{PRICES[name]} EUR"}} for name, team in teams.items()}


def cheapest(loaded: LoadedScenario, most: int) -> float:
    """Of all staffs that meet the targets, on the same replications."""
    plan = compile_centre(loaded.model)
    staffing = Staffing.of(plan, list(loaded.model.teams))
    targets, sampling = targets_of(loaded.model), Sampling(1, "fast", REPLICATIONS)

    def enough(staff: tuple[int, ...]) -> bool:
        evidence = Evidence(plan.staffed(staffing.given(staff)), targets, sampling, lambda: None)
        return met(all_figures(evidence.grown(REPLICATIONS)))

    staffs = sorted(product(range(1, most + 1), repeat=len(staffing.teams)), key=staffing.total)
    return staffing.total(next(filter(enough, staffs)))


@pytest.mark.parametrize(
    ("teams", "most"),
    [(HELPS_OUT, 14), (priced(HELPS_OUT), 14), (SPECIALISTS, 9), (priced(SPECIALISTS), 9)],
    ids=["helps out", "helps out, priced", "specialists", "specialists, priced"],
)
def test_it_is_the_cheapest(scenario: Scenario, teams: Mapping[str, Any], most: int) -> None:
    loaded = scenario({"queues.chats": CHATS, "teams": teams})
    result = size_loaded(loaded, replications=REPLICATIONS)
    staffing = Staffing.of(compile_centre(loaded.model), list(loaded.model.teams))
    found = staffing.total([team.peak.size for team in result.teams])
    assert found == cheapest(loaded, most)
