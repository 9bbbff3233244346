"""What becomes of the paid time of people who come and go: a row for each month of every such team."""

from __future__ import annotations

from sim.scenario.team import Team

from ..queue_kpis import Figures
from ..uncertainty import Estimates
from .grid import TextColumn, grid
from .words import number


def time_table(team: Team, months: tuple[str, ...], figures: Figures, width: int) -> str:
    """The table of one team, ``figures`` by month; empty where the file tells nothing of what time is spent on."""
    columns = [
        TextColumn("month", months, left=True),
        *(_heads(team, figures) if team.whole_day_reasons else ()),
    ]
    return grid(columns, width=width, keys=1) if len(columns) > 1 else ""


def _heads(team: Team, figures: Figures) -> list[TextColumn]:
    group = "heads past training"
    return [
        _numbers(figures, "heads_absent", "away all day", group),
        _numbers(figures, "heads_present", "there", group),
        _numbers(figures, "heads_on_phones", "on the phones", group),
    ]


def _numbers(figures: Figures, name: str, header: str, group: str) -> TextColumn:
    found = figures[name]
    values = found.value if isinstance(found, Estimates) else found
    return TextColumn(header, tuple(number(float(value), 1) for value in values), group)
