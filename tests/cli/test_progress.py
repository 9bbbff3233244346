"""What is told on stderr while a command works."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import pytest

import sim.centre.fast
from analysis.output import progress
from analysis.output.progress import prepare, progress_shown, stage
from sim.centre.packed import pack
from sim.scenario.load import load_scenario

from .conftest import Command


def test_a_bar_on_a_terminal_and_nothing_on_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with progress_shown(shown=True) as report:
        advance = stage(report, "simulating")
        assert advance is not None
        advance(1, 30)
        advance(2, 60)
    told = capsys.readouterr()
    assert told.out == ""
    assert "simulating" in told.err


@pytest.mark.parametrize("terminal", [True, False])
def test_nothing_if_not_shown(terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with progress_shown(shown=False) as report:
        assert report is None
        assert stage(report, "simulating") is None


def test_lines_where_stderr_is_no_terminal(staffsim: Command, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LINE_EVERY_S", 0.0)
    result = staffsim("run", small, "--replications", "2", "--format", "json")
    assert result.exit_code == 0
    assert [line.split(", about ")[0] for line in result.stderr.splitlines()] == [
        "simulating: 1 of 2",
        "simulating: 2 of 2",
    ]
    assert staffsim("run", small, "--replications", "2", "--quiet").stderr == ""


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
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(progress, "PATIENCE_S", 0.1)
    monkeypatch.setattr(sim.centre.fast, "compile_kernel", lambda _: time.sleep(takes_s))
    prepare(engine, [load_scenario(small).model], quiet=quiet)  # type: ignore[arg-type]
    time.sleep(0.2)
    assert capsys.readouterr().err == told


def test_the_kernel_that_is_made_ready_is_the_centre_s_own(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not another, that it doesn't need: what it needs would be compiled while the first replication seems to run."""
    compiled: list[Any] = []
    monkeypatch.setattr(sim.centre.fast, "compile_kernel", compiled.append)
    patient = load_scenario(small, ["queues.calls.callback={above: 1 min, accepted: 40 %}"]).model
    prepare("fast", [patient], quiet=True)
    assert [type(pack(centre).profile).__name__ for centre in compiled] == ["Full"]


def test_quiet_keeps_errors(staffsim: Command, small: Path) -> None:
    result = staffsim("run", small, "--quiet", "--set", "queues.calls.patience=-1 s")
    assert result.exit_code == 2
    assert "queues.calls.patience" in result.stderr
