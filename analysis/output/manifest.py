"""The manifest beside written results: what they were made from, and how they can be made again."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim.scenario.load import LoadedScenario

from ..store import WRITTEN
from .run_data import scenario_data
from .version import staffsim_version

_PACKAGES = ("numpy", "numba", "scipy", "pandas", "simpy")


def manifest(
    loaded: LoadedScenario, command: str, settings: Mapping[str, Any], written: Collection[str], made: datetime
) -> dict[str, Any]:
    """What ``command`` made at the moment ``made``; ``settings`` are those that its figures depend on."""
    return {
        **scenario_data(loaded),
        "command": command,
        "made": made.astimezone(UTC).isoformat(timespec="seconds"),
        **settings,
        "versions": {"staffsim": staffsim_version(), "python": platform.python_version(), **_versions()},
        "read": [{"file": str(file), "sha256": _sha256(file)} for file in loaded.files],
        WRITTEN: sorted(written),
        "resolved": loaded.resolved,
    }


def _versions() -> dict[str, str]:
    return {package: version(package) for package in _PACKAGES}


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
