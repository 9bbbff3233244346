"""The capacity sheet as plain data: the document of ``staffsim plan --format json``."""

from __future__ import annotations

from typing import Any

from ..decision import decide
from ..planning.results import PlanResult
from .plain import decision_data, defined, share_data
from .plan_rows import leave_rows, queue_rows, quiet_rows, team_rows, training_rows, variance_rows
from .plan_text import headline
from .run_data import scenario_data


def plan_data(result: PlanResult) -> dict[str, Any]:
    """The whole answer."""
    return {
        "command": "plan",
        **scenario_data(result.loaded),
        "seed": result.seed,
        "replications": result.statistics.replications,
        "engine": result.engine,
        "headline": headline(result),
        "by": result.over,
        "shortages": [
            {
                "team": one.team,
                "period": one.period.label,
                "short_fte": one.short_fte,
                "unit": one.unit,
                "class_start": None if one.start is None else one.start.isoformat(),
                "decide_by": None if one.decide_by is None else one.decide_by.isoformat(),
                "heads": one.heads,
            }
            for one in result.shortages
        ],
        "teams": list(team_rows(result)),
        "queues": list(queue_rows(result)),
        "holds": [
            {"period": period.label, **share_data(share)}
            for period, share in zip(result.periods, result.holds, strict=True)
        ],
        "leave_grid": list(leave_rows(result)),
        "training": list(training_rows(result)),
        "quiet_times": list(quiet_rows(result)),
        "reforecast": _reforecast(result),
        **decision_data(decide(result.statistics)),
    }


def _reforecast(result: PlanResult) -> dict[str, Any] | None:
    """What has been, beside what was forecast; None without actuals."""
    told = result.reforecast
    if told is None:
        return None
    return {
        "actuals": told.file,
        "periods": told.periods,
        "rebased": told.rebased,
        "ratios": [{"queue": one.queue, "volume": defined(one.volume), "aht": defined(one.aht)} for one in told.ratios],
        "variance": list(variance_rows(result)),
    }
