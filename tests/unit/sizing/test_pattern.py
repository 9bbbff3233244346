"""Positions by weekday and interval."""

from collections.abc import Callable

import numpy as np
import pytest

from analysis.intervals import summarise
from analysis.sizing import WeekPattern, size_loaded
from analysis.sizing.analytic import requirement
from analysis.sizing.judging import all_figures, met
from analysis.sizing.work import TeamWork
from analysis.targets import targets_of
from sim.centre.compile import compile_centre
from sim.centre.simulate import simulate
from sim.scenario.load import LoadedScenario

Scenario = Callable[..., LoadedScenario]

REPLICATIONS = 10
TINY = {
    "horizon": "2 weeks",
    "interval": "2 h",
    "warm_up": "none",
    "calendar.open": {"mon-wed": "09:00-17:00", "thu": "09:00-12:00"},
    "queues.calls.arrivals": {"per_day": 200, "profile": {"09:00": 4, "11:00": 10, "13:00": 3}},
}


def thinned(loaded: LoadedScenario, seed: int = 1) -> WeekPattern:
    result = size_loaded(loaded, replications=REPLICATIONS, per_interval=True, seed=seed)
    assert result.only.pattern is not None
    return result.only.pattern


def meets(loaded: LoadedScenario, positions: np.ndarray, seed: int = 1) -> bool:
    """Whether positions by weekday and interval hold every target, from scratch."""
    plan = compile_centre(loaded.model)
    days = [(loaded.model.start.weekday() + day) % 7 for day in range(plan.window.horizon_days)]
    centre = plan.staffed(curve=np.concatenate([positions[day] for day in days]))
    statistics = summarise(centre, simulate(centre, seed, range(REPLICATIONS)), targets_of(loaded.model))
    return met(all_figures(statistics))


@pytest.mark.parametrize("emails", [False, True], ids=["calls", "calls and emails"])
@pytest.mark.parametrize("seed", [1, 2])
def test_it_holds_and_nothing_can_be_taken(scenario: Scenario, emails: bool, seed: int) -> None:
    loaded = scenario(TINY, emails=emails)
    pattern = thinned(loaded, seed)
    assert pattern.positions.shape == (7, 12)
    assert pattern.agent_intervals == pattern.positions.sum()
    assert meets(loaded, pattern.positions, seed)
    for cell in np.argwhere(pattern.positions > 0):
        fewer = pattern.positions.copy()
        fewer[tuple(cell)] -= 1
        assert not meets(loaded, fewer, seed)


def test_it_follows_the_need_with_less_than_a_constant_number(scenario: Scenario) -> None:
    loaded = scenario(TINY)
    result = size_loaded(loaded, replications=REPLICATIONS, per_interval=True)
    pattern = result.only.pattern
    assert pattern is not None
    assert result.only.unit == "positions"
    assert pattern.period == result.peak.period
    of_pattern, constant = (trial.teams["advisers"].presence for trial in (pattern.at, result.peak.at))
    assert of_pattern.mean_positions < constant.mean_positions
    assert pattern.positions[0, 5] > pattern.positions[0, 7] > 0
    outside = pattern.positions.copy()
    outside[:3, 4:9] = 0
    outside[3, 4:6] = 0
    assert not outside.any()
    assert {target.metric for target in pattern.binding} <= {"service_level", "answer_rate"}
    assert pattern.binding


def test_other_replications_say_what_to_expect(scenario: Scenario) -> None:
    pattern = thinned(scenario(TINY))
    assert pattern.at.met
    assert pattern.at.teams["advisers"].size is None
    assert pattern.fresh.replications == pattern.at.replications == REPLICATIONS
    for searched, fresh in zip(pattern.at.decision.targets, pattern.fresh.decision.targets, strict=True):
        assert searched.overall != fresh.overall
        reach = 3 * (searched.overall.half_width + fresh.overall.half_width)
        assert abs(searched.overall.value - fresh.overall.value) < reach


def test_heads_are_left_aside(scenario: Scenario) -> None:
    result = size_loaded(scenario(TINY | {"teams.advisers": {"heads": 20}}), replications=4, per_interval=True)
    assert (result.only.unit, result.only.stated) == ("positions", None)
    assert result.only.pattern is not None
    assert result.only.pattern.at.teams["advisers"].payroll.heads is None


def test_positions_are_added_where_the_formulas_ask_for_too_few(scenario: Scenario) -> None:
    # the formulas know nothing of busy days, on which most callers give up
    loaded = scenario(TINY | {"queues.calls.arrivals.busyness": "60 %"})
    targets = targets_of(loaded.model)
    plan = compile_centre(loaded.model)
    agents = requirement(plan, TeamWork.of(plan, "advisers"), targets).erlang_a
    assert agents is not None
    analytic = agents[: 7 * 12].reshape(7, 12)
    assert not meets(loaded, analytic)
    pattern = thinned(loaded)
    assert meets(loaded, pattern.positions)
    assert pattern.agent_intervals > analytic.sum()


def test_only_if_asked_for(scenario: Scenario) -> None:
    assert size_loaded(scenario(TINY), replications=4).only.pattern is None
