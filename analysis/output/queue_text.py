"""What was reached over the horizon, queue by queue, as aligned text."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..kpis import Estimate
from ..simulation import RunResult
from ..sites import ALL
from ..tables import level_figure, lives_on_transfers
from .features import idle_figures
from .grid import TextColumn, grid, one_block
from .span_text import in_time, taken_in_time
from .words import DASH, duration, mean_count, number, percent, percent_within

_IN_TIME = "in time"
"""Row of the service level or response, whose figure differs from queue to queue."""
_LOST = "lost when handed on"
"""Row of the share of those handed on that nobody solved."""
_ROWS: Mapping[str, tuple[str, Callable[[float], str]]] = {
    "offered": ("offered", mean_count),
    "deflected_share": ("deflected", percent),
    "answer_rate": ("answered", percent),
    _IN_TIME: (_IN_TIME, percent),
    "asa_s": ("ASA", duration),
    "response_mean_s": ("mean response", duration),
    "aht_s": ("handle time", duration),
    "callback_share": ("took a callback", percent),
    "callback_reached_share": ("callbacks reached", percent),
    "callback_mean_s": ("called back after", duration),
    "callbacks_at_end": ("callbacks owed at end", mean_count),
    "handed_on_share": ("handed on", percent),
    _LOST: ("handed on, lost", percent),
    "transferred_in": ("handed in", mean_count),
    "transfers_in_time": ("handed in, in time", percent),
    "transfer_wait_mean_s": ("handed in, mean wait", duration),
    "transfer_abandon_rate": ("handed in, abandoned", percent),
    "solved_by_1_share": ("solved by one agent", percent),
    "put_down": ("put down for a call", mean_count),
    "satisfaction": ("satisfied", percent),
}
_WITH_INTERVAL = (_IN_TIME, "transfers_in_time", "satisfaction")
_OF_OFFERED = frozenset({"offered", "answer_rate", _IN_TIME, "asa_s", "response_mean_s", "solved_by_1_share"})
"""Told of contacts that came to the queue itself: left out of queues that live on transfers."""
_ELAPSED = frozenset({"asa_s"})
"""Left out of emails, whose responses count in opening hours: a wait through the night would stand beside them."""


@dataclass(frozen=True)
class _Column:
    """A queue's figures, and what the table says of it."""

    queue: str
    heading: str
    figures: Mapping[str, Estimate]
    within: Mapping[str, str]
    """Of the figures that have a threshold: ``in 10 s``."""
    clock: str
    """That of emails' responses; empty for other channels."""


def queues_text(result: RunResult, width: int) -> str:
    """A row for each figure that some queue has, then what customers and transfers come to.

    Cells about what a queue doesn't do are empty.
    """
    columns = list(_columns(result))
    names = [name for name in _ROWS if any(name in column.figures for column in columns)]
    labels = [_label(name, columns) for name in names]
    cells = [[_cell(column, name) for name in names] for column in columns]
    return "\n".join([_table(columns, labels, cells, width), *_in_sum(result.figures.totals[ALL])])


def _table(
    columns: Sequence[_Column], labels: Sequence[tuple[str, str]], cells: Sequence[Sequence[str]], width: int
) -> str:
    """Queues side by side or, where the width doesn't allow it, a row for each; ``cells`` are by queue and figure."""
    rows = tuple(f"{label} ({clock})" if clock else label for label, clock in labels)
    beside = [TextColumn("queue", rows, left=True)]
    beside += [TextColumn(one.queue, tuple(own), one.heading) for one, own in zip(columns, cells, strict=True)]
    if one_block(beside) <= width:
        return grid(beside, width=width)
    keys = [TextColumn("queue", tuple(one.queue for one in columns), left=True)]
    if any(one.heading for one in columns):
        keys.append(TextColumn("site", tuple(one.heading for one in columns), left=True))
    figures = [
        TextColumn(label, own, clock) for (label, clock), own in zip(labels, zip(*cells, strict=True), strict=True)
    ]
    return grid([*keys, *figures], width=width, keys=len(keys), sparse=True)


def _columns(result: RunResult) -> Iterator[_Column]:
    headings = {queue: site.name for site in result.sites for queue in site.queues}
    models = list(result.loaded.model.queues.items())
    for queue in headings or range(len(models)):
        name, model = models[queue]
        figures = result.figures.queues[name]
        level = figures[level_figure(result.statistics, [queue])]
        left_out = idle_figures([figures]) | (_ELAPSED if model.is_email else frozenset())
        if lives_on_transfers(result.statistics, [queue]):
            left_out |= _OF_OFFERED
        every = {**figures, _IN_TIME: level}
        if not model.is_email and figures["handed_on"].value > 0 and not figures["transferred_in"].value:
            every[_LOST] = _lost_when_handed_on(figures)
        told = {figure: value for figure, value in every.items() if figure not in left_out}
        clock = model.targets.clock if model.is_email else ""
        within = {_IN_TIME: in_time([model]), "transfers_in_time": taken_in_time([model])}
        yield _Column(name, headings.get(queue, ""), told, within, clock)


def _lost_when_handed_on(figures: Mapping[str, Estimate]) -> Estimate:
    """Share, without an interval, of a live queue's contacts handed on that no agent after the first one solved.

    Contacts solved count in the queue to which they were offered, so the sender's counts tell, whichever queues they
    went through; but not if others are handed on to it, which it may hand on in turn.
    """
    solved = figures["solved_by_2"].value + figures["solved_by_more"].value
    return Estimate(1 - solved / figures["handed_on"].value, math.nan)


def _label(name: str, columns: Iterable[_Column]) -> tuple[str, str]:
    """The figure's label, and the clock of responses if it is the same for all."""
    clocks = {column.clock for column in columns if column.clock}
    return _ROWS[name][0], clocks.pop() if name == "response_mean_s" and len(clocks) == 1 else ""


def _cell(column: _Column, name: str) -> str:
    if name not in column.figures:
        return ""
    figure, (_, spelled) = column.figures[name], _ROWS[name]
    told = percent_within(*figure) if name in _WITH_INTERVAL else spelled(figure.value)
    return f"{told} {column.within[name]}" if name in column.within and told != DASH else told


def _in_sum(figures: Mapping[str, Estimate]) -> Iterator[str]:
    """Sentences on all queues together: on customers if some come more than once, on transfers if there are any."""
    shares = ("self_inflicted", "first_contact_resolution", "customer_served")
    caused, resolved, served = (percent(figures[name].value) for name in shares)
    if figures["self_inflicted"].value > 0:
        yield f"Of all contacts {caused} are self-inflicted; of those solved {resolved} didn't come back."
        yield f"Customers: {number(figures['customer_attempts'].value, 2)} attempts each, {served} served in the end."
    if figures["handed_on"].value > 0:
        cost, each = number(figures["handed_on_min"].value), duration(figures["handed_on_mean_s"].value)
        yield f"Transfers cost the agents {cost} min, {each} for each contact handed on."
