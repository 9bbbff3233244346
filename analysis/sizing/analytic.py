"""What the Erlang formulas answer, in the unit that is sized: where the search starts, and what a planner compares.

The way of a spreadsheet: in every interval the fewest agents that hold the calls' targets at the interval's offered
load (lagged by the handle time, repeats included), then the hours of them all, with the emails' work on top, turned
into heads; a constant number of positions must do for the busiest interval, and have the hours for the emails too.
Chats are taken as calls. The formulas know nothing of teams that share queues: for those there is a start, no answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.centre.compile import CentrePlan
from sim.centre.compile_durations import duration
from sim.centre.contract import DAY_MS, Float64, Int64

from .. import theory
from ..targets import Target
from .unit import Unit
from .work import TeamWork

_LOADS_A_FACTOR_E = 50
"""Loads are taken together, as their mean, within steps of 1/50 (of themselves; of 1 erlang if smaller)."""
_NOBODY = 1e-6
"""Less load than this is none."""
_BUSY_ON_EMAILS = 0.85
"""Share of their time that positions without calls' targets are supposed to be busy."""


@dataclass(frozen=True)
class CallModel:
    """All of a team's queues of calls taken together, as the formulas know them."""

    handle_time_s: float
    targets: theory.Targets
    """The strictest of each kind."""
    patience_s: float | None
    """Mean patience; None if callers of some queue never give up."""


@dataclass(frozen=True)
class Requirement:
    """Agents that hold the calls' targets in each interval of the horizon, (I,), 0 without calls; None if undefined."""

    erlang_c: Int64 | None
    erlang_a: Int64 | None


def requirement(plan: CentrePlan, work: TeamWork, targets: Sequence[Target]) -> Requirement:
    """Agents by Erlang C and, if all callers have a patience, by Erlang A (its mean, taken as exponential).

    Both are None if none of the team's call queues has a target that a formula can be asked for, or if the team shares
    a queue with another.
    """
    model = None if work.pooled else call_model(plan, work, targets)
    if model is None:
        return Requirement(None, None)
    load = work.call_load(plan).sum(axis=0)
    handle_s, patience_s = model.handle_time_s, model.patience_s

    def by_c(per_hour: float) -> int:
        return theory.agents_erlang_c(per_hour, handle_s, model.targets).agents

    def by_a(per_hour: float) -> int:
        return theory.agents_erlang_a(per_hour, handle_s, patience_s or math.inf, model.targets).agents

    return Requirement(
        _by_interval(load, handle_s, by_c), None if patience_s is None else _by_interval(load, handle_s, by_a)
    )


def call_model(plan: CentrePlan, work: TeamWork, targets: Sequence[Target]) -> CallModel | None:
    """Means over all attempts of the horizon; None without calls or without targets for them."""
    queues = [item for item, own in zip(plan.forecast.scenario.queues.items(), work.calls, strict=True) if own]
    load = work.call_load(plan).sum(axis=1)
    attempts = load / plan.forecast.load.work_ms[work.calls]
    asked = _strictest([target for target in targets if target.queue in dict(queues)])
    if asked is None or attempts.sum() <= 0:
        return None
    patience = [queue.patience for _, queue in queues]
    patience_s = None
    if all(one is not None for one in patience):
        means = [duration(one.time).mean_ms for one in patience if one is not None]
        patience_s = float(attempts @ means / attempts.sum()) / 1000
    return CallModel(float(load.sum() / attempts.sum()) / 1000, asked, patience_s)


def in_unit(plan: CentrePlan, work: TeamWork, agents: Int64, unit: Unit) -> int:
    """The heads, or constant positions, that agents by interval of the plan's horizon, (I,), and its emails call for.

    At least 1.
    """
    open_ms = work.open_ms(plan)
    needed_ms = float(agents @ open_ms) + work.email_ms(plan)
    if unit == "heads":
        return max(1, math.ceil(needed_ms / work.per_head_ms(plan)))
    busiest = int(agents[open_ms > 0].max(initial=0))
    return max(1, busiest, math.ceil(needed_ms / max(int(open_ms.sum()), 1)))


@dataclass(frozen=True)
class AnalyticAnswer:
    """The formulas' answers for a team in one month, in the unit that is sized; None where undefined."""

    erlang_c: int | None
    erlang_a: int | None
    start: int
    """Where a search had best start: Erlang A, else Erlang C, else what the work alone calls for."""
    agents: Int64
    """By interval of the month, (I,), what the start is made of."""


def analytic_answer(
    month: CentrePlan, whole: CentrePlan, work: TeamWork, agents: Requirement, unit: Unit
) -> AnalyticAnswer:
    """The answer of a month's plan; ``agents`` are those of the whole horizon's."""
    a_day = DAY_MS // month.forecast.scenario.interval
    first = (month.window.start_day - whole.window.start_day) * a_day
    part = slice(first, first + month.window.horizon_days * a_day)
    by_c, by_a = (None if one is None else one[part] for one in (agents.erlang_c, agents.erlang_a))
    basis = by_a if by_a is not None else by_c if by_c is not None else workload_agents(month, work)
    return AnalyticAnswer(
        erlang_c=None if by_c is None else in_unit(month, work, by_c, unit),
        erlang_a=None if by_a is None else in_unit(month, work, by_a, unit),
        start=in_unit(month, work, basis, unit),
        agents=basis,
    )


def workload_agents(plan: CentrePlan, work: TeamWork) -> Int64:
    """Agents by interval, (I,), that the calls keep busy to a usual degree: for the start where no formula answers."""
    load = work.call_load(plan).sum(axis=0)
    return np.ceil(np.where(load > _NOBODY, load, 0.0) / _BUSY_ON_EMAILS).astype(np.int64)


def _strictest(targets: Sequence[Target]) -> theory.Targets | None:
    levels = [target for target in targets if target.metric == "service_level"]
    levels = levels or [target for target in targets if target.metric == "transfers"]
    rates = [target.share for target in targets if target.metric == "answer_rate"]
    if not levels and not rates:
        return None
    level = max((float(target.share) for target in levels), default=None)
    within_ms = min((target.threshold_ms or 0 for target in levels), default=0)
    try:
        return theory.Targets(
            service_level=level,
            threshold_s=within_ms / 1000,
            formula=levels[0].formula if levels else "sl_offered",
            answer_rate=float(max(rates)) if rates else None,
        )
    except ValueError:  # such as 100 %, which no formula reaches
        return None


def _by_interval(load: Float64, handle_time_s: float, agents: Callable[[float], int]) -> Int64:
    """Agents for each load: asked once for loads that are nearly alike."""
    step = np.round(np.log1p(load) * _LOADS_A_FACTOR_E).astype(np.int64)
    _, member = np.unique(np.where(load > _NOBODY, step, -1), return_inverse=True)
    means = np.bincount(member, load) / np.bincount(member)
    needed = [agents(3600 * mean / handle_time_s) if mean > _NOBODY else 0 for mean in means.tolist()]
    return np.array(needed, dtype=np.int64)[member]
