"""Every row of ``peer_results.csv`` is simulated."""

from __future__ import annotations

from functools import cache

import pytest

from .catalogue import published_studies
from .judge import LARGEST_SCORE, mean_square
from .rows import published_rows
from .study import Study, prove

proved = cache(prove)


@pytest.mark.parametrize("study", [pytest.param(study, id=study.first.model) for study in published_studies()])
def test_simulation_agrees_with_the_published_table(study: Study) -> None:
    proof = proved(study)
    for finding in proof.findings:
        assert finding.estimate.standard_error <= finding.largest_error, finding.row
    assert {f.row.id: f.score for f in proof.findings if abs(f.score) >= LARGEST_SCORE} == {}
    assert max(map(abs, proof.input_scores)) < LARGEST_SCORE
    assert [f.row for f in proof.findings if f.row.interval is not None and not f.is_inside] == []


def test_scores_are_spread_as_chance_spreads_them() -> None:
    square = mean_square([proved(study) for study in published_studies()])
    assert square.is_plausible, square


def test_every_row_is_simulated() -> None:
    assert [row for study in published_studies() for row in study.figures] == published_rows()
