"""What a sound scenario says that a planner may not have meant; it runs all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from .base import Finding
from .centre import CentreScenario
from .doubts_queues import queue_doubts
from .doubts_untaken import untaken
from .parse import ShareWithin
from .plausible import implausible
from .queue import Queue
from .repeats import WeeklyFlow, weekly_flows
from .words import quoted_list, time_in_words

_FAR = timedelta(days=366)
"""Days after the horizon that a file which is simulated in part may well tell of."""
_FEW = 0.1
"""Share of what comes to a queue that is little to judge it by."""


def doubts_of(scenario: CentreScenario) -> tuple[Finding, ...]:
    """The doubts, placed from the scenario's root."""
    return (
        *implausible(scenario),
        *_queues(scenario),
        *_long_ago(scenario),
        *_overflow(scenario),
        *untaken(scenario),
        *_hardly_judged(scenario),
        *_not_handed_in(scenario),
    )


def _queues(scenario: CentreScenario) -> Iterator[Finding]:
    for name, queue in scenario.queues.items():
        for loc, message in queue_doubts(queue):
            yield Finding(("queues", name, *loc), message)


def _long_ago(scenario: CentreScenario) -> Iterator[Finding]:
    """Events that are over before the scenario starts, or come years after it: a slip in the year is likely."""
    first, last = scenario.start, scenario.end + _FAR
    for name, queue in scenario.queues.items():
        for number, event in enumerate(queue.arrivals.events):
            over = event.last_day + timedelta(milliseconds=event.decay)
            if over < first or event.first_day > last:
                told = (
                    f"changes nothing: {event.first_day} to {event.last_day} is far from the horizon, which starts on"
                )
                yield Finding(("queues", name, "arrivals", "events", number), f"{told} {first}")
        begin = [dated.first_day for dated in queue.deflection.share] if queue.deflection is not None else []
        late = [day for day in begin if day is not None and day > last]
        if begin and begin[0] is not None and begin[0] >= scenario.end:
            told = f"changes nothing: the first share is from {begin[0]}, and the horizon ends before {scenario.end}"
            yield Finding(("queues", name, "deflection", "share"), told)
        elif late:
            told = f"{late[0]} is long after the horizon, which ends before {scenario.end}"
            yield Finding(("queues", name, "deflection", "share"), told)


def _overflow(scenario: CentreScenario) -> Iterator[Finding]:
    """Help that comes when the service level is lost already."""
    for name, queue in scenario.queues.items():
        promise = _promise(queue)
        if promise is None:
            continue
        after = {team: scenario.terms(team, name).overflow_after for team in scenario.serving(name)}
        late = [team for team, wait in after.items() if wait > promise.within_ms]
        what = "what the team takes is late already"
        if len(late) == len(after):
            what = "every contact is late, as no other team takes it sooner"
        for team in late:
            waits = (
                f"{time_in_words(after[team])} is longer than the {time_in_words(promise.within_ms)} of the target of"
            )
            place = ("teams", team, "serves", name, "overflow_after")
            yield Finding(place, f'{waits} "{name}": {what}; make it shorter if it is to help the target')


def _promise(queue: Queue) -> ShareWithin | None:
    """The time, elapsed, within which a contact must be taken, if any is promised."""
    if not queue.is_email:
        return queue.targets.service_level or queue.targets.transfers
    return queue.targets.response if queue.targets.clock == "elapsed" else None


def _hardly_judged(scenario: CentreScenario) -> Iterator[Finding]:
    """Targets of waits where most contacts, or all, waited for the first time elsewhere."""
    for name, flow in weekly_flows(scenario).items():
        targets = scenario.queues[name].targets
        judged_by_waits = targets.service_level or targets.answer_rate or targets.response
        if judged_by_waits and not targets.transfers and flow.handed_in and flow.offered < _FEW * flow.arriving:
            yield Finding(("queues", name, "targets"), _by_few(flow))


def _not_handed_in(scenario: CentreScenario) -> Iterator[Finding]:
    """Targets for those handed on where whoever serves the queues that may hand on solves all that comes."""
    for name, flow in weekly_flows(scenario).items():
        if scenario.queues[name].targets.transfers and not flow.handed_in:
            message = "judges nothing: whoever serves the queues that hand on here solves what it would be for"
            yield Finding(("queues", name, "targets", "transfers"), message)


def _by_few(flow: WeeklyFlow) -> str:
    few = f"some {flow.offered:.0f}" if flow.offered >= 1 else "hardly any"
    return (
        f"are judged by {few} contacts a week; the {flow.handed_in:.0f} that are handed on here are "
        f"judged by their first wait, in {quoted_list(flow.transfers, 'and')}; to judge their wait here, promise "
        "transfers, such as 80 % in 1 min"
    )
