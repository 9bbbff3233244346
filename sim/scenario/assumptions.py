"""The defaults that filled in for what a scenario doesn't say, as far as a planner should know of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from .calendar import Calendar
from .centre import CentreScenario
from .cut_spans import judged_over, judged_together
from .dates import open_dates, queue_hours
from .deflection import DEFAULT_FAILS_AFTER
from .distribution import DEFAULT_CV, Lognormal
from .parse import HOUR_MS, MINUTE_MS, SECOND_MS
from .queue import DEFAULT_ANSWER_RATE, DEFAULT_REDIAL_ATTEMPTS, Queue
from .repeats import WeeklyFlow, stated_flows
from .shifts import WorkingTime
from .tables import PositionPlan
from .waiting import Callback
from .words import listed

_GIVE_UP = {"call": "callers who hang up", "chat": "customers who leave"}


class Assumption(NamedTuple):
    """A default that was taken."""

    field: str
    """The field that would say otherwise."""
    text: str


def assumptions_of(scenario: CentreScenario) -> tuple[Assumption, ...]:
    """What was assumed, in the order of the file's parts."""
    return tuple(_assumptions(scenario))


def _assumptions(scenario: CentreScenario) -> Iterator[Assumption]:
    yield from _of_horizon(scenario)
    yield from _of_calendars(scenario)
    flows = stated_flows(scenario)
    for name, queue in scenario.queues.items():
        for field, text in (*_of_queue(queue, flows[name].repeats > 0), *_of_handed_on(scenario, queue, flows[name])):
            yield Assumption(f"queues.{name}.{field}", text)
        outside = _volume_outside_hours(scenario, queue)
        if outside:
            text = f"{outside:g} contacts of the horizon lie outside the opening hours and are left out"
            yield Assumption(f"queues.{name}.arrivals.file", text)
    for name, team in scenario.teams.items():
        for field, text in _of_team(scenario, name):
            yield Assumption(f"teams.{name}.{field}", text)
        if isinstance(team.positions, PositionPlan) and team.positions.dated:
            last, positions = team.positions.dated[-1]
            if last.date() < scenario.end - timedelta(days=1):
                text = f"the last number of the file, {positions} from {last:%Y-%m-%d %H:%M}, holds to the end of the "
                yield Assumption(f"teams.{name}.positions", text + "horizon")


def _of_horizon(scenario: CentreScenario) -> Iterator[Assumption]:
    """Months are sized whatever the targets are judged over."""
    over = judged_over(scenario)
    months = judged_together(scenario, "month") if over else ""
    weeks = judged_together(scenario, "week") if "week" in over else ""
    yield from (Assumption("horizon", told) for told in (months, weeks) if told)


def _of_calendars(scenario: CentreScenario) -> Iterator[Assumption]:
    sites = scenario.sites or {None: None}
    for name, site in sites.items():
        calendar: Calendar = scenario.calendar if site is None else site.calendar
        place = "calendar" if name is None else f"sites.{name}.calendar"
        queues = [queue for queue in scenario.queues.values() if scenario.site_of(queue) == name]
        if "open" not in calendar.model_fields_set and any(queue.open is None for queue in queues):
            yield Assumption(f"{place}.open", "open Monday to Friday, 09:00-17:00")
        if calendar.country is None:
            yield Assumption(f"{place}.country", "no public holidays")


def _of_queue(queue: Queue, repeats: bool) -> Iterator[tuple[str, str]]:
    """``repeats``: whether any come to the queue, its own or those of others."""
    yield from _of_volume(queue, repeats)
    for field, time in (("handle_time", queue.handle_time), ("after_call_work", queue.after_call_work)):
        if isinstance(time, Lognormal) and "cv" not in time.model_fields_set:
            yield f"{field}.cv", f"lognormal with a standard deviation of {DEFAULT_CV:g} times the mean"
    if queue.recontact is not None and queue.recontact.re_explain and "handle_time_is" not in queue.model_fields_set:
        yield "handle_time_is", "the mean is that of all contacts, with the re-explaining in it"
    if queue.pressure is not None:
        yield "pressure", "volume, handle time and re-contact rate are stated as they are without it"
    if queue.transfer is not None:
        if "place" not in queue.transfer.model_fields_set:
            yield "transfer.place", "those handed on wait behind all others of the next queue"
        if "re_explain" not in queue.transfer.model_fields_set:
            yield "transfer.re_explain", "the next agent needs nothing to be said again"
    if queue.callback is not None:
        yield from _of_callback(queue.callback)
    if not queue.is_email and queue.patience is None and "patience" not in queue.model_fields_set:
        yield "patience", "callers never hang up" if queue.is_call else "customers never give up"
    if queue.redial is not None and "attempts" not in queue.redial.model_fields_set:
        yield "redial.attempts", f"at most {DEFAULT_REDIAL_ATTEMPTS} redials in a row"
    if queue.is_email and queue.targets.response is None:
        hours = queue.threshold_ms // HOUR_MS
        yield "targets.response", f"reported for replies within {hours} h; nothing is promised"
    if not queue.is_email and queue.targets.service_level is None and queue.targets.transfers is None:
        seconds = queue.threshold_ms // SECOND_MS
        yield "targets.service_level", f"reported for answers within {seconds} s; nothing is promised"


