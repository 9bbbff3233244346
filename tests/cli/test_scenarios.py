"""The scenarios that ship run, and are what they say they are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from analysis.risk import verdicts
from analysis.simulation import run, target_estimate
from analysis.sizing import size
from analysis.theory import erlang_c

SCENARIOS = Path(__file__).parents[2] / "scenarios"
RUNNABLE = sorted(path.name for path in SCENARIOS.glob("*.yaml") if path.name != "care_base.yaml")


def test_they_are_all_here():
    assert RUNNABLE == [
        "bank_1999.yaml",
        "care_france.yaml",
        "care_france_people.yaml",
        "care_germany.yaml",
        "care_italy.yaml",
        "care_italy_shifts.yaml",
        "erlang_textbook.yaml",
        "peak_campaign.yaml",
    ]


@pytest.mark.parametrize("name", RUNNABLE)
def test_it_is_understood_and_runs(name, staffsim):
    assert staffsim("check", SCENARIOS / name).exit_code == 0
    ran = staffsim("run", SCENARIOS / name, "--replications", "2")
    assert ran.exit_code == 0
    assert "meet all targets" in ran.stdout


def test_the_textbook_is_erlangs():
    exact = erlang_c(200, 180, 14, 20)
    assert exact.sl_offered == pytest.approx(0.88835, abs=5e-6)
    file = SCENARIOS / "erlang_textbook.yaml"
    assert size(file, replications=30).peak.size == 14
    result = run(file, replications=60)
    found = target_estimate(result.statistics, result.targets[0])
    assert abs(float(found.value) - exact.sl_offered) < 1.5 * float(found.half_width)


def test_france_holds_the_month_thin_on_saturdays_and_short_in_the_campaign():
    """200 heads: right for January, not for Saturdays, far from enough in April and May."""
    statistics = run(SCENARIOS / "care_france.yaml", settings=["horizon=5 months"], replications=10).statistics
    by_month = verdicts(statistics, statistics.targets, "month")
    held = by_month.met.mean(axis=0)
    assert held[:2].tolist() == [1.0, 1.0]
    assert held[2:].tolist() == [0.0, 0.0, 0.0]
    by_day = verdicts(statistics, statistics.targets, "day")
    january = [date(2027, 1, 1) + timedelta(day) for day in range(31)]
    full_weeks = np.array([day.day >= 4 for day in january])
    weekday = np.array([day.weekday() for day in january])
    met = by_day.met[:, :31].mean(axis=0)
    assert met[full_weeks & (weekday == 5)].mean() < 0.6
    assert met[full_weeks & (weekday < 5)].mean() > 0.8
