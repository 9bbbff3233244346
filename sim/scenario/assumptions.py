"""The defaults that filled in for what a scenario doesn't say, as far as a planner should know of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from .centre import CentreScenario
from .dates import open_dates, queue_hours
from .distribution import DEFAULT_CV, Lognormal
from .parse import HOUR_MS, MINUTE_MS, SECOND_MS
from .queue import DEFAULT_ANSWER_RATE, DEFAULT_REDIAL_ATTEMPTS, Queue
from .tables import PositionPlan
from .team import Team


class Assumption(NamedTuple):
    """A default that was taken."""

    field: str
    """The field that would say otherwise."""
    text: str


def assumptions_of(scenario: CentreScenario) -> tuple[Assumption, ...]:
    """What was assumed, in the order of the file's parts."""
    return tuple(_assumptions(scenario))


def _assumptions(scenario: CentreScenario) -> Iterator[Assumption]:
    if "open" not in scenario.calendar.model_fields_set and any(q.open is None for q in scenario.queues.values()):
        yield Assumption("calendar.open", "open Monday to Friday, 09:00-17:00")
    if scenario.calendar.country is None:
        yield Assumption("calendar.country", "no public holidays")
    for name, queue in scenario.queues.items():
        for field, text in _of_queue(queue):
            yield Assumption(f"queues.{name}.{field}", text)
        outside = _volume_outside_hours(scenario, queue)
        if outside:
            text = f"{outside:g} contacts of the horizon lie outside the opening hours and are left out"
            yield Assumption(f"queues.{name}.arrivals.file", text)
    for name, team in scenario.teams.items():
        for field, text in _of_team(team):
            yield Assumption(f"teams.{name}.{field}", text)
        if isinstance(team.positions, PositionPlan) and team.positions.dated:
            last, positions = team.positions.dated[-1]
            if last.date() < scenario.end - timedelta(days=1):
                text = f"the last number of the file, {positions} from {last:%Y-%m-%d %H:%M}, holds to the end of the "
                yield Assumption(f"teams.{name}.positions", text + "horizon")


def _of_queue(queue: Queue) -> Iterator[tuple[str, str]]:
    arrivals = queue.arrivals
    if "volume_is" not in arrivals.model_fields_set and (queue.redial is not None or queue.recontact is not None):
        yield "arrivals.volume_is", "the volumes count every attempt, repeats included"
        if not queue.is_email and arrivals.counted_at_answer_rate is None and queue.targets.answer_rate is None:
            yield (
                "arrivals.counted_at_answer_rate",
                f"they were counted while {100 * DEFAULT_ANSWER_RATE:g} % were answered",
            )
    if arrivals.file is None:
        yield from _of_pattern(queue)
    if arrivals.busyness is None:
        yield "arrivals.busyness", "days vary around the forecast by chance alone"
    for field, time in (("handle_time", queue.handle_time), ("after_call_work", queue.after_call_work)):
        if isinstance(time, Lognormal) and "cv" not in time.model_fields_set:
            yield f"{field}.cv", f"lognormal with a standard deviation of {DEFAULT_CV:g} times the mean"
    if queue.recontact is not None and queue.recontact.re_explain and "handle_time_is" not in queue.model_fields_set:
        yield "handle_time_is", "the mean is that of all contacts, with the re-explaining in it"
    if queue.is_email:
        if queue.targets.response is None:
            yield (
                "targets.response",
                f"reported for replies within {queue.threshold_ms // HOUR_MS} h; nothing is promised",
            )
        return
    if queue.patience is None and "patience" not in queue.model_fields_set:
        yield "patience", "callers never hang up"
    if queue.redial is not None and "attempts" not in queue.redial.model_fields_set:
        yield "redial.attempts", f"at most {DEFAULT_REDIAL_ATTEMPTS} redials in a row"
    if queue.targets.service_level is None:
        seconds = queue.threshold_ms // SECOND_MS
        yield "targets.service_level", f"reported for answers within {seconds} s; nothing is promised"


def _volume_outside_hours(scenario: CentreScenario, queue: Queue) -> float:
    """Contacts of a file of call volumes, within the horizon, in intervals in which the queue is never open."""
    hours = queue_hours(scenario, queue)
    if queue.is_email or queue.arrivals.file is None or hours is None:
        return 0.0
    dates = set(open_dates(scenario, hours) or ())
    outside = 0.0
    for start, volume in queue.arrivals.file.rows:
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
    if arrivals.days is None:
        yield "arrivals.days", "each weekday's volume is in proportion to its opening hours"
    if arrivals.profile is None:
        yield "arrivals.profile", "evenly over the opening hours"


def _of_team(team: Team) -> Iterator[tuple[str, str]]:
    if team.heads is None:
        return
    if "contract" not in team.model_fields_set:
        yield "contract", f"{team.contract / HOUR_MS:g} h per week"
    if team.full_time_week is None:
        yield "full_time_week", "one FTE is one contract; a part-time team gives the full-time week beside it"
    if "shrinkage" not in team.model_fields_set:
        yield "shrinkage", f"{100 * team.shrinkage:g} % of the paid hours are not on the phones"
