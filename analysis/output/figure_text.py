"""Figures of the whole horizon as aligned text, all of them, by the names of ``docs/figures.md``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sim.scenario.centre import CentreScenario

from ..kpis import CentreFigures, Estimate, OfEach
from ..sites import ALL, KINDS, TEAMS
from .features import idle_figures
from .grid import TextColumn, grid
from .queue_text import site_heading
from .words import duration, mean_count, number, percent

_SHARES = frozenset(
    {
        "self_inflicted",
        "sl_offered",
        "sl_excl_short",
        "sl_abandons_met",
        "sl_answered",
        "response_in_time",
        "served_at_once",
        "satisfaction",
        "customer_served",
        "customer_lost",
        "first_contact_resolution",
        "share_of_queue",
        "occupancy",
        "utilisation",
    }
)
_SHARE_ENDINGS = ("_rate", "_share")
_DIGITS = {
    "positions_mean": 1,
    "fte": 1,
    "queue_mean": 2,
    "callbacks_owed_mean": 2,
    "customer_attempts": 3,
    "cost_per_contact": 2,
}
_HEADER = "figure"

Heading = tuple[str, str]
"""Of a column, and of the group of columns that it belongs to."""
ByHeading = Mapping[Heading, Mapping[str, Estimate]]


def totals_text(figures: CentreFigures, scenario: CentreScenario, width: int) -> str:
    """Queues and their totals, sites, teams and what they served; a row for each figure."""
    queues_of = Counter(KINDS[queue.channel] for queue in scenario.queues.values())
    told = {kind: of for kind, of in figures.totals.items() if kind == ALL or queues_of[kind] > 1}
    sites = {site_heading(name, site.language): figures.sites[name] for name, site in (scenario.sites or {}).items()}
    parts = [_headed(figures.queues) | _headed(told, "total: "), _nested(sites), _headed(figures.teams)]
    if len(figures.teams) > 1:
        parts[-1] |= _headed({TEAMS: figures.totals[TEAMS]}, "total: ")
        parts.append(_nested(figures.services))
    return "\n\n".join(_text(part, width) for part in parts if part)


def figure_text(name: str, value: float) -> str:
    """A figure in its unit, by the ending of its name."""
    if name in _SHARES or name.endswith(_SHARE_ENDINGS):
        return percent(value)
    if name.endswith("_s"):
        return duration(value)
    if name.endswith("_h"):
        return f"{number(value)} h"
    if name.endswith("_min"):
        return f"{number(value)} min"
    return number(value, _DIGITS[name]) if name in _DIGITS else mean_count(value)


def _headed(members: OfEach, lead: str = "") -> dict[Heading, Mapping[str, Estimate]]:
    return {(f"{lead}{name}", ""): figures for name, figures in members.items()}


def _nested(groups: Mapping[str, OfEach]) -> dict[Heading, Mapping[str, Estimate]]:
    return {(name, group): figures for group, members in groups.items() for name, figures in members.items()}


def _text(of: ByHeading, width: int) -> str:
    idle = idle_figures(of.values())
    names = [name for name in dict.fromkeys(name for figures in of.values() for name in figures) if name not in idle]
    columns = [TextColumn(_HEADER, tuple(names), left=True)]
    for (heading, group), figures in of.items():
        cells = tuple(figure_text(name, figures[name].value) if name in figures else "" for name in names)
        columns.append(TextColumn(heading, cells, group))
    return grid(columns, width=width)
