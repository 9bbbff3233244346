"""The programme's plans against all others that there are, on small cases."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.hiring.programme import HireClass, Programme, cheapest, least_lacking

MONTHS = 4


def hire_class(
    start: int,
    *,
    team: int = 0,
    ramp: tuple[float, ...] = (0.0, 0.5, 1.0, 1.0),
    cost: float = 1.0,
    most: float = 5.0,
    least: int = 1,
) -> HireClass:
    """One that starts with a month: in training, at half, then full; each month that it is paid costs."""
    productive, heads = np.zeros(MONTHS), np.zeros(MONTHS)
    productive[start:], heads[start:] = ramp[: MONTHS - start], 1.0
    return HireClass(team, 30 * start, productive, heads, cost * (MONTHS - start), most, least)


def programme(classes: list[HireClass], needed: list[list[float]], **limits: object) -> Programme:
    given = np.array(needed, dtype=float)
    values = {
        "classes": tuple(classes),
        "productive": np.full_like(given, 2.0),
        "heads": np.full_like(given, 2.0),
        "needed": given,
        "most_heads": np.full(len(given), np.inf),
        "places": (),
        "budget": np.inf,
    }
    return Programme(**(values | limits))


def allowed(one: Programme, hires: np.ndarray) -> bool:
    """Every limit, written out."""
    return (
        not (one.lacking(hires) > 1e-6).any()
        and bool((one.on_payroll(hires) <= one.most_heads[:, np.newaxis] + 1e-6).all())
        and all(hires[together].sum() <= places for together, places in one.places)
        and one.cost(hires) <= one.budget + 1e-6
        and all(count == 0 or count >= each.least for count, each in zip(hires, one.classes, strict=True))
    )


def by_force(one: Programme) -> float | None:
    """Least cost of all plans."""
    counts = product(*(range(int(each.most) + 1) for each in one.classes))
    costs = [one.cost(hires) for each in counts if allowed(one, hires := np.array(each, np.int64))]
    return min(costs, default=None)


def test_by_hand() -> None:
    """Three are lacking in the third month: three must start in the first, for who starts in the second is at half."""
    one = programme([hire_class(0), hire_class(1)], [[2, 2, 5, 5]])
    hires = cheapest(one)
    assert hires is not None
    assert hires.tolist() == [3, 0]
    assert one.cost(hires) == 12
    assert one.reached(hires).tolist() == [[2, 3.5, 5, 5]]


def test_just_in_time_is_cheaper_where_it_is_early_enough() -> None:
    hires = cheapest(programme([hire_class(0), hire_class(1)], [[2, 2, 2, 5]]))
    assert hires is not None
    assert hires.tolist() == [0, 3]


def test_what_cannot_be_had_lacks_as_little_as_can_be() -> None:
    one = programme([hire_class(0, most=2), hire_class(1, most=9)], [[2, 2, 9, 9]])
    assert cheapest(one) is None
    hires = least_lacking(one)
    assert hires.tolist() == [2, 9]
    np.testing.assert_allclose(one.lacking(hires), [[0, 0, 0.5, 0]])


def test_nobody_is_hired_where_nothing_lacks() -> None:
    hires = cheapest(programme([hire_class(0)], [[2, 1, 2, 0]]))
    assert hires is not None
    assert hires.tolist() == [0]
    assert cheapest(programme([], [[2, 1, 2, 0]])) is not None
    assert cheapest(programme([], [[3, 1, 2, 0]])) is None


@pytest.mark.parametrize(
    ("limits", "hires"),
    [
        ({"most_heads": np.array([4.0])}, None),
        ({"most_heads": np.array([5.0])}, [3, 0]),
        ({"budget": 11.0}, None),
        ({"places": ((np.array([0, 1]), 2.0),)}, None),
    ],
)
def test_limits(limits, hires) -> None:
    found = cheapest(programme([hire_class(0), hire_class(1)], [[2, 2, 5, 5]], **limits))
    assert (None if found is None else found.tolist()) == hires


def test_a_class_is_worth_opening_or_is_not_opened() -> None:
    """Three are lacking from the third month on, one more in the last."""
    one = programme([hire_class(0, least=3), hire_class(1, least=3)], [[2, 2, 5, 6]])
    hires = cheapest(one)
    assert hires is not None
    assert hires.tolist() == [4, 0]  # two and two would do at a cost of 14 in place of 16
    unlimited = programme([hire_class(0, least=9, most=np.inf)], [[2, 2, 5, 6]])
    assert (hires := cheapest(unlimited)) is not None
    assert hires.tolist() == [9]
    assert cheapest(programme([hire_class(0, least=3, most=2.0)], [[2, 2, 3, 3]])) is None


ramps = st.sampled_from([(0.0, 0.5, 1.0, 1.0), (0.0, 0.3, 0.6, 0.9), (0.5, 0.9, 0.8, 0.7)])


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    teams = draw(st.integers(1, 2))
    classes = [
        hire_class(
            draw(st.integers(0, 3)),
            team=draw(st.integers(0, teams - 1)),
            ramp=draw(ramps),
            cost=draw(st.sampled_from([1.0, 1.5, 4.0])),
            most=draw(st.integers(0, 4)),
            least=draw(st.sampled_from([1, 1, 2, 3])),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]
    needed = [[draw(st.sampled_from([0.0, 2.0, 2.7, 4.0, 6.0])) for _ in range(MONTHS)] for _ in range(teams)]
    together = np.array(draw(st.lists(st.integers(0, len(classes) - 1), min_size=1, unique=True)), np.int64)
    return programme(
        classes,
        needed,
        most_heads=np.array([draw(st.sampled_from([np.inf, 5.0, 8.0])) for _ in range(teams)]),
        places=((together, float(draw(st.integers(0, 6)))),) if draw(st.booleans()) else (),
        budget=draw(st.sampled_from([np.inf, 10.0, 30.0])),
    )


@settings(max_examples=150, deadline=None)
@given(programmes())
def test_no_other_plan_is_cheaper(one: Programme) -> None:
    hires, least = cheapest(one), by_force(one)
    if least is None:
        assert hires is None
    else:
        assert hires is not None
        assert allowed(one, hires)
        assert one.cost(hires) == pytest.approx(least, rel=1e-3)
