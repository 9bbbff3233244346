"""The capacity sheet as rows: of CSV, Parquet, JSON and the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..planning.results import TIME, PlanResult
from ..planning.variance import CAUSES
from .plain import defined
from .words import WEEKDAYS

Row = dict[str, Any]

TEAM_COLUMNS = (
    "period",
    "start",
    "end",
    "actual",
    "team",
    "unit",
    "required_fte",
    "available_fte",
    "over_under_fte",
    "payroll_fte",
    "required_payroll_fte",
    "heads",
    "hires",
    "leavers",
    "in_training",
    "proficiency",
    "cost",
    "currency",
    "holds_in",
    *TIME,
)
QUEUE_COLUMNS = ("period", "start", "queue", "offered", "aht_s", "target", "figure", "value", "half_width", "asked")
LEAVE_COLUMNS = ("period", "start", "team", "planned_off", "may_be_off", "more_may_be_off")
TRAINING_COLUMNS = ("period", "start", "team", "starts", "in_training", "trainers_used", "trainers", "trainers_free")
VARIANCE_COLUMNS = (
    *("period", "team", "planned_fte", *(f"by_{cause}" for cause in CAUSES), "actual_fte", "difference_cost"),
    *(f"by_{cause}_cost" for cause in CAUSES),
)
QUIET_COLUMNS = ("team", "weekday", "time", "waiting", "occupancy")


def team_rows(result: PlanResult) -> Iterator[Row]:
    """A row for each period and team."""
    for at, period in enumerate(result.periods):
        for row in result.teams:
            yield {
                "period": period.label,
                "start": period.start.isoformat(),
                "end": period.end.isoformat(),
                "actual": at < result.actual,
                "team": row.team,
                "unit": row.unit,
                "required_fte": defined(row.required_fte[at]),
                "available_fte": defined(row.available_fte[at]),
                "over_under_fte": defined(row.over_under_fte[at]),
                "payroll_fte": defined(row.payroll_fte[at]),
                "required_payroll_fte": defined(row.required_payroll_fte[at]),
                "heads": defined(row.heads[at]),
                "hires": defined(row.hires[at]),
                "leavers": defined(row.leavers[at]),
                "in_training": defined(row.in_training[at]),
                "proficiency": defined(row.proficiency[at]),
                "cost": defined(row.cost[at]),
                "currency": row.currency,
                "holds_in": defined(result.holds[at].value),
                **{name: defined(row.time[name][at]) if name in row.time else None for name in TIME},
            }


def queue_rows(result: PlanResult) -> Iterator[Row]:
    """A row for each period, queue and target; of a queue without targets one without a figure."""
    from .target_words import on_one_line

    for at, period in enumerate(result.periods):
        for row in result.queues:
            lead = {
                "period": period.label,
                "start": period.start.isoformat(),
                "queue": row.queue,
                "offered": defined(row.volume[at]),
                "aht_s": defined(row.aht_s[at]),
            }
            for one in row.targets:
                yield lead | {
                    "target": on_one_line(one.target),
                    "figure": one.target.ratio.name,
                    "value": defined(one.value[at]),
                    "half_width": defined(one.half_width[at]),
                    "asked": float(one.target.share),
                }
            if not row.targets:
                yield lead | dict.fromkeys(QUEUE_COLUMNS[len(lead) :])


def variance_rows(result: PlanResult) -> Iterator[Row]:
    """A row for each period that has been and each team: over/under, what made it differ, and what that is worth."""
    for one in () if result.reforecast is None else result.reforecast.variances:
        difference = one.actual - one.planned
        yield {
            "period": one.period,
            "team": one.team,
            "planned_fte": one.planned,
            **{f"by_{cause}": part for cause, part in one.parts.items()},
            "actual_fte": one.actual,
            "difference_cost": defined(difference * one.cost_per_fte),
            **{f"by_{cause}_cost": defined(part * one.cost_per_fte) for cause, part in one.parts.items()},
        }


def leave_rows(result: PlanResult) -> Iterator[Row]:
    """A row for each period and team of heads: how many may be off."""
    for at, period in enumerate(result.periods):
        for row in result.teams:
            if row.unit == "heads":
                planned, most = row.planned_off[at], row.may_be_off[at]
                yield {
                    "period": period.label,
                    "start": period.start.isoformat(),
                    "team": row.team,
                    "planned_off": defined(planned),
                    "may_be_off": defined(most),
                    "more_may_be_off": defined(most - planned),
                }


def training_rows(result: PlanResult) -> Iterator[Row]:
    """A row for each period and team that hires or trains."""
    for at, period in enumerate(result.periods):
        for row in result.training:
            used = None if row.trainers_used is None else float(row.trainers_used[at])
            yield {
                "period": period.label,
                "start": period.start.isoformat(),
                "team": row.team,
                "starts": defined(row.starts[at]),
                "in_training": defined(row.in_training[at]),
                "trainers_used": defined(used),
                "trainers": row.trainers,
                "trainers_free": None if used is None or row.trainers is None else defined(row.trainers - used),
            }


def quiet_rows(result: PlanResult) -> Iterator[Row]:
    """The hours of the week in which most people of each team wait for contacts."""
    for row, quiet in zip(result.teams, result.quiet, strict=True):
        for one in quiet:
            hours, minutes = divmod(one.start_ms // 60_000, 60)
            yield {
                "team": row.team,
                "weekday": WEEKDAYS[one.weekday],
                "time": f"{hours:02d}:{minutes:02d}",
                "waiting": one.idle,
                "occupancy": one.occupancy,
            }
