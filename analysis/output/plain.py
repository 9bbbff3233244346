"""Results as plain data for JSON: dicts, lists, numbers and text; what is undefined (NaN) is None."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..decision import Decision, SpanResult, TargetDecision
from ..figures import MS_PER_S
from ..kpis import MONEY, CentreFigures, Estimate, OfEach
from ..tables import Group, SpanTable
from ..targets import Target
from ..uncertainty import Share
from .target_words import on_one_line

_GROUPS = {"queue": "queues", "team": "teams"}


def defined(value: float | None) -> float | None:
    """None for NaN."""
    return None if value is None or math.isnan(value) else float(value)


def share_data(share: Share) -> dict[str, Any]:
    """A share of trials, with its interval and whether it rests on few."""
    return {
        "share": defined(share.value),
        "low": defined(share.low),
        "high": defined(share.high),
        "met": share.met,
        "judged": share.judged,
        "few": share.few,
    }


def target_data(target: Target) -> dict[str, Any]:
    """A target as the scenario states it."""
    return {
        "queue": target.queue,
        "metric": target.metric,
        "figure": target.ratio.name,
        "share": float(target.share),
        "within_s": None if target.threshold_ms is None else target.threshold_ms / MS_PER_S,
        "over": target.over,
        "text": on_one_line(target),
    }


def decision_data(decision: Decision) -> dict[str, Any]:
    """What was decided on all targets."""
    return {
        "verdict": decision.verdict,
        "targets": [_target_decision(one) for one in decision.targets],
        "days": share_data(decision.days.share) | {"thin": decision.days.thin},
        "chance_of_every_day": share_data(decision.chance),
        "chance_of_every_month": share_data(decision.every_month),
    }


def figures_data(figures: CentreFigures) -> dict[str, Any]:
    """Figures of the whole horizon."""
    currencies = figures.currencies
    return {
        "queues": _of_each(figures.queues),
        "totals": _of_each(figures.totals, currencies.centre),
        "teams": {team: _estimates(of_team, currencies.teams[team]) for team, of_team in figures.teams.items()},
        "services": {team: _of_each(queues) for team, queues in figures.services.items()},
        "sites": {site: _of_each(parts, currencies.sites[site]) for site, parts in figures.sites.items()},
    }


def table_data(table: SpanTable) -> list[dict[str, Any]]:
    """A row for each span, the figures of queues and teams by name, of sites by name and part."""
    rows: list[dict[str, Any]] = [{table.by: label, "queues": {}, "teams": {}, "sites": {}} for label in table.labels]
    for group in table.groups:
        for row, figures in zip(rows, _rows(group), strict=True):
            if group.of == "all":
                row |= figures
            elif group.of == "site":
                row["sites"].setdefault(group.name, {})[group.part] = figures
            else:
                row[_GROUPS[group.of]][group.name] = figures
    return rows


def _target_decision(one: TargetDecision) -> dict[str, Any]:
    return target_data(one.target) | {
        "verdict": one.verdict,
        **_estimate(one.overall),
        "worst": None if one.worst is None else _span(one.worst),
        "periods": share_data(one.met.share) | {"thin": one.met.thin},
        "days": share_data(one.days_met.share) | {"thin": one.days_met.thin},
    }


def _span(span: SpanResult) -> dict[str, Any]:
    return {"period": span.label, "value": defined(span.value), "half_width": defined(span.half_width)}


def _of_each(members: OfEach, currency: str | None = None) -> dict[str, Any]:
    return {name: _estimates(of, currency) for name, of in members.items()}


def _estimates(figures: Mapping[str, Estimate], currency: str | None) -> dict[str, Any]:
    """Those that are money with their currency."""
    return {
        name: _estimate(figure) | ({"currency": currency} if name in MONEY else {}) for name, figure in figures.items()
    }


def _estimate(estimate: Estimate) -> dict[str, float | None]:
    return {"value": defined(estimate.value), "half_width": defined(estimate.half_width)}


def _rows(group: Group) -> list[dict[str, float | None]]:
    """A group's figures, span by span."""
    columns: dict[str, Sequence[float]] = {}
    for column in group.columns:
        columns[column.figure] = column.values.tolist()
        if column.half_widths is not None:
            columns[f"{column.figure}_half_width"] = column.half_widths.tolist()
    return [dict(zip(columns, map(defined, values), strict=True)) for values in zip(*columns.values(), strict=True)]
