"""Flow equations by elimination, against numpy and against series that diverge."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.linear import UnsettledError, settled

NAMES = "abcd"
shares = st.lists(st.lists(st.floats(0, 0.6), min_size=4, max_size=4), min_size=4, max_size=4)


@settings(deadline=None)
@given(brings=shares, own=st.lists(st.floats(0, 100), min_size=4, max_size=4), fixed=st.sets(st.sampled_from(NAMES)))
def test_as_numpy_solves_them(brings, own, fixed):
    matrix = np.array(brings)
    kept = matrix * [name not in fixed for name in NAMES]
    rows = {q: {p: matrix[i, j] for j, p in enumerate(NAMES)} for i, q in enumerate(NAMES)}
    radius = max(abs(np.linalg.eigvals(kept)))
    if radius > 1 + 1e-6:
        with pytest.raises(UnsettledError):
            settled(dict(zip(NAMES, own, strict=True)), rows, fixed)
    elif radius < 0.99:
        found = settled(dict(zip(NAMES, own, strict=True)), rows, fixed)
        expected = np.linalg.solve(np.eye(4) - kept.T, own)
        assert list(found) == list(NAMES)
        assert list(found.values()) == pytest.approx(list(expected), rel=1e-6, abs=1e-6)


def test_queues_that_bring_nothing_may_be_left_out():
    assert settled({"a": 1.0, "b": 2.0}, {"a": {"b": 0.5}}) == {"a": 1.0, "b": 2.5}


def test_all_come_back_for_ever():
    with pytest.raises(UnsettledError):
        settled({"a": 1.0}, {"a": {"a": 1.0}})
