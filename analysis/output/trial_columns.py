"""Columns that tables of staffs tried in a month share."""

from __future__ import annotations

from collections.abc import Sequence

from ..sizing.results import Trial
from .grid import TextColumn
from .target_words import days_met, figure_name
from .words import percent_within


def target_columns(trials: Sequence[Trial]) -> list[TextColumn]:
    """Each target's figure and the days that meet all of them, a row for each trial."""
    columns = []
    for place, first in enumerate(trials[0].decision.targets):
        figures = [trial.decision.targets[place].overall for trial in trials]
        columns.append(TextColumn(figure_name(first.target), tuple(percent_within(*figure) for figure in figures)))
    return [*columns, TextColumn("days met", tuple(days_met(trial.decision) for trial in trials))]
