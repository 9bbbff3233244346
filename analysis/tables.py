"""Results as tables of numbers, by interval, day, week or month: what is printed, and written as CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.centre.contract import Float64, Int64

from .decision import span_labels
from .figures import OFFERED, RESPONSE_IN_TIME, SATISFACTION, SCHEDULED, TRANSFERRED_IN, TRANSFERS_IN_TIME
from .interval_kpis import queue_interval_figures, team_interval_figures
from .intervals import CentreStatistics
from .kpis import MONEY, CentreFigures, Estimate, figures_together, team_figures
from .queue_kpis import Figures, channel_of, queue_figures
from .risk import share_meeting
from .sites import ALL, Site, queues_by_kind
from .spans import Over
from .uncertainty import Estimates

By = Literal["interval", "day", "week", "month"]
Rows = By | Literal["total"]
"""What an answer's table has a row for; ``total``: for every figure of the whole horizon."""

MEETS_TARGETS = "meets_targets"
TOTAL_COLUMNS = ("of", "name", "figure", "value", "half_width", "currency")
_MOST_DAYS = 92
_DEFAULT_FORMULA = "sl_offered"


@dataclass(frozen=True)
class Column:
    """One figure in every span."""

    figure: str
    """Its name in ``docs/figures.md``."""
    values: Float64
    half_widths: Float64 | None = None
    """None for a figure that has no interval."""

    def rows(self, kept: Int64) -> Column:
        """In the spans of these places only."""
        return Column(self.figure, self.values[kept], None if self.half_widths is None else self.half_widths[kept])


@dataclass(frozen=True)
class Group:
    """The figures of one queue, team or part of a site, or of all."""

    of: Literal["queue", "team", "site", "all"]
    name: str
    columns: tuple[Column, ...]
    queues: tuple[int, ...] = ()
    """Those that it takes together; none for teams."""
    part: str = ""
    """Of a site: ``all``, ``calls``, ``chats``, ``emails``, ``teams``."""

    @property
    def label(self) -> str:
        """Its name in headings: ``advisers``, ``france.calls``."""
        return f"{self.name}.{self.part}" if self.part else self.name

    def only(self, *figures: str) -> Group:
        """With these figures only, in this order."""
        by_name = {column.figure: column for column in self.columns}
        return replace(self, columns=tuple(by_name[figure] for figure in figures))


@dataclass(frozen=True)
class SpanTable:
    """Figures by span, one row each."""

    by: By
    labels: tuple[str, ...]
    """As ``decision.span_labels``."""
    groups: tuple[Group, ...]

    def rows(self, kept: Int64) -> SpanTable:
        """The spans of these places only."""
        groups = (replace(group, columns=tuple(c.rows(kept) for c in group.columns)) for group in self.groups)
        return SpanTable(self.by, tuple(self.labels[place] for place in kept), tuple(groups))


def span_table(statistics: CentreStatistics, by: By, sites: Sequence[Site] = ()) -> SpanTable:
    """Every figure of every queue, team and site, and the share of the replications in which all targets are met.

    That share is told of all queues, and of each site's. By interval there are no sites, and intervals in which nothing
    is open, offered or scheduled are left out.
    """
    centre = statistics.centre
    groups = []
    for index, name in enumerate(centre.queue_names):
        figures = (
            queue_interval_figures(statistics, index) if by == "interval" else queue_figures(statistics, [index], by)
        )
        groups.append(Group("queue", name, _columns(figures), (index,)))
    for index, name in enumerate(centre.team_names):
        figures = team_interval_figures(statistics, index) if by == "interval" else team_figures(statistics, index, by)
        groups.append(Group("team", name, _columns(figures)))
    if by == "interval":
        table = SpanTable(by, span_labels(centre, by), tuple(groups))
        return table.rows(np.flatnonzero(_lively(statistics)))
    for site in sites:
        groups.extend(_site_groups(statistics, site, by))
    if statistics.targets:
        meeting = share_meeting(statistics, range(len(centre.queue_names)), by)
        groups.append(Group("all", "targets", (Column(MEETS_TARGETS, meeting),)))
    return SpanTable(by, span_labels(centre, by), tuple(groups))


def usual_rows(statistics: CentreStatistics) -> Literal["day", "month"]:
    """Rows unless others are asked for: days as long as one can read so many, else months."""
    return "day" if statistics.centre.horizon_days <= _MOST_DAYS else "month"


def main_figures(table: SpanTable, statistics: CentreStatistics) -> SpanTable:
    """The few figures that a table on paper has room for: of queues and teams, or of sites where there are several."""
    several = len({group.name for group in table.groups if group.of == "site"}) > 1
    left_out = {"queue", "team"} if several else {"site"}
    groups = []
    for group in table.groups:
        if group.of in left_out:
            continue
        if group.part == ALL:
            if _has_targets(statistics, group.queues):
                groups.append(group.only(MEETS_TARGETS))
        elif group.queues:
            groups.append(group.only(*_main_of_queues(statistics, group.queues, table.by)))
        elif group.of != "all":
            groups.append(group.only("positions_mean", "occupancy"))
        else:
            groups.append(group)
    return replace(table, groups=tuple(groups))


