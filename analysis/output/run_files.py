"""The files that ``staffsim run --out`` writes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sim.scenario.centre import CentreScenario

from ..simulation import RunResult
from ..store import MANIFEST, Writer
from .files import frame_names, frame_writers, text_writer
from .json_text import dumps
from .manifest import manifest
from .run_data import run_settings
from .walk_rows import COLUMNS, walk_rows
from .words import counted, day

if TYPE_CHECKING:
    from ..contact_log import ContactLog

CHART = "chart.png"
CONTACTS = "contacts.parquet"
_FRAMES = (
    "queue_intervals",
    "queue_days",
    "queue_months",
    "team_intervals",
    "team_days",
    "team_months",
    "team_services",
)
_SITE_FRAMES = ("site_days", "site_months")
_TOTALS = "totals"
_WALK = "fte_walk"


def run_file_names(scenario: CentreScenario, *, contacts: bool) -> tuple[str, ...]:
    """Names of the files; those of sites where there are such, the contact log if it is asked for."""
    frames = (*_FRAMES, *(_SITE_FRAMES if scenario.sites else ()), _TOTALS, _WALK)
    return (*frame_names(frames), CHART, *((CONTACTS,) if contacts else ()), MANIFEST)


def run_files(result: RunResult, command: str, made: datetime, contacts: ContactLog | None = None) -> dict[str, Writer]:
    """Writers of the frames of ``docs/output.md``, a chart, the contacts, and the manifest of ``command``."""
    import pandas as pd

    from .. import frames

    statistics, settings = result.statistics, dict(run_settings(result))
    tables = {name: getattr(frames, name)(statistics) for name in _FRAMES}
    if result.sites:
        tables |= {name: getattr(frames, name)(statistics, result.sites) for name in _SITE_FRAMES}
    tables[_TOTALS] = frames.totals_of(result.figures)
    tables[_WALK] = pd.DataFrame(list(walk_rows(result.walk)), columns=list(COLUMNS))

    def chart(path: Path) -> None:
        _draw(result, path)

    writers: dict[str, Writer] = {**frame_writers(tables), CHART: chart}
    if contacts is not None:
        writers[CONTACTS] = contacts.move_to
        settings["contacts"] = contacts.rows
    names = run_file_names(result.loaded.model, contacts=contacts is not None)
    told = manifest(result.loaded, command, settings, names, made)
    return {**writers, MANIFEST: text_writer(dumps(told))}


def _draw(result: RunResult, path: Path) -> None:
    from ..charts.days_off import days_off
    from ..charts.week_chart import draw_week
    from ..charts.week_profile import week_profile

    scenario = result.loaded.model
    days = counted(result.statistics.centre.horizon_days, "day")
    replications = counted(result.statistics.replications, "replication")
    simulated = f"{scenario.name}: average week of {days} from {day(scenario.start)}, {replications}."
    draw_week(week_profile(result.statistics, days_off(scenario), result.sites), simulated).savefig(path)
