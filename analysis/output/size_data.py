"""The result of sizing as plain data: the document of ``--format json``, and rows for CSV and frames."""

from __future__ import annotations

from typing import Any

from ..sizing.results import HoldsResult, MonthHeld, MonthSize, SizeResult, Trial, WeekPattern
from ..targets import Target
from .plain import decision_data, defined, figures_data, share_data, target_data
from .run_data import scenario_data
from .size_text import headline
from .words import WEEKDAYS

Row = dict[str, str | int | float | None]


def size_data(result: SizeResult, held: HoldsResult) -> dict[str, Any]:
    """The whole answer of ``staffsim size``."""
    return {
        "command": "size",
        **scenario_data(result.loaded),
        "seed": result.seed,
        "replications": result.peak.at.replications,
        "engine": result.engine,
        "headline": headline(result),
        "unit": result.unit,
        "stated": result.stated,
        "limit": result.limit,
        "peak": result.peak.period.label,
        "months": [_month(month) for month in result.months],
        "pattern": None if result.pattern is None else _pattern(result.pattern),
        "holds": {"tightest": held.tightest.period.label, "months": [_held(month) for month in held.months]},
    }


def month_rows(result: SizeResult, held: HoldsResult) -> list[Row]:
    """A flat row for each month, of one staff each: the size needed, its neighbours, and the file's own."""
    rows = []
    for month, own in zip(result.months, held.months, strict=True):
        row: Row = {
            "month": month.period.label,
            "unit": result.unit,
            "size": month.size,
            "size_low": min(month.alternatives),
            "size_high": max(month.alternatives),
            "binding": "; ".join(_name(target) for target in month.binding),
            "erlang_c": month.erlang_c,
            "erlang_a": month.erlang_a,
            "stated": result.stated,
            "volume_held": own.volume,
        }
        for place, trial in (("", month.at), ("below_", month.below), ("above_", month.above), ("stated_", own.at)):
            if trial is not None:
                row |= {f"{place}{name}": value for name, value in _flat_trial(trial).items()}
        rows.append(row)
    return rows


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


def _month(month: MonthSize) -> dict[str, Any]:
    return {
        "month": month.period.label,
        "start": month.period.start.isoformat(),
        "end": month.period.end.isoformat(),
        "size": month.size,
        "alternatives": list(month.alternatives),
        "binding": [target_data(target) for target in month.binding],
        "erlang_c": month.erlang_c,
        "erlang_a": month.erlang_a,
        "below": None if month.below is None else _trial(month.below),
        "at": _trial(month.at),
        "above": _trial(month.above),
    }


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "size": trial.size,
        **_staff(trial),
        "met": trial.met,
        "replications": trial.replications,
        "chance": share_data(trial.chance),
        **decision_data(trial.decision),
        "figures": figures_data(trial.figures),
    }


def _pattern(pattern: WeekPattern) -> dict[str, Any]:
    return {
        "month": pattern.period.label,
        "positions": {name.lower(): row.tolist() for name, row in zip(WEEKDAYS, pattern.positions, strict=True)},
        "agent_intervals": pattern.agent_intervals,
        "binding": [target_data(target) for target in pattern.binding],
        "at": _trial(pattern.at),
        "fresh": _trial(pattern.fresh),
    }


def _held(month: MonthHeld) -> dict[str, Any]:
    return {
        "month": month.period.label,
        "volume": month.volume,
        "binding": [target_data(target) for target in month.binding],
        "at": _trial(month.at),
    }


def _staff(trial: Trial) -> dict[str, int | float | None]:
    return {
        "heads": trial.payroll.heads,
        "fte": trial.payroll.fte,
        "paid_h": trial.payroll.paid_h,
        "cost": trial.payroll.cost,
        "positions_mean": trial.presence.mean_positions,
        "positions_peak": trial.presence.peak_positions,
    }


def _flat_trial(trial: Trial) -> Row:
    row: Row = dict(_staff(trial))
    for one in trial.decision.targets:
        row[_name(one.target)] = defined(one.overall.value)
        row[f"{_name(one.target)}_half_width"] = defined(one.overall.half_width)
    return row | {"days_met": defined(trial.decision.days.share.value)}


def _name(target: Target) -> str:
    """``calls.sl_offered``."""
    return f"{target.queue}.{target.ratio.name}"
