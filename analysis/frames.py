"""Statistics as tidy pandas frames: a row for each queue, team or site and span of time, a column for each figure.

Columns are named as in ``docs/figures.md``; ``<figure>_half_width`` is half the width of its 95 % interval. Moments
are naive civil time. A figure that a queue's channel doesn't have is NaN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .interval_kpis import queue_interval_figures, team_interval_figures
from .intervals import CentreStatistics
from .kpis import CentreFigures, Payroll, centre_figures, figures_together, services, team_figures
from .queue_kpis import Figures, queue_figures
from .risk import share_meeting
from .sites import ALL, Site
from .spans import Over, first_day, spans
from .tables import TOTAL_COLUMNS, total_rows
from .uncertainty import Estimates

Columns = dict[str, Any]
"""Columns of a frame, all of one length."""


def queue_intervals(statistics: CentreStatistics) -> pd.DataFrame:
    """Queue x interval: contact figures by arrival, waiting by the clock."""
    return _stacked(
        "queue",
        statistics.centre.queue_names,
        [
            _interval_starts(statistics) | {"open": is_open} | _columns(queue_interval_figures(statistics, queue))
            for queue, is_open in enumerate(statistics.centre.interval_open)
        ],
    )


def queue_days(statistics: CentreStatistics) -> pd.DataFrame:
    """Queue x day, with the share of the replications in which the day meets all targets of the queue."""
    return _queue_spans(statistics, "day")


def queue_months(statistics: CentreStatistics) -> pd.DataFrame:
    """Queue x calendar month, with percentiles, and the share of the replications in which all its targets are met."""
    return _queue_spans(statistics, "month")


def team_intervals(statistics: CentreStatistics) -> pd.DataFrame:
    """Team x interval."""
    teams = statistics.centre.team_names
    starts = _interval_starts(statistics)
    return _stacked(
        "team", teams, [starts | _columns(team_interval_figures(statistics, team)) for team in range(len(teams))]
    )


def team_days(statistics: CentreStatistics) -> pd.DataFrame:
    """Team x day."""
    teams = statistics.centre.team_names
    starts = _span_starts(statistics, "day")
    return _stacked(
        "team", teams, [starts | _columns(team_figures(statistics, team, "day")) for team in range(len(teams))]
    )


def team_months(statistics: CentreStatistics) -> pd.DataFrame:
    """Team x calendar month; with a workforce its people, too."""
    teams = statistics.centre.team_names
    starts = _span_starts(statistics, "month")
    return _stacked(
        "team", teams, [starts | _columns(team_figures(statistics, team, "month")) for team in range(len(teams))]
    )


def team_services(statistics: CentreStatistics) -> pd.DataFrame:
    """Team x queue x calendar month of arrival: how many contacts the team served, and what share of the queue."""
    starts = _span_starts(statistics, "month")
    tables = [
        {"team": team, "queue": queue} | starts | _columns(figures)
        for team, of_team in services(statistics, "month").items()
        for queue, figures in of_team.items()
    ]
    return _concatenated(tables, "team", "queue", "start")


def site_days(statistics: CentreStatistics, sites: Sequence[Site]) -> pd.DataFrame:
    """Site x part (all, calls, chats, emails, teams) x day."""
    return _site_spans(statistics, sites, "day")


def site_months(statistics: CentreStatistics, sites: Sequence[Site]) -> pd.DataFrame:
    """Site x part x calendar month, with percentiles."""
    return _site_spans(statistics, sites, "month")


def totals(
    statistics: CentreStatistics, payroll: Mapping[str, Payroll] | None = None, sites: Sequence[Site] = ()
) -> pd.DataFrame:
    """Figures of the whole horizon, a row each: of (queue, total, ...), name, figure, value, half_width, currency."""
    return totals_of(centre_figures(statistics, payroll, sites))


def totals_of(figures: CentreFigures) -> pd.DataFrame:
    """As ``totals``, of figures that are known already."""
    return pd.DataFrame(total_rows(figures), columns=list(TOTAL_COLUMNS)).astype({"currency": "string"})


def _queue_spans(statistics: CentreStatistics, over: Over) -> pd.DataFrame:
    queues = statistics.centre.queue_names
    return _stacked(
        "queue",
        queues,
        [
            _span_starts(statistics, over)
            | _columns(queue_figures(statistics, [queue], over))
            | {"meets_targets": share_meeting(statistics, [queue], over)}
            for queue in range(len(queues))
        ],
    )


def _site_spans(statistics: CentreStatistics, sites: Sequence[Site], over: Over) -> pd.DataFrame:
    starts = _span_starts(statistics, over)
    tables: list[Columns] = []
    for site in sites:
        meets = {"meets_targets": share_meeting(statistics, site.queues, over)}
        for part, figures in figures_together(statistics, site.queues, site.teams, over).items():
            told = _columns(figures) | (meets if part == ALL else {})
            tables.append({"site": site.name, "part": part} | starts | told)
    return _concatenated(tables, "site", "part", "start")


def _interval_starts(statistics: CentreStatistics) -> Columns:
    centre = statistics.centre
    begin = np.datetime64(first_day(centre), "ms")
    return {"start": begin + np.arange(centre.intervals) * np.timedelta64(centre.engine.clock.interval_ms, "ms")}


def _span_starts(statistics: CentreStatistics, over: Over) -> Columns:
    begin = np.datetime64(first_day(statistics.centre), "D")
    return {"start": (begin + spans(statistics.centre, over).starts).astype("datetime64[ms]")}


def _columns(figures: Figures) -> Columns:
    columns: Columns = {}
    for name, figure in figures.items():
        if isinstance(figure, Estimates):
            columns |= {name: figure.value, f"{name}_half_width": figure.half_width}
        else:
            columns[name] = figure
    return columns


def _stacked(kind: str, names: Sequence[str], tables: Sequence[Columns]) -> pd.DataFrame:
    """One frame of the tables of all queues or teams, named in the first column."""
    return _concatenated([{kind: name} | table for name, table in zip(names, tables, strict=True)], kind)


def _concatenated(tables: Sequence[Columns], *keys: str) -> pd.DataFrame:
    """One frame of them all; with its ``keys`` alone if there are none."""
    if not tables:
        return pd.DataFrame(columns=list(keys))
    return pd.concat([pd.DataFrame(table) for table in tables], ignore_index=True)
