"""Why no number within the limit meets the targets, in a planner's words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.centre.compile import CentrePlan
from sim.centre.compile_durations import duration
from sim.centre.contract import DAY_MS
from sim.centre.results import CONTACT_COLUMNS
from sim.scenario.queue import Queue
from sim.scenario.words import listed

from ..decision import TargetDecision, decide
from ..figures import PPM, SCHEDULED
from ..intervals import CentreStatistics
from ..kpis import staff_figures
from ..output.words import counted, exact_percent, percent, span_name
from ..output.words import duration as spoken
from ..targets import Target, contacts_judged
from .judging import all_figures, failing
from .periods import Period
from .staff import Staff, Staffing

_ENOUGH_TO_EXPLAIN = 0.5
"""A cause is told if it accounts for this share of the contacts that a target misses."""
_VERBS = {"response": "replied to", "transfers": "taken"}
_HOUR_MS = 3_600_000
_MOST_DIGITS = 7


def why_not(statistics: CentreStatistics, plan: CentrePlan, staffing: Staffing, staff: Staff, period: Period) -> str:
    """One sentence on every target that fails with a staff at the limit: how far it gets, and what holds it back."""
    decisions = {one.target: one for one in decide(statistics).targets}
    several = len(plan.forecast.scenario.teams) > 1
    told = listed(
        [
            counted(size, team.unit.removesuffix("s")) + (f" of {team.name}" if several else "")
            for size, team in zip(staff, staffing.teams, strict=True)
        ],
        "and",
    )
    sized = {team.name for team in staffing.teams}
    reasons = [
        f"{_reached(decisions[target])}, because {_cause(statistics, plan, target, told, sized)}"
        for target in failing(all_figures(statistics))
    ]
    return f"even {told} don't meet every target in {span_name(period.label)}: {'; '.join(reasons)}"


def asked(target: Target) -> str:
    """A target as a planner says it: ``80 % of calls answered in 10 s``."""
    if target.metric == "satisfaction":
        return f"{exact_percent(target.share)} satisfaction with {target.queue}"
    share = f"{exact_percent(target.share)} of {target.queue}"
    if target.metric == "answer_rate":
        return f"{share} answered"
    if target.metric == "transfers":
        share = f"{exact_percent(target.share)} of transfers to {target.queue}"
    verb = _VERBS.get(target.metric, "answered")
    return f"{share} {verb} in {spoken((target.threshold_ms or 0) / 1000)}"


def _reached(decision: TargetDecision) -> str:
    worst = decision.worst
    if decision.target.over == "month" or worst is None:
        return f"{asked(decision.target)} stays at {_short_of(decision.overall.value, decision.target)}"
    return f"{asked(decision.target)} stays at {_short_of(worst.value, decision.target)} in {span_name(worst.label)}"


def _short_of(share: float, target: Target) -> str:
    """A share that misses its target, with as many digits as show that it does."""
    for digits in range(1, _MOST_DIGITS):
        told = f"{share * 100:.{digits}f}"
        if share < target.share and float(told) < 100 * target.share:
            return f"{told} %"
    return percent(share)


def _cause(statistics: CentreStatistics, plan: CentrePlan, target: Target, told: str, sized: set[str]) -> str:
    """The largest cause that more staff wouldn't mend, if it explains what is missed; else the staff is too small."""
    contacts = statistics.contacts.totals[statistics.centre.queue_names.index(target.queue)]
    good, of_all = (int(columns.of(contacts).sum()) for columns in (target.ratio.numerator, target.ratio.denominator))
    missed = 1 - good / target.ratio.unit / max(of_all, 1)
    cause, share = max(_lasting_causes(statistics, plan, target), key=lambda cause: cause[1])
    if share > 0 and share >= _ENOUGH_TO_EXPLAIN * missed:
        return cause
    if target.share == 1 and target.metric != "satisfaction":
        return "now and then somebody waits too long: 100 % leaves no room for chance"
    teams = plan.forecast.scenario.serving(target.queue)
    numbers = [plan.forecast.team(team).number for team in teams]
    occupancy = float(staff_figures(statistics, numbers, "horizon")["occupancy"][0][0])
    few = (
        f"{told} are too few"
        if sized & set(teams)
        else f"the people of {listed(teams, 'and')}, as the file has them, are too few"
    )
    lost = "is lost" if target.metric == "satisfaction" else "wait too long or give up"
    return f"{few}: {percent(missed)} {lost}, at {percent(occupancy)} occupancy"


