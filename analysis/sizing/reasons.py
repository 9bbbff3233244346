"""Why no number within the limit meets the targets, in a planner's words."""

from __future__ import annotations

import numpy as np

from sim.centre.compile import CentrePlan
from sim.centre.compile_durations import duration
from sim.centre.results import CONTACT_COLUMNS
from sim.scenario.queue import Queue

from ..decision import TargetDecision, decide
from ..figures import OFFERED, SCHEDULED
from ..intervals import CentreStatistics
from ..kpis import team_figures
from ..output.words import counted, exact_percent, percent, span_name
from ..output.words import duration as spoken
from ..targets import Target
from .judging import all_figures, failing
from .periods import Period
from .unit import Unit

_ENOUGH_TO_EXPLAIN = 0.5
"""A cause is told if it accounts for this share of the contacts that a target misses."""


def why_not(statistics: CentreStatistics, plan: CentrePlan, unit: Unit, limit: int, period: Period) -> str:
    """One sentence on every target that fails at the limit: how far it gets, and what holds it back."""
    decisions = {one.target: one for one in decide(statistics).targets}
    staff = counted(limit, unit.removesuffix("s"))
    reasons = [
        f"{_reached(decisions[target])}, because {_cause(statistics, plan, target, staff)}"
        for target in failing(all_figures(statistics))
    ]
    return f"even {staff} don't meet every target in {span_name(period.label)}: {'; '.join(reasons)}"


def asked(target: Target) -> str:
    """A target as a planner says it: ``80 % of calls answered in 10 s``."""
    share = f"{exact_percent(target.share)} of {target.queue}"
    if target.metric == "answer_rate":
        return f"{share} answered"
    verb = "replied to" if target.metric == "response" else "answered"
    return f"{share} {verb} in {spoken((target.threshold_ms or 0) / 1000)}"


def _reached(decision: TargetDecision) -> str:
    worst = decision.worst
    if decision.target.over == "month" or worst is None:
        return f"{asked(decision.target)} stays at {percent(decision.overall.value)}"
    return f"{asked(decision.target)} stays at {percent(worst.value)} in {span_name(worst.label)}"


def _cause(statistics: CentreStatistics, plan: CentrePlan, target: Target, staff: str) -> str:
    """The largest cause that more staff wouldn't mend, if it explains what is missed; else the staff is too small."""
    contacts = statistics.contacts.totals[statistics.centre.queue_names.index(target.queue)]
    good, of_all = (int(columns.of(contacts).sum()) for columns in (target.ratio.numerator, target.ratio.denominator))
    missed = 1 - good / max(of_all, 1)
    cause, share = max(_lasting_causes(statistics, plan, target), key=lambda cause: cause[1])
    if share > 0 and share >= _ENOUGH_TO_EXPLAIN * missed:
        return cause
    occupancy = float(team_figures(statistics, 0, "horizon")["occupancy"][0][0])
    return f"{staff} are too few: {percent(missed)} wait too long or give up, at {percent(occupancy)} occupancy"


def _lasting_causes(statistics: CentreStatistics, plan: CentrePlan, target: Target) -> list[tuple[str, float]]:
    """What no staff could mend, each with the share of the queue's contacts that it costs."""
    row = statistics.centre.queue_names.index(target.queue)
    queue = plan.forecast.scenario.queues[target.queue]
    contacts = statistics.contacts.totals[row]
    offered = OFFERED.of(contacts)
    everyone = max(int(offered.sum()), 1)
    nobody_there = SCHEDULED.of(statistics.teams.totals).sum(axis=0) == 0
    clock_runs = statistics.centre.interval_open[row] | (queue.targets.clock == "elapsed")
    absent = int(offered[nobody_there & clock_runs].sum()) / everyone
    causes = [(f"{percent(absent)} come when nobody of the team is there", absent)]
    if queue.trunks is not None:
        blocked = int(contacts[:, CONTACT_COLUMNS.index("blocked")].sum()) / everyone
        causes.append((f"its {counted(queue.trunks, 'trunk')} turn away {percent(blocked)}", blocked))
    if target.metric == "response":
        slow = _too_long(queue)
        causes.append((f"{percent(slow)} take longer than that to handle alone", slow))
    return causes


def _too_long(queue: Queue) -> float:
    """Share of the emails whose handling alone takes longer than the response time."""
    return float(duration(queue.handle_time).survival(np.asarray(queue.threshold_ms, dtype=np.float64)))
