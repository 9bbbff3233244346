"""The reverse question as people read it: what volume and what service the file's own staff holds."""

from __future__ import annotations

from collections.abc import Sequence

from ..sizing.results import HoldsResult, MonthHeld
from ..targets import Target
from .grid import WIDTH, TextColumn, grid
from .target_words import short_name
from .trial_columns import target_columns
from .words import DASH, number, percent, span_name


def holds_text(result: HoldsResult, width: int = WIDTH) -> str:
    """The whole answer."""
    return f"{_headline(result)}\n{_months(result, width)}"


def _headline(result: HoldsResult) -> str:
    staff = f"The file's own {number(result.stated)} {result.unit}" if result.stated else "The file's own staff"
    month = result.tightest
    where = f" in {span_name(month.period.label)}, the tightest month" if len(result.months) > 1 else ""
    if month.volume is None:
        return f"{staff} would hold every target even at 10 times the volume{where}."
    if month.volume == 0:
        return f"{staff} can't hold the targets at any volume{where}."
    most = f"{percent(month.volume)} of the file's volume"
    return f"{staff} would hold every target up to {most}{where}. At the file's volume:"


def _months(result: HoldsResult, width: int) -> str:
    months = result.months
    trials = [month.at for month in months]
    targets = [one.target for one in trials[0].decision.targets]
    columns = [
        TextColumn("month", tuple(month.period.label for month in months), left=True),
        TextColumn("volume held", tuple(_volume(month) for month in months)),
        TextColumn("then fails", tuple(_binding(month, targets) for month in months), left=True),
        *target_columns(trials),
    ]
    return grid(columns, width=width)


def _binding(month: MonthHeld, targets: Sequence[Target]) -> str:
    return short_name(month.binding[0], targets) if month.binding else DASH


def _volume(month: MonthHeld) -> str:
    return "over 1000 %" if month.volume is None else percent(month.volume)
