"""Sizing by simulation finds the integers of exact theory, wherever these are far enough from the targets.

``python -m benchmarks.staffing_table`` does the same for the whole table.
"""

from functools import cache

import pytest

from benchmarks.staffing_table import FAR, Cell, cells, far_from_target, sized


def _is_tested(cell: Cell) -> bool:
    if cell.kind:
        return cell.calls_per_hour == 100 and cell.patience_s == 180
    return cell.calls_per_hour <= 100 or (cell.calls_per_hour == 450 and cell.patience_s in (None, 60, 600))


CELLS = [cell for cell in cells() if _is_tested(cell)]
found = cache(sized)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
def test_table(cell: Cell) -> None:
    month = found(cell)
    if not far_from_target(cell, month):
        assert abs(month.size - cell.agents) <= 1
        pytest.skip(f"{cell.name}: exact figures within {FAR:g} standard errors of a target; found {month.size}")
    assert month.size == cell.agents
    assert month.erlang_a == (None if cell.patience_s is None else cell.agents)


def test_impatient_callers_are_bound_by_the_answer_rate_patient_ones_by_the_service_level() -> None:
    (impatient, patient) = (
        found(cell).binding for cell in CELLS if cell.calls_per_hour == 450 and cell.patience_s in (60, 600)
    )
    assert [target.metric for target in impatient] == ["answer_rate"]
    assert [target.metric for target in patient] == ["service_level"]


def test_most_of_the_table_is_far_enough() -> None:
    assert sum(far_from_target(cell, found(cell)) for cell in CELLS) >= 0.75 * len(CELLS)
