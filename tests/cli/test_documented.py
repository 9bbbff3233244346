"""Every key that is printed and every column that is written stands in the documentation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from .conftest import Command

DOCS = Path(__file__).parents[2] / "docs"
NAMES = {"calls", "emails", "all", "advisers"}


@pytest.fixture(scope="module")
def documented() -> set[str]:
    text = (DOCS / "output.md").read_text() + (DOCS / "figures.md").read_text()
    return set(re.findall(r"`([^`]+)`", text)) | NAMES


def keys(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key.removesuffix("_half_width") or key
            if key not in ("resolved", "versions", "positions"):
                yield from keys(value)
    elif isinstance(data, list):
        for value in data:
            yield from keys(value)


@pytest.mark.parametrize("command", [("run", "--by", "month"), ("size", "--per-interval"), ("plan",)])
def test_json_keys(command: tuple[str, str], staffsim: Command, small: Path, documented: set[str]) -> None:
    name, *options = command
    result = staffsim(name, small, "--replications", "5", "--format", "json", *options)
    assert set(keys(json.loads(result.stdout))) - documented == set()


def test_frames_and_manifest(staffsim: Command, small: Path, tmp_path: Path, documented: set[str]) -> None:
    out = tmp_path / "out"
    staffsim("run", small, "--replications", "2", "--out", out)
    for frame in out.glob("*.parquet"):
        columns = {column.removesuffix("_half_width") or column for column in pd.read_parquet(frame).columns}
        assert columns - documented == set(), frame.name
    assert set(keys(json.loads((out / "manifest.json").read_text()))) - documented == set()


def test_a_pattern_can_be_run(staffsim: Command, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert staffsim("size", small, "--replications", "5", "--per-interval", "--out", out).exit_code == 0
    team = small.read_text().rindex("{heads")
    small.write_text(small.read_text()[:team] + "{positions: out/pattern.csv}\n")
    result = staffsim("run", small, "--replications", "2")
    assert result.exit_code == 0, result.stderr
