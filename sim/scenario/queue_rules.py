"""What a queue's fields demand of each other and of the other queues (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator

from .arrivals_rules import arrivals_findings
from .base import Finding, Loc, ScenarioModel
from .centre import CentreScenario
from .dates import open_dates, queue_hours
from .distribution import Deterministic, Empirical
from .draft import gives, has, known
from .queue import LateToCall, Queue, Recontact
from .words import suggestion

_CALLS_ONLY = (
    ("patience",),
    ("redial",),
    ("trunks",),
    ("at_closing",),
    ("short_abandon",),
    ("targets", "service_level"),
    ("targets", "formula"),
    ("targets", "answer_rate"),
    ("arrivals", "counted_at_answer_rate"),
)
_EMAILS_ONLY = (
    ("late_to_call",),
    ("backlog",),
    ("targets", "response"),
    ("targets", "clock"),
    ("arrivals", "out_of_hours"),
)


def queue_findings(scenario: CentreScenario, queue: Queue) -> Iterator[Finding]:
    """What is wrong with one queue of a scenario, whole or draft; placed from the queue."""
    yield from _channel(queue)
    if known(queue, "recontact") is not None:
        yield from _recontact(scenario, known(queue, "recontact"))
    yield from _late_to_call(scenario, queue)
    hours = queue_hours(scenario, queue)
    if hours is not None and open_dates(scenario, hours) == []:
        place = ("open",) if queue.open is not None else ()
        yield Finding(place, "is never open within the horizon; check start, horizon, opening hours and closed days")
    if has(queue, "arrivals"):
        yield from (Finding(("arrivals", *loc), message) for loc, message in arrivals_findings(scenario, queue, hours))


def _channel(queue: Queue) -> Iterator[Finding]:
    """Fields that belong to the other channel."""
    if not has(queue, "channel"):
        return
    word, foreign = ("calls", _CALLS_ONLY) if queue.is_email else ("emails", _EMAILS_ONLY)
    for *parts, field in foreign:
        holder: ScenarioModel | None = known(queue, parts[0]) if parts else queue
        if holder is not None and gives(holder, field):
            yield Finding((*parts, field), f"is for {word} only; this queue's channel is {queue.channel}")


def _recontact(scenario: CentreScenario, recontact: Recontact) -> Iterator[Finding]:
    if has(recontact, "within", "after"):
        within, after = recontact.within, recontact.after
        if within is None and after is None:
            yield Finding(("recontact",), "needs within (the window of the rate) or after (the delay)")
        if within is not None and after is not None:
            soonest = after.mean if isinstance(after, Deterministic) else 0
            soonest = min(after.durations_ms, default=0) if isinstance(after, Empirical) else soonest
            if soonest > within:
                yield Finding(("recontact", "after"), "is always longer than within, so nobody would come back")
    for name in known(recontact, "to") or ():
        yield from _unknown_queue(scenario, name, ("recontact", "to", name))


def _late_to_call(scenario: CentreScenario, queue: Queue) -> Iterator[Finding]:
    late: LateToCall | None = known(queue, "late_to_call")
    if late is None:
        return
    if has(queue, "targets") and has(queue.targets, "response") and queue.targets.response is None:
        yield Finding(("late_to_call",), 'needs targets.response, such as "80 % in 4 h", to tell when a reply is late')
    if not has(late, "to"):
        return
    yield from _unknown_queue(scenario, late.to, ("late_to_call", "to"))
    target: Queue | None = (known(scenario, "queues") or {}).get(late.to)
    if target is not None and has(target, "channel") and target.is_email:
        yield Finding(("late_to_call", "to"), f'must be a queue of calls; "{late.to}" takes emails')


def _unknown_queue(scenario: CentreScenario, name: str, loc: Loc) -> Iterator[Finding]:
    if has(scenario, "queues") and name not in scenario.queues:
        yield Finding(loc, f'unknown queue "{name}"{suggestion(name, scenario.queues)}')
