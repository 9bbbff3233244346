"""Progress in lines, where there is no terminal for a bar."""

from __future__ import annotations

import pytest

from analysis.output.progress import LINE_EVERY_S, ProgressLines


class Clock:
    """Tells the time that it is set to."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_line_now_and_then_with_the_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    report = ProgressLines(clock)
    for done, expected, seconds in ((1, 30, 3), (3, 30, 9), (4, 30, 12), (6, 30, 21), (1_000, 1_200, 600)):
        clock.now_s = 100.0 + seconds
        report("simulating", done, expected)
    assert capsys.readouterr().err.splitlines() == [
        "simulating: 4 of 30, about 1 min 18 s left",
        "simulating: 1 000 of 1 200, about 2 min left",
    ]


def test_the_time_before_the_first_replication_does_not_count(capsys: pytest.CaptureFixture[str]) -> None:
    """Half a minute of compiling, then a replication a second."""
    clock = Clock()
    report = ProgressLines(clock)
    for done, seconds in ((1, 30), (2, 31), (11, 40)):
        clock.now_s = 100.0 + seconds
        report("simulating", done, 100)
    assert capsys.readouterr().err.splitlines() == [
        "simulating: 1 of 100",
        "simulating: 11 of 100, about 1 min 29 s left",
    ]


def test_nothing_of_short_work(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    report = ProgressLines(clock)
    clock.now_s += LINE_EVERY_S - 0.1
    report("simulating", 30, 30)
    assert capsys.readouterr().err == ""
