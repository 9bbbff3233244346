"""One staff for all months: the peak month's if it is enough in the others, else as cheap a one as any."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest

from analysis.intervals import summarise
from analysis.output.size_text import size_text
from analysis.sizing import SizeResult, size_loaded
from analysis.sizing.judging import all_figures, met
from analysis.targets import targets_of
from sim.centre.compile import CentrePlan, compile_centre
from sim.centre.compile_staff import TeamStaff
from sim.centre.simulate import simulate
from sim.scenario.load import LoadedScenario

from .conftest import TWO_TEAMS

Scenario = Callable[..., LoadedScenario]
Staff = tuple[int, ...]

REPLICATIONS = 8
FEBRUARY = {"from": "2027-02-01", "until": "2027-02-28"}
MARCH = {"from": "2027-03-01", "until": "2027-03-31"}


def _queue(quiet: dict[str, str]) -> dict[str, Any]:
    """Calls that are fewer in a month."""
    events = [{"name": "quiet", **quiet, "volume": "-60 %"}]
    return {
        "channel": "call",
        "arrivals": {"per_day": 160, "events": events},
        "handle_time": "6 min",
        "patience": "2 min",
        "targets": {"service_level": "80 % in 20 s"},
    }


def _team(serves: Any, cost: int) -> dict[str, Any]:
    return {"serves": serves, "positions": 3, "cost": {"loaded_per_hour": f"{cost} EUR"}}


APART: dict[str, Any] = {
    "horizon": "2 months",
    "queues": {"one": _queue(FEBRUARY), "other": _queue(MARCH)},
    "teams": {
        "ones": _team(["one"], 20),
        "others": _team(["other"], 20),
        "both": _team({"one": {"preference": 2}, "other": {"preference": 2}}, 27),
    },
}
"""Each month has its own busy queue; those who serve both are dearer."""


@pytest.fixture(scope="module")
def months() -> dict[str, tuple[date, date]]:
    return {"2027-02": (date(2027, 2, 1), date(2027, 3, 1)), "2027-03": (date(2027, 3, 1), date(2027, 4, 1))}


def enough(plan: CentrePlan, loaded: LoadedScenario, teams: tuple[str, ...], staff: Staff) -> bool:
    """Whether a staff meets every target of a month's plan, simulated from scratch."""
    given = {name: TeamStaff(positions=size) for name, size in zip(teams, staff, strict=True)}
    centre = plan.staffed(given)
    statistics = summarise(centre, simulate(centre, 1, range(REPLICATIONS)), targets_of(loaded.model))
    return met(all_figures(statistics))


def cheaper(teams: dict[str, Any], than: float, most: int) -> Iterator[Staff]:
    costs = [int(team["cost"]["loaded_per_hour"].removesuffix(" EUR")) for team in teams.values()]
    for staff in product(range(1, most + 1), repeat=len(costs)):
        if sum(size * cost for size, cost in zip(staff, costs, strict=True)) < than:
            yield staff


def test_no_cheaper_staff_is_enough_in_every_month(scenario: Scenario, months: dict[str, tuple[date, date]]) -> None:
    loaded = scenario(APART)
    (group,) = size_loaded(loaded, replications=REPLICATIONS).groups
    assert group.every_month is not None
    assert not group.every_month.of_peak
    assert group.every_month.failing == ()
    teams, plan = group.question.teams, compile_centre(loaded.model)
    plans = [plan.for_period(*span) for span in months.values()]
    staff = tuple(month.size for month in group.every_month.teams)
    assert all(enough(month, loaded, teams, staff) for month in plans)
    total = 20 * staff[0] + 20 * staff[1] + 27 * staff[2]
    others = list(cheaper(APART["teams"], total, max(staff) + 2))
    assert others
    assert [one for one in others if all(enough(month, loaded, teams, one) for month in plans)] == []


def test_what_one_fewer_fails_is_told_of_a_month_in_which_it_does(scenario: Scenario) -> None:
    (group,) = size_loaded(scenario(APART), replications=REPLICATIONS).groups
    assert group.headline == group.every_month.teams  # type: ignore[union-attr]
    for month in group.headline:
        assert month.binding or month.size == 1
        assert month.below is None or not month.below.met
        assert month.at.met


def text(result: SizeResult) -> list[str]:
    return size_text(result).splitlines()


def test_the_headline_holds_every_month(scenario: Scenario) -> None:
    result = size_loaded(scenario(APART), replications=REPLICATIONS)
    (group,) = result.groups
    first, *others = text(result)
    sizes = [month.size for month in group.headline]
    assert first.startswith(f"{sum(sizes)} positions in 3 teams, ")
    assert f"hold every month: ones {sizes[0]}" in first
    assert " (" in first
    assert " alone: ones " in first
    assert "Each month by itself:" in others
    assert any(" cost " in line and " EUR in " in line for line in others)


def test_the_peak_s_staff_may_hold_every_month(scenario: Scenario) -> None:
    values = {**APART, "queues.one.arrivals.events": None, "queues.other.arrivals.events": None}
    result = size_loaded(scenario(values), replications=REPLICATIONS)
    (group,) = result.groups
    assert group.every_month is not None
    assert group.every_month.of_peak
    assert [month.size for month in group.headline] == [team.peak.size for team in group.teams]
    assert text(result)[0].endswith(", the peak month; they hold every other month, too.")


def test_of_one_month_there_is_nothing_to_look_for(scenario: Scenario) -> None:
    result = size_loaded(scenario(TWO_TEAMS), replications=REPLICATIONS)
    assert [group.every_month for group in result.groups] == [None, None]
