"""Tables by span as aligned text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sim.scenario.centre import CentreScenario
from sim.scenario.queue import Queue

from ..figures import MS_PER_S, TRANSFERS_IN_TIME
from ..sites import ALL
from ..tables import MEETS_TARGETS, Column, Group, SpanTable
from .grid import TextColumn, grid, one_block
from .words import duration, mean_count, moment_of, number, percent, percent_within, weekday

_PLAIN: Mapping[str, tuple[str, Callable[[float], str]]] = {
    "offered": ("offered", mean_count),
    "answer_rate": ("answered", percent),
    "asa_s": ("ASA", duration),
    "satisfaction": ("satisfied", percent),
    "transferred_in": ("handed in", mean_count),
    "transfer_wait_mean_s": ("mean wait", duration),
    "transfer_abandon_rate": ("abandoned", percent),
    "waiting_at_end": ("left over", mean_count),
    "positions_mean": ("positions", lambda value: number(value, 1)),
    "occupancy": ("occupancy", percent),
    MEETS_TARGETS: ("targets met", percent),
}
_LESSER = ("asa_s", "waiting_at_end")


def span_text(table: SpanTable, scenario: CentreScenario, width: int) -> str:
    """The figures spelled out; where there isn't room for all, without half widths, then without the lesser figures."""
    layouts = (
        _columns(table, scenario, intervals=True),
        _columns(table, scenario, intervals=False),
        _columns(_without_lesser(table), scenario, intervals=False),
    )
    return grid(next((layout for layout in layouts if one_block(layout) <= width), layouts[1]), width=width)


def _columns(table: SpanTable, scenario: CentreScenario, *, intervals: bool) -> list[TextColumn]:
    key = TextColumn(table.by, tuple(_row_name(label) for label in table.labels), left=True)
    return [key, *(_column(g, c, scenario, intervals) for g in table.groups for c in g.columns)]


def _without_lesser(table: SpanTable) -> SpanTable:
    groups = (group.only(*(c.figure for c in group.columns if c.figure not in _LESSER)) for group in table.groups)
    return replace(table, groups=tuple(groups))


def _column(group: Group, column: Column, scenario: CentreScenario, intervals: bool) -> TextColumn:
    if column.figure in _PLAIN:
        header, spelled = _PLAIN[column.figure]
        return TextColumn(header, tuple(spelled(float(value)) for value in column.values), _heading(group, scenario))
    if not intervals or column.half_widths is None:
        cells = tuple(percent(float(value)) for value in column.values)
    else:
        cells = tuple(
            percent_within(float(value), float(half))
            for value, half in zip(column.values, column.half_widths, strict=True)
        )
    queues = list(scenario.queues.values())
    own = [queues[queue] for queue in group.queues]
    header = f"handed in, {taken_in_time(own)}" if column.figure == TRANSFERS_IN_TIME.name else in_time(own)
    return TextColumn(header, cells, group.label)


def _heading(group: Group, scenario: CentreScenario) -> str:
    """Whose figures they are; nobody's name where it is all that there is."""
    if group.of == "all":
        return "all sites" if len(scenario.sites or ()) > 1 else ""
    return group.name if group.part == ALL else group.label


def in_time(queues: Iterable[Queue]) -> str:
    """``in 10 s``; ``in time`` of queues with different thresholds."""
    return _within({queue.threshold_ms for queue in queues})


def taken_in_time(queues: Iterable[Queue]) -> str:
    """The same of those handed on to them: of queues with such a target if there are any."""
    told = list(queues)
    judging = [queue for queue in told if queue.targets.transfers is not None]
    return _within({queue.transfer_threshold_ms for queue in judging or told})


def _within(thresholds_ms: set[int]) -> str:
    return f"in {duration(thresholds_ms.pop() / MS_PER_S)}" if len(thresholds_ms) == 1 else "in time"


def _row_name(label: str) -> str:
    """``Mon 2027-03-01``, ``Mon 2027-03-01 09:30``; weeks and months as they are."""
    moment = moment_of(label)
    return label if moment is None else f"{weekday(moment)} {label.replace('T', ' ')}"
