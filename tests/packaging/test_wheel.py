"""What is installed: exactly the project's own top-level names, with the scenarios inside."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_top_level_names(wheel_names: set[str]) -> None:
    top = {name.split("/")[0] for name in wheel_names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"sim", "analysis", "cli.py"}


def test_types_are_declared(wheel_names: set[str]) -> None:
    assert {"sim/py.typed", "analysis/py.typed"} <= wheel_names


def test_every_scenario_is_inside_with_its_files(wheel_names: set[str]) -> None:
    scenarios = ROOT / "scenarios"
    expected = {
        f"sim/_scenarios/{path.relative_to(scenarios).as_posix()}"
        for path in scenarios.rglob("*")
        if path.suffix in {".yaml", ".csv", ".json"}
    }
    assert len(expected) > 5
    assert expected <= wheel_names


def test_the_command_line_imports_nothing_to_compute_with() -> None:
    tree = ast.parse((ROOT / "cli.py").read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    assert imported.isdisjoint({"numpy", "pandas", "scipy", "numba", "simpy", "math", "statistics"})
