"""The files that ``staffsim run --out`` writes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ..simulation import RunResult
from ..store import MANIFEST, Writer
from ..tables import TOTAL_COLUMNS, total_rows
from .files import frame_names, frame_writers, text_writer
from .json_text import dumps
from .manifest import manifest
from .run_data import run_settings
from .words import counted, day

CHART = "chart.png"
_FRAMES = ("queue_intervals", "queue_days", "queue_months", "team_intervals", "team_days", "totals")
RUN_FILES = (*frame_names(_FRAMES), CHART, MANIFEST)


def run_files(result: RunResult, command: str, made: datetime) -> dict[str, Writer]:
    """Writers of RUN_FILES: the frames of ``docs/output.md``, a chart, and the manifest of ``command``."""
    import pandas as pd

    from .. import frames

    statistics = result.statistics
    tables = {name: getattr(frames, name)(statistics) for name in _FRAMES[:-1]}
    tables["totals"] = pd.DataFrame(total_rows(result.figures), columns=list(TOTAL_COLUMNS))

    def chart(path: Path) -> None:
        _draw(result, path)

    told = manifest(result.loaded, command, run_settings(result), RUN_FILES, made)
    return {**frame_writers(tables), CHART: chart, MANIFEST: text_writer(dumps(told))}


def _draw(result: RunResult, path: Path) -> None:
    from ..charts.finding import finding
    from ..charts.week_chart import draw_week
    from ..charts.week_profile import week_profile

    profile = week_profile(result.statistics)
    scenario = result.loaded.model
    days = counted(result.statistics.centre.horizon_days, "day")
    replications = counted(result.statistics.replications, "replication")
    caption = (
        f"{scenario.name}: average week of {days} from {day(scenario.start)}, {replications}; "
        "bands and error bars: 95 % intervals"
    )
    draw_week(profile, finding(profile), caption).savefig(path)
