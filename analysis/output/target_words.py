"""Targets, and what was decided on them, as people say it: ``80/10 holds: 83.1 % ± 0.4 answered in 10 s``."""

from __future__ import annotations

from collections.abc import Sequence

from ..decision import Decision, TargetDecision, Verdict
from ..figures import MS_PER_S
from ..targets import Metric, Target
from .words import counted, duration, exact_percent, number, percent, percent_within, points, span_name

VERDICTS: dict[Verdict, str] = {"holds": "holds", "fails": "fails", "unsure": "can't be told"}
_NAMED: tuple[Metric, ...] = ("response", "transfers")
"""Always told with their queue."""
_WITHOUT_THRESHOLD = {"answer_rate": "answered", "satisfaction": "satisfied"}
DAYS_MET = "Days met: of those with contacts in its queue; of all targets, in all their queues."


def threshold(target: Target) -> str:
    """``10 s``; empty for targets without one."""
    return "" if target.threshold_ms is None else duration(target.threshold_ms / MS_PER_S)


def on_one_line(target: Target) -> str:
    """Queue and promise: ``calls 80 % in 10 s``, ``calls 95 % answered``, ``desk 80 % of transfers in 1 min``."""
    return f"{target.queue} {_of_those(exact_percent(target.share), target)}"


def figure_name(target: Target) -> str:
    """What is judged, as a column's header: ``calls in 10 s``, ``calls answered``."""
    return f"{target.queue} {_promise(target)}"


def short_name(target: Target, targets: Sequence[Target]) -> str:
    """``80/10``, ``95 % answered``, ``emails 80 % in 4 h``; with the queue where several have such a target."""
    if target.metric in _NAMED:
        return on_one_line(target)
    name = promise_name(target)
    return f"{target.queue} {name}" if _shared(target, targets) else name


def promise_name(target: Target) -> str:
    """What is promised, whatever the queue: ``80/10``, ``95 % answered``, ``80 % in 4 h``."""
    share = exact_percent(target.share)
    if target.metric != "service_level" or target.threshold_ms is None or target.threshold_ms % MS_PER_S:
        return f"{share} {_promise(target)}"
    return f"{share.removesuffix(' %')}/{target.threshold_ms // MS_PER_S}"


def clause(one: TargetDecision, targets: Sequence[Target]) -> str:
    """``80/10 fails: 71.2 % ± 0.4 answered in 10 s, 8.8 points short``, or of several spans how many and the worst.

    ``targets`` are all of the scenario.
    """
    name, worst = short_name(one.target, targets), one.worst
    if worst is None:
        return f"{name} {VERDICTS['unsure']}: no contacts"
    achieved = percent_within(worst.value, worst.half_width)
    if one.target.metric in ("service_level", "transfers"):
        achieved += f" {_achieved(one.target)}"
    if len(one.spans) == 1:
        where, over_all = "", ""
    else:
        spans = counted(len(one.spans), one.target.over)
        which = f"in all {spans}" if one.verdict == "holds" else f"in {number(one.count(one.verdict))} of {spans}"
        where = f" {which}"
        achieved += f" in the worst, {span_name(worst.label)}"
        over_all = f" ({percent(one.overall.value)} over all)"
    short = f", {points(worst.value - float(one.target.share))} short" if one.verdict == "fails" else ""
    return f"{name} {VERDICTS[one.verdict]}{where}: {achieved}{short}{over_all}"


def figure_alone(one: TargetDecision, targets: Sequence[Target]) -> str:
    """Of a target that holds: ``96.2 % answered``, ``emails 91.0 % in 4 h``; ``targets`` as for ``clause``."""
    value = percent(one.overall.value)
    if one.target.metric in _NAMED:
        return f"{one.target.queue} {_of_those(value, one.target)}"
    words = f"{value} {_achieved(one.target)}"
    return f"{one.target.queue} {words}" if _shared(one.target, targets) else words


def days_meeting(decision: Decision) -> str:
    """``27 of 30 days meet all targets``, on average over the replications."""
    if decision.days_a_replication == 0:
        return "no day had contacts in all queues with targets"
    if number(decision.days_a_replication) == "1" and 0 < decision.days.share.value < 1:
        return f"the day meets all targets with a chance of {percent(decision.days.share.value)}"
    met = days_met(decision)
    days = "day" if met.endswith(" of 1") else "days"
    return f"{met} {days} {'meets' if met.startswith('1 ') else 'meet'} all targets"


def days_met(decision: Decision) -> str:
    """``27 of 30``; none and all are said of exactly that only."""
    days = decision.days_a_replication
    if days == 0:
        return "0 of 0"
    met = decision.days.share.value * days
    rounded = round(met) in (0, round(days)) and met != round(met)
    return f"{number(met, 1 if rounded else 0)} of {number(days)}"


def _promise(target: Target) -> str:
    whom = "transfers " if target.metric == "transfers" else ""
    return _WITHOUT_THRESHOLD.get(target.metric) or f"{whom}in {threshold(target)}"


def _of_those(share: str, target: Target) -> str:
    """``80 % in 10 s``, ``80 % of transfers in 1 min``."""
    return f"{share} {'of ' if target.metric == 'transfers' else ''}{_promise(target)}"


def _achieved(target: Target) -> str:
    verb = "taken" if target.metric == "transfers" else "answered"
    return _WITHOUT_THRESHOLD.get(target.metric) or f"{verb} in {threshold(target)}"


def _shared(target: Target, targets: Sequence[Target]) -> bool:
    """Whether the target must be told with its queue, as other queues have one that isn't."""
    return any(other.queue != target.queue and other.metric not in _NAMED for other in targets)
