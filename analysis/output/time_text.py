"""What becomes of the paid time of people who come and go: a row for each month of every such team."""

from __future__ import annotations

from sim.scenario.team import Team

from ..kpis import Payroll
from ..queue_kpis import Figures
from ..uncertainty import Estimates
from .grid import TextColumn, grid
from .words import number, percent


def time_table(team: Team, months: tuple[str, ...], figures: Figures, width: int) -> str:
    """The table of one team, ``figures`` by month; empty where the file tells nothing of what time is spent on."""
    columns = [
        TextColumn("month", months, left=True),
        *(_heads(team, figures) if team.whole_day_reasons else ()),
        *(
            _numbers(figures, name, header, "hours", digits=0)
            for name, header in (("overtime_h", "overtime"), ("time_off_h", "time off"))
            if name in figures
        ),
        *(_coaching(figures) if "coaching_h" in figures else ()),
    ]
    return grid(columns, width=width, keys=1) if len(columns) > 1 else ""


def _heads(team: Team, figures: Figures) -> list[TextColumn]:
    group = "heads past training"
    return [
        _numbers(figures, "heads_absent", "away all day", group),
        _numbers(figures, "heads_present", "there", group),
        _numbers(figures, "heads_on_phones", "left for the phones", group),
    ]


def _coaching(figures: Figures) -> list[TextColumn]:
    group = "coaching"
    load = tuple(percent(value) for value in _values(figures, "coach_load"))
    return [
        _numbers(figures, "beginners", "beginners", group),
        _numbers(figures, "coaching_h", "hours asked for", group, digits=0),
        TextColumn("load of the coaches", load, group),
        _numbers(figures, "coaching_by_colleagues_h", "by colleagues", group, digits=0),
        _numbers(figures, "agents_per_coach", "agents per coach", group),
    ]


def extra_text(paid: Payroll) -> str:
    """``In the cost: 2 940 h of overtime for 74 025 EUR.``; empty without any."""
    parts = []
    for hours, amount, what, price in (
        (paid.overtime_h, paid.overtime_cost, "overtime", "for"),
        (paid.time_off_h, paid.time_off_saving, "time off", "saving"),
    ):
        if hours:
            money = "" if amount is None else f" {price} {number(amount)} {paid.currency}"
            parts.append(f"{number(hours)} h of {what}{money}")
    return f"In paid hours and cost: {' and '.join(parts)}." if parts else ""


def _numbers(figures: Figures, name: str, header: str, group: str, digits: int = 1) -> TextColumn:
    return TextColumn(header, tuple(number(value, digits) for value in _values(figures, name)), group)


def _values(figures: Figures, name: str) -> list[float]:
    found = figures[name]
    return [float(value) for value in (found.value if isinstance(found, Estimates) else found)]
