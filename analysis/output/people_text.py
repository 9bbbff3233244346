"""People over months: a row for each month of every team whose people come and go."""

from __future__ import annotations

from ..class_effects import class_effects
from ..kpis import team_figures
from ..people_kpis import has_people
from ..queue_kpis import Figures
from ..simulation import RunResult
from ..spans import spans
from ..uncertainty import Estimates
from .class_text import class_sentence
from .grid import TextColumn, grid
from .time_text import extra_text, time_table
from .words import number, percent

_EXPECTED = "Of classes expected numbers are told; growth and replacements are left aside."


def people_text(result: RunResult, width: int) -> str:
    """The tables; empty where no team has a workforce."""
    if not has_people(result.statistics):
        return ""
    months = spans(result.statistics.centre, "month").labels
    told = []
    for team, (name, model) in enumerate(result.loaded.model.teams.items()):
        if not result.loaded.model.has_workforce(name):
            continue
        figures = team_figures(result.statistics, team, "month")
        told.append(f"People of {name}, by month:\n{_table(months, figures, width)}")
        if time := time_table(model, months, figures, width):
            extra = extra_text(result.payroll[name])
            told.append("\n".join([f"Time of {name}, by month:", time, *([extra] if extra else [])]))
        if effects := list(class_effects(result.loaded.model, name)):
            told.append("\n".join([*map(class_sentence, effects), _EXPECTED]))
    return "\n\n".join(told)


def _table(months: tuple[str, ...], figures: Figures, width: int) -> str:
    payroll, phones = "payroll", "on the phones"
    columns = [
        TextColumn("month", months, left=True),
        _numbers(figures, "hires", "hired", 1, payroll),
        _numbers(figures, "leavers", "left", 1, payroll),
        *_moved(figures, payroll),
        _numbers(figures, "heads_at_end", "heads at end", 1, payroll),
        _numbers(figures, "in_training", "in training", 1, payroll),
        TextColumn("proficiency", tuple(percent(value) for value in _values(figures, "proficiency")), "past training"),
        _numbers(figures, "productive_heads", "productive heads", 1, "past training"),
        _numbers(figures, "positions_mean", "positions", 1, phones),
        TextColumn("occupancy", tuple(percent(value) for value in _values(figures, "occupancy")), phones),
    ]
    return grid(columns, width=width, keys=1)


def _moved(figures: Figures, group: str) -> list[TextColumn]:
    """Who came from other teams and went to them, if anybody did."""
    named = (("moved_in", "moved in"), ("moved_out", "moved out"))
    return [_numbers(figures, name, header, 1, group) for name, header in named if any(_values(figures, name))]


def _numbers(figures: Figures, name: str, header: str, digits: int, group: str) -> TextColumn:
    return TextColumn(header, tuple(number(value, digits) for value in _values(figures, name)), group)


def _values(figures: Figures, name: str) -> list[float]:
    found = figures[name]
    return [float(value) for value in (found.value if isinstance(found, Estimates) else found)]
