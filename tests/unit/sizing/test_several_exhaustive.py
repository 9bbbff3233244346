"""The staff that is found for several teams is as cheap as any: every other staff within bounds is simulated too."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

import pytest

from analysis.intervals import summarise
from analysis.sizing import size_loaded
from analysis.sizing.judging import all_figures, met
from analysis.targets import targets_of
from sim.centre.compile import CentrePlan, compile_centre
from sim.centre.compile_staff import TeamStaff
from sim.centre.simulate import simulate
from sim.scenario.load import LoadedScenario

Scenario = Callable[..., LoadedScenario]

REPLICATIONS = 10
_HARD = {
    "channel": "call",
    "arrivals": {"per_day": 150},
    "handle_time": "8 min",
    "patience": "3 min",
    "targets": {"service_level": "80 % in 20 s"},
}


def _team(serves: Any, cost: int, **more: Any) -> dict[str, Any]:
    return {"serves": serves, "positions": 4, "cost": {"loaded_per_hour": f"{cost} EUR"}, **more}


CENTRES: dict[str, dict[str, Any]] = {
    "seniors who help out, dearer": {
        "queues.hard": _HARD,
        "teams": {"juniors": _team(["calls"], 20), "seniors": _team(["hard", "calls"], 27)},
    },
    "seniors who help out, as dear": {
        "queues.hard": _HARD,
        "teams": {"juniors": _team(["calls"], 20), "seniors": _team(["hard", "calls"], 20)},
    },
    "slow generalists beside specialists": {
        "queues.hard": _HARD,
        "teams": {
            "callers": _team(["calls"], 20),
            "experts": _team(["hard"], 24),
            "generalists": _team({"calls": {"preference": 2}, "hard": {"preference": 2}}, 25),
        },
    },
    "help after a minute": {
        "queues.hard": _HARD,
        "teams": {
            "juniors": _team(["calls"], 20),
            "seniors": _team({"hard": {}, "calls": {"overflow_after": "20 s"}}, 26),
        },
    },
    "a front desk that hands on": {
        "queues.calls.arrivals": {"per_day": 1000},
        "queues.calls.matters": {"agenda": "70 %", "hard": "30 %"},
        "queues.calls.transfer": {"after": "2 min", "to": {"hard": "hard"}},
        "queues.calls.targets": {"service_level": "80 % in 20 s", "satisfaction": "90 %"},
        "queues.calls.satisfaction": {"base": "98 %", "per_minute": "2 points"},
        "queues.hard": {"channel": "call", "handle_time": "8 min", "patience": "3 min"},
        "teams": {"front": _team(["calls"], 20, skills=["agenda"]), "experts": _team(["hard"], 30)},
    },
}


def _meets(plan: CentrePlan, loaded: LoadedScenario, staff: Mapping[str, int]) -> bool:
    targets = targets_of(loaded.model)
    centre = plan.staffed({name: TeamStaff(positions=size) for name, size in staff.items()})
    return met(all_figures(summarise(centre, simulate(centre, 1, range(REPLICATIONS)), targets)))


def _cheaper(costs: Mapping[str, int], most: float) -> Iterator[dict[str, int]]:
    """Every staff that costs less."""
    sizes = [range(1, int(most / cost) + 1) for cost in costs.values()]
    for staff in product(*sizes):
        if sum(size * cost for size, cost in zip(staff, costs.values(), strict=True)) < most:
            yield dict(zip(costs, staff, strict=True))


@pytest.mark.parametrize("values", CENTRES.values(), ids=CENTRES.keys())
def test_no_staff_is_cheaper(scenario: Scenario, values: dict[str, Any]) -> None:
    loaded = scenario(values | {"horizon": "2 weeks"})
    found = {team.team: team.peak.size for team in size_loaded(loaded, replications=REPLICATIONS).teams}
    plan = compile_centre(loaded.model)
    assert _meets(plan, loaded, found)
    costs = {name: int(team["cost"]["loaded_per_hour"].split()[0]) for name, team in values["teams"].items()}
    total = sum(size * costs[name] for name, size in found.items())
    tried = sorted(_cheaper(costs, total), key=lambda staff: -sum(staff.values()))
    assert len(tried) > 20
    assert [staff for staff in tried if _meets(plan, loaded, staff)] == []
