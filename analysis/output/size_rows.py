"""The result of sizing as rows, for CSV and frames."""

from __future__ import annotations

from ..sizing.results import HoldsResult, MonthHeld, MonthSize, SizeResult, TeamSize, WeekPattern
from .trial_data import Row, flat_name, flat_trial
from .words import WEEKDAYS


def month_rows(result: SizeResult, held: HoldsResult) -> list[Row]:
    """A flat row for each team and month, of one staff each: the size needed, its neighbours, and the file's own.

    The team is named where the file has several.
    """
    several = len(result.loaded.model.teams) > 1
    return [
        {**({"team": team.team} if several else {}), **_month_row(team, month, own_month)}
        for group, own in zip(result.groups, held.groups, strict=True)
        for team in group.teams
        for month, own_month in zip(team.months, own.months, strict=True)
    ]


def pattern_rows(pattern: WeekPattern, interval_ms: int) -> list[Row]:
    """A row for each weekday and interval of the day."""
    minutes = interval_ms // 60_000
    return [
        {
            "weekday": WEEKDAYS[day].lower(),
            "time": f"{slot * minutes // 60:02d}:{slot * minutes % 60:02d}",
            "positions": int(positions),
        }
        for day, slots in enumerate(pattern.positions)
        for slot, positions in enumerate(slots)
    ]


def _month_row(team: TeamSize, month: MonthSize, own: MonthHeld) -> Row:
    row: Row = {
        "month": month.period.label,
        "unit": team.unit,
        "size": month.size,
        "size_low": min(month.alternatives),
        "size_high": max(month.alternatives),
        "binding": "; ".join(flat_name(target) for target in month.binding),
        "erlang_c": month.erlang_c,
        "erlang_a": month.erlang_a,
        "stated": team.stated,
        "volume_held": own.volume,
    }
    for place, trial in (("", month.at), ("below_", month.below), ("above_", month.above), ("stated_", own.at)):
        if trial is not None:
            row |= {f"{place}{name}": value for name, value in flat_trial(trial, team.team).items()}
    return row
