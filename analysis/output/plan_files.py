"""The files that ``staffsim plan --out`` writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ..planning.results import PlanResult
from ..store import MANIFEST, Writer
from . import plan_rows
from .files import frame_names, frame_writers, text_writer
from .json_text import dumps
from .manifest import manifest
from .plan_data import plan_data
from .reforecast_file import reforecast_yaml
from .workbook import SheetTable, workbook_writer

RESULT, WORKBOOK, REFORECAST = "result.json", "plan.xlsx", "reforecast.yaml"
_VARIANCE = "plan_against_actual"
_FRAMES = ("plan", "plan_queues", "leave_grid", "training_calendar", "quiet_times")
_SETTINGS = ("seed", "replications", "engine", "headline", "by")
"""Keys of the answer that the manifest repeats."""


def plan_file_names(*, actuals: bool) -> tuple[str, ...]:
    """Names of the files; with actuals those of the reforecast, too."""
    frames = (*_FRAMES, _VARIANCE) if actuals else _FRAMES
    return (*frame_names(frames), WORKBOOK, *((REFORECAST,) if actuals else ()), RESULT, MANIFEST)


def plan_files(
    result: PlanResult, folder: Path, settings: Sequence[str], command: str, made: datetime
) -> dict[str, Writer]:
    """Writers of the tables, each also as a sheet of a workbook, of the whole answer, and of the manifest.

    With actuals also of the scenario that goes on from them, which extends the one that was planned; ``folder`` is
    where it will be, ``settings`` what was changed of that one.
    """
    import pandas as pd

    tables = _tables(result)
    frames = {name: pd.DataFrame(rows, columns=list(columns)) for name, (columns, rows) in tables.items()}
    document = plan_data(result)
    told = {key: document[key] for key in _SETTINGS}
    names = plan_file_names(actuals=result.reforecast is not None)
    writers: dict[str, Writer] = {}
    if result.reforecast is not None:
        writers[REFORECAST] = text_writer(reforecast_yaml(result, folder, settings))
    return {
        **writers,
        **frame_writers(frames),
        WORKBOOK: workbook_writer(_sheets(tables)),
        RESULT: text_writer(dumps(document)),
        MANIFEST: text_writer(dumps(manifest(result.loaded, command, told, names, made))),
    }


Tables = dict[str, tuple[tuple[str, ...], list[dict[str, Any]]]]


def _tables(result: PlanResult) -> Tables:
    tables: Tables = {
        "plan": (plan_rows.TEAM_COLUMNS, list(plan_rows.team_rows(result))),
        "plan_queues": (plan_rows.QUEUE_COLUMNS, list(plan_rows.queue_rows(result))),
        "leave_grid": (plan_rows.LEAVE_COLUMNS, list(plan_rows.leave_rows(result))),
        "training_calendar": (plan_rows.TRAINING_COLUMNS, list(plan_rows.training_rows(result))),
        "quiet_times": (plan_rows.QUIET_COLUMNS, list(plan_rows.quiet_rows(result))),
    }
    if result.reforecast is not None:
        tables[_VARIANCE] = (plan_rows.VARIANCE_COLUMNS, list(plan_rows.variance_rows(result)))
    return tables


def _sheets(tables: Tables) -> list[SheetTable]:
    """Of what can be followed there, the formula."""
    formulas = {
        "plan": {
            "over_under_fte": "={available_fte}-{required_fte}",
            "required_payroll_fte": "={required_fte}*{payroll_fte}/{available_fte}",
        },
        "leave_grid": {"more_may_be_off": "={may_be_off}-{planned_off}"},
        "training_calendar": {"trainers_free": "={trainers}-{trainers_used}"},
        _VARIANCE: {"actual_fte": "={planned_fte}+{by_volume}+{by_aht}+{by_shrinkage}+{by_heads}"},
    }
    return [
        SheetTable(name.replace("_", " "), columns, rows, formulas.get(name, {}))
        for name, (columns, rows) in tables.items()
    ]
