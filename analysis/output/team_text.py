"""Teams: heads on the payroll and positions on the phones told apart, and who served what several take."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ..kpis import Estimate
from ..simulation import RunResult
from .grid import TextColumn, grid
from .words import counted, duration, number, percent


def teams_text(result: RunResult, width: int) -> str:
    """A line of the one team, or a table of several."""
    figures = result.figures.teams
    if len(figures) > 1:
        return _table(result, width)
    ((name, of_team),) = figures.items()
    return f"{name}: {_staff(of_team)}"


def _staff(figures: Mapping[str, Estimate]) -> str:
    heads, fte = figures["heads"].value, figures["fte"].value
    changing = "heads_mean" in figures and figures["heads_mean"].value != figures["heads_at_end"].value
    told = f"{number(heads, 1)} heads on average" if changing else counted(heads, "head")
    payroll = "" if math.isnan(heads) else f"{told} ({number(fte, 1)} FTE) on the payroll, "
    mean, peak = counted(figures["positions_mean"].value, "position", digits=1), number(figures["positions_peak"].value)
    occupancy = percent(figures["occupancy"].value)
    return f"{payroll}{mean} on the phones on average, {peak} at the peak, {occupancy} occupancy"


def _table(result: RunResult, width: int) -> str:
    teams, services = result.figures.teams, result.figures.services

    def column(header: str, figure: str, digits: int, group: str) -> TextColumn:
        return TextColumn(header, tuple(number(of[figure].value, digits) for of in teams.values()), group)

    payroll, phones = "payroll", "positions on the phones"
    columns = [TextColumn("team", tuple(teams), left=True)]
    keys = 1 + (len(result.sites) > 1)
    if keys > 1:
        models = result.loaded.model.teams.values()
        sites = tuple(result.loaded.model.site_of(team) or "" for team in models)
        columns.append(TextColumn("site", sites, left=True))
    columns += [
        column("heads", "heads", 0, payroll),
        column("FTE", "fte", 1, payroll),
        column("average", "positions_mean", 1, phones),
        column("peak", "positions_peak", 0, phones),
        TextColumn("occupancy", tuple(percent(of["occupancy"].value) for of in teams.values()), phones),
        TextColumn("handle time", tuple(duration(of["aht_s"].value) for of in teams.values())),
    ]
    for queue in result.figures.queues:
        shares = (of_team.get(queue) for of_team in services.values())
        cells = tuple("" if of_both is None else percent(of_both["share_of_queue"].value) for of_both in shares)
        if sum(cell != "" for cell in cells) > 1:
            columns.append(TextColumn(queue, cells, "share served of"))
    return grid(columns, width=width, keys=keys)
