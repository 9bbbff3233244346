"""The files that ``staffsim size --out`` writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sim.scenario.load import LoadedScenario

from ..sizing.questions import questions
from ..sizing.results import HoldsResult, SizeResult
from ..store import MANIFEST, Writer
from .files import frame_names, frame_writers, text_writer
from .json_text import dumps
from .manifest import manifest
from .size_data import size_data
from .size_rows import month_rows, pattern_rows

RESULT = "result.json"
_MONTHS, _PATTERN = "months", "pattern"
_SETTINGS = ("seed", "replications", "engine", "limit", "unit", "headline")
"""Keys of the answer that the manifest repeats; limit and unit are those of one team."""


def size_file_names(loaded: LoadedScenario, team: str | None, *, per_interval: bool) -> tuple[str, ...]:
    """Names of the files. ScenarioError as ``questions``."""
    asked = questions(loaded, team, per_interval=per_interval)
    return _names([name for question in asked for name in question.teams] if per_interval else [])


def size_files(result: SizeResult, held: HoldsResult, command: str, made: datetime) -> dict[str, Writer]:
    """Writers of the months, the patterns if there are any, the whole answer, and the manifest of ``command``."""
    import pandas as pd

    patterns = {team.team: team.pattern for team in result.teams if team.pattern is not None}
    interval_ms = result.loaded.model.interval
    tables = {_MONTHS: pd.DataFrame(month_rows(result, held))}
    for name, pattern in zip(_pattern_names(list(patterns)), patterns.values(), strict=True):
        tables[name] = pd.DataFrame(pattern_rows(pattern, interval_ms))
    document = size_data(result, held)
    settings = {key: document[key] for key in _SETTINGS if key in document}
    told = manifest(result.loaded, command, settings, _names(list(patterns)), made)
    return {**frame_writers(tables), RESULT: text_writer(dumps(document)), MANIFEST: text_writer(dumps(told))}


def _names(with_pattern: Sequence[str]) -> tuple[str, ...]:
    return (*frame_names((_MONTHS, *_pattern_names(with_pattern))), RESULT, MANIFEST)


def _pattern_names(teams: Sequence[str]) -> list[str]:
    """``pattern`` of one team; of several ``pattern_France``, ..."""
    return [_PATTERN] if len(teams) == 1 else [f"{_PATTERN}_{team}" for team in teams]
