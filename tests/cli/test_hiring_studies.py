"""The studies of people over months find what they say: a year each, on common random numbers."""

from __future__ import annotations

from functools import cache

import numpy as np

from analysis.hiring.proof import monthly
from analysis.people_kpis import people_figures
from analysis.simulation import RunResult

from .studies import REPLICATIONS, assert_finds, simulated

FEBRUARY = 8
"""Of a year from June on."""


@cache
def year(name: str) -> RunResult:
    """A study's file; several studies have some in common."""
    return simulated(name)


def years_held(name: str) -> int:
    """In how many of the simulated years every month holds every target."""
    found = monthly(year(name).statistics)
    assert found.judged.all()
    return int(found.met.all(axis=1).sum())


def months_held(name: str) -> np.ndarray:
    """By month, in how many of the simulated years it holds every target."""
    return monthly(year(name).statistics).met.sum(axis=0)


def thousands(name: str) -> float:
    """What all teams cost over the year, in thousands."""
    return sum(team.cost or 0.0 for team in year(name).payroll.values()) / 1000


def productive(name: str) -> np.ndarray:
    """Productive heads of the advisers by month."""
    return np.asarray(people_figures(year(name).statistics, 0, "month")["productive_heads"].value)


def hired(name: str) -> int:
    """People in the classes of the advisers."""
    hiring = year(name).loaded.model.teams["advisers"].hiring
    assert hiring is not None
    return sum(one.heads for one in hiring.classes)


def test_as_it_is_against_just_in_time_and_ahead() -> None:
    assert hired("7_just_in_time.yaml") == hired("7_hire_ahead.yaml") == 33
    worst = months_held("7_just_in_time.yaml")
    assert worst.argmin() == 6, "December, whose class is in training"
    assert_finds(
        "7_hire_ahead.yaml",
        [
            33,
            years_held("7_just_in_time.yaml"),
            REPLICATIONS,
            years_held("7_hire_ahead.yaml"),
            round(thousands("7_hire_ahead.yaml") - thousands("7_just_in_time.yaml")),
            years_held("7_net_five.yaml"),
            round(thousands("7_net_five.yaml") - thousands("7_hire_ahead.yaml")),
        ],
    )


def test_a_ramp_of_four_months_or_six() -> None:
    four, six = productive("8_ramp_four.yaml"), productive("8_ramp_six.yaml")
    assert (six <= four).all()
    assert (four - six).argmax() in (FEBRUARY, FEBRUARY + 1)
    assert_finds(
        "8_ramp_six.yaml",
        [
            hired("8_ramp_six.yaml"),
            float((four - six).max()),
            years_held("8_ramp_four.yaml"),
            REPLICATIONS,
            years_held("8_ramp_six.yaml"),
        ],
    )


def test_attrition_of_17_or_30_per_cent() -> None:
    assert hired("9_thirty.yaml") == hired("9_seventeen.yaml")
    assert_finds(
        "9_thirty_replaced.yaml",
        [
            30,
            17,
            years_held("9_seventeen.yaml"),
            REPLICATIONS,
            years_held("9_thirty.yaml"),
            hired("9_thirty_replaced.yaml"),
            hired("9_seventeen.yaml"),
            years_held("9_thirty_replaced.yaml"),
            round(thousands("9_thirty_replaced.yaml") - thousands("9_seventeen.yaml")),
        ],
    )


def test_a_campaign_met_by_hiring_overtime_or_outsourcing() -> None:
    base = thousands("10_surge.yaml")
    variants = ("10_hiring.yaml", "10_overtime.yaml", "10_outsourcing.yaml")
    hiring, overtime, outsourcing = (thousands(name) - base for name in variants)
    assert outsourcing < overtime < hiring
    assert not months_held("10_surge.yaml")[7:10].any()
    assert_finds(
        "10_outsourcing.yaml",
        [
            40,
            years_held("10_surge.yaml"),
            REPLICATIONS,
            hired("10_hiring.yaml") - hired("10_surge.yaml"),
            years_held("10_hiring.yaml"),
            round(hiring),
            44,
            125,
            years_held("10_overtime.yaml"),
            round(overtime),
            6,
            years_held("10_outsourcing.yaml"),
            round(outsourcing),
        ],
    )
