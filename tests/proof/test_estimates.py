"""The proof's own tools: estimates on data whose truth is known, and a proof that fails when it must."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

import numpy as np
import pytest
from scipy import stats

from sim.centre.results import (
    ABANDONED,
    LOG_DTYPE,
    NO_FOLLOW_UP,
    RECONTACT,
    REDIAL,
    SERVED,
    IntervalCounts,
    Replication,
)
from sim.common.histogram import bin_edges

from .chains.fastest import solve
from .estimates import controlled, plain
from .features import choosing_agents
from .features.computed import computed
from .figures import OfMeans, WaitQuantile
from .orbit import orbit_ms
from .rows import Row
from .stationary import FIGURES, erlang_c
from .study import Study, prove

HOUR_MS = 3_600_000


def test_controls_take_off_what_they_explain() -> None:
    generator = np.random.default_rng(1)
    scores, narrower = [], []
    for _ in range(400):
        controls = generator.normal(size=(30, 2))
        influence = controls @ [3.0, -1.0] + generator.normal(size=30)
        estimate = controlled(5.0 + influence.mean(), influence - influence.mean(), controls)
        scores.append(estimate.score(5.0))
        narrower.append(plain(0.0, influence - influence.mean()).standard_error / estimate.standard_error)
    assert np.median(narrower) == pytest.approx(np.sqrt(11), rel=0.15)
    assert stats.kstest(scores, "norm").pvalue > 0.001


def test_controls_that_never_vary_are_no_controls() -> None:
    influence = np.random.default_rng(2).normal(size=50)
    estimate = controlled(1.0, influence - influence.mean(), np.zeros((50, 3)))
    assert estimate.degrees == 49
    assert estimate.standard_error == pytest.approx(influence.std(ddof=1) / np.sqrt(50))


def test_a_ratio_has_the_delta_method_s_error() -> None:
    generator = np.random.default_rng(3)
    kept = generator.poisson([80.0, 100.0], size=(2000, 2)).astype(np.float64)
    value, influence = OfMeans((), lambda means: float(means[0] / means[1])).linearised(kept)
    assert value == pytest.approx(kept[:, 0].sum() / kept[:, 1].sum())
    assert plain(value, influence).standard_error == pytest.approx(np.sqrt((80 + 0.64 * 100) / 2000) / 100, rel=0.06)


def test_a_quantile_and_its_error() -> None:
    generator = np.random.default_rng(4)
    figure = WaitQuantile(0, 0.9)
    scores = []
    for _ in range(60):
        waits_ms = generator.exponential(30_000, size=(40, 400))
        kept = np.array([np.histogram(row, bin_edges())[0] for row in waits_ms], dtype=np.float64)
        scores.append(plain(*figure.linearised(kept)).score(30 * np.log(10)))
    assert stats.kstest(scores, "norm").pvalue > 0.001


def test_the_orbit_is_cut_to_the_horizon() -> None:
    day = 24 * HOUR_MS
    rows = [  # contact, attempt, fate, counted, offered, left queue, end, follow-up
        (1, 0, ABANDONED, 0, day - 2 * HOUR_MS, day - HOUR_MS, -1, REDIAL),
        (1, 1, SERVED, 1, day + HOUR_MS, day + HOUR_MS, day + 2 * HOUR_MS, NO_FOLLOW_UP),
        (2, 0, SERVED, 1, day + HOUR_MS, day + HOUR_MS, day + 2 * HOUR_MS, RECONTACT),
        (2, 1, ABANDONED, 1, day + 5 * HOUR_MS, day + 6 * HOUR_MS, -1, NO_FOLLOW_UP),
        (3, 0, SERVED, 1, 2 * day - 4 * HOUR_MS, 2 * day - 4 * HOUR_MS, 2 * day - HOUR_MS, RECONTACT),
    ]
    log = np.zeros(len(rows), LOG_DTYPE)
    for name, column in zip(
        ("contact", "attempt", "fate", "counted", "offered_ms", "left_queue_ms", "end_ms", "follow_up"),
        zip(*rows, strict=True),
        strict=True,
    ):
        log[name] = column
    nothing = np.zeros((1, 1, 1), np.int64)
    counts = IntervalCounts(*[nothing] * len(fields(IntervalCounts)))
    assert orbit_ms(Replication(0, counts, log)) == (1 + 3 + 1) * HOUR_MS


def test_a_wrong_rule_is_found_out() -> None:
    model = choosing_agents.study("preferred team, the slower").model
    m = choosing_agents.CASES["preferred team, the slower"].m
    faster_first = asdict(solve(replace(m, rule="group_1")))
    wrong = prove(computed("preferred team, the faster in fact", m, faster_first, model))
    assert max(abs(finding.score) for finding in wrong.findings) > 4
    assert max(map(abs, wrong.input_scores)) < 4


def test_a_wrong_value_is_found_out() -> None:
    parameters = "lam_per_h=20;aht_s=600;n=6;t_s=10"
    wrong = Row("wrong", "Erlang-C", parameters, "p_wait", 0.148216657181 * 1.05)
    right = Row("right", "Erlang-C", parameters, "occ", 20 / 6 / 6)
    model = erlang_c(wrong.named)
    proof = prove(Study(model, {wrong: FIGURES["p_wait"], right: FIGURES["occ"]}))
    by_id = {finding.row.id: abs(finding.score) for finding in proof.findings}
    assert by_id["right"] < 4 < by_id["wrong"]
