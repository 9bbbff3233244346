"""``--out``: what is written, all of it or nothing."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.output import run_files

from .conftest import Command

FEW = ("--replications", "3")
FRAMES = (
    *("queue_intervals", "queue_days", "queue_months"),
    *("team_intervals", "team_days", "team_months", "team_services", "totals", "fte_walk"),
)


@pytest.fixture
def written(staffsim: Command, small: Path) -> Path:
    out = small.parent / "results" / "february"
    result = staffsim("run", small, *FEW, "--out", out, "--set", "queues.calls.patience=3 min")
    assert result.exit_code == 0, result.stderr
    assert result.stdout
    return out


def test_writes_every_frame_twice_a_manifest_and_a_chart(written: Path) -> None:
    expected = {f"{name}.{ending}" for name in FRAMES for ending in ("csv", "parquet")}
    assert {path.name for path in written.iterdir()} == expected | {"manifest.json", "chart.png"}
    assert [path.name for path in written.parent.iterdir()] == [written.name]


@pytest.mark.parametrize("name", FRAMES)
def test_csv_and_parquet_say_the_same(written: Path, name: str) -> None:
    parquet = pd.read_parquet(written / f"{name}.parquet")
    dates = ["start"] if "start" in parquet else []
    comma = pd.read_csv(written / f"{name}.csv", parse_dates=dates, dtype={"currency": "string"})
    pd.testing.assert_frame_equal(comma, parquet, check_dtype=False, rtol=1e-9)


def test_the_chart_is_a_picture(written: Path) -> None:
    assert (written / "chart.png").read_bytes().startswith(b"\x89PNG")


def test_the_manifest_tells_what_was_done(written: Path, small: Path) -> None:
    manifest = json.loads((written / "manifest.json").read_text())
    assert manifest["scenario"] == "Small"
    assert (manifest["seed"], manifest["replications"], manifest["engine"]) == (1, 3, "fast")
    assert manifest["command"].startswith(f"staffsim run {small} --replications 3 --out ")
    assert manifest["command"].endswith("--set 'queues.calls.patience=3 min'")
    assert manifest["resolved"]["queues"]["calls"]["patience"] == "3 min"
    assert manifest["read"] == [{"file": str(small), "sha256": hashlib.sha256(small.read_bytes()).hexdigest()}]
    assert {"staffsim", "python", "numpy", "numba"} <= manifest["versions"].keys()
    assert manifest["written"] == sorted(path.name for path in written.iterdir())
    assert {"made", "definitions", "assumptions"} <= manifest.keys()


def test_its_own_files_are_replaced_others_kept(staffsim: Command, small: Path, written: Path) -> None:
    (written / "notes.txt").write_text("mine")
    before = (written / "totals.csv").read_text()
    assert staffsim("run", small, *FEW, "--out", written, "--seed", "2").exit_code == 0
    assert (written / "totals.csv").read_text() != before
    assert (written / "notes.txt").read_text() == "mine"


def test_a_folder_holds_one_result_whatever_was_written_before(staffsim: Command, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    commands = {
        "contacts": ("run", small, "--replications", "1", "--contacts"),
        "run": ("run", small, "--replications", "1", "--seed", "2"),
        "size": ("size", small, "--replications", "1"),
    }
    for one in ("contacts", "run", "contacts", "size", "run", "size"):
        result = staffsim(*commands[one], "--out", out)
        assert result.exit_code == 0, result.stderr
        held = {path.name for path in out.iterdir()}
        assert held == set(json.loads((out / "manifest.json").read_text())["written"])
        assert ("contacts.parquet" in held, "chart.png" in held) == (one == "contacts", one != "size")


def test_a_folder_that_takes_no_file_is_refused_before_simulating(
    staffsim: Command, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()

    def refused(self: Path, target: Path) -> Path:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "replace", refused)
    for command in ("run", "size"):
        result = staffsim(command, small, *FEW, "--out", out)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"{out}: can't be written: Operation not permitted\n"


def test_a_file_of_somebody_else_is_not_overwritten(staffsim: Command, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "chart.png").write_text("mine")
    result = staffsim("run", small, *FEW, "--out", out)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "chart.png" in result.stderr
    assert [path.read_text() for path in out.iterdir()] == ["mine"]


def test_refuses_a_place_that_is_none_before_simulating(staffsim: Command, small: Path) -> None:
    for place in (small, small / "below"):
        result = staffsim("run", small, *FEW, "--out", place)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert len(result.stderr.splitlines()) == 1
        assert str(place) in result.stderr


def test_a_full_disk_leaves_nothing_and_the_answer_is_still_told(
    staffsim: Command, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_files, "_draw", full)
    out = tmp_path / "out"
    result = staffsim("run", small, *FEW, "--out", out)
    assert result.exit_code == 2
    assert result.stderr == f"{out}: can't be written: No space left on device\n"
    assert result.stdout.startswith(("80/20", "90 %"))
    assert {path.name for path in tmp_path.iterdir()} == {"small.yaml"}


def test_sizing_writes_months_and_the_whole_answer(staffsim: Command, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = staffsim("size", small, "--replications", "6", "--out", out, "--per-interval", "--format", "json")
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in out.iterdir()} == {
        "months.csv", "months.parquet", "pattern.csv", "pattern.parquet", "result.json", "manifest.json",
    }  # fmt: skip
    assert json.loads((out / "result.json").read_text()) == json.loads(result.stdout)
    assert len(pd.read_parquet(out / "pattern.parquet")) == 7 * 24
    assert pd.read_csv(out / "months.csv")["month"].tolist() == ["2027-02"]


def test_a_folder_without_a_name_is_refused(small: Path, staffsim: Command) -> None:
    refused = staffsim("run", small, *FEW, "--out", "")
    assert refused.exit_code == 2
    assert "needs the name of a folder" in refused.stderr
