"""Aligned tables, folded to a width."""

from __future__ import annotations

from analysis.output.grid import TextColumn, grid, one_block

KEY = TextColumn("day", ("Mon", "Tuesday"), left=True)
CALLS = [TextColumn("offered", ("1 000", "7"), "calls"), TextColumn("wait", ("9 s", "–"), "calls")]
EMAILS = [TextColumn("offered", ("20", "3"), "emails")]


def test_columns_are_aligned_under_their_groups() -> None:
    assert grid([KEY, *CALLS, *EMAILS], width=100).splitlines() == [
        "         calls          emails",
        "day      offered  wait  offered",
        "Mon        1 000   9 s       20",
        "Tuesday        7     –        3",
    ]


def test_without_groups_there_is_no_line_for_them() -> None:
    assert grid([KEY, TextColumn("n", ("1", "2"))], width=100).splitlines()[0] == "day      n"


def test_a_table_too_wide_is_folded_by_groups_each_with_the_key() -> None:
    folded = grid([KEY, *CALLS, *EMAILS], width=30).split("\n\n")
    assert [block.splitlines()[1] for block in folded] == ["day      offered  wait", "day      offered"]
    assert all(len(line) <= 30 for block in folded for line in block.splitlines())


def test_a_group_too_wide_by_itself_is_folded_within() -> None:
    assert grid([KEY, *CALLS], width=18).count("Mon ") == 2


def test_columns_wider_than_the_width_stand_alone() -> None:
    assert grid([KEY, *CALLS], width=1).count("Mon ") == 2


def test_columns_make_room_for_the_name_of_their_group() -> None:
    narrow = [KEY, TextColumn("n", ("1", "2"), "a long name"), TextColumn("m", ("1", "2"), "b")]
    assert grid(narrow, width=100).splitlines() == [
        "         a long name  b",
        "day                n  m",
        "Mon                1  1",
        "Tuesday            2  2",
    ]
    assert one_block(narrow) == len("         a long name  b")
    assert grid(narrow, width=22).count("Mon ") == 2


def test_a_sparse_table_has_no_rows_of_keys_alone() -> None:
    columns = [KEY, TextColumn("n", ("", "2")), TextColumn("m", ("–", "3"))]
    assert grid(columns, width=10, sparse=True).split("\n\n") == [
        "day      n\nTuesday  2",
        "day      m\nMon      –\nTuesday  3",
    ]
    assert grid(columns, width=10).count("Mon") == 2


def test_width_of_columns_side_by_side() -> None:
    assert one_block([KEY, *CALLS]) == 7 + 2 + 7 + 2 + 4
