"""What a chart and its panels show, in a sentence from their data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..figures import MS_PER_MIN
from ..output.words import WEEKDAYS, duration, exact_percent, percent
from .week_profile import Level, WeekProfile

_UNITS = {15: "quarter hours", 30: "half hours", 60: "hours", 24 * 60: "days"}


@dataclass(frozen=True)
class Places:
    """The slots of a chart in words."""

    names: tuple[str, ...]
    """Of each: ``Mon 09:30``; ``Mon``."""
    unit: str
    """What they are: ``half hours``."""
    whole: str
    """What all of them are, if that isn't said by the unit: `` of the week``."""
    preposition: str
    """With which something is so in some of them: ``in``, ``on``."""


def call_places(profile: WeekProfile) -> Places:
    """The slots of calls and chats."""
    interval = profile.interval_ms // MS_PER_MIN
    names = (
        f"{WEEKDAYS[day]} {start // (60 * MS_PER_MIN):02d}:{start // MS_PER_MIN % 60:02d}"
        for day, start in zip(profile.weekday.tolist(), profile.start_ms.tolist(), strict=True)
    )
    return Places(tuple(names), _UNITS.get(interval, f"intervals of {interval} min"), " of the week", "in")


EMAIL_PLACES = Places(WEEKDAYS, "weekdays", "", "on")
"""The slots of emails."""


def title(profile: WeekProfile) -> str:
    """What is found of the queue that is worst off: ``calls: under 80 % answered in 20 s in 12 of 118 half hours``."""
    level = max([*profile.calls, *profile.emails], key=lambda level: level.shortfall)
    places = EMAIL_PLACES if level.is_email else call_places(profile)
    value = level.estimates.value
    if not level.known:
        return f"{level.queue}: no contacts"
    lowest = int(np.nanargmin(value))
    where = f"lowest {places.names[lowest]} ({percent(float(value[lowest]))})"
    if level.target is None:
        return f"{level.queue}: {_within(level)}, {where} of {level.known} {places.unit}{places.whole}"
    return f"{level.queue}: {_found(level, level.target, places, _within(level))}{places.whole}, {where}"


def heading(level: Level, places: Places) -> str:
    """Of a panel: ``calls answered in 20 s: under 80 % in 12 of 118 half hours``."""
    what = f"{level.queue} {_within(level)}"
    return what if level.target is None else f"{what}: {_found(level, level.target, places)}"


def _found(level: Level, target: float, places: Places, within: str = "") -> str:
    """Where the level is short of its target, interval and all, if anywhere: ``under 80 % in 12 of 118 half hours``."""
    promised, unit = f"{exact_percent(target)} {within}".rstrip(), f"{level.known} {places.unit}"
    short = int(np.count_nonzero(level.short))
    if short:
        return f"under {promised} {places.preposition} {short} of {unit}"
    if np.count_nonzero(level.low >= target) == level.known:
        return f"at least {promised} {places.preposition} each of {unit}"
    return f"not clearly under {promised} {places.preposition} any of {unit}"


def _within(level: Level) -> str:
    """``answered in 20 s``."""
    return f"{'replied to' if level.is_email else 'answered'} in {duration(level.threshold_s)}"