def _lasting_causes(statistics: CentreStatistics, plan: CentrePlan, target: Target) -> list[tuple[str, float]]:
    """What no staff could mend, each with the share of the queue's contacts that it costs."""
    row = statistics.centre.queue_names.index(target.queue)
    queue = plan.forecast.scenario.queues[target.queue]
    contacts = statistics.contacts.totals[row]
    if target.metric == "satisfaction":
        lost = _lost_without_wait(contacts.sum(axis=0), queue)
        cause = f"without any wait it would be {percent(1 - lost)}: base, coming back, transfers and novices"
        return [(cause, lost if 1 - lost < target.share else 0.0)]
    offered = contacts_judged(target, contacts)
    everyone = max(int(offered.sum()), 1)
    clock_runs = statistics.centre.interval_open[row] | (queue.targets.clock == "elapsed")
    absent = int(offered[~_somebody_there(statistics, plan, row) & clock_runs].sum()) / everyone
    teams = plan.forecast.scenario.serving(target.queue)
    nobody = "nobody of the team is there" if len(teams) == 1 else f"nobody of {listed(teams, 'or')} is there"
    causes = [(f"{percent(absent)} come when {nobody}", absent)]
    if queue.trunks is not None:
        column = "transfer_blocked" if target.metric == "transfers" else "blocked"
        blocked = int(contacts[:, CONTACT_COLUMNS.index(column)].sum()) / everyone
        causes.append((f"its {counted(queue.trunks, 'trunk')} turn away {percent(blocked)}", blocked))
    if target.metric == "response":
        slow = _too_long(queue)
        causes.append((f"{percent(slow)} take longer than that to handle alone", slow))
    return causes


def _somebody_there(statistics: CentreStatistics, plan: CentrePlan, queue: int) -> NDArray[np.bool_]:
    """Whether anybody is scheduled in each interval who then takes the queue's contacts, (I,)."""
    interval_ms = plan.forecast.scenario.interval
    begin_ms = plan.forecast.days.index(plan.window.start_day) * DAY_MS
    edges = begin_ms + np.arange(statistics.centre.intervals + 1, dtype=np.int64) * interval_ms
    scheduled = SCHEDULED.of(statistics.teams.totals) > 0
    there = np.zeros(statistics.centre.intervals, dtype=np.bool_)
    for team, service in plan.forecast.serving.services[queue].items():
        there |= scheduled[team] & (service.hours.open_between(edges) > 0)
    return there


def _too_long(queue: Queue) -> float:
    """Share of the emails whose handling alone takes longer than the response time."""
    return float(duration(queue.handle_time).survival(np.asarray(queue.threshold_ms, dtype=np.float64)))


def _lost_without_wait(totals: NDArray[np.int64], queue: Queue) -> float:
    """Mean satisfaction lost by those rated, but for what their waiting costs (emails: until about their opening)."""

    def total(name: str) -> int:
        return int(totals[CONTACT_COLUMNS.index(name)])

    rated = max(total("rated"), 1)
    waited_ms = total("rated_waited_ms") - (total("handle_ms") if queue.is_email else 0)
    per_hour = queue.satisfaction.lost_per_hour if queue.satisfaction is not None else 0.0
    return 1 - total("satisfaction_ppm") / PPM / rated - per_hour * max(waited_ms, 0) / _HOUR_MS / rated
