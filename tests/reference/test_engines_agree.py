"""The fast engine gives the reference engine's log, row for row, whatever the centre.

Hundreds of random centres in every test run; thousands by ``pytest tests/reference --hypothesis-profile=thousands``.
"""

from __future__ import annotations

import dataclasses

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.centre.contract import CompiledCentre
from sim.centre.fast import FastEngine
from sim.centre.packed import kernel_of
from sim.centre.profiles import Full, Kernel
from sim.centre.reduce import reduce_log
from sim.centre.reference import run_reference
from sim.centre.results import Replication
from tests.support.random_centres import centres

seeds = st.integers(0, 1_000)


def by_reference_engine(compiled: CompiledCentre, seed: int, counts: np.ndarray) -> Replication:
    log, spells = run_reference(compiled, seed, 3, counts)
    return Replication(3, reduce_log(log, spells, compiled), log, spells)


def assert_identical(fast: Replication, reference: Replication) -> None:
    assert fast.log is not None
    assert reference.log is not None
    assert len(fast.log) == len(reference.log)
    for name in fast.log.dtype.names or ():
        np.testing.assert_array_equal(fast.log[name], reference.log[name], err_msg=f"log column {name}")
    np.testing.assert_array_equal(fast.spells, reference.spells, err_msg="spells")
    for part in dataclasses.fields(fast.counts):
        np.testing.assert_array_equal(
            getattr(fast.counts, part.name), getattr(reference.counts, part.name), err_msg=f"counts of {part.name}"
        )


def assert_engines_agree(compiled: CompiledCentre, seed: int, *profiles: Kernel | None) -> None:
    counts = np.random.default_rng(seed).poisson(compiled.volume.expected)
    reference = by_reference_engine(compiled, seed, counts)
    for profile in profiles:
        fast = FastEngine(compiled, profile).run(seed, 3, counts, log=True, spells=True)
        assert_identical(fast, reference)


@given(centres(), seeds)
def test_with_every_feature(compiled: CompiledCentre, seed: int) -> None:
    assert_engines_agree(compiled, seed, Full(0))


@given(centres(rostered=True), seeds)
def test_with_shifts_and_breaks(compiled: CompiledCentre, seed: int) -> None:
    assert_engines_agree(compiled, seed, Full(0))


@given(centres(full=False), seeds)
def test_with_teams_and_skills(compiled: CompiledCentre, seed: int) -> None:
    assert_engines_agree(compiled, seed, kernel_of(compiled.engine), Full(0))


@given(centres(full=False, one_team=True), seeds)
def test_with_one_team(compiled: CompiledCentre, seed: int) -> None:
    assert_engines_agree(compiled, seed, None, kernel_of(compiled.engine))
