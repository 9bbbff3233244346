"""Figures of the whole horizon as aligned text, all of them, by the names of ``docs/figures.md``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.scenario.centre import CentreScenario

from ..kpis import MONEY, CentreFigures, Estimate
from ..sites import ALL, KINDS, TEAMS
from .features import idle_figures
from .grid import TextColumn, grid
from .site_text import site_heading
from .words import DASH, duration, mean_count, number, percent

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
_UNITS = {"_h": "h", "_min": "min"}
_DIGITS = {
    "positions_mean": 1,
    "fte": 1,
    "queue_mean": 2,
    "callbacks_owed_mean": 2,
    "customer_attempts": 3,
    "cost": 0,
    "cost_per_contact": 2,
    "overtime_cost": 0,
    "time_off_saving": 0,
}
_HEADER = "figure"
_STAYED_ON = (
    "Utilisation is above 100 % where people stayed on to finish a contact; occupancy counts that time as time on duty."
)


@dataclass(frozen=True)
class _Column:
    """What figures are told of, and these."""

    heading: str
    figures: Mapping[str, Estimate]
    group: str = ""
    """Heading over the column and its neighbours."""
    currency: str | None = None
    """Of what is money."""


def totals_text(figures: CentreFigures, scenario: CentreScenario, width: int) -> str:
    """Tables of queues, of totals, of sites, teams and what these served; a row for each figure."""
    tables = [_queues(figures), _totals(figures, scenario), _sites(figures, scenario), *_teams(figures)]
    parts = [_text(table, width) for table in tables if table]
    if any(round(of_team["utilisation"].value, 3) > 1 for of_team in figures.teams.values()):
        parts.append(_STAYED_ON)
    return "\n\n".join(parts)


def figure_text(name: str, value: float, currency: str | None = None) -> str:
    """A figure in its unit, by the ending of its name; money in its ``currency``."""
    if name in _SHARES or name.endswith(_SHARE_ENDINGS):
        return percent(value)
    if name.endswith("_s"):
        return duration(value)
    told = number(value, _DIGITS[name]) if name in _DIGITS else mean_count(value)
    unit = next((unit for ending, unit in _UNITS.items() if name.endswith(ending)), currency if name in MONEY else None)
    return told if unit is None or told == DASH else f"{told} {unit}"


def _queues(figures: CentreFigures) -> list[_Column]:
    return [_Column(name, of_queue) for name, of_queue in figures.queues.items()]


def _totals(figures: CentreFigures, scenario: CentreScenario) -> list[_Column]:
    """Of all queues, and of a channel's where there are several of it and of another."""
    count = Counter(KINDS[queue.channel] for queue in scenario.queues.values())
    told = [kind for kind in figures.totals if kind == ALL or (count[kind] > 1 and len(count) > 1)]
    return [_Column(f"total: {kind}", figures.totals[kind], currency=figures.currencies.centre) for kind in told]


def _sites(figures: CentreFigures, scenario: CentreScenario) -> list[_Column]:
    return [
        _Column(part, of_part, site_heading(name, site.language), figures.currencies.sites[name])
        for name, site in (scenario.sites or {}).items()
        for part, of_part in figures.sites[name].items()
    ]


def _teams(figures: CentreFigures) -> Iterator[list[_Column]]:
    """The teams, and where there are several their total and what each served."""
    currencies = figures.currencies
    teams = [_Column(name, of_team, currency=currencies.teams[name]) for name, of_team in figures.teams.items()]
    if len(teams) == 1:
        yield teams
        return
    yield [*teams, _Column(f"total: {TEAMS}", figures.totals[TEAMS], currency=currencies.centre)]
    yield [
        _Column(queue, of_both, team) for team, queues in figures.services.items() for queue, of_both in queues.items()
    ]


def _text(columns: Sequence[_Column], width: int) -> str:
    """Cells about what isn't done there are empty, and rows of nothing else are left out."""
    names = tuple(dict.fromkeys(name for column in columns for name in column.figures))
    told = [TextColumn(column.heading, tuple(_cells(column, names)), column.group) for column in columns]
    return grid([TextColumn(_HEADER, names, left=True), *told], width=width, sparse=True)


def _cells(column: _Column, names: Iterable[str]) -> Iterator[str]:
    idle = idle_figures([column.figures])
    for name in names:
        known = name in column.figures and name not in idle
        yield figure_text(name, column.figures[name].value, column.currency) if known else ""