def _of_handed_on(scenario: CentreScenario, queue: Queue, flow: WeeklyFlow) -> Iterator[tuple[str, str]]:
    """Where a contact ends decides what follows: rates that those have who hand on don't go along with it."""
    senders = [scenario.queues[name] for name in flow.transfers]
    if queue.redial is None and queue.patience is not None and any(sender.redial is not None for sender in senders):
        yield "redial", f"{_GIVE_UP[queue.channel]} after being handed on don't try again"
    if queue.recontact is None and any(sender.recontact is not None for sender in senders):
        yield "recontact", "those handed on whom it solves don't come back"


def _of_volume(queue: Queue, repeats: bool) -> Iterator[tuple[str, str]]:
    arrivals, deflection = queue.arrivals, queue.deflection
    if "arrivals" in queue.model_fields_set:
        if "volume_is" not in arrivals.model_fields_set and repeats:
            yield "arrivals.volume_is", "the volumes count every attempt, repeats included"
            if not queue.is_email and arrivals.counted_at_answer_rate is None:
                target = queue.targets.answer_rate
                share = f"{100 * (DEFAULT_ANSWER_RATE if target is None else target):.6g} %"
                whence = "" if target is None else ", the target,"
                yield "arrivals.counted_at_answer_rate", f"they were counted while {share}{whence} were answered"
        if arrivals.by_interval is None:
            yield from _of_pattern(queue)
        if arrivals.busyness is None:
            yield "arrivals.busyness", "days vary around the forecast by chance alone"
    if deflection is not None:
        yield "deflection", "the volume is stated as it would be without it"
        if "fails" not in deflection.model_fields_set:
            yield "deflection.fails", "nobody who was deflected comes to the queue after all"
        elif deflection.fails and "after" not in deflection.model_fields_set:
            yield "deflection.after", f"those in vain come after {DEFAULT_FAILS_AFTER.mean // HOUR_MS} h on average"


def _of_callback(callback: Callback) -> Iterator[tuple[str, str]]:
    given = callback.model_fields_set
    if "reached" not in given:
        yield "callback.reached", "every call back reaches the customer"
    if callback.reached == 1:
        return
    if "tries" not in given:
        yield "callback.tries", f"given up after {callback.tries} tries"
    if "again_after" not in given:
        yield "callback.again_after", f"tried again after {callback.again_after // MINUTE_MS} min"
    if "ring" not in given:
        yield "callback.ring", f"a try that reaches nobody takes an agent {callback.ring // SECOND_MS} s"


def _volume_outside_hours(scenario: CentreScenario, queue: Queue) -> float:
    """Contacts of a file of call volumes, within the horizon, in intervals in which the queue is never open."""
    hours = queue_hours(scenario, queue)
    if queue.is_email or queue.arrivals.by_interval is None or hours is None:
        return 0.0
    dates = set(open_dates(scenario, queue) or ())
    outside = 0.0
    for start, volume in queue.arrivals.by_interval.rows:
        begin = (start.hour * 60 + start.minute) * MINUTE_MS
        spans = hours[start.weekday()] if start.date() in dates else ()
        within = scenario.start <= start.date() < scenario.end
        if within and not any(begin < closes and opens < begin + scenario.interval for opens, closes in spans):
            outside += volume
    return outside


def _of_pattern(queue: Queue) -> Iterator[tuple[str, str]]:
    arrivals = queue.arrivals
    if queue.is_email and arrivals.out_of_hours is None and arrivals.days is None and arrivals.profile is None:
        yield "arrivals.profile", "emails arrive evenly round the clock, every day"
        return
    if arrivals.days is None and (arrivals.by_period is None or arrivals.by_period.kind != "day"):
        yield "arrivals.days", "each weekday's volume is in proportion to its opening hours"
    if arrivals.profile is None:
        yield "arrivals.profile", "evenly over the opening hours"


def _of_team(scenario: CentreScenario, name: str) -> Iterator[tuple[str, str]]:
    team, served = scenario.teams[name], [scenario.queues[queue] for queue in scenario.served_by(name)]
    if team.serves is None and len(scenario.teams) > 1:
        yield "serves", "all queues, none of them preferred"
    if team.skills is None and any(queue.matters is not None for queue in served):
        yield "skills", "solves every matter"
    if "novices" not in team.model_fields_set and any(q.satisfaction and q.satisfaction.novice for q in served):
        yield "novices", "everybody is experienced"
    if "chat" not in team.model_fields_set and any(queue.is_chat for queue in served):
        speeds = listed((f"{100 * speed:.0f}" for speed in team.chat.speeds), "and")
        yield "chat", f"{team.chat.most} chats at once at most, with 1, 2, ... in hand at {speeds} % of full speed each"
    if team.heads is None:
        return
    for queue in scenario.served_by(name):
        if scenario.terms(name, queue).hours is not None:
            yield (
                f"serves.{queue}.hours",
                f"heads are rostered by it: the work of {queue} needs them in these hours only",
            )
    if "contracts" not in team.model_fields_set and not (team.agents and team.agents.states_contracts):
        yield "contract", f"{team.contracts} per week"
    if team.full_time_week is None:
        yield "full_time_week", "one FTE is one contract; a part-time team gives the full-time week beside it"
    if team.whole_day is None and team.shrinkage_convention == "by presence":
        yield "whole_day", f"{listed(team.whole_day_reasons, 'and')}, by their names"
    if "shrinkage" not in team.model_fields_set:
        besides = " besides the shifts' breaks" if team.shifts is not None else ""
        yield "shrinkage", f"{100 * team.mean_shrinkage:g} % of the paid hours are not on the phones{besides}"
    if team.shifts is not None and team.working_time is None:
        yield "working_time", f"{WorkingTime().days_a_week} shifts a week, the same all week, within the Union's limits"
