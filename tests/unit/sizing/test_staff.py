"""Staffs of several teams."""

from collections.abc import Callable
from typing import Any

import pytest

from analysis.sizing.staff import Proportions, Staffing, changed
from sim.centre.compile import compile_centre
from sim.scenario.load import LoadedScenario

from .conftest import TWO_TEAMS

Scenario = Callable[..., LoadedScenario]
BOTH = ("advisers", "desk")


def staffing(loaded: LoadedScenario, **options: Any) -> Staffing:
    return Staffing.of(compile_centre(loaded.model), BOTH, **options)


def test_proportions_are_kept() -> None:
    found = Proportions.of((8, 3))
    assert [found.at(level) for level in (1, 2, 8, 9, 16, 80)] == [(1, 1), (2, 1), (8, 3), (9, 3), (16, 6), (80, 30)]


def test_heads_and_positions_may_stand_side_by_side(scenario: Scenario) -> None:
    found = staffing(scenario(TWO_TEAMS | {"teams.desk": {"serves": ["chats"], "heads": 4}}))
    assert [(team.unit, team.stated) for team in found.teams] == [("positions", 8), ("heads", 4)]
    given = found.given((7, 5))
    assert (given["advisers"].positions, given["desk"].heads) == (7, 5)


def test_positions_by_interval_state_no_size(scenario: Scenario) -> None:
    curve = {"teams.desk.positions": {"mon-fri": {"09:00": 2, "13:00": 6}}}
    found = staffing(scenario(TWO_TEAMS | curve))
    assert [team.stated for team in found.teams] == [8, None]
    heads = {"teams.advisers": {"serves": ["calls"], "heads": 16, "contract": "40 h per week", "shrinkage": "25 %"}}
    as_positions = staffing(scenario(TWO_TEAMS | heads), as_positions=True)
    assert [(team.unit, team.stated) for team in as_positions.teams] == [("positions", None), ("positions", 3)]


@pytest.mark.parametrize(
    ("costs", "order"),
    [
        (("20 EUR", "30 EUR"), [1, 0]),
        (("30 EUR", "20 EUR"), [0, 1]),
        (("20 EUR", "20 EUR"), [0, 1]),
        (("20 EUR", "30 CHF"), [0, 1]),
        (("20 EUR", None), [0, 1]),
    ],
)
def test_the_dearest_gives_first_else_the_largest(
    scenario: Scenario, costs: tuple[str | None, ...], order: list[int]
) -> None:
    values = dict(TWO_TEAMS)
    sites = {"sites": {"a": {}, "b": {}}, "calendar": None, "queues.calls.site": "a", "queues.chats.site": "b"}
    values |= sites | {"teams.advisers.site": "a", "teams.desk.site": "b"}
    values |= {f"teams.{team}.cost": {"loaded_per_hour": cost} for team, cost in zip(BOTH, costs, strict=True) if cost}
    found = staffing(scenario(values))
    assert found.dearest_first((8, 3)) == order
    comparable = None not in costs and "30 CHF" not in costs
    assert (found.total((2, 1)) == 3) is not comparable


def test_one_more_or_fewer() -> None:
    assert changed((4, 5, 6), 1, -1) == (4, 4, 6)
    assert changed((4, 5, 6), 2, +3) == (4, 5, 9)
