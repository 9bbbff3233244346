"""The files that ``staffsim size --out`` writes."""

from __future__ import annotations

from datetime import datetime

from ..sizing.results import HoldsResult, SizeResult
from ..store import MANIFEST, Writer
from .files import frame_names, frame_writers, text_writer
from .json_text import dumps
from .manifest import manifest
from .size_data import month_rows, pattern_rows, size_data

RESULT = "result.json"
_MONTHS, _PATTERN = "months", "pattern"


def size_file_names(*, per_interval: bool) -> tuple[str, ...]:
    """Names of the files."""
    return (*frame_names((_MONTHS, _PATTERN) if per_interval else (_MONTHS,)), RESULT, MANIFEST)


def size_files(result: SizeResult, held: HoldsResult, command: str, made: datetime) -> dict[str, Writer]:
    """Writers of the months, the pattern if there is one, the whole answer, and the manifest of ``command``."""
    import pandas as pd

    tables = {_MONTHS: pd.DataFrame(month_rows(result, held))}
    if result.pattern is not None:
        tables[_PATTERN] = pd.DataFrame(pattern_rows(result.pattern, result.loaded.model.interval))
    document = size_data(result, held)
    settings = {key: document[key] for key in ("seed", "replications", "engine", "limit", "unit", "headline")}
    names = size_file_names(per_interval=result.pattern is not None)
    told = manifest(result.loaded, command, settings, names, made)
    return {**frame_writers(tables), RESULT: text_writer(dumps(document)), MANIFEST: text_writer(dumps(told))}
