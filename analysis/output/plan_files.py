"""The files that ``staffsim plan --out`` writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..planning.results import PlanResult
from ..store import MANIFEST, Writer
from . import plan_rows
from .files import frame_names, frame_writers, text_writer
from .json_text import dumps
from .manifest import manifest
from .plan_data import plan_data
from .workbook import SheetTable, workbook_writer

RESULT, WORKBOOK = "result.json", "plan.xlsx"
_FRAMES = ("plan", "plan_queues", "leave_grid", "training_calendar", "quiet_times")
_SETTINGS = ("seed", "replications", "engine", "headline", "by")
"""Keys of the answer that the manifest repeats."""


def plan_file_names() -> tuple[str, ...]:
    """Names of the files."""
    return (*frame_names(_FRAMES), WORKBOOK, RESULT, MANIFEST)


def plan_files(result: PlanResult, command: str, made: datetime) -> dict[str, Writer]:
    """Writers of the tables, each also as a sheet of a workbook, of the whole answer, and of the manifest."""
    import pandas as pd

    tables = _tables(result)
    frames = {name: pd.DataFrame(rows, columns=list(columns)) for name, (columns, rows) in tables.items()}
    document = plan_data(result)
    settings = {key: document[key] for key in _SETTINGS}
    told = manifest(result.loaded, command, settings, plan_file_names(), made)
    return {
        **frame_writers(frames),
        WORKBOOK: workbook_writer(_sheets(tables)),
        RESULT: text_writer(dumps(document)),
        MANIFEST: text_writer(dumps(told)),
    }


Tables = dict[str, tuple[tuple[str, ...], list[dict[str, Any]]]]


def _tables(result: PlanResult) -> Tables:
    return {
        "plan": (plan_rows.TEAM_COLUMNS, list(plan_rows.team_rows(result))),
        "plan_queues": (plan_rows.QUEUE_COLUMNS, list(plan_rows.queue_rows(result))),
        "leave_grid": (plan_rows.LEAVE_COLUMNS, list(plan_rows.leave_rows(result))),
        "training_calendar": (plan_rows.TRAINING_COLUMNS, list(plan_rows.training_rows(result))),
        "quiet_times": (plan_rows.QUIET_COLUMNS, list(plan_rows.quiet_rows(result))),
    }


def _sheets(tables: Tables) -> list[SheetTable]:
    """Of what can be followed there, the formula."""
    formulas = {
        "plan": {
            "over_under_fte": "={available_fte}-{required_fte}",
            "required_payroll_fte": "={required_fte}*{payroll_fte}/{available_fte}",
        },
        "leave_grid": {"more_may_be_off": "={may_be_off}-{planned_off}"},
        "training_calendar": {"trainers_free": "={trainers}-{trainers_used}"},
    }
    return [
        SheetTable(name.replace("_", " "), columns, rows, formulas.get(name, {}))
        for name, (columns, rows) in tables.items()
    ]
