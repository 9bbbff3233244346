"""Every feature is simulated and set beside the chain or formula of what the centre then is."""

from __future__ import annotations

from functools import cache

import pytest

from .catalogue import FEATURE_MODULES, FEATURES
from .judge import LARGEST_SCORE, mean_square
from .study import Proof, prove


@cache
def proved(name: str) -> Proof:
    return prove(FEATURES[name]())


@pytest.mark.parametrize("name", FEATURES)
def test_simulation_agrees_with_the_chain(name: str) -> None:
    proof = proved(name)
    for finding in proof.findings:
        assert finding.estimate.standard_error <= finding.largest_error, finding.row
    assert {f.row.metric: f.score for f in proof.findings if abs(f.score) >= LARGEST_SCORE} == {}
    assert max(map(abs, proof.input_scores)) < LARGEST_SCORE


def test_scores_are_spread_as_chance_spreads_them() -> None:
    square = mean_square([proved(name) for name in FEATURES])
    assert square.is_plausible, square


def test_no_study_hides_another_of_its_name() -> None:
    assert len(FEATURES) == sum(len(module.CASES) for module in FEATURE_MODULES)
