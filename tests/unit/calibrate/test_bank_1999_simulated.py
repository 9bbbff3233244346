"""The shipped bank scenario, simulated, against the log's own figures: as near as the README says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.simulation import run

SCENARIOS = Path(__file__).parents[3] / "scenarios"

# Figure here, figure in observed.json, how far apart the README says they are at most.
CLAIMS = (
    ("answer_rate", "answer_rate", 0.01),
    ("asa_s", "asa_s", 5.0),
    ("wait_mean_s", "mean_wait_s", 5.0),
    ("sl_offered", "sl_offered", 0.025),
    ("served_at_once", "answered_at_once", 0.05),
)


def test_simulated_figures_are_as_near_the_log_as_claimed() -> None:
    observed = json.loads((SCENARIOS / "bank_1999" / "observed.json").read_text(encoding="utf-8"))["total"]
    figures = run(SCENARIOS / "bank_1999.yaml", replications=200).figures.queues["calls"]
    for ours, theirs, apart in CLAIMS:
        estimate = figures[ours]
        assert estimate.half_width < apart / 2, f"{ours} is not known well enough to tell"
        assert estimate.value == pytest.approx(observed[theirs], abs=apart), ours
