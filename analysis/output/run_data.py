"""The result of a run as plain data: the document of ``--format json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim.errors import Problem
from sim.scenario.centre import CentreScenario
from sim.scenario.load import LoadedScenario

from ..class_effects import class_effects
from ..decision import decide
from ..people_kpis import has_people, people_figures
from ..simulation import RunResult
from ..spans import spans
from ..tables import Rows, span_table, usual_rows
from .definitions import definitions
from .doubts import doubts_of
from .plain import decision_data, defined, figures_data, table_data
from .run_headline import run_headline
from .unjudged import unjudged_losses
from .version import staffsim_version
from .walk_rows import walk_rows


def run_data(result: RunResult, rows: Rows | None = None) -> dict[str, Any]:
    """The whole answer of ``staffsim run``; ``rows`` None are the usual ones, and for ``total`` there are none."""
    decision = decide(result.statistics)
    by = rows or usual_rows(result.statistics)
    return {
        "command": "run",
        **scenario_data(result.loaded),
        **run_settings(result),
        "headline": run_headline(result, decision),
        "unjudged": unjudged_losses(result.loaded.model, result.figures, result.targets),
        **decision_data(decision),
        "figures": figures_data(result.figures),
        "people": _people(result),
        "hiring_classes": _classes(result.loaded.model),
        "fte_walk": list(walk_rows(result.walk)),
        "by": by,
        "rows": [] if by == "total" else table_data(span_table(result.statistics, by, result.sites)),
    }


def _people(result: RunResult) -> dict[str, list[dict[str, Any]]]:
    """By team whose people come and go, a row for each month; nothing in a centre without a workforce."""
    statistics, model = result.statistics, result.loaded.model
    if not has_people(statistics):
        return {}
    months = spans(statistics.centre, "month").labels
    return {
        name: [
            {"month": month}
            | {
                figure: {"value": defined(one.value[row]), "half_width": defined(one.half_width[row])}
                for figure, one in told.items()
            }
            for row, month in enumerate(months)
        ]
        for team, name in enumerate(model.teams)
        if model.has_workforce(name)
        for told in (people_figures(statistics, team, "month"),)
    }


def _classes(scenario: CentreScenario) -> list[dict[str, Any]]:
    """What each dated class of a team takes, and from when on it helps."""
    return [
        {
            "team": name,
            "start": effect.start.isoformat(),
            "heads": effect.heads,
            "takes_h_a_week": effect.takes_h,
            "helps_from": None if effect.helps_from is None else effect.helps_from.isoformat(),
            "full_on": None if effect.full_on is None else effect.full_on.isoformat(),
            "full_heads": effect.full_heads,
        }
        for name, team in scenario.teams.items()
        if team.hiring is not None
        for effect in class_effects(scenario, name)
    ]


def run_settings(result: RunResult) -> Mapping[str, Any]:
    """What, beside the scenario, the figures depend on."""
    return {
        "seed": result.seed,
        "replications": result.statistics.replications,
        "engine": result.engine,
        "precise": result.precise,
    }


def scenario_data(loaded: LoadedScenario) -> Mapping[str, Any]:
    """What every document says of the scenario and the program."""
    model = loaded.model
    return {
        "version": staffsim_version(),
        "scenario": model.name,
        "file": str(loaded.source),
        "start": model.start.isoformat(),
        "end": model.end.isoformat(),
        "definitions": definitions(model),
        "assumptions": [{"field": one.field, "text": one.text} for one in loaded.assumptions],
        "warnings": doubts_data(doubts_of(loaded)),
    }


def doubts_data(doubts: Iterable[Problem]) -> list[dict[str, str]]:
    """What may not be meant."""
    return [{"field": one.field, "text": one.message} for one in doubts]
