"""Figures of people over months, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.intervals import summarise
from analysis.kpis import centre_figures, team_figures
from analysis.payroll import simulated_payroll
from analysis.people_kpis import has_people, people_figures
from sim.centre.results import PEOPLE_COLUMNS, Replication
from sim.scenario.team import Team
from tests.support.counts import blended, counts_of

MADE = blended(days=42)  # January from the 4th, and 14 days of February


def replication(number: int, february: int) -> Replication:
    """Ten heads; two hired on 1 February who train for a week, and so many leave in February, on the 8th."""
    people = np.zeros((1, 42, len(PEOPLE_COLUMNS)), np.int64)
    names = ("heads", "in_training", "hires", "leavers", "proficiency_ppm", "absent_ppm", "on_the_phones_ppm")
    heads, training, hires, leavers, proficiency, absent, phones = (
        people[0, :, PEOPLE_COLUMNS.index(name)] for name in names
    )
    heads[:28], heads[28:35], heads[35:] = 10, 12, 12 - february
    training[28:35] = 2
    hires[28], leavers[35] = 2, february
    proficiency[:35], proficiency[35:] = 10_000_000, (10 - february) * 1_000_000 + 2 * 500_000
    people[0, :, PEOPLE_COLUMNS.index("on_the_job_ppm")] = (heads - training) * 1_000_000
    people[0, :, PEOPLE_COLUMNS.index("contracts_min")] = heads * 35 * 60
    absent[:], phones[:] = (heads - training) * 200_000, (heads - training) * 700_000
    return Replication(number, counts_of(MADE, {}), people=people)


STATISTICS = summarise(MADE, [replication(0, 1), replication(1, 3)])


def test_by_month() -> None:
    figures = people_figures(STATISTICS, 0, "month")
    expected = {
        "heads_mean": [10, (12 + 10) / 2],
        "heads_at_end": [10, 10],
        "hires": [0, 2],
        "leavers": [0, 2],
        "moved_in": [0, 0],
        "moved_out": [0, 0],
        "in_training": [0, 1],
        "beginners": [0, 0],
        # Of 7 x 10 and 7 x 10 people past training 7 x 10 and 7 x 9 are what they get done.
        "proficiency": [1, (70 + 7 * 9) / (70 + 70)],
        "productive_heads": [10, (10 + 9) / 2],
        # A fifth of those past training is away, and the time of seven tenths is spent on the phones.
        "heads_absent": [2, 2],
        "heads_present": [8, 8],
        "heads_on_phones": [7, 7],
    }
    assert {name: one.value.tolist() for name, one in figures.items()} == {
        name: pytest.approx(values) for name, values in expected.items()
    }
    assert figures["leavers"].half_width[1] == pytest.approx(12.706, rel=1e-3)  # 1 and 3: t with one degree of freedom
    assert figures["hires"].half_width.tolist() == [0, 0]


def test_over_the_horizon_and_by_day() -> None:
    assert people_figures(STATISTICS, 0, "horizon")["heads_mean"].value == pytest.approx(
        [(28 * 10 + 7 * 12 + 7 * 10) / 42]
    )
    by_day = people_figures(STATISTICS, 0, "day")["heads_at_end"].value
    assert by_day[[27, 28, 34, 35]].tolist() == [10, 12, 12, 10]
    assert {"heads_mean", "positions_mean"} <= team_figures(STATISTICS, 0, "month").keys()


def test_without_a_workforce_nothing_is_told() -> None:
    without = summarise(MADE, [replace(replication(0, 1), people=None)])
    assert not has_people(without)
    assert people_figures(without, 0, "month") == {}
    assert "heads_mean" not in centre_figures(without).teams["team"]


def test_everybody_on_the_payroll_is_paid_and_each_hire_costs() -> None:
    team = Team(heads=10, hiring={}, cost={"loaded_per_hour": "30 EUR", "per_hire": "1000 EUR"})
    paid = simulated_payroll(team, STATISTICS, 0)
    heads = (28 * 10 + 7 * 12 + 7 * 10) / 42
    assert (paid.heads, paid.fte) == (pytest.approx(heads), pytest.approx(heads))
    assert paid.paid_h == pytest.approx(heads * 35 * 6)
    assert paid.cost == pytest.approx(heads * 35 * 6 * 30 + 2 * 1000)
