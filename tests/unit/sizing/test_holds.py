"""What a given staff holds."""

from collections.abc import Callable

import pytest

from analysis.sizing import holds, size_loaded
from sim.errors import ScenarioError
from sim.scenario.load import LoadedScenario

Scenario = Callable[..., LoadedScenario]


@pytest.mark.parametrize("unit", ["positions", "heads"])
def test_it_is_the_other_side_of_sizing(scenario: Scenario, unit: str) -> None:
    needed = size_loaded(scenario({"teams.advisers": {unit: 8}})).peak
    volumes = {}
    for size in (needed.size - 1, needed.size, needed.size + 1):
        found = holds(scenario({"teams.advisers": {unit: size}}))
        volume = found.tightest.volume
        assert volume is not None
        assert found.tightest.at.met == (volume >= 1)
        assert (found.unit, found.stated, found.tightest.at.size) == (unit, size, size)
        volumes[size] = volume
    assert volumes[needed.size - 1] < 1 <= volumes[needed.size] < volumes[needed.size + 1]
    assert volumes[needed.size] < 1 + 2 / needed.size


def test_figures_are_those_of_sizing_at_that_number(scenario: Scenario) -> None:
    sized = size_loaded(scenario(), replications=20).peak.above
    held = holds(scenario(), replications=20).tightest.at
    assert (held.size, held.decision, held.payroll) == (sized.size, sized.decision, sized.payroll)


def test_one_step_more_fails(scenario: Scenario) -> None:
    result = holds(scenario(), replications=30)
    volume = result.tightest.volume
    assert volume is not None
    assert volume * 200 == pytest.approx(round(volume * 200))
    assert [target.metric for target in result.tightest.binding] == ["answer_rate"]
    for factor, met in ((volume, True), (volume + 0.005, False)):
        grown = scenario({"queues.calls.arrivals": {"per_day": 400 * factor}})
        assert holds(grown, replications=30).tightest.at.met is met


def test_the_tightest_month_is_the_headline(scenario: Scenario) -> None:
    seasons = {"horizon": "2 months", "queues.calls.arrivals.seasonality": {"feb": 1, "mar": 1.25}}
    result = holds(scenario(seasons), replications=20)
    february, march = result.months
    assert result.tightest == march
    assert february.volume is not None
    assert march.volume is not None
    assert march.volume == pytest.approx(february.volume / 1.25, abs=0.03)


def test_no_volume_at_all(scenario: Scenario) -> None:
    never = {"teams.advisers.hours": {"mon-fri": "09:00-13:00"}}
    found = holds(scenario(never), replications=5).tightest
    assert found.volume == 0
    assert not found.at.met


def test_any_volume_that_is_tried(scenario: Scenario) -> None:
    found = holds(scenario({"teams.advisers.positions": 500}), replications=5).tightest
    assert (found.volume, found.binding) == (None, ())


def test_a_curve_of_positions(scenario: Scenario) -> None:
    curve = {"mon-fri": {"09:00": 6, "12:00": 9}}
    result = holds(scenario({"teams.advisers.positions": curve}), replications=10)
    assert (result.unit, result.stated, result.tightest.at.size) == ("positions", None, None)
    assert result.tightest.at.presence.peak_positions == 9


def test_a_file_without_targets_is_refused(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match="no queue has targets"):
        holds(scenario({"queues.calls.targets": None}))
