"""What a queue's fields demand of each other and of the other queues (see ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator

from .arrivals_rules import arrivals_findings
from .base import Finding, Loc, ScenarioModel
from .centre import CentreScenario
from .dates import open_dates, queue_hours
from .deflection import Deflection
from .distribution import Deterministic, Empirical, mean_ms
from .draft import gives, has, known
from .matters import handed_to, sends_are_known, sent_to
from .pressure import Pressure
from .queue import LateToCall, Queue, Recontact
from .site_rules import place_findings
from .transfer_rules import CHANNEL_WORDS
from .waiting import Announcement
from .week import hours_in_words
from .words import listed, printable, suggestion

_LEAST_LEFT, _MOST_LEFT = 0.05, 20.0
"""Bounds of the handle time under pressure, as multiples of the stated one."""

_LIVE = ("call", "chat")
_ONLY_FOR: dict[tuple[str, ...], tuple[str, ...]] = {
    **dict.fromkeys((("trunks",), ("callback",), ("transfer", "warm")), ("call",)),
    **dict.fromkeys(
        (
            ("patience",),
            ("announcement",),
            ("redial",),
            ("at_closing",),
            ("short_abandon",),
            ("targets", "service_level"),
            ("targets", "formula"),
            ("targets", "answer_rate"),
            ("targets", "transfers"),
            ("arrivals", "counted_at_answer_rate"),
            ("satisfaction", "per_minute"),
        ),
        _LIVE,
    ),
    ("after_call_work",): ("call", "email"),
    **dict.fromkeys(
        (
            ("late_to_call",),
            ("backlog",),
            ("targets", "response"),
            ("targets", "clock"),
            ("arrivals", "out_of_hours"),
            ("satisfaction", "per_hour"),
        ),
        ("email",),
    ),
}
"""Fields that not every channel has, and the channels that do."""
_INSTEAD = {
    "service_level": 'promise "response" instead',
    "response": 'promise "service_level" instead',
    "transfers": 'an email that is handed on is in time by the "response" of the queue that it came to first',
}

PRIORITY_WITH_SCORES = (
    'has no effect with "contacts: score" in the routing: the highest score goes first; give the queue a score instead'
)


def queue_findings(scenario: CentreScenario, name: str, queue: Queue) -> Iterator[Finding]:
    """What is wrong with the queue called ``name`` of a scenario, whole or draft; placed from the queue."""
    yield from _channel(queue)
    yield from place_findings(scenario, queue)
    for field, findings in (
        ("recontact", _recontact),
        ("late_to_call", _late_to_call),
        ("announcement", _announcement),
        ("pressure", _pressure),
    ):
        if known(queue, field) is not None:
            yield from findings(scenario, queue)
    deflection: Deflection | None = known(queue, "deflection")
    if deflection is not None:
        yield from _deflection(scenario, name, deflection)
    yield from _score(scenario, queue)
    yield from _satisfaction(queue)
    if open_dates(scenario, queue) == [] and not _others_open(scenario):
        place, hours = ("open",) if queue.open is not None else (), queue_hours(scenario, queue)
        when = f" (it opens {hours_in_words(hours)})" if hours is not None else ""
        yield Finding(place, f"is never open within the horizon{when}; check start, horizon, hours and closed days")
    yield from _arrivals(scenario, name, queue)


def _others_open(scenario: CentreScenario) -> bool:
    """Whether there is something to simulate, though some queue is closed all the time: any queue that opens."""
    return any(open_dates(scenario, queue) for queue in (known(scenario, "queues") or {}).values())


def _channel(queue: Queue) -> Iterator[Finding]:
    """Fields that belong to other channels."""
    if not has(queue, "channel"):
        return
    for (*parts, field), channels in _ONLY_FOR.items():
        holder: ScenarioModel | None = known(queue, parts[0]) if parts else queue
        if queue.channel not in channels and holder is not None and gives(holder, field):
            words = listed((CHANNEL_WORDS[channel] for channel in channels), "and")
            instead = f"; {_INSTEAD[field]}" if field in _INSTEAD else ""
            yield Finding((*parts, field), f"is for {words} only; this queue's channel is {queue.channel}{instead}")


def _recontact(scenario: CentreScenario, queue: Queue) -> Iterator[Finding]:
    recontact: Recontact = known(queue, "recontact")
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
    late: LateToCall = known(queue, "late_to_call")
    if has(queue, "targets") and has(queue.targets, "response") and queue.targets.response is None:
        yield Finding(("late_to_call",), 'needs targets.response, such as "80 % in 4 h", to tell when a reply is late')
    if has(late, "to"):
        yield from _must_take(scenario, late.to, "call", ("late_to_call", "to"))


def _announcement(_: CentreScenario, queue: Queue) -> Iterator[Finding]:
    announcement: Announcement = known(queue, "announcement")
    if not gives(announcement, "balking") and not gives(announcement, "patience"):
        yield Finding(("announcement",), "says nothing of what callers do; give balking or patience")
    if gives(announcement, "patience") and has(queue, "patience") and queue.patience is None:
        yield Finding(("announcement", "patience"), "needs the queue's patience, which it multiplies")


def _pressure(_: CentreScenario, queue: Queue) -> Iterator[Finding]:
    pressure: Pressure = known(queue, "pressure")
    if has(pressure, "handle_time") and has(queue, "handle_time"):
        stated = mean_ms(queue.handle_time)
        left = pressure.handle_time.of(stated)
        if left <= 0 or not _LEAST_LEFT * stated <= left <= _MOST_LEFT * stated:
            share = f"{100 * left / stated:.0f} %" if left > 0 and stated else "nothing"
            yield Finding(
                ("pressure", "handle_time"),
                f"would leave {share} of the handle time; it must be from {100 * _LEAST_LEFT:.0f} % "
                f"to {100 * _MOST_LEFT:.0f} %",
            )
    if known(pressure, "elasticity") and has(queue, "recontact") and queue.recontact is None:
        yield Finding(("pressure", "elasticity"), "needs the queue's recontact, whose rate it changes")


def _deflection(scenario: CentreScenario, name: str, deflection: Deflection) -> Iterator[Finding]:
    posts = known(deflection, "posts")
    if posts is None or not has(posts, "to"):
        return
    if posts.to == name:
        yield Finding(("deflection", "posts", "to"), "must be another queue, in which advisers answer")
    else:
        yield from _must_take(scenario, posts.to, "email", ("deflection", "posts", "to"))


def _score(scenario: CentreScenario, queue: Queue) -> Iterator[Finding]:
    routing = known(scenario, "routing")
    if routing is None or not has(routing, "contacts"):
        return
    if gives(queue, "score") and routing.contacts != "score":
        yield Finding(("score",), 'needs "contacts: score" in the routing at the top of the file')
    if gives(queue, "priority") and routing.contacts == "score":
        yield Finding(("priority",), PRIORITY_WITH_SCORES)


def _satisfaction(queue: Queue) -> Iterator[Finding]:
    """A satisfaction target is about a stated satisfaction, and within its reach."""
    target = known(queue.targets, "satisfaction") if has(queue, "targets") else None
    if target is None or not has(queue, "satisfaction"):
        return
    if queue.satisfaction is None:
        yield Finding(("targets", "satisfaction"), "needs the queue's satisfaction, which says how it comes about")
    elif has(queue.satisfaction, "base") and target > queue.satisfaction.base:
        most = f"{100 * queue.satisfaction.base:g} %"
        yield Finding(("targets", "satisfaction"), f"can't be met: satisfaction begins at its base of {most}")


def _arrivals(scenario: CentreScenario, name: str, queue: Queue) -> Iterator[Finding]:
    """Volumes, which only a queue that lives on others may leave out."""
    if gives(queue, "arrivals"):
        if has(queue, "arrivals"):
            for loc, message in arrivals_findings(scenario, queue):
                yield Finding(("arrivals", *loc), message)
    elif sends_are_known(scenario):
        others = [(other, sender) for other, sender in scenario.queues.items() if other != name]
        targets = {target for other in others for target in (*sent_to(*other), *handed_to(other[1]).values())}
        if name not in targets and targets <= scenario.queues.keys():  # an unknown one may stand for this queue
            yield Finding(("arrivals",), "is required; only a queue to which others send contacts may leave it out")


def _must_take(scenario: CentreScenario, name: str, channel: str, loc: Loc) -> Iterator[Finding]:
    """The queue called ``name`` is there and of the channel."""
    yield from _unknown_queue(scenario, name, loc)
    target: Queue | None = (known(scenario, "queues") or {}).get(name)
    if target is not None and has(target, "channel") and target.channel != channel:
        words = CHANNEL_WORDS[channel], CHANNEL_WORDS[target.channel]
        yield Finding(loc, f'must be a queue of {words[0]}; "{name}" takes {words[1]}')


def _unknown_queue(scenario: CentreScenario, name: str, loc: Loc) -> Iterator[Finding]:
    if has(scenario, "queues") and name not in scenario.queues:
        yield Finding(loc, f'unknown queue "{printable(name)}"{suggestion(name, scenario.queues)}')
