"""What is told on stderr while a command works."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

import sim.centre.fast
from analysis.output import progress
from analysis.output.progress import prepare, progress_bar, stage

from .conftest import Command


def test_no_bar_unless_stderr_is_a_terminal() -> None:
    with progress_bar(shown=True) as report:
        assert report is None
        assert stage(report, "simulating") is None


def test_a_bar_on_a_terminal_and_nothing_on_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar(shown=True) as report:
        advance = stage(report, "simulating")
        assert advance is not None
        advance(1, 30)
        advance(2, 60)
    told = capsys.readouterr()
    assert told.out == ""
    assert "simulating" in told.err


def test_no_bar_if_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress_bar(shown=False) as report:
        assert report is None


@pytest.mark.parametrize(
    ("engine", "quiet", "takes_s", "told"),
    [
        ("fast", False, 0.3, f"{progress.COMPILING}\n"),
        ("fast", False, 0.0, ""),
        ("fast", True, 0.3, ""),
        ("reference", False, 0.3, ""),
    ],
)
def test_a_kernel_that_must_be_compiled_is_told_of_once(
    engine: str,
    quiet: bool,
    takes_s: float,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(progress, "PATIENCE_S", 0.1)
    monkeypatch.setattr(sim.centre.fast, "compile_kernel", lambda _: time.sleep(takes_s))
    prepare(engine, quiet=quiet)  # type: ignore[arg-type]
    time.sleep(0.2)
    assert capsys.readouterr().err == told


def test_quiet_keeps_errors(staffsim: Command, small: Path) -> None:
    result = staffsim("run", small, "--quiet", "--set", "queues.calls.patience=-1 s")
    assert result.exit_code == 2
    assert "queues.calls.patience" in result.stderr
