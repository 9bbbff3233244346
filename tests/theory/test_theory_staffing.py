"""The fewest agents by formula."""

import csv
from pathlib import Path
from typing import Any

import pytest

from analysis.theory import (
    Exponential,
    Requirement,
    SurvivalFunction,
    Targets,
    agents_erlang_a,
    agents_erlang_c,
    agents_impatient,
    erlang_a,
    erlang_c,
    impatient_queue,
)
from sim.common.distributions import Deterministic

HANDLE_TIME_S = 600.0
PATIENCES_S = (60, 120, 180, 300, 600)
BOTH = Targets(service_level=0.80, threshold_s=10.0, answer_rate=0.95)


def read_table() -> list[dict[str, str]]:
    with Path(__file__).with_name("staffing_80_10.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLE = read_table()


def test_the_table_holds_no_column_that_is_not_compared() -> None:
    suffixes = ("_n", "_n_sl", "_n_ar", "_n_sl_served", "_n_sl_excl")
    compared = {f"A{patience}{suffix}" for patience in PATIENCES_S for suffix in suffixes}
    assert set(TABLE[0]) == compared | {"lam_per_h", "load_erl", "erlangC_n"}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['lam_per_h']}/h")
def test_table_erlang_c(row: dict[str, str]) -> None:
    assert agents_erlang_c(float(row["lam_per_h"]), HANDLE_TIME_S, BOTH).agents == int(row["erlangC_n"])


@pytest.mark.parametrize("patience_s", PATIENCES_S)
@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['lam_per_h']}/h")
def test_table_erlang_a(row: dict[str, str], patience_s: int) -> None:
    def needed(targets: Targets) -> Requirement:
        return agents_erlang_a(float(row["lam_per_h"]), HANDLE_TIME_S, patience_s, targets)

    both = needed(BOTH)
    found = {
        "_n": both.agents,
        "_n_sl": both.for_service_level,
        "_n_ar": both.for_answer_rate,
        "_n_sl_served": needed(Targets(formula="sl_answered", answer_rate=None)).agents,
        "_n_sl_excl": needed(Targets(formula="sl_excl_short", answer_rate=None)).agents,
    }
    assert found == {suffix: int(row[f"A{patience_s}{suffix}"]) for suffix in found}


def test_textbook() -> None:
    assert agents_erlang_c(200, 180, Targets(0.80, 20)).agents == 14
    assert erlang_c(200, 180, 14, 20).sl_offered == pytest.approx(0.88835, abs=5e-6)
    assert erlang_c(200, 180, 13, 20).sl_offered < 0.80


@pytest.mark.parametrize(
    ("patience_s", "binding"), [(60, "answer_rate"), (180, "both"), (600, "service_level")], ids=str
)
def test_binding_target(patience_s: float, binding: str) -> None:
    assert agents_erlang_a(200, 600, patience_s, BOTH).binding == binding


def test_one_target_alone_binds() -> None:
    alone = agents_erlang_a(200, 600, 60, Targets(service_level=None))
    assert (alone.agents, alone.for_service_level, alone.binding) == (38, None, "answer_rate")
    alone = agents_erlang_a(200, 600, 60, Targets(answer_rate=None))
    assert (alone.agents, alone.for_answer_rate, alone.binding) == (35, None, "service_level")


def test_nobody_calls() -> None:
    needed = agents_erlang_c(0, 600, BOTH)
    assert (needed.agents, needed.for_service_level, needed.for_answer_rate, needed.binding) == (0, 0, 0, "none")


@pytest.mark.parametrize("arrivals_per_hour", [0.01, 1.0, 6.0, 119_990.0])
def test_the_search_ends_at_the_first_number_that_holds(arrivals_per_hour: float) -> None:
    needed = agents_erlang_a(arrivals_per_hour, 600, 120, BOTH)
    for figure, level, agents in (
        ("sl_offered", 0.80, needed.for_service_level),
        ("answer_rate", 0.95, needed.for_answer_rate),
    ):
        assert agents is not None
        assert getattr(erlang_a(arrivals_per_hour, 600, agents, 120, 10), figure) >= level
        if agents > 1:
            assert getattr(erlang_a(arrivals_per_hour, 600, agents - 1, 120, 10), figure) < level


def test_patient_callers_need_staff_that_keeps_up() -> None:
    assert agents_erlang_c(600, 600, BOTH).for_answer_rate == 101  # a load of 100 erlangs


def test_callers_who_never_give_up_need_staff_that_keeps_up() -> None:
    nine_in_ten_stay = SurvivalFunction(lambda t_ms: 0.9 + 0.1 * Exponential(60_000).survival(t_ms))
    answer_nearly_all = Targets(service_level=None, answer_rate=0.70)
    needed = agents_impatient(600, 600, nine_in_ten_stay, answer_nearly_all).agents
    assert needed == 91  # 90 erlangs of callers stay for ever
    assert impatient_queue(600, 600, 90, nine_in_ten_stay, 10).answer_rate == pytest.approx(0.9)


def test_any_patience() -> None:
    assert agents_impatient(333, 600, Exponential(180_000), BOTH) == agents_erlang_a(333, 600, 180, BOTH)
    needed = agents_impatient(333, 600, Deterministic(90_000), BOTH)
    assert impatient_queue(333, 600, needed.agents, Deterministic(90_000), 10).sl_offered >= 0.80
    assert impatient_queue(333, 600, needed.agents - 1, Deterministic(90_000), 10).sl_offered < 0.80
    assert needed.binding == "service_level"


@pytest.mark.parametrize(
    "wrong",
    [
        {"service_level": None, "answer_rate": None},
        {"service_level": 1.0},
        {"service_level": 80.0},
        {"answer_rate": 0.0},
        {"threshold_s": -1.0},
        {"threshold_s": float("nan")},
    ],
    ids=str,
)
def test_targets_that_cannot_be_meant(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"service_level|answer_rate|service level|threshold_s"):
        Targets(**wrong)
