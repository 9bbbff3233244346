"""What a chart and its panels show, in sentences from their data."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..figures import MS_PER_MIN
from ..output.run_headline import worst_target
from ..output.words import WEEKDAYS, counted, duration, exact_percent, number, percent, percent_within
from .queue_week import HandedIn, Level, QueueWeek, Waits
from .standing import standing, verdict
from .team_weeks import TeamWeek
from .week_profile import WeekProfile, urgency

_FEW = 10
"""Contacts in a slot of one week, fewer than which are few: each of them is more than a tenth of the share."""
_UNITS = {15: "quarter hours", 30: "half hours", 60: "hours", 24 * 60: "days"}


@dataclass(frozen=True)
class Places:
    """The slots of a chart in words."""

    names: tuple[str, ...]
    """Of each: ``Mon 09:30``; ``Mon``."""
    unit: str
    """What they are: ``half hours``."""
    preposition: str
    """With which something is so in some of them: ``in``, ``on``."""


def call_places(profile: WeekProfile) -> Places:
    """The slots of calls and chats."""
    interval = profile.interval_ms // MS_PER_MIN
    names = (
        f"{WEEKDAYS[day]} {start // (60 * MS_PER_MIN):02d}:{start // MS_PER_MIN % 60:02d}"
        for day, start in zip(profile.weekday.tolist(), profile.start_ms.tolist(), strict=True)
    )
    return Places(tuple(names), _UNITS.get(interval, f"intervals of {interval} min"), "in")


EMAIL_PLACES = Places(WEEKDAYS, "weekdays", "on")
"""The slots of emails."""


def title(profile: WeekProfile) -> str:
    """Whether the targets hold, then where in the week the queue that decides is thinnest.

    ``calls: 80/10 fails, 71.2 % ± 0.5 in January 2027; thinnest Mon 09:00 (34.0 % ± 1.2)``.
    """
    if not profile.decision.targets:
        queue = max(profile.queues, key=urgency)
        return f"No targets are set; {queue.queue}: {_thinnest(queue, profile)}"
    target = worst_target(profile.decision).target
    queue = next(queue for queue in profile.queues if queue.queue == target.queue)
    alone = target.metric in ("service_level", "response")
    told = standing(profile.decision)
    return f"{told}; {_thinnest(queue, profile, named=not alone)}" if queue.known else told


def heading(queue: QueueWeek) -> str:
    """Of a queue's panel, what it shows: ``calls answered in 20 s``."""
    if isinstance(queue, Level):
        return f"{queue.queue} {_within(queue)}{', by weekday of arrival' if queue.is_email else ''}"
    what = "emails, by weekday handed in" if queue.is_email else "contacts handed in"
    return f"{queue.queue}: mean wait of {what}"


def notes(queue: QueueWeek, places: Places) -> str:
    """Below the heading: every target of the queue with its verdict, what was handed in, where the week is thin."""
    return "; ".join(_notes(queue, places))


def team_heading(team: TeamWeek) -> str:
    """Of a team's panel: ``positions of front (paris)``."""
    return f"positions of {team.team}{f' ({team.site})' if team.site else ''}"


def team_notes(team: TeamWeek, places: Places) -> str:
    """Below the heading: ``scheduled (line), busy (area): 82.1 % occupancy, busiest Mon 09:30 (99.8 %)``."""
    share = team.busy_share
    if np.isnan(share).all():
        return "never has positions"
    busiest = int(np.nanargmax(share))
    most = f"busiest {places.names[busiest]} ({percent(float(share[busiest]))})"
    return f"scheduled (line), busy (area): {percent(team.occupancy)} occupancy, {most}"


