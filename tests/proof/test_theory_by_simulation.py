"""Every row of ``exact_values.csv`` that a scenario can express is simulated; all others are named with the reason."""

from __future__ import annotations

from functools import cache

import pytest

from .catalogue import LEFT_OUT, MODELS, exact_studies, is_long, reason_left_out
from .judge import LARGEST_SCORE, mean_square
from .rows import exact_rows
from .study import Study, prove

proved = cache(prove)


@pytest.mark.parametrize(
    "study",
    [
        pytest.param(
            study, id=f"{study.first.id} {study.first.model}", marks=[pytest.mark.slow] if is_long(study) else []
        )
        for study in exact_studies()
    ],
)
def test_simulation_agrees_with_exact_theory(study: Study) -> None:
    proof = proved(study)
    for finding in proof.findings:
        assert finding.estimate.standard_error <= finding.largest_error, finding.row
    assert {f.row.id: f.score for f in proof.findings if abs(f.score) >= LARGEST_SCORE} == {}
    assert max(map(abs, proof.input_scores)) < LARGEST_SCORE


def test_scores_are_spread_as_chance_spreads_them() -> None:
    square = mean_square([proved(study) for study in exact_studies() if not is_long(study)])
    assert square.is_plausible, square


def test_every_row_is_simulated_or_left_out_with_a_reason() -> None:
    rows = exact_rows()
    simulated = [row for study in exact_studies() for row in study.figures]
    left_out = [row for row in rows if reason_left_out(row) is not None]
    assert len(rows) == 392
    assert sorted([*simulated, *left_out], key=rows.index) == rows
    assert {row.model for row in rows} == MODELS.keys() | LEFT_OUT.keys()
    assert not MODELS.keys() & LEFT_OUT.keys()
