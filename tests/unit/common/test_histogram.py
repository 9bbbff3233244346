"""The log-linear histogram."""

from __future__ import annotations

from sim.common.histogram import BINS, MAX_MS, bin_edges, bin_of


def test_every_bin_holds_what_lies_between_its_edges():
    edges = bin_edges().tolist()
    assert [bin_of(edge) for edge in edges[:-1]] == list(range(BINS))
    assert [bin_of(edge - 1) for edge in edges[1:]] == list(range(BINS))


def test_longer_durations_go_to_the_last_bin():
    assert bin_of(MAX_MS) == bin_of(3 * MAX_MS) == BINS - 1
