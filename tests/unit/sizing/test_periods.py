"""The months of a horizon."""

from collections.abc import Callable
from datetime import date

from analysis.sizing.periods import Period, candidates, months_of
from sim.centre.compile import compile_centre
from sim.scenario.load import LoadedScenario

Scenario = Callable[..., LoadedScenario]


def test_months_cut_at_the_horizon(scenario: Scenario) -> None:
    loaded = scenario({"start": "2027-11-29", "horizon": "9 weeks"})
    assert months_of(compile_centre(loaded.model)) == (
        Period("2027-11", date(2027, 11, 29), date(2027, 12, 1)),
        Period("2027-12", date(2027, 12, 1), date(2028, 1, 1)),
        Period("2028-01", date(2028, 1, 1), date(2028, 1, 31)),
    )


def test_a_few_days_are_no_headline(scenario: Scenario) -> None:
    loaded = scenario({"start": "2027-11-29", "horizon": "9 weeks"})
    assert candidates(months_of(compile_centre(loaded.model))) == [1, 2]


def test_unless_there_is_nothing_else(scenario: Scenario) -> None:
    loaded = scenario({"start": "2027-11-29", "horizon": "3 days"})
    assert candidates(months_of(compile_centre(loaded.model))) == [0, 1]
