"""What a chart shows, in one sentence from its data: its title."""

from __future__ import annotations

import numpy as np

from ..figures import MS_PER_MIN
from ..output.words import WEEKDAYS, duration, exact_percent, percent
from .week_profile import Level, WeekProfile

_ALL_DAY = 24 * 60


def finding(profile: WeekProfile) -> str:
    """Where the first call queue, or else email queue, falls short of its target, and where it is lowest."""
    if profile.calls:
        interval = profile.interval_ms // MS_PER_MIN
        places = [
            f"{WEEKDAYS[day]} {start // (60 * MS_PER_MIN):02d}:{start // MS_PER_MIN % 60:02d}"
            for day, start in zip(profile.weekday.tolist(), profile.start_ms.tolist(), strict=True)
        ]
        return _sentence(profile.calls[0], places, _INTERVALS.get(interval, f"intervals of {interval} min"), "answered")
    return _sentence(profile.emails[0], list(WEEKDAYS), "weekdays", "replied to")


_INTERVALS = {15: "quarter hours", 30: "half hours", 60: "hours", _ALL_DAY: "days"}


def _sentence(level: Level, places: list[str], unit: str, verb: str) -> str:
    name = level.queue[:1].upper() + level.queue[1:]
    value = level.estimates.value
    known = int(np.count_nonzero(~np.isnan(value)))
    if not known:
        return f"{name}: no contacts"
    lowest = int(np.nanargmin(value))
    where = f"lowest {places[lowest]} ({percent(float(value[lowest]))})"
    within = f"{verb} in {duration(level.threshold_s)}"
    if level.target is None:
        return f"{name}: share {within} by {unit} of the average week, {where}"
    promise = f"{exact_percent(level.target)} {within}"
    short = int(np.count_nonzero(level.short))
    if short:
        return f"{name} fall short of {promise} in {short} of {known} {unit} of the average week, {where}"
    reached = "reach" if value[lowest] >= level.target else "are not clearly short of"
    return f"{name} {reached} {promise} in all {known} {unit} of the average week, {where}"
