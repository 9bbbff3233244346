"""Figures of the whole horizon as aligned text, all of them, by the names of ``docs/figures.md``."""

from __future__ import annotations

from collections.abc import Mapping

from sim.scenario.centre import CentreScenario

from ..kpis import CentreFigures, Estimate
from .grid import TextColumn, grid
from .words import duration, mean_count, number, percent

_SHARES = frozenset(
    {
        "self_inflicted",
        "sl_offered",
        "sl_excl_short",
        "sl_abandons_met",
        "sl_answered",
        "answer_rate",
        "abandon_rate",
        "response_in_time",
        "served_at_once",
        "customer_served",
        "customer_lost",
        "occupancy",
        "utilisation",
    }
)
_DIGITS = {"positions_mean": 1, "fte": 1, "queue_mean": 2, "customer_attempts": 3, "cost_per_contact": 2}
_HEADER = "figure"

ByName = Mapping[str, Mapping[str, Estimate]]


def totals_text(figures: CentreFigures, scenario: CentreScenario, width: int) -> str:
    """Queues and their totals, then teams; a row for each figure."""
    emails = [queue.is_email for queue in scenario.queues.values()]
    several = {"calls": emails.count(False) > 1, "emails": emails.count(True) > 1, "all": True}
    totals = {f"total: {name}": of for name, of in figures.totals.items() if several[name]}
    return "\n\n".join([_text({**figures.queues, **totals}, width), _text(figures.teams, width)])


def figure_text(name: str, value: float) -> str:
    """A figure in its unit, by the ending of its name."""
    if name in _SHARES:
        return percent(value)
    if name.endswith("_s"):
        return duration(value)
    if name.endswith("_h"):
        return f"{number(value)} h"
    if name.endswith("_min"):
        return f"{number(value)} min"
    return number(value, _DIGITS[name]) if name in _DIGITS else mean_count(value)


def _text(of: ByName, width: int) -> str:
    names = list(dict.fromkeys(figure for figures in of.values() for figure in figures))
    columns = [TextColumn(_HEADER, tuple(names), left=True)]
    for heading, figures in of.items():
        cells = tuple(figure_text(name, figures[name].value) if name in figures else "" for name in names)
        columns.append(TextColumn(heading, cells))
    return grid(columns, width=width)
