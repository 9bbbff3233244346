"""A hiring plan as plain data: the document of ``staffsim hire --format json``."""

from __future__ import annotations

from typing import Any

from ..hiring.results import HireResult
from .hire_text import class_rows, headline
from .plain import decision_data, share_data
from .run_data import scenario_data


def hire_data(result: HireResult) -> dict[str, Any]:
    """The whole answer."""
    when = result.latest_decision
    return {
        "command": "hire",
        **scenario_data(result.loaded),
        "seed": result.seed,
        "replications": result.statistics.replications,
        "engine": result.engine,
        "headline": headline(result),
        "probability_asked": result.asked,
        "chance": share_data(result.chance),
        "heads_hired": result.heads,
        "cost": result.cost,
        "currency": result.currency,
        "latest_decision": None if when is None else when.isoformat(),
        "classes": list(class_rows(result)),
        "months": [
            {
                "month": month,
                "holds": share_data(result.chance_by_month[row]),
                "holds_with_nobody_hired": share_data(result.without[row]),
                "teams": {
                    team.team: {
                        "heads": float(team.heads[row]),
                        "productive_heads": float(team.productive[row]),
                        "needed": float(team.needed[row]),
                    }
                    for team in result.teams
                },
            }
            for row, month in enumerate(result.months)
        ],
        "late": {
            "days": result.late_days,
            "cost": result.late_cost,
            "lacking": result.late_lacking,
            "month": result.late_month,
        },
        "binding": [{"limit": one.name, "saving": one.saving} for one in result.binding],
        **decision_data(result.decision),
    }
