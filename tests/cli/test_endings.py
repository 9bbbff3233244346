"""How commands end: exit codes, one message, never a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis.output.failures import exit_codes
from analysis.store import OutputError
from sim.errors import CannotAnswerError, Problem, ScenarioError

from .conftest import Command, started


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (CannotAnswerError("no number will do"), 1, "no number will do\n"),
        (ScenarioError("a.yaml", [Problem("", "no such file")]), 2, "a.yaml: 1 problem\n  no such file\n"),
        (OutputError("out: can't be written"), 2, "out: can't be written\n"),
        (OSError(28, "No space left on device"), 2, "Can't go on: No space left on device\n"),
        (KeyboardInterrupt(), 130, "Stopped.\n"),
    ],
)
def test_what_is_raised_ends_in_a_message(
    error: BaseException, code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, exit_codes():
        raise error
    assert ended.value.code == code
    assert capsys.readouterr().err == message


def test_a_bug_is_told_in_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STAFFSIM_DEBUG", raising=False)
    with pytest.raises(SystemExit) as ended, exit_codes():
        raise ZeroDivisionError("division\nby zero")
    assert ended.value.code == 70
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "bug of staffsim" in told
    assert "ZeroDivisionError: division" in told
    assert "STAFFSIM_DEBUG=1" in told


def test_a_bug_is_traced_if_asked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFFSIM_DEBUG", "1")
    with pytest.raises(SystemExit), exit_codes():
        raise ZeroDivisionError
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_others_pass_through() -> None:
    with pytest.raises(ValueError, match="click's"), exit_codes(ValueError):
        raise ValueError("click's")


_LISTENING = """\
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from cli import main
main()
"""
"""Stopped by signals even where the tests themselves are deaf to some, as in the background of a shell."""


@pytest.mark.parametrize(
    ("sent", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), pytest.param(signal.SIGHUP, 129, id="closed terminal")],
)
def test_what_is_stopped_leaves_nothing_behind(small: Path, sent: signal.Signals, code: int) -> None:
    out = small.parent / "out"
    line = ["run", str(small), "--replications", "100000", "--quiet", "--out", str(out), "--contacts"]
    process = subprocess.Popen(
        [sys.executable, "-c", _LISTENING, *line], stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    while process.poll() is None and not list(small.parent.glob(".out.*/contacts.parquet")):
        time.sleep(0.05)
    process.send_signal(sent)
    told, complained = process.communicate()
    assert (process.returncode, told, complained) == (code, b"", b"Stopped.\n")
    assert [path.name for path in small.parent.iterdir()] == [small.name]


def test_a_command_that_is_not_to_hang_up_goes_on() -> None:
    """As under nohup; and what a caller handles is the caller's afterwards."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with exit_codes():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) != signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_reader_who_has_seen_enough_is_no_failure(small: Path) -> None:
    code = "from cli import main; main()"
    line = [sys.executable, "-c", code, "run", str(small), "--replications", "2", "--by", "interval"]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
    assert told == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_stdout_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        line = [sys.executable, "-c", "from cli import main; main()", "schema"]
        ended = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr == "Can't go on: No space left on device\n"


def test_a_terminal_that_knows_no_signs_gets_others(small: Path) -> None:
    ended = started(["run", small, "--replications", "2"], PYTHONIOENCODING="ascii")
    assert ended.returncode == 0, ended.stderr
    assert "80/20" in ended.stdout


def test_usage_errors_are_clicks(staffsim: Command) -> None:
    result = staffsim("rum")
    assert result.exit_code == 2
    assert "No such command 'rum'" in result.stderr


def test_version(staffsim: Command) -> None:
    result = staffsim("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("staffsim ")
