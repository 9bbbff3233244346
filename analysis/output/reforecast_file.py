"""The scenario that goes on from the actuals, as a file that extends the one that was planned."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from ..planning.results import PlanResult

_LEAD = """\
# What is left of the plan after {file}: from the day after its last period on, with the heads that there were then.
# Written by staffsim plan; run, size, hire and plan take it as any other scenario.
"""


def reforecast_yaml(result: PlanResult, folder: Path, settings: Sequence[str]) -> str:
    """The text of the file in the ``folder``; ``settings`` are those with which the scenario was loaded."""
    told = result.reforecast
    assert told is not None
    source = os.path.relpath(result.loaded.source.resolve(), folder.resolve())
    tree: dict[str, Any] = {"extends": source.replace(os.sep, "/")}
    for setting in settings:
        path, _, value = setting.partition("=")
        _put(tree, path.strip().split("."), yaml.safe_load(value))
    _merge(tree, told.changes)
    return _LEAD.format(file=Path(told.file).name) + yaml.safe_dump(tree, sort_keys=False, allow_unicode=True)


def _put(tree: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """A value in its place, as ``--set`` puts it: a mapping is merged."""
    *above, last = path
    for key in above:
        tree = tree.setdefault(key, {})
    if isinstance(value, dict) and isinstance(tree.get(last), dict):
        _merge(tree[last], value)
    else:
        tree[last] = value


def _merge(tree: dict[str, Any], other: Any) -> None:
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(tree.get(key), dict):
            _merge(tree[key], value)
        else:
            tree[key] = value
