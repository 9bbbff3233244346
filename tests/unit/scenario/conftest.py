"""A small sound scenario as plain data, files of it, and what loading them says."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.errors import ScenarioError
from sim.scenario.load import load_scenario

SMALL: dict[str, Any] = {
    "kind": "centre",
    "name": "Small",
    "start": "2027-01-04",
    "horizon": "4 weeks",
    "queues": {
        "calls": {
            "channel": "call",
            "arrivals": {"per_week": 1000},
            "handle_time": "6 min",
            "patience": {"mean": "4 min"},
            "targets": {"service_level": "80 % in 20 s"},
        },
        "emails": {
            "channel": "email",
            "arrivals": {"per_week": 300},
            "handle_time": "8 min",
            "targets": {"response": "80 % in 4 h"},
        },
    },
    "teams": {"advisers": {"heads": 12}},
}

REMOVED = object()


def edited(changes: dict[str, Any]) -> dict[str, Any]:
    """SMALL with values put at dotted paths; REMOVED takes one out."""
    data = copy.deepcopy(SMALL)
    for path, value in changes.items():
        *parents, last = path.split(".")
        holder = data
        for key in parents:
            holder = holder.setdefault(key, {})
        if value is REMOVED:
            del holder[last]
        else:
            holder[last] = copy.deepcopy(value)
    return data


@pytest.fixture
def small() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Plain data of the small scenario with changes at dotted paths."""
    return edited


@pytest.fixture
def removed() -> object:
    """Stands for a field to be taken out."""
    return REMOVED


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | dict[str, Any]], Path]:
    """Write a scenario file, from text or plain data, beside whatever else is in the folder."""

    def write_file(content: str | dict[str, Any], name: str = "care.yaml") -> Path:
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def problems_of(write: Callable[..., Path]) -> Callable[..., list[str]]:
    """The problems of a scenario given as text or plain data, as ``field: message``."""

    def problems(content: str | dict[str, Any], *overrides: str) -> list[str]:
        with pytest.raises(ScenarioError) as caught:
            load_scenario(write(content), overrides)
        return [f"{problem.field}: {problem.message}" for problem in caught.value.problems]

    return problems


@pytest.fixture
def doubts(write: Callable[..., Path], small: Callable[..., dict[str, Any]]) -> Callable[..., list[str]]:
    """What is told of the small scenario with changes, as ``field: message``."""

    def doubts_of(changes: dict[str, Any], *overrides: str) -> list[str]:
        loaded = load_scenario(write(small(changes)), overrides)
        return [f"{one.field}: {one.message}" for one in loaded.warnings]

    return doubts_of
