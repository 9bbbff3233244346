"""Trials of sizing as plain data."""

from __future__ import annotations

from typing import Any

from ..sizing.results import TeamTried, Trial
from ..targets import Target
from .plain import decision_data, defined, figures_data, share_data

Row = dict[str, str | int | float | None]


def team_trial(trial: Trial, team: str) -> dict[str, Any]:
    """A trial of one team."""
    return {"size": trial.teams[team].size, **_staff(trial.teams[team]), **_outcome(trial)}


def teams_trial(trial: Trial) -> dict[str, Any]:
    """A trial of several teams."""
    teams = {name: {"size": tried.size, **_staff(tried)} for name, tried in trial.teams.items()}
    return {"teams": teams, **_outcome(trial)}


def flat_trial(trial: Trial, team: str) -> Row:
    """A team and what was reached, in one row."""
    row: Row = dict(_staff(trial.teams[team]))
    for one in trial.decision.targets:
        row[flat_name(one.target)] = defined(one.overall.value)
        row[f"{flat_name(one.target)}_half_width"] = defined(one.overall.half_width)
    return row | {"days_met": defined(trial.decision.days.share.value)}


def flat_name(target: Target) -> str:
    """``calls.sl_offered``."""
    return f"{target.queue}.{target.ratio.name}"


def _staff(tried: TeamTried) -> dict[str, int | float | None]:
    return {
        "heads": tried.payroll.heads,
        "fte": tried.payroll.fte,
        "paid_h": tried.payroll.paid_h,
        "cost": tried.payroll.cost,
        "positions_mean": tried.presence.mean_positions,
        "positions_peak": tried.presence.peak_positions,
    }


def _outcome(trial: Trial) -> dict[str, Any]:
    return {
        "met": trial.met,
        "replications": trial.replications,
        "chance": share_data(trial.chance),
        **decision_data(trial.decision),
        "figures": figures_data(trial.figures),
    }
