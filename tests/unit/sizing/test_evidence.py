"""Replications gathered as far as they are needed, the same ones for every size."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from analysis.intervals import summarise
from analysis.simulation import Replications
from analysis.sizing.evidence import FINE, Evidence, Sampling, Trials
from analysis.sizing.judging import all_figures, widest
from analysis.targets import targets_of
from sim.centre.compile import compile_centre
from sim.centre.simulate import simulate
from sim.scenario.load import LoadedScenario

Scenario = Callable[..., LoadedScenario]


@dataclass
class Ticks:
    """Counts replications."""

    count: int = field(default=0)

    def __call__(self) -> None:
        self.count += 1


def trials(loaded: LoadedScenario, ticks: Ticks, replications: Replications = "auto") -> Trials[int]:
    plan = compile_centre(loaded.model)
    sampling = Sampling(1, "fast", replications)
    return Trials(lambda size: plan.staffed(positions=size), targets_of(loaded.model), sampling, ticks)


def test_statistics_are_those_of_the_replications_at_once(scenario: Scenario) -> None:
    loaded = scenario()
    centre = compile_centre(loaded.model).staffed(positions=8)
    targets = targets_of(loaded.model)
    grown = Evidence(centre, targets, Sampling(7, "fast", "auto"), Ticks())
    grown.grown(2)
    grown.grown(5)
    at_once = summarise(centre, simulate(centre, 7, range(5)), targets)
    np.testing.assert_array_equal(grown.grown(5).contacts_by_day, at_once.contacts_by_day)
    assert grown.grown(3).replications == 5


def test_replications_can_begin_later(scenario: Scenario) -> None:
    centre = compile_centre(scenario().model).staffed(positions=8)
    late = Evidence(centre, (), Sampling(7, "fast", "auto"), Ticks(), first=3).grown(2)
    assert late.numbers.tolist() == [3, 4]


def test_clear_sizes_take_few_replications_and_close_ones_all(scenario: Scenario) -> None:
    ticks = Ticks()
    found = trials(scenario(), ticks)
    assert not found.roughly(3)
    assert found.roughly(20)
    assert ticks.count == 8
    assert found.statistics_so_far(3).replications == 4
    close = trials(scenario({"queues.calls.targets": {"answer_rate": "92.6 %"}}), ticks)
    close.roughly(6)
    assert close.statistics_so_far(6).replications == 30


def test_an_exact_verdict_takes_the_full_number(scenario: Scenario) -> None:
    ticks = Ticks()
    found = trials(scenario(), ticks, 12)
    assert found.exactly(20)
    assert ticks.count == 12
    found.exactly(20)
    assert ticks.count == 12


def test_auto_goes_on_until_the_deciding_figure_is_known(scenario: Scenario) -> None:
    found = trials(scenario({"queues.calls.arrivals.busyness": "40 %"}), Ticks())
    assert widest(all_figures(found.statistics(8))) > FINE.half_width
    found.sharpen(8, FINE)
    assert 30 < found.replications < FINE.most_replications
    assert widest(all_figures(found.statistics(8))) <= FINE.half_width
    assert found.statistics(9).replications == found.replications


def test_a_given_number_is_kept_to(scenario: Scenario) -> None:
    found = trials(scenario({"queues.calls.arrivals.busyness": "40 %"}), Ticks(), 5)
    found.sharpen(8, FINE)
    assert found.replications == 5


def test_all_sizes_meet_the_same_first_contacts(scenario: Scenario) -> None:
    found = trials(scenario(), Ticks(), 3)
    few, many = found.statistics(4), found.statistics(30)
    np.testing.assert_array_equal(few.contacts_by_day[..., 0], many.contacts_by_day[..., 0])


def test_what_is_forgotten_can_be_found_again(scenario: Scenario) -> None:
    ticks = Ticks()
    found = trials(scenario(), ticks, 4)
    before = found.statistics(8).contacts_by_day
    found.keep_only({9})
    np.testing.assert_array_equal(found.statistics(8).contacts_by_day, before)
    assert ticks.count == 8
    found.keep_only({8})
    found.statistics(8)
    assert ticks.count == 8


@pytest.mark.parametrize(("replications", "least"), [("auto", 30), (7, 7)])
def test_the_full_number_to_begin_with(replications: Replications, least: int) -> None:
    assert Sampling(1, "fast", replications).least == least
