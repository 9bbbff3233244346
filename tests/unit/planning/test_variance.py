"""Plan against actual, by hand."""

from __future__ import annotations

from itertools import permutations

import pytest

from analysis.planning.variance import CAUSES, QueueWork, Staffing, over_under, shapley, variance

STAFF = Staffing(
    required_fte=100.0,
    available_fte=110.0,
    heads=120.0,
    actual_heads=114.0,
    shrinkage=0.3,
    actual_shrinkage=0.335,
)
CALLS = QueueWork(planned=1000, actual=1100, planned_aht_s=600, actual_aht_s=630)


def test_a_product_of_two_by_hand() -> None:
    """Of 1.1 x 1.05 = 1.155 of the work, 10.25 points are the volume's (0.1 x mean of 1 and 1.05), 5.25 the time's.

    Of 110 available, heads (95 %) and shrinkage (66.5 of 70 %: 95 %, too) make 99.275, alike 5.3625 less each.
    """
    one = variance("advisers", "2027-06", STAFF, [CALLS], 3000.0)
    assert one.planned == pytest.approx(10.0)
    assert one.actual == pytest.approx(110 * 0.95 * 0.95 - 115.5)
    assert one.parts == pytest.approx({"volume": -10.25, "aht": -5.25, "shrinkage": -5.3625, "heads": -5.3625})
    assert sum(one.parts.values()) == pytest.approx(one.actual - one.planned, abs=1e-12)


def test_work_of_several_queues_adds_up() -> None:
    """600 000 s of calls and 200 000 s of emails, of which a quarter more came: 5 % more work in all."""
    emails = QueueWork(planned=500, actual=600, planned_aht_s=400, actual_aht_s=400)
    calls = QueueWork(planned=1000, actual=1000, planned_aht_s=600, actual_aht_s=600)
    required, available = over_under(STAFF, [calls, emails], frozenset({"volume"}))
    assert required == pytest.approx(100 * 840 / 800)
    assert available == 110.0


def test_the_mean_over_all_orders() -> None:
    """Of a value that isn't a product either: computed order by order, without the function."""
    worth = {frozenset(): 1.0, frozenset("a"): 4.0, frozenset("b"): 2.0, frozenset("ab"): 9.0}
    by_hand = {"a": ((4 - 1) + (9 - 2)) / 2, "b": ((9 - 4) + (2 - 1)) / 2}
    assert shapley(worth.__getitem__, "ab") == by_hand
    for order in permutations("ab"):
        assert shapley(worth.__getitem__, order) == by_hand


def test_nothing_differs_where_nothing_was_different() -> None:
    same = Staffing(100.0, 110.0, 120.0, 120.0, 0.3, 0.3)
    one = variance("advisers", "2027-06", same, [QueueWork(10, 10, 60, 60)], float("nan"))
    assert one.parts == dict.fromkeys(CAUSES, 0.0)
    nobody_called = variance("advisers", "2027-06", same, [QueueWork(0, 0, 0, 0)], float("nan"))
    assert nobody_called.actual == pytest.approx(10.0)
