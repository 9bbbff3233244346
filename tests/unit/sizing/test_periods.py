"""The months of a horizon."""

from collections.abc import Callable
from datetime import date

from analysis.sizing.periods import Period, laid_out, periods_of
from sim.centre.compile import compile_centre
from sim.scenario.load import LoadedScenario

Scenario = Callable[..., LoadedScenario]


def test_months_cut_at_the_horizon(scenario: Scenario) -> None:
    loaded = scenario({"start": "2027-11-29", "horizon": "7 weeks"})
    assert periods_of(compile_centre(loaded.model)) == (
        Period("2027-12 +2 days before", date(2027, 11, 29), date(2028, 1, 1)),
        Period("2028-01", date(2028, 1, 1), date(2028, 1, 17)),
    )


def test_a_period_laid_out_by_itself_is_one_month_of_the_same_name(scenario: Scenario) -> None:
    loaded = scenario({"start": "2027-11-29", "horizon": "23 weeks"})
    for month in laid_out(compile_centre(loaded.model)):
        compiled = month.plan.staffed()
        assert compiled.period_labels == (month.period.label,)
        assert compiled.horizon_days == (month.period.end - month.period.start).days