def level_figure(statistics: CentreStatistics, queues: Sequence[int]) -> str:
    """The figure that says whether contacts of queues of one channel were in time, by the formula of their targets."""
    centre = statistics.centre
    if channel_of(centre, queues) == "email":
        return RESPONSE_IN_TIME.name
    names = {centre.queue_names[queue] for queue in queues}
    levels = [target for target in statistics.targets if target.metric == "service_level"]
    formulas = {target.formula for target in levels if target.queue in names}
    return formulas.pop() if len(formulas) == 1 else _DEFAULT_FORMULA


def lives_on_transfers(statistics: CentreStatistics, queues: Sequence[int]) -> bool:
    """Whether contacts are handed on to these queues and none is offered to them: nothing is told of those then."""
    contacts = statistics.contacts.totals[list(queues)]
    return bool(TRANSFERRED_IN.of(contacts).any() and not OFFERED.of(contacts).any())


def _judges_transfers(statistics: CentreStatistics, queues: Sequence[int]) -> bool:
    """Whether a target judges those handed on to any of these queues."""
    names = {statistics.centre.queue_names[queue] for queue in queues}
    return any(target.queue in names and target.metric == "transfers" for target in statistics.targets)


def _has_targets(statistics: CentreStatistics, queues: Sequence[int]) -> bool:
    names = {statistics.centre.queue_names[queue] for queue in queues}
    return any(target.queue in names for target in statistics.targets)


def _main_of_queues(statistics: CentreStatistics, queues: Sequence[int], by: By) -> Iterator[str]:
    """Names of the main figures of queues of one channel."""
    is_email = channel_of(statistics.centre, queues) == "email"
    if lives_on_transfers(statistics, queues):
        yield "transferred_in"
        if _judges_transfers(statistics, queues):
            yield TRANSFERS_IN_TIME.name
        if by != "interval":
            yield "transfer_wait_mean_s"
        if is_email:
            yield "waiting_at_end"
        elif by != "interval":
            yield "transfer_abandon_rate"
        return
    yield "offered"
    if is_email:
        yield from (RESPONSE_IN_TIME.name, "waiting_at_end")
    else:
        yield from ("answer_rate", level_figure(statistics, queues), "asa_s")
    if _judges_transfers(statistics, queues):
        yield TRANSFERS_IN_TIME.name
    if statistics.centre.engine.satisfaction.rated[list(queues)].any():
        yield SATISFACTION.name


def _site_groups(statistics: CentreStatistics, site: Site, by: Over) -> Iterator[Group]:
    members = queues_by_kind(statistics.centre, site.queues)
    for part, figures in figures_together(statistics, site.queues, site.teams, by).items():
        meets = (Column(MEETS_TARGETS, share_meeting(statistics, site.queues, by)),) if part == ALL else ()
        yield Group("site", site.name, (*_columns(figures), *meets), tuple(members.get(part, ())), part)


def _columns(figures: Figures) -> tuple[Column, ...]:
    return tuple(
        Column(name, figure.value, figure.half_width) if isinstance(figure, Estimates) else Column(name, figure)
        for name, figure in figures.items()
    )


def _lively(statistics: CentreStatistics) -> NDArray[np.bool_]:
    """(I,) intervals in which something is open, offered or scheduled."""
    offered, scheduled = OFFERED.of(statistics.contacts.totals), SCHEDULED.of(statistics.teams.totals)
    signs = np.concatenate([statistics.centre.interval_open, offered, scheduled])
    return np.asarray(signs.any(axis=0), dtype=np.bool_)


TotalRow = tuple[str, str, str, float, float, str | None]
"""TOTAL_COLUMNS; the currency of what is money."""


def total_rows(figures: CentreFigures) -> list[TotalRow]:
    """Every figure of the whole horizon, a row each."""
    return [
        (of, name, figure, *estimate, currency if figure in MONEY else None)
        for of, name, of_one, currency in _members(figures)
        for figure, estimate in of_one.items()
    ]


def _members(figures: CentreFigures) -> Iterator[tuple[str, str, Mapping[str, Estimate], str | None]]:
    """Whose figures there are: of what kind, its name, the figures, and the currency of those that are money."""
    currencies = figures.currencies
    for queue, of_queue in figures.queues.items():
        yield "queue", queue, of_queue, None
    for total, of_all in figures.totals.items():
        yield "total", total, of_all, currencies.centre
    for team, of_team in figures.teams.items():
        yield "team", team, of_team, currencies.teams[team]
    for team, queues in figures.services.items():
        for queue, of_both in queues.items():
            yield "service", f"{team}.{queue}", of_both, None
    for site, parts in figures.sites.items():
        for part, of_part in parts.items():
            yield "site", f"{site}.{part}", of_part, currencies.sites[site]
