"""``staffsim new`` and ``staffsim schema``."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Command


def test_new_is_a_scenario_that_is_sound(staffsim: Command, tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    result = staffsim("new", "--to", path)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert str(path) in result.stderr
    assert path.read_text() == staffsim("new").stdout
    assert staffsim("check", path).exit_code == 0


def test_new_does_not_overwrite_unless_forced(staffsim: Command, tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text("mine")
    result = staffsim("new", "--to", path)
    assert result.exit_code == 2
    assert result.stderr == f"{path}: exists already; use --force to overwrite it\n"
    assert path.read_text() == "mine"
    assert staffsim("new", "--to", path, "--force").exit_code == 0
    assert path.read_text() != "mine"


def test_new_in_a_folder_that_is_not_there(staffsim: Command, tmp_path: Path) -> None:
    result = staffsim("new", "--to", tmp_path / "none" / "my.yaml")
    assert result.exit_code == 2
    assert "can't be written: No such file or directory" in result.stderr


def test_schema_is_json(staffsim: Command) -> None:
    schema = json.loads(staffsim("schema").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "queues" in schema["properties"]
