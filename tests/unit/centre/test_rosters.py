"""Rosters from shifts and breaks, and what is scheduled by them and by positions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.centre.contract import BREAK, NO_ROSTERS, SHIFT_END, SHIFT_START, Staff
from sim.centre.rosters import NO_SPELLS, Spells, rosters_of, scheduled_positions

Row = tuple[int, int, int]


def spells(*rows: Row) -> Spells:
    """By agent, start and end."""
    return Spells(*np.array(rows, np.int64).reshape(-1, 3).T)


def staff_of(agent_team: Sequence[int], shifts: Spells, breaks: Spells, positions: Sequence[Row] = ()) -> Staff:
    """``positions`` by moment, team and number."""
    return Staff(
        *np.array(positions, np.int64).reshape(-1, 3).T,
        agent_team=np.array(agent_team, np.int64),
        agent_stage=np.zeros((1, len(agent_team)), np.int32),
        rosters=rosters_of(np.ones(3, np.uint8), shifts, breaks),
    )


def test_changes_come_in_the_order_of_events() -> None:
    shifts = spells((1, 20, 60), (0, 60, 90), (2, 10, 50), (0, 10, 40))
    rosters = rosters_of(np.array([1], np.uint8), shifts, spells((1, 40, 60), (2, 20, 25)))
    rows = zip(*(column.tolist() for column in rosters[1:]), strict=True)
    assert list(rows) == [
        (10, 0, SHIFT_START, 0),
        (10, 2, SHIFT_START, 0),
        (20, 1, SHIFT_START, 0),
        (20, 2, BREAK, 5),
        (40, 0, SHIFT_END, 0),
        (40, 1, BREAK, 20),
        (50, 2, SHIFT_END, 0),
        (60, 0, SHIFT_START, 0),
        (60, 1, SHIFT_END, 0),
        (90, 0, SHIFT_END, 0),
    ]


@pytest.mark.parametrize(
    ("shifts", "breaks"),
    [
        ([(0, 10, 20), (0, 20, 30)], []),  # touching
        ([(0, 10, 20), (0, 15, 30)], []),
        ([(0, 10, 10)], []),
        ([(0, 20, 10)], []),
        ([(0, 10, 40)], [(0, 15, 20), (0, 20, 25)]),
        ([(0, 10, 40)], [(0, 15, 15)]),
        ([(0, 10, 40)], [(0, 10, 15)]),  # as the shift begins
        ([(0, 10, 40)], [(0, 5, 15)]),
        ([(0, 10, 40)], [(0, 35, 41)]),
        ([(0, 10, 40), (0, 50, 60)], [(0, 42, 45)]),  # between two shifts
        ([(0, 10, 40), (0, 50, 60)], [(0, 35, 55)]),
        ([(1, 10, 40)], [(0, 15, 20)]),  # of somebody else
        ([(0, 10, 40)], [(1, 15, 20)]),
        ([], [(0, 15, 20)]),
    ],
)
def test_shifts_and_breaks_that_cannot_be_are_refused(shifts: list[Row], breaks: list[Row]) -> None:
    with pytest.raises(ValueError, match=r"break must lie within|neither overlap nor touch"):
        rosters_of(np.array([1], np.uint8), spells(*shifts), spells(*breaks))


def test_without_rosters_positions_are_what_is_scheduled() -> None:
    staff = staff_of([0, 0], NO_SPELLS, NO_SPELLS, [(5, 0, 2), (9, 0, 1)])._replace(rosters=NO_ROSTERS)
    assert [column.tolist() for column in scheduled_positions(staff)] == [[5, 9], [0, 0], [2, 1]]


edges = st.lists(st.integers(0, 60), max_size=8, unique=True).map(sorted)


@given(st.lists(st.tuples(st.integers(0, 1), edges, st.integers(1, 3), st.integers(1, 4)), max_size=6))
def test_what_is_scheduled_is_who_has_a_shift_and_no_break(drawn: list[tuple[int, list[int], int, int]]) -> None:
    """Counted minute by minute; teams 0 and 1 are rostered, team 2 has positions."""
    drawn = sorted(drawn)
    shifts, breaks = [], []
    for agent, (_, cuts, before, length) in enumerate(drawn):
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            shifts.append((agent, start, end))
            if start + before + length <= end:
                breaks.append((agent, start + before, start + before + length))
    positions = [(3, 2, 5), (20, 2, 0), (21, 2, 1)]
    team_of = [team for team, *_ in drawn]
    steps = scheduled_positions(staff_of(team_of, spells(*shifts), spells(*breaks), positions))
    keys = list(zip(steps.at_ms.tolist(), steps.team.tolist(), strict=True))
    assert keys == sorted(set(keys))
    for now in range(62):
        expected = [0, 0, 0 if now < 3 else 5 if now < 20 else 0 if now < 21 else 1]
        for agent, start, end in shifts:
            resting = any(of == agent and at <= now < until for of, at, until in breaks)
            expected[team_of[agent]] += start <= now < end and not resting
        for team in range(3):
            held = steps.positions[(steps.team == team) & (steps.at_ms <= now)]
            assert (held[-1] if held.size else 0) == expected[team]
