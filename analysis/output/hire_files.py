"""The files that ``staffsim hire --out`` writes."""

from __future__ import annotations

from datetime import datetime

from ..hiring.results import HireResult
from ..store import MANIFEST, Writer
from .files import frame_names, frame_writers, text_writer
from .hire_data import hire_data
from .hire_text import CLASS_COLUMNS, class_rows
from .json_text import dumps
from .manifest import manifest

RESULT = "result.json"
_CLASSES = "classes"
_SETTINGS = ("seed", "replications", "engine", "headline", "probability_asked")
"""Keys of the answer that the manifest repeats."""


def hire_file_names() -> tuple[str, ...]:
    """Names of the files."""
    return (*frame_names((_CLASSES,)), RESULT, MANIFEST)


def hire_files(result: HireResult, command: str, made: datetime) -> dict[str, Writer]:
    """Writers of the classes, the whole answer, and the manifest of ``command``."""
    import pandas as pd

    tables = {_CLASSES: pd.DataFrame(list(class_rows(result)), columns=list(CLASS_COLUMNS))}
    document = hire_data(result)
    settings = {key: document[key] for key in _SETTINGS}
    told = manifest(result.loaded, command, settings, hire_file_names(), made)
    return {**frame_writers(tables), RESULT: text_writer(dumps(document)), MANIFEST: text_writer(dumps(told))}
