"""What ``check`` tells of a queue: its ordinary week, its targets, and what the file switches on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from sim.scenario.arrivals import MONTHS, Arrivals
from sim.scenario.centre import CentreScenario
from sim.scenario.customers import Customers
from sim.scenario.deflection import Deflection
from sim.scenario.distribution import Distribution, mean_ms
from sim.scenario.matters import lacking, reaching
from sim.scenario.parse import DAY_MS, SECOND_MS, Growth, ShareWithin
from sim.scenario.period_volumes import PeriodVolumes
from sim.scenario.queue import Queue
from sim.scenario.repeats import WeeklyFlow
from sim.scenario.ways import answered_share
from sim.scenario.week import hours_in_words
from sim.scenario.words import listed

from ..ordinary_week import QueueWeek
from .words import counted, day, duration, exact_percent, mean_count, number

Line = tuple[str, str]
"""What it is about, empty for what needs no name; and the text."""
Flows = Mapping[str, WeeklyFlow]

_MOST_DATES = 4
"""Told of a share that changes."""
_GIVE_UP = {"call": "hang up", "chat": "leave"}
_COME = {"call": "call", "chat": "chat", "email": "write"}


def queue_lines(
    scenario: CentreScenario, name: str, week: QueueWeek, flows_on: Callable[[date], Flows]
) -> Iterator[Line]:
    """The lines of a queue; ``flows_on`` a date are those of an ordinary week with the deflection of that day."""
    queue, flows = scenario.queues[name], flows_on(scenario.start)
    yield "", _contacts(queue, week)
    promised = list(_targets(queue))
    yield "", f"to hold over each {queue.targets.over}: {', '.join(promised)}" if promised else "no targets"
    if queue.open is not None:
        yield "open", hours_in_words(queue.open)
    volume = ", ".join(_volume(scenario, queue.arrivals))
    if volume:
        yield "volume", volume
    if queue.deflection is not None:
        yield "deflection", _deflection(scenario, name, queue.deflection, flows_on)
    for source, other in scenario.queues.items():
        deflection = other.deflection
        if deflection is not None and deflection.posts is not None and deflection.posts.to == name:
            yield "posts", _posts(scenario, name, source, deflection, flows_on)
    if queue.pressure is not None:
        yield "pressure", _pressure(queue)
    yield from _waiting(queue)
    yield from _repeats(queue, name, flows)
    if queue.transfer is not None:
        yield from (("transfer", line) for line in _transfers(scenario, name, flows))


def _contacts(queue: Queue, week: QueueWeek) -> str:
    """The ordinary week."""
    first = "" if week.first == week.offered else f" ({number(week.first)} first contacts)"
    handed = f" and {number(week.handed_in)} handed on to it" if week.handed_in else ""
    contacts = f"{number(week.offered)} {queue.channel}s a week{first}{handed}"
    if not week.offered and week.handed_in:
        contacts = f"{number(week.handed_in)} {queue.channel}s a week handed on to it, none of its own"
    each = f"{_time(week.mean_work_ms)} each"
    if week.throughput > 1:
        alone = _time(week.mean_work_ms * week.throughput)
        each = f"{alone} each if alone, {_time(week.mean_work_ms)} of an agent's time with as many at once as may be"
    load = f"{number(week.work_h)} h of work, {number(week.erlangs, 1)} erlangs over {week.open_h:g} h open"
    return f"{contacts}, {each}: {load}"


def _targets(queue: Queue) -> Iterator[str]:
    targets = queue.targets
    if targets.service_level is not None:
        yield f"{_within(targets.service_level)} ({targets.formula})"
    if targets.answer_rate is not None:
        yield f"{exact_percent(targets.answer_rate)} answered"
    if targets.response is not None:
        yield f"{_within(targets.response)} ({targets.clock})"
    if targets.transfers is not None:
        yield f"{_within(targets.transfers)} of those handed on to it"
    if targets.satisfaction is not None:
        yield f"{exact_percent(targets.satisfaction)} satisfied"


def _within(promise: ShareWithin) -> str:
    return f"{exact_percent(promise.share)} in {_time(promise.within_ms)}"


def _volume(scenario: CentreScenario, arrivals: Arrivals) -> Iterator[str]:
    """What makes other weeks differ from the ordinary one."""
    if arrivals.growth is not None:
        yield _growth(arrivals.growth)
    if arrivals.by_period is not None:
        yield _by_period(arrivals.by_period)
    if arrivals.customers is not None:
        yield from _customers(arrivals.customers)
    if arrivals.seasonality is not None:
        ends = [(share, MONTHS[arrivals.seasonality.index(share)]) for share in _ends(arrivals.seasonality)]
        yield " to ".join(f"{exact_percent(share)} ({month})" for share, month in ends)
    for event in arrivals.events:
        outside = " (after the horizon)" if event.first_day >= scenario.end else ""
        yield f"{event.name} {_signed(event.volume - 1)} from {day(event.first_day)} to {day(event.last_day)}{outside}"
    if arrivals.busyness is not None and arrivals.busyness.cv:
        yield f"days vary by {exact_percent(arrivals.busyness.cv)} beyond chance"


def _by_period(volumes: PeriodVolumes) -> str:
    """Its least and its most."""
    least, most = (find(volumes.rows, key=lambda row: row[1]) for find in (min, max))
    ends = " to ".join(f"{mean_count(volume)} ({day(period.first_day)})" for period, volume in (least, most))
    return f"{ends} a {volumes.kind}, by {volumes.source}"


def _customers(driver: Customers) -> Iterator[str]:
    changes = [
        f"{what} {_growth(growth)}"
        for what, growth in (("their number", driver.growth), ("contacts of each", driver.contacts_growth))
        if growth is not None
    ]
    each = driver.contacts
    yield f"{number(driver.at_start)} customers with {each.contacts:g} contacts per {each.per} each"
    yield from changes


def _growth(growth: Growth) -> str:
    return f"{_signed(growth.rate)} per {growth.per}"


def _ends(values: tuple[float, ...]) -> tuple[float, float]:
    return min(values), max(values)


def _deflection(scenario: CentreScenario, name: str, deflection: Deflection, flows_on: Callable[[date], Flows]) -> str:
    queue, start = scenario.queues[name], scenario.start
    now = deflection.share_on(start)
    told = [f"{exact_percent(now)} of first contacts, {mean_count(flows_on(start)[name].deflected)} a week"]
    later = _later(deflection, scenario)
    if not now and not later:
        return "of first contacts none within the horizon"
    if not now:
        told = ["of first contacts none at first"]
    for first_day in later:
        left = f"{mean_count(flows_on(first_day)[name].offered)} {queue.channel}s a week"
        told.append(f"{exact_percent(deflection.share_on(first_day))} from {day(first_day)} (leaves {left})")
    parts = [", ".join(told)]
    posts = deflection.posts
    if posts is not None and posts.share:
        parts.append(f"{exact_percent(posts.share)} of them become posts in {posts.to}")
    if deflection.fails:
        whom = "of the others" if len(parts) > 1 else "of them"
        came = f"{_COME[queue.channel]} after all, {_mean(deflection.after)} later"
        parts.append(f"{exact_percent(deflection.fails)} {whom} {came}")
    return "; ".join(parts)


def _posts(
    scenario: CentreScenario, name: str, source: str, deflection: Deflection, flows_on: Callable[[date], Flows]
) -> str:
    """Those that come from another queue."""
    dates = {scenario.start: "", **{later: f" from {day(later)}" for later in _later(deflection, scenario)}}
    first = " at first" if len(dates) > 1 else " within the horizon"
    posts = {since: flows_on(on)[name].posts.get(source, 0.0) for on, since in dates.items()}
    told = [
        f"{mean_count(count)} a week{since}" if count else f"none{since or first}" for since, count in posts.items()
    ]
    return f"{', '.join(told)}, deflected from {source}"


def _later(deflection: Deflection, scenario: CentreScenario) -> list[date]:
    """Dates after the first of the horizon on which another share begins; of many the first ones and the last."""
    begin = [dated.first_day for dated in deflection.share if dated.first_day is not None]
    dates = [day for day in begin if scenario.start < day < scenario.end]
    return dates if len(dates) <= _MOST_DATES else [*dates[: _MOST_DATES - 1], dates[-1]]


def _pressure(queue: Queue) -> str:
    stated = mean_ms(queue.handle_time)
    told = f"{_time(stated * queue.pressure_factor)} of handle time instead of {_time(stated)}"
    if queue.recontact is None:
        return told
    return (
        f"{told}, {_rounded(queue.recontact_probability)} re-contacts instead of "
        f"{exact_percent(queue.recontact.probability)}"
    )


def _waiting(queue: Queue) -> Iterator[Line]:
    """What those do who must wait, and what is done for them."""
    if queue.patience is not None:
        balking = queue.patience.balking
        at_once = f", {exact_percent(balking)} {_GIVE_UP[queue.channel]} at once" if balking else ""
        yield "patience", f"{_mean(queue.patience.time)}{at_once}"
    announced = queue.announcement
    if announced is not None:
        told = []
        if announced.balking is not None:
            told.append(f"{exact_percent(announced.balking)} {_GIVE_UP[queue.channel]} at once")
        if announced.patience != 1:
            told.append(f"the patience of those who stay is {exact_percent(announced.patience)} of their own")
        yield "announcement", f"{_above(announced.above)}{', '.join(told)}"
    callback = queue.callback
    if callback is not None:
        reached = "all are reached"
        if callback.reached < 1:
            reached = (
                f"a try reaches {exact_percent(callback.reached)}, at most {counted(callback.tries, 'try', 'tries')}, "
                f"{_time(callback.again_after)} apart"
            )
        yield "callback", f"{_above(callback.above)}{exact_percent(callback.accepted)} accept; {reached}"
    if queue.trunks is not None:
        yield "trunks", f"{counted(queue.trunks, 'line')}; callers beyond them hear the engaged tone"
    if queue.at_closing == "send away":
        yield "at closing", "those who wait are sent away"
    if queue.backlog:
        yield "backlog", f"{counted(queue.backlog, 'email')} at the start"


def _above(wait_ms: int) -> str:
    return f"above an announced wait of {_time(wait_ms)}, " if wait_ms else "whenever there is a wait, "


def _repeats(queue: Queue, name: str, flows: Flows) -> Iterator[Line]:
    redial, recontact, late = queue.redial, queue.recontact, queue.late_to_call
    if redial is not None:
        most = "" if redial.attempts is None else f", at most {counted(redial.attempts, 'time')} in a row"
        yield (
            "redial",
            f"{exact_percent(redial.probability)} of those who gave up, {_mean(redial.after)} later{most}: "
            f"{mean_count(flows[name].redials)} a week",
        )
    if recontact is not None:
        when = f" within {_time(recontact.within)}" if recontact.within is not None else ""
        where = ""
        if recontact.to is not None:
            where = ", " + listed((f"{exact_percent(share)} to {to}" for to, share in recontact.to.items()), "and")
        again = f"; {_time(recontact.re_explain)} of explaining again" if recontact.re_explain else ""
        back = sum(flow.recontacts.get(name, 0.0) for flow in flows.values())
        share = _rounded(queue.recontact_probability)
        yield "re-contacts", f"{share} of the served come back{when}{where}: {mean_count(back)} a week{again}"
    if late is not None:
        share = exact_percent(late.probability)
        yield "late replies", f"{share} are given up for a call to {late.to}, {_mean(late.after)} after they are late"


def _transfers(scenario: CentreScenario, name: str, flows: Flows) -> Iterator[str]:
    """A line for each queue to which contacts are handed on."""
    queue, lacks = scenario.queues[name], lacking(scenario)
    transfer, unskilled, reached = queue.transfer, lacks[name], reaching(scenario, lacks)[name]
    assert transfer is not None  # its caller has looked
    taken = flows[name].arriving * answered_share(queue)
    how = ["at the head of its line"] if transfer.place == "head" else []
    how += ["warm"] if transfer.warm is not None else []
    for target in dict.fromkeys(transfer.to.values()):
        unsolved = [matter for matter, to in transfer.to.items() if to == target and unskilled.get(matter)]
        matters = [matter for matter in unsolved if matter in reached]
        handed = flows[target].transfers.get(name, 0.0)
        if not unsolved:
            yield f"nothing to {target}: whoever serves {name} solves what it would be for"
        elif not matters:
            yield f"nothing to {target}: nobody comes about {listed(unsolved)}"
        elif not handed:
            yield f"to {target} {listed(matters, 'and')}; how many come depends on the staff"
        else:
            teams = dict.fromkeys(team for matter in matters for team in unskilled[matter])
            told = [
                f"{_rounded(handed / taken)} of the {mean_count(taken)} that it takes to {target}, "
                f"{mean_count(handed)} a week",
                f"{listed(matters, 'and')} from {listed(teams, 'and')}",
                *how,
            ]
            yield ", ".join(told)


def _mean(time: Distribution) -> str:
    return _time(mean_ms(time))


def _time(time_ms: float) -> str:
    days = time_ms / DAY_MS
    return counted(round(days), "day") if days >= 2 and days.is_integer() else duration(time_ms / SECOND_MS)


def _rounded(share: float) -> str:
    """A share that was reckoned, not stated."""
    return f"{share * 100:.3g} %"


def _signed(change: float) -> str:
    return f"{change * 100:+.6g} %"
