"""Sites side by side, and in sum, as aligned text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..kpis import Estimate, OfEach, together
from ..simulation import RunResult
from ..sites import ALL, TEAMS, queues_by_kind
from ..tables import level_figure
from .grid import TextColumn, grid
from .span_text import in_time
from .words import DASH, mean_count, number, percent, percent_within


def sites_text(result: RunResult, width: int) -> str:
    """A column for each site and one for all together, a row for each figure that one of them has."""
    figures, centre = result.figures, result.statistics.centre
    places = {
        site_heading(site.name, site.language): _Place(result, figures.sites[site.name], site.queues, site.teams)
        for site in result.sites
    }
    places["together"] = _Place(result, figures.totals, range(len(centre.queue_names)), range(len(centre.team_names)))
    cells = {heading: dict(place.cells()) for heading, place in places.items()}
    rows = cells["together"]
    labels = [label for label in rows if any(told.get(label, DASH) != DASH for told in cells.values())]
    columns = [TextColumn("site", tuple(labels), left=True)]
    columns += [
        TextColumn(heading, tuple(told.get(label, DASH) for label in labels)) for heading, told in cells.items()
    ]
    return grid(columns, width=width)


def site_heading(name: str, language: str | None) -> str:
    """``france (fr)``: a site with its language."""
    return f"{name} ({language})" if language else name


class _Place:
    """A site, or all of them."""

    def __init__(self, result: RunResult, figures: OfEach, queues: Sequence[int], teams: Sequence[int]) -> None:
        self._result = result
        self._figures = figures
        self._queues = queues
        self._payroll = together(result.payroll[result.statistics.centre.team_names[team]] for team in teams)

    def cells(self) -> Iterator[tuple[str, str]]:
        """What stands in its column, by row."""
        contacts = self._figures.get(ALL, {})
        if contacts:
            yield "offered", mean_count(contacts["offered"].value)
        for kind, queues in queues_by_kind(self._result.statistics.centre, self._queues).items():
            if kind != ALL:
                yield from self._of_kind(kind, queues)
        if contacts:
            yield "satisfied", percent_within(*contacts["satisfaction"])
        if TEAMS in self._figures:  # a site may leave its queues to others' teams
            yield from self._staff(self._figures[TEAMS])
        if contacts:
            yield "cost per contact", self._money(contacts["cost_per_contact"], 2)

    def _of_kind(self, kind: str, queues: Sequence[int]) -> Iterator[tuple[str, str]]:
        models = list(self._result.loaded.model.queues.values())
        figures = self._figures[kind]
        level = figures[level_figure(self._result.statistics, queues)]
        if kind != "emails":
            yield f"{kind} answered", percent(figures["answer_rate"].value)
        told = percent_within(*level)
        within = "" if told == DASH else f" {in_time([models[queue] for queue in queues])}"
        yield f"{kind} in time", f"{told}{within}".removesuffix(" in time")

    def _staff(self, figures: dict[str, Estimate]) -> Iterator[tuple[str, str]]:
        yield "heads", number(figures["heads"].value)
        yield "FTE", number(figures["fte"].value, 1)
        yield "positions on average", number(figures["positions_mean"].value, 1)
        yield "positions at the peak", number(figures["positions_peak"].value)
        yield "occupancy", percent(figures["occupancy"].value)
        yield "cost", self._money(figures["cost"], 0)

    def _money(self, amount: Estimate, digits: int) -> str:
        told = number(amount.value, digits)
        return told if told == DASH else f"{told} {self._payroll.currency}"