def _notes(queue: QueueWeek, places: Places) -> Iterator[str]:
    yield ", ".join(map(verdict, queue.decided)) or "no target"
    if isinstance(queue, Level):
        yield _found(queue, places)
        if queue.handed_in.contacts:
            yield f"besides, {_handed_in(queue.handed_in, waited=not queue.is_email)}"
    elif isinstance(queue, Waits):
        yield f"lives on transfers: {_handed_in(queue.handed_in, waited=True)}"
        if queue.is_email:
            yield "nights count as waiting"
        if queue.offered:
            yield f"its own {_mean(queue.offered)} aren't drawn"
        yield _longest(queue, places)


def _handed_in(handed_in: HandedIn, *, waited: bool) -> str:
    """``2 713 handed in, mean wait 16 s, 9.3 % abandoned``."""
    wait = f", mean wait {duration(handed_in.wait_s)}" if waited else ""
    lost = f", {percent(handed_in.abandoned)} abandoned" if handed_in.abandoned else ""
    return f"{_mean(handed_in.contacts)} handed in{wait}{lost}"


def _found(level: Level, places: Places) -> str:
    """``under 80 % in 29 of 118 half hours, 12 of them for certain, lowest Sat 11:30 (…)``; or just the lowest."""
    value, unit = level.estimates.value, f"{number(level.known)} {places.unit}"
    if not np.nanmax(value):
        return _none(level, places)
    lowest = f"lowest {_lowest(level, places)}"
    if level.target is None or value[level.worst] >= level.target:
        return lowest
    under, certain = int(np.count_nonzero(value < level.target)), int(np.count_nonzero(level.short))
    sure = "" if certain == under else f", {number(certain) if certain else 'none'} of them for certain"
    return f"under {exact_percent(level.target)} {places.preposition} {number(under)} of {unit}{sure}, {lowest}"


def _thinnest(queue: QueueWeek, profile: WeekProfile, *, named: bool = True) -> str:
    """Where a queue is worst off: ``thinnest Mon 09:00 (34.0 % ± 1.2 in 10 s)``; ``named`` says within which time."""
    places = EMAIL_PLACES if queue.is_email else call_places(profile)
    if not queue.known:
        return "no contacts"
    if not isinstance(queue, Level):
        return f"handed in, {_longest(queue, places)}"
    if not np.nanmax(queue.estimates.value):
        return _none(queue, places)
    return f"thinnest {_lowest(queue, places, f' in {duration(queue.threshold_s)}' if named else '')}"


def _none(level: Level, places: Places) -> str:
    return f"none {_within(level)} {places.preposition} any of {counted(level.known, places.unit, places.unit)}"


def _lowest(level: Level, places: Places, within: str = "") -> str:
    """``Sat 11:30 (55.8 % ± 16.2; few contacts, 1.3 a week)``."""
    share = percent_within(*_worst(level))
    return f"{places.names[level.worst]} ({share}{within}{_few(level)})"


def _longest(queue: QueueWeek, places: Places) -> str:
    """``longest Sat 11:30 (48 s ± 12 s; few contacts, 1.3 a week)``."""
    wait_s, half_width_s = _worst(queue)
    within = "" if math.isnan(half_width_s) else f" ± {duration(half_width_s)}"
    return f"longest {places.names[queue.worst]} ({duration(wait_s)}{within}{_few(queue)})"


def _worst(queue: QueueWeek) -> tuple[float, float]:
    """The figure where the queue is worst off, and its half width."""
    return float(queue.estimates.value[queue.worst]), float(queue.estimates.half_width[queue.worst])


def _few(queue: QueueWeek) -> str:
    """That there are few contacts where the queue is worst off, if so."""
    contacts = float(queue.contacts[queue.worst])
    return f"; few contacts, {_mean(contacts)} a week" if contacts < _FEW else ""


def _mean(contacts: float) -> str:
    """A mean number of contacts; a few in many weeks aren't 0."""
    return "under 0.1" if 0 < contacts < 0.1 else number(contacts, 1 if contacts < 9.95 else 0)


def _within(level: Level) -> str:
    """``answered in 20 s``."""
    return f"{'replied to' if level.is_email else 'answered'} in {duration(level.threshold_s)}"
