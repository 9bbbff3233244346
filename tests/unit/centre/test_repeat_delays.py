"""Contacts that follow others after a delay."""

import numpy as np
import pytest

from sim.centre.repeat_delays import delayed, delayed_shares
from sim.common.distributions import Deterministic, Gamma

CELL = 1000.0


def test_followers_of_one_cell_by_hand():
    """Two and a half cells later, from an even time of the cell: half in the second after it, half in the third."""
    assert delayed_shares(Deterministic(2.5 * CELL), CELL, 6) == pytest.approx([0, 0, 0.5, 0.5, 0, 0])
    contacts = np.array([4.0, 0.0, 2.0, 0.0, 0.0, 8.0])
    assert delayed(contacts, Deterministic(2.5 * CELL), CELL) == pytest.approx([0, 0, 2, 2, 1, 1], abs=1e-12)


def test_nobody_follows_before_and_all_follow_in_the_end():
    contacts = np.zeros(2000)
    contacts[100] = 50.0
    following = delayed(contacts, Gamma(20 * CELL, 1.0), CELL)
    assert following[:100].max() < 1e-9
    assert following.sum() == pytest.approx(50)
    assert following @ (np.arange(2000) - 100) == pytest.approx(50 * 20, rel=1e-6)


def test_what_follows_later_is_left_out():
    assert delayed(np.array([3.0, 3.0]), Deterministic(5 * CELL), CELL) == pytest.approx([0, 0], abs=1e-12)
