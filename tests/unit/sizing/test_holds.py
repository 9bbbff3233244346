"""What a given staff holds."""

from collections.abc import Callable
from typing import Any

import pytest

from analysis.sizing import GroupHeld, holds, size_loaded
from sim.errors import ScenarioError
from sim.scenario.load import LoadedScenario

Scenario = Callable[..., LoadedScenario]


def held(loaded: LoadedScenario, **options: Any) -> GroupHeld:
    """What the one team holds."""
    (group,) = holds(loaded, **options).groups
    return group


@pytest.mark.parametrize("unit", ["positions", "heads"])
def test_it_is_the_other_side_of_sizing(scenario: Scenario, unit: str) -> None:
    needed = size_loaded(scenario({"teams.advisers": {unit: 8}})).peak
    volumes = {}
    for size in (needed.size - 1, needed.size, needed.size + 1):
        found = held(scenario({"teams.advisers": {unit: size}}))
        volume = found.tightest.volume
        assert volume is not None
        assert found.tightest.at.met == (volume >= 1)
        assert found.tightest.at.teams["advisers"].size == size
        volumes[size] = volume
    assert volumes[needed.size - 1] < 1 <= volumes[needed.size] < volumes[needed.size + 1]
    assert volumes[needed.size] < 1 + 2 / needed.size


def test_figures_are_those_of_sizing_at_that_number(scenario: Scenario) -> None:
    sized = size_loaded(scenario(), replications=20).peak.above
    own = held(scenario(), replications=20).tightest.at
    assert sized is not None
    assert own.teams["advisers"].size == sized.teams["advisers"].size == 8
    assert own.teams["advisers"].payroll == sized.teams["advisers"].payroll
    assert own.decision == sized.decision


def test_one_step_more_fails(scenario: Scenario) -> None:
    result = held(scenario(), replications=30)
    volume = result.tightest.volume
    assert volume is not None
    assert volume * 200 == pytest.approx(round(volume * 200))
    assert [target.metric for target in result.tightest.binding] == ["answer_rate"]
    for factor, met in ((volume, True), (volume + 0.005, False)):
        grown = scenario({"queues.calls.arrivals": {"per_day": 400 * factor}})
        assert held(grown, replications=30).tightest.at.met is met


def test_the_tightest_month_is_the_headline(scenario: Scenario) -> None:
    seasons = {"horizon": "2 months", "queues.calls.arrivals.seasonality": {"feb": 1, "mar": 1.25}}
    result = held(scenario(seasons), replications=20)
    february, march = result.months
    assert result.tightest == march
    assert february.volume is not None
    assert march.volume is not None
    assert march.volume == pytest.approx(february.volume / 1.25, abs=0.03)


def test_no_volume_at_all(scenario: Scenario) -> None:
    never = {"teams.advisers.hours": {"mon-fri": "09:00-13:00"}}
    found = held(scenario(never), replications=5).tightest
    assert found.volume == 0
    assert not found.at.met


def test_any_volume_that_is_tried(scenario: Scenario) -> None:
    found = held(scenario({"teams.advisers.positions": 500}), replications=5).tightest
    assert (found.volume, found.binding) == (None, ())


def test_a_curve_of_positions(scenario: Scenario) -> None:
    curve = {"mon-fri": {"09:00": 6, "12:00": 9}}
    result = held(scenario({"teams.advisers.positions": curve}), replications=10)
    advisers = result.tightest.at.teams["advisers"]
    assert (advisers.size, advisers.presence.peak_positions) == (None, 9)


def test_a_file_without_targets_is_refused(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match="no queue has targets"):
        held(scenario({"queues.calls.targets": None}))
