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
from .shift_rows import roster_rows, schedule_rows
from .size_data import size_data
from .size_rows import month_rows, pattern_rows

RESULT = "result.json"
_MONTHS, _PATTERN = "months", "pattern"
_SHIFTS = ("schedule", "roster")
_SETTINGS = ("seed", "replications", "engine", "limit", "unit", "headline")
"""Keys of the answer that the manifest repeats; limit and unit are those of one team."""


def size_file_names(
    loaded: LoadedScenario, team: str | None, *, per_interval: bool, shifts: bool = False
) -> tuple[str, ...]:
    """Names of the files. ScenarioError as ``questions``."""
    asked = questions(loaded, team, per_interval=per_interval)
    return _names([name for question in asked for name in question.teams] if per_interval else [], shifts=shifts)


def size_files(result: SizeResult, held: HoldsResult, command: str, made: datetime) -> dict[str, Writer]:
    """Writers of the months, the patterns and schedules if asked for, the answer, and the manifest of ``command``."""
    import pandas as pd

    patterns = {team.team: team.pattern for team in result.teams if team.pattern is not None}
    interval_ms = result.loaded.model.interval
    tables = {_MONTHS: pd.DataFrame(month_rows(result, held))}
    for name, pattern in zip(_pattern_names(list(patterns)), patterns.values(), strict=True):
        tables[name] = pd.DataFrame(pattern_rows(pattern, interval_ms))
    if result.shifts:
        rows = (schedule_rows(result.shifts), roster_rows(result.shifts))
        tables |= {name: pd.DataFrame(of) for name, of in zip(_SHIFTS, rows, strict=True)}
    document = size_data(result, held)
    settings = {key: document[key] for key in _SETTINGS if key in document}
    told = manifest(result.loaded, command, settings, _names(list(patterns), shifts=bool(result.shifts)), made)
    return {**frame_writers(tables), RESULT: text_writer(dumps(document)), MANIFEST: text_writer(dumps(told))}


def _names(with_pattern: Sequence[str], *, shifts: bool) -> tuple[str, ...]:
    tables = (_MONTHS, *_pattern_names(with_pattern), *(_SHIFTS if shifts else ()))
    return (*frame_names(tables), RESULT, MANIFEST)


def _pattern_names(teams: Sequence[str]) -> list[str]:
    """``pattern`` of one team; of several ``pattern_France``, ..."""
    return [_PATTERN] if len(teams) == 1 else [f"{_PATTERN}_{team}" for team in teams]
